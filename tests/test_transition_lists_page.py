"""Lists of moves: all of them, those that lead out of a role, those that lead into one."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import Role, Transition
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
def test_the_moves_out_of_a_role_are_listed_alone(site: dict[str, Page], slug: str) -> None:
    page = site[f"/transitions/{slug}/"]
    assert page.heading == f"Where {in_sentence(role_facts(slug)['plural'])} can go"
    assert guides(page) == expected(origin=slug)


@pytest.mark.parametrize("slug", ROLES)
def test_the_moves_into_a_role_are_listed_alone(site: dict[str, Page], slug: str) -> None:
    page = site[f"/roles/{slug}/into/"]
    assert page.heading == f"Ways into the work of {in_sentence(role_facts(slug)['plural'])}"
    assert guides(page) == expected(destination=slug)


@pytest.mark.parametrize("slug", ROLES)
def test_where_no_guide_is_written_the_page_says_so_and_leads_to_the_role(site: dict[str, Page], slug: str) -> None:
    out, into = site[f"/transitions/{slug}/"], site[f"/roles/{slug}/into/"]
    assert ("No move out of this work has a written guide yet" in out.text) is (guides(out) == {})
    assert ("No move into this work has a written guide yet" in into.text) is (guides(into) == {})
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
