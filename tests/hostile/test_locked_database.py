"""While another process holds the database, or a server is away: pages go on, and forms say 503, never 500.

Numbers 8 and 24 of the list in docs/security.md; tests/test_unavailable.py, tests/test_health.py and
tests/test_redis_cache.py have the single parts.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.hostile.served import HOST, Served, free_port, served

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
            assert time.monotonic() - started < 6.5, address


@pytest.mark.long
def test_with_redis_away_every_page_still_answers(prepared: Path, tmp_path: Path) -> None:
    """From the first request on, and limits refuse nobody because they cannot count."""
    with served(prepared, tmp_path, CACHE_URL=f"redis://127.0.0.1:{free_port()}/0") as site:
        for address in (*PAGES, "/fit/", "/keep/", "/admin/login/", "/sitemap.xml"):
            assert site.get(address).status == 200, address
        body, headers = begun(site)
        assert site.ask("/keep/start/?skill-sql=2", "POST", body, **headers).status == 302
