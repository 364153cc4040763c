"""A roadmap as the plain values of plans: levels asked, free stand-ins, resources that took the place of others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.models import PhaseResource, RequiredSkill, Resource, Role, Transition
from guides.phase_facts import guide_at
from guides.plan import ResourceFacts
from tests.pages import ROLES, TRANSITIONS, role_facts, squeezed

pytestmark = pytest.mark.usefixtures("content")

ROLE = "ai-artist"


def resource(slug: str, **fields: object) -> Resource:
    values = {"title": slug, "provider": "P", "kind": "book", "price": "free", "language": "en", **fields}
    made, _ = Resource.objects.update_or_create(slug=slug, defaults=values)
    return made


def first_resource() -> ResourceFacts:
    guide = guide_at(f"roles/{ROLE}")
    assert guide
    return guide.phases[0].resources[0]


def put_first(row: Resource) -> None:
    link = PhaseResource.objects.filter(phase__roadmap__role__slug=ROLE).order_by("phase__number", "number")[0]
    PhaseResource.objects.filter(pk=link.pk).update(resource=row)


@pytest.mark.parametrize(
    "target", [*(f"roles/{slug}" for slug in ROLES), *(f"transitions/{one}" for one in TRANSITIONS)]
)
def test_every_guide_is_read_in_few_queries(target: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        guide = guide_at(target)
    assert guide
    assert len(captured) <= 8
    assert guide.phases
    assert all(phase.tasks and phase.resources for phase in guide.phases)
    keys = [key for key, _ in guide.live_tasks]
    assert len(keys) == len(set(keys))


def test_tasks_and_teaching_are_those_of_the_file() -> None:
    guide = guide_at(f"roles/{ROLE}")
    assert guide
    for phase, written in zip(guide.phases, role_facts(ROLE)["roadmap"]["phases"], strict=True):
        assert [task.text for task in phase.tasks] == [squeezed(task["do"]) for task in written["tasks"]]
        assert [task.hours for task in phase.tasks] == [task["hours"] for task in written["tasks"]]
        assert [one.skill for one in phase.teaches] == [one["skill"] for one in written["teaches"]]
    levels = dict(RequiredSkill.objects.filter(role__slug=ROLE).values_list("skill__slug", "level"))
    assert {one.skill: one.level for phase in guide.phases for one in phase.teaches}.items() <= levels.items()


def test_what_the_role_does_not_ask_for_shortens_nothing() -> None:
    guide = guide_at(f"roles/{ROLE}")
    assert guide
    taught = guide.phases[0].teaches[0].skill
    RequiredSkill.objects.filter(role__slug=ROLE, skill__slug=taught).delete()
    guide = guide_at(f"roles/{ROLE}")
    assert guide
    assert taught not in [one.skill for one in guide.phases[0].teaches]


def test_a_free_stand_in_comes_along() -> None:
    resource("free-one")
    put_first(resource("dear-one", price="paid", cost_usd=90, alternative="free-one"))
    found = first_resource()
    assert (found.slug, found.cost_usd) == ("dear-one", 90)
    assert found.alternative
    assert found.alternative.slug == "free-one"


def test_a_replaced_resource_gives_way_to_the_one_that_took_its_place() -> None:
    resource("third", price="paid", alternative="free-one")
    resource("free-one")
    resource("second", replaced_by="third")
    put_first(resource("first", replaced_by="second"))
    found = first_resource()
    assert found.slug == "third"
    assert found.alternative
    assert found.alternative.slug == "free-one"


def test_resources_that_replace_each_other_end_somewhere() -> None:
    resource("one", replaced_by="two")
    put_first(resource("two", replaced_by="one"))
    assert first_resource().slug in ("one", "two")


@pytest.mark.parametrize("target", ["", "roles/", "roles/nowhere", "transitions/a/b", "skills/sql", "x" * 500])
def test_nothing_is_found_at_other_addresses(target: str) -> None:
    assert guide_at(target) is None


def test_what_is_not_published_is_not_found() -> None:
    Role.objects.filter(slug=ROLE).update(is_published=False)
    assert guide_at(f"roles/{ROLE}") is None
    assert all(
        guide_at(f"transitions/{one.slugs}") is None for one in Transition.objects.filter(destination__slug=ROLE)
    )
