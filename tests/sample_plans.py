"""Roadmaps, paces and ticks for the tests of plans: one that is easy to count by hand, and any other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from guides.plan import Pace, PhaseFacts, Plan, ResourceFacts, TaskFacts, Teaching, Tick, schedule
from guides.vocabulary import Price, Scope, TaskState

MONDAY = date(2027, 1, 4)

FREE_BOOK = ResourceFacts("free-book", "A free book", "A university", "https://example.org/free", Price.FREE)
PAID_COURSE = ResourceFacts(
    "paid-course", "A paid course", "A school", "https://example.org/paid", Price.PAID, 49, FREE_BOOK
)
DEAR_BOOK = ResourceFacts("dear-book", "A dear book", "A publisher", "", Price.PAID)
PART_FREE = ResourceFacts("part-free", "A shop", "A firm", "https://example.org/part", Price.FREEMIUM)

PHASES = (
    PhaseFacts(
        key="p1",
        title="First steps",
        weeks=4,
        tasks=(
            TaskFacts("t1", "Read the manual.", 10),
            TaskFacts("t2", "Solve ten exercises.", 20),
            TaskFacts("t3", "Draw a picture of it.", 10, is_essential=False),
        ),
        teaches=(Teaching("sql", "SQL", 1.0, 3), Teaching("testing", "Automated testing", 2.5, 2)),
        resources=(PAID_COURSE, DEAR_BOOK),
        goals=("Read a query plan.",),
        milestone="A friend runs your program.",
        stop_signal="If you dread opening the editor, think again.",
        re_entry="The exercises still count.",
    ),
    PhaseFacts(
        key="p2",
        title="A piece of work",
        weeks=3,
        tasks=(TaskFacts("t4", "Build a service.", 20), TaskFacts("t5", "Show it to three people.", 10)),
        teaches=(Teaching("api", "API development", 3.0, 3),),
        resources=(FREE_BOOK, PART_FREE),
        milestone="A stranger uses it.",
    ),
)


@dataclass(frozen=True)
class Case:
    """Everything that a plan is made from."""

    phases: tuple[PhaseFacts, ...]
    start: date
    pace: Pace
    today: date
    held: dict[str, int] = field(default_factory=dict)
    scope: Scope = Scope.ALL
    free_only: bool = False
    ticks: dict[str, Tick] = field(default_factory=dict)
    replanned_on: date | None = None

    def with_(self, **changes: Any) -> Case:
        """The same with something changed."""
        return replace(self, **changes)

    @property
    def keys(self) -> list[str]:
        """Task keys in order."""
        return [task.key for phase in self.phases for task in phase.tasks]

    @property
    def plan(self) -> Plan:
        """The plan."""
        return schedule(
            self.phases,
            self.start,
            self.pace,
            self.today,
            held=self.held,
            scope=self.scope,
            free_only=self.free_only,
            ticks=self.ticks,
            replanned_on=self.replanned_on,
        )


def plan(**changes: Any) -> Plan:
    """The countable plan: ten hours a week from a Monday, seen on that day."""
    return replace(Case(PHASES, MONDAY, Pace.weekly(10), MONDAY), **changes).plan


SKILLS = ("api", "devops", "sql", "testing")
RESOURCES = (FREE_BOOK, PAID_COURSE, DEAR_BOOK, PART_FREE)

near_days = st.integers(-40, 200).map(lambda days: MONDAY + timedelta(days=days))
mondays = st.frozensets(st.integers(-4, 20).map(lambda weeks: MONDAY + timedelta(weeks=weeks)), max_size=8)
quarters = st.integers(0, 24).map(lambda number: number / 4)


@st.composite
def paces(draw: st.DrawFn) -> Pace:
    """Any pace, with hours a week or by weekday."""
    off = draw(mondays)
    if draw(st.booleans()):
        return Pace.weekly(draw(st.integers(4, 120)) / 4, off)
    return Pace.by_weekday(draw(st.lists(quarters, min_size=7, max_size=7).filter(lambda week: sum(week) >= 1)), off)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any roadmap of a small size, held skills, ticks and choices."""
    phases: list[PhaseFacts] = []
    for number in range(draw(st.integers(1, 3))):
        weeks = draw(st.integers(1, 12))
        taught = draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=3))
        tasks = tuple(
            TaskFacts(f"p{number}t{index}", f"Task {index} of {number}.", hours, is_essential)
            for index, (hours, is_essential) in enumerate(
                draw(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=4))
            )
        )
        phases.append(
            PhaseFacts(
                key=f"p{number}",
                title=f"Phase of {number}",
                weeks=weeks,
                tasks=tasks,
                teaches=tuple(
                    Teaching(slug, slug.title(), draw(st.integers(1, 2 * weeks)) / 2, draw(st.integers(1, 4)))
                    for slug in taught
                ),
                resources=tuple(draw(st.lists(st.sampled_from(RESOURCES), unique=True, max_size=4))),
                milestone="Somebody checks it.",
            )
        )
    keys = [task.key for phase in phases for task in phase.tasks]
    ticks = draw(
        st.dictionaries(
            st.sampled_from([*keys, "of-no-task"]), st.builds(Tick, st.sampled_from(TaskState), near_days), max_size=8
        )
    )
    return Case(
        phases=tuple(phases),
        start=draw(near_days),
        pace=draw(paces()),
        today=draw(near_days),
        held=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 4))),
        scope=draw(st.sampled_from(Scope)),
        free_only=draw(st.booleans()),
        ticks=ticks,
        replanned_on=draw(st.none() | near_days),
    )
