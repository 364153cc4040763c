"""The closed word lists: ordered where order is meant, plain where editors type them, with room in every column."""

from __future__ import annotations

import inspect
import re
from typing import Any, get_args

import pytest
from django.apps import apps
from django.db.models import CharField
from django.db.models.enums import Choices

from guides import vocabulary
from guides.loader import schema
from guides.vocabulary import Importance, Level, Priority, QuestionCategory

LISTS: list[Any] = [
    value
    for _, value in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(value, Choices) and value.__module__ == vocabulary.__name__
]
NAMES = [each.__name__ for each in LISTS]


def words(each: Any) -> list[str]:
    return [member.word if each is Level else member.value for member in each]


def test_levels_compare_as_numbers_from_awareness_to_expert() -> None:
    assert Level.AWARENESS < Level.WORKING < Level.PRACTITIONER < Level.EXPERT
    assert [level.value for level in Level] == [1, 2, 3, 4]


@pytest.mark.parametrize("level", Level)
def test_a_level_is_found_by_the_word_that_stands_for_it(level: Level) -> None:
    assert Level.from_word(level.word) is level


@pytest.mark.parametrize("word", ["", "master", "4", "working "])
def test_other_words_are_no_levels(word: str) -> None:
    with pytest.raises(KeyError):
        Level.from_word(word)


def test_priorities_are_ranked_by_urgency() -> None:
    assert [priority.rank for priority in Priority] == [0, 1, 2]
    assert min(Priority, key=lambda priority: priority.rank) is Priority.CRITICAL


def test_there_are_five_kinds_of_interview_question_and_two_of_importance() -> None:
    assert words(QuestionCategory) == ["beginner", "intermediate", "advanced", "behavioural", "ai-workflow"]
    assert words(Importance) == ["essential", "optional"]


@pytest.mark.parametrize("each", LISTS, ids=NAMES)
def test_words_are_plain_enough_for_addresses_and_files(each: Any) -> None:
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word) for word in words(each))


@pytest.mark.parametrize("each", LISTS, ids=NAMES)
def test_labels_are_different_and_begin_with_a_capital(each: Any) -> None:
    labels = [str(label) for label in each.labels]
    assert len(set(labels)) == len(labels)
    assert all(label == label.strip() and label[0].isupper() and label.isprintable() for label in labels)


@pytest.mark.parametrize("each", LISTS, ids=NAMES)
def test_content_files_may_use_exactly_these_words(each: Any) -> None:
    allowed = getattr(schema, f"{each.__name__}Word", None)
    assert allowed is None or list(get_args(allowed)) == words(each)


def test_columns_have_room_for_every_word() -> None:
    columns = [
        field
        for model in apps.get_app_config("guides").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, CharField) and field.choices
    ]
    assert columns
    for field in columns:
        assert field.max_length is not None
        assert max(len(value) for value, _ in field.flatchoices) <= field.max_length, field
