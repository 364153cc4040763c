"""Which pages rest on a source, and with what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .figures import FigureKind, official_figures
from .models import Category, Occupation, Role, RoleOccupation, Source, Transition
from .vocabulary import OccupationMatch

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
    """The pages among those of ``roles`` and ``transitions``; two queries for the occupations behind the roles."""
    links = list(RoleOccupation.objects.filter(role__in=roles).values_list("role", "occupation"))
    occupations = _occupation_uses(source, {occupation for _, occupation in links})
    behind: dict[int, list[OccupationUse]] = {}
    for role_key, occupation in links:
        if occupation in occupations:
            behind.setdefault(role_key, []).append(occupations[occupation])
    uses = [RoleUse(role, _of_role(source, role, behind.get(role.pk, ()))) for role in roles]
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


def _occupation_uses(source: Source, keys: Collection[int]) -> dict[int, OccupationUse]:
    """Those of some occupations that have a figure from the source, by key."""
    found = {}
    for one in Occupation.objects.filter(pk__in=keys):
        # What an occupation counts in a role has no source.
        figures = official_figures(one.code, one.title, 1.0, OccupationMatch.COVERS, "", one.figures)
        kinds = tuple(kind for kind, slug in figures.source_of.items() if slug == source.slug)
        if kinds:
            found[one.pk] = OccupationUse(one, kinds)
    return found


def _of_role(source: Source, role: Role, behind: Iterable[OccupationUse]) -> tuple[str, ...]:
    found = {kind for use in behind for kind in use.kinds}
    kinds: list[str] = [kind for kind in FigureKind if kind in found]
    kinds += [STAGES] * (role.stages_source_id == source.pk)
    kinds += [TEXT] * (source.slug in role.further_sources)
    return tuple(kinds)
