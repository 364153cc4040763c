"""Two to four roles side by side: rows in one fixed order, what differs, and an order by somebody's own weights.

The rows and the order do not depend on the order in which the roles were chosen; only the columns do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import mean

from .figures import OfficialFigures
from .fit import BEST_FIRST, Fit
from .gap import Requirement, between
from .profile import RoleProfile, Rung, ToolUse
from .vocabulary import Difficulty, EntryBarrier, Remote

FEWEST, MOST = 2, 4
"""How many roles can stand side by side and still be read."""

MOST_WEIGHT = 3
"""The greatest weight one can give: 0 is "does not matter", 3 "matters a lot"."""


class RowGroup(StrEnum):
    """The parts of the table, in the order they stand in."""

    FACTS = "facts"
    PAY = "pay"
    TIME = "time"
    YOU = "you"
    SKILLS = "skills"
    TOOLS = "tools"
    DAY = "day"
    LADDER = "ladder"


class RowKey(StrEnum):
    """What a row tells. Skills, tools and steps of the ladder have a row for each, told apart by its subject."""

    CATEGORY = "category"
    DIFFICULTY = "difficulty"
    BARRIER = "barrier"
    CODING = "coding"
    REMOTE = "remote"
    GROWTH = "growth"
    OPENINGS = "openings"
    AI_EXPOSURE = "ai-exposure"
    AI_IN_USE = "ai-in-use"
    MEDIAN_PAY = "median-pay"
    PAY_RANGE = "pay-range"
    PAY_BASIS = "pay-basis"
    MONTHS = "months"
    HOURS = "hours"
    PACE = "pace"
    READINESS = "readiness"
    HOURS_LEFT = "hours-left"
    FIT = "fit"
    SKILL = "skill"
    TOOL = "tool"
    TOGETHER = "together"
    DAY = "day"
    STEP = "step"


MEASURED = frozenset(
    {
        RowKey.GROWTH,
        RowKey.OPENINGS,
        RowKey.AI_EXPOSURE,
        RowKey.AI_IN_USE,
        RowKey.MEDIAN_PAY,
        RowKey.MONTHS,
        RowKey.HOURS,
        RowKey.PACE,
        RowKey.READINESS,
        RowKey.HOURS_LEFT,
        RowKey.SKILL,
        RowKey.TOGETHER,
    }
)
"""Rows in which a difference to the baseline says something; that of two wide ranges of pay does not."""


class RowKind(StrEnum):
    """How a cell is to be read."""

    WORDS = "words"
    DOLLARS = "dollars"
    PER_CENT = "per-cent"
    COUNT = "count"
    MONTHS = "months"
    HOURS = "hours"
    LEVEL = "level"


class Better(StrEnum):
    """Which way a row is better for nearly everybody; most rows are a matter of taste."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Criterion(StrEnum):
    """What somebody can weigh for themselves."""

    PAY = "pay"
    TIME = "time"
    REMOTE = "remote"
    AI_EXPOSURE = "ai_exposure"


@dataclass(frozen=True)
class Difference:
    """Least and greatest difference to the baseline, in the unit of the row; both the same when figures are single."""

    low: float
    high: float


@dataclass(frozen=True)
class Cell:
    """One role's entry in a row: a figure or a range (``low`` to ``high``), or words, or nothing where it is not known.

    ``note`` is one word more from the role's guide: the importance of a skill, the use of a tool. ``source`` is the
    slug of the source. ``is_nearest``: the figure is that of the nearest occupations, because none are published for
    the title.
    """

    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    is_nearest: bool = False
    is_best: bool = False
    difference: Difference | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show."""
        return self.low is not None or bool(self.words)

    @property
    def figures(self) -> tuple[float, float] | None:
        """The range of a cell that has figures."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def content(self) -> tuple[object, ...]:
        """What a reader sees of it: two cells with the same content say the same."""
        return self.low, self.high, self.words, self.note, self.is_nearest


