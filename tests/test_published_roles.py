"""Published roles are read once for each version of the content, and never later than an admin decides."""

from __future__ import annotations

import gc
import weakref

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides import published_roles as held
from guides.curation import content_changed
from guides.models import Category, Phase, RequiredSkill, Role, Skill, Stage, Task
from guides.published_roles import published_roles
from guides.role_profiles import levels_of, profiles_of
from tests.pages import ROLES, get

pytestmark = pytest.mark.usefixtures("content")

ROLE = "ai-artist"
CHOICES = {"/fit/": "from", "/compare/": "add-role", "/plan/": "id_from", "/ledger/": "ledger-role"}
"""Pages that let one choose a role, with the id of the field."""


def test_they_are_all_there_by_title_with_their_facts() -> None:
    everybody = published_roles()
    assert sorted(everybody.roles) == sorted(everybody.sheets) == ROLES
    assert [title for _, title in everybody.titles] == sorted(title for _, title in everybody.titles)
    assert {slug: sheet.profile for slug, sheet in everybody.sheets.items()} == profiles_of(Role.objects.published())


def test_a_role_read_with_all_others_is_the_one_read_alone() -> None:
    together = profiles_of(Role.objects.all())
    assert sorted(together) == sorted(Role.objects.values_list("slug", flat=True))
    for slug, profile in together.items():
        assert profiles_of(Role.objects.filter(slug=slug)) == {slug: profile}
        assert [one.skill for one in profile.required] == list(
            RequiredSkill.objects.filter(role__slug=slug).order_by("number").values_list("skill__slug", flat=True)
        )
        assert len(profile.ladder) == Stage.objects.filter(role__slug=slug).count()
        assert sum(profile.taught_weeks.values()) == sum(
            part["weeks"]
            for teaches in Phase.objects.filter(roadmap__role__slug=slug).values_list("teaches", flat=True)
            for part in teaches
        )


def test_roles_far_apart_are_read_together_without_the_rows_between_them() -> None:
    first, *_, last = Role.objects.order_by("pk")
    together = profiles_of(Role.objects.filter(pk__in=[first.pk, last.pk]))
    assert list(together) == [first.slug, last.slug]
    assert together[last.slug] == profiles_of(Role.objects.all())[last.slug]


def test_what_several_roles_ask_is_held_once() -> None:
    sheets = published_roles().sheets.values()
    questions = [question for sheet in sheets for question in sheet.questions]
    assert len(set(map(id, questions))) == len(set(questions)) < len(questions)
    required = [one for sheet in sheets for one in sheet.profile.required]
    assert len({id(one.name) for one in required}) == len({one.name for one in required}) < len(required)


def test_the_second_request_asks_for_the_version_alone() -> None:
    assert published_roles().questions
    with CaptureQueriesContext(connection) as queries:
        again = published_roles()
        assert again.questions
    assert len(queries) == 1


def test_a_hidden_role_is_gone_with_the_next_request(client: Client) -> None:
    assert ROLE in published_roles().sheets
    content_changed()
    Role.objects.filter(slug=ROLE).update(is_published=False)
    assert ROLE not in published_roles().sheets
    for address, field in CHOICES.items():
        assert ROLE not in {one.get("value") for one in get(client, address).part(field).iter("option")}


def test_with_its_category_a_role_is_hidden_too(client: Client) -> None:
    published_roles()
    content_changed()
    Category.objects.filter(roles__slug=ROLE).update(is_published=False)
    assert ROLE not in published_roles().roles
    assert "AI artist" not in get(client, "/fit/?coding=no").says("fit-ranking")


def test_a_hidden_skill_has_no_page_to_lead_to_with_the_next_request(client: Client) -> None:
    address = f"/compare/?role={ROLE}&role=graphic-designer"
    assert published_roles().sheets
    assert 'href="/skills/visual-composition/"' in get(client, address).html
    content_changed()
    Skill.objects.filter(slug="visual-composition").update(is_published=False)
    assert 'href="/skills/visual-composition/"' not in get(client, address).html
    required = published_roles().sheets[ROLE].profile.required
    assert [one.has_page for one in required if one.skill == "visual-composition"] == [False]


def test_one_version_is_held_and_no_more_roles_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    first = published_roles()
    assert published_roles() is first
    content_changed()
    assert published_roles() is not first
    is_there = weakref.ref(first)
    del first
    gc.collect()
    assert is_there() is None, "the roles of a version that is over are still in memory"
    monkeypatch.setattr(held, "MOST_HELD", len(ROLES) - 1)
    content_changed()
    assert published_roles() is not published_roles()


def test_a_role_that_was_deleted_meanwhile_is_left_out() -> None:
    everybody = published_roles()
    Role.objects.get(slug=ROLE).transitions_from.all().delete()
    Role.objects.get(slug=ROLE).transitions_into.all().delete()
    Role.objects.filter(slug=ROLE).delete()
    assert ROLE not in everybody.sheets


def test_a_few_roles_are_read_alone_and_are_those_among_all() -> None:
    everybody, other = published_roles(), "backend-developer"
    alone = everybody.some([other, ROLE, "nowhere"])
    assert list(alone) == [other, ROLE]
    with CaptureQueriesContext(connection) as queries:
        assert everybody.some([ROLE]) == {ROLE: alone[ROLE]}
    assert len(queries) == 0
    assert {slug: everybody.sheets[slug] for slug in alone} == alone
    assert everybody.some([ROLE])[ROLE] is everybody.sheets[ROLE]


def test_levels_are_those_of_the_role_whoever_was_asked_for_before() -> None:
    everybody, expected = published_roles(), levels_of(Role.objects.get(slug=ROLE))
    assert everybody.levels(ROLE) == expected
    assert everybody.sheets
    assert everybody.levels(ROLE) == expected


FRAGMENTS = [
    f"/roles/{ROLE}/fit/?coding=no&pay=60000&from=graphic-designer",
    f"/compare/?role={ROLE}&role=backend-developer&from=graphic-designer",
    f"/plan/?for=roles/{ROLE}&start=2027-01-04&hours=10&from=graphic-designer",
]


@pytest.mark.parametrize("address", FRAGMENTS)
def test_a_fragment_asks_for_the_version_alone_once_its_facts_are_held(client: Client, address: str) -> None:
    first = client.get(address, headers={"HX-Request": "true"}).content
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers={"HX-Request": "true"}).content == first
    assert len(queries) == 1


def test_a_roadmap_that_changed_is_planned_anew_with_the_next_version(client: Client) -> None:
    address = f"/plan/?for=roles/{ROLE}&start=2027-01-04&phase=all"
    task = Task.objects.filter(phase__roadmap__role__slug=ROLE)[0]
    assert task.text in get(client, address).text
    content_changed()
    Task.objects.filter(pk=task.pk).update(text="Draw a tree from memory, then from life.")
    assert "Draw a tree from memory, then from life." in get(client, address).text
