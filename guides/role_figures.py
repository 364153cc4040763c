"""A role's rows as the plain values that rules and phrases take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from .duration import Duration
from .figures import FigureKind, OfficialFigures, official_figures, standing_for
from .models import Occupation, Role, RoleOccupation, Source
from .pay import PayBasis, basis
from .phrases import RoleWords
from .vocabulary import Coding, Difficulty, EntryBarrier, Remote


@dataclass(frozen=True)
class RoleFigures:
    """Official figures of a role: all its occupations, those that stand for it, and its pay."""

    all: tuple[OfficialFigures, ...]
    standing: tuple[OfficialFigures, ...]
    pay: PayBasis

    @property
    def sources(self) -> set[str]:
        """Slugs of every source that a figure of the role comes from."""
        return {slug for one in self.all for slug in one.sources}


def words_of(role: Role, hours_per_week: int, starts_from: str = "") -> RoleWords:
    """What sentences about the role need; the role's category has to be loaded."""
    return RoleWords(
        title=role.title,
        plural=role.plural,
        article=role.article,
        difficulty=Difficulty(role.difficulty),
        entry_barrier=EntryBarrier(role.entry_barrier),
        entry_barrier_why=role.entry_barrier_why,
        coding=Coding(role.coding),
        coding_why=role.coding_why,
        remote=Remote(role.remote),
        remote_why=role.remote_why,
        has_ai=role.category.has_ai,
        duration=Duration(role.weeks, hours_per_week),
        starts_from=starts_from,
    )


def figures_of(links: Iterable[RoleOccupation]) -> RoleFigures:
    """The figures behind a role from its links, whose occupations have to be loaded."""
    figures = tuple(
        official_figures(
            link.occupation.code, link.occupation.title, link.weight, link.match, link.why, link.occupation.figures
        )
        for link in links
    )
    return RoleFigures(figures, standing_for(figures), basis([one.occupation_pay for one in figures]))


FIGURE_SOURCES = {
    FigureKind.PAY: "figures__pay__source",
    FigureKind.OUTLOOK: "figures__outlook__source",
    FigureKind.TRANSFER: "figures__transfer__source",
    FigureKind.ENTRY: "figures__entry__source",
    FigureKind.LICENCE: "figures__licence__source",
    FigureKind.PREPARATION: "figures__preparation__source",
    FigureKind.TASK_SHARE: "figures__exposure__task_share_source",
    FigureKind.OBSERVED_USE: "figures__exposure__observed_use_source",
}
"""Where the source of each figure stands in ``Occupation.figures``."""


@dataclass(frozen=True)
class FiguresNote:
    """What the figures in lists of roles rest on: sources of median pay and of outlooks, first and last year of each
    projection."""

    pay: tuple[Source, ...]
    outlook: tuple[Source, ...]
    spans: tuple[tuple[int, int], ...]


def figures_note() -> FiguresNote:
    """The sources behind the figures of all roles, in two queries."""
    of_outlook = ("source", "start_year", "end_year")
    named = list(
        _behind_roles()
        .order_by()
        .values_list("figures__pay__source", *(f"figures__outlook__{key}" for key in of_outlook))
        .distinct()
    )
    pay, outlook = {row[0] for row in named}, {row[1] for row in named}
    sources = list(Source.objects.filter(slug__in=[slug for slug in pay | outlook if slug]))
    return FiguresNote(
        tuple(one for one in sources if one.slug in pay),
        tuple(one for one in sources if one.slug in outlook),
        tuple(sorted({(row[2], row[3]) for row in named if row[1]})),
    )


def _behind_roles() -> QuerySet[Occupation]:
    """Occupations that stand behind a role, each once: joined, they would come once for each of thousands of roles."""
    return Occupation.objects.filter(Exists(RoleOccupation.objects.filter(occupation=OuterRef("pk"))))


def sources_of_figures(sources: Mapping[str, Source]) -> dict[FigureKind, list[Source]]:
    """Those of ``sources`` (by slug) that each kind of figure comes from, over all occupations behind roles."""
    named: dict[FigureKind, set[str]] = {}
    fields = [FIGURE_SOURCES[kind] for kind in FigureKind]
    for row in _behind_roles().order_by().values_list(*fields).distinct():
        for kind, slug in zip(FigureKind, row, strict=True):
            named.setdefault(kind, set()).add(slug)
    return {kind: [one for slug, one in sources.items() if slug in named.get(kind, ())] for kind in FigureKind}


def sources_by_slug() -> dict[str, Source]:
    """Every source; there are few, and pages mark each figure with its own."""
    return {source.slug: source for source in Source.objects.all()}
