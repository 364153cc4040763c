"""Official figures of the occupations behind a role, as values that rules and pages can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .pay import OccupationPay, Percentiles, basis
from .vocabulary import OccupationMatch


@dataclass(frozen=True)
class Outlook:
    """Projected employment from ``start_year`` to ``end_year``; growth in per cent; openings are those of a year."""

    growth_percent: int
    all_jobs_percent: int
    words: str
    start_year: int
    end_year: int
    openings_per_year: int | None
    openings_with: str | None
    growth_rank: float
    source: str


@dataclass(frozen=True)
class EntryRequirements:
    """What employers usually ask of a newcomer, in the statistics office's words; "None" is a value."""

    education: str
    experience: str
    training: str
    source: str


@dataclass(frozen=True)
class Exposure:
    """How much of the work AI tools touch; neither number is a probability of losing the job."""

    task_share_percent: int | None
    task_share_source: str
    observed_use_percentile: int | None
    observed_use_source: str


@dataclass(frozen=True)
class OfficialFigures:
    """Everything official about one occupation behind a role."""

    code: str
    title: str
    weight: float
    match: OccupationMatch
    why: str
    pay: Percentiles | None
    pay_source: str
    published_for: str
    outlook: Outlook | None
    entry: EntryRequirements | None
    exposure: Exposure

    @property
    def occupation_pay(self) -> OccupationPay:
        """What the pay rule needs of it."""
        return OccupationPay(self.code, self.title, self.weight, self.match, self.pay, self.pay_source)

    @property
    def sources(self) -> tuple[str, ...]:
        """Slugs of the sources its figures come from."""
        slugs = [self.pay_source]
        slugs += [part.source for part in (self.outlook, self.entry) if part]
        slugs += [self.exposure.task_share_source, self.exposure.observed_use_source]
        return tuple(dict.fromkeys(slug for slug in slugs if slug))


def official_figures(
    code: str, title: str, weight: float, match: str, why: str, figures: Mapping[str, Any]
) -> OfficialFigures:
    """Typed figures from the stored ones (the shape of ``schema.FiguresFile`` without code and title)."""
    pay = figures["pay"]
    return OfficialFigures(
        code=code,
        title=title,
        weight=weight,
        match=OccupationMatch(match),
        why=why,
        pay=Percentiles(pay["p10"], pay["p25"], pay["median"], pay["p75"], pay["p90"], pay["top_coded"])
        if pay
        else None,
        pay_source=pay["source"] if pay else "",
        published_for=pay["published_for"] if pay else "",
        outlook=Outlook(**figures["outlook"]) if figures["outlook"] else None,
        entry=EntryRequirements(**figures["entry"]) if figures["entry"] else None,
        exposure=Exposure(**figures["exposure"]),
    )


def standing_for(figures: Sequence[OfficialFigures]) -> tuple[OfficialFigures, ...]:
    """The occupations whose outlook and exposure stand for a role, in the order of their weight.

    The choice is that of ``pay.basis``, so a page never sets the pay of one occupation beside the outlook of another.
    """
    by_code = {one.code: one for one in figures}
    return tuple(by_code[row.code] for row in basis([one.occupation_pay for one in figures]).rows)
