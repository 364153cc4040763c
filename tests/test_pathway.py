"""Pathways: every chain keeps the limits, none shown is dominated, the direct move is always there, nothing unknown
passes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.pathway import (
    MOST_MOVES,
    WEAK_MATCH,
    FindHop,
    Hop,
    Limit,
    Limits,
    Node,
    Pathways,
    Relief,
    Way,
    Weakness,
    is_detour,
    pathways,
)
from guides.proximity import BANDS
from tests.profile_samples import unhurried

HERE = Node("here", "Here", (100_000, 100_000), 3)
THERE = Node("there", "There", (110_000, 110_000), 3)


def stop(slug: str, pay: tuple[int, int] | None = (100_000, 100_000), education: int | None = 3) -> Node:
    return Node(slug, slug.title(), pay, education)


Known = dict[str, tuple[int | None, int | None]]
"""Match and months at the slow end by ``origin_destination``; every other move is unlike and long."""

USUAL = Limits(12, 80)


def moves(known: Known) -> FindHop:
    def find(origin: Node, destination: Node) -> Hop:
        match, months = known.get(f"{origin.slug}_{destination.slug}", (10, 60))
        return Hop(origin.slug, destination.slug, match, None if months is None else (months // 2, months))

    return find


def found(known: Known, *stops: Node, limits: Limits = USUAL, there: Node = THERE) -> Pathways:
    return pathways(HERE, there, stops, moves(known), limits)


def over(result: Pathways) -> list[str]:
    return ["-".join(node.slug for node in way.stops) for way in result.chains]


# -- By hand -----------------------------------------------------------------------------------------------------------


def test_a_chain_of_two_moves_that_keeps_the_limits_stands_beside_a_direct_move_that_does_not() -> None:
    result = found({"here_there": (60, 24), "here_a": (90, 10), "a_there": (85, 12)}, stop("a"))
    assert over(result) == ["a"]
    (chain,) = result.chains
    assert (chain.months, chain.lowest_pay, chain.pay_percent, chain.weakest) == ((11, 22), 100_000, 100, 85)
    assert result.direct.verdicts(Limits(12, 80)) == {Limit.MONTHS: False, Limit.PAY: True}
    assert result.weaknesses == (Weakness.MATCH, Weakness.MONTHS)


def test_a_chain_of_three_moves_is_found_where_two_are_too_long() -> None:
    result = found(
        {"here_there": (20, 40), "here_a": (90, 10), "a_b": (90, 10), "b_there": (90, 10)}, stop("a"), stop("b")
    )
    assert over(result) == ["a-b"]


@pytest.mark.parametrize(
    ("months", "pay", "chains"),
    [(12, 80, ["a"]), (11, 80, []), (12, 95, []), (11, None, []), (None, 95, []), (12, 90, ["a"])],
)
def test_a_limit_counts_for_every_move_at_its_slow_end_and_for_every_stop_at_its_lowest_median(
    months: int | None, pay: int | None, chains: list[str]
) -> None:
    between = stop("a", (90_000, 140_000))
    known: Known = {"here_there": (60, 11), "here_a": (90, 12), "a_there": (85, 3)}
    result = found(known, between, limits=Limits(months, pay))
    assert over(result) == chains


def test_todays_pay_is_the_highest_median_so_that_a_promise_holds_for_everybody() -> None:
    origin = replace(HERE, pay=(60_000, 120_000))
    known = moves({"here_a": (90, 5), "a_there": (90, 5)})
    assert not pathways(origin, THERE, [stop("a")], known, Limits(12, 90)).chains
    assert pathways(origin, THERE, [stop("a")], known, Limits(12, 80)).chains


def test_the_destination_keeps_the_limit_of_pay_too() -> None:
    poor = replace(THERE, pay=(50_000, 50_000))
    result = found({"here_a": (90, 5), "a_there": (90, 5)}, stop("a"), there=poor)
    assert result.chains == ()
    assert result.reliefs == (Relief(pay_percent=50),)


def test_unknown_pay_and_unknown_months_pass_no_limit_and_are_named() -> None:
    known: Known = {"here_a": (90, 5), "a_there": (90, 5), "here_b": (90, None), "b_there": (90, 5)}
    result = found(known, stop("a", None), stop("b"))
    assert result.chains == ()
    assert {limit: [node.slug for node in nodes] for limit, nodes in result.not_known.items()} == {
        Limit.PAY: ["a"],
        Limit.MONTHS: ["b"],
    }
    assert over(found(known, stop("a", None), limits=Limits(12, None))) == ["a"]


@pytest.mark.parametrize(("here", "there"), [(None, (1, 1)), ((1, 1), None)])
def test_without_the_pay_of_an_end_no_chain_keeps_a_limit_of_pay(
    here: tuple[int, int] | None, there: tuple[int, int] | None
) -> None:
    known = moves({"here_a": (90, 5), "a_there": (90, 5)})
    result = pathways(replace(HERE, pay=here), replace(THERE, pay=there), [stop("a")], known, Limits(12, 60))
    assert result.chains == ()
    assert Weakness.PAY_NOT_KNOWN in result.weaknesses
    assert result.not_known[Limit.PAY]


def test_a_move_that_nobody_can_rate_is_no_part_of_a_chain() -> None:
    assert not found({"here_a": (None, 5), "a_there": (90, 5)}, stop("a")).chains


def test_what_is_no_better_in_anything_is_left_out_and_counted() -> None:
    known: Known = {"here_a": (90, 10), "a_there": (90, 10), "here_b": (89, 10), "b_there": (90, 10)}
    result = found(known | {"here_there": (20, 40)}, stop("a"), stop("b"))
    assert over(result) == ["a"]
    assert result.dominated == 1


def test_the_direct_move_leaves_chains_out_only_while_it_keeps_the_limits_itself() -> None:
    known: Known = {"here_a": (80, 10), "a_there": (80, 10)}
    assert not found(known | {"here_there": (90, 12)}, stop("a")).chains
    assert found(known | {"here_there": (90, 13)}, stop("a")).chains
    assert not found(known | {"here_there": (80, 12)}, stop("a")).weaknesses


def test_a_stop_that_asks_for_more_education_than_both_ends_is_no_way() -> None:
    known: Known = {"here_a": (90, 5), "a_there": (90, 5)}
    result = found(known, stop("a", education=4))
    assert (result.chains, result.detours) == ((), 1)
    assert over(found(known, stop("a", education=4), there=replace(THERE, education=4))) == ["a"]
    assert not is_detour(stop("a", education=None), HERE, THERE)


def test_without_a_chain_it_is_said_how_far_each_limit_would_have_to_give() -> None:
    known: Known = {"here_a": (90, 20), "a_there": (90, 10), "here_b": (90, 10), "b_there": (90, 10)}
    result = found(known, stop("a"), stop("b", (70_000, 70_000)))
    assert result.reliefs == (Relief(months=20), Relief(pay_percent=70))


def test_both_limits_give_together_where_neither_is_enough() -> None:
    result = found({"here_a": (90, 20), "a_there": (90, 10)}, stop("a", (70_000, 70_000)))
    assert result.reliefs == (Relief(20, 70),)


def test_weak_is_what_happens_less_often_than_by_chance() -> None:
    assert {one.low >= WEAK_MATCH for one in BANDS if one.times >= 1} == {True}
    assert {one.low >= WEAK_MATCH for one in BANDS if one.times < 1} == {False}


# -- Properties --------------------------------------------------------------------------------------------------------

SLUGS = ("a", "b", "c", "d")
pay = st.none() | st.integers(1, 4).flatmap(
    lambda low: st.integers(low, 4).map(lambda high: (low * 30_000, high * 30_000))
)
facts = st.tuples(pay, st.none() | st.integers(2, 4))
numbers = st.tuples(st.none() | st.integers(0, 100), st.none() | st.integers(0, 36))
limits = st.builds(Limits, st.none() | st.sampled_from([6, 12, 24]), st.none() | st.sampled_from([60, 80, 100]))
Case = tuple[Node, Node, list[Node], FindHop]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    made = [Node(slug, slug, *draw(facts)) for slug in ("here", "there", *SLUGS)]
    known = {f"{one.slug}_{other.slug}": draw(numbers) for one, other in permutations(made, 2)}
    return made[0], made[1], made[2:], moves(known)


def keeps(way: Way, wanted: Limits) -> bool:
    """Said once more, apart from the rule."""
    today = way.nodes[0].pay
    short = wanted.months is None or all(hop.months and hop.months[1] <= wanted.months for hop in way.hops)
    paid = wanted.pay_percent is None or all(
        today and node.pay and node.pay[0] / today[1] >= wanted.pay_percent / 100 for node in way.nodes[1:]
    )
    return bool(short and paid)


@unhurried
@given(cases(), limits)
def test_every_chain_keeps_the_limits_and_is_a_way_from_end_to_end(case: Case, wanted: Limits) -> None:
    origin, destination, stops, find = case
    result = pathways(origin, destination, stops, find, wanted)
    for way in result.chains:
        assert keeps(way, wanted)
        assert 2 <= len(way.hops) <= MOST_MOVES
        assert (way.nodes[0], way.nodes[-1]) == (origin, destination)
        assert len(set(way.nodes)) == len(way.nodes)
        assert list(way.hops) == [find(first, second) for first, second in pairwise(way.nodes)]
        assert None not in [hop.match for hop in way.hops]


@unhurried
@given(cases(), limits)
def test_the_direct_move_is_always_there_and_no_chain_shown_is_dominated(case: Case, wanted: Limits) -> None:
    origin, destination, stops, find = case
    result = pathways(origin, destination, stops, find, wanted)
    assert result.direct == Way((origin, destination), (find(origin, destination),))
    shown = [*result.chains, *([result.direct] if keeps(result.direct, wanted) else [])]
    assert not any(one.covers(other) for one, other in permutations(shown, 2) if other is not result.direct)


@unhurried
@given(cases(), limits, limits)
def test_loosening_a_limit_removes_a_chain_only_by_a_better_way(case: Case, first: Limits, second: Limits) -> None:
    loose = Limits(
        None if None in (first.months, second.months) else max(first.months or 0, second.months or 0),
        None
        if None in (first.pay_percent, second.pay_percent)
        else min(first.pay_percent or 0, second.pay_percent or 0),
    )
    origin, destination, stops, find = case
    strict = pathways(origin, destination, stops, find, first)
    result = pathways(origin, destination, stops, find, loose)
    ways = [*result.chains, *([result.direct] if keeps(result.direct, loose) else [])]
    assert all(any(way.covers(chain) for way in ways) for chain in strict.chains)
    assert len(result.chains) + result.dominated >= len(strict.chains) + strict.dominated


@unhurried
@given(cases(), limits)
def test_giving_way_as_far_as_is_said_lets_a_chain_through_and_less_does_not(case: Case, wanted: Limits) -> None:
    origin, destination, stops, find = case
    result = pathways(origin, destination, stops, find, wanted)
    for relief in result.reliefs:
        given_way = Limits(
            wanted.months if relief.months is None else relief.months,
            wanted.pay_percent if relief.pay_percent is None else relief.pay_percent,
        )
        again = pathways(origin, destination, stops, find, given_way)
        assert again.chains or again.dominated
        if relief.pay_percent is None and relief.months:
            less = pathways(origin, destination, stops, find, replace(given_way, months=relief.months - 1))
            assert not less.chains
            assert not less.dominated
