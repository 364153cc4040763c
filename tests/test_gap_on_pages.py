"""The gap between somebody's skills and a role, on the pages of roles and of transitions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.gap import SkillGap, between
from guides.gap_phrases import HEADINGS, gap_parts, gap_summary
from guides.kept import empty
from guides.models import Role, Skill
from guides.role_profiles import levels_of, requirement_of
from guides.vocabulary import GapKind
from tests.keepers import hostile_queries, keeper, write
from tests.pages import TRANSITIONS, Page, get, in_order, squeezed, words

pytestmark = pytest.mark.usefixtures("content")

HX = {"hx_request": "true"}
LARGEST = 30 * 1024
MOST_QUERIES = 16

ROLE = "/roles/ai-technical-writer/"
MOVE = "/transitions/backend-developer/ai-technical-writer/"
PAGES = [ROLE, MOVE]
DEVELOPER = "?from=backend-developer"


def gap_to(slug: str, levels: dict[str, int]) -> SkillGap:
    """What the rule says of a role."""
    rows = Role.objects.get(slug=slug).required_skills.select_related("skill")
    return between(levels, [requirement_of(row) for row in rows])


def levels(slug: str) -> dict[str, int]:
    return levels_of(Role.objects.get(slug=slug))


def chosen(page: Page) -> str:
    """The role that the list shows as chosen."""
    return next((o.get("value", "") for o in page.part("from").iter("option") if o.get("selected") is not None), "")


@pytest.mark.parametrize("address", PAGES)
def test_every_skill_stands_in_its_part_with_levels_and_hours(client: Client, address: str) -> None:
    shown = get(client, address + DEVELOPER)
    gap = gap_to("ai-technical-writer", levels("backend-developer"))
    says = shown.says("skill-gap")
    assert squeezed(gap_summary(gap, "A backend developer holds")) in says
    assert shown.says("skill-gap-title") == "As a backend developer"
    for part in gap_parts(gap):
        inside = next(
            words(one)
            for one in shown.part("skill-gap").iter("section")
            if one.get("aria-labelledby") == f"gap-{part.kind}"
        )
        assert inside.startswith(f"{part.heading} {len(part.entries)} {part.lead}")
        assert in_order([one.entry.requirement.name for one in part.entries], inside)
        for one in part.entries:
            assert one.levels in inside
            assert one.hours in inside
            assert ("optional" in inside) or one.entry.requirement.importance != "optional"
    parts = {GapKind.CARRIED: gap.carried, GapKind.TO_DEEPEN: gap.to_deepen, GapKind.NEW: gap.new}
    for kind, entries in parts.items():
        assert (f"gap-{kind}" in shown.ids) is bool(entries), HEADINGS[kind]


def test_a_role_page_shows_no_gap_until_it_is_asked_for(client: Client) -> None:
    page = get(client, ROLE)
    assert page.says("skill-gap") == ""
    assert chosen(page) == ""


@pytest.mark.parametrize("slugs", TRANSITIONS)
def test_a_transition_shows_the_gap_of_its_origin(client: Client, slugs: str) -> None:
    origin, destination = slugs.split("/")
    page = get(client, f"/transitions/{slugs}/")
    assert chosen(page) == origin
    assert squeezed(gap_summary(gap_to(destination, levels(origin)), "x")).removeprefix("x") in page.says("skill-gap")


def test_a_transition_can_be_measured_from_another_role(client: Client) -> None:
    page = get(client, f"{MOVE}?from=aigc-content-creator")
    assert chosen(page) == "aigc-content-creator"
    assert page.says("skill-gap-title") == "As an AIGC content creator"


def test_the_page_of_the_same_move_is_named_written_or_computed(client: Client) -> None:
    links = [one.get("href") for one in get(client, ROLE + DEVELOPER).part("skill-gap").iter("a")]
    assert MOVE in links
    other = get(client, f"{ROLE}?from=ai-artist").part("skill-gap")
    assert "/transitions/ai-artist/ai-technical-writer/" in [one.get("href") for one in other.iter("a")]


@pytest.mark.parametrize("address", PAGES)
def test_the_form_works_without_scripts_and_asks_for_a_part_with_them(client: Client, address: str) -> None:
    page = get(client, address)
    form = next(one for one in page.part("gap").iter("form"))
    assert (form.get("method"), form.get("action")) == ("get", f"{address}#gap")
    assert [words(one) for one in form.iter("button") if one.get("type") == "submit"] == ["Show it from my role"]
    assert form.get("data-hx-get") == address
    target = (form.get("data-hx-target") or "").removeprefix("#")
    whole, fragment = get(client, address + DEVELOPER), get(client, address + DEVELOPER, **HX)
    assert "<html" not in fragment.html
    assert fragment.says(target) == whole.says(target) != ""
    assert fragment.title == whole.title
    assert fragment.headers["HX-Push-Url"] == address + DEVELOPER
    assert whole.part("gap-status").get("role") == "status"
    assert "innerHTML:#gap-status" in fragment.html
    assert fragment.part("skill-gap-title").get("tabindex") == "-1"
    assert len(fragment.html.encode()) <= LARGEST
    assert get(client, address + DEVELOPER, **HX, hx_history_restore_request="true").heading == whole.heading


@pytest.mark.parametrize("address", PAGES)
def test_a_role_that_does_not_exist_is_named(client: Client, address: str) -> None:
    page = get(client, f"{address}?from=web%20master")
    assert page.status == 200
    assert "No role is called “web master” here; choose one of these." in page.says("gap")


@pytest.mark.parametrize("address", PAGES)
def test_everybody_gets_the_same_page_and_no_cookie(client: Client, address: str) -> None:
    for query in ("", DEVELOPER):
        first, second = get(client, address + query), get(Client(), address + query)
        assert first.html == second.html
        assert not first.cookies
        assert "csrfmiddlewaretoken" not in first.html
        assert {"HX-Request", "Cookie"} <= {name.strip() for name in first.headers["Vary"].split(",")}
        assert "no-store" not in first.headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", PAGES)
def test_hostile_query_strings_get_the_page(client: Client, address: str) -> None:
    for query in hostile_queries("from", "role", "skill-sql"):
        page = get(client, f"{address}?{query}", **HX)
        assert page.status == 200, query
        assert "<script>alert" not in page.html, query
    for query in hostile_queries("from", "coding")[::10]:
        assert get(client, f"{address}?{query}").status == 200, query


@pytest.mark.parametrize("address", PAGES)
def test_a_ledger_takes_the_place_of_the_role(address: str) -> None:
    visitor = keeper()
    write(visitor, empty().model_copy(update={"ledger": {"technical-writing": 4, "nowhere": 2}}))
    page = get(visitor, address + DEVELOPER)
    gap = gap_to("ai-technical-writer", {"technical-writing": 4})
    assert squeezed(gap_summary(gap)) in page.says("skill-gap")
    assert page.says("skill-gap-title") == "From your ledger"
    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]


@pytest.mark.parametrize("address", PAGES)
def test_a_ledger_of_two_hundred_skills_needs_few_queries(address: str) -> None:
    visitor = keeper()
    known = list(Skill.objects.values_list("slug", flat=True))
    ledger = dict.fromkeys([*known, *(f"skill-of-old-{number}" for number in range(200 - len(known)))], 2)
    write(visitor, empty().model_copy(update={"ledger": ledger, "answers": {"coding": "yes"}}))
    visitor.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(address + DEVELOPER).status_code == 200
    assert len(queries) <= MOST_QUERIES
