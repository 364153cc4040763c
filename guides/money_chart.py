"""Geometry of the picture of money over time: the balance of both cases against staying, month by month.

Horizontal places are per cent of the drawing's width, vertical ones pixels from its top, as in ``charts``. The picture
says nothing that the table beside it does not say.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .charts import CHARACTER, NARROWEST, Anchor, Link, Tick, scale_ends
from .money import MoneyOverTime

HEIGHT = 240
LEFT = 18.0
"""Per cent of the width that the words of the axis of amounts take."""

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Mark:
    """A moment on the drawing: an upright line, and which one it is."""

    name: str
    x: float


@dataclass(frozen=True)
class MoneyChart:
    """Two lines of balance and the area between them, from ``left`` to the right edge, in ``height`` pixels."""

    height: int
    left: float
    low: tuple[Link, ...]
    high: tuple[Link, ...]
    area: tuple[tuple[float, float], ...]
    """Corners of the area between both lines, once around."""
    zero: float
    """Height of the line of staying."""
    amounts: tuple[Tick, ...]
    years: tuple[Tick, ...]
    marks: tuple[Mark, ...]

    @property
    def area_points(self) -> str:
        """The corners as a polygon of an SVG whose view box is 100 wide and ``height`` high."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.area)


def money_chart(over: MoneyOverTime) -> MoneyChart:
    """The months worth showing; the drawing begins at the start of the first month with nothing gained or lost."""
    months = over.shown
    low = [0, *(month.balance_low for month in months)]
    high = [0, *(month.balance_high for month in months)]
    bottom, top, step = scale_ends(min(low), max(*high, 0), 5)

    def x(number: float) -> float:
        return round(LEFT + number / len(months) * (100 - LEFT), 2)

    def y(amount: float) -> float:
        return round(HEIGHT - (amount - bottom) / (top - bottom) * HEIGHT, 2)

    low_points = [(x(number), y(low[number])) for number in _bends(low)]
    high_points = [(x(number), y(high[number])) for number in _bends(high)]

    def starts(day: date) -> float:
        return x(sum(month.first_day < day for month in months))

    def ends(day: date) -> float:
        return x(sum(month.first_day <= day for month in months))

    # New pay begins with its month; what is made up for is so at the end of its month, where the line is back at zero.
    named = {
        "new-pay-earliest": (over.new_job_from[0], starts),
        "new-pay-latest": (over.new_job_from[1], starts),
        "break-even-earliest": (over.break_even.earliest if over.deepest_high.amount < 0 else None, ends),
        "break-even-latest": (over.break_even.latest if over.deepest_low.amount < 0 else None, ends),
    }
    return MoneyChart(
        height=HEIGHT,
        left=LEFT,
        low=_links(low_points),
        high=_links(high_points),
        area=(*high_points, *reversed(low_points)),
        zero=y(0),
        amounts=tuple(
            Tick(y(bottom + step * index), amount_short(bottom + step * index), "end")
            for index in range(round((top - bottom) / step) + 1)
        ),
        years=_years(len(months), x),
        marks=tuple(
            Mark(name, place(day)) for name, (day, place) in named.items() if day and day <= months[-1].first_day
        ),
    )


def amount_short(amount: float) -> str:
    """An amount as the axis shows it: 0, −12k, 2.5k, 1.2M. The currency is whatever the visitor counts in."""
    size = abs(amount)
    sign = MINUS if amount < 0 else ""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if size >= unit:
            return f"{sign}{size / unit:.2f}".rstrip("0").rstrip(".") + letter
    return f"{sign}{size:g}"


def _bends(values: Sequence[int]) -> list[int]:
    """Both ends and the places where the slope changes: a straight line needs no points in between."""
    inner = [
        index
        for index in range(1, len(values) - 1)
        if values[index] - values[index - 1] != values[index + 1] - values[index]
    ]
    return [0, *inner, len(values) - 1]


def _links(points: Sequence[tuple[float, float]]) -> tuple[Link, ...]:
    return tuple(Link(*before, *after) for before, after in itertools.pairwise(points))


def _years(months: int, x: Callable[[float], float]) -> tuple[Tick, ...]:
    """A tick at the start and after every whole year, labelled with its number."""
    ticks: list[Tick] = []
    for number in range(0, months + 1, 12):
        label = str(number // 12)
        half = len(label) * CHARACTER / 2 / NARROWEST * 100
        anchor: Anchor = "end" if x(number) > 100 - half else "middle"
        ticks.append(Tick(x(number), label, anchor))
    return tuple(ticks)
