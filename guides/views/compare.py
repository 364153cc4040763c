"""Two to four roles side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .. import compare_phrases
from ..charts import PayRow, PayStrip, Percentiles, pay_strip
from ..compare import (
    Cell,
    Difference,
    Placed,
    Row,
    RowGroup,
    RowKey,
    RowKind,
    Viewer,
    compare,
    order,
    rows_about,
)
from ..compare_forms import Selection, WeightForm, selection
from ..fit import FitAnswers, judge
from ..keeping import Kept
from ..models import Role, Source
from ..page_parts import PageParts
from ..phrases import DASH, listing
from ..profile import RoleProfile
from ..published_roles import PublishedRoles, published_roles
from .origin import Reader, at_address, reader_of, with_query
from .pages import respond
from .visitor import for_anybody

SUGGESTED = 4
"""Roles offered to stand beside the first one."""

SAME = Difference(0, 0)

BEFORE_YOU = (RowGroup.FACTS, RowGroup.PAY, RowGroup.TIME)
AFTER_YOU = (RowGroup.SKILLS, RowGroup.TOOLS, RowGroup.DAY, RowGroup.LADDER)
"""Parts of the table that stand before and after what is about the reader; they are the same for everybody."""


@dataclass(frozen=True)
class Chosen:
    """A compared role with the address of the comparison without it."""

    role: Role
    is_baseline: bool
    without: str


@dataclass(frozen=True)
class ItemLine:
    """One of several things in a cell; ``skill`` is the slug of the skill that it is about."""

    words: str
    skill: str = ""
    level: int = 0


@dataclass(frozen=True)
class CellLine:
    """A cell as it is shown. ``items``: one below the other; ``level`` from 1 to 4 draws the stops of a skill."""

    words: str
    difference: str = ""
    is_best: bool = False
    is_soft: bool = False
    level: int = 0
    items: tuple[ItemLine, ...] = ()


@dataclass(frozen=True)
class RowLine:
    """A row as it is shown; ``skill`` is the slug of the skill that its label leads to."""

    label: str
    cells: tuple[CellLine, ...]
    sources: tuple[Source, ...]
    skill: str = ""


@dataclass(frozen=True)
class GroupLines:
    """A part of the table."""

    group: RowGroup
    heading: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True)
class PlaceLine:
    """A role in the order of the reader's weights."""

    words: str
    contributions: tuple[str, ...]


