"""Pages of moves that nobody wrote a guide for: one for every ordered pair, marked as computed, whole and planned."""

from __future__ import annotations

import random
import re
from itertools import permutations
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from guides import atlas
from guides.models import FormerAddress, Occupation, Phase, Role, Skill, Transition
from guides.occupation_load import load_occupations
from tests.classification import write_classification
from tests.conftest import Rows, _write
from tests.keepers import document, keeper
from tests.pages import ROLES, TRANSITIONS, Page, get, in_order, in_sentence, links, read, role_facts

COMPUTED = "Computed from public data and our skill levels; nobody has reviewed this pair."
NOINDEX = '<meta name="robots" content="noindex">'
PAIR = "/transitions/data-analyst/graphic-designer/"
PAIRS = [f"{origin}/{destination}" for origin, destination in permutations(ROLES, 2)]
UNWRITTEN = [pair for pair in PAIRS if pair not in TRANSITIONS]

SECTIONS = [
    "How alike the work is",
    "What carries over",
    "What you would learn",
    "Roadmap",
    "Before you decide",
    "Side by side",
    "Stepping stones",
]

KNOWN = {"15-1252.00": "15-1011.00", "27-1024.00": "27-1011.00", "15-1254.00": "15-1021.00"}
"""Occupations of our roles and those of the made-up classification that take their place."""


@pytest.fixture(scope="module")
def pairs(content_rows: Rows, django_db_blocker: DjangoDbBlocker) -> dict[str, tuple[int, str, int]]:
    """Status, HTML and number of queries of every ordered pair of roles, by ``origin/destination``."""
    with django_db_blocker.unblock(), transaction.atomic():
        _write(content_rows)
        atlas.forget()
        atlas.atlas()
        found = {}
        for pair in PAIRS:
            with CaptureQueriesContext(connection) as queries:
                response = Client().get(f"/transitions/{pair}/")
            found[pair] = (response.status_code, response.content.decode(), len(queries))
        transaction.set_rollback(True)
    atlas.forget()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_classification(tmp_path_factory.mktemp("release"))


@pytest.fixture
def classified(content: None, folder: Path) -> None:
    """The roles beside a made-up classification that holds some of their occupations."""
    for ours, theirs in KNOWN.items():
        Occupation.objects.filter(code=ours).update(code=theirs)
    load_occupations(folder)


# -- Every pair --------------------------------------------------------------------------------------------------------


def test_every_ordered_pair_of_roles_has_a_page_in_few_queries(pairs: dict[str, tuple[int, str, int]]) -> None:
    assert len(pairs) == len(ROLES) * (len(ROLES) - 1)
    assert {status for status, _, _ in pairs.values()} == {200}
    assert max(queries for _, _, queries in pairs.values()) <= 12


def test_a_pair_without_a_written_guide_says_that_it_is_computed_and_is_not_indexed(
    pairs: dict[str, tuple[int, str, int]],
) -> None:
    for pair, (_, html, _) in pairs.items():
        assert (COMPUTED in html) is (pair in UNWRITTEN), pair
        assert (NOINDEX in html) is (pair in UNWRITTEN), pair


def test_no_computed_pair_is_without_reasons_time_pay_and_a_roadmap(pairs: dict[str, tuple[int, str, int]]) -> None:
    for pair in UNWRITTEN:
        html = pairs[pair][1]
        assert html.count('class="match-reasons__reason"') == 7, pair
        assert "times as often as chance" in html, pair
        assert "of what sets" in html, pair
        assert re.search(r'Time</dt>\s*<dd class="fact-list__value">[^<]*\d', html), pair
        assert re.search(r'Pay change</dt>\s*<dd class="fact-list__value">[^<]*%', html), pair
        assert 'class="roadmap__phase"' in html, pair
        assert "What we do not know" in html, pair


