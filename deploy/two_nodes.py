"""Two nodes of the site behind nginx, on one PostgreSQL and one Redis: ``python -m deploy.two_nodes [PORT]``.

For trying things out and for tests: everything runs on this machine, in a folder that is thrown away, with the
configuration of gunicorn and nginx that a real site has. What is missing on the machine is named.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.servers import (
    WAIT_SECONDS,
    Postgres,
    Redis,
    ServerMissing,
    postgres,
    postgres_programs,
    program,
    redis,
    wait_for,
)

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("one", "two")

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log warn;
events {{ worker_connections 512; }}
http {{
    types {{ text/css css; text/javascript js; image/svg+xml svg; font/woff2 woff2; }}
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {root}/deploy/nginx/limits.conf;
    access_log {folder}/nginx-access.log careerpaths;
    upstream careerpaths {{
{servers}
        keepalive 16;
    }}
    server {{
        listen 127.0.0.1:{port};
        server_name 127.0.0.1;
        set $careerpaths_static {root}/var/static/;
        set $careerpaths_pages {root}/deploy/nginx/pages/;
        include {root}/deploy/nginx/site.conf;
    }}
}}
"""


@dataclass
class Node:
    """gunicorn on a Unix socket."""

    name: str
    folder: Path
    variables: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket(self) -> Path:
        return self.folder / f"{self.name}.sock"

    def start(self) -> None:
        """Lets it run, and waits until it listens."""
        self.socket.unlink(missing_ok=True)
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py",
                    "--bind", f"unix:{self.socket}", "careerpaths.wsgi",
                ],
                cwd=ROOT,
                env={**self.variables},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )  # fmt: skip
        wait_for(self.socket.exists, f"Node {self.name}")

    def kill(self) -> None:
        """Ends it and its workers as a crash would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Lets it finish what it has begun, and ends it."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if how == signal.SIGKILL:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        self.process.wait(WAIT_SECONDS)
        self.process = None


@dataclass(frozen=True)
class Nodes:
    """The running whole."""

    url: str
    folder: Path
    variables: Mapping[str, str]
    nodes: tuple[Node, Node]
    database: Postgres
    redis: Redis

    def manage(self, *arguments: str) -> None:
        """A command of manage.py, as an editor or an administrator runs it on one of the nodes."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env={**self.variables}, check=True)


def missing() -> list[str]:
    """What this machine lacks, a sentence each."""
    found: list[str] = []
    for name, package in (("nginx", "nginx-light"), ("redis-server", "redis-server")):
        try:
            program(name, package)
        except ServerMissing as sentence:
            found.append(str(sentence))
    try:
        postgres_programs()
    except ServerMissing as sentence:
        found.append(str(sentence))
    for module, lock in (("psycopg", "postgres"), ("redis", "redis")):
        if subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode:
            found.append(f"{module} was not found. Install requirements/{lock}.txt.")
    return found


@contextmanager
def two_nodes(port: int, content: Path | None = None) -> Iterator[Nodes]:
    """Starts everything, makes the tables and loads the content; ServerMissing when something is not there."""
    lacking = missing()
    if lacking:
        raise ServerMissing("\n".join(lacking))
    with ExitStack() as stack:
        database = stack.enter_context(postgres())
        cache = stack.enter_context(redis())
        folder = database.folder
        url = f"http://127.0.0.1:{port}"
        variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "careerpaths.settings",
            "DATABASE_URL": database.create("careerpaths"),
            "CACHE_URL": cache.url,
            "SECRET_KEY": secrets.token_urlsafe(64),
            "SITE_URL": url,
            "TRUSTED_PROXIES": "unix",
            "WEB_WORKERS": "1",
        }
        one, two = (Node(name, folder, variables) for name in NAMES)
        nodes = Nodes(url, folder, variables, (one, two), database, cache)
        nodes.manage("migrate", "--verbosity", "0")
        nodes.manage("load_content", "--verbosity", "0", *(["--folder", str(content)] if content else []))
        if not (ROOT / "var/static/staticfiles.json").is_file():
            nodes.manage("collectstatic", "--noinput", "--verbosity", "0")
        for node in nodes.nodes:
            stack.callback(node.stop)
            node.start()
        stack.enter_context(_nginx(nodes, port))
        yield nodes


@contextmanager
def _nginx(nodes: Nodes, port: int) -> Iterator[None]:
    servers = "\n".join(f"        server unix:{node.socket} max_fails=1 fail_timeout=2s;" for node in nodes.nodes)
    file = nodes.folder / "nginx.conf"
    file.write_text(NGINX.format(folder=nodes.folder, root=ROOT, servers=servers, port=port))
    (nodes.folder / "careerpaths").symlink_to(ROOT / "deploy" / "nginx")
    log = nodes.folder / "nginx-error.log"
    process = subprocess.Popen([program("nginx", "nginx-light"), "-e", log, "-c", file, "-p", nodes.folder])
    try:
        wait_for((nodes.folder / "nginx.pid").exists, "nginx")
        yield
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def main(arguments: list[str]) -> int:
    """Runs until it is interrupted; 2 when something is missing."""
    port = int(arguments[0]) if arguments else 8080
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        with two_nodes(port) as nodes:
            print(f"Two nodes answer at {nodes.url}/ (Ctrl+C stops them). Their logs lie in {nodes.folder}.")
            for node in nodes.nodes:
                print(f"    {node.name}: curl --unix-socket {node.socket} http://127.0.0.1/healthz")
            stop.wait()
    except ServerMissing as sentence:
        print(sentence, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
