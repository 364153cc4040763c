"""The pictures: everything inside the frame, axes round and ascending, no words over other words on a phone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import charts

DEVELOPERS = charts.Percentiles("Software developers", 79_850, 103_050, 133_080, 169_000, 211_450)
WRITERS = charts.Percentiles("Technical writers", 54_400, 70_000, 91_670, 112_000, 130_430, top_coded=True)
STAGES = [
    charts.StagePay("Junior backend developer", "0–2", 75_000, 105_000),
    charts.StagePay("Backend developer", "2–5", 100_000, 145_000),
    charts.StagePay("Senior backend developer", "5–9", 135_000, 185_000),
    charts.StagePay("Principal engineer", "9+", 170_000, 215_000),
]


def _percentiles(amounts: list[int]) -> charts.Percentiles:
    p10, p25, median, p75, p90 = sorted(amounts)
    return charts.Percentiles("Row", p10, p25, median, p75, p90)


rows_of_pay = st.lists(
    st.lists(st.integers(1_000, 2_000_000), min_size=5, max_size=5).map(_percentiles), min_size=1, max_size=5
)
phase_weeks = st.lists(st.integers(1, 60), min_size=1, max_size=8)


def reach(tick: charts.Tick) -> tuple[float, float]:
    """Left and right end of a tick's words in pixels, on the narrowest drawing."""
    width = len(tick.label) * charts.CHARACTER
    at = tick.place / 100 * charts.NARROWEST
    left = {"start": at, "middle": at - width / 2, "end": at - width}[tick.anchor]
    return left, left + width


def assert_words_apart(ticks: tuple[charts.Tick, ...]) -> None:
    reaches = [reach(tick) for tick in ticks]
    assert all(left >= -0.01 and right <= charts.NARROWEST + 0.01 for left, right in reaches)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(reaches))


@given(least=st.floats(-1e6, 1e6), span=st.floats(0, 1e6), intervals=st.integers(1, 10))
def test_a_scale_holds_what_it_was_made_for_in_no_more_steps_than_asked(
    least: float, span: float, intervals: int
) -> None:
    low, high, step = charts.scale_ends(least, least + span, intervals)
    assert low <= least + step * 1e-6
    assert high >= least + span - step * 1e-6
    assert low < high
    assert round((high - low) / step) <= intervals


def test_a_scale_takes_the_smallest_round_step() -> None:
    assert charts.scale_ends(79_850, 211_450) == (50_000, 250_000, 50_000)
    assert charts.scale_ends(0, 21, 5) == (0, 25, 5)


def test_a_scale_that_runs_downwards_is_refused() -> None:
    with pytest.raises(ValueError, match="runs upwards"):
        charts.scale_ends(2, 1)


@pytest.mark.parametrize(
    ("amount", "words"), [(0, "$0"), (950, "$950"), (62_500, "$62.5k"), (150_000, "$150k"), (1_200_000, "$1.2M")]
)
def test_amounts_on_an_axis_are_short(amount: float, words: str) -> None:
    assert charts.dollars_short(amount) == words


@given(rows_of_pay)
def test_pay_strips_lie_inside_the_drawing_and_ascend(rows: list[charts.Percentiles]) -> None:
    strip = charts.pay_strip(rows)
    for row in strip.rows:
        places = [0, row.x10, row.x25, row.x50, row.x75, row.x90, row.x_end, 100]
        assert places == sorted(places)
        assert row.middle_width >= 0
    assert [tick.place for tick in strip.ticks] == sorted(tick.place for tick in strip.ticks)
    assert (strip.ticks[0].place, strip.ticks[-1].place) == (0, 100)
    assert_words_apart(strip.ticks)


def test_a_strip_with_an_open_top_runs_to_the_edge() -> None:
    strip = charts.pay_strip([DEVELOPERS, WRITERS])
    assert [row.x_end == 100 for row in strip.rows] == [False, True]
    assert (strip.least, strip.most) == (50_000, 250_000)
    assert [tick.label for tick in strip.ticks] == ["$50k", "$100k", "$150k", "$200k", "$250k"]


def test_the_figures_of_a_strip_can_be_read_as_words() -> None:
    assert DEVELOPERS.median_words == "$133,080"
    assert WRITERS.figures[0] == ("Lowest tenth, below", "$54,400")
    assert WRITERS.figures[-1] == ("Highest tenth, above", "$130,430 or more")


