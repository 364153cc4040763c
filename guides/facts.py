"""The facts that pages set large: label, value, unit, note, source and how sure we are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from . import phrases
from .duration import Duration
from .figures import FigureKind, OfficialFigures
from .pay import PayBasis, PayChange
from .phrases import DASH, RoleWords
from .vocabulary import Effort


class SourceLike(Protocol):
    """A source as rules know it."""

    slug: str
    publisher: str
    as_of: str


class Named(Protocol):
    """What a title is compared by with that of an occupation: a role, or an end of a move."""

    @property
    def title(self) -> str:
        """Of one who does the work."""

    @property
    def plural(self) -> str:
        """Of several."""


@dataclass(frozen=True)
class Fact:
    """A figure as a page shows it. ``source`` is None for what our own pages derive."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    source: SourceLike | None = None
    confidence: str = ""


@dataclass(frozen=True)
class FigureCell:
    """A figure of one occupation in words; ``url`` is where to read more."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class FigureLine:
    """One figure of several occupations side by side: a cell each, their sources and how sure we are."""

    label: str
    cells: tuple[FigureCell, ...]
    sources: tuple[SourceLike, ...] = ()
    confidence: str = ""


Sources = Mapping[str, SourceLike]

OFFICIAL = "High confidence"
NEAREST = "Low confidence: nearest occupations"
RESEARCH = "Medium confidence: a research estimate"
WIDER = "Medium confidence: a wider occupation"
OURS = "Low confidence: our estimate"


def role_facts(role: RoleWords, figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> list[Fact]:
    """The four facts under a role's title: outlook, AI exposure, pay, time."""
    return [
        outlook_fact(role, figures, pay, sources),
        _exposure(figures, pay, sources),
        _pay(role, figures, pay, sources),
        _time(role),
    ]


