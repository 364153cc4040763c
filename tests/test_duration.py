"""Time: the months of a headline always follow from weeks, and another pace changes weeks, never hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.duration import WEEKS_PER_MONTH, Duration, hours_disagree, most_weeks

weeks = st.integers(1, 520)
paces = st.integers(1, 60)


@pytest.mark.parametrize(
    ("number", "months"),
    [(1, 1), (2, 1), (4, 1), (6, 1), (7, 2), (13, 3), (21, 5), (24, 6), (26, 6), (28, 6), (29, 7), (52, 12), (78, 18)],
)
def test_months_are_weeks_rounded_to_the_nearest(number: int, months: int) -> None:
    assert Duration(number, 10).months == months


@given(weeks, weeks, paces)
def test_more_weeks_are_never_fewer_months(some: int, others: int, pace: int) -> None:
    fewer, more = sorted((some, others))
    assert Duration(fewer, pace).months <= Duration(more, pace).months


@given(weeks, paces)
def test_months_are_at_least_one_and_off_by_half_a_month_at_most(number: int, pace: int) -> None:
    months = Duration(number, pace).months
    assert months >= 1
    assert months == 1 or abs(months - number / WEEKS_PER_MONTH) <= 0.5


@given(weeks, paces, paces)
def test_another_pace_has_room_for_all_hours_and_for_less_than_a_week_more(number: int, pace: int, other: int) -> None:
    plan = Duration(number, pace)
    there = plan.weeks_at(other)
    assert (there - 1) * other < plan.hours <= there * other


@given(weeks, paces, paces)
def test_going_to_another_pace_and_back_never_shortens_the_work(number: int, pace: int, other: int) -> None:
    there = Duration(Duration(number, pace).weeks_at(other), other)
    assert there.weeks_at(pace) >= number
    assert Duration(number, pace).weeks_at(pace) == number


@given(weeks, paces, paces, paces)
def test_a_faster_pace_never_takes_longer(number: int, pace: int, one: int, another: int) -> None:
    slow, fast = sorted((one, another))
    assert Duration(number, pace).weeks_at(fast) <= Duration(number, pace).weeks_at(slow)


@pytest.mark.parametrize("pace", [0, -1])
def test_a_pace_below_an_hour_a_week_is_refused(pace: int) -> None:
    with pytest.raises(ValueError, match="at least one hour a week"):
        Duration(10, 10).weeks_at(pace)


@pytest.mark.parametrize("months", range(1, 61))
def test_the_longest_roadmap_of_so_many_months_is_found(months: int) -> None:
    longest = most_weeks(months)
    assert Duration(longest, 10).months <= months < Duration(longest + 1, 10).months


@pytest.mark.parametrize(("hours", "disagrees"), [(40, False), (34, False), (46, False), (33, True), (47, True)])
def test_hours_of_tasks_may_differ_from_those_of_their_phase_by_fifteen_per_cent(hours: int, disagrees: bool) -> None:
    assert hours_disagree(hours, Duration(4, 10)) is disagrees
