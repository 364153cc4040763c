"""Money over time: counted by hand once, and bounds that hold for any numbers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import plan_phrases
from guides.charts import CHARACTER, NARROWEST
from guides.money import MoneyOverTime, OwnNumbers, over_time
from guides.money_chart import LEFT, amount_short, money_chart

START = date(2027, 1, 18)
FINISH = (date(2027, 5, 20), date(2027, 8, 2))
NUMBERS = OwnNumbers(
    take_home=3000, new_low=3300, new_high=3600, course_costs=200, reduced_months=3, reduced_take_home=2400
)

amounts = st.integers(0, 20_000)


@st.composite
def own_numbers(draw: st.DrawFn) -> OwnNumbers:
    low = draw(amounts)
    return OwnNumbers(
        take_home=draw(amounts),
        new_low=low,
        new_high=low + draw(amounts),
        course_costs=draw(amounts),
        reduced_months=draw(st.integers(0, 30)),
        reduced_take_home=draw(amounts),
        search_months=draw(st.integers(0, 12)),
    )


@st.composite
def finishes(draw: st.DrawFn) -> tuple[date, date]:
    earliest = draw(st.dates(START, date(2034, 1, 1)))
    return earliest, draw(st.dates(earliest, date(2039, 1, 1)))


def test_a_move_counted_by_hand() -> None:
    over = over_time(NUMBERS, START, FINISH)
    assert over.new_job_from == (date(2027, 6, 1), date(2027, 9, 1))
    assert [month.balance_low for month in over.months[:3]] == [-800, -1400, -2000]
    assert [month.income_low for month in over.months[:10]] == [2400] * 3 + [3000] * 5 + [3300] * 2
    assert [month.income_high for month in over.months[:10]] == [2400] * 3 + [3000] * 2 + [3600] * 5
    assert (over.deepest_low.amount, over.deepest_low.month, over.dip) == (-2000, date(2027, 3, 1), 2000)
    # From June 600 a month make up for 2,000 in the fourth month; from September 300 a month do in the seventh.
    assert over.break_even.earliest == date(2027, 9, 1)
    assert over.break_even.latest == date(2028, 3, 1)
    assert plan_phrases.dip(over) == (
        "In either case you would have up to 2,000 less than if you stayed, in March 2027."
    )
    assert plan_phrases.break_even(over) == (
        "In the better case the move has paid for itself by September 2027; in the worse case it has by March 2028."
    )


def test_the_search_for_work_moves_the_new_pay() -> None:
    over = over_time(replace(NUMBERS, search_months=2), START, FINISH)
    assert over.new_job_from == (date(2027, 8, 1), date(2027, 11, 1))


def test_less_pay_never_pays_for_itself() -> None:
    over = over_time(replace(NUMBERS, new_low=2500, new_high=2900), START, FINISH)
    assert (over.break_even.earliest, over.break_even.latest) == (None, None)
    assert plan_phrases.break_even(over) == "By these numbers the move does not pay for itself within 10 years."
    assert over.shown == over.months


def test_a_range_around_the_old_pay_leaves_both_answers() -> None:
    over = over_time(replace(NUMBERS, new_low=2900), START, FINISH)
    assert over.break_even.latest is None
    assert plan_phrases.break_even(over) == (
        "In the better case the move has paid for itself by September 2027; in the worse case it has not "
        "within 10 years."
    )


def test_without_a_dip_there_is_nothing_to_make_up_for() -> None:
    over = over_time(OwnNumbers(3000, 3000, 3500), START, FINISH)
    assert over.dip == 0
    assert plan_phrases.dip(over) == "At no time would you have less than if you stayed."
    assert plan_phrases.break_even(over) == "There is nothing to make up for."


def test_both_cases_may_meet_in_one_month() -> None:
    over = over_time(OwnNumbers(1000, 1500, 1500, course_costs=400), START, (FINISH[0], FINISH[0]))
    assert plan_phrases.break_even(over) == "The move has paid for itself by June 2027."


def test_the_table_has_every_month_in_which_something_changes() -> None:
    over = over_time(NUMBERS, START, FINISH)
    days = {month.first_day for month in over.table}
    assert {over.months[0].first_day, date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1), date(2028, 3, 1)} <= days
    assert len(over.table) < len(over.shown) < len(over.months)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("take_home", -1),
        ("course_costs", 10_000_001),
        ("reduced_months", 121),
        ("search_months", -1),
        ("new_low", 3601),
    ],
)
def test_impossible_numbers_are_refused(field: str, value: int) -> None:
    with pytest.raises(ValueError, match=r"between 0|not above"):
        replace(NUMBERS, **{field: value})


def test_a_finish_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="starts before"):
        over_time(NUMBERS, START, (date(2026, 12, 1), FINISH[1]))
    with pytest.raises(ValueError, match="1 to 10 years"):
        over_time(NUMBERS, START, FINISH, years=11)


@given(own_numbers(), finishes(), st.data())
def test_any_finish_and_pay_in_between_lies_between_both_cases(
    numbers: OwnNumbers, finish: tuple[date, date], data: st.DataObject
) -> None:
    bounds = over_time(numbers, START, finish)
    pay = data.draw(st.integers(numbers.new_low, numbers.new_high))
    day = data.draw(st.sampled_from(finish))
    one = over_time(replace(numbers, new_low=pay, new_high=pay), START, (day, day))
    for inside, outside in zip(one.months, bounds.months, strict=True):
        assert outside.balance_low <= inside.balance_low == inside.balance_high <= outside.balance_high
        assert outside.income_low <= inside.income_low <= outside.income_high


@given(own_numbers(), finishes())
def test_a_break_even_is_the_first_month_after_the_deepest_without_a_gap(
    numbers: OwnNumbers, finish: tuple[date, date]
) -> None:
    over = over_time(numbers, START, finish)
    assert [month.number for month in over.months] == list(range(1, 121))
    for found, deepest, balances in (
        (over.break_even.earliest, over.deepest_high, [month.balance_high for month in over.months]),
        (over.break_even.latest, over.deepest_low, [month.balance_low for month in over.months]),
    ):
        assert deepest.amount == min(balances)
        after = [
            (month.first_day, balance)
            for month, balance in zip(over.months, balances, strict=True)
            if month.first_day >= deepest.month
        ]
        assert found == next((day for day, balance in after if balance >= 0), None)
    for sentence in (plan_phrases.dip(over), plan_phrases.break_even(over)):
        assert sentence.endswith(".")
        assert "None" not in sentence


@given(own_numbers(), finishes(), st.integers(1, 5_000))
def test_more_new_pay_never_lowers_a_balance(numbers: OwnNumbers, finish: tuple[date, date], more: int) -> None:
    richer = replace(numbers, new_low=numbers.new_low + more, new_high=numbers.new_high + more)
    before, after = over_time(numbers, START, finish), over_time(richer, START, finish)
    assert after.dip <= before.dip
    for poor, rich in zip(before.months, after.months, strict=True):
        assert (rich.balance_low, rich.balance_high) >= (poor.balance_low, poor.balance_high)


# --- The picture --------------------------------------------------------------------------------------------------


def assert_drawn_inside(over: MoneyOverTime) -> None:
    drawn = money_chart(over)
    for line in (drawn.low, drawn.high):
        assert line[0].x1 == LEFT
        assert line[-1].x2 == 100
        assert all(LEFT <= link.x1 < link.x2 <= 100 for link in line)
        assert all(0 <= y <= drawn.height for link in line for y in (link.y1, link.y2))
        assert all((before.x2, before.y2) == (after.x1, after.y1) for before, after in itertools.pairwise(line))
    assert 0 <= drawn.zero <= drawn.height
    assert all(LEFT <= mark.x <= 100 for mark in drawn.marks)
    assert max(len(tick.label) for tick in drawn.amounts) * CHARACTER <= LEFT / 100 * NARROWEST
    assert [tick.place for tick in drawn.amounts] == sorted((tick.place for tick in drawn.amounts), reverse=True)
    reaches = [(tick.place / 100 * NARROWEST, len(tick.label) * CHARACTER) for tick in drawn.years]
    assert all(before[0] + before[1] / 2 < after[0] - after[1] for before, after in itertools.pairwise(reaches))
    assert len(drawn.area_points.split()) == len(drawn.area)


@given(own_numbers(), finishes())
def test_the_picture_stays_inside_its_frame(numbers: OwnNumbers, finish: tuple[date, date]) -> None:
    assert_drawn_inside(over_time(numbers, START, finish))


def test_the_picture_draws_only_the_bends() -> None:
    drawn = money_chart(over_time(NUMBERS, START, FINISH))
    assert len(drawn.low) == 4
    assert [mark.name for mark in drawn.marks] == [
        "new-pay-earliest",
        "new-pay-latest",
        "break-even-earliest",
        "break-even-latest",
    ]


def test_a_break_even_is_marked_where_the_line_is_back_at_staying() -> None:
    over = over_time(replace(NUMBERS, new_low=3250, new_high=3500), START, FINISH)
    drawn = money_chart(over)
    places = {mark.name: mark.x for mark in drawn.marks}
    for name, line in (("break-even-earliest", drawn.high), ("break-even-latest", drawn.low)):
        back = next(link for link in line if link.y1 > drawn.zero >= link.y2)
        crossing = back.x1 + (back.y1 - drawn.zero) / (back.y1 - back.y2) * (back.x2 - back.x1)
        assert places[name] == pytest.approx(crossing, abs=0.1)


def test_what_never_falls_below_staying_has_no_break_even_to_mark() -> None:
    drawn = money_chart(over_time(OwnNumbers(1000, 1200, 1400), START, FINISH))
    assert [mark.name for mark in drawn.marks] == ["new-pay-earliest", "new-pay-latest"]


def test_nothing_changing_is_drawn_as_a_level_line() -> None:
    drawn = money_chart(over_time(OwnNumbers(1000, 1000, 1000), START, FINISH))
    assert len(drawn.low) == len(drawn.high) == 1
    assert drawn.low[0].y1 == drawn.low[0].y2 == drawn.zero


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0"), (-2.5, "−2.5"), (-12_000, "−12k"), (2_500, "2.5k"), (1_250_000, "1.25M"), (950, "950")],
)
def test_amounts_on_the_axis_are_short(amount: float, words: str) -> None:
    assert amount_short(amount) == words
