"""A plan: a roadmap dated for one person's week, from what they hold, have done and leave out.

Three rules give every date.

1. **Hours.** A task takes the hours that the guide states, less the share of its phase that teaches skills the
   visitor holds at the level asked for: two of five weeks on such skills make each task of the phase two fifths
   shorter. A skill held below that level changes nothing, because the phase is still needed.
2. **Layout.** Tasks follow one another in the guide's order from the start, or from the day of the last replanning,
   and fill the hours of each day. Weeks off hold nothing. What was done by the first day of the layout takes no time
   in it; a later tick moves nothing until the visitor plans again.
3. **Finish.** What is still open, from today on, at ``QUICKER`` to ``SLOWER`` times its hours, and never narrower than
   a week.

Plain values in, frozen values out; hours are hours of work, days are calendar days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import ceil
from typing import TypeVar

from .vocabulary import Price, Scope, TaskState

QUICKER = Fraction(85, 100)
SLOWER = Fraction(135, 100)
"""Share of the stated hours that quick and slow learners need: our editors' estimate, because nobody publishes how long
people take for roadmaps such as ours. It leans to the slow side, since interruptions lengthen and little shortens."""

LEAST_RANGE = timedelta(days=7)
"""A finish is never promised more closely than to a week."""

LEAST_HOURS = 1
MOST_HOURS_A_DAY = 16
MOST_HOURS = 7 * MOST_HOURS_A_DAY
FIRST_YEAR, LAST_YEAR = 2000, 2199

_HOUR = 420
"""Pieces of an hour: minutes and sevenths are both whole numbers of pieces, so an even week adds up exactly."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_DAYS = tuple(timedelta(days=number) for number in range(7))

_QUARTER = _HOUR // 4

T = TypeVar("T")


def monday_of(day: date) -> date:
    """The Monday of the week that holds ``day``."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Pace:
    """Hours of study by weekday, Monday first, and the Mondays of weeks without any.

    ``is_even``: only the hours of a week were given, so they count as spread evenly over its seven days. ValueError
    when the week has fewer than ``LEAST_HOURS`` or more than ``MOST_HOURS``, or a day more than ``MOST_HOURS_A_DAY``.
    """

    pieces: tuple[int, ...]
    weeks_off: frozenset[date] = frozenset()
    is_even: bool = False

    def __post_init__(self) -> None:
        if len(self.pieces) != 7:
            raise ValueError("A week has seven days.")
        if any(not 0 <= day <= MOST_HOURS_A_DAY * _HOUR for day in self.pieces):
            raise ValueError(f"A day has between 0 and {MOST_HOURS_A_DAY} hours of study.")
        if not LEAST_HOURS * _HOUR <= sum(self.pieces) <= MOST_HOURS * _HOUR:
            raise ValueError(f"A week has between {LEAST_HOURS} and {MOST_HOURS} hours of study.")
        if any(day.weekday() for day in self.weeks_off):
            raise ValueError("A week off is named by its Monday.")

    @classmethod
    def weekly(cls, hours: float, weeks_off: Iterable[date] = ()) -> Pace:
        """So many hours a week, on whatever days; any day of a week off stands for that week."""
        if not LEAST_HOURS <= hours <= MOST_HOURS:
            raise ValueError(f"A week has between {LEAST_HOURS} and {MOST_HOURS} hours of study.")
        day = round(hours * _HOUR / 7)
        return cls((day,) * 7, frozenset(map(monday_of, weeks_off)), is_even=True)

    @classmethod
    def by_weekday(cls, hours: Sequence[float], weeks_off: Iterable[date] = ()) -> Pace:
        """Hours on each weekday, Monday first; any day of a week off stands for that week."""
        if any(not 0 <= day <= MOST_HOURS_A_DAY for day in hours):
            raise ValueError(f"A day has between 0 and {MOST_HOURS_A_DAY} hours of study.")
        return cls(tuple(round(day * _HOUR) for day in hours), frozenset(map(monday_of, weeks_off)))

    @property
    def hours_per_week(self) -> float:
        """Hours of a week that is not off."""
        return round(sum(self.pieces) / _HOUR, 2)

    @property
    def weekday_hours(self) -> tuple[float, ...]:
        """Hours of each weekday, Monday first."""
        return tuple(round(day / _HOUR, 2) for day in self.pieces)

    def is_off(self, monday: date) -> bool:
        """Whether the week that begins on ``monday`` is off."""
        return monday in self.weeks_off


@dataclass(frozen=True)
class TaskFacts:
    """A task of a guide."""

    key: str
    text: str
    hours: int
    is_essential: bool = True


@dataclass(frozen=True)
class Teaching:
    """Weeks that a phase spends on a skill, and the level at which its role asks for the skill (1 to 4)."""

    skill: str
    name: str
    weeks: float
    level: int


@dataclass(frozen=True)
class ResourceFacts:
    """Something to learn from; ``alternative`` does for it without pay."""

    slug: str
    title: str
    provider: str
    url: str
    price: Price
    cost_usd: int | None = None
    alternative: ResourceFacts | None = None

    @property
    def is_free(self) -> bool:
        """Whether a useful part, or all of it, costs nothing."""
        return self.price in (Price.FREE, Price.FREEMIUM)


@dataclass(frozen=True)
class PhaseFacts:
    """A phase of a guide; ``weeks`` at the guide's own pace."""

    key: str
    title: str
    weeks: int
    tasks: tuple[TaskFacts, ...]
    teaches: tuple[Teaching, ...] = ()
    resources: tuple[ResourceFacts, ...] = ()
    goals: tuple[str, ...] = ()
    milestone: str = ""
    stop_signal: str = ""
    re_entry: str = ""


