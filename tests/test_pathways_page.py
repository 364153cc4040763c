"""The page of pathways: both ends found, limits kept and explained, the direct move beside the chains."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides import atlas
from guides.models import FormerAddress, Occupation, Role
from guides.occupation_load import load_occupations
from tests.classification import write_classification
from tests.keepers import hostile_queries
from tests.pages import TRANSITIONS, Page, get, in_order, links, squeezed
from tests.test_source_page import FIGURE, marks, unmarked

TEACHER = "/pathways/?origin=secondary-school-teacher&destination=ux-designer"
LOOSE = f"{TEACHER}&months=any&pay=any"
BLOCKED = "/pathways/?origin=data-analyst&destination=ai-artist"

pytestmark = pytest.mark.django_db


@pytest.fixture
def classified(content: None, tmp_path: Path) -> None:
    """The roles beside a made-up classification that holds some of their occupations."""
    for ours, theirs in {"15-1252.00": "15-1011.00", "27-1024.00": "27-1011.00"}.items():
        Occupation.objects.filter(code=ours).update(code=theirs)
    load_occupations(write_classification(tmp_path))


def rows(page: Page) -> list[str]:
    """The rows of the table in words."""
    return [squeezed(" ".join(row.itertext())) for row in page.main.iter("tr")][1:]


@pytest.mark.usefixtures("content")
def test_the_bare_page_asks_for_both_ends_and_states_its_rules(client: Client) -> None:
    page = get(client, "/pathways/")
    assert page.status == 200
    assert page.faults == []
    assert page.heading == "Pathways"
    assert in_order(["From: I am a", "To: I want to be a", "Months of learning a move", "Median pay"], page.text)
    assert "no better than another way within the limits in any of three things" in page.text
    assert 'name="robots"' not in page.html


@pytest.mark.usefixtures("content")
def test_the_direct_move_stands_first_and_chains_beside_it_in_one_table(client: Client) -> None:
    page = get(client, LOOSE)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    ways = rows(page)
    assert ways[0].startswith("The direct move 1")
    assert len(ways) > 1
    assert all(one.startswith("Via ") for one in ways[1:])
    assert '<meta name="robots" content="noindex">' in page.html
    assert "You set no limit." in page.text


@pytest.mark.usefixtures("content")
def test_each_move_is_explained_and_leads_to_its_page(client: Client) -> None:
    page = get(client, LOOSE)
    named = links(page.main)
    assert "/transitions/secondary-school-teacher/ux-designer/" in named
    moves = re.findall(r'class="pathway__guide"><a href="(/transitions/[^"]+)"', page.html)
    assert len(moves) > 2
    for address in set(moves):
        assert get(client, address).status == 200, address
        written = address.removeprefix("/transitions/").strip("/") in TRANSITIONS
        assert (f'href="{address}" rel="nofollow"' in page.html) is not written
    assert in_order(["Secondary school teacher", "Match", "Learning", "Median pay", "UX designer"], page.says("direct"))
    assert page.html.count('class="pathway__facts"') == len(moves) == page.html.count('class="pathway__why"')
    assert page.html.count('class="pathway__gate"') >= len(moves)


@pytest.mark.usefixtures("content")
def test_every_chain_keeps_the_limits_that_stand_on_the_page(client: Client) -> None:
    page = get(client, f"{TEACHER}&months=36&pay=60")
    assert "no move takes longer than 36 months" in page.text.lower()
    assert len(rows(page)) > 1
    for row in rows(page)[1:]:
        assert row.endswith("Yes")
        share = re.search(r"\((\d+)\s% of today\)", row)
        assert share
        assert int(share[1]) >= 60


@pytest.mark.usefixtures("content")
def test_what_speaks_against_the_direct_move_is_said_with_its_numbers(client: Client) -> None:
    text = get(client, BLOCKED).text
    assert "The direct move is weak:" in text
    assert re.search(r"The match is about \d+–\d+\. Below 75, people make such moves less often than by chance\.", text)
    assert re.search(r"The destination pays \d+ % of today’s median, and your limit is 80 %\.", text)


@pytest.mark.usefixtures("content")
def test_without_a_chain_the_page_says_which_limit_blocks_and_what_would_have_to_give(client: Client) -> None:
    page = get(client, BLOCKED)
    assert len(rows(page)) == 1
    assert "No chain keeps your limits" in page.text
    assert "so the limit of pay blocks every way" in page.text
    (way_out,) = [address for address, words in links(page.main).items() if words.startswith("Accept ")]
    assert len(rows(get(client, way_out.partition("#")[0]))) > 1


@pytest.mark.usefixtures("content")
def test_unknown_pay_never_passes_in_silence(client: Client) -> None:
    Role.objects.update(median_low=None, median_high=None)
    atlas.forget()
    page = get(client, TEACHER)
    assert len(rows(page)) == 1
    assert "Pay is not published for one of the two ends" in page.text
    assert "nobody can say whether any way keeps that limit" in page.text
    assert len(rows(get(client, LOOSE))) > 1


@pytest.mark.usefixtures("content")
def test_the_same_end_twice_is_explained(client: Client) -> None:
    page = get(client, "/pathways/?origin=ai-artist&destination=AI+Artist")
    assert page.status == 200
    assert "The same at both ends" in page.text
    assert "/transitions/ai-artist/" in links(page.main)


@pytest.mark.usefixtures("content")
def test_an_end_is_found_by_title_former_slug_or_a_misspelt_one(client: Client) -> None:
    FormerAddress.objects.create(path="/roles/sketcher/", is_gone=False, successor="/roles/graphic-designer/")
    page = get(client, "/pathways/?origin=Data analyst&destination=sketcher")
    assert "From data analysts to graphic designers, in steps" in page.text
    page = get(client, "/pathways/?origin=data-analyst&destination=graphc+designer&months=36")
    assert "Which of these do you mean by “graphc designer”?" in page.text
    assert "/pathways/?origin=data-analyst&destination=graphic-designer&months=36" in links(page.main)
    assert "No role or occupation with a title like “xqzt”" in get(client, "/pathways/?origin=xqzt").text


@pytest.mark.usefixtures("content")
def test_a_hidden_role_is_neither_an_end_nor_a_stop(client: Client) -> None:
    Role.objects.filter(slug="graphic-designer").update(is_published=False)
    atlas.forget()
    assert "graphic-designer" not in get(client, LOOSE).html


@pytest.mark.usefixtures("content")
def test_htmx_gets_the_ways_alone_and_an_address_with_slugs(client: Client) -> None:
    address = "/pathways/?origin=Secondary+school+teacher&destination=UX+designer&months=18&pay=any"
    response = client.get(address, headers={"hx-request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert 'id="pathways"' in html
    assert response["HX-Push-Url"] == f"{TEACHER}&pay=any"
    assert "HX-Request" in response["Vary"]


@pytest.mark.usefixtures("content")
def test_every_figure_stands_with_a_source_that_names_the_page(client: Client) -> None:
    page = get(client, LOOSE)
    assert FIGURE.search(page.text)
    # The limits to choose from are the reader's own.
    assert [one for one in unmarked(page) if " option " not in one] == []
    for mark in set(marks(page.main)):
        assert "/pathways/" in links(get(client, mark).main), mark


@pytest.mark.hostile
@pytest.mark.usefixtures("content")
def test_hostile_query_strings_get_a_page_that_keeps_what_is_right(client: Client) -> None:
    for query in hostile_queries("origin", "destination", "months", "pay", "page"):
        assert client.get(f"/pathways/?{query}").status_code == 200, query
    page = get(client, f"{TEACHER}&months=soon&pay=81&page=x")
    assert page.faults == []
    assert "Choose one of the lengths of a move" in page.text
    assert "No move takes longer than 18 months" in page.text


@pytest.mark.usefixtures("content")
def test_computed_moves_and_lists_of_moves_lead_here(client: Client) -> None:
    pair = get(client, "/transitions/data-analyst/graphic-designer/")
    assert "/pathways/?origin=data-analyst&destination=graphic-designer" in links(pair.main)
    assert "/pathways/?origin=data-analyst" in links(get(client, "/transitions/data-analyst/").main)


@pytest.mark.usefixtures("classified")
def test_official_occupations_are_ends_and_stops_in_few_queries(client: Client) -> None:
    atlas.atlas()
    with CaptureQueriesContext(connection) as queries:
        page = get(client, "/pathways/?origin=registered-nurses&destination=ux-designer&months=any&pay=any")
    assert len(queries) <= 12
    assert page.faults == []
    assert len(rows(page)) > 1
    assert "Official occupation" in page.text
    with CaptureQueriesContext(connection) as queries:
        page = get(client, "/pathways/?origin=sofware tamer&destination=elementry teachr")
    assert len(queries) <= 12
    assert "Computer Occupations, All Other" in page.text
    assert "Which of these do you mean by “sofware tamer”?" in page.text
    assert "elementry teachr" in page.html
