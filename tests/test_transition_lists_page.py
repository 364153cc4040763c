"""Lists of moves: written guides, every destination from an end in order, and the ways into a role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from guides import atlas
from guides.models import Role, Transition
from guides.occupation_load import load_occupations
from tests.classification import write_classification
from tests.pages import (
    ROLES,
    TRANSITIONS,
    Page,
    counted,
    get,
    in_order,
    in_sentence,
    links,
    months,
    role_facts,
    squeezed,
    transition_facts,
    words,
)


def name(slugs: str) -> str:
    origin, destination = (in_sentence(role_facts(slug)["title"]) for slug in slugs.split("/"))
    return f"From {origin} to {destination}"


def guides(page: Page) -> dict[str, str]:
    """Written guides that a page leads to, by address."""
    return {
        address: text
        for address, text in links(page.main).items()
        if address.startswith("/transitions/") and address.count("/") == 4
    }


def expected(origin: str = "", destination: str = "") -> dict[str, str]:
    return {
        f"/transitions/{slugs}/": name(slugs)
        for slugs in TRANSITIONS
        if origin in ("", slugs.split("/")[0]) and destination in ("", slugs.split("/")[1])
    }


def test_every_written_guide_is_listed_with_summary_effort_and_time(site: dict[str, Page]) -> None:
    page = site["/transitions/"]
    assert guides(page) == expected()
    for slugs in TRANSITIONS:
        facts = transition_facts(slugs)
        weeks = sum(phase["weeks"] for phase in facts["roadmap"]["phases"])
        told = [name(slugs), squeezed(facts["summary"]), f"Effort {facts['effort'].capitalize()}"]
        assert in_order([*told, f"Roadmap about {counted(months(weeks), 'month')}"], page.text)


def test_guides_are_grouped_by_the_role_they_start_from(site: dict[str, Page]) -> None:
    page = site["/transitions/"]
    headings = [(links(one), next(one.itertext())) for one in page.main.iter("h2")]
    origins = {slugs.split("/")[0] for slugs in TRANSITIONS}
    assert {address for addresses, _ in headings for address in addresses} == {
        f"/transitions/{one}/" for one in origins
    }


@pytest.mark.parametrize("slug", ROLES)
def test_every_destination_of_a_role_is_ranked_and_written_guides_are_marked(site: dict[str, Page], slug: str) -> None:
    page = site[f"/transitions/{slug}/"]
    assert page.heading == f"Where {in_sentence(role_facts(slug)['plural'])} can go"
    ranking = page.part("destination-ranking")
    ways = [address for address in links(ranking) if address.startswith("/transitions/")]
    assert set(ways) == {f"/transitions/{slug}/{other}/" for other in ROLES if other != slug}
    assert words(ranking).count("Written guide") == len(expected(origin=slug))
    assert expected(origin=slug).keys() <= guides(page).keys()
    values = re.findall(r"Match (?:about )?(\d+)", words(ranking))
    assert len(values) == len(ROLES) - 1


@pytest.mark.parametrize("slug", ROLES)
def test_the_ways_into_a_role_are_written_guides_and_then_the_most_alike(site: dict[str, Page], slug: str) -> None:
    page = site[f"/roles/{slug}/into/"]
    assert page.heading == f"Ways into the work of {in_sentence(role_facts(slug)['plural'])}"
    shown = guides(page)
    assert list(shown)[: len(expected(destination=slug))] == list(expected(destination=slug))
    assert all(address.endswith(f"/{slug}/") for address in shown)
    assert len(shown) >= 10


@pytest.mark.parametrize("slug", ROLES)
def test_where_no_guide_is_written_the_page_says_so_and_leads_to_the_role(site: dict[str, Page], slug: str) -> None:
    out, into = site[f"/transitions/{slug}/"], site[f"/roles/{slug}/into/"]
    assert ("No move out of this work has a written guide yet" in out.text) is (expected(origin=slug) == {})
    assert ("No move into this work has a written guide yet" in into.text) is (expected(destination=slug) == {})
    for page in (out, into):
        assert any(address.startswith(f"/roles/{slug}/") for address in links(page.main))


@pytest.mark.usefixtures("content")
def test_the_choice_of_the_home_page_leads_to_the_moves_of_that_role(client: Client) -> None:
    response = client.get("/transitions/?origin=ai-artist")
    assert (response.status_code, response.headers["Location"]) == (302, "/transitions/ai-artist/")


@pytest.mark.usefixtures("content")
@pytest.mark.hostile
@pytest.mark.parametrize(
    "origin", ["astronaut", "", "%00", "//elsewhere.example/", "https://elsewhere.example", "é" * 500]
)
def test_an_unknown_origin_leads_nowhere_else(client: Client, origin: str) -> None:
    page = get(client, f"/transitions/?origin={origin}")
    assert (page.status, page.heading) == (200, "Transitions")


@pytest.mark.usefixtures("content")
def test_featured_guides_come_first_in_the_order_that_admins_chose(client: Client) -> None:
    first, second = [slugs for slugs in TRANSITIONS if slugs.startswith("backend-developer/")][-2:]
    Transition.objects.filter(slugs=first).update(is_featured=True, position=1)
    Transition.objects.filter(slugs=second).update(is_featured=True, position=2)
    shown = list(guides(get(client, "/transitions/backend-developer/")))
    assert shown[:2] == [f"/transitions/{first}/", f"/transitions/{second}/"]


@pytest.mark.usefixtures("content")
def test_without_any_published_guide_the_index_leads_to_the_roles(client: Client) -> None:
    Transition.objects.update(is_published=False)
    page = get(client, "/transitions/")
    assert "No transition has been published yet" in page.text
    assert "/roles/" in links(page.main)


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", ["/transitions/astronaut/", "/roles/astronaut/into/"])
def test_moves_of_a_role_that_does_not_exist_are_not_found(client: Client, address: str) -> None:
    assert not Role.objects.filter(slug="astronaut").exists()
    assert get(client, address).status == 404


# -- Filters and orders ------------------------------------------------------------------------------------------------


def ranked(client: Client, query: str = "", origin: str = "data-analyst") -> list[str]:
    """Slugs of the destinations on a page, in their order."""
    page = get(client, f"/transitions/{origin}/{query}")
    assert page.status == 200
    ways = links(page.part("destination-ranking"))
    return [address.split("/")[3] for address in ways if re.fullmatch(r"/transitions/[^/]+/[^/]+/", address)]


@pytest.mark.usefixtures("content")
def test_each_filter_takes_destinations_away_and_keeps_the_order(client: Client) -> None:
    everything = ranked(client)
    assert len(everything) == len(ROLES) - 1
    lowest = {one.slug: one.median_low or 0 for one in Role.objects.all()}
    remote = {one.slug: one.remote for one in Role.objects.all()}
    assert ranked(client, "?pay=90000") == [slug for slug in everything if lowest[slug] >= 90_000]
    assert ranked(client, "?remote=yes") == [slug for slug in everything if remote[slug] == "yes"]
    some = ranked(client, "?months=14")
    assert 0 < len(some) < len(everything)
    assert some == [slug for slug in everything if slug in some]
    assert set(ranked(client, "?months=14&pay=70000&degree=1")) <= set(some)


@pytest.mark.usefixtures("content")
def test_filters_change_the_list_in_place(client: Client) -> None:
    part = client.get("/transitions/data-analyst/?pay=90000", headers={"hx-request": "true"})
    html = part.content.decode()
    assert "<main" not in html
    assert 'id="destination-ranking"' in html
    assert "of 11 destinations" in html
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.usefixtures("content")
def test_where_nothing_fits_the_page_says_so_and_leads_back(client: Client) -> None:
    page = get(client, "/transitions/data-analyst/?pay=900000")
    assert "No destination fits all of these" in page.text
    assert "/transitions/data-analyst/" in links(page.part("destination-ranking"))


@pytest.mark.hostile
@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    "query",
    ["pay=much", "pay=-5", "months=1e9", "remote=moon", "order=pay", "page=999", "page=x", "degree=perhaps"],
)
def test_wrong_filters_are_named_or_passed_over(client: Client, query: str) -> None:
    page = get(client, f"/transitions/data-analyst/?{query}")
    assert page.status == 200
    assert ("Left out, because it cannot be used" in page.text) is (query[:3] in ("pay", "mon", "rem"))


@pytest.fixture
def classified(content: None, tmp_path: Path) -> None:
    load_occupations(write_classification(tmp_path / "release"))


@pytest.mark.usefixtures("classified")
def test_with_the_classification_occupations_are_destinations_and_origins(client: Client) -> None:
    page = get(client, "/transitions/software-developers/")
    assert page.heading == "Where software developers can go"
    assert '<meta name="robots" content="noindex">' in page.html
    both = [*ranked(client, "", "software-developers"), *ranked(client, "?page=2", "software-developers")]
    assert len(both) == len(set(both)) == len(atlas.atlas().stops) - 1
    assert "1 to 20 of 24" in page.text
    # Nothing in it is nearer than those of its own group.
    assert both[0] == "web-developers"
    assert ranked(client, "?roles=1", "software-developers") == [slug for slug in both if slug in ROLES]


@pytest.mark.usefixtures("classified")
def test_the_order_of_likely_moves_is_another_one_and_says_what_it_is(client: Client) -> None:
    alike, likely = (get(client, f"/transitions/software-developers/{query}") for query in ("", "?order=likely"))
    assert "By alikeness:" in alike.text
    assert "By likely moves:" in likely.text
    assert "An order of where people go, not of what suits" in likely.text