def test_percentiles_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="Writers do not ascend"):
        charts.pay_strip([charts.Percentiles("Writers", 5_000, 4_000, 6_000, 7_000, 8_000)])


def test_a_strip_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        charts.pay_strip([])


@given(phase_weeks)
def test_phases_follow_each_other_and_fill_the_axis(weeks: list[int]) -> None:
    drawn = charts.timeline([("Phase", number) for number in weeks])
    assert drawn.weeks == sum(weeks)
    assert drawn.bars[0].x == 0
    assert drawn.bars[-1].end == 100
    for before, after in itertools.pairwise(drawn.bars):
        assert before.end == after.x
        assert before.last_week + 1 == after.first_week
        assert after.y - before.y == charts.BAR_PITCH
    assert all(0 <= bar.x < bar.end <= 100 and bar.y < drawn.height for bar in drawn.bars)
    assert_words_apart(drawn.ticks)


@given(phase_weeks)
def test_the_words_of_a_phase_stay_inside_the_drawing(weeks: list[int]) -> None:
    for bar in charts.timeline([("Phase", number) for number in weeks]).bars:
        at = bar.label_x / 100 * charts.NARROWEST
        width = len(bar.label) * charts.CHARACTER
        left, right = (at, at + width) if bar.anchor == "start" else (at - width, at)
        assert left >= 0
        assert right <= charts.NARROWEST


def test_a_timeline_names_the_weeks_of_each_phase() -> None:
    drawn = charts.timeline([("First", 4), ("Second", 1), ("Third", 6)])
    assert [(bar.first_week, bar.last_week, bar.label) for bar in drawn.bars] == [
        (1, 4, "Phase 1: 4 weeks"),
        (5, 5, "Phase 2: 1 week"),
        (6, 11, "Phase 3: 6 weeks"),
    ]


@pytest.mark.parametrize("phases", [[], [("Nothing", 0)]])
def test_a_timeline_without_weeks_is_refused(phases: list[tuple[str, int]]) -> None:
    with pytest.raises(ValueError, match="at least one week"):
        charts.timeline(phases)


def test_a_ladder_climbs_from_left_to_right_inside_its_frame() -> None:
    drawn = charts.ladder_chart(STAGES, DEVELOPERS)
    assert drawn is not None
    assert [rung.x for rung in drawn.rungs] == sorted(rung.x for rung in drawn.rungs)
    assert [rung.y_middle for rung in drawn.rungs] == sorted((rung.y_middle for rung in drawn.rungs), reverse=True)
    for rung in drawn.rungs:
        assert 0 <= rung.y_high <= rung.y_middle <= rung.y_low <= drawn.height
        assert drawn.left < rung.x < 100
    assert len(drawn.links) == len(drawn.rungs) - 1
    assert [tick.place for tick in drawn.ticks] == sorted((tick.place for tick in drawn.ticks), reverse=True)
    assert drawn.band is not None
    assert 0 <= drawn.band.y < drawn.band.y_median < drawn.band.y + drawn.band.height <= drawn.height


def test_the_words_of_the_pay_axis_fit_beside_a_ladder() -> None:
    drawn = charts.ladder_chart(STAGES)
    assert drawn is not None
    assert drawn.band is None
    assert max(len(tick.label) for tick in drawn.ticks) * charts.CHARACTER <= drawn.left / 100 * charts.NARROWEST


def test_a_stage_without_pay_leaves_its_place_empty() -> None:
    drawn = charts.ladder_chart([STAGES[0], charts.StagePay("Between", "2–3", None, None), STAGES[2]])
    assert drawn is not None
    assert [rung.ordinal for rung in drawn.rungs] == [1, 3]
    assert len(drawn.links) == 1


def test_a_ladder_with_one_known_stage_is_not_drawn() -> None:
    assert charts.ladder_chart([STAGES[0], charts.StagePay("Next", "2–3", None, None)]) is None


def test_a_stage_whose_pay_descends_is_refused() -> None:
    with pytest.raises(ValueError, match="Odd does not ascend"):
        charts.ladder_chart([STAGES[0], charts.StagePay("Odd", "1–2", 90_000, 80_000)])
