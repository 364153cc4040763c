"""Pay: one covering occupation or all neighbours side by side, never an average, and changes that keep their range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.pay import TOP_CODE, OccupationPay, PayBasis, Percentiles, basis, change
from guides.vocabulary import OccupationMatch

COVERS, PROXY = OccupationMatch.COVERS, OccupationMatch.PROXY


def around(median: int) -> Percentiles:
    return Percentiles(median // 2, median * 3 // 4, median, median * 5 // 4, median * 2)


def occupation(code: str, weight: float, match: OccupationMatch, median: int | None = 50_000) -> OccupationPay:
    return OccupationPay(code, f"Occupation {code}", weight, match, around(median) if median else None, "survey")


def codes(pay: PayBasis) -> list[str]:
    return [row.code for row in pay.rows]


bases = st.lists(st.integers(20_000, 400_000), min_size=1, max_size=4).map(
    lambda medians: PayBasis(tuple(occupation(str(n), 1, PROXY, m) for n, m in enumerate(medians)), is_official=False)
)
occupations = st.lists(
    st.builds(
        occupation,
        code=st.integers(0, 99).map(str),
        weight=st.sampled_from([0.1, 0.2, 0.3, 0.5]),
        match=st.sampled_from([COVERS, PROXY]),
        median=st.none() | st.integers(20_000, 400_000),
    ),
    max_size=6,
    unique_by=lambda row: row.code,
)


def test_the_heaviest_covering_occupation_stands_alone() -> None:
    found = basis([occupation("a", 0.2, COVERS), occupation("b", 0.3, COVERS), occupation("c", 0.5, PROXY)])
    assert (codes(found), found.is_official) == (["b"], True)


def test_a_covering_occupation_without_published_pay_leaves_its_place_to_one_that_has_it() -> None:
    found = basis([occupation("a", 0.7, COVERS, None), occupation("b", 0.3, COVERS)])
    assert (codes(found), found.is_official) == (["b"], True)


def test_without_covering_pay_all_neighbours_stand_side_by_side_heaviest_first() -> None:
    found = basis([occupation("a", 0.2, PROXY), occupation("b", 0.5, PROXY), occupation("c", 0.3, COVERS, None)])
    assert (codes(found), found.is_official) == (["b", "a"], False)


def test_a_lone_covering_occupation_stands_for_the_role_although_its_pay_is_not_published() -> None:
    found = basis([occupation("a", 1, COVERS, None)])
    assert (codes(found), found.is_official, found.medians, found.envelope) == (["a"], True, None, None)


def test_a_role_without_occupations_has_no_pay() -> None:
    found = basis([])
    assert (found.rows, found.is_official, found.medians, found.envelope) == ((), False, None, None)


@given(occupations.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_a_roles_occupations_does_not_matter(
    orders: tuple[list[OccupationPay], list[OccupationPay]],
) -> None:
    first, second = orders
    assert basis(first) == basis(second)


@given(occupations)
def test_nothing_is_averaged(rows: list[OccupationPay]) -> None:
    found = basis(rows)
    published = {row.pay.median for row in rows if row.pay}
    assert set(found.rows) <= set(rows)
    assert found.medians is None or set(found.medians) <= published
    assert not found.is_official or len(found.rows) == 1


@given(bases)
def test_the_envelope_holds_every_percentile(pay: PayBasis) -> None:
    assert pay.envelope is not None
    low, high = pay.envelope
    assert all(low <= row.p10 and row.p90 <= high for row in pay.percentiles)


def test_between_single_occupations_the_change_is_one_figure() -> None:
    developer, writer = basis([occupation("a", 1, COVERS, 133_080)]), basis([occupation("b", 1, COVERS, 91_670)])
    moved = change(developer, writer)
    assert moved is not None
    assert (moved.low, moved.high, moved.is_range) == (-31, -31, False)
    assert (moved.origin, moved.destination) == ((133_080, 133_080), (91_670, 91_670))


def test_between_neighbours_the_change_runs_from_the_worst_pairing_to_the_best() -> None:
    before = basis([occupation("a", 0.5, PROXY, 100_000), occupation("b", 0.5, PROXY, 80_000)])
    after = basis([occupation("c", 0.5, PROXY, 60_000), occupation("d", 0.5, PROXY, 120_000)])
    moved = change(before, after)
    assert moved is not None
    assert (moved.low, moved.high, moved.is_range) == (-40, 50, True)


@pytest.mark.parametrize(("before", "after"), [(None, 50_000), (50_000, None), (None, None)])
def test_the_change_is_unknown_when_either_side_is(before: int | None, after: int | None) -> None:
    assert change(basis([occupation("a", 1, COVERS, before)]), basis([occupation("b", 1, COVERS, after)])) is None


@given(bases, bases)
def test_every_pairing_of_occupations_lies_inside_the_change(before: PayBasis, after: PayBasis) -> None:
    moved = change(before, after)
    assert moved is not None
    assert -100 < moved.low <= moved.high
    for old in before.percentiles:
        for new in after.percentiles:
            assert moved.low - 0.5 <= 100 * (new.median / old.median - 1) <= moved.high + 0.5


@given(bases, bases)
def test_the_way_back_never_has_the_same_sign(before: PayBasis, after: PayBasis) -> None:
    there, back = change(before, after), change(after, before)
    assert there is not None
    assert back is not None
    assert there.low * back.high <= 0
    assert there.high * back.low <= 0
    assert (there.origin, there.destination) == (back.destination, back.origin)


@given(bases)
def test_staying_changes_nothing_for_sure(pay: PayBasis) -> None:
    stayed = change(pay, pay)
    assert stayed is not None
    assert stayed.low <= 0 <= stayed.high


def test_a_median_as_high_as_the_survey_goes_leaves_a_change_open_on_its_side() -> None:
    low, top = (PayBasis((occupation("1", 1, COVERS, pay),), is_official=True) for pay in (90_000, TOP_CODE))
    up, down = change(low, top), change(top, low)
    assert up is not None
    assert down is not None
    assert (up.origin_is_open, up.destination_is_open) == (False, True)
    assert (down.origin_is_open, down.destination_is_open) == (True, False)
