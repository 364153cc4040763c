"""The kept document: its schema, its limits, how it is written and how it is read from hostile bytes."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from ..fit_questions import GENERAL, SKILL_LEVELS, SKILL_PREFIX
from ..money import MOST, MOST_MONTHS, OwnNumbers
from ..plan import FIRST_YEAR, LAST_YEAR, Pace, Tick
from ..practice import LAST_BOX, Rated, Rating
from ..vocabulary import Level, Scope
from ..vocabulary import TaskState as Said

FORMAT: Literal[1] = 1
"""Moves when a document of the old shape could no longer be read as it was meant."""

MOST_BYTES = 256 * 1024
MOST_SKILLS = 400
MOST_ANSWERS = 200
MOST_TASK_ANSWERS = 1_000
MOST_PLANS = 20
MOST_TASKS = 2_000
"""Tasks of all plans together."""
MOST_PHASES = 40
MOST_QUESTIONS = 3_000
MOST_NAMES = 1_000
MOST_WEEKS_OFF = 104
LONGEST_NOTE = 2_000
LONGEST_EVIDENCE = 500
MOST_PROBLEMS = 20
"""Problems that are told at once; a file with more is no file of this site."""

DEEPEST = 12
"""Brackets inside each other that a file may have; a document of the newest format needs six."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# The closing mark may be missing, so that every mark begins a match and the search stays linear in the text.
_STRING = re.compile(r'"(?:[^"\\]|\\[\s\S])*"?')
_PLAN_ID_CHARACTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def _visible(text: str) -> str:
    """Line ends in one form, and no control characters: nobody sees them, and a database may refuse them."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _monday(day: date) -> date:
    if day.weekday() != 0:
        raise PydanticCustomError("monday", "is not a Monday")
    return day


def _each_once(days: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


def _pace(week: float | None, weekdays: Sequence[float] | None, weeks_off: Collection[date]) -> Pace:
    """The pace of exactly one of the two; what a pace may be is the rule's to say."""
    try:
        if week is not None and weekdays is None:
            return Pace.weekly(week, weeks_off)
        if weekdays is not None and week is None:
            return Pace.by_weekday(weekdays, weeks_off)
    except ValueError as error:
        raise PydanticCustomError("pace", "has no pace that a plan can work with") from error
    raise PydanticCustomError("pace", "needs hours a week or hours for each weekday, and not both")


Slug = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}$", max_length=60)]
Target = Annotated[str, StringConstraints(pattern=rf"^(?:roles/{_SLUG}|transitions/{_SLUG}/{_SLUG})$", max_length=135)]
NamedPage = Annotated[str, StringConstraints(pattern=rf"^(?:skills|roles)/{_SLUG}$", max_length=70)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{1,16}$")]
PlanId = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{6,16}$")]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=90)]
Answer = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ,._-]*$", max_length=60)]
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE), AfterValidator(_visible)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_EVIDENCE), AfterValidator(_visible)]
Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(_visible)]
Day = Annotated[date, Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31))]
Monday = Annotated[Day, AfterValidator(_monday)]
HeldLevel = Annotated[int, Field(ge=0, le=max(Level))]
Amount = Annotated[int, Field(ge=0, le=MOST)]
Months = Annotated[int, Field(ge=0, le=MOST_MONTHS)]
Hours = Annotated[float, Field(ge=0, le=7 * 24)]

TaskState = Literal["open", "done", "skipped"]


