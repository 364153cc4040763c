"""Roles as rules know them, for tests: three written out by hand and any number of random ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from guides.duration import Duration
from guides.figures import EntryRequirements, Exposure, OfficialFigures, Outlook
from guides.fit import FitAnswers
from guides.fit_questions import FitQuestion, questions_for
from guides.gap import Requirement
from guides.pay import Percentiles, basis
from guides.profile import Background, DayTask, RoleProfile, Rung, ToolUse
from guides.vocabulary import (
    Coding,
    Difficulty,
    Education,
    EntryBarrier,
    Importance,
    Level,
    OccupationMatch,
    Price,
    Remote,
    WorkMode,
)

HOURS = (10, 30, 80, 400)

unhurried = settings(deadline=None, max_examples=60)
"""For property tests whose cases are large: enough of them, and none fails because the machine was busy."""


def figures(
    code: str = "15-1252.00",
    pay: Percentiles | None = None,
    match: OccupationMatch = OccupationMatch.COVERS,
    weight: float = 1.0,
    education: str = "Bachelor's degree",
    growth: int = 16,
    exposure: int | None = 50,
) -> OfficialFigures:
    """An occupation; its pay is not published unless it is given."""
    return OfficialFigures(
        code=code,
        title=f"Occupation {code}",
        weight=weight,
        match=match,
        why="It includes the title.",
        pay=pay,
        pay_source="wages" if pay else "",
        published_for="",
        outlook=Outlook(growth, 3, "Much faster than average", 2024, 2034, 129_200, None, 9.4, "projections"),
        entry=EntryRequirements(education, "None", "None", "entry"),
        exposure=Exposure(exposure, "exposure" if exposure is not None else "", 87, "use"),
    )


def required(skill: str, level: Level = Level.WORKING, importance: Importance = Importance.ESSENTIAL) -> Requirement:
    """A requirement; the skill's name is its slug."""
    return Requirement(skill, skill.replace("-", " ").capitalize(), level, importance, HOURS)


_occupations = (figures(pay=Percentiles(79_850, 103_050, 133_080, 169_000, 211_450)),)

DEVELOPER = RoleProfile(
    slug="backend-developer",
    title="Backend developer",
    category="Software",
    difficulty=Difficulty.INTERMEDIATE,
    entry_barrier=EntryBarrier.MEDIUM,
    entry_barrier_why="Interviews test algorithms.",
    coding=Coding.REQUIRED,
    coding_why="Code is what is delivered.",
    remote=Remote.YES,
    remote_why="Most of the work is done in writing.",
    has_ai=False,
    duration=Duration(40, 10),
    taught_weeks={"python": 10.0, "sql": 6.0},
    pay=basis([one.occupation_pay for one in _occupations]),
    figures=_occupations,
    required=(
        required("python", Level.PRACTITIONER),
        required("sql"),
        required("devops", Level.AWARENESS, Importance.OPTIONAL),
    ),
    day=(
        DayTask("Review a colleague's change.", WorkMode.TOGETHER),
        DayTask("Write a service and its tests.", WorkMode.ALONE),
        DayTask("Find out why a request is slow.", WorkMode.ALONE),
        DayTask("Agree on an interface with the people who will use it.", WorkMode.TOGETHER),
        DayTask("Move a table while the site is up.", WorkMode.ALONE),
    ),
    backgrounds=(Background("a frontend developer", "frontend-developer"), Background("a database administrator")),
    tools=(ToolUse("git", "Git", Price.FREE), ToolUse("postgresql", "PostgreSQL", Price.FREE, "or another database")),
    ladder=(
        Rung(("Junior backend developer",), 0, 2, 75_000, 105_000),
        Rung(("Backend developer",), 2, 5, 100_000, 145_000),
        Rung(("Principal engineer", "Staff engineer"), 5, None, None, None),
    ),
    ladder_source="editorial",
)

_proxies = (
    figures(
        "27-1014.00",
        Percentiles(50_000, 70_000, 99_000, 130_000, 170_000, top_coded=True),
        OccupationMatch.PROXY,
        0.6,
        growth=2,
        exposure=40,
    ),
    figures(
        "27-1013.00",
        Percentiles(26_420, 39_740, 60_560, 89_630, 140_660),
        OccupationMatch.PROXY,
        0.4,
        education="High school diploma or equivalent",
        growth=-1,
        exposure=60,
    ),
)

