"""Interview practice: one question at a time, in the address or kept; weak ones come back and lead to their phase."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guides.curation import content_changed
from guides.models import Question, Role, Skill
from tests.keepers import HX, ROLE, document, get, hostile_queries, keeper, post
from tests.pages import ROLES, Page, links, role_questions, squeezed

pytestmark = pytest.mark.usefixtures("content")

ADDRESS = f"/practice/{ROLE}/"


def questions() -> list[Question]:
    return list(Question.objects.filter(role__slug=ROLE))


def asked(page: Page) -> str:
    return page.says("practice-question")


@pytest.mark.parametrize("slug", ROLES)
def test_the_first_question_with_its_notes_and_three_ratings(client: Client, slug: str) -> None:
    page = get(client, f"/practice/{slug}/")
    first = role_questions(slug)[0]
    assert asked(page) == squeezed(first["question"])
    assert all(squeezed(point) in page.text for point in first["covers"])
    assert [one.get("value", "").partition(".")[2] for one in page.all("button") if one.get("name") == "now"] == [
        "weak",
        "ok",
        "sure",
    ]
    assert not page.cookies
    assert not page.faults


def test_what_was_said_stands_in_the_address(client: Client) -> None:
    first, second, third = questions()[:3]
    page = get(client, f"{ADDRESS}?now={first.key}.weak")
    assert asked(page) == second.text
    page = get(client, f"{ADDRESS}?said={first.key}.weak&now={second.key}.sure")
    assert asked(page) == third.text
    assert "2 of 58 questions rated" in page.text
    assert first.skill.name in page.text
    assert first.skill.get_absolute_url() in links(page.main)


def test_weak_ones_come_back_after_the_others_and_then_it_ends(client: Client) -> None:
    everything = questions()
    said = [f"said={one.key}.{'weak' if number < 2 else 'sure'}" for number, one in enumerate(everything)]
    page = get(client, f"{ADDRESS}?{'&'.join(said)}")
    assert asked(page) == everything[0].text
    assert "Asked before" in page.text
    page = get(client, f"{ADDRESS}?{'&'.join(said)}&now={everything[0].key}.weak")
    assert asked(page) == everything[1].text
    done = [f"said={one.key}.sure" for one in everything]
    assert "none of them was left weak" in get(client, f"{ADDRESS}?{'&'.join(done)}").text


def test_a_category_asks_its_questions_alone(client: Client) -> None:
    only = [one.text for one in questions() if one.category == "behavioural"]
    page = get(client, f"{ADDRESS}?category=behavioural")
    assert asked(page) == only[0]
    assert f"0 of {len(only)} questions rated" in page.text


def test_a_fragment_is_the_card(client: Client) -> None:
    first, second = questions()[:2]
    part = get(client, f"{ADDRESS}?now={first.key}.ok", **HX)
    assert asked(part) == second.text
    assert "<title>" in part.html
    assert "<html" not in part.html
    assert "data-focus-after-swap" in part.html
    assert len(part.html.encode()) <= 30_000


def test_kept_ratings_move_through_the_boxes() -> None:
    owner = keeper()
    first, second = questions()[:2]
    today = timezone.localdate()
    assert owner.post(ADDRESS, {"said": f"{first.key}.sure"}).headers["Location"] == f"{ADDRESS}#practice"
    kept = document(owner).practice[first.key]
    assert (kept.box, kept.due) == (2, today + timedelta(days=2))
    part = post(owner, ADDRESS, {"said": f"{second.key}.weak"}, **HX)
    assert "box 1" in part.html
    assert document(owner).practice[second.key].box == 1
    page = get(owner, ADDRESS)
    assert "2 of 58 questions rated, 56 not yet asked" in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_weak_skills_lead_to_the_phase_that_teaches_them() -> None:
    owner = keeper()
    phases = Role.objects.get(slug=ROLE).roadmap.phases.all()
    taught = {one["skill"]: number for number, phase in enumerate(phases, 1) for one in phase.teaches}
    question = next(one for one in questions() if one.skill.slug in taught)
    owner.post(ADDRESS, {"said": f"{question.key}.weak"})
    page = get(owner, ADDRESS)
    assert f"/roles/{ROLE}/#phase-{taught[question.skill.slug]}" in links(page.main)


@pytest.mark.parametrize("said", ["", "x", "x.weak", "nosuchkey.sure", ".", "a.b.c"])
def test_wrong_ratings_are_not_found(said: str) -> None:
    assert keeper().post(ADDRESS, {"said": said}).status_code == 404


def test_without_a_keep_a_post_changes_nothing(client: Client) -> None:
    assert client.post(ADDRESS, {"said": f"{questions()[0].key}.sure"}).status_code == 302


def test_a_set_to_print(client: Client) -> None:
    page = get(client, f"{ADDRESS}set/")
    for one in role_questions(ROLE):
        assert page.text.count(squeezed(one["question"])) == 2
    first = questions()[0]
    weak = get(client, f"{ADDRESS}set/?weak=1&said={first.key}.weak")
    assert weak.heading == "1 question that went badly"
    assert "No question went badly" in get(client, f"{ADDRESS}set/?weak=1").text


def test_the_interview_page_leads_here(client: Client) -> None:
    assert ADDRESS in links(get(client, f"/roles/{ROLE}/interview/").main)


def test_unpublished_roles_have_no_practice(client: Client) -> None:
    Role.objects.filter(slug=ROLE).update(is_published=False)
    assert get(client, ADDRESS).status == 404


@pytest.mark.hostile
def test_no_query_string_breaks_practice(client: Client) -> None:
    for query in hostile_queries("said", "now", "category", "weak"):
        assert get(client, f"{ADDRESS}?{query}").status == 200, query
        assert get(client, f"{ADDRESS}set/?{query}").status == 200, query


def test_every_address_of_a_card_stays_short(client: Client) -> None:
    said = [f"said={one.key}.sure" for one in questions()]
    assert len("&".join(said)) < 4_000
    assert re.search(r"\d+ of 58", get(client, f"{ADDRESS}?{'&'.join(said)}").text)


def test_a_category_that_does_not_exist_is_named_beside_its_field(client: Client) -> None:
    page = get(client, f"{ADDRESS}?category=nonsense")
    assert "No questions are called “nonsense”; all are asked." in page.says("practice-category-error")
    assert page.part("practice-category").get("aria-describedby") == "practice-category-error"
    assert "No questions are called “nonsense”" in get(client, f"{ADDRESS}set/?category=nonsense").text


def test_a_hidden_skill_is_named_without_a_link(client: Client) -> None:
    skill = questions()[0].skill
    content_changed()
    Skill.objects.all().update(is_published=False)
    page = get(client, f"{ADDRESS}?said={questions()[0].key}.weak")
    assert squeezed(skill.name) in page.text
    assert not [address for address in links(page.main) if address.startswith("/skills/")]
