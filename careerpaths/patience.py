"""How long a visitor's request waits for the database; commands, which nobody watches a page for, wait longer.

Only a process that serves the site asks for this (``careerpaths.wsgi``): a content load, a migration and a backup keep
what DATABASE_URL says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from careerpaths.database_queue import writing_in_turn
from careerpaths.sqlite_file import ExistingFile

LOCK_SECONDS = 2
"""How long a form waits for a lock on SQLite; some forms wait twice, and all are answered within five seconds."""

STATEMENT_SECONDS = 3
"""The most that a statement of a page may take on PostgreSQL. They take milliseconds."""

SERVER_SECONDS = 3.5
"""After what time a server of PostgreSQL that says nothing at all is given up: later than it would cancel by itself."""


def impatient(options: dict[str, Any], vendor: str) -> dict[str, Any]:
    """The OPTIONS of a database, for a process that serves the site."""
    if vendor == "sqlite":
        timeout = min(options.get("timeout", LOCK_SECONDS), LOCK_SECONDS)
        return {**options, "timeout": timeout, "factory": ExistingFile}
    return {
        **options,
        "connect_timeout": 2,
        "tcp_user_timeout": int(SERVER_SECONDS * 1000),
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "options": f"{options.get('options', '')} -c statement_timeout={STATEMENT_SECONDS}s".strip(),
        "patience": SERVER_SECONDS,
        "takes_turns": True,
    }


def for_visitors(application: Callable[..., Any]) -> Callable[..., Any]:
    """Django's application as visitors meet it. While developing, content may be loaded by the same process."""
    if settings.DEBUG:
        return application
    database = connections[DEFAULT_DB_ALIAS]
    # One dictionary for the connections of all threads.
    database.settings_dict["OPTIONS"] = impatient(database.settings_dict["OPTIONS"], database.vendor)
    return writing_in_turn(application) if database.vendor == "sqlite" else application