@dataclass(frozen=True)
class Tick:
    """What the visitor said about a task, and when."""

    state: TaskState
    on: date


class LeftOut(Enum):
    """Why a task has no place in a plan."""

    SKIPPED = "skipped"
    OPTIONAL = "optional"
    HELD = "held"


@dataclass(frozen=True)
class PlannedTask:
    """A task in the plan.

    ``hours`` is what it takes here, ``full_hours`` what the guide states. ``start`` and ``end`` are its first and last
    day; both are None when it is left out or was done before the layout begins.
    """

    key: str
    text: str
    hours: float
    full_hours: int
    is_essential: bool
    start: date | None
    end: date | None
    done_on: date | None = None
    left_out: LeftOut | None = None

    @property
    def is_done(self) -> bool:
        """Whether the visitor ticked it."""
        return self.done_on is not None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.done_on is None and self.left_out is None


@dataclass(frozen=True)
class ResourceChoice:
    """A resource of a phase; ``instead_of`` names the one it replaces when only free ones are wanted."""

    resource: ResourceFacts
    instead_of: ResourceFacts | None = None


@dataclass(frozen=True)
class PlannedPhase:
    """A phase in the plan. ``held`` are the skills that shorten it, by ``hours_saved`` hours.

    ``without`` are resources that cost something and have no free stand-in, when only free ones are wanted.
    """

    number: int
    key: str
    title: str
    start: date | None
    end: date | None
    tasks: tuple[PlannedTask, ...]
    resources: tuple[ResourceChoice, ...]
    without: tuple[ResourceFacts, ...]
    goals: tuple[str, ...]
    milestone: str
    stop_signal: str
    re_entry: str
    held: tuple[Teaching, ...]
    hours_saved: float

    @property
    def hours(self) -> float:
        """Hours of its tasks that are done or open."""
        return sum(task.hours for task in self.tasks if task.left_out is None)

    @property
    def hours_left(self) -> float:
        """Hours of its open tasks."""
        return sum(task.hours for task in self.tasks if task.is_open)

    @property
    def is_passed(self) -> bool:
        """Whether nothing in it is open: a stop that lies behind."""
        return not any(task.is_open for task in self.tasks)

    @property
    def is_needed(self) -> bool:
        """Whether at least one of its tasks is part of the plan."""
        return any(task.left_out is None for task in self.tasks)


@dataclass(frozen=True)
class WeekPart:
    """Hours of a week that go into a task; ``ends`` in the week in which the layout completes it."""

    phase: int
    task: PlannedTask
    hours: float
    ends: bool


@dataclass(frozen=True)
class PlannedWeek:
    """A calendar week of the plan; the first one may begin after its Monday, at ``first_day``."""

    number: int
    monday: date
    first_day: date
    is_off: bool
    parts: tuple[WeekPart, ...]

    @property
    def last_day(self) -> date:
        """Its Sunday."""
        return self.monday + 6 * _DAY

    @property
    def hours(self) -> float:
        """Hours of work planned in it."""
        return sum(part.hours for part in self.parts)


@dataclass(frozen=True)
class Finish:
    """Days between which the last open task is done."""

    earliest: date
    latest: date


