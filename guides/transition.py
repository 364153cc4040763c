"""A move between any two ends, computed: how alike they are, what carries over, what is missing, how long that takes.

An end is a role of ours or an official occupation. Both bring what official occupations were rated for; a role brings
its own skills besides, and where the destination is a role, those decide what is to be learned and how long it takes.
Alikeness is symmetric and comes from ``proximity``; readiness and time have a direction.

Two lengths, told apart by ``Basis``. To a role: for each missing skill, the hours that the role's own roadmap spends on
it, times the share of the way to the level asked that is still to go. To an official occupation: the share that is not
ready of the preparation that its job zone usually takes. Holding more never makes either longer.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .duration import WEEKS_PER_MONTH
from .gap import GapEntry, Requirement, SkillGap, between, level_after
from .plan import QUICKER, SLOWER
from .proximity import Asked, Band, Months, Norm, Readiness, Reason, band, is_known, readiness, tools_to_learn
from .vocabulary import Education, EntryBarrier, Importance

MARGIN = 8.7
"""Mean error, in points of match, of an end that only nearest occupations stand for: measured for blend B by pretending
each rated occupation to be one. The loaded blend errs less (docs/quality.md), and the wider of the two is told. Of two
such ends the errors are taken to be independent."""

STEP = 5
"""Uncertain matches are told in steps of so many points."""

PREPARATION_HOURS = 2_000
"""Hours of a year of preparation: the least on-the-job learning of a registered apprenticeship in the United States
(29 CFR 29.4), which is laid out as a year."""

PREPARATION_PACE = 40
"""Hours a week at which preparation for an occupation is counted: full time."""

STRETCH_WEEKS = 5
"""A phase is closed once it has so many weeks of work."""

SHORTEST_WEEKS = 2
"""A last phase shorter than this joins the one before."""

ELEMENTS_A_PHASE = 3
"""Requirements of an occupation that one phase is about."""

MOST_ELEMENTS = 9
"""Requirements of an occupation that a roadmap names; the hours of smaller gaps are shared out among these."""

MOST_TOOLS = 12
"""New tools that are named."""


# -- Ends --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Element:
    """A skill or field of knowledge that an occupation was rated for: importance 1 to 5, level 0 to 7."""

    kind: str
    """``skills`` or ``knowledge``; some names stand in both."""
    name: str
    importance: float
    level: float
    usual: Norm

    @property
    def key(self) -> str:
        """One name for the element over all occupations."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True)
class Rated:
    """A rated occupation that stands for an end with a weight."""

    weight: float
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """Months of preparation that are usual for an occupation, with its weight in the end."""

    weight: float
    months: Months


@dataclass(frozen=True, slots=True)
class Teaches:
    """What the roadmap of a role spends on a skill, and in which of its phases it begins with it (from 0)."""

    hours: float
    phase: int


@dataclass(frozen=True)
class Taster:
    """A small piece of the work to try before anything else; ``doubt`` is a sign against the move."""

    title: str
    hours: int
    text: str
    encouraging: str
    doubt: str


@dataclass(frozen=True)
class End:
    """What the rule needs to know of an end of a move; what is not known is empty or None."""

    slug: str
    is_role: bool
    rated: tuple[Rated, ...] = ()
    preparation: tuple[Preparation, ...] = ()
    education: Education | None = None
    experience: str = ""
    training: str = ""
    has_licence_section: bool | None = None
    has_pay: bool = False
    tools: frozenset[str] = frozenset()
    hot_tools: tuple[str, ...] = ()
    required: tuple[Requirement, ...] = ()
    held: Mapping[str, int] | None = None
    """Levels of our skills that somebody there holds; None where nobody can say."""
    teaches: Mapping[str, Teaches] | None = None
    tasters: tuple[Taster, ...] = ()
    hours_per_week: int = PREPARATION_PACE
    barrier: EntryBarrier | None = None


