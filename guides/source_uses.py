"""Which pages rest on a source, and with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .figures import FigureKind, OfficialFigures
from .models import Category, Occupation, Role, Source, Transition
from .role_figures import figures_of

MOVES = "cps-moves-2011-2019"
"""Source of how often people move between occupations, by which every computed move is judged."""

STAGES, TEXT = "pay by stage", "text"

LISTED = frozenset({FigureKind.PAY, FigureKind.OUTLOOK})
"""Figures that lists of roles show as well."""


@dataclass(frozen=True)
class RoleUse:
    """A role and what of its pages comes from the source, in the order of the page."""

    role: Role
    kinds: tuple[str, ...]

    @property
    def is_listed(self) -> bool:
        """Whether lists of roles show a figure from the source."""
        return bool(LISTED & set(self.kinds))


@dataclass(frozen=True)
class OccupationUse:
    """An official occupation and what of its figures comes from the source."""

    occupation: Occupation
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class SourceUses:
    """Every page that rests on one source."""

    roles: tuple[RoleUse, ...]
    transitions: tuple[Transition, ...]
    occupations: tuple[OccupationUse, ...]

    @property
    def categories(self) -> tuple[Category, ...]:
        """Categories whose lists show a figure from the source."""
        found = {use.role.category.pk: use.role.category for use in self.roles if use.is_listed}
        return tuple(sorted(found.values(), key=lambda one: one.name))


def source_uses(source: Source, roles: Sequence[Role], transitions: Iterable[Transition]) -> SourceUses:
    """The pages among those of ``roles``, whose occupations are fetched if they have not been, and ``transitions``."""
    figures: dict[int, tuple[OfficialFigures, ...]] = {}
    occupations: dict[int, OccupationUse] = {}
    for role in roles:
        links = role.occupation_links.all()
        figures[role.pk] = figures_of(links).all
        for link, one in zip(links, figures[role.pk], strict=True):
            kinds = _kinds(source, [one])
            if kinds:
                occupations[link.occupation_id] = OccupationUse(link.occupation, kinds)
    uses = [RoleUse(role, _of_role(source, role, figures)) for role in roles]
    resting = {use.role.pk: use for use in uses if use.kinds}
    return SourceUses(
        tuple(resting.values()),
        tuple(
            guide
            for guide in transitions
            if {guide.origin_id, guide.destination_id} & resting.keys() or source.slug in guide.further_sources
        ),
        tuple(sorted(occupations.values(), key=lambda use: use.occupation.code)),
    )


def _of_role(source: Source, role: Role, figures: Mapping[int, Sequence[OfficialFigures]]) -> tuple[str, ...]:
    kinds = list(_kinds(source, figures[role.pk]))
    kinds += [STAGES] * (role.stages_source_id == source.pk)
    kinds += [TEXT] * (source.slug in role.further_sources)
    return tuple(kinds)


def _kinds(source: Source, figures: Iterable[OfficialFigures]) -> tuple[str, ...]:
    found = {kind for one in figures for kind, slug in one.source_of.items() if slug == source.slug}
    return tuple(kind for kind in FigureKind if kind in found)
