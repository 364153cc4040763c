"""A process that serves pages waits for the database for a short time; commands wait as long as they need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careerpaths.patience import LOCK_SECONDS, SERVER_SECONDS, STATEMENT_SECONDS, impatient

ROOT = Path(__file__).resolve().parent.parent

SHOW = """
from django.db import connection
connection.ensure_connection()
print(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])
"""


def milliseconds(begin: str, database: Path) -> int:
    """How long a process that begins in that way waits for a lock."""
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    done = subprocess.run(
        [sys.executable, "-c", f"{begin}\n{SHOW}"],
        cwd=ROOT,
        env=variables,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout)


def test_the_site_waits_less_for_a_lock_than_a_command(tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    database.touch()
    command = milliseconds("import django; django.setup()", database)
    site = milliseconds("import careerpaths.wsgi", database)
    assert site == LOCK_SECONDS * 1000 < command


def test_of_sqlite_a_shorter_wait_that_somebody_chose_stays() -> None:
    found = impatient({"timeout": 1, "transaction_mode": "IMMEDIATE"}, "sqlite")
    assert (found["timeout"], found["transaction_mode"]) == (1, "IMMEDIATE")


def test_of_postgres_every_wait_ends() -> None:
    given = {"options": "-c lock_timeout=4s", "connect_timeout": 4, "sslmode": "verify-full"}
    found = impatient(given, "postgresql")
    assert found["options"] == f"-c lock_timeout=4s -c statement_timeout={STATEMENT_SECONDS}s"
    # The driver's shortest.
    assert found["connect_timeout"] == 2
    assert found["patience"] == SERVER_SECONDS > STATEMENT_SECONDS
    assert found["tcp_user_timeout"] == SERVER_SECONDS * 1000
    assert all(found[name] > 0 for name in ("keepalives_idle", "keepalives_interval", "keepalives_count"))
    assert found["takes_turns"]
    assert found["sslmode"] == "verify-full"
    assert given == {"options": "-c lock_timeout=4s", "connect_timeout": 4, "sslmode": "verify-full"}


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_the_whole_of_a_wait_is_less_than_the_five_seconds_that_a_form_may_take(vendor: str) -> None:
    found = impatient({}, vendor)
    # A form that is refused by a lock may meet it once more when its visitor is written down.
    assert (2 * found["timeout"] if vendor == "sqlite" else found["patience"]) < 5
