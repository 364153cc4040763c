"""The questionnaire of a fit check as a page shows it, read from a query string.

A wrong answer is named beside its field and left out; the right ones still count. Answers that this page does not ask
about are carried along, so that no role asks again what another one asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from . import fit_questions as asked
from .fit_phrases import GROUPS, QuestionWords, question_words, wrong_words
from .fit_questions import FitQuestion, Matter, QuestionGroup, read
from .vocabulary import Level

MOST_STOPS = 5
"""Answers that can stand side by side."""

SHOWN_OF_WRONG = 200
"""Characters of a wrong answer that stay in its field."""


@dataclass(frozen=True)
class Option:
    """A possible answer."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FitField:
    """A question with what was answered. ``value`` is what was typed, right or wrong; ``error`` why it was left out."""

    question: FitQuestion
    words: QuestionWords
    value: str = ""
    error: str = ""
    held: str = ""
    """Of a skill: the level that counts while it is not rated here, in words."""

    @property
    def name(self) -> str:
        """Name of the form field."""
        return self.question.field

    @property
    def is_skill(self) -> bool:
        """Whether it is a level that is chosen."""
        return self.question.matter == Matter.SKILLS

    @property
    def is_list(self) -> bool:
        """Whether there are too many answers to stand side by side."""
        return len(self.words.options) > MOST_STOPS and not self.is_skill

    @property
    def place(self) -> str:
        """The id of what the focus goes to when an error is followed."""
        is_one = self.question.is_number or self.is_skill or self.is_list
        return f"q-{self.name}" if is_one else f"q-{self.name}-{self.question.options[0]}"

    @property
    def is_piece(self) -> bool:
        """Whether it is about a piece of the typical day."""
        return self.question.matter == Matter.DAY

    @property
    def options(self) -> tuple[Option, ...]:
        """The answers to choose from; none where a number is typed."""
        return tuple(Option(value, label, value == self.value) for value, label in self.words.options)


@dataclass(frozen=True)
class FieldGroup:
    """A part of the questionnaire."""

    group: QuestionGroup
    heading: str
    lead: str
    fields: tuple[FitField, ...]


class FitForm:
    """The questions that a page asks, and all answers that a query string and what is kept give."""

    def __init__(
        self,
        questions: Sequence[FitQuestion],
        given: Mapping[str, Sequence[str]],
        elsewhere: Mapping[str, FitQuestion] | None = None,
        kept: Mapping[str, str] | None = None,
        held: Mapping[str, int] | None = None,
    ) -> None:
        """``elsewhere``: questions of other pages by field, whose answers count here too. ``kept``: answers for what
        ``given`` does not mention. ``held``: levels of skills that are not rated here."""
        self._asked = {one.field: one for one in questions}
        unsaid = {name: [value] for name, value in (kept or {}).items() if name not in given}
        # There may be thousands of questions elsewhere, and an answer to a few of them.
        self._known = self._asked | {
            name: elsewhere[name] for name in (*given, *unsaid) if elsewhere and name in elsewhere
        }
        self._given = given
        self._held = held or {}
        from_query = read((one for name, one in self._known.items() if name in given), given)
        self.values = {**read((self._known[name] for name in unsaid if name in self._known), unsaid).values}
        self.values |= from_query.values
        self._wrong = {one.question.field: one for one in from_query.wrong}

    @cached_property
    def fields(self) -> tuple[FitField, ...]:
        """Every question of the page."""
        return tuple(self._field(question) for question in self._asked.values())

    @cached_property
    def groups(self) -> tuple[FieldGroup, ...]:
        """The questions by part; parts without a question are left out."""
        by_group = {
            group: tuple(field for field in self.fields if field.question.group == group) for group in QuestionGroup
        }
        return tuple(
            FieldGroup(group, GROUPS[group].heading, GROUPS[group].lead, fields)
            for group, fields in by_group.items()
            if fields
        )

    @property
    def typed(self) -> tuple[FitField, ...]:
        """The fields that are typed into: only these can be wrong while somebody uses the page as it is."""
        return tuple(self._field(question) for question in self._asked.values() if question.is_number)

    @property
    def errors(self) -> tuple[FitField, ...]:
        """The fields whose answer was left out."""
        return tuple(field for field in self.fields if field.error)

    @property
    def has_answers(self) -> bool:
        """Whether anything counts."""
        return bool(self.values)

    @cached_property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """Names and values of right answers in the query string that this page does not ask about."""
        return tuple(
            (name, value) for name, value in self.values.items() if name in self._given and name not in self._asked
        )

    def query(self, origin: str = "") -> str:
        """The query string that says what this one says, wrong answers too, without empty and unknown fields."""
        said = {name: self._typed(name)[:SHOWN_OF_WRONG] for name in self._known if self._typed(name)}
        return _encoded(said, origin)

    def query_with(self, name: str, value: str, origin: str = "") -> str:
        """The query string with one answer changed."""
        said = {one: self.values[one] for one in self.values if one in self._given}
        return _encoded({**said, name: value}, origin)

    def query_of_answers(self, origin: str = "") -> str:
        """The right answers of the query string alone, for a page about another role."""
        return _encoded({name: value for name, value in self.values.items() if name in self._given}, origin)

    def query_to_share(self) -> str:
        """Everything that counts here, kept answers and levels among it: the same result for whoever opens it."""
        levels = {
            name: str(self._held[skill])
            for name, question in self._asked.items()
            if question.matter == Matter.SKILLS and (skill := name.removeprefix(asked.SKILL_PREFIX)) in self._held
        }
        return _encoded({**levels, **self.values})

    def _field(self, question: FitQuestion) -> FitField:
        wrong = self._wrong.get(question.field)
        typed = self._typed(question.field)[:SHOWN_OF_WRONG] if wrong or question.is_number else ""
        skill = question.field.removeprefix(asked.SKILL_PREFIX) if question.matter == Matter.SKILLS else ""
        level = self._held.get(skill)
        return FitField(
            question=question,
            words=question_words(question),
            value=typed or self.values.get(question.field, ""),
            error=wrong_words(wrong) if wrong else "",
            held="" if level is None else Level(level).label if level else "Not yet",
        )

    def _typed(self, name: str) -> str:
        texts = (text.strip() for text in self._given.get(name, ()))
        return ", ".join(dict.fromkeys(text for text in texts if text))


def _encoded(values: Mapping[str, str], origin: str = "") -> str:
    pairs = [*([("from", origin)] if origin else []), *values.items()]
    return urlencode(pairs)
