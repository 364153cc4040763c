"""The ledger: each skill rated once, in the address or kept, by search and from a role."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import RequiredSkill, Skill
from tests.keepers import HX, ROLE, document, get, hostile_queries, keeper, post, write
from tests.pages import skill_facts, squeezed

pytestmark = pytest.mark.usefixtures("content")

SKILL = "drawing-fundamentals"
FIELD = f"skill-{SKILL}"


def held_on(page_of: Client, address: str) -> str:
    """Value of the stop that is pressed for the skill."""
    row = get(page_of, address).part(FIELD)
    pressed = [one.get("value", "") for one in row.iter("button") if one.get("aria-pressed") == "true"]
    return pressed[0] if pressed else ""


def test_without_anything_kept_the_levels_stand_in_the_address(client: Client) -> None:
    page = get(client, f"/ledger/?{FIELD}=2")
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.html
    assert held_on(client, f"/ledger/?{FIELD}=2") == "2"
    assert "1 skill rated" in page.text
    assert not page.faults
    assert len(page.ids) == len(set(page.ids))


def test_the_last_of_several_levels_counts(client: Client) -> None:
    assert held_on(client, f"/ledger/?{FIELD}=2&{FIELD}=4") == "4"


def test_a_search_finds_skills_to_rate(client: Client) -> None:
    name = squeezed(skill_facts(SKILL)["name"])
    assert name in get(client, "/ledger/?q=drawing").text
    assert "No skill has that in its name" in get(client, "/ledger/?q=zzzz").text


def test_a_role_offers_its_skills_and_says_how_far_it_is(client: Client) -> None:
    page = get(client, f"/ledger/?role={ROLE}&{FIELD}=3")
    for name in RequiredSkill.objects.filter(role__slug=ROLE).values_list("skill__name", flat=True):
        assert name in page.text
    assert "readiness" in page.text


def test_the_levels_of_a_role_can_be_taken(client: Client) -> None:
    page = get(client, f"/ledger/?role={ROLE}")
    (address,) = [one.get("href", "") for one in page.all("a") if "take its levels" in (one.text or "")]
    taken = get(client, address)
    required = RequiredSkill.objects.filter(role__slug=ROLE).count()
    assert f"{required} skills rated" in taken.text
    assert "readiness 100 %" in taken.text


def test_what_stands_in_the_address_can_be_kept(client: Client) -> None:
    owner = keeper(f"{FIELD}=3&skill-nothing=2&skill-sql=9")
    assert document(owner).ledger == {SKILL: 3}
    assert held_on(owner, "/ledger/") == "3"


def test_a_kept_ledger_is_private_and_counts_everywhere(client: Client) -> None:
    owner = keeper(f"{FIELD}=3")
    page = get(owner, "/ledger/")
    assert "no-store" in page.headers["Cache-Control"]
    assert (
        "Your ledger" in get(owner, f"/plan/?for=roles/{ROLE}").text
        or "your ledger" in get(owner, f"/plan/?for=roles/{ROLE}").text
    )


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "4", ""])
def test_rating_a_kept_skill(level: str) -> None:
    owner = keeper("skill-sql=1")
    answer = owner.post("/ledger/", {FIELD: level})
    assert answer.headers["Location"] == f"/ledger/#{FIELD}"
    assert document(owner).ledger.get(SKILL, "") == (int(level) if level else "")
    assert document(owner).ledger["sql"] == 1


def test_rating_in_place_answers_with_the_one_row() -> None:
    owner = keeper()
    part = post(owner, "/ledger/", {FIELD: "2"}, **HX)
    assert part.headers["HX-Retarget"] == f"#{FIELD}"
    assert part.headers["HX-Reswap"] == "outerHTML"
    assert len(part.html.encode()) < 3_000
    assert "working" in part.html
    assert document(owner).ledger == {SKILL: 2}


def test_a_role_is_taken_over_in_one_go_and_keeps_what_was_rated() -> None:
    owner = keeper(f"{FIELD}=0")
    owner.post("/ledger/", {"take": ROLE})
    kept = document(owner)
    assert kept.current_role == ROLE
    assert kept.ledger[SKILL] == 0
    assert len(kept.ledger) == RequiredSkill.objects.filter(role__slug=ROLE).count()
    assert post(owner, "/ledger/", {"take": ROLE}, **HX).headers["HX-Redirect"] == "/ledger/"


def test_a_post_without_a_keep_changes_nothing(client: Client) -> None:
    assert client.post("/ledger/", {FIELD: "2"}).status_code == 302


def test_a_skill_without_a_page_is_still_named() -> None:
    owner = keeper(f"{FIELD}=2")
    kept = document(owner)
    write(owner, kept.model_copy(update={"ledger": {"long-gone": 3}}))
    assert "long-gone" in get(owner, "/ledger/").text


def test_unknown_levels_and_skills_are_left_alone() -> None:
    owner = keeper(f"{FIELD}=2")
    owner.post("/ledger/", {FIELD: "77", "skill-nothing": "2"})
    assert document(owner).ledger == {}
    assert Skill.objects.filter(slug=SKILL).exists()


@pytest.mark.hostile
def test_no_query_string_breaks_the_ledger(client: Client) -> None:
    for query in hostile_queries("role", "q", FIELD, "skill-", "skill-x", "take"):
        assert get(client, f"/ledger/?{query}").status == 200, query
        assert get(client, f"/keep/start/?{query}").status == 200, query
