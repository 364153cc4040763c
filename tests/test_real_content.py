"""The content of this repository is complete and without fault."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.timezone import localdate

from guides.loader.checks import QUESTIONS_PROMISED, check
from guides.loader.library import Library, read_library
from guides.loader.problems import Problem, errors
from guides.loader.schema import SECTIONS
from guides.vocabulary import QuestionCategory

ACCEPTED_WARNINGS: dict[str, str] = {}
"""Warnings that stay, as they are printed, with the reason why."""


@cache
def _read() -> tuple[Library, tuple[Problem, ...]]:
    library, problems = read_library(settings.CONTENT_DIR)
    return library, (*problems, *check(library, localdate()))


def roles() -> list[str]:
    return sorted(_read()[0].roles)


def test_there_is_no_error() -> None:
    assert [str(problem) for problem in errors(_read()[1])] == []


def test_there_is_no_warning_without_a_reason() -> None:
    """Due reviews are left out: they come with time, and the preview and the load name them."""
    told = {str(problem) for problem in _read()[1] if "due for review" not in problem.message}
    assert told - set(ACCEPTED_WARNINGS) == set()
    assert set(ACCEPTED_WARNINGS) - told == set(), "a warning that is no more needs no reason"


@pytest.mark.parametrize("slug", roles())
def test_a_role_has_fifty_questions_of_all_kinds(slug: str) -> None:
    library, _ = _read()
    assert slug in library.questions, "the role has no questions"
    kinds = Counter(question.category for question in library.questions[slug].entry.questions)
    assert sum(kinds.values()) >= QUESTIONS_PROMISED
    assert set(kinds) == set(QuestionCategory.values)
    assert min(kinds.values()) >= 3


@pytest.mark.parametrize("slug", roles())
def test_the_questions_of_a_role_test_its_essential_skills(slug: str) -> None:
    library, _ = _read()
    tested = {question.skill for question in library.questions[slug].entry.questions}
    essential = {row.skill for row in library.roles[slug].entry.skills if row.importance == "essential"}
    assert essential - tested == set()


@pytest.mark.parametrize("slug", roles())
def test_a_role_has_pay_behind_it(slug: str) -> None:
    library, _ = _read()
    role = library.roles[slug].entry
    assert any(library.figures[row.code].entry.pay for row in role.occupations)


def test_there_are_roles_and_transitions() -> None:
    library, _ = _read()
    assert len(library.roles) >= 6
    assert len(library.transitions) >= 3


def test_no_page_is_dated_after_its_check() -> None:
    library, _ = _read()
    for shelf in (library.roles, library.transitions, library.skills):
        for item in shelf.values():
            assert date(2024, 1, 1) <= item.entry.updated_on


@pytest.mark.parametrize("kind", SECTIONS)
def test_every_required_section_was_rendered(kind: str) -> None:
    library, _ = _read()
    for slug, item in library.shelf(kind).items():
        headings = [part.heading for part in item.prose]
        assert [name for name, required in SECTIONS[kind].items() if required and name not in headings] == [], slug
        assert all(part.html.strip() for part in item.prose), slug


@pytest.mark.parametrize(
    "template", sorted(settings.CONTENT_DIR.rglob("_template.*")), ids=lambda path: path.parent.name
)
def test_templates_are_not_published(template: Path) -> None:
    library, _ = _read()
    assert not any(template.name in path for path in library.paths)
