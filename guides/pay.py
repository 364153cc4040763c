"""Pay: which official percentiles stand for a role, and what a move from one role to another changes.

Official statistics know occupations, not titles. A role whose title an occupation covers takes that occupation's
figures; any other role shows its nearest occupations side by side and never an average of them, because an average of
percentiles of different occupations is a statistic of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .vocabulary import OccupationMatch

TOP_CODE = 239_200
"""Wages from here on are published as "#": so many US dollars a year or more. Medians reach it too."""


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Yearly pay before tax in US dollars: one in ten employees earns less than ``p10``, and so on."""

    p10: int
    p25: int
    median: int
    p75: int
    p90: int
    top_coded: bool = False


@dataclass(frozen=True, slots=True)
class OccupationPay:
    """An official occupation behind a role; ``weight`` is its share in the role's profile."""

    code: str
    title: str
    weight: float
    match: OccupationMatch
    pay: Percentiles | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PayBasis:
    """The occupations whose pay stands for a role. ``is_official``: their statistics include the role's title."""

    rows: tuple[OccupationPay, ...]
    is_official: bool

    @property
    def percentiles(self) -> tuple[Percentiles, ...]:
        """Percentiles of the rows that have them."""
        return tuple(row.pay for row in self.rows if row.pay)

    @property
    def medians(self) -> tuple[int, int] | None:
        """Lowest and highest median; the same twice for a single occupation; None when none is published."""
        medians = [pay.median for pay in self.percentiles]
        return (min(medians), max(medians)) if medians else None

    @property
    def envelope(self) -> tuple[int, int] | None:
        """From the lowest p10 to the highest p90."""
        if not self.percentiles:
            return None
        return min(pay.p10 for pay in self.percentiles), max(pay.p90 for pay in self.percentiles)


@dataclass(frozen=True)
class PayChange:
    """Change of median pay in per cent, from the least to the most favourable pairing of both roles' occupations."""

    low: int
    high: int
    origin: tuple[int, int]
    destination: tuple[int, int]

    @property
    def is_range(self) -> bool:
        """Whether the figures leave more than one answer."""
        return self.low != self.high

    @property
    def origin_is_open(self) -> bool:
        """Whether a median of the origin is only known to be at least so much: the change may be lower."""
        return self.origin[1] >= TOP_CODE

    @property
    def destination_is_open(self) -> bool:
        """Whether a median of the destination is only known to be at least so much: the change may be higher."""
        return self.destination[1] >= TOP_CODE


def basis(occupations: Sequence[OccupationPay]) -> PayBasis:
    """What stands for a role: its heaviest covering occupation with published pay alone, else all its proxies, heaviest
    first, else the heaviest covering occupation although its pay is not published. The order given does not matter."""
    by_weight = sorted(occupations, key=lambda row: (-row.weight, row.code))
    covering = [row for row in by_weight if row.match == OccupationMatch.COVERS]
    proxies = tuple(row for row in by_weight if row.match == OccupationMatch.PROXY)
    alone = [row for row in covering if row.pay] or ([] if proxies else covering)
    return PayBasis(tuple(alone[:1]), is_official=True) if alone else PayBasis(proxies, is_official=False)


def change(origin: PayBasis, destination: PayBasis) -> PayChange | None:
    """What the move does to median pay, in whole per cent; None when either side has no figures."""
    return change_of_medians(origin.medians, destination.medians)


def change_of_medians(before: tuple[int, int] | None, after: tuple[int, int] | None) -> PayChange | None:
    """The same from the lowest and the highest median of each side."""
    if before is None or after is None:
        return None
    return PayChange(
        low=round(100 * (after[0] / before[1] - 1)),
        high=round(100 * (after[1] / before[0] - 1)),
        origin=before,
        destination=after,
    )
