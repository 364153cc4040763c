"""All roles on one page, narrowed down and put in order by the query string, with and without htmx."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from guides.models import Role
from tests.pages import (
    ROLES,
    Page,
    counted,
    figures_facts,
    get,
    in_order,
    links,
    months,
    registry,
    role_facts,
    squeezed,
    usd,
    words,
)

HOSTILE = [
    "category=",
    "category=nowhere",
    "category=%00",
    "category=%27%20OR%201%3D1--",
    "category[]=x&category=ai-design-and-creative",
    "months=-1",
    "months=0",
    "months=1e9",
    "months=9999999999999999999999",
    "months=%D9%A1%D9%A2",
    "months=NaN",
    "sort=slug",
    "sort=-title",
    "sort=title%3BDROP",
    "difficulty=guru&coding=perhaps&remote=moon",
    "difficulty=beginner&difficulty=advanced",
    "q=" + "x" * 3900,
    "%FF%FE=%FF",
    "a" * 300 + "=1",
    "&".join(f"p{number}=1" for number in range(300)),
    "category=" + quote("<script>alert(1)</script>"),
    "page=2&utm_source=elsewhere",
    "=",
    "&&&",
]


def roles_of(page: Page) -> list[str]:
    """Slugs of the roles that the page lists, in its order."""
    addresses = links(page.part("role-results"))
    return [address.split("/")[2] for address in addresses if address.count("/") == 3 and address[:7] == "/roles/"]


def median(slug: str) -> int:
    """The highest median pay of what stands for a role."""
    by_weight = sorted(role_facts(slug)["occupations"], key=lambda one: (-one["weight"], one["code"]))
    covering = [one for one in by_weight if one["match"] == "covers"][:1]
    found: int = max(figures_facts(one["code"])["pay"]["median"] for one in covering or by_weight)
    return found


def weeks(slug: str) -> int:
    return sum(phase["weeks"] for phase in role_facts(slug)["roadmap"]["phases"])


def status(page: Page) -> str:
    """What is announced about the result."""
    return page.says("role-count")


def field_errors(page: Page) -> list[str]:
    return [words(one) for one in page.main.iter("p") if "error" in (one.get("class") or "")]


def test_every_role_is_listed_with_category_summary_pay_outlook_and_time(site: dict[str, Page]) -> None:
    page = site["/roles/"]
    categories = registry("categories.yaml")
    assert sorted(roles_of(page)) == ROLES
    assert status(page) == counted(len(ROLES), "role")
    for slug in ROLES:
        facts = role_facts(slug)
        told = [categories[facts["category"]]["name"], facts["title"], squeezed(facts["summary"]), "Median pay"]
        told += [usd(median(slug)), "Outlook", "%", f"Roadmap about {counted(months(weeks(slug)), 'month')}"]
        assert in_order(told, page.text), slug


def test_roles_stand_in_the_order_of_their_titles_unless_asked_otherwise(site: dict[str, Page]) -> None:
    titles = [role_facts(slug)["title"] for slug in roles_of(site["/roles/"])]
    assert titles == sorted(titles)


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("key", ["category", "difficulty", "coding", "remote"])
def test_each_filter_keeps_the_roles_that_have_the_value(client: Client, key: str) -> None:
    for value in {role_facts(slug)[key] for slug in ROLES}:
        expected = [slug for slug in ROLES if role_facts(slug)[key] == value]
        page = get(client, f"/roles/?{key}={value}")
        assert sorted(roles_of(page)) == expected
        assert status(page).startswith(counted(len(expected), "role"))


@pytest.mark.usefixtures("content")
def test_filters_add_up(client: Client) -> None:
    expected = [
        slug
        for slug in ROLES
        if role_facts(slug)["category"] == "ai-design-and-creative" and role_facts(slug)["coding"] == "optional"
    ]
    assert expected
    assert sorted(roles_of(get(client, "/roles/?category=ai-design-and-creative&coding=optional"))) == expected


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("limit", [1, 7, 8, 11, 13, 120])
def test_months_keep_the_roles_whose_roadmap_is_called_so_long_or_shorter(client: Client, limit: int) -> None:
    expected = [slug for slug in ROLES if months(weeks(slug)) <= limit]
    assert sorted(roles_of(get(client, f"/roles/?months={limit}"))) == expected


@pytest.mark.usefixtures("content")
def test_roles_can_be_ordered_by_pay_time_and_growth(client: Client) -> None:
    by_pay = [median(slug) for slug in roles_of(get(client, "/roles/?sort=pay"))]
    by_time = [weeks(slug) for slug in roles_of(get(client, "/roles/?sort=time"))]
    assert by_pay == sorted(by_pay, reverse=True)
    assert by_time == sorted(by_time)
    growth = {role.slug: role.growth_high for role in Role.objects.all()}
    by_growth = [growth[slug] or 0 for slug in roles_of(get(client, "/roles/?sort=outlook"))]
    assert by_growth == sorted(by_growth, reverse=True)


@pytest.mark.usefixtures("content")
def test_roles_without_figures_stand_at_the_end_of_an_order_by_figures_and_say_not_known(client: Client) -> None:
    unknown = {"median_low": None, "median_high": None, "growth_low": None, "growth_high": None}
    Role.objects.filter(slug="backend-developer").update(**unknown)
    for order in ("pay", "outlook"):
        page = get(client, f"/roles/?sort={order}")
        assert roles_of(page)[-1] == "backend-developer"
        assert "Median pay Not known Outlook Not known" in page.text


@pytest.mark.usefixtures("content")
def test_the_form_shows_what_was_asked_and_can_be_cleared(client: Client) -> None:
    page = get(client, "/roles/?coding=optional&months=9&sort=pay")
    chosen = {one.get("value") for one in page.main.iter("option") if one.get("selected") is not None}
    assert {"optional", "pay"} <= chosen
    assert "9" in {one.get("value") for one in page.main.iter("input")}
    form = page.one("main").iter("form")
    assert any(text in {"Clear", "Clear all"} for one in form for text in links(one).values())


@pytest.mark.usefixtures("content")
def test_filters_are_open_when_they_are_in_use(client: Client) -> None:
    used = next(get(client, "/roles/?coding=optional").main.iter("details"))
    unused = next(get(client, "/roles/").main.iter("details"))
    assert (used.get("open") is not None, unused.get("open") is not None) == (True, False)


@pytest.mark.usefixtures("content")
def test_nothing_found_says_so_and_offers_ways_on(client: Client) -> None:
    page = get(client, "/roles/?difficulty=beginner&coding=required&remote=no")
    assert page.status == 200
    assert status(page).startswith("0 roles")
    assert "No role matches all of these" in page.text
    assert {"/roles/", "/categories/"} <= links(page.part("role-results")).keys()


@pytest.mark.usefixtures("content")
def test_a_wrong_value_is_explained_beside_its_field_and_the_right_ones_still_count(client: Client) -> None:
    page = get(client, "/roles/?difficulty=guru&category=ai-design-and-creative&months=many&sort=pay")
    assert page.status == 200
    expected = [slug for slug in ROLES if role_facts(slug)["category"] == "ai-design-and-creative"]
    assert sorted(roles_of(page)) == expected
    shown = [median(slug) for slug in roles_of(page)]
    assert shown == sorted(shown, reverse=True)
    assert len(field_errors(page)) == 2


@pytest.mark.usefixtures("content")
@pytest.mark.hostile
@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_string_breaks_the_page_or_comes_out_as_markup(client: Client, query: str) -> None:
    page = get(client, f"/roles/?{query}")
    assert page.status == 200
    assert page.faults == []
    assert "<script>alert" not in page.html
    assert roles_of(page) or "No role matches" in page.text


@pytest.mark.usefixtures("content")
def test_htmx_gets_the_results_alone_and_an_announcement(client: Client) -> None:
    address = "/roles/?coding=optional"
    page, fragment = get(client, address), get(client, address, hx_request="true")
    assert "<html" not in fragment.html
    assert "<main" not in fragment.html
    assert roles_of(fragment) == roles_of(page)
    assert status(page) in words(fragment.root)


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("header", ["hx_history_restore_request", "hx_boosted"])
def test_a_return_through_the_history_gets_the_whole_page(client: Client, header: str) -> None:
    page = get(client, "/roles/?coding=optional", hx_request="true", **{header: "true"})
    assert page.heading == "Roles"


@pytest.mark.usefixtures("content")
def test_caches_keep_page_and_fragment_apart(client: Client) -> None:
    for headers in ({}, {"hx_request": "true"}):
        vary = get(client, "/roles/", **headers).headers["Vary"]
        assert "HX-Request" in vary
        assert "Cookie" not in vary


def test_the_form_is_a_plain_get_form_first(site: dict[str, Page]) -> None:
    form = next(site["/roles/"].main.iter("form"))
    assert (form.get("action"), form.get("method")) == ("/roles/", "get")
    assert [one for one in form.iter("button") if one.get("type") == "submit"]