@dataclass(frozen=True)
class Cost:
    """What the resources of the plan cost: dollars where the price is known, counts where it is not.

    ``free_in_part``: counted as free, because their useful part is. ``replaced`` and ``without`` say what choosing free
    resources changed. Every resource counts once.
    """

    known_usd: int
    known: tuple[ResourceFacts, ...]
    unknown: tuple[ResourceFacts, ...]
    free: int
    free_in_part: int
    replaced: tuple[ResourceChoice, ...]
    without: tuple[ResourceFacts, ...]


@dataclass(frozen=True)
class NextAction:
    """The first open task and its phase."""

    phase: PlannedPhase
    task: PlannedTask


@dataclass(frozen=True)
class Plan:
    """A roadmap dated for one person. ``begin`` is the first day of the layout: the start, or the last replanning."""

    start: date
    begin: date
    replanned_on: date | None
    today: date
    pace: Pace
    scope: Scope
    free_only: bool
    phases: tuple[PlannedPhase, ...]
    finish: Finish | None
    """None when nothing is open."""
    cost: Cost
    layout: _Layout = field(repr=False, compare=False)

    @cached_property
    def weeks(self) -> tuple[PlannedWeek, ...]:
        """Every week from the first to the last with work. Most pages show phases, so they are made when asked for."""
        return _weeks(self.phases, self.layout)

    @property
    def tasks(self) -> tuple[PlannedTask, ...]:
        """All tasks in the guide's order, those left out included."""
        return tuple(task for phase in self.phases for task in phase.tasks)

    @property
    def next_action(self) -> NextAction | None:
        """What to do now; None when nothing is open."""
        return next((NextAction(phase, task) for phase in self.phases for task in phase.tasks if task.is_open), None)

    @property
    def hours(self) -> float:
        """Hours of the tasks that are done or open."""
        return sum(phase.hours for phase in self.phases)

    @property
    def hours_left(self) -> float:
        """Hours of the open tasks."""
        return sum(phase.hours_left for phase in self.phases)

    @property
    def hours_saved(self) -> float:
        """Hours that held skills take off the guide's tasks."""
        return sum(phase.hours_saved for phase in self.phases)

    @property
    def done(self) -> int:
        """Tasks ticked."""
        return sum(task.is_done for task in self.tasks)

    @property
    def wanted(self) -> int:
        """Tasks of the plan: those done and those open."""
        return sum(task.left_out is None for task in self.tasks)

    @property
    def stops_passed(self) -> int:
        """Phases in which nothing is open."""
        return sum(phase.is_passed for phase in self.phases)

    @property
    def last_day(self) -> date | None:
        """Last day of the layout; None when it holds nothing."""
        return max((task.end for task in self.tasks if task.end), default=None)

    @property
    def passed_by(self) -> tuple[PlannedTask, ...]:
        """Open tasks whose days are over: planning again from today moves them."""
        return tuple(task for task in self.tasks if task.is_open and task.end and task.end < self.today)

    @property
    def this_week(self) -> PlannedWeek | None:
        """The week that holds today."""
        return next((week for week in self.weeks if week.monday == monday_of(self.today)), None)

    def left_out(self, why: LeftOut) -> tuple[PlannedTask, ...]:
        """Tasks without a place, for one reason."""
        return tuple(task for task in self.tasks if task.left_out is why)


def schedule(
    phases: Sequence[PhaseFacts],
    start: date,
    pace: Pace,
    today: date,
    *,
    held: Mapping[str, int] | None = None,
    scope: Scope = Scope.ALL,
    free_only: bool = False,
    ticks: Mapping[str, Tick] | None = None,
    replanned_on: date | None = None,
) -> Plan:
    """Dates every task once, or says why it has no date.

    ``held`` maps skills to levels from 0 to 4, ``ticks`` maps task keys to what the visitor said; keys that no task has
    are passed over. ``replanned_on`` lays out what was not done by that day from that day on; a day before the start
    counts as the start. ValueError when a task key repeats or one of the two days lies outside ``FIRST_YEAR`` to
    ``LAST_YEAR``.
    """
    if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in (start, replanned_on or start)):
        raise ValueError(f"A plan starts in a year from {FIRST_YEAR} to {LAST_YEAR}.")
    keys = [task.key for phase in phases for task in phase.tasks]
    if len(set(keys)) != len(keys):
        raise ValueError("Every task of a plan has a key of its own.")
    said = ticks or {}
    begin = max(start, replanned_on) if replanned_on else start
    sized = [_size(phase, held or {}, scope, said) for phase in phases]
    layout = _Layout(begin, pace)
    for size in sized:
        for draft in size.drafts:
            if draft.left_out is None and draft.in_scope and (draft.done_on is None or draft.done_on > begin):
                layout.add(draft.key, draft.pieces)
    planned = tuple(
        _phase(number, phase, size, layout, free_only)
        for number, (phase, size) in enumerate(zip(phases, sized, strict=True), 1)
    )
    still_open = sum(
        draft.pieces for size in sized for draft in size.drafts if draft.left_out is None and draft.done_on is None
    )
    return Plan(
        start=start,
        begin=begin,
        replanned_on=replanned_on,
        today=today,
        pace=pace,
        scope=scope,
        free_only=free_only,
        phases=planned,
        finish=_finish(still_open, max(begin, today), pace),
        cost=_cost(planned),
        layout=layout,
    )


