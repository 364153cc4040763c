"""The home page sends a newcomer to the right place in one click."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from guides.models import Role, Transition
from tests.pages import (
    CATEGORIES,
    ROLES,
    SKILLS,
    TRANSITIONS,
    Page,
    get,
    in_order,
    links,
    registry,
    role_facts,
    role_questions,
    squeezed,
    words,
)


@pytest.fixture
def home(site: dict[str, Page]) -> Page:
    return site["/"]


def test_one_sentence_says_what_the_site_is(home: Page) -> None:
    assert home.heading == "What a role is, and what moving into it takes"


def test_every_role_is_one_click_away_on_the_line_of_its_category(home: Page) -> None:
    lines = {words(next(one.iter("h3"))): links(one) for one in home.main.iter("section") if "line" in str(one.attrib)}
    categories = registry("categories.yaml")
    for slug in ROLES:
        facts = role_facts(slug)
        assert lines[categories[facts["category"]]["name"]][f"/roles/{slug}/"] == facts["title"]


def test_every_category_is_one_click_away(home: Page) -> None:
    used = {role_facts(slug)["category"] for slug in ROLES}
    named = links(home.main)
    assert {f"/categories/{slug}/" for slug in CATEGORIES if slug in used} <= named.keys()


def test_whoever_works_as_something_names_it_and_sees_where_to_go(home: Page) -> None:
    form = next(one for one in home.main.iter("form") if one.get("action") == "/start/")
    field = next(form.iter("input"))
    assert (form.get("method"), field.get("name")) == ("get", "q")
    assert "I am a …" in words(form)
    assert "Where can I go?" in words(form)


def test_whoever_looks_for_something_searches(home: Page) -> None:
    form = next(one for one in home.main.iter("form") if one.get("action") == "/search/")
    field = next(form.iter("input"))
    assert (form.get("method"), field.get("name")) == ("get", "q")


def test_written_guides_stand_with_their_summary(home: Page) -> None:
    shown = [address for address in links(home.main) if re.fullmatch("/transitions/[^/]+/[^/]+/", address)]
    assert len(shown) == min(6, len(TRANSITIONS))
    assert {f"/transitions/{slugs}/" for slugs in TRANSITIONS} >= set(shown)


def test_the_size_of_the_site_is_counted_and_not_typed(home: Page) -> None:
    numbers = [words(next(one.iter("dd"))) for one in home.main.iter("div") if any(True for _ in one.iter("dt"))]
    questions = sum(len(role_questions(slug)) for slug in ROLES)
    assert {str(len(ROLES)), str(len(SKILLS)), str(questions)} <= set(numbers)


def test_indexes_and_method_are_linked(home: Page) -> None:
    assert {"/roles/", "/transitions/", "/skills/", "/method/"} <= links(home.main).keys()


@pytest.mark.usefixtures("content")
def test_featured_roles_and_moves_come_first(client: Client) -> None:
    first, second = Role.objects.filter(category__slug="ai-design-and-creative").order_by("title")[:2]
    Role.objects.filter(pk=second.pk).update(is_featured=True)
    Transition.objects.filter(slugs=TRANSITIONS[-1]).update(is_featured=True)
    home = get(client, "/")
    assert in_order([second.title, first.title], home.text)
    assert (
        next(one for one in links(home.main) if re.fullmatch("/transitions/[^/]+/[^/]+/", one))
        == f"/transitions/{TRANSITIONS[-1]}/"
    )


@pytest.mark.django_db
def test_a_site_without_content_still_has_a_home_page(client: Client) -> None:
    page = get(client, "/")
    assert page.status == 200
    assert squeezed(page.heading)
