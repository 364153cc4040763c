"""What may be left for another time is written at once or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def at_once() -> Iterator[None]:
    """For a single write, which waits for nobody: OperationalError while somebody else has a lock that it needs."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        driver: Any = connection.connection
        (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            driver.execute(f"PRAGMA busy_timeout = {patience}")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1ms'")
            yield
