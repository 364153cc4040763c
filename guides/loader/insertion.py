"""Many new rows of one table at once: values go to the database as they are, without a model object for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

READY = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.BooleanField)
"""Fields whose plain values every database takes. All others are asked to prepare theirs."""


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts ``rows``, whose values stand in the order of ``columns``, names of fields; for a link it is the key."""
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in columns]
    quote = connection.ops.quote_name
    names, marks = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    statement = " ".join(["INSERT INTO", quote(model._meta.db_table), f"({names}) VALUES ({marks})"])
    preparations = [(index, _preparation(field)) for index, field in enumerate(fields) if not _is_ready(field)]
    values: Any = (_prepared(row, preparations) for row in rows) if preparations else rows
    with connection.cursor() as cursor:
        # The drivers of both databases take rows as they are made.
        cursor.executemany(statement, values)


def _is_ready(field: Any) -> bool:
    return isinstance(field.target_field if field.is_relation else field, READY)


def _preparation(field: Any) -> Callable[[Any], Any]:
    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    return prepare


def _prepared(row: Sequence[Any], preparations: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for index, prepare in preparations:
        values[index] = prepare(values[index])
    return values
