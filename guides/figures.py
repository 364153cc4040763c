"""Official figures of the occupations behind a role, as values that rules and pages can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .pay import OccupationPay, Percentiles, basis
from .vocabulary import OccupationMatch

DECLINE = "Decline"

OUTLOOK_WORDS = (
    (7, "Much faster than average"),
    (5, "Faster than average"),
    (3, "As fast as average"),
    (1, "Slower than average"),
    (0, "Little or no change"),
)
"""Growth in per cent from which the Occupational Outlook Handbook, 2025 edition, uses each of its words for a
projection; below 0 it says DECLINE."""


def growth_words(percent: int) -> str:
    """The handbook's words for a projected growth in whole per cent."""
    return next((words for least, words in OUTLOOK_WORDS if percent >= least), DECLINE)


class FigureKind(StrEnum):
    """What a figure is about, as pages name it where they say what a source is used for."""

    PAY = "pay"
    OUTLOOK = "outlook"
    TRANSFER = "changes of occupation"
    ENTRY = "usual way in"
    LICENCE = "licences"
    PREPARATION = "preparation"
    TASK_SHARE = "AI exposure"
    OBSERVED_USE = "AI in use"


@dataclass(frozen=True, slots=True)
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
    published_for: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """Share of workers, in per cent, who leave the occupation for another one each year."""

    percent_per_year: float
    source: str
    published_for: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRequirements:
    """What employers usually ask of a newcomer, in the statistics office's words; "None" is a value."""

    education: str
    experience: str
    training: str
    source: str
    published_for: str | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """Where the statistics office writes about licences: a page, and whether it has a section on them.

    Whether a licence is needed stands in its words alone, so nothing more is derived from it.
    """

    section: bool
    page: str
    source: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """Months of schooling and practice, together, that people in the occupation's job zone (1 to 5) usually have."""

    job_zone: int
    months_low: int
    months_high: int
    source: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much of the work AI tools touch; neither number is a probability of losing the job."""

    task_share_percent: int | None
    task_share_source: str
    observed_use_percentile: int | None
    observed_use_source: str


@dataclass(frozen=True, slots=True)
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
    transfer: Transfer | None = None
    licence: Licence | None = None
    preparation: Preparation | None = None

    def wider(self, kind: FigureKind) -> str:
        """Code and title of the wider occupation that a figure is published for; empty when it has one of its own."""
        parts = {
            FigureKind.PAY: self.published_for,
            FigureKind.OUTLOOK: self.outlook.published_for if self.outlook else None,
            FigureKind.TRANSFER: self.transfer.published_for if self.transfer else None,
            FigureKind.ENTRY: self.entry.published_for if self.entry else None,
        }
        named, own = parts.get(kind) or "", f"{self.code[:7]} {self.title}"
        return named if named.casefold() != own.casefold() else ""

    @property
    def occupation_pay(self) -> OccupationPay:
        """What the pay rule needs of it."""
        return OccupationPay(self.code, self.title, self.weight, self.match, self.pay, self.pay_source)

    @property
    def source_of(self) -> dict[FigureKind, str]:
        """The slug of the source of each figure that is known."""
        exposure = self.exposure
        found = {
            FigureKind.PAY: self.pay_source,
            FigureKind.OUTLOOK: self.outlook.source if self.outlook else "",
            FigureKind.TRANSFER: self.transfer.source if self.transfer else "",
            FigureKind.ENTRY: self.entry.source if self.entry else "",
            FigureKind.LICENCE: self.licence.source if self.licence else "",
            FigureKind.PREPARATION: self.preparation.source if self.preparation else "",
            FigureKind.TASK_SHARE: exposure.task_share_source if exposure.task_share_percent is not None else "",
            FigureKind.OBSERVED_USE: exposure.observed_use_source
            if exposure.observed_use_percentile is not None
            else "",
        }
        return {kind: slug for kind, slug in found.items() if slug}

    @property
    def sources(self) -> tuple[str, ...]:
        """Slugs of the sources its figures come from, each once."""
        return tuple(dict.fromkeys(self.source_of.values()))


def official_figures(
    code: str, title: str, weight: float, match: str, why: str, figures: Mapping[str, Any]
) -> OfficialFigures:
    """Typed figures from the stored ones (the shape of ``schema.FiguresFile`` without code and title).

    Profile and work stay as they are stored: they are long, and only comparisons of whole occupations need them.
    """
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
        transfer=Transfer(**figures["transfer"]) if figures.get("transfer") else None,
        licence=Licence(**figures["licence"]) if figures.get("licence") else None,
        preparation=Preparation(**figures["preparation"]) if figures.get("preparation") else None,
    )


def standing_for(figures: Sequence[OfficialFigures]) -> tuple[OfficialFigures, ...]:
    """The occupations whose outlook and exposure stand for a role, in the order of their weight.

    The choice is that of ``pay.basis``, so a page never sets the pay of one occupation beside the outlook of another.
    """
    by_code = {one.code: one for one in figures}
    return tuple(by_code[row.code] for row in basis([one.occupation_pay for one in figures]).rows)
