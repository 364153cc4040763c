"""The site as a program: gunicorn on a database of its own, commands on the same database, and nginx before it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from deploy.servers import program, scratch, wait_for
from tests import content_factory

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "the-key-of-the-tests-which-signs-nothing-outside-of-them-0123456789"
HOST = "careers.example.org"
VISITOR = "127.0.0.2"
ADMIN, PASSWORD = "curator", "the password of the curator"

NGINX = """
worker_processes 1;
daemon off;
error_log {folder}/error.log crit;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=kept:1m;
    {limits}
    upstream careerpaths {{ server {upstream}; keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        set $careerpaths_static {static}/;
        set $careerpaths_pages {pages}/;
        {site}
    }}
}}
"""
"""Around the files of deploy/nginx. TLS ends before this nginx, which says so to the site."""

NGINX_FILES = ROOT / "deploy" / "nginx"


def surroundings(database: Path, **more: str) -> dict[str, str]:
    """The environment of a program of the site."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.hostile.settings",
        "SECRET_KEY": KEY,
        "SITE_URL": f"https://{HOST}",
        "DATABASE_URL": f"sqlite:///{database}",
        "WEB_WORKERS": "1",
        **more,
    }


def manage(database: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """A command of the site on that database, begun."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=surroundings(database, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def managed(database: Path, *arguments: str, **more: str) -> tuple[int, str]:
    """Exit code and output of a command of the site on that database."""
    process = manage(database, *arguments, **more)
    output, errors = process.communicate(timeout=120)
    return process.returncode, output + errors


def prepare(folder: Path) -> None:
    """Makes the sample site in ``folder``: its content files, and a database with them and one admin."""
    content = content_factory.build(folder)
    database = folder / "site.sqlite3"
    for command in (["migrate", "--verbosity=0"], ["load_content", f"--folder={content}"]):
        code, said = managed(database, *command)
        assert code == 0, said
    code, said = managed(
        database,
        "createsuperuser",
        "--noinput",
        f"--username={ADMIN}",
        "--email=",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )
    assert code == 0, said


def copied(prepared: Path, folder: Path) -> Path:
    """A database of one's own with the sample site in it."""
    database = folder / "site.sqlite3"
    for part in prepared.glob("site.sqlite3*"):
        shutil.copy(part, folder / part.name)
    return database


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP, read to its end."""

    status: int
    headers: Message
    text: str


@dataclass
class Served:
    """A running site."""

    process: subprocess.Popen[bytes]
    database: Path
    port: int
    socket: Path
    log: Path

    @property
    def worker(self) -> int:
        """The process that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def is_up(self) -> bool:
        """Whether it answers; it listens before it can."""
        try:
            return self.get("/robots.txt").status == 200
        except (OSError, HTTPException):
            return False

    def ask(self, path: str, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Answer:
        """The answer to a request that comes as from a proxy on this machine, over TLS."""
        secure = {"X-Forwarded-Proto": "https", **headers}
        return ask(self.port, path, method, body, origin="127.0.0.1", **secure)

    def get(self, path: str, **headers: str) -> Answer:
        """The answer to a GET, likewise."""
        return self.ask(path, **headers)


@contextmanager
def gunicorn(database: Path, folder: Path, *options: str | Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn with its own configuration and these options, on that database; ``folder`` gets its log."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", *options, "careerpaths.wsgi"],
            cwd=ROOT,
            env=surroundings(database, **more),
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


@contextmanager
def served(prepared: Path, folder: Path, **more: str) -> Iterator[Served]:
    """The sample site under gunicorn, on a port and on a Unix socket."""
    database, port = copied(prepared, folder), free_port()
    with scratch() as short:
        path = short / "site.sock"
        binds = "--bind", f"127.0.0.1:{port}", "--bind", f"unix:{path}"
        with gunicorn(database, folder, *binds, **more) as process:
            site = Served(process, database, port, path, folder / "log")
            wait_for(lambda: process.poll() is not None or site.is_up(), "gunicorn")
            assert process.poll() is None, site.log.read_text()
            yield site


@contextmanager
def nginx(upstream: str, *, caches: bool = False) -> Iterator[int]:
    """The port of nginx with the configuration of deploy/nginx, in front of ``127.0.0.1:8000`` or ``unix:/path``.

    It may keep pages besides, as a CDN would. ServerMissing without nginx.
    """
    found, port = program("nginx", "nginx-light"), free_port()
    site = (NGINX_FILES / "site.conf").read_text().replace("$scheme", "https")
    if caches:
        site = site.replace("proxy_cache off;", "proxy_cache kept; add_header X-Kept $upstream_cache_status;")
        assert "proxy_cache kept" in site
    with scratch() as folder:
        configuration = folder / "nginx.conf"
        (folder / "careerpaths").symlink_to(NGINX_FILES)
        configuration.write_text(
            NGINX.format(
                folder=folder,
                port=port,
                upstream=upstream,
                static=ROOT / "static",
                pages=NGINX_FILES / "pages",
                limits=(NGINX_FILES / "limits.conf").read_text(),
                site=site,
            )
        )
        process = subprocess.Popen(
            [found, "-c", configuration, "-p", folder, "-e", folder / "error.log"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(lambda: process.poll() is not None or is_listening(port), "nginx")
            assert process.poll() is None, (folder / "error.log").read_text()
            yield port
        finally:
            process.terminate()
            process.wait(30)


def is_listening(port: int) -> bool:
    """Whether something answers at that port of this machine."""
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0


def ask(
    port: int,
    path: str,
    method: str = "GET",
    body: bytes | str | None = None,
    *,
    origin: str = VISITOR,
    **headers: str,
) -> Answer:
    """The answer of whatever listens at that port to a request from an address of this machine; its body is read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(origin, 0))
    sent = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body, sent)
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return Answer(response.status, response.headers, text)


def raw(where: int | Path, *parts: bytes, seconds: float = 5) -> bytes:
    """What comes back for these bytes, at a port or a Unix socket, until the other side is done or says nothing."""
    kind, address = (socket.AF_INET, ("127.0.0.1", where)) if isinstance(where, int) else (socket.AF_UNIX, str(where))
    with socket.socket(kind) as connection:
        connection.settimeout(seconds)
        connection.connect(address)
        return _said(connection, parts)


def _said(connection: socket.socket, parts: Sequence[bytes]) -> bytes:
    found = b""
    try:
        for part in parts:
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        while chunk := connection.recv(65_536):
            found += chunk
    except (TimeoutError, ConnectionError):
        pass
    return found
