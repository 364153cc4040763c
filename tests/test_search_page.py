"""Search finds roles, moves and skills by any of their names; it forgives spelling and takes anything."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from tests.pages import ROLES, SKILLS, Page, get, links, role_facts, skill_facts, words

pytestmark = pytest.mark.usefixtures("content")

HOSTILE = [
    '"',
    "'",
    "*",
    "NEAR(a b)",
    "title:sql",
    "AND OR NOT",
    "a' OR '1'='1",
    "sql)) UNION SELECT 1--",
    "<script>alert(1)</script>",
    "\x00",
    "\N{ROBOT FACE}",
    "ａｉ ａｒｔｉｓｔ",
    "é" * 200,
    "x" * 3900,
    " ".join(["a"] * 500),
    "%",
    "_",
    "\\",
    "-sql",
    "^sql",
    "{sql}",
    "\u202eltr",
]


def found(page: Page) -> list[str]:
    """Addresses of the results."""
    return [address for address in links(page.part("search-results")) if address.startswith("/")]


def search(client: Client, query: str, **headers: str) -> Page:
    return get(client, f"/search/?q={quote(query)}", **headers)


@pytest.mark.parametrize("slug", ROLES)
def test_a_role_is_found_by_its_title_and_every_other_name(client: Client, slug: str) -> None:
    facts = role_facts(slug)
    for name in (facts["title"], *facts["also_called"]):
        assert f"/roles/{slug}/" in found(search(client, name)), name


@pytest.mark.parametrize("slug", SKILLS)
def test_a_skill_is_found_by_its_name_and_every_other_name(client: Client, slug: str) -> None:
    facts = skill_facts(slug)
    for name in (facts["name"], *facts.get("also_called", [])):
        assert f"/skills/{slug}/" in found(search(client, name)), name


def test_a_move_is_found_by_both_of_its_roles(client: Client) -> None:
    assert "/transitions/backend-developer/ai-artist/" in found(search(client, "backend developer ai artist"))


def test_the_beginning_of_a_word_is_enough_in_any_case(client: Client) -> None:
    assert found(search(client, "BACKE"))[0] == "/roles/backend-developer/"


def test_results_are_grouped_and_counted(client: Client) -> None:
    page = search(client, "typogr")
    groups = {
        words(next(one.iter("h2"))): len(list(one.iter("li"))) for one in page.part("search-results").iter("section")
    }
    for heading, number in groups.items():
        kind, count = heading.rsplit(" ", 1)
        assert kind in {"Roles", "Transitions", "Skills"}
        assert int(count) == number
    assert page.says("search-count") == f"{sum(groups.values())} pages for “typogr”"


def test_a_misspelt_word_is_answered_with_the_spelling_that_finds_something(client: Client) -> None:
    page = search(client, "bakend developr")
    suggestion = next(address for address in links(page.part("search-results")) if address.startswith("?q="))
    assert "Did you mean Backend developer?" in page.text
    assert "/roles/backend-developer/" in found(get(client, f"/search/{suggestion}"))


def test_nothing_found_says_so_and_offers_ways_on(client: Client) -> None:
    page = search(client, "zzzzqqq")
    assert page.status == 200
    assert "Nothing here is called “zzzzqqq”" in page.text
    assert page.says("search-count") == "No page for “zzzzqqq”"
    assert found(page) == ["/roles/", "/skills/", "/transitions/"]


def test_the_page_without_a_query_asks_for_one(client: Client) -> None:
    page = get(client, "/search/")
    assert page.heading == "Search"
    assert found(page) == []


def test_what_was_asked_stays_in_the_field_and_in_the_title_of_the_tab(client: Client) -> None:
    page = search(client, "sql & <b>joins</b>")
    field = next(one for one in page.main.iter("input") if one.get("name") == "q")
    assert field.get("value") == "sql & <b>joins</b>"
    assert "sql & <b>joins</b>" in page.title
    assert not page.all("b")


def test_results_are_not_for_search_engines(client: Client) -> None:
    assert search(client, "sql").meta("robots") == "noindex"


@pytest.mark.hostile
@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_breaks_the_page_or_comes_out_as_markup(client: Client, query: str) -> None:
    page = search(client, query)
    assert page.status == 200
    assert page.faults == []
    assert "<script>alert" not in page.html


def test_htmx_gets_the_results_alone_and_an_announcement(client: Client) -> None:
    page, fragment = search(client, "sql"), search(client, "sql", hx_request="true")
    assert "<main" not in fragment.html
    assert found(fragment) == found(page)
    assert page.says("search-count") in words(fragment.root)


def test_a_return_through_the_history_gets_the_whole_page(client: Client) -> None:
    assert search(client, "sql", hx_request="true", hx_history_restore_request="true").heading == "Search"


def test_caches_keep_page_and_fragment_apart(client: Client) -> None:
    assert "HX-Request" in search(client, "sql").headers["Vary"]
