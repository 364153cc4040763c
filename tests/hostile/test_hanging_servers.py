"""Servers that take a connection and say nothing: the site goes on without them, and nobody waits for long.

Number 24 of the list in docs/security.md; tests/hostile/test_locked_database.py has servers that refuse.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from deploy.servers import Postgres, ServerMissing, postgres
from tests.hostile.amounts import IS_LONG
from tests.hostile.conftest import NO_POSTGRES
from tests.hostile.served import Served, managed, served
from tests.hostile.test_locked_database import PAGES, THREADS, begun


@contextmanager
def silent() -> Iterator[int]:
    """A port where everybody gets a connection and nobody an answer."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        # The system accepts for a program that never does.
        listener.listen(512)
        port: int = listener.getsockname()[1]
        yield port


def took(seconds: float, site: Served, path: str, *rest: Any, **headers: str) -> int:
    """The status of an answer that must come within so many seconds."""
    started = time.monotonic()
    status = site.ask(path, *rest, **headers).status
    assert time.monotonic() - started < seconds, path
    return status


def test_with_a_silent_redis_pages_and_forms_answer_at_once(prepared: Path, tmp_path: Path) -> None:
    with silent() as port, served(prepared, tmp_path, CACHE_URL=f"redis://127.0.0.1:{port}/0") as site:
        body, headers = begun(site)
        started = time.monotonic()
        for address in (*PAGES, "/fit/", "/keep/"):
            assert took(2, site, address) == 200
        assert took(2, site, "/keep/start/?skill-sql=2", "POST", body, **headers) == 302
        # The first visitor of a process waits for its templates, too.
        assert time.monotonic() - started < (3 if IS_LONG else 6)


@pytest.fixture
def database_server() -> Iterator[Postgres]:
    """A PostgreSQL server; `make hostile` brings what it needs."""
    if find_spec("psycopg") is None:
        pytest.skip(f"{NO_POSTGRES}: `.ci/environment postgres` installs its driver.")
    try:
        with postgres() as server:
            yield server
    except ServerMissing as missing:
        pytest.skip(f"{NO_POSTGRES}: {missing}")


@contextmanager
def stopped(server: Postgres) -> Iterator[None]:
    """The server while none of its processes gets any time: connections stay open, and nothing comes back."""
    first = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    processes = [first, *map(int, children)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in reversed(processes):
            os.kill(process, signal.SIGCONT)


@pytest.mark.long
def test_with_a_hanging_postgres_kept_pages_go_on_and_nobody_hangs(
    database_server: Postgres, prepared: Path, sample_folder: Path, tmp_path: Path
) -> None:
    url = database_server.create("hanging")
    for arguments in (("migrate", "-v0"), ("load_content", "-v0", "--folder", str(sample_folder))):
        code, said = managed(prepared / "site.sqlite3", *arguments, DATABASE_URL=url)
        assert code == 0, said
    with served(prepared, tmp_path, DATABASE_URL=url) as site:
        body, headers = begun(site)
        for address in PAGES:
            assert site.get(address).status == 200

        def asked(number: int) -> tuple[int, float]:
            started = time.monotonic()
            if number % 2:
                status = site.ask("/keep/start/?skill-sql=2", "POST", body, **headers).status
            else:
                status = site.get(f"/search/?q=never-asked-{number}").status
            return status, time.monotonic() - started

        with stopped(database_server), ThreadPoolExecutor(3 * THREADS) as visitors:
            others = [visitors.submit(asked, number) for number in range(3 * THREADS)]
            waits = []
            for _ in range(4):
                for address in (*PAGES, "/healthz"):
                    started = time.monotonic()
                    assert site.get(address).status == 200, address
                    waits.append(time.monotonic() - started)
            answers = [other.result() for other in others]
            assert took(5, site, "/readyz") == 503
        assert {status for status, _ in answers} == {503}
        assert max(seconds for _, seconds in answers) < 5, answers
        # The first page finds out that the server hangs; after that none waits for it.
        assert sorted(waits)[-2] < 0.5, waits
        assert max(waits) < 1.5, waits
        back = time.monotonic()
        while site.ask("/keep/start/?skill-sql=2", "POST", body, **headers).status != 302:
            assert time.monotonic() - back < 5
