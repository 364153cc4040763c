"""Where one can go from an end: all destinations in one order, filtered, each with what put it in its place.

Two orders are kept apart. *Alike*: by the score of alikeness, the same both ways. *Likely*: where people go, which is
alikeness and how many people work there; many openings draw many. Neither knows pay, time or education: those filter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from .gap import Requirement
from .pay import PayChange, change_of_medians
from .proximity import EMPLOYMENT_WEIGHT, Months
from .transition import (
    Length,
    Match,
    Teaches,
    margin,
    needs_more_education,
    preparation_length,
    route_hours,
    skills_length,
)
from .vocabulary import Education, Remote


@dataclass(frozen=True, slots=True)
class Stop:
    """An end as lists show it: a role of ours or an official occupation; what is not known is None."""

    slug: str
    title: str
    plural: str
    address: str
    is_role: bool
    line: str = ""
    group: str = ""
    article: str = ""
    remote: Remote | None = None
    medians: tuple[int, int] | None = None
    """Lowest and highest median pay of the occupations that stand for it, in US dollars a year."""
    education: Education | None = None
    employment: int | None = None
    is_uncertain: bool = False
    """Whether only nearest occupations stand for it."""
    places: tuple[tuple[int, float], ...] = ()
    """Places of the occupations behind it in packed rows, and their weights, which make 1."""
    preparation: Months | None = None
    required: tuple[Requirement, ...] = ()
    teaches: Mapping[str, Teaches] = field(default_factory=dict)
    hours_per_week: int = 1
    held: Mapping[str, int] | None = None
    """Levels of our skills that somebody there holds; None where nobody can say."""


class Order(Enum):
    """By what destinations are put in order."""

    ALIKE = "alike"
    LIKELY = "likely"


@dataclass(frozen=True)
class Wishes:
    """What a destination has to offer; None and False ask for nothing."""

    pay_at_least: int | None = None
    """US dollars a year; the lower median counts."""
    months_at_most: int | None = None
    """The slow end of the range counts."""
    remote: Remote | None = None
    no_new_degree: bool = False
    roles_only: bool = False


class Wish(Enum):
    """What a destination was left out for."""

    PAY = "pay"
    MONTHS = "months"
    REMOTE = "remote"
    DEGREE = "degree"


@dataclass(frozen=True)
class Seen:
    """What is computed from one end to another: the score and what it amounts to, readiness and part of the ways."""

    stop: Stop
    score: float | None
    match: float | None
    ready: float | None


@dataclass(frozen=True)
class Destination:
    """A destination in its place, with everything that the order and the filters went by."""

    stop: Stop
    match: Match | None
    length: Length | None
    written_weeks: int | None
    """Length of the written guide's roadmap; None where nobody wrote one."""
    change: PayChange | None
    more_education: bool | None
    order_score: float

    @property
    def is_written(self) -> bool:
        """Whether there is a written guide."""
        return self.written_weeks is not None


@dataclass(frozen=True)
class Ranking:
    """Destinations in order. ``not_known`` counts those that were left out because a wish could not be judged."""

    destinations: tuple[Destination, ...]
    total: int
    not_known: Mapping[Wish, int]


@dataclass(frozen=True)
class Scale:
    """Mean and standard deviation of all scores, by which alikeness and employment become comparable."""

    mean: float
    spread: float


def time_to(origin: Stop, destination: Stop, ready: float | None) -> Length | None:
    """The length of a move as its own page counts it; None where it cannot be told."""
    if destination.is_role:
        held = origin.held or {}
        hours = sum(
            route_hours(one, held.get(one.skill, 0), destination.teaches[one.skill].hours)
            for one in destination.required
            if one.skill in destination.teaches
        )
        return skills_length(hours, destination.hours_per_week)
    if ready is None or destination.preparation is None:
        return None
    return preparation_length(ready, destination.preparation)


