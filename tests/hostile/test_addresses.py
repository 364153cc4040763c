"""Hosts that are not ours, addresses that lead elsewhere, and paths that leave their folder.

Numbers 12, 15 and 16 of the list in docs/security.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from guides import write_limits
from guides.models import FormerAddress
from guides.rate_limit import Limit
from tests.hostile.served import HOST, Served, ask, nginx, raw
from tests.keepers import keeper, only_plan

ELSEWHERE = "elsewhere.example"

# --- Hosts ----------------------------------------------------------------------------------------------------------

WRONG_HOSTS = [
    ELSEWHERE, f"{HOST}.{ELSEWHERE}", f"{ELSEWHERE}#{HOST}", f"{ELSEWHERE}/{HOST}", f"{HOST}@{ELSEWHERE}", "0x7f.1",
    "169.254.169.254", "[::ffff:127.0.0.1]", "", " ", "localhost.evil.example", "..", "*", f"{HOST}, {ELSEWHERE}",
    "LOCALHOST.EXAMPLE", "localhost:abc", "xn--80ak6aa92e.com", "127.1", "2130706433",
]  # fmt: skip


@pytest.mark.usefixtures("sample")
def test_a_host_that_is_not_ours_is_refused() -> None:
    for host in WRONG_HOSTS:
        response = Client().get("/", headers={"host": host})
        assert response.status_code == 400, host
        assert host.strip() == "" or f"//{host}" not in response.content.decode(), host


FORWARDED = ["x-forwarded-host", "x-host", "x-forwarded-server", "forwarded", "x-original-host", "x-http-host-override"]


@pytest.mark.usefixtures("sample")
def test_no_header_moves_an_absolute_address_to_another_host() -> None:
    headers = dict.fromkeys(FORWARDED, ELSEWHERE) | {"forwarded": f"host={ELSEWHERE}", "x-forwarded-port": "4711"}
    client = Client(headers=headers)
    owner = keeper("for=roles/analyst")
    owner.defaults.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()})
    plan = only_plan(owner).id
    for address in (
        "/",
        "/roles/analyst/",
        "/sitemap.xml",
        "/robots.txt",
        "/compare/",
        "/plan/plan.md?for=roles/analyst",
    ):
        text = client.get(address).getvalue().decode()
        assert ELSEWHERE not in text, address
        assert "4711" not in text, address
        if address != "/compare/":
            assert settings.SITE_URL in text or address == "/", address
    for address in ("/keep/", f"/plans/{plan}/plan.md", f"/plans/{plan}/calendar.ics"):
        assert ELSEWHERE not in owner.get(address).getvalue().decode(), address


@pytest.mark.usefixtures("sample")
def test_absolute_addresses_come_from_the_setting_even_for_another_name_of_the_host() -> None:
    text = Client().get("/sitemap.xml", headers={"host": "localhost:4711"}).content.decode()
    assert "localhost" not in text
    assert settings.SITE_URL in text


def test_behind_the_proxy_a_wrong_host_is_refused_too(running: Served) -> None:
    for host in (ELSEWHERE, f"{ELSEWHERE}:443"):
        assert running.get("/", Host=host).status == 400
    answer = running.get("/sitemap.xml", X_Forwarded_Host=ELSEWHERE)
    assert answer.status == 200
    assert f"https://{HOST}/" in answer.text
    assert ELSEWHERE not in answer.text
    # A second Host header is no way around the first one.
    said = raw(running.port, f"GET / HTTP/1.1\r\nHost: {HOST}\r\nHost: {ELSEWHERE}\r\n\r\n".encode())
    assert b" 400 " in said.split(b"\r\n")[0]


def asked(site: Served, path: str, header: str, at_socket: bool) -> tuple[int, str]:
    """Status and page of the answer to a request with one header more, from a proxy on this machine."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{header}\r\nConnection: close\r\n\r\n"
    )
    where = site.socket if at_socket else site.port
    status, _, text = raw(where, request.encode()).decode("utf-8", "replace").partition("\r\n")
    return int(status.split()[1]), text


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script-Name", "script_name", "PATH_INFO", "Path-Info"])
@pytest.mark.parametrize("at_socket", [False, True], ids=["TCP", "Unix socket"])
def test_nobody_outside_chooses_where_the_site_begins(running: Served, name: str, at_socket: bool) -> None:
    """gunicorn would take both from a header, and believe whoever is on this machine or at the socket."""
    plain = asked(running, "/roles/", "Accept: text/html", at_socket)
    assert plain[0] == 200
    for prefix in (f"/{ELSEWHERE}", "/roles", "/roles/"):
        # A prefix that does not fit the address was an error of the server, one that fits moved every link.
        status, text = asked(running, "/roles/", f"{name}: {prefix}", at_socket)
        assert status == 200, prefix
        assert f'"/{ELSEWHERE}' not in text
        assert '"/roles/roles/' not in text
        assert 'href="/roles/analyst/"' in text
    status, text = asked(running, f"/{ELSEWHERE}/roles/", f"{name}: /{ELSEWHERE}", at_socket)
    assert status == 404
    assert f'"/{ELSEWHERE}' not in text.replace(f"/{ELSEWHERE}/roles/", "")


