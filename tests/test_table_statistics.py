"""PostgreSQL plans by the rows that are there, and not by those that were there a minute ago."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.models import Role, Skill
from guides.table_statistics import MANY, count_rows_of

pytestmark = pytest.mark.django_db


def told(changed: int) -> list[str]:
    """What the database is told after so many rows of two tables have changed."""
    with CaptureQueriesContext(connection) as queries:
        count_rows_of((Role, Skill), changed)
    return [query["sql"] for query in queries]


def test_a_large_load_has_the_server_count_its_rows() -> None:
    wanted = ['ANALYZE "guides_role", "guides_skill"'] if connection.vendor == "postgresql" else []
    assert told(MANY) == wanted


def test_a_small_one_leaves_it_to_the_server() -> None:
    assert told(MANY - 1) == []


def test_other_databases_are_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    assert told(MANY) == []