@dataclass(frozen=True)
class _Draft:
    """A task before it has days. ``in_scope`` is false for a ticked task that the plan itself would leave out."""

    key: str
    pieces: int
    done_on: date | None
    left_out: LeftOut | None
    in_scope: bool


@dataclass(frozen=True)
class _Sized:
    drafts: tuple[_Draft, ...]
    held: tuple[Teaching, ...]
    hours_saved: float


def _size(phase: PhaseFacts, held: Mapping[str, int], scope: Scope, ticks: Mapping[str, Tick]) -> _Sized:
    """Hours of a phase's tasks after what is held, and which of them are left out."""
    known = tuple(one for one in phase.teaches if held.get(one.skill, 0) >= one.level)
    weeks = sum((Fraction(one.weeks) for one in known), Fraction(0))
    share = min(Fraction(1), weeks / max(1, phase.weeks)) if known else Fraction(0)
    drafts: list[_Draft] = []
    saved = 0
    for task in phase.tasks:
        quarters = _shortened(task.hours, share) if known else 4 * task.hours
        tick = ticks.get(task.key)
        is_done = tick is not None and tick.state == TaskState.DONE
        reason = None
        if tick is not None and not is_done:
            reason = LeftOut.SKIPPED
        elif scope == Scope.ESSENTIAL and not task.is_essential:
            reason = LeftOut.OPTIONAL
        elif not quarters:
            reason = LeftOut.HELD
        if reason in (None, LeftOut.HELD):
            saved += 4 * task.hours - quarters
        drafts.append(
            _Draft(
                key=task.key,
                pieces=quarters * _QUARTER,
                done_on=tick.on if tick is not None and is_done else None,
                left_out=None if is_done else reason,
                in_scope=reason is None,
            )
        )
    return _Sized(tuple(drafts), known if saved else (), saved / 4)


def _shortened(hours: int, share: Fraction) -> int:
    """Quarters of an hour that are left of a task's hours, rounded up."""
    return ceil(hours * (1 - share) * 4)


class _Layout:
    """Work laid one piece after the other into the days of a pace."""

    def __init__(self, begin: date, pace: Pace) -> None:
        self._pace = pace
        # Where each weekday begins in the pieces of a week, and where the week ends.
        self._edges = (0, *accumulate(pace.pieces))
        self._monday = monday_of(begin)
        self._used = self._edges[begin.weekday()] if not pace.is_off(self._monday) else self._edges[-1]
        self._week: dict[str, int] = {}
        self.begin = begin
        self.spans: dict[str, tuple[date, date]] = {}
        self.by_week: dict[date, dict[str, int]] = {}

    def add(self, key: str, pieces: int) -> None:
        """Lays a task after everything laid so far."""
        first: date | None = None
        while pieces:
            room = self._edges[-1] - self._used
            if not room:
                self._turn()
                continue
            first = first or self._day_of(self._used)
            used = min(pieces, room)
            if not self._week:
                self.by_week[self._monday] = self._week
            self._week[key] = self._week.get(key, 0) + used
            pieces -= used
            self._used += used
        if first:
            self.spans[key] = (first, self._day_of(self._used - 1))

    def is_off(self, monday: date) -> bool:
        """Whether the pace has nothing in the week."""
        return self._pace.is_off(monday)

    def _turn(self) -> None:
        """Goes on to the next week that is not off. There is one: a week has at least an hour."""
        self._monday += _WEEK
        while self._pace.is_off(self._monday):
            self._monday += _WEEK
        self._week, self._used = {}, 0

    def _day_of(self, piece: int) -> date:
        """The day of the week that holds a piece of it."""
        return self._monday + _DAYS[bisect_right(self._edges, piece) - 1]