@for_anybody
def compare_page(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The comparison that the query string asks for, or the way to one."""
    everybody, page = published_roles(), reverse("guides:compare")
    reader = reader_of(request, kept, everybody)
    published, titles = everybody.roles, dict(everybody.titles)
    form = WeightForm(request.GET)
    chosen = selection(dict(request.GET.lists()), titles, form, reader.slug)
    context = {
        "form": form,
        "reader": reader,
        "published": published.values(),
        "origins": titles.items(),
        "selection": chosen,
        "chosen": [_chosen(page, chosen, published[slug]) for slug in chosen.roles],
        "suggested": _suggested(page, chosen, published),
        "order_explained": compare_phrases.ORDER_EXPLAINED,
        "canonical": _canonical(page, chosen),
        **(_table(page, chosen, everybody, reader, _parts(chosen, everybody)) if chosen.can_be_compared else {}),
    }
    response = respond(request, "guides/compare.html", "guides/_comparison.html", context)
    return at_address(request, response, with_query(page, chosen.query))


def _chosen(page: str, chosen: Selection, role: Role) -> Chosen:
    return Chosen(
        role=role,
        is_baseline=role.slug == chosen.baseline,
        without=with_query(page, chosen.without_role(role.slug).query),
    )


def _suggested(page: str, chosen: Selection, published: Mapping[str, Role]) -> list[tuple[Role, str]]:
    """While there are too few roles: those that the first one names as similar, then those of its category."""
    if chosen.can_be_compared or not chosen.roles:
        return []
    first = published[chosen.roles[0]]
    near = [published[slug] for slug in first.similar if slug in published]
    near += [role for role in published.values() if role.category_id == first.category_id and role not in near]
    others = [role for role in near if role != first][:SUGGESTED]
    return [(role, with_query(page, chosen.with_role(role.slug).query)) for role in others]


def _canonical(page: str, chosen: Selection) -> str:
    """The address of the comparison whatever its order and look; a single role is no page of its own."""
    query = chosen.canonical_query if chosen.can_be_compared else ""
    return settings.SITE_URL.rstrip("/") + with_query(page, query)


def _parts(chosen: Selection, everybody: PublishedRoles) -> PageParts:
    """What the same comparison shows to everybody."""
    roles = " ".join(chosen.roles)
    page = f"comparison of {roles}, {chosen.baseline or 'none'} the baseline, {chosen.only_differences}"
    return PageParts(page, partial(_for_everybody, chosen, everybody))


def _for_everybody(chosen: Selection, everybody: PublishedRoles) -> dict[str, Any]:
    """What the parts of a comparison are made from."""
    profiles = [sheet.profile for sheet in everybody.some(chosen.roles).values()]
    comparison = compare(profiles, baseline=chosen.baseline)
    groups = {group: comparison.of_group(group, chosen.only_differences) for group in RowGroup}
    lines = {group: _group(group, rows, everybody.sources) for group, rows in groups.items() if rows}
    return {
        "counts": f"{len(comparison.rows)} {len(comparison.differing)}",
        "before": [lines[group] for group in BEFORE_YOU if group in lines],
        "after": [lines[group] for group in AFTER_YOU if group in lines],
        "wide": len(profiles) + 1,
        "pay": _pay(profiles, everybody.roles),
        "nearest": compare_phrases.nearest_words(
            [one.title for one in profiles if one.pay.rows and not one.pay.is_official]
        ),
    }


def _counts(parts: PageParts) -> tuple[int, int]:
    """Rows of the comparison and those in which the roles differ, without the rows about its reader."""
    said = parts.get("counts")
    if said is None:
        said = parts.everything["counts"]
        parts.put("counts", said)
    rows, differing = said.split()
    return int(rows), int(differing)


def _table(page: str, chosen: Selection, everybody: PublishedRoles, reader: Reader, parts: PageParts) -> dict[str, Any]:
    """Everything that is shown once there are two roles."""
    sheets = everybody.some(chosen.roles)
    profiles = [sheets[slug].profile for slug in chosen.roles]
    answers = FitAnswers(reader.answers, reader.held.levels, reader.current_role)
    fits = {slug: judge(sheet, answers) for slug, sheet in sheets.items()} if reader.answers else {}
    own = rows_about(Viewer(reader.levels, fits), profiles, chosen.baseline)
    rows, differing = _counts(parts)
    shown = [row for row in own if not (chosen.only_differences and row.is_same)]
    return {
        "title": listing([one.title for one in profiles]),
        "status": compare_phrases.comparison_words(
            len(profiles), rows + len(own), differing + sum(not row.is_same for row in own)
        ),
        "own": [_group(RowGroup.YOU, shown, everybody.sources)] if shown else [],
        "table": parts,
        "wide": len(profiles) + 1,
        "turned": with_query(page, chosen.turned().query),
        "order": [_place(placed) for placed in order(profiles, dict(chosen.weights))],
    }


def _group(group: RowGroup, rows: Sequence[Row], sources: Mapping[str, Source]) -> GroupLines:
    return GroupLines(group, compare_phrases.GROUPS[group], tuple(_rows(rows, sources)))


def _rows(rows: Sequence[Row], sources: Mapping[str, Source]) -> list[RowLine]:
    """The rows of a part; skills and tools of one role alone share a row instead of one each with empty cells."""
    lone = [row for row in rows if row.key in {RowKey.SKILL, RowKey.TOOL} and sum(bool(c.low) for c in row.cells) == 1]
    shown = [_row(row, sources) for row in rows if row not in lone]
    # A source stands at the first of the rows that it covers.
    told = [
        row if before is None or row.sources != before.sources else replace(row, sources=())
        for before, row in zip([None, *shown], shown, strict=False)
    ]
    return [*told, _together(lone)] if lone else told


def _together(rows: Sequence[Row]) -> RowLine:
    """What is asked or used in one role alone, as lists below each other."""
    columns = [
        tuple(_item(row, cells[index]) for row in rows if (cells := row.cells)[index].low)
        for index in range(len(rows[0].cells))
    ]
    label = compare_phrases.ALONE[rows[0].key]
    return RowLine(label, tuple(CellLine(DASH, is_soft=not items, items=items) for items in columns), ())


def _item(row: Row, cell: Cell) -> ItemLine:
    label = compare_phrases.row_label(row)
    if row.key == RowKey.SKILL:
        return ItemLine(f"{label}: {compare_phrases.cell_words(row, cell)}", row.slug, int(cell.low or 0))
    return ItemLine(f"{label} ({cell.note})" if cell.note else label)


def _row(row: Row, sources: Mapping[str, Source]) -> RowLine:
    named = dict.fromkeys(cell.source for cell in row.cells if cell.source in sources)
    return RowLine(
        label=compare_phrases.row_label(row),
        cells=tuple(_cell(row, cell) for cell in row.cells),
        sources=tuple(sources[slug] for slug in named),
        skill=row.slug if row.key == RowKey.SKILL else "",
    )


def _cell(row: Row, cell: Cell) -> CellLine:
    is_level = row.kind == RowKind.LEVEL
    return CellLine(
        words=compare_phrases.cell_words(row, cell),
        # Equal levels are seen at once; equal figures are worth a word.
        difference="" if is_level and cell.difference == SAME else compare_phrases.difference_words(row, cell),
        is_best=cell.is_best,
        is_soft=not cell.is_known or (row.key in {RowKey.SKILL, RowKey.TOOL} and not cell.low),
        level=int(cell.low or 0) if is_level else 0,
        items=tuple(ItemLine(words) for words in cell.words) if row.key == RowKey.DAY else (),
    )


def _place(placed: Placed) -> PlaceLine:
    return PlaceLine(
        compare_phrases.place_words(placed),
        tuple(compare_phrases.contribution_words(one) for one in placed.contributions),
    )


def _pay(
    profiles: Sequence[RoleProfile], roles: Mapping[str, Role]
) -> tuple[PayStrip, list[tuple[Role, list[PayRow]]]] | None:
    """The pay of every role on one scale: the strip, and its rows by role."""
    rows = [
        (
            profile,
            Percentiles(
                row.title, row.pay.p10, row.pay.p25, row.pay.median, row.pay.p75, row.pay.p90, row.pay.top_coded
            ),
        )
        for profile in profiles
        for row in profile.pay.rows
        if row.pay
    ]
    if not rows:
        return None
    strip = pay_strip([pay for _, pay in rows])
    drawn = list(zip([profile.slug for profile, _ in rows], strip.rows, strict=True))
    return strip, [(roles[one.slug], [row for slug, row in drawn if slug == one.slug]) for one in profiles]
