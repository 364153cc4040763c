"""Which content the database holds at this moment, asked often and cheaply.

Beside a SQLite file stands a mark that changes around every commit that moves the version (``content_mark``), so that
the next request is answered with the new content without asking the database each time. What somebody else wrote is
noticed after 50 milliseconds. PostgreSQL is a server to go to, so what it said counts for 20 milliseconds. Whoever
moves the version waits for twice that time before saying so: a request that begins after a load or a decision was
reported done is answered with the new content on every node, and until then both are right.
"""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .content_mark import MarkReader, MarkWriter, is_lifted, mark_beside

logger = logging.getLogger(__name__)

Version = tuple[int, str]
"""The number of the content and the moment of its last load, which tells two databases with the same number apart."""

NO_CONTENT: Version = (0, "")

GOOD_FOR_SECONDS = {"sqlite": 0.05, "postgresql": 0.02}
"""For how long an answer counts, by the kind of database; of SQLite only while its mark stays the same."""

RETRY_SECONDS = 0.25
"""For how long at least a database that does not answer is left alone; what it said last counts meanwhile."""

WAIT_SECONDS = 0.2
"""How long a request waits for another one that asks."""

REOPEN_SECONDS = 1.0
"""For how long a connection to SQLite stays open, so that a file put in its place by a restored copy is noticed."""

BUSY_MILLISECONDS = 100
"""How long SQLite may wait for a lock. Readers of a database with a write-ahead log need none, except to recover it."""

IMPATIENT: Mapping[str, Any] = {
    "connect_timeout": 2,
    "tcp_user_timeout": 1000,
    "options": "-c statement_timeout=1000",
    # Of this project's own backend: what this side waits for a server that does not keep its timeouts.
    "patience": 1.0,
    "takes_turns": False,
}
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
        self._mark_path = _mark_path(alias)
        self._mark: MarkReader | None = None
        self._marked = b""
        self._errors = (Error, _driver_of(connections[alias]).Error)
        self._known: Version | None = None
        self._lock = threading.Lock()
        self._database: BaseDatabaseWrapper | None = None
        self._seen: int | None = None
        self._good_until = self._open_until = -math.inf
        # A connection must not be used on both sides of a fork.
        os.register_at_fork(after_in_child=self._forget)

    def current(self) -> Version | None:
        """The version now; of a server, as it was ``GOOD_FOR_SECONDS`` ago at most.

        While the database does not answer, the last one known; None when there is none.
        """
        if self._is_good(self._clock()):
            return self._known
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            return self._known
        try:
            started = self._clock()
            if not self._is_good(started):
                self._ask(started)
            return self._known
        finally:
            self._lock.release()

    def close(self) -> None:
        """Lets the connection go; the next question opens another one."""
        with self._lock:
            self._close()

    def _is_good(self, now: float) -> bool:
        """Whether what is known still counts."""
        mark = self._mark
        return now < self._good_until and (mark is None or mark.read() == self._marked)

    def _ask(self, started: float) -> None:
        try:
            if self._database is None or started >= self._open_until:
                self._open(started)
            try:
                self._read(started)
            except self._errors:
                if self._clock() - started >= RETRY_SECONDS:
                    # A server that hangs would hang once more.
                    raise
                logger.debug("The connection is gone; opening another one")
                self._open(started)
                self._read(started)
        except self._errors as error:
            self._close()
            logger.warning("The version of the content cannot be read: %s", type(error).__name__)
            if self._is_sqlite:
                ended = self._clock()
                self._good_until = ended + max(RETRY_SECONDS, 2 * (ended - started))
            else:
                # Opening a connection to a server that hangs takes seconds, which no visitor should wait for.
                self._good_until = math.inf
                threading.Thread(target=self._look_out, daemon=True).start()

    def _look_out(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """Waits for the server. Until it answers, what is known counts."""
        while True:
            sleep(RETRY_SECONDS)
            try:
                database = self._opened()
                driver: Any = database.connection
                driver.execute(STATEMENT)
            except self._errors as error:
                logger.debug("The server is still away: %s", type(error).__name__)
                continue
            with self._lock:
                self._close()
                self._database, self._open_until = database, math.inf
            return

    def _read(self, started: float) -> None:
        """Asks the database. What moves during the question is noticed by the next request."""
        marked = self._mark.read() if self._mark else b""
        # The driver itself: a cursor of Django would cost ten times the question.
        driver: Any = self._database.connection if self._database else None
        writes = driver.execute("PRAGMA data_version").fetchone()[0] if self._is_sqlite else None
        if writes is None or writes != self._seen:
            row = driver.execute(STATEMENT).fetchone()
            self._known = (row[0], str(row[1])) if row else NO_CONTENT
        # Counted from before the question: the answer may have been given at any moment since.
        is_told = not self._is_sqlite or (self._mark is not None and not is_lifted(marked))
        self._seen, self._marked = writes, marked
        self._good_until = started + self._good_for if is_told else -math.inf

    def _open(self, now: float) -> None:
        self._close()
        self._database = self._opened()
        self._mark = self._mark_opened()
        self._open_until = now + REOPEN_SECONDS if self._is_sqlite else math.inf

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

    def _mark_opened(self) -> MarkReader | None:
        try:
            return MarkReader(self._mark_path) if self._mark_path else None
        except OSError as error:
            # Slower, and as right.
            logger.debug("There is no mark beside the database: %s", error.strerror)
            return None

    def _close(self) -> None:
        if self._database is not None:
            try:
                self._database.close()
            except self._errors:
                logger.debug("A connection was gone before it was closed")
        # First of all, or others would go by what is known without its mark.
        self._good_until = -math.inf
        self._database = self._mark = None
        # The number counts for one connection alone.
        self._seen = None

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._database = self._mark = None
        self._seen = None
        self._good_until = self._open_until = -math.inf


@cache
def of_this_process() -> ContentVersion:
    """The one reader that everything in this process shares."""
    return ContentVersion()


def _driver_of(database: Any) -> Any:
    """The module that talks to the database; it has error classes of its own."""
    return database.Database


def version_moves(alias: str = DEFAULT_DB_ALIAS) -> None:
    """To be called inside of the transaction that moves the version: has every process notice the commit."""
    mark = MarkWriter(_mark_path(alias))
    mark.lift()

    def committed() -> None:
        mark.put()
        settle()

    transaction.on_commit(committed, using=alias)


def settle(sleep: Callable[[float], None] = time.sleep) -> None:
    """Waits until no process goes by an older version than the one just committed; a mark is noticed at once."""
    database = connections[DEFAULT_DB_ALIAS].vendor
    if database != "sqlite" and settings.PAGE_CACHE_BYTES:
        sleep(2 * GOOD_FOR_SECONDS.get(database, 0.0))


def _mark_path(alias: str) -> Path | None:
    database = connections[alias]
    return mark_beside(str(database.settings_dict["NAME"])) if database.vendor == "sqlite" else None
