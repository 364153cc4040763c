"""The order of destinations: what puts each in its place, what filters leave out, and what lies between two ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.destinations import Order, Ranking, Scale, Seen, Stop, Wish, Wishes, rank, stepping_stones
from guides.proximity import Months
from guides.transition import Match
from guides.vocabulary import Education, Remote
from tests.profile_samples import unhurried

SCALE = Scale(0.0, 4.0)
HOME = Stop("home", "Home", "Homes", "/home/", True, medians=(80_000, 80_000), education=Education.BACHELOR)


def stop(slug: str, **more: Any) -> Stop:
    known = {"medians": (90_000, 90_000), "education": Education.BACHELOR, "preparation": Months(24, 48)}
    return replace(Stop(slug, slug.title(), f"{slug.title()}s", f"/{slug}/", False), **{**known, **more})


def seen(slug: str, score: float | None = 5.0, ready: float | None = 0.5, **more: Any) -> Seen:
    return Seen(stop(slug, **more), score, None if score is None else min(100.0, max(0.0, 50 + score)), ready)


def ranked(*those: Seen, order: Order = Order.ALIKE, **wishes: Any) -> Ranking:
    return rank(HOME, those, Wishes(**wishes), order, SCALE, {"written": 20})


def slugs(ranking: Ranking) -> list[str]:
    return [one.stop.slug for one in ranking.destinations]


def test_the_most_alike_stands_first_and_what_cannot_be_compared_last() -> None:
    found = ranked(seen("c", None), seen("a", 2.0), seen("b", 9.0))
    assert slugs(found) == ["b", "a", "c"]
    assert found.destinations[-1].match is None


def test_the_origin_is_not_among_its_destinations() -> None:
    assert slugs(ranked(Seen(HOME, 99.0, 100.0, 1.0), seen("a"))) == ["a"]


def test_likely_moves_go_where_many_work() -> None:
    few, many = seen("few", 6.0, employment=1_000), seen("many", 5.0, employment=1_000_000)
    unknown = seen("unknown", 7.0)
    assert slugs(ranked(few, many, unknown)) == ["unknown", "few", "many"]
    assert slugs(ranked(few, many, unknown, order=Order.LIKELY)) == ["many", "few", "unknown"]


def test_written_guides_are_marked_with_their_weeks() -> None:
    found = ranked(seen("written", is_role=True, hours_per_week=10), seen("a"))
    assert {one.stop.slug: one.written_weeks for one in found.destinations} == {"written": 20, "a": None}


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        ({}, ["cheap", "dear", "far", "learned", "home"]),
        ({"pay_at_least": 80_000}, ["dear", "far", "learned", "home"]),
        ({"months_at_most": 24}, ["cheap", "dear", "learned", "home"]),
        ({"no_new_degree": True}, ["cheap", "dear", "far", "home"]),
        ({"remote": Remote.HYBRID}, ["home"]),
        ({"roles_only": True}, ["home"]),
        ({"pay_at_least": 80_000, "months_at_most": 24, "no_new_degree": True}, ["dear", "home"]),
    ],
)
def test_each_wish_leaves_out_what_does_not_fulfil_it(wishes: dict[str, Any], kept: list[str]) -> None:
    those = (
        seen("cheap", medians=(50_000, 95_000)),
        seen("dear"),
        seen("far", ready=0.1),
        seen("learned", education=Education.MASTER),
        Seen(replace(HOME, slug="role", title="Role", remote=Remote.YES, medians=(90_000, 90_000)), 5.0, 55.0, 0.5),
    )
    found = ranked(*those, **wishes)
    assert sorted(slugs(found)) == sorted("role" if slug == "home" else slug for slug in kept)
    assert found.total == (1 if wishes.get("roles_only") else 5)


def test_what_cannot_be_judged_is_left_out_and_counted() -> None:
    found = ranked(
        seen("a"),
        seen("b", medians=None),
        seen("c", medians=None, preparation=None),
        seen("d", medians=None, education=Education.DOCTORATE),
        pay_at_least=1,
        months_at_most=99,
        no_new_degree=True,
    )
    assert slugs(found) == ["a"]
    assert found.not_known == {Wish.PAY: 2, Wish.MONTHS: 1}


@unhurried
@given(
    scores=st.lists(st.floats(-20, 20, allow_nan=False), min_size=1, max_size=12),
    pay=st.integers(0, 200_000),
    months=st.integers(0, 60),
)
def test_a_wish_only_takes_away_and_keeps_the_order(scores: list[float], pay: int, months: int) -> None:
    those = [seen(f"s{number}", score, medians=(number * 20_000 + 1, 250_000)) for number, score in enumerate(scores)]
    everything = slugs(ranked(*those))
    assert len(everything) == len(those)
    some = slugs(ranked(*those, pay_at_least=pay))
    fewer = slugs(ranked(*those, pay_at_least=pay, months_at_most=months))
    assert some == [slug for slug in everything if slug in some]
    assert set(fewer) <= set(some)


# -- Between two ends --------------------------------------------------------------------------------------------------


def between(*matches: tuple[str, float | None, float | None], direct: float = 60.0) -> list[str]:
    there = stop("there")
    before = [Seen(stop(slug), 0.0, first, 0.5) for slug, first, _ in matches]
    after = [Seen(stop(slug), 0.0, second, 0.5) for slug, _, second in matches]
    return [one.stop.slug for one in stepping_stones(before, after, HOME, there, Match(direct))]


def test_a_stepping_stone_is_more_alike_both_than_they_are_to_each_other() -> None:
    assert between(("a", 70.0, 61.0), ("b", 90.0, 60.0), ("c", 50.0, 99.0), ("d", None, 99.0)) == ["a"]


def test_the_one_with_the_strongest_weaker_half_comes_first_and_three_are_enough() -> None:
    found = between(("a", 99.0, 70.0), ("b", 80.0, 80.0), ("c", 75.0, 90.0), ("d", 65.0, 65.0), ("there", 100.0, 100.0))
    assert found == ["b", "c", "a"]