class Part(BaseModel):
    """Shared rules: no unknown field, no silent conversion, no change in place.

    Lists stop at their first wrong entry, or a file of nothing but wrong ones would cost seconds.

    Fields that have a default are left out of the file when they hold it, so within a format no default changes, and
    every one of them means that there is nothing.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class KeptTask(Part):
    """What a visitor did with a task. ``on`` is the day of the last change of state."""

    state: TaskState = "open"
    on: Day | None = None
    note: Note = ""
    text: Text
    """The task in the words that the visitor knows, to be shown when the guide no longer has it."""

    @model_validator(mode="after")
    def _on_a_day(self) -> Self:
        if self.state != "open" and self.on is None:
            raise PydanticCustomError("no_day", "is done or skipped on no day")
        return self

    @property
    def tick(self) -> Tick | None:
        """The plain value that a plan works with; None for a task that is open."""
        return None if self.state == "open" or self.on is None else Tick(Said(self.state), self.on)


class KeptPhase(Part):
    """What a visitor wrote about a phase: evidence of its milestone (a link or words) and a note."""

    evidence: Text = ""
    note: Note = ""
    title: Text
    """The phase in the words that the visitor knows."""

    @property
    def evidence_link(self) -> str:
        """The evidence when it is an https address, the only kind that may become a link; else nothing."""
        if not self.evidence.startswith("https://") or re.search(r"\s", self.evidence):
            return ""
        try:
            return self.evidence if urlsplit(self.evidence).hostname else ""
        except ValueError:
            return ""


class KeptMoney(Part):
    """A visitor's own numbers: money a month after tax, costs in all, in the visitor's currency; None for not said."""

    take_home: Amount | None = None
    reduced_take_home: Amount | None = None
    reduced_months: Months | None = None
    search_months: Months | None = None
    course_costs: Amount | None = None
    new_low: Amount | None = None
    new_high: Amount | None = None

    @property
    def own_numbers(self) -> OwnNumbers | None:
        """The plain value that sums over time work with; None while a number that they need is missing."""
        if self.take_home is None or self.new_low is None or self.new_high is None or self.new_low > self.new_high:
            return None
        return OwnNumbers(
            take_home=self.take_home,
            new_low=self.new_low,
            new_high=self.new_high,
            course_costs=self.course_costs or 0,
            reduced_months=self.reduced_months or 0,
            reduced_take_home=self.reduced_take_home or 0,
            search_months=self.search_months or 0,
        )


class KeptPlan(Part):
    """A roadmap dated for one person. Exactly one of the two paces is set."""

    id: PlanId
    target: Target
    """``roles/<role>`` or ``transitions/<origin>/<destination>``."""
    start: Day
    hours_per_week: Hours | None = None
    hours_per_weekday: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours] | None = None
    """From Monday to Sunday."""
    weeks_off: Annotated[
        tuple[Monday, ...], Field(max_length=MOST_WEEKS_OFF), FailFast(), AfterValidator(_each_once)
    ] = ()
    """The Mondays of weeks without work."""
    scope: Scope
    free_only: bool = False
    tasks: Annotated[dict[Key, KeptTask], Field(max_length=MOST_TASKS)] = {}
    phases: Annotated[dict[Key, KeptPhase], Field(max_length=MOST_PHASES)] = {}
    money: KeptMoney | None = None
    created: Day
    replanned_on: Day | None = None

    @model_validator(mode="after")
    def _one_pace(self) -> Self:
        _pace(self.hours_per_week, self.hours_per_weekday, self.weeks_off)
        return self

    @property
    def pace(self) -> Pace:
        """The plain value that a plan works with."""
        return _pace(self.hours_per_week, self.hours_per_weekday, self.weeks_off)


class KeptRating(Part):
    """How an interview question stands, as ``practice.Rated``."""

    box: Annotated[int, Field(ge=1, le=LAST_BOX)]
    due: Day
    rating: Rating
    on: Day

    @classmethod
    def of(cls, rated: Rated) -> Self:
        """What is kept of ``rated``."""
        return cls(box=rated.box, due=rated.due, rating=rated.rating, on=rated.on)

    @property
    def rated(self) -> Rated:
        """The plain value that the rules of practice work with."""
        return Rated(self.box, self.due, self.rating, self.on)


class Seen(Part):
    """The content that the visitor saw last, by its version number."""

    version: Annotated[int, Field(ge=0, le=2**53)]
    on: Day


class KeptDocument(Part):
    """Everything that is kept of one visitor; no name, no address, nothing that was not typed or ticked."""

    format: Literal[1]
    ledger: Annotated[dict[Slug, HeldLevel], Field(max_length=MOST_SKILLS)] = {}
    """Skill → level held; 0 for "not yet"."""
    answers: Annotated[dict[FieldName, Answer], Field(max_length=MOST_ANSWERS)] = {}
    """Fit answers that hold for every role, by the name of their form field."""
    task_answers: Annotated[dict[FieldName, Answer], Field(max_length=MOST_TASK_ANSWERS)] = {}
    """Fit answers about pieces of work and backgrounds, by the name of their form field."""
    current_role: Slug | None = None
    plans: Annotated[tuple[KeptPlan, ...], Field(max_length=MOST_PLANS), FailFast()] = ()
    practice: Annotated[dict[Key, KeptRating], Field(max_length=MOST_QUESTIONS)] = {}
    names: Annotated[dict[NamedPage, Name], Field(max_length=MOST_NAMES)] = {}
    """Rated skills and the current role as the visitor saw them last: ``skills/<slug>`` or ``roles/<slug>`` of then →
    name. What they are called now tells what changed."""
    seen: Seen | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        tasks = sum(len(plan.tasks) for plan in self.plans)
        if tasks > MOST_TASKS:
            raise PydanticCustomError(
                "too_many_tasks", "has too many tasks", {"max_length": MOST_TASKS, "actual_length": tasks}
            )
        ids = [plan.id for plan in self.plans]
        if len(set(ids)) < len(ids):
            raise PydanticCustomError("same_id", "has two plans of the same id")
        return self

    @property
    def fit_answers(self) -> dict[str, str]:
        """All fit answers by field; the levels of skills are in the ledger."""
        return {**self.task_answers, **self.answers}

    def plan(self, plan_id: str) -> KeptPlan | None:
        """The plan of that id."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)


