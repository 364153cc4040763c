"""The facts that the page of an official occupation sets large."""

from __future__ import annotations

from . import phrases
from .facts import OFFICIAL, RESEARCH, WIDER, Fact, Sources
from .figures import FigureKind, OfficialFigures
from .phrases import DASH


def occupation_facts(figures: OfficialFigures, sources: Sources) -> list[Fact]:
    """The four facts under the title: pay, change in jobs, AI exposure, preparation."""
    return [_pay(figures, sources), _outlook(figures, sources), _exposure(figures, sources), _ready(figures, sources)]


def occupation_metrics(figures: OfficialFigures, employment: int | None, sources: Sources) -> list[Fact]:
    """The further figures: people employed, openings, changes of occupation, AI in use, the way in."""
    return [
        *_employment(figures, employment, sources),
        _openings(figures, sources),
        _transfer(figures, sources),
        _observed_use(figures, sources),
        _entry(figures, sources),
    ]


def pay_confidence(figures: OfficialFigures) -> str:
    """How sure the pay is: less where it is published for a wider occupation only."""
    return WIDER if figures.wider(FigureKind.PAY) else OFFICIAL


def _for_wider(wider: str) -> str:
    return f" Published for {wider}." if wider else ""


def _pay(figures: OfficialFigures, sources: Sources) -> Fact:
    if figures.pay is None:
        return Fact("Median pay", "Not known", note="No wage statistics are published.")
    low, high = phrases.money(figures.pay.p10), phrases.money(figures.pay.p90)
    more = " or more" if figures.pay.top_coded else ""
    wider = figures.wider(FigureKind.PAY)
    return Fact(
        "Median pay",
        phrases.medians(figures.pay.median, figures.pay.median),
        unit="a year",
        note=f"United States, employees. Eight in ten earn {low} to {high}{more}.{_for_wider(wider)}",
        source=sources.get(figures.pay_source),
        confidence=WIDER if wider else OFFICIAL,
    )


def _outlook(figures: OfficialFigures, sources: Sources) -> Fact:
    outlook = figures.outlook
    if outlook is None:
        return Fact("Change in jobs", "Not known", note="No projection is published.")
    wider = figures.wider(FigureKind.OUTLOOK)
    return Fact(
        f"Change in jobs {outlook.start_year}{DASH}{outlook.end_year}",
        phrases.signed(outlook.growth_percent),
        note=f"{outlook.words}; all jobs: {phrases.signed(outlook.all_jobs_percent)}.{_for_wider(wider)}",
        source=sources.get(outlook.source),
        confidence=WIDER if wider else OFFICIAL,
    )


def _exposure(figures: OfficialFigures, sources: Sources) -> Fact:
    share = figures.exposure.task_share_percent
    if share is None:
        return Fact("AI exposure", "Not known", note="Not rated for this occupation.")
    return Fact(
        "AI exposure",
        f"{share} %",
        unit="of tasks",
        note="could be done in half the time with AI tools. This is not the risk of losing the job.",
        source=sources.get(figures.exposure.task_share_source),
        confidence=RESEARCH,
    )


def _ready(figures: OfficialFigures, sources: Sources) -> Fact:
    usual = figures.preparation
    if usual is None:
        return Fact("Usual preparation", "Not known", note="The occupation has no job zone.")
    return Fact(
        "Usual preparation",
        f"{usual.months_low}{DASH}{usual.months_high}",
        unit="months",
        note=f"of schooling and practice together: job zone {usual.job_zone} of 5.",
        source=sources.get(usual.source),
        confidence=OFFICIAL,
    )


def _employment(figures: OfficialFigures, employment: int | None, sources: Sources) -> list[Fact]:
    """Counted by the survey of wages; nothing where that publishes no wages to name its source with."""
    if employment is None or not figures.pay_source:
        return []
    wider = figures.wider(FigureKind.PAY)
    return [
        Fact(
            "People employed",
            f"{employment:,}",
            note=f"in the United States, without the self-employed.{_for_wider(wider)}",
            source=sources.get(figures.pay_source),
            confidence=WIDER if wider else OFFICIAL,
        )
    ]


def _openings(figures: OfficialFigures, sources: Sources) -> Fact:
    outlook = figures.outlook
    if outlook is None or outlook.openings_per_year is None:
        return Fact("Openings a year", "Not known")
    return Fact(
        "Openings a year",
        f"{outlook.openings_per_year:,}",
        note=f"Together with {outlook.openings_with}." if outlook.openings_with else "",
        source=sources.get(outlook.source),
        confidence=WIDER if outlook.openings_with else OFFICIAL,
    )


def _transfer(figures: OfficialFigures, sources: Sources) -> Fact:
    transfer = figures.transfer
    if transfer is None:
        return Fact("Change occupation", "Not known")
    wider = figures.wider(FigureKind.TRANSFER)
    return Fact(
        "Change occupation",
        f"{transfer.percent_per_year:g} %",
        unit="a year",
        note=f"of those who work in it leave for another one.{_for_wider(wider)}",
        source=sources.get(transfer.source),
        confidence=WIDER if wider else OFFICIAL,
    )


def _observed_use(figures: OfficialFigures, sources: Sources) -> Fact:
    percentile = figures.exposure.observed_use_percentile
    if percentile is None:
        return Fact("AI in use", "Not known")
    return Fact(
        "AI in use",
        f"{percentile}",
        unit="of 100",
        note="occupations see less AI in use than this one.",
        source=sources.get(figures.exposure.observed_use_source),
        confidence=RESEARCH,
    )


def _entry(figures: OfficialFigures, sources: Sources) -> Fact:
    entry = figures.entry
    if entry is None:
        return Fact("Usual way in", "Not known")
    further = [
        f"{name}: {words.lower()}"
        for name, words in (("experience", entry.experience), ("training", entry.training))
        if words != "None"
    ]
    wider = figures.wider(FigureKind.ENTRY)
    note = f"{phrases.listing(further).capitalize()}." if further else "No experience or training is usual besides."
    return Fact(
        "Usual way in",
        entry.education,
        note=f"{note}{_for_wider(wider)}",
        source=sources.get(entry.source),
        confidence=WIDER if wider else OFFICIAL,
    )
