"""What nginx answers by itself with the files of deploy/nginx: floods, bodies, addresses and a site that is away.

The site behind it is a stand-in, so that every one of these can be had at once.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.servers import ServerMissing, program, scratch, wait_for
from tests.hostile.test_headers import check
from tests.nodes.conftest import NO_SERVERS

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "deploy" / "nginx"

MAIN = """
worker_processes 1;
daemon off;
error_log {folder}/main.log info;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    error_log {folder}/error.log info;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include careerpaths/limits.conf;
    access_log {folder}/access.log careerpaths;
    upstream careerpaths {{ server 127.0.0.1:{upstream}; }}
    server {{
        listen 127.0.0.1:{port};
        # So that a test may come from any address, IPv6 too.
        set_real_ip_from 127.0.0.0/8;
        real_ip_header X-Test-Address;
        set $careerpaths_static {folder}/static/;
        set $careerpaths_pages {pages}/;
        include careerpaths/site.conf;
        location = /slow/ {{ proxy_read_timeout 100ms; proxy_pass http://careerpaths; }}
        location = /away/ {{ proxy_pass http://unix:{folder}/nobody-listens.sock; }}
    }}
}}
"""

FIRST = "203.0.113.9"
SECRET = "/shared/the-link-of-somebody/?salary=45000"
ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


class StandIn(BaseHTTPRequestHandler):
    """A site that answers with the id of the request, except for a kept page that is known already."""

    def do_GET(self) -> None:
        if self.path == "/slow/":
            threading.Event().wait(0.5)
        self.send_response(200)
        if self.path != "/bare/":
            self.send_header("X-Request-ID", self.headers["X-Request-ID"])
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"page")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Front:
    """The running nginx."""

    port: int
    folder: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, origin: str = FIRST, **headers: str
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"X-Test-Address": origin, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        connection.close()
        return answer

    def flood(self, *origins: str, path: str = "/", times: int = 90) -> list[int]:
        """Statuses of requests that come in turn from these addresses."""
        return [self.ask(path, origin=origins[number % len(origins)]).status for number in range(times)]

    @property
    def lines(self) -> list[dict[str, object]]:
        """The access log."""
        return [json.loads(line) for line in (self.folder / "access.log").read_text().splitlines()]


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture(scope="module")
def nginx() -> Path:
    try:
        return program("nginx", "nginx-light")
    except ServerMissing as sentence:
        if os.environ.get("REQUIRE_SERVERS", "") not in {"", "0"}:
            pytest.fail(str(sentence), pytrace=False)
        pytest.skip(f"{NO_SERVERS}: {sentence}")


@pytest.fixture
def front(nginx: Path) -> Iterator[Front]:
    """nginx that has counted nobody yet, in front of the stand-in."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    with scratch() as folder:
        static = folder / "static" / "css"
        static.mkdir(parents=True)
        for name in ("site.css", "site.0123456789ab.css", "site.0123456789ab.css.gz"):
            (static / name).write_text(name)
        (folder / "static" / "staticfiles.json").write_text("{}")
        for part in (folder, *folder.rglob("*")):
            part.chmod(0o755 if part.is_dir() else 0o644)
        front = Front(_port(), folder)
        configuration = folder / "nginx.conf"
        configuration.write_text(
            MAIN.format(folder=folder, port=front.port, upstream=site.server_address[1], pages=FILES / "pages")
        )
        (folder / "careerpaths").symlink_to(FILES)
        process = subprocess.Popen(
            [nginx, "-c", configuration, "-p", folder, "-e", folder / "main.log"], stderr=subprocess.DEVNULL
        )
        try:
            wait_for(lambda: process.poll() is not None or (folder / "nginx.pid").exists(), "nginx")
            assert process.poll() is None, (folder / "main.log").read_text()
            yield front
        finally:
            process.terminate()
            process.wait(30)
            site.shutdown()
            site.server_close()


def refusals(front: Front) -> dict[int, Answer]:
    """One of each of the answers that nginx gives by itself."""
    front.flood(FIRST)
    found = [
        front.ask("/", origin=FIRST),
        front.ask("/", "POST", b"a" * 2**21, origin="203.0.113.1"),
        front.ask("/?" + "a" * 9_000, origin="203.0.113.2"),
        front.ask("/away/", origin="203.0.113.3"),
        front.ask("/slow/", origin="203.0.113.4"),
        front.ask("/readyz", origin="203.0.113.5"),
        front.ask("/static/css/nowhere.css", origin="203.0.113.6"),
        front.ask("/", origin="203.0.113.7", X_Long="a" * 9_000),
    ]
    return {answer.status: answer for answer in found}


def test_refusals_have_every_header_of_safety_a_name_and_a_page_in_plain_words(front: Front) -> None:
    found = refusals(front)
    assert set(found) == {429, 413, 414, 502, 504, 403, 404, 400}
    for status, answer in found.items():
        check(answer.headers, f"a refusal of nginx: {status}", is_secure=True)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8", status
        assert answer.headers["Cache-Control"] == "no-store", status
        assert ID.fullmatch(answer.headers["X-Request-ID"]), status
        assert "<h1" in answer.text, status
        assert "nginx" not in answer.text.lower(), status
        assert answer.headers["Retry-After"] == {429: "5", 502: "10", 504: "10"}.get(status), status


def test_forms_are_refused_in_the_same_words(front: Front) -> None:
    front.flood(FIRST)
    refused = front.ask("/keep/start/", "POST", b"for=roles/analyst", origin=FIRST)
    assert (refused.status, "what you typed is still there" in refused.text) == (429, True)
    away = front.ask("/away/", "POST", b"for=roles/analyst", origin="203.0.113.3")
    assert (away.status, "what you typed is still there" in away.text) == (502, True)


def test_nobody_may_ask_for_the_pages_of_refusals(front: Front) -> None:
    assert front.ask("/_nginx/429.html").status == 404


def test_nothing_personal_gets_into_the_logs_of_nginx(front: Front) -> None:
    front.flood(FIRST, path=SECRET)
    for path in ("/away/?salary=45000", "/slow/?salary=45000"):
        front.ask(path, Referer="https://careers.example.org/shared/the-link-of-somebody/")
    front.ask("/", "POST", b"a" * 2**21)
    refusals(front)
    written = "".join(file.read_text() for file in front.folder.glob("*.log"))
    assert "203.0.113." not in written
    assert "127.0.0.1, " not in written
    assert "the-link-of-somebody" not in written
    assert "salary" not in written
    # What an operator needs of what failed is there all the same.
    by_path = {(line["path"], line["status"]): line for line in front.lines}
    assert by_path["/away/", 502]["upstream"] == "502"
    assert by_path["/slow/", 504]["upstream"] == "504"
    assert ("/shared/...", 429) in by_path
    assert ("/", 413) in by_path


def test_every_answer_names_its_request_once_as_the_log_does(front: Front) -> None:
    """The site names its own; a kept page that is asked for directly has no name, and gets that of nginx."""
    for path in ("/", "/bare/", "/static/css/site.css", "/static/css/nowhere.css"):
        names = front.ask(path, X_Request_ID="chosen-by-a-visitor").headers.get_all("X-Request-ID") or []
        assert len(names) == 1, path
        assert ID.fullmatch(names[0]), path
        if not path.startswith("/static/"):
            wait_for(lambda name=names[0]: name in {line["id"] for line in front.lines}, "the line of the log")


def test_files_with_a_hash_in_their_name_never_change_and_others_do(front: Front) -> None:
    def control(path: str) -> str | None:
        return front.ask(path, Accept_Encoding="gzip").headers["Cache-Control"]

    assert control("/static/css/site.0123456789ab.css") == "public, max-age=315360000, immutable"
    assert control("/static/css/site.css") == "public, max-age=60"
    assert control("/static/staticfiles.json") == "public, max-age=60"
    compressed = front.ask("/static/css/site.0123456789ab.css", Accept_Encoding="gzip")
    assert (compressed.headers["Content-Encoding"], compressed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert front.ask("/static/css/site.css", "POST", b"").status == 405


@pytest.mark.parametrize(
    ("origins", "count_as_one"),
    [
        ([f"2001:db8:1:2::{number:x}" for number in range(1, 90)], True),
        (["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"], True),
        ([f"2001:db8:1:{number:x}::1" for number in range(1, 90)], False),
        ([f"203.0.113.{number}" for number in range(1, 90)], False),
    ],
    ids=["one /64", "both ends of a /64", "many /64", "IPv4"],
)
def test_floods_are_counted_by_network_with_ipv6(front: Front, origins: list[str], count_as_one: bool) -> None:
    assert (429 in front.flood(*origins)) is count_as_one