def role_metrics(role: RoleWords, figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> list[Fact]:
    """The six facts of the section "By the numbers"."""
    return [
        _pay(role, figures, pay, sources),
        _growth_rank(role, figures, pay, sources),
        _observed_use(figures, pay, sources),
        _time(role),
        Fact("Difficulty", role.difficulty.label, note=f"{role.entry_barrier.label} barrier to entry"),
        Fact("Remote work", role.remote.label, note=role.remote_why),
    ]


def role_requirements(role: RoleWords) -> list[Fact]:
    """What a role asks of whoever wants to do it."""
    return [
        Fact("Difficulty", role.difficulty.label),
        Fact("Entry barrier", role.entry_barrier.label, note=role.entry_barrier_why),
        Fact("Coding", role.coding.label, note=role.coding_why),
        Fact("Where", role.remote.label, note=role.remote_why),
        Fact("Time to learn", phrases.months(role.duration).capitalize(), note=phrases.pace(role.duration)),
    ]


def is_wider(role: Named, pay: PayBasis) -> bool:
    """Whether official statistics count the role's title together with others, under the name of an occupation."""
    names = {role.title.casefold(), role.plural.casefold()}
    return pay.is_official and pay.rows[0].title.casefold() not in names


def confidence(role: Named, pay: PayBasis) -> str:
    """How sure official statistics are of the role; a neighbour's are never surer than that, whoever published them."""
    if not pay.is_official:
        return NEAREST
    return WIDER if is_wider(role, pay) else OFFICIAL


def pay_confidence(role: Named, figures: Sequence[OfficialFigures], pay: PayBasis) -> str:
    """How sure the pay of a role is: less where it is published for a wider occupation only."""
    is_wider = any(one.wider(FigureKind.PAY) for one in figures)
    return least_sure(confidence(role, pay), WIDER if is_wider else OFFICIAL)


def outlook_fact(role: Named, figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> Fact:
    """The projected change in the number of jobs."""
    outlooks = [one.outlook for one in figures if one.outlook]
    if not outlooks:
        return Fact("Change in jobs", "Not known", note="No projection is published.")
    growth = [outlook.growth_percent for outlook in outlooks]
    first = outlooks[0]
    words = first.words if len(outlooks) == 1 else f"All jobs: {phrases.signed(first.all_jobs_percent)}"
    return Fact(
        f"Change in jobs {first.start_year}{DASH}{first.end_year}",
        phrases.signed_range(min(growth), max(growth)),
        note=words,
        source=sources.get(first.source),
        confidence=confidence(role, pay),
    )


def figure_lines(role: Named, figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> list[FigureLine]:
    """What is published of the occupations that stand for a role, a line a figure, their cells in the order given."""
    official, research = confidence(role, pay), RESEARCH if pay.is_official else NEAREST
    kinds = (
        ("Change in jobs", FigureKind.OUTLOOK, official, phrases.outlook_cell),
        ("Openings", FigureKind.OUTLOOK, official, phrases.openings_cell),
        ("Change to another occupation", FigureKind.TRANSFER, official, phrases.transfer_cell),
        ("Tasks AI tools could halve", FigureKind.TASK_SHARE, research, phrases.task_share_cell),
        ("AI in use", FigureKind.OBSERVED_USE, research, phrases.observed_use_cell),
        ("Usual way in", FigureKind.ENTRY, official, phrases.entry_cell),
        ("Usual preparation", FigureKind.PREPARATION, official, phrases.preparation_cell),
        ("Licences", FigureKind.LICENCE, official, phrases.licence_cell),
    )
    return [_figure_line(label, figures, kind, sure, cell, sources) for label, kind, sure, cell in kinds]


def _figure_line(
    label: str,
    figures: Sequence[OfficialFigures],
    kind: FigureKind,
    sure: str,
    cell: Callable[[OfficialFigures], str],
    sources: Sources,
) -> FigureLine:
    slugs = dict.fromkeys(one.source_of[kind] for one in figures if kind in one.source_of)
    is_wider = any(one.wider(kind) for one in figures)
    return FigureLine(
        label,
        tuple(
            FigureCell(cell(one), one.licence.page if kind == FigureKind.LICENCE and one.licence else "")
            for one in figures
        ),
        tuple(sources[slug] for slug in slugs if slug in sources),
        (WIDER if is_wider and sure == OFFICIAL else sure) if slugs else "",
    )


def _exposure(figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> Fact:
    share = phrases.exposure_share(figures)
    if not share:
        return Fact("AI exposure", "Not known", note="Not rated for this occupation.")
    return Fact(
        "AI exposure",
        share,
        unit="of tasks",
        note="could be done in half the time with AI tools. This is not the risk of losing the job.",
        source=sources.get(
            next(one.exposure.task_share_source for one in figures if one.exposure.task_share_percent is not None)
        ),
        confidence=RESEARCH if pay.is_official else NEAREST,
    )


def _pay(role: RoleWords, figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> Fact:
    if pay.medians is None:
        return Fact("Pay", "Not known", note="No wage statistics are published.")
    source = sources.get(next(row.source for row in pay.rows if row.pay))
    if pay.is_official:
        only = pay.percentiles[0]
        low, high = phrases.money(only.p10), phrases.money(only.p90)
        within = figures[0].wider(FigureKind.PAY) or pay.rows[0].title
        return Fact(
            "Median pay",
            phrases.medians(only.median, only.median),
            unit="a year",
            note=f"United States{f', {within}' if is_wider(role, pay) else ''}. "
            f"Eight in ten earn {low} to {high}{' or more' if only.top_coded else ''}.",
            source=source,
            confidence=pay_confidence(role, figures, pay),
        )
    nearest = "occupation" if len(pay.percentiles) == 1 else "occupations"
    return Fact(
        "Median pay",
        phrases.money_range(*pay.medians),
        unit="a year",
        note=f"United States, in the nearest {nearest}: no statistics exist for this title.",
        source=source,
        confidence=NEAREST,
    )


def _time(role: RoleWords) -> Fact:
    return Fact(
        "Time to learn",
        f"{role.duration.months}",
        unit="month" if role.duration.months == 1 else "months",
        note=f"to first applications. {phrases.pace(role.duration).capitalize()}{phrases.counted_for(role)}.",
        confidence=OURS,
    )


def _growth_rank(role: RoleWords, figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> Fact:
    outlooks = [one.outlook for one in figures if one.outlook]
    if not outlooks:
        return Fact("Demand", "Not known")
    ranks = sorted(outlook.growth_rank for outlook in outlooks)
    value = f"{ranks[0]:.1f}" if ranks[0] == ranks[-1] else f"{ranks[0]:.1f}{DASH}{ranks[-1]:.1f}"
    return Fact(
        "Demand",
        value,
        unit="of 10",
        note=phrases.growing_less(ranks[0], ranks[-1]),
        source=sources.get(outlooks[0].source),
        confidence=confidence(role, pay),
    )


def _observed_use(figures: Sequence[OfficialFigures], pay: PayBasis, sources: Sources) -> Fact:
    known = [one.exposure for one in figures if one.exposure.observed_use_percentile is not None]
    if not known:
        return Fact("AI in use", "Not known")
    shares = [exposure.observed_use_percentile or 0 for exposure in known]
    low, high = min(shares), max(shares)
    return Fact(
        "AI in use",
        f"{low}" if low == high else f"{low}{DASH}{high}",
        unit="of 100",
        note=f"occupations see less AI in use than {'this one' if len(known) == 1 else 'these'}.",
        source=sources.get(known[0].observed_use_source),
        confidence=RESEARCH if pay.is_official else NEAREST,
    )


def transition_facts(
    duration: Duration,
    effort: Effort,
    effort_why: str,
    change: PayChange | None,
    pay_confidence: str,
    outlook: Fact,
    source: SourceLike | None,
) -> list[Fact]:
    """The four facts under a transition's title: effort, time, pay change, outlook of the destination."""
    return [
        Fact("Effort", effort.label, note=effort_why),
        Fact(
            "Time",
            f"{duration.months}",
            unit="month" if duration.months == 1 else "months",
            note=phrases.pace(duration),
            confidence=OURS,
        ),
        Fact(
            "Pay change",
            phrases.pay_change_value(change),
            note=phrases.pay_change_words(change),
            source=source if change else None,
            confidence=pay_confidence if change else "",
        ),
        outlook,
    ]


def least_sure(*confidences: str) -> str:
    """The lowest of several confidences that ``confidence`` gives: a figure from two is no surer than either."""
    return next((one for one in (NEAREST, WIDER) if one in confidences), OFFICIAL)