# -- Match -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    """How alike two ends are: the share of all pairs of occupations, 0 to 100, that are no more alike."""

    value: float
    margin: float = 0.0
    reasons: tuple[Reason, ...] = ()

    @property
    def low(self) -> int:
        """The lower end of what can be said, in steps where the match is uncertain."""
        return self._rounded(max(0.0, self.value - self.margin))

    @property
    def high(self) -> int:
        """The upper end of what can be said."""
        return self._rounded(min(100.0, self.value + self.margin))

    def _rounded(self, value: float) -> int:
        if not self.margin:
            return math.floor(value)
        return int(STEP * math.floor(value / STEP + 0.5))

    @property
    def middle(self) -> int:
        """The match to the point, or the middle of what can be said."""
        return round((self.low + self.high) / 2)

    @property
    def is_range(self) -> bool:
        """Whether nearest occupations stand for an end, so that a single number would say too much."""
        return self.margin > 0

    @property
    def band(self) -> Band:
        """What happens between jobs this alike."""
        return band(self.value)


def margin(*uncertain: bool) -> float:
    """The margin of a match, from whether each end is known by its nearest occupations alone."""
    return MARGIN * math.sqrt(sum(uncertain))


# -- What is missing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Study:
    """A skill of a role that is not held at the level asked.

    ``hours`` is what this route gives it, ``after`` the level about reached by them, 0 to 4. The hours to the level
    asked are those of ``entry``.
    """

    entry: GapEntry
    hours: int
    after: int
    phase: int

    @property
    def is_short(self) -> bool:
        """Whether the route ends below the level that doing the job well takes."""
        return self.after < self.entry.requirement.level


@dataclass(frozen=True)
class Step:
    """A task of a computed roadmap. ``key`` depends on what is learned alone, never on hours or wording."""

    key: str
    subject: str
    """Slug of a skill, name of an element, or title of a taster."""
    hours: int
    is_essential: bool
    held: float = 0.0
    aim: float = 0.0
    """From which level to which: 0 to 4 of our skills, 0 to 7 of official elements."""
    is_reached: bool = True
    """Whether the hours are about enough for the level; if not, they go towards it."""


class StretchKind(Enum):
    """What a phase of a computed roadmap is about."""

    TRY = "try"
    SKILLS = "skills"
    ELEMENTS = "elements"


@dataclass(frozen=True)
class Stretch:
    """A phase of a computed roadmap."""

    kind: StretchKind
    key: str
    steps: tuple[Step, ...]
    weeks: int

    @property
    def hours(self) -> int:
        """Hours of all its tasks."""
        return sum(step.hours for step in self.steps)

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about, each once, in order."""
        return tuple(dict.fromkeys(step.subject for step in self.steps))


class Basis(Enum):
    """What a length is counted from."""

    SKILLS = "skills"
    PREPARATION = "preparation"


@dataclass(frozen=True)
class Length:
    """Time as a range of whole months, with the hours in its middle at ``hours_per_week``."""

    low: int
    high: int
    hours: int
    hours_per_week: int
    basis: Basis


class GateKind(Enum):
    """What keeps people out that learning alone does not open."""

    EDUCATION = "education"
    LICENCE = "licence"
    EXPERIENCE = "experience"
    TRAINING = "training"
    BARRIER = "barrier"


@dataclass(frozen=True)
class Gate:
    """One of them. ``words`` are the statistics office's; ``before`` is what the origin usually has."""

    kind: GateKind
    words: str = ""
    before: str = ""


class Unknown(Enum):
    """What is not known about a move."""

    MATCH = "match"
    PROXY = "proxy"
    READINESS = "readiness"
    SKILLS_OF_ORIGIN = "skills of origin"
    SKILLS_OF_DESTINATION = "skills of destination"
    LENGTH = "length"
    PAY = "pay"
    STARTING_PAY = "starting pay"
    TIME_OF_OTHERS = "time of others"
    NEARBY = "nearby"


