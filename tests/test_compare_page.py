"""Two to four roles side by side, chosen, measured and weighed by the query string."""

from __future__ import annotations

from itertools import combinations
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides import page_parts
from guides.compare import Comparison, Criterion, RowKey, Viewer, compare
from guides.compare_phrases import (
    ALONE,
    GROUPS,
    cell_words,
    comparison_words,
    contribution_words,
    difference_words,
    place_words,
    row_label,
)
from guides.curation import content_version
from guides.kept import empty
from guides.models import Role, Skill
from guides.role_profiles import levels_of, profiles_of
from guides.shelf import Shelf
from tests.keepers import hostile_queries, keeper, write
from tests.pages import ROLES, Page, get, in_order, squeezed, words

pytestmark = pytest.mark.usefixtures("content")

HX = {"hx_request": "true"}
LARGEST = 30 * 1024
MOST_QUERIES = 16

THREE = ["ai-artist", "backend-developer", "ai-technical-writer"]


def address(roles: list[str], **more: str) -> str:
    said = [("role", slug) for slug in roles] + [(name.rstrip("_"), value) for name, value in more.items()]
    return f"/compare/?{urlencode(said)}"


def comparison(roles: list[str], baseline: str = "", held: dict[str, int] | None = None, **weights: int) -> Comparison:
    """What the rule says."""
    loaded = profiles_of(Role.objects.filter(slug__in=roles))
    mine = {Criterion(name): weight for name, weight in weights.items()}
    return compare([loaded[slug] for slug in roles], mine, baseline, Viewer(held))


def table(page: Page) -> dict[str, list[Element]]:
    """The cells of each row of the table by the words of its label."""
    found = {}
    for row in page.one("table").iter("tr"):
        heads = [one for one in row.iter("th") if one.get("scope") == "row"]
        if heads:
            label = words(next(heads[0].iter("a"), heads[0])) if not (heads[0].text or "").strip() else heads[0].text
            found[squeezed(label or "")] = list(row.iter("td"))
    return found


def columns(page: Page) -> list[str]:
    return [squeezed(one.text or "") for one in page.one("table").iter("th") if one.get("scope") == "col"]


def titles(roles: list[str]) -> list[str]:
    by_slug = dict(Role.objects.values_list("slug", "title"))
    return [by_slug[slug] for slug in roles]


def links(page: Page) -> dict[str, str]:
    """Address by words of the links of the comparison."""
    return {words(one): one.get("href", "") for one in page.part("comparison").iter("a")}


# --- The table ----------------------------------------------------------------------------------------------------


def test_the_table_says_everything_that_the_rule_says(client: Client) -> None:
    page, expected = get(client, address(THREE, baseline="ai-artist")), comparison(THREE, "ai-artist")
    rows = table(page)
    assert columns(page) == titles(THREE)
    assert (
        words(next(page.one("table").iter("caption")))
        == "AI artist, Backend developer and AI technical writer compared"
    )
    for row in expected.rows:
        known = [cell for cell in row.cells if cell.low]
        lone = row.key in {RowKey.SKILL, RowKey.TOOL} and len(known) == 1
        cells = rows[ALONE[row.key] if lone else squeezed(row_label(row))]
        for cell, shown in zip(row.cells, cells, strict=True):
            if lone:
                assert not cell.low or squeezed(row_label(row)) in words(shown)
            elif row.key == RowKey.DAY:
                assert all(squeezed(task) in words(shown) for task in cell.words)
            else:
                assert words(shown).startswith(squeezed(cell_words(row, cell)))
                told = difference_words(row, cell)
                assert told in {"", "the same level"} or squeezed(told) in words(shown)
                assert ("(best)" in words(shown)) is cell.is_best
    assert in_order([GROUPS[group] for group in dict.fromkeys(row.group for row in expected.rows)], page.text)
    assert comparison_words(len(expected.columns), len(expected.rows), len(expected.differing)) in page.text


