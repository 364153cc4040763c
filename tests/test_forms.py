"""Query strings: what is right in one counts, what is wrong is named beside its field, and nothing breaks the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.duration import Duration
from guides.forms import SORTS, RoleFilterForm, SearchForm
from guides.models import Role
from guides.search import MAX_LENGTH
from tests import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles() -> None:
    rows.role("Analyst", weeks=24, median_high=90_000, growth_high=2, difficulty="beginner", coding="none")
    rows.role("Baker", weeks=4, median_high=None, growth_high=None, remote="no", category=rows.category("food"))
    rows.role("Coder", weeks=56, median_high=130_000, growth_high=16, difficulty="advanced", coding="required")
    rows.role("Dancer", weeks=30, median_high=60_000, growth_high=-3, is_featured=True)


def found(**query: Any) -> list[str]:
    form = RoleFilterForm(query)
    return [role.title for role in form.apply(Role.objects.published())]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Dancer", "Analyst", "Baker", "Coder"]),
        ({"sort": "title"}, ["Analyst", "Baker", "Coder", "Dancer"]),
        ({"sort": "pay"}, ["Coder", "Analyst", "Dancer", "Baker"]),
        ({"sort": "time"}, ["Baker", "Analyst", "Dancer", "Coder"]),
        ({"sort": "outlook"}, ["Coder", "Analyst", "Dancer", "Baker"]),
    ],
)
def test_roles_are_ordered_as_asked_and_unknown_figures_come_last(query: dict[str, str], titles: list[str]) -> None:
    assert found(**query) == titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"category": "food"}, ["Baker"]),
        ({"difficulty": "advanced"}, ["Coder"]),
        ({"coding": "none"}, ["Analyst"]),
        ({"remote": "no"}, ["Baker"]),
        ({"months": "6"}, ["Analyst", "Baker"]),
        ({"months": "7"}, ["Dancer", "Analyst", "Baker"]),
        ({"difficulty": "beginner", "coding": "required"}, []),
        ({"category": "", "difficulty": "", "months": "", "sort": ""}, ["Dancer", "Analyst", "Baker", "Coder"]),
    ],
)
def test_roles_are_filtered_as_asked(query: dict[str, str], titles: list[str]) -> None:
    assert found(**query) == titles


@pytest.mark.parametrize("months", range(1, 15))
def test_months_mean_what_the_pages_call_months(months: int) -> None:
    asked = set(found(months=str(months)))
    assert asked == {role.title for role in Role.objects.all() if Duration(role.weeks, 10).months <= months}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "nothing"),
        ("category", "food\x00"),
        ("difficulty", "impossible"),
        ("coding", "no"),
        ("remote", "yes' OR 1=1"),
        ("months", "0"),
        ("months", "121"),
        ("months", "six"),
        ("months", "9" * 5_000),
        ("sort", "-pk"),
        ("sort", "x" * 10_000),
    ],
)
def test_a_wrong_value_is_named_and_left_out_while_the_right_ones_count(field: str, value: str) -> None:
    right = {"coding": "none"} if field != "coding" else {"difficulty": "beginner"}
    form = RoleFilterForm({field: value, **right})
    assert [role.title for role in form.apply(Role.objects.published())] == ["Analyst"]
    assert list(form.errors) == [field]


def test_an_unpublished_category_cannot_be_asked_for() -> None:
    rows.role("Secret", category=rows.category("hidden", is_published=False))
    form = RoleFilterForm({"category": "hidden"})
    assert "Secret" not in [role.title for role in form.apply(Role.objects.published())]
    assert "category" in form.errors
    assert "Hidden" not in str(form["category"])


def test_filtering_costs_two_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        found(category="food", difficulty="intermediate", months="12", sort="pay")
    assert len(queries) == 2


def test_every_order_is_offered() -> None:
    offered = str(RoleFilterForm()["sort"])
    assert all(f'value="{name}"' in offered for name in SORTS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  backend  ", {"q": "backend"}),
        ("", {}),
        ("   ", {}),
        ("a\x00b", {}),
        ("x" * MAX_LENGTH, {"q": "x" * MAX_LENGTH}),
        ("x" * (MAX_LENGTH + 1), {}),
        ("x" * 10_000, {}),
    ],
)
def test_a_search_keeps_words_that_can_be_looked_for(typed: str, kept: dict[str, str]) -> None:
    assert SearchForm({"q": typed}).kept() == kept