def rank(
    origin: Stop,
    seen: Iterable[Seen],
    wishes: Wishes,
    order: Order,
    scale: Scale,
    written: Mapping[str, int],
) -> Ranking:
    """All destinations but the origin itself that fulfil the wishes, best first.

    ``written``: slug of a destination → weeks of its written guide. Without a score a destination stands last; in the
    order of likely moves, so does one whose number of workers is not published.
    """
    found: list[Destination] = []
    not_known = dict.fromkeys(Wish, 0)
    total = 0
    for one in seen:
        if one.stop.slug == origin.slug or (wishes.roles_only and not one.stop.is_role):
            continue
        total += 1
        destination = _destination(origin, one, order, scale, written)
        verdicts = _verdicts(destination, wishes)
        if all(verdict is True for verdict in verdicts.values()):
            found.append(destination)
        elif all(verdict is not False for verdict in verdicts.values()):
            for wish, verdict in verdicts.items():
                not_known[wish] += verdict is None
    found.sort(key=lambda one: (-one.order_score, one.stop.title))
    return Ranking(tuple(found), total, {wish: number for wish, number in not_known.items() if number})


def _destination(origin: Stop, seen: Seen, order: Order, scale: Scale, written: Mapping[str, int]) -> Destination:
    stop = seen.stop
    return Destination(
        stop=stop,
        match=Match(seen.match, margin(origin.is_uncertain, stop.is_uncertain)) if seen.match is not None else None,
        length=time_to(origin, stop, seen.ready),
        written_weeks=written.get(stop.slug) if stop.is_role else None,
        change=change_of_medians(origin.medians, stop.medians),
        more_education=needs_more_education(origin.education, stop.education),
        order_score=_order_score(seen, order, scale),
    )


def _order_score(seen: Seen, order: Order, scale: Scale) -> float:
    if seen.score is None:
        return -math.inf
    if order is Order.ALIKE:
        return seen.score
    if not seen.stop.employment:
        return -math.inf
    return (seen.score - scale.mean) / scale.spread + EMPLOYMENT_WEIGHT * math.log(seen.stop.employment)


def _verdicts(destination: Destination, wishes: Wishes) -> dict[Wish, bool | None]:
    """For each wish whether it is fulfilled; None where that is not known."""
    verdicts: dict[Wish, bool | None] = {}
    stop = destination.stop
    if wishes.pay_at_least is not None:
        verdicts[Wish.PAY] = stop.medians[0] >= wishes.pay_at_least if stop.medians else None
    if wishes.months_at_most is not None:
        verdicts[Wish.MONTHS] = destination.length.high <= wishes.months_at_most if destination.length else None
    if wishes.remote is not None:
        verdicts[Wish.REMOTE] = None if stop.remote is None else stop.remote in _AS_REMOTE[wishes.remote]
    if wishes.no_new_degree:
        needs = destination.more_education
        verdicts[Wish.DEGREE] = None if needs is None else not needs
    return verdicts


_AS_REMOTE: Mapping[Remote, Sequence[Remote]] = {
    Remote.NO: tuple(Remote),
    Remote.HYBRID: (Remote.HYBRID, Remote.YES),
    Remote.YES: (Remote.YES,),
}
"""Places of work that fulfil the wish for at least so much freedom."""


STEPPING_STONES = 3
"""Ends between two others that are named."""


@dataclass(frozen=True)
class SteppingStone:
    """An end that is more alike both others than they are to each other."""

    stop: Stop
    from_origin: Match
    to_destination: Match


def stepping_stones(
    from_origin: Iterable[Seen], to_destination: Iterable[Seen], origin: Stop, destination: Stop, direct: Match
) -> tuple[SteppingStone, ...]:
    """The ends that are nearer to both than these are to each other, the one whose weaker half is strongest first."""
    before = {one.stop.slug: one for one in from_origin}
    found: list[SteppingStone] = []
    for after in to_destination:
        stop = after.stop
        first = before.get(stop.slug)
        if stop.slug in (origin.slug, destination.slug) or first is None or first.match is None or after.match is None:
            continue
        if min(first.match, after.match) > direct.value:
            found.append(
                SteppingStone(
                    stop,
                    Match(first.match, margin(origin.is_uncertain, stop.is_uncertain)),
                    Match(after.match, margin(stop.is_uncertain, destination.is_uncertain)),
                )
            )
    found.sort(key=lambda one: (-min(one.from_origin.value, one.to_destination.value), one.stop.title))
    return tuple(found[:STEPPING_STONES])
