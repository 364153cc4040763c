"""Which content the database holds at this moment, asked often and cheaply.

SQLite is asked for every request, through a connection that stays open: whether anybody wrote since
(``PRAGMA data_version``) takes two microseconds, and a reader sees a commit at once. PostgreSQL is a server to go to,
so what it said counts for 20 milliseconds. Whoever moves the version waits for twice that time before saying so
(``settle``): a request that begins after a load or a decision was reported done is answered with the new content on
every node, and until then both are right.
"""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

Version = tuple[int, str]
"""The number of the content and the moment of its last load, which tells two databases with the same number apart."""

NO_CONTENT: Version = (0, "")

GOOD_FOR_SECONDS = {"sqlite": 0.0, "postgresql": 0.02}
"""For how long an answer counts, by the kind of database."""

RETRY_SECONDS = 0.25
"""For how long at least a database that does not answer is left alone; what it said last counts meanwhile."""

WAIT_SECONDS = 0.2
"""How long a request waits for another one that asks."""

REOPEN_SECONDS = 1.0
"""For how long a connection to SQLite stays open, so that a file put in its place by a restored copy is noticed."""

BUSY_MILLISECONDS = 100
"""How long SQLite may wait for a lock. Readers of a database with a write-ahead log need none, except to recover it."""

IMPATIENT: Mapping[str, Any] = {"connect_timeout": 2, "tcp_user_timeout": 1000, "options": "-c statement_timeout=1000"}
"""Options of the connection to PostgreSQL: a server that hangs must not hold up pages that need nothing of it."""

STATEMENT = "SELECT number, loaded_at FROM guides_contentversion WHERE id = 1"

Clock = Callable[[], float]


class ContentVersion:
    """The version of the content, for all threads of a process."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS, clock: Clock = time.monotonic) -> None:
        self._alias = alias
        self._clock = clock
        self._is_sqlite = connections[alias].vendor == "sqlite"
        self._good_for = GOOD_FOR_SECONDS.get(connections[alias].vendor, 0.0)
        self._errors = (Error, _driver_of(connections[alias]).Error)
        self._known: Version | None = None
        self._lock = threading.Lock()
        self._database: BaseDatabaseWrapper | None = None
        self._seen = -1
        self._good_until = self._open_until = -math.inf
        # A connection must not be used on both sides of a fork.
        os.register_at_fork(after_in_child=self._forget)

    def current(self) -> Version | None:
        """The version now, never older than ``GOOD_FOR_SECONDS`` of its database.

        While the database does not answer, the last one known; None when there is none.
        """
        if self._clock() < self._good_until:
            return self._known
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            return self._known
        try:
            started = self._clock()
            if started >= self._good_until and not self._is_unmoved(started):
                self._ask(started)
            return self._known
        finally:
            self._lock.release()

    def close(self) -> None:
        """Lets the connection go; the next question opens another one."""
        with self._lock:
            self._close()

    def _is_unmoved(self, now: float) -> bool:
        """Whether nobody has written to the SQLite file since the version was read; no in case of doubt."""
        if not self._is_sqlite or self._database is None or now >= self._open_until:
            return False
        try:
            return bool(self._writes() == self._seen)
        except self._errors:
            return False

    def _writes(self) -> int:
        """A number that moves with every commit of others to the SQLite file."""
        driver: Any = self._database.connection if self._database else None
        found: int = driver.execute("PRAGMA data_version").fetchone()[0]
        return found

    def _ask(self, started: float) -> None:
        try:
            self._known = self._read(started)
            # Counted from before the question: the answer may have been given at any moment since.
            self._good_until = started + self._good_for
        except self._errors as error:
            self._close()
            ended = self._clock()
            self._good_until = ended + max(RETRY_SECONDS, 2 * (ended - started))
            logger.warning("The version of the content cannot be read: %s", type(error).__name__)

    def _read(self, now: float) -> Version:
        if self._database is not None and now < self._open_until:
            try:
                return self._version_in(self._database.connection)
            except self._errors:
                logger.debug("The connection is gone; opening another one")
        self._close()
        self._database = self._opened()
        self._open_until = now + REOPEN_SECONDS if self._is_sqlite else math.inf
        return self._version_in(self._database.connection)

    def _version_in(self, driver: Any) -> Version:
        # The driver itself: a cursor of Django would cost ten times the question.
        if self._is_sqlite:
            # Asked first: a commit between the two questions is noticed by the next request.
            self._seen = self._writes()
        row = driver.execute(STATEMENT).fetchone()
        return (row[0], str(row[1])) if row else NO_CONTENT

    def _opened(self) -> BaseDatabaseWrapper:
        database = connections.create_connection(self._alias)
        if not self._is_sqlite:
            given = database.settings_dict
            database.settings_dict = {**given, "OPTIONS": {**given.get("OPTIONS", {}), **IMPATIENT}}
        database.inc_thread_sharing()
        database.ensure_connection()
        if self._is_sqlite:
            connection: Any = database.connection
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return database

    def _close(self) -> None:
        if self._database is not None:
            try:
                self._database.close()
            except self._errors:
                logger.debug("A connection was gone before it was closed")
        self._database = None
        # The number counts for one connection alone.
        self._seen = -1

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._database = None
        self._seen = -1
        self._good_until = self._open_until = -math.inf


@cache
def of_this_process() -> ContentVersion:
    """The one reader that everything in this process shares."""
    return ContentVersion()


def _driver_of(database: Any) -> Any:
    """The module that talks to the database; it has error classes of its own."""
    return database.Database


def settle(sleep: Callable[[float], None] = time.sleep) -> None:
    """Waits until no process goes by an older version than the one just committed."""
    good_for = GOOD_FOR_SECONDS.get(connections[DEFAULT_DB_ALIAS].vendor, 0.0)
    if good_for and settings.PAGE_CACHE_BYTES:
        sleep(2 * good_for)
