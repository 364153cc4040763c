"""Pathways: ways from one end to another in up to three moves, within two limits, and what the direct move lacks.

*Months* are those of the slow end of each range, because a limit that only quick learners keep is none. *Pay* is the
median of a stop as a share of today's, in the least favourable reading: the lowest median of the stop against the
highest of the origin. Both hold for every move and every stop, the destination among them. What is not known keeps no
limit: it is left out and named, never passed over.

Of the chains within the limits, one is dominated that is no better than another way within them in any of three things:
months in all, lowest pay on the way, weakest match. A number that is not known is no better than any. The direct move
dominates like any other way as long as it keeps the limits itself, and is shown in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

MOST_MOVES = 3
"""Moves in a chain: the search looks at no more than two stops between the ends."""

WEAK_MATCH = 75
"""Match below which people move less often than by chance (``proximity.BANDS``)."""


@dataclass(frozen=True)
class Node:
    """An end of a move or a stop on the way; what is not known is None."""

    slug: str
    title: str
    pay: tuple[int, int] | None = None
    """Lowest and highest median of a year, in US dollars."""
    education: int | None = None
    """Rank of the education that is usual at entry; higher is more."""


@dataclass(frozen=True)
class Hop:
    """A move from one node to another; what is not known is None."""

    origin: str
    destination: str
    match: int | None = None
    """0 to 100, as it is shown: differences that nobody can read count for nothing."""
    months: tuple[int, int] | None = None
    """Months of learning for quick and for slow learners."""


class Limit(Enum):
    """What every move of a way has to keep."""

    MONTHS = "months"
    PAY = "pay"


@dataclass(frozen=True)
class Limits:
    """At most so many months a move, and never below so many per cent of today's pay; None: no such limit."""

    months: int | None = None
    pay_percent: int | None = None


@dataclass(frozen=True)
class Way:
    """A way from the first of its nodes to the last, one hop fewer than nodes."""

    nodes: tuple[Node, ...]
    hops: tuple[Hop, ...]

    @property
    def stops(self) -> tuple[Node, ...]:
        """The nodes between its ends."""
        return self.nodes[1:-1]

    @property
    def months(self) -> tuple[int, int] | None:
        """Months of learning in all, for quick and for slow learners; None when one move's are not known."""
        known = [hop.months for hop in self.hops if hop.months]
        if len(known) < len(self.hops):
            return None
        return sum(low for low, _ in known), sum(high for _, high in known)

    @property
    def longest(self) -> int | None:
        """Months of its longest move, at the slow end."""
        known = [hop.months[1] for hop in self.hops if hop.months]
        return max(known) if len(known) == len(self.hops) else None

    @property
    def lowest_pay(self) -> int | None:
        """The lowest median of any node after the first; None when one of them is not known."""
        known = [node.pay[0] for node in self.nodes[1:] if node.pay]
        return min(known) if len(known) == len(self.hops) else None

    @property
    def pay_percent(self) -> int | None:
        """The lowest pay on the way as a share of today's, in whole per cent, rounded down; None when not known."""
        today, lowest = self.nodes[0].pay, self.lowest_pay
        return None if today is None or lowest is None else 100 * lowest // today[1]

    @property
    def weakest(self) -> int | None:
        """The match of its least alike move; None when one is not known."""
        known = [hop.match for hop in self.hops if hop.match is not None]
        return min(known) if len(known) == len(self.hops) else None

    def verdicts(self, limits: Limits) -> dict[Limit, bool | None]:
        """For each limit that is set, whether the way keeps it; None where that is not known."""
        found: dict[Limit, bool | None] = {}
        if limits.months is not None:
            found[Limit.MONTHS] = _all(keeps_months(hop, limits) for hop in self.hops)
        if limits.pay_percent is not None:
            found[Limit.PAY] = _all(keeps_pay(node, self.nodes[0], limits) for node in self.nodes[1:])
        return found

    def keeps(self, limits: Limits) -> bool:
        """Whether it certainly keeps every limit that is set."""
        return all(verdict is True for verdict in self.verdicts(limits).values())

    def covers(self, other: Way) -> bool:
        """Whether ``other`` is no better in months, lowest pay and weakest match."""
        return all(ours >= theirs for ours, theirs in zip(_merits(self), _merits(other), strict=True))


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    """False when one is, None when none is and one is not known, True otherwise."""
    found = list(verdicts)
    return False if False in found else None if None in found else True


