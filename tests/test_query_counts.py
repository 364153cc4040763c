"""A page asks the database a fixed number of questions, however many guides there are."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from guides import atlas, overview, published_roles, search
from guides.loader.load import load_content
from guides.models import (
    Phase,
    Question,
    RequiredSkill,
    Roadmap,
    Role,
    RoleOccupation,
    RoleTool,
    SearchEntry,
    Stage,
    Task,
    Transition,
    TransitionSkill,
)
from guides.models.content import PhaseResource
from tests.content_factory import generate, generated_role, generated_skills

FEW, MANY = 10, 1_000

FIRST, SECOND = generated_role(0)[0], generated_role(1)[0]

BUDGETS = {
    f"/roles/{FIRST}/": 13,
    f"/transitions/{FIRST}/{SECOND}/": 12,
    f"/transitions/{SECOND}/{FIRST}/": 12,
    f"/transitions/{SECOND}/?pay=1000&months=60": 6,
    f"/plan/?for=transitions/{SECOND}/{FIRST}": 14,
    "/pathways/": 2,
    f"/pathways/?origin={SECOND}&destination={FIRST}&months=any&pay=any": 12,
    "/pathways/?origin=measurng&destination=nowhere": 12,
    f"/roles/{FIRST}/interview/": 6,
    f"/roles/{FIRST}/into/": 6,
    f"/transitions/{FIRST}/": 6,
    f"/skills/{generated_skills(FEW)[0][0]}/": 8,
    "/categories/group-red/": 6,
    "/": 6,
    "/roles/": 6,
    "/roles/?category=group-red&coding=required&sort=pay": 6,
    "/categories/": 6,
    "/transitions/": 6,
    "/skills/": 6,
    "/search/": 6,
    "/search/?q=measuring": 6,
    "/search/?q=arhcive": 6,
    "/start/?q=engineer": 6,
    "/occupations/": 6,
    "/sources/": 6,
    "/sources/pay-survey/": 6,
    "/method/": 6,
    "/nowhere/": 6,
    f"/roles/{FIRST}/fit/": 12,
    f"/roles/{FIRST}/fit/?coding=no&from={SECOND}": 14,
    "/fit/?coding=no": 12,
    f"/compare/?role={FIRST}&role={SECOND}&pay=2": 12,
    "/plan/": 6,
    f"/plan/?for=roles/{FIRST}": 12,
    f"/ledger/?role={FIRST}&skill-{generated_skills(FEW)[0][0]}=2": 14,
    f"/practice/{FIRST}/": 6,
    f"/practice/{FIRST}/set/": 6,
    "/keep/": 1,
    f"/keep/start/?for=roles/{FIRST}": 10,
    "/privacy/": 1,
}
"""The most queries that a page may ask, by address; each is there with few and with many roles."""


def counts() -> dict[str, int]:
    """Queries of each page for a visitor."""
    found = {}
    for address in BUDGETS:
        # Each is counted as the first of its process, but for the ends of moves: they are read once for all pages.
        published_roles.forget()
        overview.forget()
        search.forget()
        atlas.atlas()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = Client().get(address)
        assert response.status_code == (404 if address == "/nowhere/" else 200), address
        found[address] = len(queries)
    return found


def _copies(rows: list[Any], times: int, **owners: dict[int, list[Model]]) -> dict[int, list[Any]]:
    """New rows like ``rows``, ``times`` of each, by the key of the original; ``owners`` name what they hang on."""
    made: dict[int, list[Any]] = {row.pk: [] for row in rows}
    for row in rows:
        for number in range(times):
            one = copy(row)
            one.pk = None
            one._state = copy(row._state)
            one._state.fields_cache = {}
            for field, new in owners.items():
                setattr(one, field, new[getattr(row, f"{field}_id")][number])
            made[row.pk].append(one)
    return made


def _write(made: dict[int, list[Any]]) -> None:
    rows = [row for those in made.values() for row in those]
    if rows:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=500)


def multiply(times: int) -> None:
    """Adds ``times`` copies of every role with all that belongs to it, and of the moves between them."""
    roles = _copies(list(Role.objects.all()), times)
    for those in roles.values():
        for number, role in enumerate(those):
            role.slug, role.title = f"{role.slug}-{number}", f"{role.title} {number}"
    _write(roles)
    for model in (RequiredSkill, RoleTool, RoleOccupation, Stage):
        _write(_copies(list(model._base_manager.all()), times, role=roles))
    questions = _copies(list(Question.objects.all()), times, role=roles)
    _write(questions)
    moves = _copies(list(Transition.objects.all()), times, origin=roles, destination=roles)
    for those in moves.values():
        for move in those:
            move.slugs = f"{move.origin.slug}/{move.destination.slug}"
    _write(moves)
    _write(_copies(list(TransitionSkill.objects.all()), times, transition=moves))
    for owner, owners in (("role", roles), ("transition", moves)):
        roadmaps = _copies(list(Roadmap.objects.filter(**{f"{owner}__isnull": False})), times, **{owner: owners})
        _write(roadmaps)
        phases = _copies(list(Phase.objects.filter(roadmap__in=list(roadmaps))), times, roadmap=roadmaps)
        _write(phases)
        _write(_copies(list(Task.objects.filter(phase__in=list(phases))), times, phase=phases))
        _write(_copies(list(PhaseResource.objects.filter(phase__in=list(phases))), times, phase=phases))
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="role", slug=role.slug, title=role.title, names="", text=role.summary)
        for those in roles.values()
        for role in those
    )
    with connection.cursor() as cursor:
        # A server does so by itself some time after so many rows have come; until then its plans are guesses.
        cursor.execute("ANALYZE")


Counted = tuple[dict[str, int], dict[str, int]]
"""Queries of each page, with few and with many roles."""


@pytest.fixture(scope="module")
def counted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Counted:
    """Queries of each page with ten roles, and with a thousand."""
    content: Path = generate(tmp_path_factory.mktemp("generated"), FEW, questions_per_role=5)
    with django_db_blocker.unblock(), transaction.atomic():
        load_content(content)
        few = counts()
        multiply(MANY // FEW - 1)
        assert Role.objects.count() == MANY
        many = counts()
        transaction.set_rollback(True)
    return few, many


@pytest.mark.django_db
@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_stays_within_its_number_of_queries(counted: Counted, address: str) -> None:
    few, _ = counted
    assert few[address] <= BUDGETS[address]


@pytest.mark.django_db
@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_asks_as_often_with_a_thousand_roles_as_with_ten(counted: Counted, address: str) -> None:
    few, many = counted
    assert many[address] == few[address]
