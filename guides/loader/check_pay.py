"""Pay is derived from official figures; whatever an editor adds has to agree with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..pay import OccupationPay, PayBasis, Percentiles, basis, change
from ..vocabulary import OccupationMatch
from .check_transitions import looks_exchanged
from .library import Item, Library
from .problems import Problem
from .prose import PAY_STATED, states_pay
from .schema import PayFigures, RoleFile
from .wording import texts

TOLERANCE = 3
"""Percentage points by which an editor's pay change may leave the derived one."""

MONTHS = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)[- ]months?\b", re.IGNORECASE
)


def percentiles(figures: PayFigures | None) -> Percentiles | None:
    """Figures of a file as plain numbers."""
    if figures is None:
        return None
    return Percentiles(figures.p10, figures.p25, figures.median, figures.p75, figures.p90, figures.top_coded)


def pay_basis(library: Library, role: RoleFile) -> PayBasis:
    """What stands for the pay of a role, as its page will show it."""
    rows = []
    for occupation in role.occupations:
        item = library.figures.get(occupation.code)
        pay = percentiles(item.entry.pay) if item else None
        title = item.entry.title if item else occupation.code
        rows.append(OccupationPay(occupation.code, title, occupation.weight, OccupationMatch(occupation.match), pay))
    return basis(rows)


def check_occupations(library: Library) -> Iterator[Problem]:
    """Weights add up to one, codes are those of their files, percentiles ascend."""
    for role in library.roles.values():
        weight = sum(row.weight for row in role.entry.occupations)
        if abs(weight - 1) > 0.005:
            yield role.problem(("occupations",), f"The weights add up to {weight:g}; they have to add up to 1.")
    for slug, figures in library.figures.items():
        if figures.entry.code != slug:
            yield figures.problem(("code",), f'"{figures.entry.code}" is not the name of the file, {slug}.')
        pay = figures.entry.pay
        if pay:
            values = [("p10", pay.p10), ("p25", pay.p25), ("median", pay.median), ("p75", pay.p75), ("p90", pay.p90)]
            for (name, low), (other, high) in pairwise(values):
                if low > high:
                    yield figures.problem(("pay", other), f"{high} is less than {name}, {low}.")
        outlook = figures.entry.outlook
        if outlook and outlook.end_year <= outlook.start_year:
            yield figures.problem(("outlook", "end_year"), f"{outlook.end_year} is not after {outlook.start_year}.")


def check_ladder(library: Library) -> Iterator[Problem]:
    """Stages follow on each other, ascend, stay inside the official range and cover it."""
    for role in library.roles.values():
        yield from _years(role)
        yield from _pay(role, pay_basis(library, role.entry))


def _years(role: Item[RoleFile]) -> Iterator[Problem]:
    stages = role.entry.stages
    for index, stage in enumerate(stages):
        at = ("stages", index)
        if stage.years_to is not None and stage.years_to <= stage.years_from:
            yield role.problem((*at, "years_to"), f"{stage.years_to} is not after years_from, {stage.years_from}.")
        if stage.years_to is None and index < len(stages) - 1:
            yield role.problem(
                (*at, "years_to"), "Only the last stage is open; write the year at which the next begins."
            )
        if index and stages[index - 1].years_to is not None and stage.years_from != stages[index - 1].years_to:
            yield role.problem(
                (*at, "years_from"),
                f"{stage.years_from} does not follow on the stage before, which ends at {stages[index - 1].years_to}.",
            )


def _pay(role: Item[RoleFile], official: PayBasis) -> Iterator[Problem]:
    envelope = official.envelope
    known = [(index, stage.pay) for index, stage in enumerate(role.entry.stages) if stage.pay]
    for index, pay in known:
        if pay.high <= pay.low:
            yield role.problem(("stages", index, "pay", "high"), f"{pay.high} is not more than low, {pay.low}.")
            return
    for (_, before), (index, pay) in pairwise(known):
        if pay.low < before.low or pay.high < before.high:
            yield role.problem(("stages", index, "pay"), "The stage pays less than the one before; the ladder ascends.")
    if not envelope:
        return
    for index, pay in known:
        for name, value in (("low", pay.low), ("high", pay.high)):
            if not envelope[0] <= value <= envelope[1]:
                yield role.problem(
                    ("stages", index, "pay", name),
                    f"{value} is outside the official range of this role, {envelope[0]} to {envelope[1]}.",
                )
    if known and len(known) == len(role.entry.stages):
        lower = min(pay.p25 for pay in official.percentiles)
        upper = max(pay.p75 for pay in official.percentiles)
        if known[0][1].low > lower or known[-1][1].high < upper:
            yield role.problem(
                ("stages",),
                f"The ladder runs from {known[0][1].low} to {known[-1][1].high}, but half of all employees lie between "
                f"{lower} and {upper}; cover that range.",
            )


def check_pay_change(library: Library) -> Iterator[Problem]:
    """An editor's own pay change lies inside the one that both roles' figures give."""
    for slug, item in library.transitions.items():
        own = item.entry.pay_change
        origin, destination = (library.roles.get(part) for part in slug.split("/"))
        if own is None or origin is None or destination is None or looks_exchanged(library, item):
            continue
        derived = change(pay_basis(library, origin.entry), pay_basis(library, destination.entry))
        if own.high < own.low:
            yield item.problem(("pay_change", "high"), f"{own.high} is less than low, {own.low}.")
        elif derived and (own.low < derived.low - TOLERANCE or own.high > derived.high + TOLERANCE):
            yield item.problem(
                ("pay_change",),
                f"{own.low} to {own.high} % contradicts the figures of both roles, which give "
                f"{derived.low} to {derived.high} %."
                if derived.is_range
                else f"{own.low} to {own.high} % contradicts the figures of both roles, which give {derived.low} %.",
            )


def check_pay_in_facts(library: Library) -> Iterator[Problem]:
    """Pay and months are derived from facts, so that a text can never contradict them. Bodies are judged as prose."""
    for item, location, text in texts(library, _may_state_figures):
        if states_pay(text):
            yield item.problem(location, PAY_STATED)
        elif location[:1] in (("title",), ("summary",)) and MONTHS.search(text):
            hint = "; write {months} in a title" if location[:1] == ("title",) else ""
            yield item.problem(
                location, f"A number of months stands in the text; the page derives it from the phases{hint}."
            )


def _may_state_figures(text: str) -> bool:
    """Whether a line of it may hold pay or months."""
    return "month" in text.lower() or any(states_pay(line) for line in text.split("\n"))