@pytest.mark.usefixtures("content")
def test_the_sitemap_names_written_guides_alone(client: Client) -> None:
    html = client.get("/sitemap.xml").content.decode()
    assert all(f"/transitions/{pair}/</loc>" in html for pair in TRANSITIONS)
    assert not any(f"/transitions/{pair}/</loc>" in html for pair in UNWRITTEN)


# -- One page ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def computed(pairs: dict[str, tuple[int, str, int]]) -> Page:
    _, html, _ = pairs[PAIR.removeprefix("/transitions/").strip("/")]
    return Page(PAIR, 200, {}, {}, html)


def test_it_is_built_like_a_written_one(computed: Page) -> None:
    assert computed.heading == "From data analyst to graphic designer"
    assert computed.faults == []
    assert len(computed.ids) == len(set(computed.ids))
    assert in_order(["Match", "Time", "Pay change", "Change in jobs"], computed.says("facts"))
    assert in_order(SECTIONS, computed.text)
    assert in_order(["From", "Data analyst", "To", "Graphic designer"], computed.text)


def test_a_match_that_rests_on_nearest_occupations_is_a_range_with_its_meaning(computed: Page) -> None:
    facts = computed.says("facts")
    assert re.search(r"Match about \d+–\d+ of 100", facts)
    assert re.search(r"Moves between jobs this alike happen [\d.]+ times as often as chance\.", facts)


def test_skills_stand_with_levels_and_both_kinds_of_hours(computed: Page) -> None:
    text = computed.says("to-learn")
    assert re.search(r"Typography Essential \d+ hours on this route; \d+ hours to the level asked", text)
    assert "Not held to practitioner" in text
    carried = computed.says("carried")
    shared = {one["skill"] for one in role_facts("data-analyst")["skills"]} & {
        one["skill"] for one in role_facts("graphic-designer")["skills"]
    }
    assert shared
    assert "level held" in carried


def test_the_roadmap_names_milestones_resources_and_what_can_be_left_out(computed: Page) -> None:
    text = computed.says("roadmap")
    assert in_order(["Try the work first", "Milestone", "Typography: reach awareness level", "Milestone"], text)
    assert "resources for this phase" in text
    assert "Can be left out." in text


def test_every_figure_of_the_facts_names_a_source_that_has_a_page(computed: Page) -> None:
    found = set(re.findall(r'class="source-mark" href="(/sources/[^"]+)"', computed.html))
    assert {"/sources/cps-moves-2011-2019/", "/sources/onet-30/", "/sources/bls-oews-2024/"} <= found


def test_it_leads_to_both_roles_the_comparison_the_plan_and_the_way_back(computed: Page) -> None:
    named = links(computed.main)
    for address in (
        "/roles/data-analyst/",
        "/roles/graphic-designer/",
        "/transitions/data-analyst/",
        "/compare/?role=data-analyst&role=graphic-designer",
        "/transitions/graphic-designer/data-analyst/",
    ):
        assert address in named, address
    assert any(address.startswith("/plan/?for=transitions/data-analyst/graphic-designer") for address in named)


def test_the_match_is_the_same_both_ways_and_the_readiness_is_not(pairs: dict[str, tuple[int, str, int]]) -> None:
    def said(pair: str, what: str) -> str:
        found = re.search(what, pairs[pair][1])
        assert found, pair
        return found[0]

    there, back = "backend-developer/ux-designer", "ux-designer/backend-developer"
    assert said(there, r"about \d+–\d+ <") == said(back, r"about \d+–\d+ <")
    ready = r"\d+\N{NO-BREAK SPACE}% of what sets"
    assert said(there, ready) != said(back, ready)


# -- Addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("content")
def test_the_same_end_twice_is_explained(client: Client) -> None:
    page = get(client, "/transitions/ai-artist/ai-artist/")
    assert page.status == 200
    assert page.heading == "The same at both ends"
    assert "/transitions/ai-artist/" in links(page.main)
    assert NOINDEX in page.html