@dataclass(frozen=True)
class Move:
    """Everything computed about a move. Every part is its own reason."""

    match: Match | None
    ready: float | None
    """Share of what is distinctive of the destination that the origin brings, 0 to 1; None without ratings."""
    elements: Readiness | None
    """Official requirement by requirement what the origin brings."""
    gap: SkillGap | None
    """Our skills, where the destination is a role and somebody can say what the origin holds."""
    studies: tuple[Study, ...]
    """The skills to learn, the most important first."""
    tools: tuple[str, ...]
    """Tools in demand at the destination that are new."""
    length: Length | None
    route: tuple[Stretch, ...]
    gates: tuple[Gate, ...]
    unknown: tuple[Unknown, ...]


def move(origin: End, destination: End, match: Match | None) -> Move:
    """The move from ``origin`` to ``destination``, whose ``match`` was computed before."""
    ready = readiness_between(origin, destination)
    elements = explained(origin, destination)
    held = origin.held if origin.held is not None else {}
    gap = between(held, destination.required) if destination.required else None
    studies = studies_of(gap, destination) if gap else ()
    length = length_of(studies, destination) if destination.is_role else _preparation(ready, destination)
    route = (
        _route_of_skills(studies, destination)
        if destination.is_role
        else _route_of_elements(elements, length)
        if elements and length
        else ()
    )
    return Move(
        match=match,
        ready=ready,
        elements=elements,
        gap=gap,
        studies=studies,
        tools=tools_to_learn(origin.tools, destination.hot_tools)[:MOST_TOOLS] if origin.tools else (),
        length=length,
        route=route,
        gates=gates(origin, destination),
        unknown=_unknown(origin, destination, match, ready, length),
    )


# -- Readiness by official ratings -------------------------------------------------------------------------------------


def _asked(rated: Rated, held: Mapping[str, float]) -> tuple[Asked, ...]:
    return tuple(
        Asked(one.key, one.name, one.importance, one.level) for one in rated.elements if is_known(one.key, held)
    )


def _norms(ends: Iterable[Rated]) -> dict[str, Norm]:
    return {one.key: one.usual for rated in ends for one in rated.elements}


def readiness_between(origin: End, destination: End) -> float | None:
    """The mean over the occupations behind both ends; 1 for the same end; None where one has no ratings.

    Not the readiness of averaged profiles: whoever is averaged looks readier than anybody is.
    """
    if not origin.rated or not destination.rated:
        return None
    if origin.slug == destination.slug:
        return 1.0
    total = sum(a.weight * b.weight for a in origin.rated for b in destination.rated)
    usual = _norms(destination.rated)
    found = 0.0
    for one in origin.rated:
        held = {element.key: element.level for element in one.elements}
        for other in destination.rated:
            found += one.weight * other.weight * readiness(held, _asked(other, held), usual).value
    return min(1.0, found / total)


def mean_profile(rated: Sequence[Rated]) -> tuple[Element, ...]:
    """The weighted means of several occupations; an element counts in those that were rated for it."""
    sums: dict[str, list[float]] = {}
    first: dict[str, Element] = {}
    for one in rated:
        for element in one.elements:
            first.setdefault(element.key, element)
            entry = sums.setdefault(element.key, [0.0, 0.0, 0.0])
            entry[0] += one.weight
            entry[1] += one.weight * element.importance
            entry[2] += one.weight * element.level
    return tuple(
        Element(first[key].kind, first[key].name, importance / weight, level / weight, first[key].usual)
        for key, (weight, importance, level) in sums.items()
    )


def explained(origin: End, destination: End) -> Readiness | None:
    """What the origin brings of each requirement, where several occupations stand for an end by their means."""
    if not origin.rated or not destination.rated:
        return None
    asked = Rated(1.0, mean_profile(destination.rated))
    held = {element.key: element.level for element in mean_profile(origin.rated)}
    return readiness(held, _asked(asked, held), _norms([asked]))


def mean_months(preparation: Sequence[Preparation]) -> Months | None:
    """The weighted mean of what the occupations behind an end usually take; None without one."""
    total = sum(one.weight for one in preparation)
    if total <= 0:
        return None
    low = sum(one.weight * one.months.low for one in preparation) / total
    high = sum(one.weight * one.months.high for one in preparation) / total
    return Months(low, high)