ProblemKind = Literal[
    "too_large", "not_text", "not_json", "too_deep", "repeated", "not_ours", "newer", "unknown", "missing", "too_long",
    "too_many", "same_id", "pace", "no_day", "monday", "value",
]  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Why bytes are no kept document: where, what was found (shortened), and the limit that it breaks."""

    kind: ProblemKind
    where: tuple[str, ...] = ()
    found: str = ""
    limit: int = 0


def empty() -> KeptDocument:
    """A document that keeps nothing yet."""
    return KeptDocument(format=FORMAT)


def written(document: KeptDocument) -> bytes:
    """The document as a file: UTF-8 JSON with sorted keys, one value a line; the same document gives the same bytes."""
    content = document.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def read(data: bytes) -> KeptDocument | tuple[Problem, ...]:
    """The document that ``written`` wrote, or everything that is wrong with the bytes (at most 20 problems).

    Never raises for any bytes, and nothing in them is run: size, depth and repeated names are looked at before the
    schema is. A document of a newer format is refused as such, so that it is not read half.
    """
    if len(data) > MOST_BYTES:
        return (Problem("too_large", found=str(len(data)), limit=MOST_BYTES),)
    try:
        # A text editor may have put a byte order mark in front.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (Problem("not_text"),)
    if _depth(text) > DEEPEST:
        return (Problem("too_deep", limit=DEEPEST),)
    try:
        content = json.loads(text, object_pairs_hook=_without_repetition, parse_constant=_no_constant)
    except _RepeatedName as repeated:
        return (Problem("repeated", found=_shortened(repeated.name)),)
    except ValueError:
        return (Problem("not_json"),)
    if not isinstance(content, dict) or "format" not in content:
        return (Problem("not_ours"),)
    version = content["format"]
    if type(version) is not int or version < FORMAT:
        return (Problem("value", ("format",), _shortened(version)),)
    if version > FORMAT:
        return (Problem("newer", ("format",), _shortened(version), FORMAT),)
    try:
        document = KeptDocument.model_validate_json(text)
    except ValidationError as error:
        return tuple(_problem(details) for details in error.errors(include_url=False)[:MOST_PROBLEMS])
    # A file may be written with fewer bytes than the one form that is kept, so the limit is of that form.
    size = len(written(document))
    return (Problem("too_large", found=str(size), limit=MOST_BYTES),) if size > MOST_BYTES else document


def new_plan_id(taken: Collection[str]) -> str:
    """A short random id that no plan of the visitor has."""
    while True:
        plan_id = "".join(secrets.choice(_PLAN_ID_CHARACTERS) for _ in range(8))
        if plan_id not in taken:
            return plan_id


def with_level(document: KeptDocument, skill: str, level: int | None) -> KeptDocument:
    """The document with a skill held at ``level`` (0 for not yet), or not rated at all (None)."""
    ledger = {slug: held for slug, held in document.ledger.items() if slug != skill}
    if level is not None:
        ledger[skill] = level
        return document.model_copy(update={"ledger": ledger})
    names = {place: name for place, name in document.names.items() if place != f"skills/{skill}"}
    return document.model_copy(update={"ledger": ledger, "names": names})


def with_answers(document: KeptDocument, answers: Mapping[str, str | None]) -> KeptDocument:
    """The document with fit answers by field, None for one that was taken back; levels of skills go to the ledger.

    Fields that are not mentioned stay as they are.
    """
    general, about_work = dict(document.answers), dict(document.task_answers)
    names = {question.field for question in GENERAL}
    for field, answer in answers.items():
        if field.startswith(SKILL_PREFIX):
            level = int(answer) if answer in SKILL_LEVELS else None
            document = with_level(document, field.removeprefix(SKILL_PREFIX), level)
            continue
        place = general if field in names else about_work
        place.pop(field, None)
        if answer is not None:
            place[field] = answer
    return document.model_copy(update={"answers": general, "task_answers": about_work})


def with_plan(document: KeptDocument, plan: KeptPlan) -> KeptDocument:
    """The document with the plan in the place of the one with its id, or after all others."""
    plans = tuple(plan if kept.id == plan.id else kept for kept in document.plans)
    return document.model_copy(update={"plans": plans if document.plan(plan.id) else (*plans, plan)})


def without_plan(document: KeptDocument, plan_id: str) -> KeptDocument:
    """The document without the plan."""
    return document.model_copy(update={"plans": tuple(plan for plan in document.plans if plan.id != plan_id)})


def with_task(plan: KeptPlan, key: str, task: KeptTask) -> KeptPlan:
    """The plan with what the visitor did with a task.

    A task that is open again stays in the plan with its day: an older file in which it is done must not tick it.
    """
    return plan.model_copy(update={"tasks": {**plan.tasks, key: task}})


def with_rating(document: KeptDocument, question: str, rating: KeptRating) -> KeptDocument:
    """The document with how an interview question stands."""
    return document.model_copy(update={"practice": {**document.practice, question: rating}})


def ticks_of(tasks: Mapping[str, KeptTask]) -> dict[str, Tick]:
    """Task key → what a plan has to know; for ``placed(...).by_key``, whose keys are those of today."""
    return {key: tick for key, task in tasks.items() if (tick := task.tick)}


class _RepeatedName(Exception):
    """A JSON object names a field twice; which of the two counts would be a guess."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _RepeatedName(name)
        found[name] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON.")