@pytest.mark.hostile
@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", ["ai-artist/astronaut", "astronaut/ai-artist", "astronaut/astronaut", "a/b"])
def test_an_end_that_does_not_exist_is_not_found_and_helped(client: Client, address: str) -> None:
    page = get(client, f"/transitions/{address}/")
    assert page.status == 404
    assert "/transitions/" in links(page.main)


@pytest.mark.usefixtures("content")
def test_the_former_name_of_either_end_leads_on(client: Client) -> None:
    for old, new in (("sketcher", "graphic-designer"), ("number-cruncher", "data-analyst")):
        FormerAddress.objects.create(path=f"/roles/{old}/", successor=f"/roles/{new}/", is_gone=False)
    for address in ("data-analyst/sketcher", "number-cruncher/graphic-designer", "number-cruncher/sketcher"):
        response = client.get(f"/transitions/{address}/", follow=True)
        assert response.status_code == 200
        assert response.redirect_chain[-1] == (PAIR, 301)


@pytest.mark.usefixtures("content")
def test_a_hidden_role_is_no_end(client: Client) -> None:
    Role.objects.filter(slug="graphic-designer").update(is_published=False)
    assert get(client, PAIR).status == 404
    page = get(client, "/transitions/data-analyst/")
    assert not any("graphic-designer" in address for address in links(page.main))


@pytest.mark.usefixtures("content")
def test_while_a_guide_is_not_published_its_pair_is_computed(client: Client) -> None:
    Transition.objects.update(is_published=False)
    page = get(client, f"/transitions/{TRANSITIONS[0]}/")
    assert page.status == 200
    assert COMPUTED in page.text


# -- The reader --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("content")
def test_another_role_of_the_reader_counts_in_the_gap_and_for_htmx_the_gap_comes_alone(client: Client) -> None:
    page = get(client, f"{PAIR}?from=ux-designer")
    assert f"As a {in_sentence('UX designer')}" in page.says("gap")
    part = read(PAIR, client.get(f"{PAIR}?from=ux-designer", headers={"hx-request": "true"}))
    assert "skill-gap" in part.html
    assert "<main" not in part.html
    assert "HX-Request" in part.headers["Vary"]
    assert part.headers["HX-Push-Url"] == f"{PAIR}?from=ux-designer"


@pytest.mark.usefixtures("content")
def test_a_computed_move_is_planned_exported_and_named(client: Client) -> None:
    target = "transitions/data-analyst/graphic-designer"
    page = get(client, f"/plan/?for={target}&start=2027-01-04&hours=8")
    assert page.status == 200
    assert "From data analyst to graphic designer" in page.title
    assert "Typography: reach awareness level" in get(client, f"/plan/?for={target}&view=all").text
    text = client.get(f"/plan/plan.md?for={target}").content.decode()
    assert "Typography: reach awareness level" in text
    assert b"BEGIN:VEVENT" in client.get(f"/plan/calendar.ics?for={target}").content
    assert "From data analyst to graphic designer" in get(client, f"/keep/start/?for={target}").text


@pytest.mark.usefixtures("content")
def test_what_was_ticked_in_a_computed_plan_survives_edits_of_its_skills() -> None:
    target = "transitions/data-analyst/graphic-designer"
    client = keeper(f"for={target}&start=2027-01-04")
    (plan,) = document(client).plans
    assert plan.target == target
    key = next(key for key, task in plan.tasks.items() if task.text.startswith("Typography: reach awareness"))
    client.post(f"/plans/{plan.id}/tick/", {"done": key, "phase": "all"})
    skill = Skill.objects.get(slug="typography")
    Skill.objects.filter(pk=skill.pk).update(
        name="Setting type", hours={**skill.hours, "awareness": skill.hours["awareness"] + 5}
    )
    Phase.objects.filter(roadmap__role__slug="graphic-designer", number=1).update(weeks=12)
    atlas.forget()
    page = get(client, f"/plans/{plan.id}/?phase=all")
    assert page.status == 200
    assert "From data analyst to graphic designer" in page.title
    assert re.search(r"Setting type: reach awareness level\.[^.]*Done on", page.text)
    assert "From data analyst to graphic designer" in get(client, "/keep/").text


