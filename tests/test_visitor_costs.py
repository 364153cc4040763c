"""What every page costs for somebody who keeps a lot: few queries and small fragments."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.kept import KeptRating, with_rating
from guides.models import Question, Skill
from tests.keepers import HX, MOVE, ROLE, TARGET, document, keeper, only_plan, write
from tests.pages import KINDS

pytestmark = pytest.mark.usefixtures("content")

SKILLS = 200
MOST_QUERIES = 16
MOST_BYTES = 30_000

PERSONAL = [kind for kind in KINDS if kind not in {"not found"}]


def busy_visitor() -> tuple[Client, str]:
    """Somebody with 200 skills, answers, ratings and a plan, and the address of that plan."""
    visitor = keeper(f"for={MOVE}&start=2026-11-02&mon=3")
    kept = document(visitor)
    known = list(Skill.objects.values_list("slug", flat=True))
    ledger = dict.fromkeys([*known, *(f"skill-of-old-{number}" for number in range(SKILLS - len(known)))], 2)
    names = {f"skills/{slug}": slug.upper() for slug in ledger}
    answers = {"coding": "yes", "remote": "part", "pay": "50000", "months": "18", "barrier": "medium"}
    kept = kept.model_copy(update={"ledger": ledger, "names": names, "answers": answers, "current_role": ROLE})
    rating = KeptRating(box=1, due=date(2026, 11, 3), rating="weak", on=date(2026, 11, 2))
    for key in Question.objects.filter(role__slug=ROLE).values_list("key", flat=True):
        kept = with_rating(kept, key, rating)
    write(visitor, kept)
    return visitor, f"/plans/{only_plan(visitor).id}/"


def test_every_page_needs_few_queries_for_a_ledger_of_two_hundred_skills() -> None:
    visitor, plan = busy_visitor()
    own = [
        plan,
        f"{plan}?view=weeks",
        f"{plan}?view=money",
        f"{plan}?view=all",
        f"{plan}calendar.ics",
        "/keep/download/",
    ]
    found = {}
    for address in [*own, *(KINDS[kind] for kind in PERSONAL)]:
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(address)
        assert response.status_code == 200, address
        found[address] = len(queries)
    assert {address: number for address, number in found.items() if number > MOST_QUERIES} == {}


def test_every_fragment_is_small_for_them() -> None:
    visitor, plan = busy_visitor()
    everything = "&".join(f"skill-{slug}=2" for slug in Skill.objects.values_list("slug", flat=True)[:60])
    addresses = [
        *(KINDS[kind] for kind in PERSONAL),
        f"/roles/{ROLE}/fit/?{everything}&coding=no&remote=yes&pay=1&months=1&barrier=low",
        f"/plan/?for={TARGET}&view=weeks",
        f"/plan/?for={MOVE}&phase=all",
        plan,
        f"{plan}?view=weeks",
        f"{plan}?view=money",
        f"{plan}?view=settings",
    ]
    sizes = {}
    for address in addresses:
        response = visitor.get(address, headers={name.replace("_", "-"): value for name, value in HX.items()})
        if b"<html" not in response.content:
            sizes[address] = len(response.content)
    assert len(sizes) > len(addresses) // 2
    assert {address: size for address, size in sizes.items() if size > MOST_BYTES} == {}