ARTIST = replace(
    DEVELOPER,
    slug="ai-artist",
    title="AI artist",
    category="AI design",
    entry_barrier=EntryBarrier.HIGH,
    coding=Coding.NONE,
    coding_why="Pictures are made with tools.",
    remote=Remote.NO,
    remote_why="Studios review together.",
    has_ai=True,
    duration=Duration(26, 10),
    taught_weeks={"drawing": 8.0},
    pay=basis([one.occupation_pay for one in _proxies]),
    figures=_proxies,
    required=(required("drawing"), required("colour", Level.AWARENESS, Importance.OPTIONAL)),
    day=(
        DayTask("Draw thumbnails.", WorkMode.ALONE),
        DayTask("Repaint hands.", WorkMode.ALONE),
        DayTask("Defend a picture in a review.", WorkMode.TOGETHER),
    ),
    backgrounds=(Background("a backend developer", "backend-developer"), Background("an illustrator")),
    tools=(ToolUse("krita", "Krita", Price.FREE), ToolUse("git", "Git", Price.FREE)),
    ladder=(Rung(("AI artist",), 0, None, 40_000, 90_000),),
)

UNMEASURED = replace(
    ARTIST,
    slug="prompt-gardener",
    title="Prompt gardener",
    pay=basis([]),
    figures=(),
    day=(),
    backgrounds=(),
    tools=(),
    ladder=(),
    coding=Coding.OPTIONAL,
)
"""A role for which next to nothing is published."""

# --- Random ones --------------------------------------------------------------------------------------------------

SKILLS = [f"skill-no-{number}" for number in range(12)]

_levels = st.sampled_from(Level)
requirements = st.lists(st.sampled_from(SKILLS), max_size=10, unique=True).flatmap(
    lambda skills: st.tuples(
        *(
            st.builds(
                Requirement,
                skill=st.just(skill),
                name=st.just(skill.capitalize()),
                level=_levels,
                importance=st.sampled_from(Importance),
                hours=st.tuples(*(st.integers(1, 400) for _ in Level)),
            )
            for skill in skills
        )
    )
)
ledgers = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 4), max_size=len(SKILLS))

_percentiles = st.tuples(st.lists(st.integers(15_000, 300_000), min_size=5, max_size=5).map(sorted), st.booleans()).map(
    lambda drawn: Percentiles(drawn[0][0], drawn[0][1], drawn[0][2], drawn[0][3], drawn[0][4], drawn[1])
)
_figures = st.lists(
    st.builds(
        figures,
        code=st.integers(0, 99).map(lambda number: f"10-00{number:02}.00"),
        pay=st.none() | _percentiles,
        match=st.sampled_from(OccupationMatch),
        weight=st.floats(0.1, 1),
        education=st.sampled_from([*Education.labels, "Not published"]),
        growth=st.integers(-40, 60),
        exposure=st.none() | st.integers(0, 100),
    ),
    max_size=3,
    unique_by=lambda one: one.code,
)
_days = st.lists(
    st.builds(DayTask, st.integers(0, 30).map(lambda number: f"Do thing {number}."), st.sampled_from(WorkMode)),
    max_size=8,
    unique_by=lambda task: task.text,
)


@st.composite
def profiles(draw: st.DrawFn, slug: str = "") -> RoleProfile:
    """Any role that content could describe, and some that it could not."""
    occupations = tuple(draw(_figures))
    asked = draw(requirements)
    taught = draw(st.dictionaries(st.sampled_from([one.skill for one in asked]), st.floats(0, 8))) if asked else {}
    name = slug or draw(st.sampled_from(["role-a", "role-b", "role-c"]))
    return replace(
        DEVELOPER,
        slug=name,
        title=name.capitalize(),
        entry_barrier=draw(st.sampled_from(EntryBarrier)),
        coding=draw(st.sampled_from(Coding)),
        remote=draw(st.sampled_from(Remote)),
        has_ai=draw(st.booleans()),
        duration=Duration(draw(st.integers(4, 120)), draw(st.integers(2, 40))),
        taught_weeks=taught,
        pay=basis([one.occupation_pay for one in occupations]),
        figures=occupations,
        required=asked,
        day=tuple(draw(_days)),
        tools=tuple(draw(st.lists(st.sampled_from([*DEVELOPER.tools, *ARTIST.tools]), unique_by=lambda one: one.slug))),
        ladder=DEVELOPER.ladder[: draw(st.integers(0, 3))],
        backgrounds=draw(st.sampled_from([(), DEVELOPER.backgrounds])),
    )


def usual_answers(question: FitQuestion) -> st.SearchStrategy[str]:
    """Answers that a question offers."""
    if question.is_number:
        return st.integers(question.least, min(question.most, 400_000)).map(str)
    return st.sampled_from(question.options)


@st.composite
def judged_cases(draw: st.DrawFn) -> tuple[RoleProfile, FitAnswers]:
    """A role and answers to some of its questions."""
    profile = draw(profiles())
    values = {
        question.field: draw(usual_answers(question)) for question in questions_for(profile) if draw(st.booleans())
    }
    held = draw(ledgers)
    return profile, FitAnswers(values, held, draw(st.sampled_from(["", "frontend-developer"])))
