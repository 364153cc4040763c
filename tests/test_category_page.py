"""Categories: all of them with their roles, and one with its roles and the written ways into them."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import Category, Role
from tests.pages import (
    CATEGORIES,
    ROLES,
    TRANSITIONS,
    Page,
    get,
    in_order,
    links,
    registry,
    role_facts,
    squeezed,
    words,
)


def roles_in(category: str) -> list[str]:
    return [slug for slug in ROLES if role_facts(slug)["category"] == category]


def test_all_categories_are_listed_with_their_roles(site: dict[str, Page]) -> None:
    page = site["/categories/"]
    named = links(page.main)
    for slug, category in registry("categories.yaml").items():
        assert named[f"/categories/{slug}/"] == category["name"]
        section = words(next(one for one in page.main.iter("section") if f"/categories/{slug}/" in links(one)))
        titles = sorted(role_facts(role)["title"] for role in roles_in(slug))
        assert in_order([category["name"], squeezed(category["summary"]), *titles], section)


@pytest.mark.parametrize("slug", CATEGORIES)
def test_a_category_shows_its_roles_with_summary_pay_outlook_and_time(site: dict[str, Page], slug: str) -> None:
    page = site[f"/categories/{slug}/"]
    category = registry("categories.yaml")[slug]
    assert page.heading == category["name"]
    assert squeezed(category["summary"]) in page.text
    for role in roles_in(slug):
        facts = role_facts(role)
        assert links(page.main)[f"/roles/{role}/"] == facts["title"]
        assert in_order([facts["title"], squeezed(facts["summary"]), "Median pay", "Outlook", "Roadmap"], page.text)


@pytest.mark.parametrize("slug", CATEGORIES)
def test_a_category_shows_its_own_roles_alone(site: dict[str, Page], slug: str) -> None:
    section = next(one for one in site[f"/categories/{slug}/"].main.iter("section"))
    assert {address for address in links(section) if address.startswith("/roles/")} == {
        f"/roles/{role}/" for role in roles_in(slug)
    }


@pytest.mark.parametrize("slug", CATEGORIES)
def test_a_category_lists_the_written_guides_into_its_roles(site: dict[str, Page], slug: str) -> None:
    page = site[f"/categories/{slug}/"]
    into = {f"/transitions/{slugs}/" for slugs in TRANSITIONS if slugs.split("/")[1] in roles_in(slug)}
    shown = {address for address in links(page.main) if address.startswith("/transitions/")}
    assert shown == into
    assert ("Written ways in" in page.text) is bool(into)


@pytest.mark.parametrize("slug", CATEGORIES)
def test_the_way_back_leads_over_roles_and_categories(site: dict[str, Page], slug: str) -> None:
    name = registry("categories.yaml")[slug]["name"]
    steps = [("Home", "/"), ("Roles", "/roles/"), ("Categories", "/categories/"), (name, None)]
    assert site[f"/categories/{slug}/"].breadcrumbs == steps


@pytest.mark.usefixtures("content")
def test_a_category_without_published_roles_says_so_and_leads_on(client: Client) -> None:
    Role.objects.filter(category__slug="software-engineering").update(is_published=False)
    page = get(client, "/categories/software-engineering/")
    assert page.status == 200
    assert "No role of this line has been published yet." in page.text
    assert "/roles/" in links(page.main)
    assert "No role of this line has been published yet." in get(client, "/categories/").text


@pytest.mark.usefixtures("content")
def test_featured_categories_come_first(client: Client) -> None:
    Category.objects.filter(slug="software-engineering").update(is_featured=True)
    first = next(one for one in links(get(client, "/categories/").main) if one.startswith("/categories/"))
    assert first == "/categories/software-engineering/"


@pytest.mark.usefixtures("content")
def test_a_category_that_does_not_exist_is_not_found(client: Client) -> None:
    assert get(client, "/categories/alchemy/").status == 404
