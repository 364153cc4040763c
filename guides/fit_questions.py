"""The questions of a fit check, built from a role's own facts, and the reading of what was answered.

General questions have the same fields for every role, so one answer serves all. The field of a piece of the typical day
comes from its key, which is made of the text that it first had: two roles that share the piece share the answer, and an
edited text keeps it. No question has to be answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .profile import DayTask, RoleProfile
from .vocabulary import Education, EntryBarrier, Level, Liking

UNSURE = "unsure"
YES, PART, NO = "yes", "part", "no"
ALONE, TOGETHER, EITHER = "alone", "together", "either"
ANY, NONE = "any", "none"

SHOWN = 40
"""Characters of a wrong answer that are repeated beside its field."""


class Matter(StrEnum):
    """What an answer touches: one fact, or one kind of fact, of a role."""

    CODING = "coding"
    REMOTE = "remote"
    AI = "ai"
    PAY = "pay"
    TIME = "time"
    BARRIER = "barrier"
    EDUCATION = "education"
    COMPANY = "company"
    DAY = "day"
    BACKGROUND = "background"
    SKILLS = "skills"


class QuestionGroup(StrEnum):
    """The parts of the questionnaire, in the order they are asked."""

    LIMITS = "limits"
    DAY = "day"
    BACKGROUND = "background"
    SKILLS = "skills"


class Wrong(StrEnum):
    """Why an answer could not be read."""

    NOT_OFFERED = "not-offered"
    NOT_A_NUMBER = "not-a-number"
    OUT_OF_RANGE = "out-of-range"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class FitQuestion:
    """A question: either one of ``options``, or a whole number from ``least`` to ``most`` where there are none.

    ``subjects`` are the piece of work, the backgrounds or the skill asked about; none in general questions.
    ``is_past``: no decision changes the answer.
    """

    field: str
    matter: Matter
    group: QuestionGroup
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    subjects: tuple[str, ...] = ()
    is_past: bool = False

    @property
    def subject(self) -> str:
        """The only thing asked about; empty in general questions."""
        return self.subjects[0] if self.subjects else ""

    @property
    def is_number(self) -> bool:
        """Whether a number is typed instead of an option chosen."""
        return not self.options


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that was left out: what was given, at most SHOWN characters of it, and why it could not be read."""

    question: FitQuestion
    given: str
    wrong: Wrong


@dataclass(frozen=True)
class ReadAnswers:
    """What could be read (field → answer, numbers as plain digits) and what could not. Empty answers are in neither."""

    values: Mapping[str, str]
    wrong: tuple[WrongAnswer, ...]


CODING = FitQuestion("coding", Matter.CODING, QuestionGroup.LIMITS, (YES, NO, UNSURE))
REMOTE = FitQuestion("remote", Matter.REMOTE, QuestionGroup.LIMITS, (YES, PART, NO, UNSURE))
AI = FitQuestion("ai", Matter.AI, QuestionGroup.LIMITS, (YES, NO, UNSURE))
PAY = FitQuestion("pay", Matter.PAY, QuestionGroup.LIMITS, most=2_000_000)
MONTHS = FitQuestion("months", Matter.TIME, QuestionGroup.LIMITS, least=1, most=120)
HOURS = FitQuestion("hours", Matter.TIME, QuestionGroup.LIMITS, least=1, most=60)
BARRIER = FitQuestion("barrier", Matter.BARRIER, QuestionGroup.LIMITS, (*EntryBarrier.values, UNSURE))
EDUCATION = FitQuestion("education", Matter.EDUCATION, QuestionGroup.LIMITS, (*Education.values, UNSURE), is_past=True)
COMPANY = FitQuestion("company", Matter.COMPANY, QuestionGroup.LIMITS, (ALONE, TOGETHER, EITHER, UNSURE))

GENERAL = (CODING, REMOTE, AI, PAY, MONTHS, HOURS, BARRIER, EDUCATION, COMPANY)
"""What every role can be judged by: dealbreakers first."""

LIKINGS = tuple(Liking.values)
SKILL_LEVELS = ("0", *(str(level.value) for level in Level))
SKILL_PREFIX = "skill-"


