"""Kept documents for tests: one with something in every field, and a strategy for random ones."""

from datetime import date, timedelta

from hypothesis import strategies as st

from guides.kept import KeptDocument, KeptMoney, KeptPhase, KeptPlan, KeptRating, KeptTask, Seen
from guides.vocabulary import Scope

START = date(2026, 3, 2)
"""A Monday."""


def task(
    state: str = "done", *, on: date | None = START, note: str = "", text: str = "Read the style guide."
) -> KeptTask:
    return KeptTask.model_validate({"state": state, "on": on, "note": note, "text": text})


def plan(plan_id: str = "first1", target: str = "roles/ai-artist", **changes: object) -> KeptPlan:
    """A plan of eight hours a week from START without anything ticked, with ``changes``."""
    fields = {
        "id": plan_id,
        "target": target,
        "start": START,
        "hours_per_week": 8.0,
        "scope": Scope.ALL,
        "created": START,
    }
    return KeptPlan.model_validate({**fields, **changes})


def full_document() -> KeptDocument:
    """A document that uses every field."""
    first = plan(
        weeks_off=(START + timedelta(weeks=5), START + timedelta(weeks=2)),
        free_only=True,
        tasks={
            "aaaa": task(note="Took two evenings — worth it."),
            "bbbb": task("skipped", text="Draw “five” thumbnails."),
        },
        phases={"cccc": KeptPhase(evidence="https://example.org/portfolio", note="v2", title="Foundations")},
        money=KeptMoney(take_home=3000, reduced_take_home=2000, reduced_months=4, course_costs=600, new_low=3200),
        replanned_on=START + timedelta(days=30),
    )
    second = plan(
        "second2",
        "transitions/illustrator/ai-artist",
        hours_per_week=None,
        hours_per_weekday=(1.5, 0.0, 1.5, 0.0, 0.0, 4.0, 0.0),
        scope=Scope.ESSENTIAL,
    )
    return KeptDocument(
        format=1,
        ledger={"python": 3, "colour-theory": 0},
        answers={"coding": "yes", "pay": "45000"},
        task_answers={"day-1a2b3c4d": "avoid", "background-ai-artist": "any"},
        current_role="illustrator",
        plans=(first, second),
        practice={"dddd": KeptRating(box=2, due=START + timedelta(days=2), rating="sure", on=START)},
        names={"skills/python": "Python", "roles/illustrator": "Illustrator"},
        seen=Seen(version=7, on=START),
    )


slugs = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
keys = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
texts = st.text(max_size=30)

tasks = st.builds(
    KeptTask,
    state=st.sampled_from(["open", "done", "skipped"]),
    on=days,
    note=texts,
    text=texts,
) | st.builds(KeptTask, note=texts, text=texts)
phases = st.builds(KeptPhase, evidence=texts, note=texts, title=texts)
amounts = st.none() | st.integers(0, 10_000_000)
moneys = st.builds(
    KeptMoney,
    take_home=amounts,
    reduced_take_home=amounts,
    reduced_months=st.none() | st.integers(0, 120),
    search_months=st.none() | st.integers(0, 120),
    course_costs=amounts,
    new_low=amounts,
    new_high=amounts,
)


@st.composite
def plans(draw: st.DrawFn) -> KeptPlan:
    by_week = draw(st.booleans())
    weekdays = st.tuples(*[st.sampled_from([0.0, 0.5, 2.0])] * 6, st.just(1.0))
    origin, destination = draw(slugs), draw(slugs)
    mondays = st.integers(0, 500).map(lambda week: START + timedelta(weeks=week))
    return KeptPlan(
        id=draw(st.from_regex(r"[0-9a-z]{6,8}", fullmatch=True)),
        target=draw(st.sampled_from([f"roles/{origin}", f"transitions/{origin}/{destination}"])),
        start=draw(days),
        hours_per_week=draw(st.floats(1, 80)) if by_week else None,
        hours_per_weekday=None if by_week else draw(weekdays),
        weeks_off=tuple(draw(st.lists(mondays, max_size=3))),
        scope=draw(st.sampled_from(Scope)),
        free_only=draw(st.booleans()),
        tasks=draw(st.dictionaries(keys, tasks, max_size=4)),
        phases=draw(st.dictionaries(keys, phases, max_size=2)),
        money=draw(st.none() | moneys),
        created=draw(days),
        replanned_on=draw(st.none() | days),
    )


ratings = st.builds(
    KeptRating, box=st.integers(1, 5), due=days, rating=st.sampled_from(["weak", "ok", "sure"]), on=days
)

documents = st.builds(
    KeptDocument,
    format=st.just(1),
    ledger=st.dictionaries(slugs, st.integers(0, 4), max_size=5),
    answers=st.dictionaries(slugs, st.sampled_from(["yes", "no", "unsure", "45000"]), max_size=4),
    task_answers=st.dictionaries(
        st.builds("{}-{}".format, st.sampled_from(["day", "background"]), slugs),
        st.sampled_from(["enjoy", "fine", "avoid", "unsure"]),
        max_size=3,
    ),
    current_role=st.none() | slugs,
    plans=st.lists(plans(), max_size=3, unique_by=lambda made: made.id).map(tuple),
    practice=st.dictionaries(keys, ratings, max_size=3),
    names=st.dictionaries(st.builds("{}/{}".format, st.sampled_from(["skills", "roles"]), slugs), texts, max_size=4),
    seen=st.none() | st.builds(Seen, version=st.integers(0, 1000), on=days),
)
