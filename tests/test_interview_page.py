"""All interview questions of a role by category, each with the points of a good answer folded under it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from guides.models import Question
from tests.content_factory import Facts
from tests.pages import (
    ROLES,
    Page,
    get,
    in_order,
    in_sentence,
    links,
    role_facts,
    role_questions,
    skill_facts,
    squeezed,
    words,
)

CATEGORIES = {
    "beginner": "Beginner",
    "intermediate": "Intermediate",
    "advanced": "Advanced",
    "behavioural": "Behavioural",
    "ai-workflow": "AI workflow",
}


@dataclass(frozen=True)
class Interview:
    """The questions of a role as a page and as the editors wrote them."""

    slug: str
    page: Page
    role: Facts
    questions: list[Facts]

    def of(self, category: str) -> list[Facts]:
        return [one for one in self.questions if one["category"] == category]


@pytest.fixture(params=ROLES)
def interview(request: pytest.FixtureRequest, site: dict[str, Page]) -> Interview:
    slug: str = request.param
    return Interview(slug, site[f"/roles/{slug}/interview/"], role_facts(slug), role_questions(slug))


def test_every_question_stands_in_its_category_with_what_a_good_answer_covers(interview: Interview) -> None:
    number = 0
    for category in CATEGORIES:
        told = []
        for one in interview.of(category):
            number += 1
            told += [f"Question {number} {squeezed(one['question'])}", "What a good answer covers"]
            told += [*map(squeezed, one["covers"]), f"Tests {skill_facts(one['skill'])['name']}"]
        assert in_order(told, interview.page.says(category))
    assert number == len(interview.questions)


def test_the_five_categories_come_in_order_and_are_linked_at_the_top_with_their_count(interview: Interview) -> None:
    nav = next(one for one in interview.page.all("nav") if one.get("aria-labelledby") == "on-this-page-title")
    expected = {f"#{one}": f"{label} {len(interview.of(one))}" for one, label in CATEGORIES.items()}
    assert list(links(nav).items()) == list(expected.items())


def test_the_answers_are_folded_until_they_are_asked_for(interview: Interview) -> None:
    folded = list(interview.page.main.iter("details"))
    assert len(folded) == len(interview.questions)
    assert all(one.get("open") is None for one in folded)
    assert {words(next(one.iter("summary"))) for one in folded} == {"What a good answer covers"}


def test_each_question_can_be_linked_to(interview: Interview) -> None:
    assert [id_ for id_ in interview.page.ids if id_.startswith("question-")] == [
        f"question-{number}" for number in range(1, len(interview.questions) + 1)
    ]


def test_each_question_leads_to_the_skill_that_it_tests(interview: Interview) -> None:
    skills = {f"/skills/{one['skill']}/" for one in interview.questions}
    assert skills <= links(interview.page.main).keys()


def test_the_heading_and_the_tab_count_the_questions(interview: Interview) -> None:
    count = len(interview.questions)
    assert interview.page.heading == f"{count} interview questions"
    assert interview.page.title.startswith(f"{count} interview questions for {in_sentence(interview.role['plural'])}")


def test_the_way_back_leads_over_the_role(interview: Interview) -> None:
    assert interview.page.breadcrumbs[-2:] == [
        (interview.role["title"], f"/roles/{interview.slug}/"),
        ("Interview questions", None),
    ]


@pytest.mark.usefixtures("content")
def test_one_question_is_called_one_question(client: Client) -> None:
    keep = Question.objects.filter(role__slug="ai-artist").values("pk")[:1]
    Question.objects.filter(role__slug="ai-artist").exclude(pk__in=keep).delete()
    assert get(client, "/roles/ai-artist/interview/").heading == "1 interview question"


@pytest.mark.usefixtures("content")
def test_a_role_without_questions_says_so_and_leads_back(client: Client) -> None:
    Question.objects.filter(role__slug="ai-artist").delete()
    page = get(client, "/roles/ai-artist/interview/")
    assert page.status == 200
    assert "Nobody has written questions for this role yet" in page.text
    assert links(page.main)["/roles/ai-artist/"]


@pytest.mark.usefixtures("content")
def test_questions_of_a_role_that_does_not_exist_are_not_found(client: Client) -> None:
    assert get(client, "/roles/astronaut/interview/").status == 404