def _preparation(ready: float | None, destination: End) -> Length | None:
    usual = mean_months(destination.preparation)
    return None if ready is None or usual is None else preparation_length(ready, usual)


def preparation_length(ready: float, usual: Months) -> Length:
    """The part that is missing of the preparation that is usual: typical, estimated, and validated by nobody."""
    low, high = (1 - ready) * usual.low, (1 - ready) * usual.high
    hours = math.ceil((low + high) / 2 / 12 * PREPARATION_HOURS)
    return Length(math.floor(low), math.ceil(high), hours, PREPARATION_PACE, Basis.PREPARATION)


# -- Our skills --------------------------------------------------------------------------------------------------------


def route_hours(requirement: Requirement, held: int, taught: float) -> int:
    """Hours that a route gives a skill: those of the role's roadmap times the share of the way that is still to go."""
    whole = sum(requirement.hours[: requirement.level])
    missing = sum(requirement.hours[max(0, held) : requirement.level])
    return math.ceil(taught * missing / whole) if whole and missing else 0


def studies_of(gap: SkillGap, destination: End) -> tuple[Study, ...]:
    """What is missing of a role's skills: essential ones first, then the longer way first."""
    taught = destination.teaches or {}
    found = []
    for entry in (*gap.to_deepen, *gap.new):
        requirement = entry.requirement
        teaches = taught.get(requirement.skill, Teaches(0, len(taught)))
        hours = route_hours(requirement, entry.held, teaches.hours)
        after = min(requirement.level, level_after(entry.held, hours, requirement.hours))
        found.append(Study(entry, hours, after, teaches.phase))
    return tuple(sorted(found, key=lambda one: (_is_optional(one), -one.hours, -one.entry.hours)))


def _is_optional(study: Study) -> bool:
    return study.entry.requirement.importance != Importance.ESSENTIAL


def length_of(studies: Iterable[Study], destination: End) -> Length:
    """The time that quick and slow learners need for a route, at the pace of the role's own roadmap."""
    return skills_length(sum(one.hours for one in studies), destination.hours_per_week)


def skills_length(hours: int, hours_per_week: int) -> Length:
    """Months for so many hours of study, from ``plan.QUICKER`` to ``plan.SLOWER`` of them."""
    months = hours / hours_per_week / WEEKS_PER_MONTH
    return Length(
        math.floor(months * float(QUICKER)), math.ceil(months * float(SLOWER)), hours, hours_per_week, Basis.SKILLS
    )


# -- Roadmap -----------------------------------------------------------------------------------------------------------


def key_of(*parts: str) -> str:
    """A key of twelve characters: the same parts give the same key on every machine and for ever."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _stretch(kind: StretchKind, steps: Sequence[Step], hours_per_week: int) -> Stretch:
    weeks = max(1, math.floor(sum(step.hours for step in steps) / hours_per_week + 0.5))
    return Stretch(kind, key_of("phase", steps[0].key), tuple(steps), weeks)


def _route_of_skills(studies: Sequence[Study], destination: End) -> tuple[Stretch, ...]:
    """A taste of the work first, then the skills in the order in which the role's own roadmap begins with them."""
    pace = destination.hours_per_week
    route = []
    if destination.tasters and studies:
        steps = [Step(key_of("taster", one.title), one.title, one.hours, True) for one in destination.tasters]
        route.append(_stretch(StretchKind.TRY, steps, pace))
    groups: list[list[Step]] = [[]]
    learned = [one for one in studies if one.hours]
    for study in sorted(learned, key=lambda one: (one.phase, _is_optional(one))):
        if _weeks(groups[-1], pace) >= STRETCH_WEEKS:
            groups.append([])
        groups[-1] += _steps(study)
    if len(groups) > 1 and _weeks(groups[-1], pace) < SHORTEST_WEEKS:
        last = groups.pop()
        groups[-1] += last
    return (*route, *(_stretch(StretchKind.SKILLS, steps, pace) for steps in groups if steps))


