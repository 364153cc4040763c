"""Geometry of the site's pictures: numbers in, places on a drawing out.

Horizontal places are per cent of the drawing's width, vertical ones are pixels. So a drawing is as wide as its column
while its text keeps its size; the least width that the layout gives it is ``NARROWEST``. Nothing here knows a colour
or a word of the page beyond the labels that it is given.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]

NARROWEST = 288
"""Width in pixels of a drawing on the narrowest screen that the site is made for: 320 less its margins."""

CHARACTER = 7.5
"""Width in pixels that a character of a chart's text takes at most, on average."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)

_NOTHING = 1e-9
"""A span that is not to be told from none: no power of ten would be left to divide it by."""


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its place, its words and the side of the words that stands at the place."""

    place: float
    label: str
    anchor: Anchor = "middle"


@dataclass(frozen=True)
class Percentiles:
    """Yearly pay of an occupation or a range for it, US dollars before tax.

    ``top_coded`` says that p90 is only known to be at least this much.
    """

    label: str
    p10: int
    p25: int
    median: int
    p75: int
    p90: int
    top_coded: bool = False

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """Name and words of each percentile, for the table that says the same as the drawing."""
        return (
            ("Lowest tenth, below", self._words(self.p10)),
            ("Lowest quarter, below", self._words(self.p25)),
            ("Median", self._words(self.median)),
            ("Highest quarter, above", self._words(self.p75)),
            ("Highest tenth, above", self._words(self.p90)),
        )

    @property
    def ends(self) -> tuple[str, str]:
        """What both ends of the drawing are: ``1 in 10 earns less than $79,850``, ``1 in 10 more than $211,450``."""
        least = "at least " if self.top_coded else ""
        return f"1 in 10 earns less than {self._words(self.p10)}", f"{least}1 in 10 more than {dollars(self.p90)}"

    def _words(self, amount: int) -> str:
        """The amount; as high as an open top it is only known to be at least that."""
        return dollars(amount) + (" or more" if self.top_coded and amount == self.p90 else "")

    @property
    def median_words(self) -> str:
        """The median as an amount."""
        return self._words(self.median)


@dataclass(frozen=True)
class PayRow:
    """One strip of a pay picture: the thin line runs from p10 to p90, the thick one from p25 to p75."""

    pay: Percentiles
    x10: float
    x25: float
    x50: float
    x75: float
    x90: float
    x_end: float
    """End of the thin line: x90, or the edge of the drawing when the top is open."""

    @property
    def middle_width(self) -> float:
        """Width of the thick line."""
        return _round(self.x75 - self.x25)

    @property
    def whole_width(self) -> float:
        """Width of the thin line."""
        return _round(self.x_end - self.x10)


@dataclass(frozen=True)
class PayStrip:
    """Several strips on one scale. ``ticks`` lie under all of them."""

    rows: tuple[PayRow, ...]
    ticks: tuple[Tick, ...]
    least: int
    most: int


@dataclass(frozen=True)
class Bar:
    """A phase on the axis of weeks. Its label stands above the bar, beginning or ending with it."""

    ordinal: int
    title: str
    weeks: int
    first_week: int
    last_week: int
    x: float
    width: float
    y: int
    end: float
    label: str
    label_x: float
    anchor: Anchor


@dataclass(frozen=True)
class Timeline:
    """Phases one below the other on an axis of weeks, in ``height`` pixels without the axis."""

    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    weeks: int


@dataclass(frozen=True)
class StagePay:
    """A stage of a career ladder: name, years as words, and yearly pay in US dollars, or None where it is not known."""

    title: str
    years: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Rung:
    """A stage drawn as a stop on a column from the low to the high end of its pay."""

    ordinal: int
    title: str
    years: str
    x: float
    y_low: float
    y_middle: float
    y_high: float


@dataclass(frozen=True)
class Link:
    """A piece of line between two neighbouring stops."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Band:
    """The official p10 to p90 behind a ladder, and its median."""

    y: float
    height: float
    y_median: float


@dataclass(frozen=True)
class LadderChart:
    """A career ladder: stages from left to right, pay from the bottom to the top.

    Stages whose pay is not known have no rung; the line joins their neighbours.
    """

    height: int
    left: float
    rungs: tuple[Rung, ...]
    links: tuple[Link, ...]
    ticks: tuple[Tick, ...]
    band: Band | None


def scale_ends(least: float, most: float, intervals: int = 4) -> tuple[float, float, float]:
    """Round ends of a scale that holds ``least`` to ``most``, and the round step between its ticks.

    The step is 1, 2, 2.5 or 5 times a power of ten, the smallest that needs no more than ``intervals`` steps.
    ValueError when ``most`` is below ``least`` or ``intervals`` is below 1.
    """
    if most < least or intervals < 1:
        raise ValueError("a scale runs upwards and has at least one interval")
    span = next(span for span in (most - least, abs(most), 1.0) if span > _NOTHING)
    power = 10.0 ** math.floor(math.log10(span / intervals))
    while True:
        for factor in _STEPS:
            step = factor * power
            low = math.floor(least / step + 1e-9) * step
            high = math.ceil(most / step - 1e-9) * step
            if high == low:
                high = low + step
            if (high - low) / step <= intervals + 1e-9:
                return low, high, step
        power *= 10.0


def dollars(amount: int) -> str:
    """An amount in full: $79,850."""
    return f"${amount:,}"


def dollars_short(amount: float) -> str:
    """An amount as an axis shows it: $0, $62.5k, $150k, $1.2M."""
    if abs(amount) >= 1_000_000:
        return f"${amount / 1_000_000:.1f}".removesuffix(".0") + "M"
    if abs(amount) >= 1_000:
        return f"${amount / 1_000:.1f}".removesuffix(".0") + "k"
    return f"${amount:.0f}"


