"""Pages of official occupations: every figure with its source, marked as computed, with ways on from each."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from guides.models import OfficialOccupation, Role, RoleOccupation
from guides.occupation_load import load_occupations
from tests.classification import write_classification
from tests.conftest import OpenPage, Rows, _write
from tests.pages import Page, get, in_order, links, words
from tests.test_browser_pages import RULES, UNFOLD, scrolls_sideways, violations

KINDS = {
    "groups": "/occupations/",
    "group": "/occupations/?group=15",
    "found": "/occupations/?q=sofware",
    "not found": "/occupations/?q=zzzz",
    "occupation": "/occupations/software-developers/",
    "unrated": "/occupations/computer-occupations-all-other/",
    "without pay": "/occupations/receptionists-and-information-clerks/",
    "start": "/start/?q=developer",
    "start towards a role": "/start/?q=develpoer&to=ux-designer",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_classification(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def visited(content_rows: Rows, folder: Path, django_db_blocker: DjangoDbBlocker) -> dict[str, Page]:
    """A page of each kind with the classification loaded. Needs no database in the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        _write(content_rows)
        load_occupations(folder)
        found = {kind: get(Client(), address) for kind, address in KINDS.items()}
        transaction.set_rollback(True)
    return found


@pytest.fixture
def classified(content: None, folder: Path) -> None:
    load_occupations(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_right_and_not_for_search_engines(kind: str, visited: dict[str, Page]) -> None:
    page = visited[kind]
    assert page.status == 200
    assert page.faults == []
    assert len(page.all("h1")) == 1
    assert '<meta name="robots" content="noindex">' in page.html
    levels = [int(one.tag[1]) for one in page.main.iter() if str(one.tag) in {"h1", "h2", "h3"}]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert len(page.ids) == len(set(page.ids))


def test_the_figures_stand_with_their_sources(visited: dict[str, Page]) -> None:
    page = visited["occupation"]
    assert page.heading == "Software Developers"
    assert in_order(["Median pay", "$", "Change in jobs", "AI exposure", "Usual preparation"], page.text)
    marks = re.findall(r'class="source-mark" href="(/sources/[^"]+)"', page.html)
    assert len(marks) >= 8
    shown = [words(one) for one in page.main.iter("dd") if one.get("class") == "fact-list__value"]
    assert len(shown) == 4
    assert "Not known" not in shown


def test_what_is_not_published_is_said_to_be_not_known(visited: dict[str, Page]) -> None:
    page = visited["without pay"]
    assert "No wage statistics are published." in page.text
    assert "Yearly pay before tax" not in page.text


def test_the_requirements_are_told_in_words(visited: dict[str, Page]) -> None:
    text = visited["occupation"].text
    assert re.search(r"(Core|Needed) (Basic|Working|Advanced|Expert), \d\.\d of 7", text)
    assert "interests most" in text
    assert "Tool 15" in text


def test_an_unrated_occupation_names_those_that_stand_for_it(visited: dict[str, Page]) -> None:
    page = visited["unrated"]
    assert "Nobody has rated what this occupation asks for." in page.text
    assert len([address for address in links(page.main) if address.startswith("/occupations/")]) > 5
    assert "about" in page.text


def test_ways_lead_on_to_moves_neighbours_and_other_titles(visited: dict[str, Page]) -> None:
    page = visited["occupation"]
    named = links(page.main)
    assert "/transitions/software-developers/" in named
    assert "/occupations/web-developers/" in named
    assert "/transitions/software-developers/web-developers/" in named
    assert "/occupations/software-developers/" not in named
    assert "C++ Developer" in page.text
    assert "nobody has written or reviewed a guide to it" in page.text


@pytest.mark.usefixtures("classified")
def test_roles_behind_which_the_occupation_stands_are_named(client: Client) -> None:
    link = RoleOccupation.objects.select_related("role", "occupation").filter(role__in=Role.objects.published())[0]
    OfficialOccupation.objects.filter(slug="lawyers").update(code=link.occupation.code)
    page = get(client, "/occupations/lawyers/")
    assert link.role.get_absolute_url() in links(page.main)


def test_groups_lead_to_their_occupations(visited: dict[str, Page]) -> None:
    assert links(visited["groups"].main)["/occupations/?group=15"] == "Computer and mathematical"
    group = links(visited["group"].main)
    assert {"/occupations/software-developers/", "/occupations/data-scientists/"} <= group.keys()
    assert "/occupations/lawyers/" not in group
    assert in_order(["Median pay a year", "Sources:"], visited["group"].text)


def test_the_search_finds_titles_and_says_how_it_read_them(visited: dict[str, Page]) -> None:
    found = visited["found"]
    assert "/occupations/software-developers/" in links(found.main)
    assert "These have “software”" in found.text
    assert "No official title has the words of “zzzz”" in visited["not found"].text


def test_the_box_leads_to_the_moves(visited: dict[str, Page]) -> None:
    assert "/transitions/software-developers/" in links(visited["start"].main)
    assert "/transitions/backend-developer/" in links(visited["start"].main)
    towards = links(visited["start towards a role"].main)
    assert "/transitions/software-developers/ux-designer/" in towards
    assert "/transitions/backend-developer/ux-designer/" in towards
    assert "what moving to UX designer would take" in visited["start towards a role"].text


@pytest.mark.usefixtures("classified")
def test_whoever_is_there_already_is_led_to_the_page_about_it(client: Client) -> None:
    named = links(get(client, "/start/?q=ux+designer&to=ux-designer").main)
    assert "/roles/ux-designer/" in named
    assert "/transitions/ux-designer/ux-designer/" not in named


@pytest.mark.usefixtures("content")
def test_without_the_classification_the_pages_say_how_to_add_it(client: Client) -> None:
    page = get(client, "/occupations/")
    assert "manage.py load_occupations DATA_DIR" in page.text
    assert page.faults == []
    start = get(client, "/start/?q=teacher")
    assert "/transitions/secondary-school-teacher/" in links(start.main)
    assert "has not been loaded" in start.text
    assert client.get("/occupations/software-developers/").status_code == 404
    assert client.get("/occupations/?group=15&q=nurse").status_code == 200


@pytest.mark.usefixtures("classified")
@pytest.mark.parametrize("address", ["/start/?q=nurse", "/occupations/?q=nurse"])
def test_htmx_gets_the_same_results_alone(client: Client, address: str) -> None:
    whole, part = get(client, address), get(client, address, hx_request="true")
    assert "HX-Request" in whole.headers["Vary"]
    assert "<main" not in part.html
    assert "/registered-nurses/" in part.html
    assert "hx-swap-oob" in part.html
    inside = Page(address, 200, {}, {}, f"<!doctype html><title>x</title><body>{part.html}")
    assert inside.faults == []


HOSTILE = {
    "/start/?q=<script>alert(1)</script>": 200,
    "/start/?q=nurse&to=../../etc/passwd": 200,
    "/start/?q=nurse&to=nowhere": 200,
    "/start/?to=ux-designer": 200,
    f"/start/?q={'x' * 400}": 200,
    "/occupations/?q=%27%3B+DROP+TABLE": 200,
    "/occupations/?group=99": 200,
    "/occupations/?group=15&page=999999999999": 200,
    "/occupations/?group=15&page=-1": 200,
    "/occupations/?page=x": 200,
    "/occupations/nowhere/": 404,
}


@pytest.mark.usefixtures("classified")
def test_hostile_addresses_get_a_page(client: Client) -> None:
    for address, status in HOSTILE.items():
        response = client.get(address)
        assert response.status_code == status, address
        assert b"<script>alert" not in response.content
        assert b"etc/passwd" not in response.content


@pytest.mark.usefixtures("classified")
def test_a_page_asks_few_questions(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/transitions/software-developers/")
    for address in KINDS.values():
        with django_assert_max_num_queries(12):
            client.get(address)


@pytest.mark.usefixtures("classified")
def test_nobody_is_shut_out(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    faults = []
    for kind in ("group", "occupation", "start"):
        page.goto(KINDS[kind])
        page.evaluate(UNFOLD)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": page.evaluate("document.body.scrollHeight")})
            faults += [f"{kind} {width}: {one}" for one in (*violations(page, RULES), *scrolls_sideways(page))]
    assert faults == []


@pytest.mark.usefixtures("classified")
def test_the_box_answers_as_one_types_and_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#job").focus()
    page.keyboard.type("sofware develo")
    expect(page.locator("#job-count")).to_contain_text("official occupation")
    expect(page.locator("#job-results a").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#job-results a").first).to_be_focused()
    page.locator("#job").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#job-results a").first).to_be_visible()