def test_every_figure_has_its_source_and_neighbours_are_called_so(client: Client) -> None:
    page = get(client, address(THREE))
    sources = {
        one.get("href", "") for one in page.one("table").iter("a") if (one.get("href") or "").startswith("/sources/")
    }
    expected = {f"/sources/{cell.source}/" for row in comparison(THREE).rows for cell in row.cells if cell.source}
    assert sources == expected
    assert "No official statistics exist for AI artist: the figures are those of its nearest occupations." in page.text


def test_the_order_of_roles_is_that_of_the_columns_and_changes_nothing_else(client: Client) -> None:
    forwards, backwards = get(client, address(THREE)), get(client, address(THREE[::-1]))
    assert columns(backwards) == columns(forwards)[::-1]
    assert list(table(backwards)) == list(table(forwards))
    for label, cells in table(forwards).items():
        assert [words(cell) for cell in table(backwards)[label]] == [words(cell) for cell in cells][::-1]
    assert forwards.canonical == backwards.canonical
    assert parse_qs(urlsplit(forwards.canonical).query)["role"] == sorted(THREE)


def test_only_what_differs_is_a_link_away_and_back(client: Client) -> None:
    pair = ["ai-technical-writer", "aigc-content-creator"]
    whole = get(client, address(pair))
    fewer = get(client, links(whole)["Show only what differs"])
    same = [row for row in comparison(pair).rows if row.is_same and row.key != RowKey.STEP]
    assert same
    for row in same:
        assert squeezed(row_label(row)) in table(whole)
        assert squeezed(row_label(row)) not in table(fewer)
    assert words(get(client, links(fewer)["Show all rows"]).part("comparison")) == words(whole.part("comparison"))


def test_weights_give_an_order_and_say_how_it_came_about(client: Client) -> None:
    page = get(client, address(THREE, pay="2", time="1", ai="3"))
    expected = comparison(THREE, pay=2, time=1, ai_exposure=3).order
    says = words(next(one for one in page.part("comparison").iter("ol") if one.get("class") == "compare-order__places"))
    assert in_order([squeezed(place_words(placed)) for placed in expected], says)
    for placed in expected:
        assert all(squeezed(contribution_words(one)) in says for one in placed.contributions)
    assert "In the order of your weights" not in get(client, address(THREE)).text


def test_a_wrong_weight_is_named_beside_its_field_and_the_others_count(client: Client) -> None:
    page = get(client, address(THREE, pay="2", time="9"))
    form = page.part("compare-form")
    assert "Little time to learn: choose one of the four weights." in words(form)
    assert "In the order of your weights" in page.text


def test_the_role_somebody_has_adds_what_they_hold_and_is_the_baseline(client: Client) -> None:
    page = get(client, address(THREE, from_="backend-developer"))
    held = levels_of(Role.objects.get(slug="backend-developer"))
    expected = comparison(THREE, "backend-developer", held)
    rows = table(page)
    for row in expected.rows:
        if row.key in {RowKey.READINESS, RowKey.HOURS_LEFT}:
            for cell, shown in zip(row.cells, rows[row_label(row)], strict=True):
                assert words(shown).startswith(squeezed(cell_words(row, cell)))
    assert words(next(one for one in page.part("baseline").iter("option") if one.get("selected") is not None)) == (
        "Backend developer"
    )
    # Nobody has to be measured by their own role.
    without = get(client, address(THREE, from_="backend-developer", baseline="none"))
    assert "baseline" not in words(next(without.one("table").iter("thead")))
    assert "is not among the compared roles" not in without.text


# --- Choosing -----------------------------------------------------------------------------------------------------


def test_without_roles_two_are_chosen_from_plain_lists(client: Client) -> None:
    page = get(client, "/compare/")
    form = page.part("compare-form")
    assert (form.get("method"), form.get("action")) == ("get", "/compare/#comparison")
    lists = [one for one in form.iter("select") if one.get("name") == "role"]
    assert len(lists) == 2
    for one in lists:
        assert {option.get("value") for option in one.iter("option")} == {"", *ROLES}
    assert not page.all("table")
    # Two lists in one form send the role twice.
    assert columns(get(client, "/compare/?role=ai-artist&role=backend-developer")) == ["AI artist", "Backend developer"]


