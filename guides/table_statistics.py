"""What PostgreSQL plans its queries by, brought up to date when many rows have come at once.

The server counts rows by itself about a minute after they changed. Until then its plans are guesses: after a first load
of a thousand roles the list of transitions took minutes instead of milliseconds. SQLite plans well without.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

MANY = 500
"""Rows from which on the server is not left to notice by itself."""


def count_rows_of(models: Iterable[type[Model]], changed: int) -> None:
    """Has the server look at the tables of ``models`` now, when at least ``MANY`` rows of them have changed.

    Inside of a transaction, others go by the new figures from the moment at which they see the new rows.
    """
    if changed < MANY or connection.vendor != "postgresql":
        return
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