@pytest.mark.long
def test_through_nginx_as_well(running: Served) -> None:
    with nginx(f"127.0.0.1:{running.port}") as port:
        assert ask(port, "/", Host=ELSEWHERE).status == 400
        assert ELSEWHERE not in ask(port, "/sitemap.xml", X_Forwarded_Host=ELSEWHERE).text
        assert ask(port, "/sitemap.xml").status == 200


# --- Where addresses lead -------------------------------------------------------------------------------------------

TARGETS = [
    f"//{ELSEWHERE}", f"///{ELSEWHERE}", f"https://{ELSEWHERE}", f"https:{ELSEWHERE}", f"https:/{ELSEWHERE}",
    f"/\\{ELSEWHERE}", f"\\\\{ELSEWHERE}", f"/%09/{ELSEWHERE}", f"\t//{ELSEWHERE}", f" //{ELSEWHERE}",
    f"/\n/{ELSEWHERE}",
    f"http://testserver@{ELSEWHERE}", f"http://testserver.{ELSEWHERE}", "javascript:alert(1)", "data:text/html,x",
    f"//{ELSEWHERE}%2f..", f"ftp://{ELSEWHERE}", f"//{ELSEWHERE}\\@testserver", f"/..//{ELSEWHERE}",
]  # fmt: skip


def stays(location: str) -> bool:
    """Whether a browser that follows the address from a page of ours is still on our site."""
    seen = location.strip("\t\n\r ").replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/")
    parts = urlsplit(seen)
    return not parts.scheme and not parts.netloc and not seen.startswith("//")


@pytest.mark.usefixtures("sample")
def test_signing_in_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_limits, "SIGN_INS_OF_ONE", Limit("sign-in", most=10**9, seconds=60))
    User.objects.create_superuser("curator", password="the password of the curator")
    for target in TARGETS:
        sent = {"username": "curator", "password": "the password of the curator", "next": target}
        response = Client().post("/admin/login/", sent)
        assert response.status_code == 302, target
        assert stays(response.headers["Location"]), target
        response = Client().post(f"/admin/login/?next={quote(target)}", {**sent, "next": ""})
        assert response.status_code == 302, target
        assert stays(response.headers["Location"]), target


@pytest.mark.usefixtures("sample")
def test_no_address_of_the_site_leads_elsewhere() -> None:
    client, owner = Client(), keeper("skill-sql=2")
    FormerAddress.objects.create(path="/roles/old/", is_gone=False, successor="/roles/analyst/")
    led = 0
    for target in TARGETS:
        for path in (target, f"/{target}", f"/roles/{target}", f"/roles/old/{target}", f"/roles/old?next={target}"):
            response = client.get(path if path.startswith("/") else f"/{path}")
            assert stays(response.headers.get("Location", "/")), path
            led += "Location" in response.headers
        forms = {"next": target, "role": target, "q": target, "phase": target, "view": target, "category": target}
        for path in ("/ledger/", "/keep/start/", "/practice/analyst/", "/keep/open/", "/keep/rekey/"):
            for who in (client, owner):
                response = who.post(f"{path}?next={quote(target)}", forms)
                assert stays(response.headers.get("Location", "/")), path
                led += "Location" in response.headers
                pushed = response.headers.get("HX-Redirect", "/"), response.headers.get("HX-Push-Url", "/")
                assert all(map(stays, pushed)), path
    assert led > 3 * len(TARGETS), "hardly anything led anywhere"