def day_key(text: str) -> str:
    """The key of a piece of the typical day seen for the first time: the same text has the same one in every role."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def day_field(task: DayTask) -> str:
    """The field of the question about a piece of the typical day."""
    return f"day-{task.key or day_key(task.text)}"


def background_field(role: str) -> str:
    """The field of the question about the backgrounds of the role with this slug."""
    return f"background-{role}"


def skill_field(skill: str) -> str:
    """The field of the question about how well somebody can do the skill with this slug."""
    return f"{SKILL_PREFIX}{skill}"


def entry_education(profile: RoleProfile) -> tuple[Education, str] | None:
    """The least education that is typical at entry in the occupations of a role, and its source; None if not
    published."""
    by_words = {one.label: one for one in Education}
    known = [
        (by_words[one.entry.education], one.entry.source)
        for one in profile.figures
        if one.entry and one.entry.education in by_words
    ]
    return min(known, key=lambda pair: pair[0].rank) if known else None


def day_of(profile: RoleProfile) -> dict[str, DayTask]:
    """The pieces of the typical day by field, in order."""
    return {day_field(task): task for task in profile.day}


def questions_for(profile: RoleProfile) -> tuple[FitQuestion, ...]:
    """What the facts of a role let us ask, in order. Where a fact is not known, nothing is asked about it."""
    unknown = set()
    if profile.pay.envelope is None:
        unknown.add(Matter.PAY)
    if entry_education(profile) is None:
        unknown.add(Matter.EDUCATION)
    if not profile.day:
        unknown.add(Matter.COMPANY)
    questions = [one for one in GENERAL if one.matter not in unknown]
    questions += [
        FitQuestion(field, Matter.DAY, QuestionGroup.DAY, LIKINGS, subjects=(task.text,))
        for field, task in day_of(profile).items()
    ]
    if profile.backgrounds:
        questions.append(
            FitQuestion(
                background_field(profile.slug),
                Matter.BACKGROUND,
                QuestionGroup.BACKGROUND,
                (ANY, NONE, UNSURE),
                subjects=tuple(one.words for one in profile.backgrounds),
                is_past=True,
            )
        )
    questions += [
        FitQuestion(skill_field(one.skill), Matter.SKILLS, QuestionGroup.SKILLS, SKILL_LEVELS, subjects=(one.name,))
        for one in profile.required
    ]
    return tuple(questions)


def number(question: FitQuestion, text: str) -> int | None:
    """The number that ``text`` says, as people write it (``$50,000``); None for anything else or outside the range."""
    digits = _digits(text)
    if digits is None or len(digits) > len(str(question.most)):
        return None
    value = int(digits)
    return value if question.least <= value <= question.most else None


def choice(question: FitQuestion, text: str) -> str | None:
    """The option that ``text`` names; None when it is not offered."""
    return text if text in question.options else None


def read(questions: Iterable[FitQuestion], given: Mapping[str, Sequence[str]]) -> ReadAnswers:
    """Answers from a query string (field → everything given for it). Never fails; fields of no question are ignored."""
    values: dict[str, str] = {}
    wrong: list[WrongAnswer] = []
    for question in questions:
        texts = list(dict.fromkeys(text.strip() for text in given.get(question.field, ()) if text.strip()))
        if not texts:
            continue
        if len(texts) > 1:
            wrong.append(WrongAnswer(question, ", ".join(texts)[:SHOWN], Wrong.SEVERAL))
            continue
        text = texts[0]
        understood = number(question, text) if question.is_number else choice(question, text)
        if understood is not None:
            values[question.field] = str(understood)
        elif not question.is_number:
            wrong.append(WrongAnswer(question, text[:SHOWN], Wrong.NOT_OFFERED))
        else:
            reason = Wrong.NOT_A_NUMBER if _digits(text) is None else Wrong.OUT_OF_RANGE
            wrong.append(WrongAnswer(question, text[:SHOWN], reason))
    return ReadAnswers(values, tuple(wrong))


def _digits(text: str) -> str | None:
    """The digits of a whole number without leading zeros, dollar sign and thousands separators; None if it is not
    one."""
    bare = text.strip().removeprefix("$").replace(",", "").replace(" ", "")
    if not (bare.isascii() and bare.isdigit()):
        return None
    return bare.lstrip("0") or "0"