def test_one_role_offers_those_near_to_it(client: Client) -> None:
    page = get(client, "/compare/?role=ai-artist")
    assert "AI artist beside which role?" in page.text
    near = Role.objects.get(slug="ai-artist").similar[0]
    way = next(href for href in links(page).values() if f"role={near}" in href)
    assert columns(get(client, way)) == titles(["ai-artist", near])


def test_a_role_is_taken_out_by_a_link_and_the_rest_stays(client: Client) -> None:
    page = get(client, address(THREE, baseline="ai-artist", pay="2", only="differences"))
    after = get(client, links(page)["Take out Backend developer"])
    assert columns(after) == ["AI artist", "AI technical writer"]
    said = dict(parse_qsl(urlsplit(after.address).query))
    assert (said["baseline"], said["pay"], said["only"]) == ("ai-artist", "2", "differences")
    assert "baseline" not in get(client, links(page)["Take out AI artist"]).address


def test_the_form_adds_to_what_is_chosen(client: Client) -> None:
    page = get(client, address(THREE, only="differences"))
    inputs = page.part("compare-form").iter("input")
    hidden = [(one.get("name"), one.get("value")) for one in inputs if one.get("type") == "hidden"]
    assert hidden == [*(("role", slug) for slug in THREE), ("only", "differences")]


def test_what_cannot_be_compared_is_said_and_the_rest_is(client: Client) -> None:
    page = get(client, "/compare/?role=ai-artist&role=web%20master&role=backend-developer&role=ai-artist&baseline=x")
    assert columns(page) == ["AI artist", "Backend developer"]
    assert "No role is called “web master” here." in page.text
    assert "“x” is not among the compared roles" in page.text
    assert "Named more than once, compared once: AI artist." in page.text
    assert "compared once" not in get(client, address(THREE)).text
    alone = get(client, "/compare/?role=ai-artist&role=ai-artist")
    assert "Named more than once, compared once: AI artist." in alone.text
    five = get(client, address([*THREE, "aigc-content-creator", "ai-generative-art-specialist"]))
    assert len(columns(five)) == 4
    assert "4 roles can stand side by side; left out: AI generative art specialist." in five.text


def test_a_role_that_is_not_published_is_not_compared(client: Client) -> None:
    Role.objects.filter(slug="ai-artist").update(is_published=False)
    page = get(client, address(THREE))
    assert columns(page) == ["Backend developer", "AI technical writer"]


# --- Page and fragment --------------------------------------------------------------------------------------------

STATES = [
    "/compare/",
    "/compare/?role=ai-artist",
    address(THREE),
    address(THREE, baseline="ai-artist", pay="1", remote="3", only="differences", from_="backend-developer"),
]


@pytest.mark.parametrize("state", STATES)
def test_the_fragment_says_what_the_page_says(client: Client, state: str) -> None:
    page, fragment = get(client, state), get(client, state, **HX)
    assert "<html" not in fragment.html
    assert fragment.says("comparison") == page.says("comparison")
    assert fragment.title == page.title
    assert page.part("comparison-status").get("role") == "status"
    assert "innerHTML:#comparison-status" in fragment.html
    assert fragment.part("comparison-title").get("tabindex") == "-1"
    whole = get(client, state, **HX, hx_history_restore_request="true")
    assert whole.heading == "Compare roles"


@pytest.mark.parametrize("state", STATES)
def test_nobody_gets_a_cookie_or_a_token(client: Client, state: str) -> None:
    for headers in ({}, HX):
        page = get(client, state, **headers)
        assert not page.cookies
        assert "csrfmiddlewaretoken" not in page.html
        assert {"HX-Request", "Cookie"} <= {name.strip() for name in page.headers["Vary"].split(",")}


def test_the_address_keeps_what_was_said_and_nothing_else(client: Client) -> None:
    query = "role=ai-artist&role=&role=backend-developer&role=nowhere&pay=0&time=2&ai=9&baseline=none&x=y"
    pushed = get(client, f"/compare/?{query}", **HX).headers["HX-Push-Url"]
    assert pushed == "/compare/?role=ai-artist&role=backend-developer&time=2"