def _depth(text: str) -> int:
    """Brackets inside each other, counted before anything reads them: a parser may fall over a deep text."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


_KINDS: dict[str, ProblemKind] = {
    "extra_forbidden": "unknown",
    "missing": "missing",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "too_many_tasks": "too_many",
    "same_id": "same_id",
    "pace": "pace",
    "no_day": "no_day",
    "monday": "monday",
}


def _problem(details: ErrorDetails) -> Problem:
    kind = _KINDS.get(details["type"], "value")
    context = details.get("ctx", {})
    where = tuple(_shortened(part + 1 if isinstance(part, int) else part) for part in details["loc"])
    if kind == "too_many":
        # The validator stops counting where there are too many, so how many there are is not always known.
        return Problem(kind, where, str(context["actual_length"] or ""), int(context["max_length"]))
    if kind == "too_long":
        return Problem(kind, where, str(len(details["input"])), int(context["max_length"]))
    if kind in ("monday", "value", "unknown"):
        return Problem(kind, where, _shortened(details["input"]))
    return Problem(kind, where)


def _shortened(value: object) -> str:
    """At most 60 characters of what stands in a file, on one line."""
    if isinstance(value, dict | list | tuple):
        return "a list" if isinstance(value, list | tuple) else "a group of fields"
    if isinstance(value, int) and abs(value) > 10**18:
        return "a very large number"
    text = " ".join(_CONTROL.sub(" ", str(value)[:200]).split())
    return text if len(text) <= 60 else f"{text[:57]}..."
