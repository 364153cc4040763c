"""While another process holds the database, or a server is away: pages go on, and forms say 503, never 500.

Numbers 8 and 24 of the list in docs/security.md; tests/test_unavailable.py, tests/test_health.py and
tests/test_redis_cache.py have the single parts.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from guides import recovery_code
from guides.keeping import digest
from tests.hostile.amounts import IS_LONG
from tests.hostile.served import HOST, Served, free_port, served

THREADS = 4
"""Of a process, unless WEB_THREADS says otherwise."""

COOKIE = "__Host-careerpaths="

PAGES = (
    "/",
    "/roles/",
    "/roles/analyst/",
    "/transitions/analyst/engineer/",
    "/skills/sql/",
    "/search/?q=sql",
    "/plan/",
)


@contextmanager
def held(database: Path) -> Iterator[None]:
    """The database while another process writes and does not end: a load, a backup, somebody's shell."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=NORMAL")
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


def begun(site: Served) -> tuple[str, dict[str, str]]:
    """The form that begins to keep something, ready to be sent: its fields and headers."""
    form = site.get("/keep/start/?skill-sql=2")
    token = form.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    cookie = str(form.headers["Set-Cookie"]).partition(";")[0]
    headers = {"Cookie": cookie, "Origin": f"https://{HOST}", "Content-Type": "application/x-www-form-urlencoded"}
    return urlencode({"csrfmiddlewaretoken": token, "typed": 'what was "typed"'}), headers


def test_pages_go_on_and_forms_wait_for_better_times(running: Served) -> None:
    body, headers = begun(running)
    with held(running.database):
        for address in PAGES:
            started = time.monotonic()
            assert running.get(address).status == 200, address
            assert time.monotonic() - started < 5
        refused = running.ask("/keep/start/?skill-sql=2", "POST", body, **headers)
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "what was &quot;typed&quot;" in refused.text
    taken = running.ask("/keep/start/?skill-sql=2", "POST", body, **headers)
    assert taken.status == 302


@pytest.mark.long
def test_the_answers_come_in_time(running: Served) -> None:
    body, headers = begun(running)
    for address in PAGES:
        # The first visitor of a process waits for its templates.
        running.get(address)
    with held(running.database):
        for address in PAGES:
            started = time.monotonic()
            assert running.get(address).status == 200
            assert time.monotonic() - started < 0.5, address
        for address, sent in (("/keep/start/?skill-sql=2", body), ("/admin/login/", body + "&username=a&password=b")):
            started = time.monotonic()
            assert running.ask(address, "POST", sent, **headers).status in (200, 503)
            assert time.monotonic() - started < 5, address


def test_twice_as_many_forms_as_threads_do_not_stop_pages(running: Served) -> None:
    body, headers = begun(running)
    for address in PAGES:
        running.get(address)

    def sent(_: int) -> tuple[int, float, bool]:
        started = time.monotonic()
        answer = running.ask("/keep/start/?skill-sql=2", "POST", body, **headers)
        return answer.status, time.monotonic() - started, "what was &quot;typed&quot;" in answer.text

    with held(running.database), ThreadPoolExecutor(2 * THREADS) as visitors:
        forms = [visitors.submit(sent, number) for number in range(2 * THREADS)]
        for address in (*PAGES, "/healthz"):
            started = time.monotonic()
            assert running.get(address).status == 200
            assert time.monotonic() - started < (0.5 if IS_LONG else 1.5), address
        assert not all(form.done() for form in forms), "no form waited any more, so nothing was tried"
        answers = [form.result() for form in forms]
    assert {status for status, _, _ in answers} == {503}
    assert all(is_repeated for _, _, is_repeated in answers)
    assert max(seconds for _, seconds, _ in answers) < 5
    assert running.ask("/keep/start/?skill-sql=2", "POST", body, **headers).status == 302


def test_the_first_page_of_a_keepers_day_waits_for_nobody(running: Served) -> None:
    body, headers = begun(running)
    kept = running.ask("/keep/start/?skill-sql=2", "POST", body, **headers)
    name, _, code = (
        next(line for line in kept.headers.get_all("Set-Cookie") or [] if line.startswith(COOKIE))
        .partition(";")[0]
        .partition("=")
    )
    key = recovery_code.read(code.partition(".")[0])
    assert isinstance(key, bytes)

    def visited(day: str = "") -> str:
        """The last visit that is written down, after setting it to a day."""
        with closing(sqlite3.connect(running.database, isolation_level=None)) as database:
            if day:
                database.execute("UPDATE guides_keep SET visited_on = ? WHERE digest = ?", (day, digest(key)))
            found: str = database.execute(
                "SELECT visited_on FROM guides_keep WHERE digest = ?", (digest(key),)
            ).fetchone()[0]
        return found

    before = visited("2020-01-02")
    with held(running.database):
        for address in ("/roles/analyst/", "/keep/"):
            started = time.monotonic()
            assert running.get(address, Cookie=f"{name}={code}").status == 200, address
            assert time.monotonic() - started < 1.5, address
    assert visited() == before
    assert running.get("/keep/", Cookie=f"{name}={code}").status == 200
    assert visited() > before


@pytest.mark.long
def test_with_redis_away_every_page_still_answers(prepared: Path, tmp_path: Path) -> None:
    """From the first request on, and limits refuse nobody because they cannot count."""
    with served(prepared, tmp_path, CACHE_URL=f"redis://127.0.0.1:{free_port()}/0") as site:
        for address in (*PAGES, "/fit/", "/keep/", "/admin/login/", "/sitemap.xml"):
            assert site.get(address).status == 200, address
        body, headers = begun(site)
        assert site.ask("/keep/start/?skill-sql=2", "POST", body, **headers).status == 302
