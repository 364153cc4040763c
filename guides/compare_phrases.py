"""What a comparison says: the labels of its rows, the words in its cells and how the order came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .compare import Cell, Contribution, Criterion, Placed, Row, RowGroup, RowKey, RowKind
from .phrases import DASH, MINUS, count, in_sentence, listing, money, money_range, signed_range

NOT_KNOWN = "Not known"
NOT_ASKED = "Not asked for"

GROUPS: Mapping[RowGroup, str] = {
    RowGroup.FACTS: "At a glance",
    RowGroup.PAY: "Pay",
    RowGroup.TIME: "Time to learn",
    RowGroup.YOU: "For you",
    RowGroup.SKILLS: "Skills",
    RowGroup.TOOLS: "Tools",
    RowGroup.DAY: "The day",
    RowGroup.LADDER: "Career ladder",
}

_LABELS: Mapping[RowKey, str] = {
    RowKey.CATEGORY: "Category",
    RowKey.DIFFICULTY: "Difficulty",
    RowKey.BARRIER: "Barrier to entry",
    RowKey.CODING: "Coding",
    RowKey.REMOTE: "Remote work",
    RowKey.GROWTH: "Projected growth in ten years",
    RowKey.OPENINGS: "Openings a year",
    RowKey.AI_EXPOSURE: "AI exposure, share of tasks",
    RowKey.AI_IN_USE: "AI seen in use, of 100 occupations",
    RowKey.MEDIAN_PAY: "Median pay a year",
    RowKey.PAY_RANGE: "Eight in ten earn",
    RowKey.PAY_BASIS: "Figures are those of",
    RowKey.MONTHS: "Length of the roadmap",
    RowKey.HOURS: "Hours in all",
    RowKey.PACE: "Hours a week",
    RowKey.READINESS: "Levels you hold already",
    RowKey.HOURS_LEFT: "Hours between your skills and the role",
    RowKey.FIT: "Your fit check",
    RowKey.TOGETHER: "Done with others",
    RowKey.DAY: "A typical day",
}

ALONE: Mapping[RowKey, str] = {RowKey.SKILL: "Asked by one role alone", RowKey.TOOL: "Used in one role alone"}
"""Headers over what only one of the roles has."""

CRITERIA: Mapping[Criterion, str] = {
    Criterion.PAY: "Pay",
    Criterion.TIME: "Little time to learn",
    Criterion.REMOTE: "Remote work",
    Criterion.AI_EXPOSURE: "Little AI exposure",
}

WEIGHTS = (("0", "Does not matter"), ("1", "Matters a little"), ("2", "Matters"), ("3", "Matters a lot"))
"""Weights as options of a form."""


def comparison_words(roles: int, rows: int, differing: int) -> str:
    """``3 roles compared. They differ in 41 of 52 rows.``"""
    where = "everything" if differing == rows else f"{differing} of {count(rows, 'row')}" if differing else "nothing"
    return f"{count(roles, 'role')} compared. They differ in {where}."


def nearest_words(titles: Sequence[str]) -> str:
    """That figures are those of neighbours, for the roles whose titles have no statistics; empty without any."""
    if not titles:
        return ""
    named = listing([in_sentence(title) for title in titles])
    whose = "its" if len(titles) == 1 else "their"
    return f"No official statistics exist for {named}: the figures are those of {whose} nearest occupations."


def row_label(row: Row) -> str:
    """The header of a row."""
    if row.key == RowKey.STEP:
        return f"Step {row.subject}"
    return row.subject or _LABELS[row.key]


def cell_words(row: Row, cell: Cell) -> str:
    """A cell in words; the list of a day and the titles of a step are in ``cell.words`` one by one."""
    if not cell.is_known:
        return NOT_KNOWN if row.key != RowKey.STEP else DASH
    if row.key == RowKey.TOOL:
        return (f"Used ({cell.note})" if cell.note else "Used") if cell.low else DASH
    if row.kind == RowKind.LEVEL:
        return f"{cell.words[0]}, {cell.note.lower()}" if cell.words else NOT_ASKED
    if row.key == RowKey.STEP:
        return f"{' / '.join(cell.words)}: {_range(row, cell) if cell.figures else 'pay not known'}"
    if row.kind == RowKind.WORDS:
        return "; ".join(cell.words)
    return _range(row, cell)


def _range(row: Row, cell: Cell) -> str:
    kind = row.kind
    low, high = (round(end) for end in cell.figures or (0, 0))
    if kind == RowKind.DOLLARS:
        return money_range(low, high)
    if kind == RowKind.PER_CENT:
        # A sign belongs to a change, not to a share.
        words = signed_range(low, high)
        return words if row.key == RowKey.GROWTH else words.replace("+", "")
    if kind == RowKind.MONTHS:
        return count(low, "month")
    if kind == RowKind.HOURS:
        return count(low, "hour")
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def difference_words(row: Row, cell: Cell) -> str:
    """How a cell differs from the baseline's: ``+$12,000``, ``−2 months``, ``the same``; empty where it is not told."""
    difference = cell.difference
    if difference is None:
        return ""
    low, high = round(difference.low), round(difference.high)
    if low == high == 0:
        return "the same level" if row.kind == RowKind.LEVEL else "the same"
    if low == high:
        return _change(row.kind, low)
    if row.kind == RowKind.DOLLARS:
        return f"{_change(row.kind, low)} to {_change(row.kind, high)}"
    return f"{_signed(low)} to {_change(row.kind, high)}"


def _sign(number: int) -> str:
    return "+" if number > 0 else MINUS if number < 0 else ""


def _signed(number: int) -> str:
    return f"{_sign(number)}{abs(number):,}"


_NOUNS: Mapping[RowKind, str] = {
    RowKind.MONTHS: "month",
    RowKind.HOURS: "hour",
    RowKind.LEVEL: "level",
    RowKind.PER_CENT: "percentage point",
}


def _change(kind: RowKind, number: int) -> str:
    if kind == RowKind.DOLLARS:
        return f"{_sign(number)}{money(abs(number))}"
    noun = _NOUNS.get(kind, "")
    return f"{_signed(number)} {noun if abs(number) == 1 else noun + 's'}" if noun else _signed(number)


def contribution_words(contribution: Contribution) -> str:
    """``Pay: 100 of 100, times 3: 300 points``."""
    name = CRITERIA[contribution.criterion]
    if not contribution.is_known:
        return f"{name}: not known, 0 points"
    points = count(contribution.points, "point")
    return f"{name}: {contribution.standing} of 100, times {contribution.weight}: {points}"


def place_words(placed: Placed) -> str:
    """``First: Backend developer, 300 of 500 points.``"""
    ordinal = ("First", "Second", "Third", "Fourth")[placed.place - 1]
    return f"{ordinal}: {placed.title}, {placed.points} of {placed.possible} points."


ORDER_EXPLAINED = (
    "By each criterion the best of the compared roles stands at 100 and the worst at 0, the others in proportion; your "
    "weight multiplies it. A criterion by which they do not differ moves nobody, and what is not known counts 0. So "
    "the order is about these roles alone: adding another can change it."
)
