"""How many requests of a process may wait for the database at the same moment.

A thread that waits for a lock, or for a server that hangs, answers nothing else. If all of them did, pages that are
kept and ask no database would wait too. So two threads never do: whoever would be one too many waits while the others
get on, and is refused at once when none of them does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection

FREE_THREADS = 2
"""Threads of a process that never wait for the database together with the others."""

STUCK_SECONDS = 0.2
"""A question that takes so long waits for something: others take milliseconds."""

READS = ("SELECT", "PRAGMA", "EXPLAIN")
"""How statements begin that need no lock of SQLite, which has a log that writers append to."""


class DatabaseQueue:
    """Room for so many at once."""

    def __init__(self, places: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = places
        self._clock = clock
        self._free = threading.Condition()
        self._begun: dict[int, float] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A place for as long as the block runs. OperationalError when all places are taken by those who are stuck."""
        me = threading.get_ident()
        if me in self._begun:
            yield
            return
        with self._free:
            while len(self._begun) >= self._places:
                rest = max(self._begun.values()) + STUCK_SECONDS - self._clock()
                if rest <= 0:
                    raise OperationalError("Others wait for the database already.")
                self._free.wait(rest)
            self._begun[me] = self._clock()
        try:
            yield
        finally:
            with self._free:
                del self._begun[me]
                self._free.notify()


@cache
def of_this_process() -> DatabaseQueue:
    """The one queue of all threads."""
    return DatabaseQueue(max(1, settings.WEB_THREADS - FREE_THREADS))


def writing_in_turn(application: Callable[..., Any]) -> Callable[..., Any]:
    """A WSGI application whose requests queue before they write to SQLite, where a lock makes writers alone wait."""
    queue = of_this_process()

    def execute(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        # Inside of a transaction the lock is there already.
        if connection.in_atomic_block or sql.lstrip()[:8].upper().startswith(READS):
            return execute(sql, parameters, many, context)
        with queue.turn():
            return execute(sql, parameters, many, context)

    def answered(environ: Any, start_response: Any) -> Any:
        with connection.execute_wrapper(execute):
            return application(environ, start_response)

    return answered
