"""The site under gunicorn as `gunicorn.conf.py` runs it: several processes, one content, no dropped request."""

from __future__ import annotations

import json
import signal
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from careerpaths.access_log import line
from tests import content_factory
from tests.serving import Server, manage, serving, surroundings, wait_for

PAGE = "/roles/analyst/"
HOST = "127.0.0.1"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample files, loaded into the database beside them."""
    folder = tmp_path_factory.mktemp("served")
    files = content_factory.build(folder)
    manage(folder / "site.sqlite3", "migrate", "--verbosity=0")
    manage(folder / "site.sqlite3", "load_content", f"--folder={files}")
    return files


@pytest.fixture(scope="module")
def server(content: Path) -> Iterator[Server]:
    """Two processes that serve them."""
    folder = content.parent
    more = {
        "WEB_WORKERS": "2",
        "WEB_ACCESS_LOG": "1",
        "DJANGO_SETTINGS_MODULE": "tests.hostile.settings",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    with serving("careerpaths.wsgi", folder / "log", surroundings(folder / "site.sqlite3", **more)) as running:
        yield running


def get(server: Server, path: str = PAGE, **headers: str) -> tuple[int, str]:
    """Status and text, over a connection of its own."""
    connection = HTTPConnection(HOST, server.port, timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def test_a_load_shows_on_every_process_from_the_moment_it_is_done(server: Server, content: Path) -> None:
    asked = 16
    assert not any("Changed meanwhile." in get(server)[1] for _ in range(asked))
    file = content / "roles/analyst.md"
    file.write_text(file.read_text(encoding="utf-8").replace("summary: ", "summary: Changed meanwhile. ", 1), "utf-8")
    manage(content.parent / "site.sqlite3", "load_content", f"--folder={content}")
    assert all("Changed meanwhile." in get(server)[1] for _ in range(asked))


def test_a_reload_under_load_drops_no_request(server: Server) -> None:
    before, stop = set(server.workers), threading.Event()
    answered: list[int] = []
    failed: list[Exception] = []

    def visit(keeps_connection: bool) -> None:
        connection = HTTPConnection(HOST, server.port, timeout=30)
        while not stop.is_set():
            try:
                connection.request("GET", PAGE, headers={} if keeps_connection else {"Connection": "close"})
                response = connection.getresponse()
                response.read()
                answered.append(response.status)
            except Exception as error:
                failed.append(error)
                return
        connection.close()

    visitors = [threading.Thread(target=visit, args=(number % 2 == 0,)) for number in range(4)]
    for one in visitors:
        one.start()
    server.process.send_signal(signal.SIGHUP)
    try:
        wait_for(lambda: bool(server.workers) and not before & set(server.workers), "new processes")
        served = len(answered)
        wait_for(lambda: len(answered) > served + 20 or bool(failed), "answers of the new processes")
    finally:
        stop.set()
        for one in visitors:
            one.join()
    assert not failed
    assert set(answered) == {200}


def test_head_sends_no_body(server: Server) -> None:
    with socket.create_connection((HOST, server.port), timeout=30) as connection:
        connection.sendall(f"HEAD {PAGE} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        said = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = said.partition(b"\r\n\r\n")
    assert body == b""
    length = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    assert int(length.split(b":")[1]) > 1_000


def test_the_access_log_tells_nothing_about_visitors(server: Server) -> None:
    get(server, "/search/?q=something+private", Cookie="sessionid=private", Referer="https://private.example/")
    get(server, "/shared/private-token/")

    def lines() -> list[str]:
        return [text for text in server.log.read_text().splitlines() if text.startswith('{"time"')]

    # A line is written after its answer was sent.
    wait_for(lambda: {"/search/", "/shared/…/"} <= {json.loads(text)["path"] for text in lines()}, "lines of the log")
    assert not any("private" in text or HOST in text for text in lines())


def test_a_kept_page_has_the_id_that_the_proxy_gave_and_its_line_too(server: Server) -> None:
    def ids() -> list[str]:
        lines = [text for text in server.log.read_text().splitlines() if text.startswith('{"time"')]
        return [json.loads(text).get("request_id", "") for text in lines]

    # More often than there are processes, so that most of them are kept pages.
    given = [f"given-by-the-proxy-{number}" for number in range(8)]
    for name in given:
        connection = HTTPConnection(HOST, server.port, timeout=30)
        connection.request("GET", PAGE, headers={"X-Request-ID": name, "X-Forwarded-For": "203.0.113.9"})
        response = connection.getresponse()
        assert response.headers.get_all("X-Request-ID") == [name]
        etag = response.headers["ETag"]
        response.read()
        connection.request("GET", PAGE, headers={"X-Request-ID": f"{name}-again", "If-None-Match": etag})
        known = connection.getresponse()
        assert (known.status, known.headers["X-Request-ID"]) == (304, f"{name}-again")
        connection.close()
    wait_for(lambda: {*given, *(f"{name}-again" for name in given)} <= set(ids()), "lines of the log")
    connection = HTTPConnection(HOST, server.port, timeout=30)
    connection.request("GET", PAGE, headers={"X-Request-ID": 'not"a<name'})
    assert connection.getresponse().headers["X-Request-ID"] is None
    connection.close()


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/roles/analyst/", "/roles/analyst/"),
        ("/shared/kEy/", "/shared/…/"),
        ("/plans/kEy/tick/", "/plans/…/tick/"),
        ('/"\\\n\x00\x7f/', '/"\\\n\x00\x7f/'),
        (f"/{'a' * 1000}", f"/{'a' * 299}"),
    ],
)
def test_a_line_of_the_access_log_is_json_whatever_is_asked_for(path: str, written: str) -> None:
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "code=secret"}
    text = line("200 OK", 12, {"X-Request-ID": "abc"}, environ, timedelta(milliseconds=3.25))
    assert "\n" not in text
    said = json.loads(text)
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "method": "GET", "path": written, "status": 200, "bytes": 12, "milliseconds": 3.2, "request_id": "abc",
    }  # fmt: skip
