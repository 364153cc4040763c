"""The site, or any WSGI application, under a real server on a port of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEY = "the-key-of-the-tests-which-signs-nothing-outside-of-them-0123456789"
WAIT_SECONDS = 60
OWN = ("PATH", "HOME", "LANG")


@dataclass(frozen=True)
class Server:
    """A running server: its first process and its port on this machine."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    @property
    def processor_seconds(self) -> float:
        """The processor time that the workers have used, in steps of a hundredth of a second."""
        ticks = 0
        for pid in self.workers:
            # The name of the program, in brackets, may hold blanks.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def surroundings(database: Path, **more: str) -> dict[str, str]:
    """The environment of a program of the site on that SQLite file, without any variable of ours."""
    kept = {name: os.environ[name] for name in OWN if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "careerpaths.settings",
        "SECRET_KEY": KEY,
        "DATABASE_URL": f"sqlite:///{database}",
        **more,
    }


def manage(database: Path, *arguments: str, **more: str) -> None:
    """Runs a command of the site; raises CalledProcessError when it fails."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=surroundings(database, **more),
        check=True,
        capture_output=True,
    )


def gunicorn(application: str, port: int) -> list[str]:
    """The command of gunicorn with the site's configuration."""
    return [
        sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", application,
    ]  # fmt: skip


@contextmanager
def serving(
    application: str,
    log: Path,
    environment: Mapping[str, str],
    command: Callable[[str, int], list[str]] = gunicorn,
    core: Sequence[str] = (),
) -> Iterator[Server]:
    """``application`` (``module`` or ``module:name``) on a port of its own.

    ``core``: a command in front of the server's that picks its processor.
    """
    port = free_port()
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [*core, *command(application, port)], cwd=ROOT, env=environment, stdout=lines, stderr=lines
        )
        server = Server(process, port, log)
        try:
            wait_for(lambda: process.poll() is not None or _listens(port), "the server")
            assert process.poll() is None, log.read_text()
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Returns when ``condition()`` is true; TimeoutError names what did not come."""
    end = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {WAIT_SECONDS} seconds")
        time.sleep(0.02)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0