@dataclass(frozen=True)
class Row:
    """A line of the table, its cells in the order of the columns. ``subject`` names the skill, tool or step it is
    about."""

    group: RowGroup
    key: RowKey
    kind: RowKind
    better: Better
    cells: tuple[Cell, ...]
    subject: str = ""
    slug: str = ""

    @property
    def is_same(self) -> bool:
        """Whether all roles say the same here."""
        return len({cell.content for cell in self.cells}) == 1


@dataclass(frozen=True)
class Column:
    """A role of the comparison."""

    slug: str
    title: str
    is_baseline: bool


@dataclass(frozen=True)
class Contribution:
    """What one criterion adds to a role: ``weight`` times ``standing``.

    ``standing`` is 100 for the best of the compared roles, 0 for the worst and in proportion between; 0 for all when
    they do not differ. A role whose figure is not known stands at 0 too, and ``is_known`` says so.
    """

    criterion: Criterion
    weight: int
    standing: int
    is_known: bool

    @property
    def points(self) -> int:
        """Weighted standing."""
        return self.weight * self.standing


@dataclass(frozen=True)
class Placed:
    """A role in the order that the weights give. Its contributions add up to its points."""

    slug: str
    title: str
    place: int
    contributions: tuple[Contribution, ...]

    @property
    def points(self) -> int:
        """Sum of what the criteria add."""
        return sum(one.points for one in self.contributions)

    @property
    def possible(self) -> int:
        """The most that these weights can give."""
        return sum(100 * one.weight for one in self.contributions)