def test_every_combination_gives_a_small_fragment(client: Client) -> None:
    most = {"pay": "3", "time": "3", "remote": "3", "ai": "3", "from": "ai-image-generation-specialist"}
    largest = sorted(ROLES, key=lambda slug: -Role.objects.get(slug=slug).required_skills.count())[:6]
    for four in combinations(largest, 4):
        fragment = get(client, f"{address(list(four), baseline=four[0])}&{urlencode(most)}", **HX)
        assert len(fragment.html.encode()) <= LARGEST, four


def test_hostile_query_strings_get_a_page_that_keeps_what_is_right(client: Client) -> None:
    for query in hostile_queries("role", "baseline", "only", "pay", "time", "remote", "ai", "from"):
        page = get(client, f"/compare/?{query}&role=ai-artist&role=backend-developer")
        assert page.status == 200, query
        assert "AI artist and Backend developer compared" in page.html, query
        assert "<script>alert" not in page.html, query


def test_a_visitor_sees_their_ledger_and_their_fit(client: Client) -> None:
    visitor = keeper()
    skill = Role.objects.get(slug="ai-artist").required_skills.select_related("skill")[0].skill.slug
    write(visitor, empty().model_copy(update={"ledger": {skill: 4}, "answers": {"coding": "no"}}))
    page = get(visitor, address(THREE, from_="backend-developer"))
    assert "no-store" in page.headers["Cache-Control"]
    rows = table(page)
    held = comparison(THREE, held={skill: 4})
    expected = next(row for row in held.rows if row.key == RowKey.READINESS)
    assert words(rows[row_label(expected)][0]).startswith(squeezed(cell_words(expected, expected.cells[0])))
    assert words(rows["Your fit check"][1]) == "Not now"
    assert "Your fit check" not in table(get(client, address(THREE)))


def test_a_ledger_of_two_hundred_skills_needs_few_queries() -> None:
    visitor = keeper()
    known = list(Skill.objects.values_list("slug", flat=True))
    ledger = dict.fromkeys([*known, *(f"skill-of-old-{number}" for number in range(200 - len(known)))], 2)
    write(visitor, empty().model_copy(update={"ledger": ledger, "answers": {"coding": "yes"}}))
    state = address([*THREE, "aigc-content-creator"], from_="backend-developer", pay="1")
    visitor.get(state)
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(state).status_code == 200
    assert len(queries) <= MOST_QUERIES


def test_a_wrong_weight_and_a_wrong_role_are_named_in_a_summary_and_beside_their_fields(client: Client) -> None:
    page = get(client, "/compare/?role=ai-artist&role=ux-designer&pay=99&time=2&from=web-master")
    summary = next(one for one in page.main.iter("div") if one.get("aria-labelledby") == "error-summary-title")
    assert [one.get("href") for one in summary.iter("a")] == ["#id_pay", "#from"]
    assert page.part("id_pay").get("aria-describedby") == "id_pay_error"
    assert page.says("id_pay_error") == "Pay: choose one of the four weights."
    assert "No role is called “web-master” here" in page.says("from-error")
    # The right weight counts.
    assert "In the order of your weights" in page.text


def test_a_comparison_that_is_kept_says_the_same_to_everybody_and_each_their_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps = keeper("?skill-sql=3")
    asked = [
        (visitor, address(THREE, **more))
        for more in ({}, {"from_": THREE[0]}, {"from_": "graphic-designer"}, {"only": "differences"}, {"pay": "2"})
        for visitor in (client, keeps)
    ]
    plain = [visitor.get(page).content for visitor, page in asked]
    monkeypatch.setattr(page_parts, "_shelf", Shelf(4 * 2**20))
    monkeypatch.setattr(page_parts, "of_this_process", Now)
    assert [visitor.get(page).content for visitor, page in asked] == plain
    assert len(page_parts._shelf) > 0
    assert [visitor.get(page).content for visitor, page in asked[::-1]] == plain[::-1]


class Now:
    """The version as the database of the test has it."""

    def current(self) -> tuple[int, str]:
        number, loaded_at = content_version()
        return number, str(loaded_at)
