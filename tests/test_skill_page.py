"""A skill guide says what the skill is, what its levels mean, where to learn it and who needs it. Every test of a page
holds for every skill in content/."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from guides.models import Skill as SkillRow
from tests.content_factory import Facts
from tests.pages import (
    PRICES,
    ROLES,
    SKILLS,
    TRANSITIONS,
    Page,
    counted,
    get,
    in_order,
    in_sentence,
    links,
    registry,
    role_facts,
    skill_facts,
    squeezed,
    transition_facts,
    words,
)

SECTIONS = ["what", "levels", "practice", "learn", "roles", "transitions"]
LEVELS = ["awareness", "working", "practitioner", "expert"]
KINDS = {"knowledge": "Knowledge", "craft": "Craft", "people": "Working with people"}


@dataclass(frozen=True)
class Skill:
    """A skill's page beside what its editors wrote."""

    slug: str
    page: Page
    facts: Facts


@pytest.fixture(params=SKILLS)
def skill(request: pytest.FixtureRequest, site: dict[str, Page]) -> Skill:
    slug: str = request.param
    return Skill(slug, site[f"/skills/{slug}/"], skill_facts(slug))


def title(slugs: str) -> str:
    """What a move is called."""
    origin, destination = (in_sentence(role_facts(slug)["title"]) for slug in slugs.split("/"))
    return f"From {origin} to {destination}"


def test_name_kind_summary_and_other_names_stand_at_the_top(skill: Skill) -> None:
    told = [KINDS[skill.facts["kind"]], skill.facts["name"], squeezed(skill.facts["summary"])]
    names = skill.facts.get("also_called", [])
    told += [f"Also called {', '.join(names)}"] if names else []
    assert skill.page.heading == skill.facts["name"]
    assert in_order([*told, "On this page", "What it is"], skill.page.text)


def test_the_sections_come_in_the_same_order_in_every_skill_guide(skill: Skill) -> None:
    assert [one.get("id") for one in skill.page.main.iter("section") if one.get("id") in SECTIONS] == SECTIONS


def test_each_level_says_what_one_can_do_and_the_hours_to_it(skill: Skill) -> None:
    said = skill.page.says("levels")
    hours = [skill.facts["hours"][level] for level in LEVELS]
    told = []
    for number, level in enumerate(LEVELS):
        total = f"{sum(hours[: number + 1]):,}"
        reach = "from nothing" if number == 0 else f"more, {total} {'hour' if total == '1' else 'hours'} in all"
        amount = f"{hours[number]:,} {'hour' if hours[number] == 1 else 'hours'}"
        told += [level.capitalize(), squeezed(skill.facts["levels"][level]), f"{amount} {reach}"]
    assert in_order(told, said)
    assert "our estimate, not a measurement" in said


def test_resources_say_what_they_are_good_for_and_come_in_the_order_of_their_level(skill: Skill) -> None:
    section = skill.page.part("learn")
    catalogue = registry("resources.yaml")
    told = []
    for one in skill.facts["resources"]:
        resource = catalogue[one["resource"]]
        told += [resource["title"], squeezed(one["why"]), resource["provider"], f"{one['level'].capitalize()} level"]
        told += [PRICES[resource["price"]], "Link checked" if resource["checked_on"] else "Link not checked yet"]
        assert not resource["url"] or resource["url"] in links(section)
    assert in_order(told, words(section))


def test_roles_that_need_it_are_listed_with_level_importance_and_reason(skill: Skill) -> None:
    section = skill.page.part("roles")
    needed = [
        (role_facts(slug)["title"], one, slug)
        for slug in ROLES
        for one in role_facts(slug)["skills"]
        if one["skill"] == skill.slug
    ]
    for name, one, slug in needed:
        told = f"{name} {one['importance'].capitalize()}. {squeezed(one['why'])} {one['level'].capitalize()}"
        assert told in words(section)
        assert links(section)[f"/roles/{slug}/"] == name
    assert ("None of the roles here asks for it yet." in words(section)) is (needed == [])
    assert len(links(section)) == len(needed)


def test_roles_that_need_it_at_the_highest_level_come_first(skill: Skill) -> None:
    shown = [words(one) for one in skill.page.part("roles").iter("li")]
    levels = [LEVELS.index(one.rsplit(" ", 1)[1].lower()) for one in shown]
    assert levels == sorted(levels, reverse=True)


def test_moves_that_teach_it_and_moves_in_which_it_carries_over_are_linked(skill: Skill) -> None:
    section = skill.page.part("transitions")
    teaching, carrying = [], []
    for slugs in TRANSITIONS:
        guide = transition_facts(slugs)
        teaching += [slugs for one in guide["to_learn"] if one["skill"] == skill.slug]
        carrying += [slugs for one in guide["carried"] if one["skill"] == skill.slug]
    for slugs in teaching + carrying:
        assert links(section)[f"/transitions/{slugs}/"] == title(slugs)
    assert ("No written guide teaches it yet." in words(section)) is (teaching == [])
    assert ("Moves in which it carries over" in words(section)) is bool(carrying)


def test_skills_often_used_with_it_are_linked(skill: Skill) -> None:
    section = skill.page.part("transitions")
    related = {f"/skills/{slug}/": skill_facts(slug)["name"] for slug in skill.facts.get("related", [])}
    assert related.items() <= links(section).items()


def test_the_way_back_leads_to_all_skills(skill: Skill) -> None:
    assert skill.page.breadcrumbs == [("Home", "/"), ("Skills", "/skills/"), (skill.facts["name"], None)]


# --- All skills ---------------------------------------------------------------------------------------------------


def test_all_skills_stand_in_one_list_by_kind_with_the_number_of_roles_that_ask_for_each(site: dict[str, Page]) -> None:
    page = site["/skills/"]
    named = links(page.main)
    for slug in SKILLS:
        name = skill_facts(slug)["name"]
        asking = sum(one["skill"] == slug for role in ROLES for one in role_facts(role)["skills"])
        assert named[f"/skills/{slug}/"] == name
        assert f"{name} {counted(asking, 'role') if asking else 'No role yet'}" in page.text
    kinds = {skill_facts(slug)["kind"] for slug in SKILLS}
    assert in_order([label for kind, label in KINDS.items() if kind in kinds], page.text)
    assert f"{len(SKILLS)} things" in page.text


@pytest.mark.usefixtures("content")
def test_a_skill_that_no_published_role_asks_for_says_so(client: Client) -> None:
    SkillRow.objects.get(slug="sql").required_by.all().delete()
    assert "None of the roles here asks for it yet." in get(client, "/skills/sql/").says("roles")


@pytest.mark.usefixtures("content")
def test_a_skill_that_does_not_exist_is_not_found(client: Client) -> None:
    assert get(client, "/skills/alchemy/").status == 404
