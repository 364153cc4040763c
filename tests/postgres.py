"""Run the tests on a PostgreSQL server: ``python -m tests.postgres [arguments of pytest]``.

DATABASE_URL names a server to be used; otherwise one is started for the run. Tests that ask no database, and those
that drive a browser, say the same on every database: they are left out here and listed at the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from deploy.servers import ServerMissing, postgres

WITH_DATABASE = {"db", "transactional_db", "live_server", "content_rows", "django_db_setup", "content", "site", "kinds"}
"""Fixtures of tests that ask the database."""

LEFT_OUT = pytest.StashKey[dict[str, Counter[str]]]()


def _reason(item: pytest.Item) -> str | None:
    """Why a test need not run here; None when it has to."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if "browser" in fixtures:
        return "drive a browser"
    if item.get_closest_marker("django_db") or fixtures & WITH_DATABASE:
        return None
    return "ask no database"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = [(item, _reason(item)) for item in items]
    left_out: dict[str, Counter[str]] = {}
    for item, reason in reasons:
        if reason:
            left_out.setdefault(reason, Counter())[item.nodeid.partition("::")[0]] += 1
    config.stash[LEFT_OUT] = left_out
    config.hook.pytest_deselected(items=[item for item, reason in reasons if reason])
    items[:] = [item for item, reason in reasons if not reason]


@pytest.fixture(autouse=True)
def _connection_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request through WSGI ends with its connection, unless it is the one that holds what the test has written.

    SQLite in memory, which tests run on otherwise, has no connection to lose.
    """
    original = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            original(connection)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for reason, modules in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.section(f"NOT RUN ON POSTGRESQL: {modules.total()} tests that {reason}", "#", bold=True)
        for module, count in sorted(modules.items()):
            terminalreporter.line(f"    {module}: {count}")


def main(arguments: list[str]) -> int:
    """Exit status of pytest; 2 when there is no server."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.postgres", *arguments]
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    try:
        with postgres() as server:
            print(f"The tests run on {server.version}.", flush=True)
            named_here = {"DATABASE_URL": server.url(), "POSTGRES_BIN": str(server.programs)}
            return subprocess.run(command, check=False, env={**os.environ, **named_here}).returncode
    except ServerMissing as missing:
        print(missing, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