@dataclass(frozen=True)
class Comparison:
    """The whole table. ``order`` is empty while nothing is given weight."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    order: tuple[Placed, ...]

    @property
    def differing(self) -> tuple[Row, ...]:
        """Rows in which the roles differ."""
        return tuple(row for row in self.rows if not row.is_same)

    def of_group(self, group: RowGroup, only_differences: bool = False) -> tuple[Row, ...]:
        """The rows of one part of the table."""
        return tuple(row for row in (self.differing if only_differences else self.rows) if row.group == group)


@dataclass(frozen=True)
class Viewer:
    """What is known of the person who compares: skills held by slug (None without a ledger) and results of fit
    checks."""

    held: Mapping[str, int] | None = None
    fits: Mapping[str, Fit] = field(default_factory=dict)


NOBODY = Viewer()


def compare(
    profiles: Sequence[RoleProfile],
    weights: Mapping[Criterion, int] | None = None,
    baseline: str = "",
    viewer: Viewer = NOBODY,
) -> Comparison:
    """The comparison of two to four different roles, in the order of ``profiles``.

    ``baseline`` is the slug of the role that the others are measured by; without one no differences are computed.
    ValueError for any other number of roles, for a role twice, for a baseline that is not among them and for a weight
    outside 0 to 3.
    """
    slugs = [profile.slug for profile in profiles]
    if not FEWEST <= len(slugs) <= MOST:
        raise ValueError(f"{len(slugs)} roles cannot be compared, {FEWEST} to {MOST} can.")
    if len(set(slugs)) != len(slugs):
        raise ValueError("A role cannot be compared with itself.")
    if baseline and baseline not in slugs:
        raise ValueError("The baseline is one of the compared roles.")
    weights = weights or {}
    if any(not 0 <= weight <= MOST_WEIGHT for weight in weights.values()):
        raise ValueError(f"A weight lies between 0 and {MOST_WEIGHT}.")
    base = _place_of(baseline, profiles)
    before = [*_facts(profiles), *_pay(profiles), *_time(profiles)]
    after = [*_skills(profiles), *_tools(profiles), *_day(profiles), *_ladder(profiles)]
    return Comparison(
        columns=tuple(Column(one.slug, one.title, one.slug == baseline) for one in profiles),
        rows=(
            *(_finished(row, base) for row in before),
            *rows_about(viewer, profiles, baseline),
            *(_finished(row, base) for row in after),
        ),
        order=order(profiles, weights),
    )


def rows_about(viewer: Viewer, profiles: Sequence[RoleProfile], baseline: str = "") -> tuple[Row, ...]:
    """The rows of a comparison that are about the person who compares; all others are the same for everybody."""
    base = _place_of(baseline, profiles)
    return tuple(_finished(row, base) for row in _viewer(profiles, viewer))


def _place_of(baseline: str, profiles: Sequence[RoleProfile]) -> int | None:
    return next((place for place, one in enumerate(profiles) if baseline and one.slug == baseline), None)


def _finished(row: Row, base: int | None) -> Row:
    """The row with its best cells marked and its differences to the baseline computed."""
    cells = _marked(row)
    if base is not None and row.key in MEASURED:
        origin = cells[base]
        cells = [
            replace(cell, difference=_difference(row.kind, origin, cell)) if index != base else cell
            for index, cell in enumerate(cells)
        ]
    return replace(row, cells=tuple(cells))


def _marked(row: Row) -> list[Cell]:
    """A cell is best when no known one reaches beyond either of its ends; overlapping ranges have no best."""
    known = [cell.figures for cell in row.cells if cell.figures]
    if row.better == Better.NEITHER or len(known) < FEWEST or len(set(known)) == 1:
        return list(row.cells)
    choose = max if row.better == Better.HIGHER else min
    best = choose(low for low, _ in known), choose(high for _, high in known)
    return [replace(cell, is_best=cell.figures == best) for cell in row.cells]


def _difference(kind: RowKind, origin: Cell, cell: Cell) -> Difference | None:
    """From the least to the most favourable pairing of both ranges; none where one of them is not known."""
    before, after = origin.figures, cell.figures
    if before is None or after is None:
        return None
    if kind == RowKind.LEVEL and 0 in (*before, *after):
        # "Not asked for" says it already.
        return None
    if before == after:
        return Difference(0, 0)
    return Difference(after[0] - before[1], after[1] - before[0])


# --- Rows ---------------------------------------------------------------------------------------------------------


def _row(
    group: RowGroup,
    key: RowKey,
    kind: RowKind,
    cells: Iterable[Cell],
    better: Better = Better.NEITHER,
    subject: str = "",
    slug: str = "",
) -> Row:
    return Row(group, key, kind, better, tuple(cells), subject, slug)


def _words(*words: str) -> Cell:
    return Cell(words=tuple(word for word in words if word))


def _scale(place: int, label: str) -> Cell:
    """A word that stands at a place of an ascending list."""
    return Cell(low=place, high=place, words=(label,))


def _number(value: float) -> Cell:
    return Cell(low=value, high=value)


def _official(profile: RoleProfile, figure: Callable[[OfficialFigures], tuple[float, str] | None]) -> Cell:
    """The range of an official figure over the occupations that stand for a role."""
    known = [found for one in profile.figures if (found := figure(one)) is not None]
    if not known:
        return Cell()
    values = [value for value, _ in known]
    return Cell(min(values), max(values), source=known[0][1], is_nearest=not profile.pay.is_official)


def _growth(one: OfficialFigures) -> tuple[float, str] | None:
    return (one.outlook.growth_percent, one.outlook.source) if one.outlook else None


def _openings(one: OfficialFigures) -> tuple[float, str] | None:
    if one.outlook is None or one.outlook.openings_per_year is None:
        return None
    return one.outlook.openings_per_year, one.outlook.source


def _exposure(one: OfficialFigures) -> tuple[float, str] | None:
    share = one.exposure.task_share_percent
    return None if share is None else (share, one.exposure.task_share_source)


def _use(one: OfficialFigures) -> tuple[float, str] | None:
    percentile = one.exposure.observed_use_percentile
    return None if percentile is None else (percentile, one.exposure.observed_use_source)


def _facts(profiles: Sequence[RoleProfile]) -> list[Row]:
    group, words = RowGroup.FACTS, RowKind.WORDS
    difficulties, barriers, remotes = list(Difficulty), list(EntryBarrier), list(Remote)
    return [
        _row(group, RowKey.CATEGORY, words, [_words(one.category) for one in profiles]),
        _row(
            group,
            RowKey.DIFFICULTY,
            words,
            [_scale(difficulties.index(one.difficulty), one.difficulty.label) for one in profiles],
        ),
        _row(
            group,
            RowKey.BARRIER,
            words,
            [_scale(barriers.index(one.entry_barrier), one.entry_barrier.label) for one in profiles],
            Better.LOWER,
        ),
        _row(group, RowKey.CODING, words, [_words(one.coding.label) for one in profiles]),
        _row(
            group,
            RowKey.REMOTE,
            words,
            [_scale(remotes.index(one.remote), one.remote.label) for one in profiles],
            Better.HIGHER,
        ),
        _row(group, RowKey.GROWTH, RowKind.PER_CENT, [_official(one, _growth) for one in profiles], Better.HIGHER),
        _row(group, RowKey.OPENINGS, RowKind.COUNT, [_official(one, _openings) for one in profiles], Better.HIGHER),
        _row(group, RowKey.AI_EXPOSURE, RowKind.PER_CENT, [_official(one, _exposure) for one in profiles]),
        _row(group, RowKey.AI_IN_USE, RowKind.COUNT, [_official(one, _use) for one in profiles]),
    ]


def _pay(profiles: Sequence[RoleProfile]) -> list[Row]:
    def dollars(profile: RoleProfile, amounts: tuple[int, int] | None) -> Cell:
        if amounts is None:
            return Cell()
        return Cell(*amounts, source=profile.pay_source, is_nearest=not profile.pay.is_official)

    group = RowGroup.PAY
    return [
        _row(
            group,
            RowKey.MEDIAN_PAY,
            RowKind.DOLLARS,
            [dollars(one, one.pay.medians) for one in profiles],
            Better.HIGHER,
        ),
        _row(group, RowKey.PAY_RANGE, RowKind.DOLLARS, [dollars(one, one.pay.envelope) for one in profiles]),
        _row(
            group,
            RowKey.PAY_BASIS,
            RowKind.WORDS,
            [_words(*(row.title for row in one.pay.rows if row.pay)) for one in profiles],
        ),
    ]


def _time(profiles: Sequence[RoleProfile]) -> list[Row]:
    group = RowGroup.TIME
    lengths = [one.duration for one in profiles]
    return [
        _row(group, RowKey.MONTHS, RowKind.MONTHS, [_number(one.months) for one in lengths], Better.LOWER),
        _row(group, RowKey.HOURS, RowKind.HOURS, [_number(one.hours) for one in lengths], Better.LOWER),
        _row(group, RowKey.PACE, RowKind.HOURS, [_number(one.hours_per_week) for one in lengths]),
    ]


def _viewer(profiles: Sequence[RoleProfile], viewer: Viewer) -> list[Row]:
    group, rows = RowGroup.YOU, []
    if viewer.held is not None:
        gaps = [between(viewer.held, one.required) for one in profiles]
        ready = [_number(round(100 * gap.readiness)) for gap in gaps]
        rows.append(_row(group, RowKey.READINESS, RowKind.PER_CENT, ready, Better.HIGHER))
        left = [_number(gap.hours) for gap in gaps]
        rows.append(_row(group, RowKey.HOURS_LEFT, RowKind.HOURS, left, Better.LOWER))
    if any(one.slug in viewer.fits for one in profiles):
        cells = [_band(viewer.fits.get(one.slug)) for one in profiles]
        rows.append(_row(group, RowKey.FIT, RowKind.WORDS, cells))
    return rows


def _band(fit: Fit | None) -> Cell:
    return Cell() if fit is None else _scale(BEST_FIRST.index(fit.band), fit.band.label)


def _skills(profiles: Sequence[RoleProfile]) -> list[Row]:
    """A row for every skill: shared ones first, then by the highest level asked, then by name."""
    required = [{one.skill: one for one in profile.required} for profile in profiles]
    asked: dict[str, list[Requirement]] = {}
    for one in (requirement for profile in profiles for requirement in profile.required):
        asked.setdefault(one.skill, []).append(one)
    by_place = sorted(
        asked.values(), key=lambda same: (-len(same), -max(one.level for one in same), same[0].name, same[0].skill)
    )
    return [
        _row(
            RowGroup.SKILLS,
            RowKey.SKILL,
            RowKind.LEVEL,
            [_level(mine.get(same[0].skill)) for mine in required],
            subject=same[0].name,
            slug=same[0].skill if same[0].has_page else "",
        )
        for same in by_place
    ]


def _level(requirement: Requirement | None) -> Cell:
    """Level 0 is a fact: the role does not ask for the skill."""
    if requirement is None:
        return _number(0)
    return Cell(
        low=requirement.level,
        high=requirement.level,
        words=(requirement.level.label,),
        note=requirement.importance.label,
    )


def _tools(profiles: Sequence[RoleProfile]) -> list[Row]:
    """A row for every tool: shared ones first, then by name."""
    used = [{tool.slug: tool for tool in profile.tools} for profile in profiles]
    named = {tool.slug: tool for mine in used for tool in mine.values()}
    times = {slug: sum(slug in mine for mine in used) for slug in named}
    by_place = sorted(named.values(), key=lambda tool: (-times[tool.slug], tool.name, tool.slug))
    return [
        _row(
            RowGroup.TOOLS,
            RowKey.TOOL,
            RowKind.COUNT,
            [_use_of(mine.get(tool.slug)) for mine in used],
            subject=tool.name,
            slug=tool.slug,
        )
        for tool in by_place
    ]


def _use_of(tool: ToolUse | None) -> Cell:
    return _number(0) if tool is None else Cell(low=1, high=1, note=tool.note)


def _day(profiles: Sequence[RoleProfile]) -> list[Row]:
    group = RowGroup.DAY
    shares = [one.together_share for one in profiles]
    return [
        _row(
            group,
            RowKey.TOGETHER,
            RowKind.PER_CENT,
            [Cell() if share is None else _number(round(100 * share)) for share in shares],
        ),
        _row(group, RowKey.DAY, RowKind.WORDS, [_words(*(task.text for task in one.day)) for one in profiles]),
    ]


def _ladder(profiles: Sequence[RoleProfile]) -> list[Row]:
    """A row for every step; shorter ladders end earlier."""
    return [
        _row(
            RowGroup.LADDER,
            RowKey.STEP,
            RowKind.DOLLARS,
            [_step(one.ladder[step], one.ladder_source) if step < len(one.ladder) else Cell() for one in profiles],
            subject=str(step + 1),
        )
        for step in range(max(len(one.ladder) for one in profiles))
    ]


def _step(rung: Rung, source: str) -> Cell:
    return Cell(low=rung.pay_low, high=rung.pay_high, words=rung.titles, source=source)


# --- Order by own weights -----------------------------------------------------------------------------------------


def _value(profile: RoleProfile, criterion: Criterion) -> float | None:
    """How good a role is by a criterion, the more the better; the middle of a range stands for it."""
    if criterion == Criterion.PAY:
        return mean(profile.pay.medians) if profile.pay.medians else None
    if criterion == Criterion.TIME:
        return -float(profile.duration.hours)
    if criterion == Criterion.REMOTE:
        return float(list(Remote).index(profile.remote))
    exposure = _official(profile, _exposure).figures
    return -mean(exposure) if exposure else None


def order(profiles: Sequence[RoleProfile], weights: Mapping[Criterion, int]) -> tuple[Placed, ...]:
    """The roles in the order that the weights give, the best first; empty while nothing is given weight."""
    chosen = [criterion for criterion in Criterion if weights.get(criterion, 0)]
    if not chosen:
        return ()
    contributions: dict[str, list[Contribution]] = {one.slug: [] for one in profiles}
    for criterion in chosen:
        values = {one.slug: _value(one, criterion) for one in profiles}
        known = [value for value in values.values() if value is not None]
        for slug, value in values.items():
            standing = _standing(value, known)
            contributions[slug].append(Contribution(criterion, weights[criterion], standing, value is not None))
    placed = [Placed(one.slug, one.title, 0, tuple(contributions[one.slug])) for one in profiles]
    placed.sort(key=lambda one: (-one.points, one.title, one.slug))
    # Equal points share a place.
    return tuple(replace(one, place=1 + sum(other.points > one.points for other in placed)) for one in placed)


def _standing(value: float | None, known: Sequence[float]) -> int:
    if value is None or min(known) == max(known):
        return 0
    return round(100 * (value - min(known)) / (max(known) - min(known)))
