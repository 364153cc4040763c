"""While the database is locked or away: a page that says so, and nothing lost of what was typed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from tests.keepers import HX, TARGET, document, keeper, only_plan
from tests.pages import Page, read

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def database_away(error: type[Exception] = OperationalError, *, writes_alone: bool = False) -> Iterator[None]:
    """Questions to the database fail, or what would write to it alone."""

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if writes_alone and sql.startswith(("SELECT", "PRAGMA")):
            return execute(sql, *rest)
        raise error("database is locked")

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sent(visitor: Client, address: str, **fields: str) -> Page:
    """The answer to a form while nothing can be written."""
    with database_away(writes_alone=True):
        return read(address, visitor.post(address, fields))


def hidden(page: Page) -> dict[str, str]:
    """The hidden fields of the form that a page offers."""
    return {one.get("name", ""): one.get("value", "") for one in page.main.iter("input") if one.get("type") == "hidden"}


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize(
    "address", ["/", "/roles/", "/roles/ai-artist/", "/search/?q=sql", "/roles/old/name/", "/sources/"]
)
def test_a_page_that_needs_the_database_asks_to_try_again(client: Client, address: str, error: type[Exception]) -> None:
    client.raise_request_exception = False
    with database_away(error):
        response = client.get(address)
    page = read(address, response)
    assert (page.status, page.heading) == (503, "The site is busy for a moment")
    assert int(response.headers["Retry-After"]) > 0
    assert "no-store" in response.headers["Cache-Control"]
    assert page.meta("robots") == "noindex"
    assert not page.faults


@pytest.mark.django_db
def test_pages_that_ask_nothing_go_on(client: Client) -> None:
    with database_away():
        assert [client.get(address).status_code for address in ("/privacy/", "/robots.txt", "/keep/", "/healthz")] == [
            200
        ] * 4


@pytest.mark.usefixtures("content")
def test_a_form_that_cannot_be_kept_comes_back_with_what_was_typed() -> None:
    visitor = keeper(f"for={TARGET}&hours=6")
    plan, before = only_plan(visitor), document(visitor)
    address, typed = f"/plans/{plan.id}/note/", {"key": next(iter(plan.tasks)), "note": "Asked Ines <about> her work"}
    page = sent(visitor, address, **typed)
    assert page.status == 503
    assert hidden(page) == typed
    assert [form.get("action") for form in page.main.iter("form")] == [address]
    assert document(visitor) == before
    assert visitor.post(address, hidden(page)).status_code == 302
    assert only_plan(visitor).tasks[typed["key"]].note == typed["note"]


@pytest.mark.usefixtures("content")
def test_a_fragment_gets_the_same_status_so_that_the_page_keeps_its_form() -> None:
    visitor = keeper(f"for={TARGET}&hours=6")
    plan = only_plan(visitor)
    typed = {"key": next(iter(plan.tasks)), "note": "A note"}
    with database_away(writes_alone=True):
        response = visitor.post(f"/plans/{plan.id}/note/", typed, headers={"hx-request": HX["hx_request"]})
    assert response.status_code == 503
    assert response.headers["Retry-After"]


@pytest.mark.django_db
def test_a_password_is_not_sent_back(client: Client) -> None:
    with database_away():
        page = read("/admin/login/", client.post("/admin/login/", {"username": "ines", "password": "a long secret"}))
    assert page.status == 503
    assert "a long secret" not in page.html
    assert not hidden(page)


@pytest.mark.django_db
def test_faults_of_our_own_are_not_excused(client: Client) -> None:
    client.raise_request_exception = False
    with database_away(ValueError):
        assert client.get("/roles/").status_code == 500


# The same with a real lock on a real file

WAITING = """
import django
django.setup()
from django.test import Client
visitor = Client(raise_request_exception=False, SERVER_NAME="localhost")
print(visitor.get("/keep/start/").status_code, visitor.post("/keep/start/?for=roles/none").status_code)
"""


def test_a_writer_that_holds_the_file_stops_writing_and_not_reading(tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite3"
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{file}?timeout=1",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=variables, check=True)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        done = subprocess.run(
            [sys.executable, "-c", WAITING], cwd=ROOT, env=variables, check=True, capture_output=True, text=True
        )
    finally:
        holder.close()
    assert done.stdout.split() == ["200", "503"]


def test_sqlite_is_set_up_so_that_readers_never_wait_for_writers(tmp_path: Path) -> None:
    asked = "journal_mode", "synchronous", "foreign_keys", "busy_timeout"
    script = f"""
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print([cursor.execute(f"PRAGMA {{name}}").fetchone()[0] for name in {asked!r}], connection.transaction_mode)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3",
        },
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "['wal', 1, 1, 4000] IMMEDIATE"