def _weeks(steps: Iterable[Step], pace: int) -> float:
    return sum(step.hours for step in steps) / pace


def _steps(study: Study) -> list[Step]:
    """One step for each level that the route works on; the last takes what is left of the hours."""
    requirement, left = study.entry.requirement, study.hours
    aims = range(study.entry.held + 1, max(study.after, study.entry.held + 1) + 1)
    found = []
    for aim in aims:
        hours = left if aim == aims[-1] else min(left, requirement.hours[aim - 1])
        if hours:
            key = key_of("skill", requirement.skill, str(aim))
            is_reached = aim <= study.after
            found.append(Step(key, requirement.skill, hours, not _is_optional(study), aim - 1, aim, is_reached))
        left -= hours
    return found


def _route_of_elements(elements: Readiness, length: Length) -> tuple[Stretch, ...]:
    """The largest gaps in groups, each with its share of the hours; nothing where nothing is to be learned.

    Where no gap is wide, the small ones are named that the hours come from.
    """
    named = [entry for entry in elements.to_learn if elements.share(entry) > 0]
    if not named:
        named = sorted(
            (one for one in elements.entries if elements.share(one) > 0), key=lambda one: -elements.share(one)
        )
    named = named[:MOST_ELEMENTS]
    total = sum(elements.share(entry) for entry in named)
    if not named or not length.hours:
        return ()
    steps = [
        Step(
            key_of("element", entry.asked.key),
            entry.asked.key,
            max(1, round(length.hours * elements.share(entry) / total)),
            entry.asked.importance >= ESSENTIAL_IMPORTANCE,
            entry.level,
            entry.asked.level,
        )
        for entry in named
    ]
    groups = [steps[at : at + ELEMENTS_A_PHASE] for at in range(0, len(steps), ELEMENTS_A_PHASE)]
    return tuple(_stretch(StretchKind.ELEMENTS, group, length.hours_per_week) for group in groups)


ESSENTIAL_IMPORTANCE = 3.0
"""Importance, 1 to 5, from which an official requirement counts as needed: half of the scale."""


# -- Gates and what is not known ---------------------------------------------------------------------------------------


def needs_more_education(origin: Education | None, destination: Education | None) -> bool | None:
    """Whether the destination usually asks for more education than the origin; None where one is not known."""
    if origin is None or destination is None:
        return None
    return destination.rank > origin.rank


def gates(origin: End, destination: End) -> tuple[Gate, ...]:
    """What learning alone does not open."""
    found = []
    asks, has = destination.education, origin.education
    if asks and asks != Education.NONE and needs_more_education(has, asks) is not False:
        found.append(Gate(GateKind.EDUCATION, asks.label, has.label if has else ""))
    if destination.has_licence_section:
        found.append(Gate(GateKind.LICENCE))
    if destination.experience not in ("", "None"):
        found.append(Gate(GateKind.EXPERIENCE, destination.experience))
    if destination.training not in ("", "None"):
        found.append(Gate(GateKind.TRAINING, destination.training))
    if destination.barrier == EntryBarrier.HIGH:
        found.append(Gate(GateKind.BARRIER))
    return tuple(found)


def _unknown(
    origin: End, destination: End, match: Match | None, ready: float | None, length: Length | None
) -> tuple[Unknown, ...]:
    """What is not known about this move, and two things that are not known about any."""
    doubts = {
        Unknown.MATCH: match is None,
        Unknown.PROXY: match is not None and match.is_range,
        Unknown.READINESS: ready is None,
        Unknown.SKILLS_OF_ORIGIN: destination.is_role and origin.held is None,
        Unknown.SKILLS_OF_DESTINATION: not destination.is_role,
        Unknown.LENGTH: length is None,
        Unknown.PAY: not (origin.has_pay and destination.has_pay),
        Unknown.STARTING_PAY: destination.has_pay,
        Unknown.TIME_OF_OTHERS: length is not None,
        Unknown.NEARBY: True,
    }
    return tuple(unknown for unknown, holds in doubts.items() if holds)
