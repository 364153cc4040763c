"""The roles and occupations that are most like an official occupation, as lists of moves out of it have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .atlas import atlas
from .destinations import Seen, Stop
from .models import OfficialOccupation, RoleOccupation
from .occupation_phrases import Alikeness, alikeness
from .transition import Match, margin

ROLES, OCCUPATIONS = 6, 10
"""How many of each are shown."""


@dataclass(frozen=True)
class Neighbour:
    """A role or occupation and how alike it is."""

    stop: Stop
    alikeness: Alikeness


@dataclass(frozen=True)
class Neighbours:
    """The nearest first in each part; ``behind`` are the roles that the occupation itself stands behind."""

    roles: tuple[Neighbour, ...]
    occupations: tuple[Neighbour, ...]
    behind: tuple[Stop, ...]


def neighbours_of(occupation: OfficialOccupation) -> Neighbours:
    """The neighbours of an occupation; none where a role has its address, for then the moves are that role's."""
    ends = atlas()
    itself = ends.by_slug.get(occupation.slug)
    if itself is None or itself.is_role:
        return Neighbours((), (), ())
    seen = [one for one in ends.seen(itself, ends.views(itself)[0]) if one.stop is not itself]
    behind = RoleOccupation.objects.filter(occupation__code=occupation.code).values_list("role__slug", flat=True)
    return Neighbours(
        roles=_nearest(itself, (one for one in seen if one.stop.is_role), ROLES),
        occupations=_nearest(itself, (one for one in seen if not one.stop.is_role), OCCUPATIONS),
        behind=tuple(ends.by_slug[slug] for slug in behind if slug in ends.by_slug),
    )


def _nearest(itself: Stop, seen: Iterable[Seen], top: int) -> tuple[Neighbour, ...]:
    known = [(one.score, one.match, one.stop) for one in seen if one.score is not None and one.match is not None]
    known.sort(key=lambda one: (-one[0], one[2].title))
    return tuple(
        Neighbour(stop, alikeness(Match(match, margin(itself.is_uncertain, stop.is_uncertain))))
        for _, match, stop in known[:top]
    )