# -- With the classification -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("classified")
def test_roles_and_occupations_have_a_page_for_every_ordered_pair(client: Client) -> None:
    stops = atlas.atlas().stops
    slugs = [stop.slug for stop in stops]
    assert len(slugs) == len(ROLES) + 13
    chance = random.Random(1)
    everything = [pair for pair in permutations(slugs, 2) if "/".join(pair) not in TRANSITIONS]
    for origin, destination in chance.sample(everything, 40):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/transitions/{origin}/{destination}/")
        html = response.content.decode()
        assert response.status_code == 200, (origin, destination)
        assert len(queries) <= 12, (origin, destination)
        assert COMPUTED in html
        ends = [atlas.atlas().by_slug[slug] for slug in (origin, destination)]
        assert ('class="match-reasons__reason"' in html) is all(end.places for end in ends), (origin, destination)


@pytest.mark.usefixtures("classified")
def test_an_occupation_as_destination_has_phases_of_its_requirements_and_a_time_of_its_preparation(
    client: Client,
) -> None:
    page = get(client, "/transitions/software-developers/registered-nurses/")
    assert page.faults == []
    assert page.heading == "From software developers to registered nurses"
    assert "of typical preparation, estimated" in page.says("facts")
    assert "We have no courses for an official occupation" in page.says("roadmap")
    assert "/occupations/registered-nurses/" in links(page.main)
    assert not any(address.startswith("/compare/") for address in links(page.main))
    plan = get(client, "/plan/?for=transitions/software-developers/registered-nurses&view=all")
    assert plan.status == 200
    assert "nobody has reviewed this pair" in plan.text
    assert "no resource is named for it" in plan.text
    assert "every resource is free" not in plan.text
    assert "From software developers to registered nurses" in plan.title


@pytest.mark.usefixtures("classified")
def test_whose_title_statistics_count_in_an_occupation_is_taken_to_hold_its_skills(client: Client) -> None:
    page = get(client, "/transitions/software-developers/backend-developer/")
    assert "Nothing has to be learned" in page.says("roadmap")
    other = get(client, "/transitions/registered-nurses/backend-developer/")
    assert "Which of our skills registered nurses hold." in other.says("reality")


@pytest.mark.usefixtures("classified")
def test_the_time_says_what_it_leaves_out(client: Client) -> None:
    to_role = get(client, "/transitions/registered-nurses/backend-developer/")
    assert "as if none of the skills were held yet" in to_role.says("facts")
    to_lawyers = get(client, "/transitions/registered-nurses/lawyers/")
    assert re.search(r"can take (years more|longer)", to_lawyers.says("facts"))
    assert re.search(r"can take (years more|longer)", to_lawyers.says("questions"))


@pytest.mark.usefixtures("classified")
def test_official_titles_are_turned_to_fit_into_a_sentence(client: Client) -> None:
    page = get(
        client, "/transitions/computer-occupations-all-other/elementary-school-teachers-except-special-education/"
    )
    assert page.heading == "From all other computer occupations to elementary school teachers, except special education"
    back = get(client, "/transitions/elementary-school-teachers-except-special-education/lawyers/")
    assert back.heading == "From elementary school teachers, except special education, to lawyers"


@pytest.mark.usefixtures("classified")
def test_an_unrated_occupation_has_a_range_and_says_why(client: Client) -> None:
    page = get(client, "/transitions/computer-occupations-all-other/software-developers/")
    assert re.search(r"Match about \d+", page.says("facts"))
    assert "nearest occupations stand for it" in page.says("reality")


@pytest.mark.usefixtures("classified")
def test_a_role_is_found_before_an_occupation_of_the_same_slug(client: Client, folder: Path) -> None:
    Role.objects.filter(slug="ai-artist").update(slug="lawyers")
    atlas.forget()
    assert atlas.atlas().by_slug["lawyers"].is_role
    assert get(client, "/transitions/lawyers/film-editors/").heading.startswith("From AI artists")
