"""Pathways between two ends of the content: which stops are looked at, and every move of them computed.

The stops are chosen by nearness alone and before any limit, so that loosening a limit never loses a chain: the ends
whose weaker half of the way is most alike, and those nearest to either end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .atlas import Atlas, View
from .destinations import Seen, Stop, time_to
from .pathway import Hop, Limits, Node, Pathways, pathways
from .transition import Length, Match, margin

BETWEEN = 24
"""Stops looked at because neither half of the way over them is long."""

NEAR = 12
"""Stops looked at because they are near to one of the ends, for each."""


@dataclass(frozen=True, eq=False)
class ComputedPathways:
    """The pathways between two ends, and how their moves are told."""

    origin: Stop
    destination: Stop
    found: Pathways
    looked_at: int
    """Stops that were looked at."""
    moves: Moves


@dataclass(frozen=True, eq=False)
class Moves:
    """The moves between some ends. ``stops``: slug → end; ``views``: slug → what it sees of all occupations."""

    map: Atlas
    stops: Mapping[str, Stop]
    views: Mapping[str, View | None]
    _seen: dict[str, Mapping[str, Seen]] = field(default_factory=dict)
    _hops: dict[tuple[str, str], Hop] = field(default_factory=dict)

    def hop(self, origin: Node, destination: Node) -> Hop:
        """A move as the rule of pathways takes it."""
        key = origin.slug, destination.slug
        if key not in self._hops:
            self._hops[key] = self._computed(origin, destination)
        return self._hops[key]

    def _computed(self, origin: Node, destination: Node) -> Hop:
        seen = self._from(origin.slug)[destination.slug]
        before, after = self.stops[origin.slug], self.stops[destination.slug]
        match = None if seen.match is None else Match(seen.match, margin(before.is_uncertain, after.is_uncertain))
        length = time_to(before, after, seen.ready)
        return Hop(
            origin.slug,
            destination.slug,
            match.middle if match else None,
            (length.low, length.high) if length else None,
        )

    def match(self, hop: Hop) -> Match | None:
        """How alike the ends of a move are, with reasons."""
        return self.map.match(self.stops[hop.origin], self.stops[hop.destination], self.views[hop.origin])

    def length(self, hop: Hop) -> Length | None:
        """How long a move takes, with what that is counted from."""
        ready = self._from(hop.origin)[hop.destination].ready
        return time_to(self.stops[hop.origin], self.stops[hop.destination], ready)

    @cached_property
    def _numbers(self) -> list[int]:
        return [number for number, stop in enumerate(self.map.stops) if stop.slug in self.stops]

    def _from(self, slug: str) -> Mapping[str, Seen]:
        if slug not in self._seen:
            seen = self.map.seen(self.stops[slug], self.views[slug], self._numbers)
            if self.views[slug] is None:
                seen = [one for one in seen if one.stop.slug in self.stops]
            self._seen[slug] = {one.stop.slug: one for one in seen}
        return self._seen[slug]


def computed_pathways(known: Atlas, origin: Stop, destination: Stop, limits: Limits) -> ComputedPathways:
    """The pathways from ``origin`` to another ``destination``; two queries."""
    views = known.views(origin, destination)
    between = _candidates(
        known.seen(origin, views[0]), known.seen(destination, views[1]), {origin.slug, destination.slug}
    )
    ends = [origin, destination, *between]
    seen = dict(zip([one.slug for one in ends], [*views, *known.views(*between)], strict=True))
    moves = Moves(known, {one.slug: one for one in ends}, seen)
    found = pathways(_node(origin), _node(destination), [_node(one) for one in between], moves.hop, limits)
    return ComputedPathways(origin, destination, found, len(between), moves)


def _candidates(from_origin: Iterable[Seen], from_destination: Iterable[Seen], ends: set[str]) -> list[Stop]:
    """Alikeness is the same in both directions, so what the destination sees says how far it is from there."""
    after = {one.stop.slug: one.match for one in from_destination}
    pairs = [
        (one.match, second, one.stop)
        for one in from_origin
        if one.stop.slug not in ends and one.match is not None and (second := after[one.stop.slug]) is not None
    ]
    chosen = {
        stop.slug: stop
        for nearest in (
            sorted(pairs, key=lambda pair: (-min(pair[0], pair[1]), pair[2].slug))[:BETWEEN],
            sorted(pairs, key=lambda pair: (-pair[0], pair[2].slug))[:NEAR],
            sorted(pairs, key=lambda pair: (-pair[1], pair[2].slug))[:NEAR],
        )
        for _, _, stop in nearest
    }
    return list(chosen.values())


def _node(stop: Stop) -> Node:
    return Node(stop.slug, stop.title, stop.medians, stop.education.rank if stop.education else None)