def _phase(number: int, phase: PhaseFacts, size: _Sized, layout: _Layout, free_only: bool) -> PlannedPhase:
    tasks = []
    for facts, draft in zip(phase.tasks, size.drafts, strict=True):
        span = layout.spans.get(facts.key)
        tasks.append(
            PlannedTask(
                key=facts.key,
                text=facts.text,
                hours=draft.pieces / _HOUR,
                full_hours=facts.hours,
                is_essential=facts.is_essential,
                start=span[0] if span else None,
                end=span[1] if span else None,
                done_on=draft.done_on,
                left_out=draft.left_out,
            )
        )
    resources, without = _resources(phase.resources, free_only)
    return PlannedPhase(
        number=number,
        key=phase.key,
        title=phase.title,
        start=min((task.start for task in tasks if task.start), default=None),
        end=max((task.end for task in tasks if task.end), default=None),
        tasks=tuple(tasks),
        resources=resources,
        without=without,
        goals=phase.goals,
        milestone=phase.milestone,
        stop_signal=phase.stop_signal,
        re_entry=phase.re_entry,
        held=size.held,
        hours_saved=size.hours_saved,
    )


def _resources(
    resources: Iterable[ResourceFacts], free_only: bool
) -> tuple[tuple[ResourceChoice, ...], tuple[ResourceFacts, ...]]:
    """What to learn from, each once, and what stays away because it costs something."""
    chosen: dict[str, ResourceChoice] = {}
    without: list[ResourceFacts] = []
    for resource in resources:
        stand_in = resource.alternative
        if not free_only or resource.is_free:
            chosen[resource.slug] = ResourceChoice(resource)
        elif stand_in and stand_in.is_free:
            chosen.setdefault(stand_in.slug, ResourceChoice(stand_in, instead_of=resource))
        else:
            without.append(resource)
    return tuple(chosen.values()), tuple(without)


def _weeks(phases: Sequence[PlannedPhase], layout: _Layout) -> tuple[PlannedWeek, ...]:
    """Every week from the first to the last with work, weeks off between them included."""
    if not layout.by_week:
        return ()
    tasks = {task.key: (phase.number, task) for phase in phases for task in phase.tasks}
    weeks: list[PlannedWeek] = []
    monday, last = monday_of(layout.begin), max(layout.by_week)
    while monday <= last:
        parts, after = [], monday + _WEEK
        for key, pieces in layout.by_week.get(monday, {}).items():
            number, task = tasks[key]
            parts.append(WeekPart(number, task, pieces / _HOUR, layout.spans[key][1] < after))
        weeks.append(
            PlannedWeek(len(weeks) + 1, monday, max(monday, layout.begin), layout.is_off(monday), tuple(parts))
        )
        monday = after
    return tuple(weeks)


def _finish(pieces: int, begin: date, pace: Pace) -> Finish | None:
    if not pieces:
        return None
    earliest = _last_day(ceil(pieces * QUICKER), begin, pace)
    latest = _last_day(ceil(pieces * SLOWER), begin, pace)
    return Finish(earliest, max(latest, earliest + LEAST_RANGE))


def _last_day(pieces: int, begin: date, pace: Pace) -> date:
    """The day on which so much work is done; whole weeks are counted at once."""
    day, monday, whole = begin, monday_of(begin), sum(pace.pieces)
    week = sum(pace.pieces[day.weekday() :])
    while pieces > week or pace.is_off(monday):
        pieces -= 0 if pace.is_off(monday) else week
        day = monday = monday + _WEEK
        week = whole
    while pace.pieces[day.weekday()] < pieces:
        pieces -= pace.pieces[day.weekday()]
        day += _DAY
    return day


def _cost(phases: Iterable[PlannedPhase]) -> Cost:
    needed = [phase for phase in phases if phase.is_needed]
    choices = _once((choice.resource.slug, choice) for phase in needed for choice in phase.resources)
    without = _once((resource.slug, resource) for phase in needed for resource in phase.without)
    resources = [choice.resource for choice in choices]
    paid = [resource for resource in resources if not resource.is_free]
    known = tuple(resource for resource in paid if resource.cost_usd is not None)
    return Cost(
        known_usd=sum(resource.cost_usd or 0 for resource in known),
        known=known,
        unknown=tuple(resource for resource in paid if resource.cost_usd is None),
        free=sum(resource.price == Price.FREE for resource in resources),
        free_in_part=sum(resource.price == Price.FREEMIUM for resource in resources),
        replaced=tuple(choice for choice in choices if choice.instead_of),
        without=tuple(without),
    )


def _once(pairs: Iterable[tuple[str, T]]) -> list[T]:
    """The first value of each name, in order."""
    first: dict[str, T] = {}
    for name, value in pairs:
        first.setdefault(name, value)
    return list(first.values())