# --- Paths ----------------------------------------------------------------------------------------------------------

STEPS = [
    "../manage.py", "..%2fmanage.py", "..%2Fmanage.py", "%2e%2e/manage.py", "%2e%2e%2fmanage.py", "..%252fmanage.py",
    "..%5cmanage.py", "..\\manage.py", "....//manage.py", "..;/manage.py", "%c0%ae%c0%ae/manage.py",
    "..%c0%afmanage.py",
    "%00", "analyst%00.md", "analyst.md", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "file:%2f%2f/etc/passwd",
    "../../../../../../etc/passwd", "..%u2215manage.py", "\uff0e\uff0e/manage.py", "%ef%bc%8e%ef%bc%8e%2fmanage.py",
    ".git/config", ".env", "..", ".", "~", "con", "analyst/../../manage.py", "a" * 400, "%2e", "..%0d%0a",
    "careerpaths/settings.py",
]  # fmt: skip
"""Ways out of a folder."""

_watching: list[list[str]] = []
_hooked: list[bool] = []


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _watching and isinstance(arguments[0], str | bytes | Path):
        name = arguments[0]
        _watching[-1].append(name.decode() if isinstance(name, bytes) else str(name))


@contextmanager
def opened_files() -> Iterator[list[str]]:
    """The names of the files that are opened meanwhile. Python cannot take such a hook away, so one stays for good."""
    if not _hooked:
        sys.addaudithook(_heard)
        _hooked.append(True)
    found: list[str] = []
    _watching.append(found)
    yield found
    _watching.remove(found)


def is_ours_to_serve(name: str) -> bool:
    """Whether a file may be opened for a page: code, templates, static files, time zones, the database."""
    resolved = Path(name).resolve()
    allowed = (
        settings.BASE_DIR / "templates",
        settings.BASE_DIR / "static",
        settings.BASE_DIR / "var",
    )
    # The repository itself may stand there.
    is_temporary = resolved.is_relative_to(gettempdir()) and not resolved.is_relative_to(settings.BASE_DIR)
    return (
        (
            resolved.suffix in {".py", ".pyc", ".html", ".so", ".js", ".css", ".json", ".mo", ".txt", ".typed"}
            and resolved.name not in {"manage.py", "settings.py"}
        )
        or is_temporary
        or any(resolved.is_relative_to(folder) for folder in allowed)
        or "zoneinfo" in name
        or "/proc/self" in name
        or "/dev/" in name
    )


@pytest.mark.usefixtures("sample")
def test_no_path_leads_to_a_file_that_is_not_to_be_served() -> None:
    client = Client()
    client.get("/roles/analyst/")
    with opened_files() as opened:
        # What is watched is seen.
        (settings.BASE_DIR / "manage.py").read_bytes()
        assert [name for name in opened if not is_ours_to_serve(name)]
        opened.clear()
        for prefix in ("/", "/roles/", "/skills/", "/transitions/analyst/", "/categories/", "/static/", "/static/css/",
                       "/plans/", "/shared/", "/practice/", "/admin/"):  # fmt: skip
            for step in STEPS:
                response = client.get(prefix + step)
                assert response.status_code in (301, 302, 400, 404, 414), f"{response.status_code} {prefix}{step}"
                text = response.getvalue()
                assert b"DJANGO_SETTINGS_MODULE" not in text
                assert b"root:" not in text
    wrong = sorted({name for name in opened if not is_ours_to_serve(name)})
    assert not wrong


def test_no_raw_path_leads_out_of_the_static_folder(running: Served) -> None:
    """A client library would tidy such paths up before it sends them."""
    for step in STEPS:
        if not step.isascii():
            continue
        request = (
            f"GET /static/{step} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        )
        said = raw(running.port, request.encode())
        assert said.split(b" ", 2)[1] in (b"301", b"302", b"400", b"404", b"414"), step
        assert b"DJANGO_SETTINGS_MODULE" not in said
        assert b"root:" not in said


@pytest.mark.django_db
def test_nothing_of_the_repository_is_served() -> None:
    for path in ("/.git/config", "/.env", "/var/secret-key", "/var/careerpaths.sqlite3", "/manage.py", "/static/"):
        assert Client().get(path).status_code == 404, path
