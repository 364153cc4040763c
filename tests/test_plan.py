"""Plans: every task has its days or a reason, and nothing that should help ever makes a plan longer."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import plan_phrases
from guides.plan import LeftOut, Pace, Plan, Tick, monday_of, schedule
from guides.vocabulary import Scope, TaskState
from tests.sample_plans import DEAR_BOOK, FREE_BOOK, MONDAY, PAID_COURSE, PHASES, Case, cases, plan

DAY = timedelta(days=1)
BLAME = re.compile(
    r"\b(late|behind|overdue|missed|fail\w*|should|must|unfortunately|sorry|delay\w*|slipp\w*|too slow)\b", re.I
)


def done(on: date) -> Tick:
    return Tick(TaskState.DONE, on)


def never_later(before: Plan, after: Plan) -> None:
    """Layout and finish of ``after`` end on the same days or earlier."""
    assert after.hours_left <= before.hours_left
    if after.last_day:
        assert before.last_day
        assert after.last_day <= before.last_day
    if after.finish:
        assert before.finish
        assert after.finish.earliest <= before.finish.earliest
        assert after.finish.latest <= before.finish.latest


# --- Counted by hand ----------------------------------------------------------------------------------------------


def test_tasks_fill_the_weeks_one_after_the_other() -> None:
    made = plan()
    assert [(task.key, task.start, task.end) for task in made.tasks] == [
        ("t1", MONDAY, MONDAY + 6 * DAY),
        ("t2", MONDAY + 7 * DAY, MONDAY + 20 * DAY),
        ("t3", MONDAY + 21 * DAY, MONDAY + 27 * DAY),
        ("t4", MONDAY + 28 * DAY, MONDAY + 41 * DAY),
        ("t5", MONDAY + 42 * DAY, MONDAY + 48 * DAY),
    ]
    assert [(phase.start, phase.end) for phase in made.phases] == [
        (MONDAY, MONDAY + 27 * DAY),
        (MONDAY + 28 * DAY, MONDAY + 48 * DAY),
    ]
    assert [week.hours for week in made.weeks] == [10] * 7
    assert [[part.ends for part in week.parts] for week in made.weeks[:3]] == [[True], [False], [True]]
    assert made.hours == made.hours_left == 70


def test_the_finish_is_the_open_hours_at_both_factors() -> None:
    made = plan()
    assert made.finish
    # 59.5 hours are five weeks and all but half an hour of the sixth; 94.5 hours are nine weeks and 4.5 hours.
    assert made.finish.earliest == MONDAY + 5 * 7 * DAY + 6 * DAY
    assert made.finish.latest == MONDAY + 9 * 7 * DAY + 3 * DAY


def test_the_finish_is_never_narrower_than_a_week() -> None:
    made = plan(phases=(PHASES[1],), pace=Pace.weekly(80))
    assert made.finish
    assert made.finish.latest - made.finish.earliest == 7 * DAY


def test_hours_by_weekday_are_kept_to() -> None:
    made = plan(pace=Pace.by_weekday([0, 2, 0, 0, 0, 5, 0]), start=MONDAY + 2 * DAY)
    assert made.tasks[0].start == MONDAY + 5 * DAY
    assert made.weeks[0].first_day == MONDAY + 2 * DAY
    assert [week.hours for week in made.weeks[:2]] == [5, 7]
    assert {task.end.weekday() for task in made.tasks if task.end} <= {1, 5}


def test_a_week_off_holds_nothing_and_moves_the_rest() -> None:
    made = plan(pace=Pace.weekly(10, [MONDAY + 9 * DAY]))
    assert [week.is_off for week in made.weeks] == [False, True] + [False] * 6
    assert made.last_day == MONDAY + 55 * DAY
    assert "off" in plan_phrases.week(made.weeks[1])


def test_a_held_skill_takes_its_share_off_every_task_of_the_phase() -> None:
    made = plan(held={"testing": 2, "sql": 2})
    assert [task.hours for task in made.phases[0].tasks] == [3.75, 7.5, 3.75]
    assert made.phases[0].hours_saved == made.hours_saved == 25
    assert [one.skill for one in made.phases[0].held] == ["testing"]
    assert plan_phrases.shortened(made.phases[0]) == (
        "25 hours shorter than in the guide, which gives 2.5 weeks of this phase to automated testing: you hold that "
        "at the level that is asked for."
    )


def test_a_phase_whose_skills_are_all_held_leaves_its_milestone() -> None:
    made = plan(held={"api": 4})
    phase = made.phases[1]
    assert {task.left_out for task in phase.tasks} == {LeftOut.HELD}
    assert (phase.start, phase.hours, phase.is_passed, phase.is_needed) == (None, 0, True, False)
    assert phase.milestone
    assert "milestone" in plan_phrases.phase_dates(phase)
    assert made.cost.free == 0


def test_the_shortest_path_leaves_out_what_is_not_essential() -> None:
    made = plan(scope=Scope.ESSENTIAL)
    assert [task.key for task in made.left_out(LeftOut.OPTIONAL)] == ["t3"]
    assert made.hours == 60


def test_an_optional_task_that_was_done_counts_all_the_same() -> None:
    made = plan(scope=Scope.ESSENTIAL, ticks={"t3": done(MONDAY + DAY)})
    assert (made.done, made.wanted, made.left_out(LeftOut.OPTIONAL)) == (1, 5, ())
    assert made.last_day == plan(scope=Scope.ESSENTIAL).last_day


def test_a_tick_leaves_the_dates_alone_and_brings_the_finish_nearer() -> None:
    before = plan(today=MONDAY + 7 * DAY)
    after = plan(today=MONDAY + 7 * DAY, ticks={"t1": done(MONDAY + 6 * DAY)})
    assert [task.start for task in before.tasks] == [task.start for task in after.tasks]
    assert before.finish
    assert after.finish
    assert after.finish.latest < before.finish.latest
    assert (after.done, after.hours_left) == (1, 60)
    assert after.next_action
    assert after.next_action.task.key == "t2"


def test_planning_again_lays_out_what_is_left_from_that_day() -> None:
    today = MONDAY + 30 * DAY
    ticks = {"t1": done(MONDAY + 6 * DAY)}
    assert [task.key for task in plan(today=today, ticks=ticks).passed_by] == ["t2", "t3"]
    made = plan(today=today, ticks=ticks, replanned_on=today)
    assert made.passed_by == ()
    assert made.tasks[0].done_on == MONDAY + 6 * DAY
    assert made.tasks[0].start is None
    assert made.tasks[1].start == made.begin == today
    assert made.start == MONDAY
    assert plan_phrases.replan_offer(made) == ""


def test_days_gone_by_are_stated_without_judgement() -> None:
    assert plan_phrases.replan_offer(plan(today=MONDAY + 30 * DAY)) == (
        "The days of 3 open tasks are over. Plan again from today: what is done stays done, and the rest gets new days "
        "at your pace."
    )


def test_a_finished_plan_has_no_finish_and_no_next_action() -> None:
    made = plan(ticks={f"t{number}": done(MONDAY) for number in range(1, 6)})
    assert (made.finish, made.next_action, made.weeks, made.hours_left) == (None, None, (), 0)
    assert (made.stops_passed, made.done) == (2, 5)
    assert plan_phrases.finish(made.finish) == "Nothing is open: the plan is done"


def test_the_cost_says_what_is_known_and_what_is_not() -> None:
    cost = plan().cost
    assert (cost.known_usd, cost.known, cost.unknown) == (49, (PAID_COURSE,), (DEAR_BOOK,))
    assert (cost.free, cost.free_in_part) == (1, 1)
    assert plan_phrases.cost(cost) == (
        "$49 for 1 paid resource and 1 more resource whose price we do not know; 2 other resources are free, at least "
        "in part"
    )


def test_free_only_takes_stand_ins_and_names_what_it_leaves_out() -> None:
    made = plan(free_only=True)
    assert [(one.resource.slug, one.instead_of) for one in made.phases[0].resources] == [("free-book", PAID_COURSE)]
    assert made.phases[0].without == (DEAR_BOOK,)
    assert made.cost.known_usd == 0
    assert made.cost.unknown == ()
    assert plan_phrases.cost(made.cost).startswith("Nothing")
    said = " ".join(plan_phrases.reasons(made))
    assert "1 resource that costs money is replaced by a free one." in said
    assert "no free stand-in: A dear book." in said


def test_the_reasons_name_every_choice_that_moved_a_date() -> None:
    made = plan(
        held={"sql": 3},
        scope=Scope.ESSENTIAL,
        ticks={"t5": Tick(TaskState.SKIPPED, MONDAY)},
        pace=Pace.weekly(10, [MONDAY + 14 * DAY]),
        replanned_on=MONDAY + DAY,
    )
    said = plan_phrases.reasons(made)
    assert said[0] == "The pace is 10 hours a week, counted as spread evenly over its days, from 5 January 2027."
    assert said[1].startswith("The plan began on 4 January 2027")
    assert said[2] == "1 week off inside the plan is kept free."
    assert said[3].startswith("Phase 1 is 7.5 hours shorter")
    assert said[4] == "1 task (10 hours in the guide) not on the shortest credible path is left out."
    assert said[5] == "1 task (10 hours in the guide) that you skipped is left out."
    assert said[-1] == plan_phrases.SPREAD


def test_ranges_of_days_are_written_short() -> None:
    assert plan_phrases.days(MONDAY, MONDAY) == "4 January 2027"
    assert plan_phrases.days(MONDAY, MONDAY + 6 * DAY) == "4–10 January 2027"
    assert plan_phrases.days(MONDAY, MONDAY + 30 * DAY) == "4 January – 3 February 2027"
    assert plan_phrases.days(MONDAY, MONDAY + 365 * DAY) == "4 January 2027 – 4 January 2028"


def test_a_pace_by_weekday_names_its_days() -> None:
    assert plan_phrases.pace(Pace.by_weekday([1, 0, 0, 0, 0, 2.5, 0])) == (
        "3.5 hours a week (Monday 1 hour, Saturday 2.5 hours)"
    )


# --- What is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0, 0.5, 113, -1, float("nan"), float("inf")])
def test_a_week_has_no_impossible_hours(hours: float) -> None:
    with pytest.raises(ValueError, match="A week has between"):
        Pace.weekly(hours)


@pytest.mark.parametrize("week", [[0.0] * 7, [17.0] + [0.0] * 6, [-1.0] + [2.0] * 6, [2.0] * 6])
def test_an_impossible_week_is_refused(week: list[float]) -> None:
    with pytest.raises(ValueError, match=r"A (day|week) has"):
        Pace.by_weekday(week)


def test_a_week_off_is_a_monday_inside_the_pace() -> None:
    assert Pace.weekly(5, [date(2027, 1, 7)]).weeks_off == {MONDAY}
    with pytest.raises(ValueError, match="Monday"):
        Pace((60,) * 7, frozenset({MONDAY + DAY}))


@pytest.mark.parametrize("changes", [{"start": date(1999, 12, 31)}, {"replanned_on": date(9999, 12, 31)}])
def test_a_plan_outside_of_our_time_is_refused(changes: dict[str, date]) -> None:
    with pytest.raises(ValueError, match="starts in a year"):
        plan(**changes)


def test_two_tasks_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="key of its own"):
        schedule((PHASES[0], PHASES[0]), MONDAY, Pace.weekly(5), MONDAY)


# --- For any plan -------------------------------------------------------------------------------------------------


@given(cases())
def test_every_task_is_laid_out_once_or_left_out_with_a_reason(case: Case) -> None:
    made = case.plan
    assert [task.key for task in made.tasks] == case.keys
    for task in made.tasks:
        if task.is_open:
            assert task.start
            assert task.end
        if task.left_out:
            assert (task.start, task.end, task.is_done) == (None, None, False)
        laid = [part for week in made.weeks for part in week.parts if part.task is task]
        assert len({id(part) for part in laid}) == len(laid)
        assert sum(part.hours for part in laid) == pytest.approx(task.hours if task.start else 0)
        assert sum(part.ends for part in laid) == bool(task.start)
    assert made.hours == pytest.approx(made.hours_left + sum(task.hours for task in made.tasks if task.is_done))


@given(cases())
def test_days_keep_the_order_and_begin_with_the_plan(case: Case) -> None:
    made = case.plan
    assert made.begin >= made.start
    laid = [(task.start, task.end) for task in made.tasks if task.start and task.end]
    assert all(made.begin <= start <= end for start, end in laid)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(laid))
    if made.finish:
        assert made.begin <= made.finish.earliest
        assert made.today <= made.finish.earliest
        assert made.finish.latest - made.finish.earliest >= 7 * DAY


@given(cases())
def test_no_week_holds_more_than_the_pace_and_weeks_off_hold_nothing(case: Case) -> None:
    made = case.plan
    for week in made.weeks:
        assert week.hours <= case.pace.hours_per_week + 0.01
        if week.monday in case.pace.weeks_off:
            assert week.is_off
            assert week.parts == ()
    assert [week.monday for week in made.weeks] == [
        monday_of(made.begin) + index * 7 * DAY for index in range(len(made.weeks))
    ]
    for task in made.tasks:
        for day in filter(None, (task.start, task.end)):
            assert case.pace.pieces[day.weekday()]
            assert monday_of(day) not in case.pace.weeks_off


@given(cases(), st.lists(st.integers(0, 8), min_size=7, max_size=7))
def test_more_hours_a_week_never_finish_later(case: Case, more: list[int]) -> None:
    week = [hours + extra / 4 for hours, extra in zip(case.pace.weekday_hours, more, strict=True)]
    if case.pace.is_even:
        faster = Pace.weekly(case.pace.hours_per_week + sum(more) / 4, case.pace.weeks_off)
    else:
        faster = Pace.by_weekday(week, case.pace.weeks_off)
    never_later(case.plan, case.with_(pace=faster).plan)


@given(cases(), st.sampled_from(["api", "devops", "sql", "testing"]))
def test_raising_a_held_skill_never_lengthens(case: Case, skill: str) -> None:
    level = case.held.get(skill, 0)
    plans = [case.with_(held=case.held | {skill: higher}).plan for higher in range(level, 5)]
    for before, after in itertools.pairwise(plans):
        never_later(before, after)


@given(cases(), st.data())
def test_ticking_never_lengthens(case: Case, data: st.DataObject) -> None:
    openly = [task.key for task in case.plan.tasks if not task.is_done and task.left_out is not LeftOut.SKIPPED]
    if not openly:
        return
    key = data.draw(st.sampled_from(openly))
    state = data.draw(st.sampled_from(TaskState))
    never_later(case.plan, case.with_(ticks=case.ticks | {key: Tick(state, case.today)}).plan)


@given(cases())
def test_the_shortest_path_is_never_longer(case: Case) -> None:
    never_later(case.with_(scope=Scope.ALL).plan, case.with_(scope=Scope.ESSENTIAL).plan)


@given(cases())
def test_planning_again_today_leaves_nothing_in_the_past_and_keeps_what_is_done(case: Case) -> None:
    before, after = case.plan, case.with_(replanned_on=case.today).plan
    assert after.passed_by == ()
    assert [task.key for task in after.tasks if task.is_done] == [task.key for task in before.tasks if task.is_done]
    assert after.finish == before.finish or before.begin > case.today


@given(cases())
def test_the_same_input_gives_the_same_plan(case: Case) -> None:
    assert case.plan == case.plan


@given(cases())
def test_free_only_never_costs_anything(case: Case) -> None:
    made = case.with_(free_only=True).plan
    assert made.cost.known_usd == 0
    assert made.cost.unknown == ()
    assert all(choice.resource.is_free for phase in made.phases for choice in phase.resources)
    assert all(choice.resource == FREE_BOOK for choice in made.cost.replaced)


@given(cases())
def test_no_sentence_blames_anybody(case: Case) -> None:
    made = case.plan
    said = [
        plan_phrases.finish(made.finish),
        plan_phrases.next_action(made),
        plan_phrases.progress(made),
        plan_phrases.replan_offer(made),
        plan_phrases.cost(made.cost),
        *plan_phrases.reasons(made),
        *(plan_phrases.phase_dates(phase) for phase in made.phases),
        *(plan_phrases.shortened(phase) for phase in made.phases),
        *(plan_phrases.task_state(task) for task in made.tasks),
        *(plan_phrases.week(week) for week in made.weeks),
    ]
    for sentence in said:
        assert not BLAME.search(sentence)
        assert "  " not in sentence
        assert "None" not in sentence


def test_a_very_long_plan_is_made_all_the_same() -> None:
    made = plan(phases=PHASES, pace=Pace.weekly(1), start=date(2199, 12, 31), today=date(2027, 1, 4))
    assert made.last_day
    assert made.last_day.year == 2201