def keeps_months(hop: Hop, limits: Limits) -> bool | None:
    """Whether a move is short enough; None when its length is not known and there is a limit."""
    if limits.months is None:
        return True
    return hop.months[1] <= limits.months if hop.months else None


def keeps_pay(node: Node, origin: Node, limits: Limits) -> bool | None:
    """Whether a stop pays enough; None when its pay or today's is not known and there is a limit."""
    if limits.pay_percent is None:
        return True
    if origin.pay is None or node.pay is None:
        return None
    return 100 * node.pay[0] >= limits.pay_percent * origin.pay[1]


def _merits(way: Way) -> tuple[float, float, float]:
    """Months, lowest pay and weakest match, each the higher the better; what is not known is worst."""
    months = -float(way.months[1]) if way.months else -float("inf")
    pay = -1.0 if way.lowest_pay is None else float(way.lowest_pay)
    return months, pay, -1.0 if way.weakest is None else float(way.weakest)


class Weakness(Enum):
    """What speaks against the direct move, so that stops on the way are worth a look."""

    NO_MATCH = "match is not known"
    MATCH = "match"
    EDUCATION = "education"
    MONTHS = "months"
    MONTHS_NOT_KNOWN = "months are not known"
    PAY = "pay"
    PAY_NOT_KNOWN = "pay is not known"


@dataclass(frozen=True)
class Relief:
    """How far limits would have to give for one chain more; None leaves that limit as it is."""

    months: int | None = None
    pay_percent: int | None = None


@dataclass(frozen=True)
class Pathways:
    """The direct move and the chains beside it, each chain within the limits and none dominated."""

    direct: Way
    weaknesses: tuple[Weakness, ...]
    chains: tuple[Way, ...]
    """The most alike in their weakest move first."""
    dominated: int
    """Chains within the limits that are not shown, because another way is as good in everything."""
    not_known: Mapping[Limit, tuple[Node, ...]]
    """By limit, the ends and stops that were left out because nobody can say whether they keep it."""
    detours: int
    """Stops left out because they ask for more education than either end."""
    reliefs: tuple[Relief, ...]
    """Where there is no chain: each way in which the limits would have to give, the smallest first change of each."""


FindHop = Callable[[Node, Node], Hop]
"""The move from one node to another; the same answer for the same nodes."""


def pathways(origin: Node, destination: Node, stops: Sequence[Node], hop: FindHop, limits: Limits) -> Pathways:
    """The direct move from ``origin`` to ``destination`` and the chains over ``stops`` that keep the limits.

    ``hop`` is asked for the moves alone that can still be part of a chain. A move whose match is not known is none.
    """
    between = {node.slug: node for node in stops if node.slug not in (origin.slug, destination.slug)}
    usable = [node for node in between.values() if not is_detour(node, origin, destination)]
    direct = Way((origin, destination), (hop(origin, destination),))
    kept = list(_chains(origin, destination, usable, hop, limits))
    rivals = [direct, *kept] if direct.keeps(limits) else kept
    best = {way for way in _undominated(rivals) if way is not direct}
    chains = sorted((way for way in kept if way in best), key=_order)
    return Pathways(
        direct=direct,
        weaknesses=weaknesses(direct, limits),
        chains=tuple(chains),
        dominated=len(kept) - len(chains),
        not_known=_not_known(origin, destination, usable, hop, limits),
        detours=len(between) - len(usable),
        reliefs=() if kept else _reliefs(origin, destination, usable, hop, limits),
    )


def is_detour(stop: Node, origin: Node, destination: Node) -> bool:
    """Whether a stop usually asks for more education than both ends, as far as that is known."""
    ends = [node.education for node in (origin, destination) if node.education is not None]
    return bool(ends) and stop.education is not None and stop.education > max(ends)