def pay_strip(pays: Sequence[Percentiles]) -> PayStrip:
    """Strips of pay on one scale, in the order given.

    ValueError when there is nothing to draw or the percentiles of a row do not ascend.
    """
    if not pays:
        raise ValueError("a pay strip needs at least one row")
    for pay in pays:
        if not pay.p10 <= pay.p25 <= pay.median <= pay.p75 <= pay.p90:
            raise ValueError(f"the percentiles of {pay.label} do not ascend")
    low, high, step = scale_ends(min(pay.p10 for pay in pays), max(pay.p90 for pay in pays))

    def x(amount: float) -> float:
        return _round((amount - low) / (high - low) * 100)

    rows = tuple(
        PayRow(
            pay=pay,
            x10=x(pay.p10),
            x25=x(pay.p25),
            x50=x(pay.median),
            x75=x(pay.p75),
            x90=x(pay.p90),
            x_end=100.0 if pay.top_coded else x(pay.p90),
        )
        for pay in pays
    )
    amounts = [low + step * index for index in range(round((high - low) / step) + 1)]
    ticks = tuple(_edge_tick(x(amount), dollars_short(amount)) for amount in amounts)
    return PayStrip(rows=rows, ticks=ticks, least=round(low), most=round(high))


BAR_PITCH = 44
"""Pixels from one bar of a timeline to the next."""


def timeline(phases: Sequence[tuple[str, int]]) -> Timeline:
    """Phases as (title, weeks) one after the other on an axis of weeks.

    ValueError when there is no phase or one has no week.
    """
    if not phases or any(weeks < 1 for _, weeks in phases):
        raise ValueError("a timeline needs phases of at least one week")
    total = sum(weeks for _, weeks in phases)
    bars: list[Bar] = []
    begun = 0
    for index, (title, weeks) in enumerate(phases):
        start, end = begun / total * 100, (begun + weeks) / total * 100
        label = f"Phase {index + 1}: {weeks} week{'s' if weeks != 1 else ''}"
        from_start = start <= 50
        bars.append(
            Bar(
                ordinal=index + 1,
                title=title,
                weeks=weeks,
                first_week=begun + 1,
                last_week=begun + weeks,
                x=_round(start),
                width=_round(end - start),
                y=BAR_PITCH * 3 // 4 + index * BAR_PITCH,
                end=_round(end),
                label=label,
                label_x=_round(start if from_start else end),
                anchor="start" if from_start else "end",
            )
        )
        begun += weeks
    step = max(1, round(scale_ends(0, total, 6)[2]))
    weeks_shown = [*(week for week in range(0, total, step) if total - week >= 0.75 * step), total]
    ticks = tuple(_edge_tick(_round(week / total * 100), str(week)) for week in weeks_shown)
    return Timeline(height=BAR_PITCH * len(bars), bars=tuple(bars), ticks=ticks, weeks=total)


LADDER_HEIGHT = 280
LADDER_LEFT = 14.0
"""Per cent of the width that the words of the pay axis take."""


def ladder_chart(stages: Sequence[StagePay], official: Percentiles | None = None) -> LadderChart | None:
    """The ladder as a line that climbs through its stages; None when fewer than two stages have a known pay.

    ``official`` puts the published p10 to p90 behind it. ValueError when a stage's low end is above its high end.
    """
    known = [stage for stage in stages if stage.low is not None and stage.high is not None]
    if len(known) < 2:
        return None
    amounts: list[int] = []
    for stage in known:
        if stage.low is None or stage.high is None:
            continue
        if stage.low > stage.high:
            raise ValueError(f"the pay of {stage.title} does not ascend")
        amounts += [stage.low, stage.high]
    if official is not None:
        amounts += [official.p10, official.p90]
    low, high, step = scale_ends(min(amounts), max(amounts), 5)

    def y(amount: float) -> float:
        return _round(LADDER_HEIGHT - (amount - low) / (high - low) * LADDER_HEIGHT)

    column = (100 - LADDER_LEFT) / len(stages)
    rungs = tuple(
        Rung(
            ordinal=index + 1,
            title=stage.title,
            years=stage.years,
            x=_round(LADDER_LEFT + column * (index + 0.5)),
            y_low=y(stage.low),
            y_middle=y((stage.low + stage.high) / 2),
            y_high=y(stage.high),
        )
        for index, stage in enumerate(stages)
        if stage.low is not None and stage.high is not None
    )
    links = tuple(
        Link(before.x, before.y_middle, after.x, after.y_middle) for before, after in itertools.pairwise(rungs)
    )
    ticks = tuple(
        Tick(y(low + step * index), dollars_short(low + step * index), "end")
        for index in range(round((high - low) / step) + 1)
    )
    band = None
    if official is not None:
        top = y(official.p90)
        band = Band(y=top, height=_round(y(official.p10) - top), y_median=y(official.median))
    return LadderChart(height=LADDER_HEIGHT, left=LADDER_LEFT, rungs=rungs, links=links, ticks=ticks, band=band)


def _edge_tick(place: float, label: str) -> Tick:
    """A tick whose words stay inside the drawing at both edges."""
    half = len(label) * CHARACTER / 2 / NARROWEST * 100
    anchor: Anchor = "start" if place < half else "end" if place > 100 - half else "middle"
    return Tick(place, label, anchor)


def _round(value: float) -> float:
    """Two decimals: a hundredth of a per cent is finer than any screen."""
    return round(value, 2)