def weaknesses(direct: Way, limits: Limits) -> tuple[Weakness, ...]:
    """What speaks against the direct move; empty when nothing does."""
    (move,), (origin, destination) = direct.hops, direct.nodes
    verdicts = direct.verdicts(limits)
    before, after = origin.education, destination.education
    doubts = {
        Weakness.NO_MATCH: move.match is None,
        Weakness.MATCH: move.match is not None and move.match < WEAK_MATCH,
        Weakness.EDUCATION: before is not None and after is not None and after > before,
        Weakness.MONTHS: verdicts.get(Limit.MONTHS, True) is False,
        Weakness.MONTHS_NOT_KNOWN: verdicts.get(Limit.MONTHS, True) is None,
        Weakness.PAY: verdicts.get(Limit.PAY, True) is False,
        Weakness.PAY_NOT_KNOWN: verdicts.get(Limit.PAY, True) is None,
    }
    return tuple(weakness for weakness, holds in doubts.items() if holds)


# -- Chains ------------------------------------------------------------------------------------------------------------


def _chains(origin: Node, destination: Node, stops: Sequence[Node], hop: FindHop, limits: Limits) -> Iterator[Way]:
    """Every chain of two or of three moves that keeps the limits."""

    def move(first: Node, second: Node) -> Hop | None:
        found = hop(first, second)
        return found if found.match is not None and keeps_months(found, limits) else None

    if not keeps_pay(destination, origin, limits):
        return
    paying = [node for node in stops if keeps_pay(node, origin, limits)]
    firsts = {node: found for node in paying if (found := move(origin, node))}
    lasts = {node: found for node in paying if (found := move(node, destination))}
    for stop, last in lasts.items():
        if stop in firsts:
            yield Way((origin, stop, destination), (firsts[stop], last))
        for before, first in firsts.items():
            if before != stop and (between := move(before, stop)):
                yield Way((origin, before, stop, destination), (first, between, last))


def _order(way: Way) -> tuple[float, float, float, int, tuple[str, ...]]:
    months, pay, match = _merits(way)
    return -match, -months, -pay, len(way.hops), tuple(node.slug for node in way.nodes)


def _undominated(ways: Iterable[Way]) -> list[Way]:
    """The ways that no other covers; of equal ones the one with the fewest moves.

    In this order whatever covers a way stands before it, and what is covered covers nothing that its cover does not.
    """
    found: list[Way] = []
    best: list[tuple[float, float, float]] = []
    for (match, months, pay, *_), way in sorted(((_order(way), way) for way in ways), key=lambda pair: pair[0]):
        if not any(one[0] <= match and one[1] <= months and one[2] <= pay for one in best):
            best.append((match, months, pay))
            found.append(way)
    return found


def _not_known(
    origin: Node, destination: Node, stops: Sequence[Node], hop: FindHop, limits: Limits
) -> dict[Limit, tuple[Node, ...]]:
    found: dict[Limit, tuple[Node, ...]] = {}
    if limits.pay_percent is not None:
        found[Limit.PAY] = tuple(node for node in (origin, destination, *stops) if node.pay is None)
    if limits.months is not None:
        lengths = [(node, hop(origin, node)) for node in (*stops, destination)]
        found[Limit.MONTHS] = tuple(node for node, move in lengths if move.months is None)
    return {limit: nodes for limit, nodes in found.items() if nodes}


def _reliefs(
    origin: Node, destination: Node, stops: Sequence[Node], hop: FindHop, limits: Limits
) -> tuple[Relief, ...]:
    """The least months and the least loss of pay that would let a chain through; both together where neither does."""
    found = []
    if limits.months is not None:
        longer = _chains(origin, destination, stops, hop, Limits(None, limits.pay_percent))
        lengths = [way.longest for way in longer if way.longest is not None]
        found += [Relief(months=min(lengths))] if lengths else []
    if limits.pay_percent is not None:
        poorer = _chains(origin, destination, stops, hop, Limits(limits.months, None))
        shares = [way.pay_percent for way in poorer if way.pay_percent is not None]
        found += [Relief(pay_percent=max(shares))] if shares else []
    if found or limits.months is None or limits.pay_percent is None:
        return tuple(found)
    both = [
        (way.longest, way.pay_percent)
        for way in _chains(origin, destination, stops, hop, Limits())
        if way.longest is not None and way.pay_percent is not None
    ]
    # Of the two, pay gives as little as it can: months can be planned for.
    best = min(both, key=lambda one: (-one[1], one[0]), default=None)
    return (Relief(*best),) if best else ()
