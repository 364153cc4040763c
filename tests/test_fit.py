"""The fit check: questions from facts, reasons that add up, dealbreakers that show, and no answer that is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import fit_phrases, fit_questions
from guides.fit import (
    WEIGHT,
    Change,
    Finding,
    FitAnswers,
    assess,
    better,
    is_clear,
    judge,
    months_needed,
    rank,
    sheet_of,
)
from guides.fit_questions import (
    GENERAL,
    Matter,
    QuestionGroup,
    Wrong,
    background_field,
    day_field,
    questions_for,
    read,
    skill_field,
)
from guides.profile import RoleProfile
from guides.vocabulary import Education, FitBand, Liking
from tests.profile_samples import ARTIST, DEVELOPER, UNMEASURED, judged_cases, profiles, unhurried, usual_answers

LIKES_ALL = {day_field(task): "enjoy" for task in DEVELOPER.day}
HAPPY = {
    **LIKES_ALL,
    "coding": "yes",
    "remote": "part",
    "ai": "no",
    "pay": "70000",
    "months": "24",
    "barrier": "high",
    "education": "bachelor",
    "company": "either",
}


def only_reason(
    profile: RoleProfile, values: Mapping[str, str], held: Mapping[str, int] | None = None
) -> tuple[int, bool]:
    (reason,) = judge(sheet_of(profile), FitAnswers(values, held or {})).reasons
    return reason.points, reason.is_dealbreaker


# --- Questions ----------------------------------------------------------------------------------------------------


def test_questions_come_from_the_facts_dealbreakers_first() -> None:
    questions = questions_for(DEVELOPER)
    assert questions[: len(GENERAL)] == GENERAL
    assert [one.subject for one in questions if one.group == QuestionGroup.DAY] == [one.text for one in DEVELOPER.day]
    assert [one.subject for one in questions if one.group == QuestionGroup.SKILLS] == ["Python", "Sql", "Devops"]
    groups = [one.group for one in questions]
    assert groups == sorted(groups, key=list(QuestionGroup).index)


def test_nothing_is_asked_about_what_is_not_known() -> None:
    asked = {one.matter for one in questions_for(UNMEASURED)}
    assert asked.isdisjoint({Matter.PAY, Matter.EDUCATION, Matter.COMPANY, Matter.DAY, Matter.BACKGROUND})
    assert Matter.CODING in asked


@unhurried
@given(profile=profiles())
def test_fields_are_unique_and_every_question_can_be_worded(profile: RoleProfile) -> None:
    questions = questions_for(profile)
    assert len({one.field for one in questions}) == len(questions)
    for question in questions:
        words = fit_phrases.question_words(question)
        assert words.question
        assert tuple(value for value, _ in words.options) == question.options
        assert bool(words.unit) == question.is_number


def test_roles_that_share_a_piece_of_work_share_its_answer() -> None:
    other = replace(ARTIST, day=DEVELOPER.day[:1])
    answers = FitAnswers({day_field(DEVELOPER.day[0]): "avoid"})
    assert judge(sheet_of(DEVELOPER), answers).reasons[0].points < 0
    assert judge(sheet_of(other), answers).reasons[0].points < 0


@pytest.mark.parametrize(
    ("given_texts", "value", "wrong"),
    [
        (["50000"], "50000", None),
        ([" $50,000 "], "50000", None),
        (["50 000"], "50000", None),
        (["0"], "0", None),
        (["007"], "7", None),
        (["5", "5"], "5", None),
        ([""], None, None),
        ([], None, None),
        (["5", "6"], None, Wrong.SEVERAL),
        (["lots"], None, Wrong.NOT_A_NUMBER),
        (["-5"], None, Wrong.NOT_A_NUMBER),
        (["1e9"], None, Wrong.NOT_A_NUMBER),
        (["٣"], None, Wrong.NOT_A_NUMBER),
        (["2000001"], None, Wrong.OUT_OF_RANGE),
        (["9" * 5000], None, Wrong.OUT_OF_RANGE),
    ],
)
def test_numbers_are_read_as_people_write_them(given_texts: list[str], value: str | None, wrong: Wrong | None) -> None:
    answers = read(GENERAL, {"pay": given_texts})
    assert answers.values == ({"pay": value} if value is not None else {})
    assert [one.wrong for one in answers.wrong] == ([wrong] if wrong else [])
    for one in answers.wrong:
        assert len(one.given) <= fit_questions.SHOWN
        assert fit_phrases.wrong_words(one)


@unhurried
@given(
    given_texts=st.dictionaries(
        st.sampled_from([one.field for one in questions_for(DEVELOPER)]) | st.text(max_size=8),
        st.lists(st.text(max_size=60), max_size=3),
    )
)
def test_hostile_answers_are_named_and_left_out_and_the_rest_counts(given_texts: dict[str, list[str]]) -> None:
    questions = questions_for(DEVELOPER)
    answers = read(questions, {**given_texts, "coding": ["yes"]})
    assert answers.values["coding"] == "yes"
    assert {one.question.field for one in answers.wrong}.isdisjoint(answers.values)
    assert answers.values.keys() <= {one.field for one in questions}
    assert read(questions, {field: [value] for field, value in answers.values.items()}) == replace(answers, wrong=())


# --- The result ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "values", "points", "is_dealbreaker"),
    [
        (DEVELOPER, {"coding": "yes"}, 10, False),
        (DEVELOPER, {"coding": "no"}, -10, True),
        (ARTIST, {"coding": "no"}, 10, False),
        (UNMEASURED, {"coding": "no"}, -3, False),
        (DEVELOPER, {"remote": "yes"}, 10, False),
        (ARTIST, {"remote": "part"}, -10, True),
        (ARTIST, {"remote": "no"}, 5, False),
        (ARTIST, {"ai": "no"}, -6, True),
        (DEVELOPER, {"pay": "79850"}, 15, False),
        (DEVELOPER, {"pay": "100000"}, 11, False),
        (DEVELOPER, {"pay": "133080"}, 6, False),
        (DEVELOPER, {"pay": "133081"}, -6, False),
        (DEVELOPER, {"pay": "211450"}, -11, False),
        (DEVELOPER, {"pay": "211451"}, -15, True),
        (ARTIST, {"pay": "80000"}, 0, False),
        (ARTIST, {"pay": "999999"}, -11, False),
        (DEVELOPER, {"months": "13"}, 15, False),
        (DEVELOPER, {"months": "10"}, 8, False),
        (DEVELOPER, {"months": "8"}, -5, False),
        (DEVELOPER, {"months": "7"}, -15, True),
        (DEVELOPER, {"months": "7", "hours": "20"}, 15, False),
        (ARTIST, {"barrier": "high"}, 6, False),
        (ARTIST, {"barrier": "medium"}, -10, True),
        (DEVELOPER, {"education": "bachelor"}, 6, False),
        (DEVELOPER, {"education": "associate"}, -2, False),
        (DEVELOPER, {"education": "none"}, -4, False),
        (ARTIST, {"education": "high-school"}, 6, False),
        (DEVELOPER, {"company": "alone"}, 1, False),
        (DEVELOPER, {"company": "together"}, -1, False),
        (DEVELOPER, {day_field(DEVELOPER.day[0]): "fine"}, 2, False),
        (DEVELOPER, {background_field("backend-developer"): "none"}, -2, False),
        (DEVELOPER, {skill_field("python"): "0"}, -5, False),
    ],
)
def test_one_answer_meets_one_fact(
    profile: RoleProfile, values: dict[str, str], points: int, is_dealbreaker: bool
) -> None:
    assert only_reason(profile, values) == (points, is_dealbreaker)


def test_a_role_in_the_ledger_answers_the_question_about_backgrounds() -> None:
    (reason,) = judge(sheet_of(ARTIST), FitAnswers(current_role="backend-developer")).reasons
    assert (reason.matter, reason.points, reason.subject) == (Matter.BACKGROUND, 6, "a backend developer")


def test_skills_held_shorten_the_time_by_the_weeks_that_teach_them() -> None:
    without, with_python = months_needed(DEVELOPER, {}, 10), months_needed(DEVELOPER, {"python": 3}, 10)
    assert with_python == pytest.approx(without * 30 / 40)
    assert months_needed(DEVELOPER, {"python": 2}, 10) == without


def test_no_answer_at_all_is_not_enough_to_tell_and_answers_are_suggested() -> None:
    for profile in (DEVELOPER, ARTIST, UNMEASURED):
        fit = assess(sheet_of(profile), FitAnswers())
        assert (fit.band, fit.score, fit.answered) == (FitBand.NOT_ENOUGH, 0, 0)


def test_good_answers_are_a_strong_fit_and_a_single_dealbreaker_ends_it() -> None:
    assert assess(sheet_of(DEVELOPER), FitAnswers(HAPPY)).band == FitBand.STRONG
    fit = assess(sheet_of(DEVELOPER), FitAnswers({**HAPPY, "coding": "no"}))
    assert fit.band == FitBand.NOT_NOW
    assert [one.field for one in fit.dealbreakers] == ["coding"]
    assert fit.reasons_against[0] == fit.dealbreakers[0]
    assert fit.would_change[0].question.field == "coding"
    assert fit.would_change[0].band == FitBand.STRONG
    assert "1 limit" in fit_phrases.verdict(fit)


def test_no_single_answer_mends_two_dealbreakers() -> None:
    fit = assess(sheet_of(DEVELOPER), FitAnswers({**HAPPY, "coding": "no", "months": "2"}))
    assert (len(fit.dealbreakers), fit.would_change) == (2, ())
    assert "each of the limits" in fit_phrases.no_change_words(fit)


def test_half_of_the_answers_are_needed_for_a_strong_fit() -> None:
    few = {name: HAPPY[name] for name in ("coding", "pay", "months", "barrier")}
    assert judge(sheet_of(DEVELOPER), FitAnswers(few)).band == FitBand.PROMISING


def test_not_sure_counts_neither_way() -> None:
    sure = judge(sheet_of(DEVELOPER), FitAnswers(HAPPY))
    unsure = judge(sheet_of(DEVELOPER), FitAnswers({**HAPPY, background_field("backend-developer"): "unsure"}))
    assert (unsure.score, unsure.possible, unsure.unsure) == (sure.score, sure.possible, 1)


@unhurried
@given(case=judged_cases())
def test_reasons_add_up_to_the_score_and_stay_within_their_weight(case: tuple[RoleProfile, FitAnswers]) -> None:
    profile, answers = case
    fit = judge(sheet_of(profile), answers)
    shown = [*fit.reasons_for, *fit.reasons_against, *fit.neutral]
    assert sorted(map(repr, shown)) == sorted(map(repr, fit.reasons))
    assert fit.score == sum(one.points for one in shown)
    assert fit.possible == sum(one.weight for one in shown) <= fit.asked_weight
    assert all(abs(one.points) <= one.weight for one in shown)
    assert -1 <= fit.share <= 1
    assert fit.answered == len(shown) <= fit.asked


@unhurried
@given(case=judged_cases())
def test_a_dealbreaker_always_shows_and_caps_the_band(case: tuple[RoleProfile, FitAnswers]) -> None:
    profile, answers = case
    fit = judge(sheet_of(profile), answers)
    broken = [one for one in fit.reasons_against if one.is_dealbreaker]
    assert tuple(broken) == fit.dealbreakers == fit.reasons_against[: len(broken)]
    if broken:
        assert fit.band == FitBand.NOT_NOW
    for one in broken:
        assert fit_phrases.reason_words(profile, one).effect.startswith("Dealbreaker")


@unhurried
@given(case=judged_cases(), data=st.data())
def test_no_answer_is_ever_needed(case: tuple[RoleProfile, FitAnswers], data: st.DataObject) -> None:
    profile, answers = case
    left = dict(answers.values)
    for name in data.draw(st.sets(st.sampled_from(sorted(left))) if left else st.just(set())):
        del left[name]
    fit = judge(sheet_of(profile), replace(answers, values=left))
    assert fit.answered <= judge(sheet_of(profile), answers).answered
    assert fit_phrases.verdict(fit)
    assert fit_phrases.score_words(fit)


@unhurried
@given(case=judged_cases(), junk=st.dictionaries(st.text(max_size=12), st.text(max_size=12)))
def test_answers_that_nobody_understands_count_as_none(
    case: tuple[RoleProfile, FitAnswers], junk: dict[str, str]
) -> None:
    profile, answers = case
    strange = {one.field: "\x00strange" for one in questions_for(profile) if one.field not in answers.values}
    assert judge(sheet_of(profile), replace(answers, values={**junk, **strange, **answers.values})) == judge(
        sheet_of(profile), answers
    )


@unhurried
@given(case=judged_cases())
def test_every_reason_can_be_told(case: tuple[RoleProfile, FitAnswers]) -> None:
    profile, answers = case
    for reason in judge(sheet_of(profile), answers).reasons:
        words = fit_phrases.reason_words(profile, reason)
        assert words.fact
        assert words.answer
        assert str(abs(reason.points)) in words.effect
        assert not words.fact.startswith("About 0")


@unhurried
@given(case=judged_cases())
def test_what_would_change_the_result_really_does(case: tuple[RoleProfile, FitAnswers]) -> None:
    profile, answers = case
    fit = assess(sheet_of(profile), answers)
    assert len({one.question.field for one in fit.would_change}) == len(fit.would_change) <= 3
    for change in fit.would_change:
        other = judge(
            sheet_of(profile), replace(answers, values={**answers.values, change.question.field: change.answer})
        )
        assert (other.band, other.score) == (change.band, change.score)
        assert other.band != fit.band
        assert fit.score + change.points == other.score
        assert change.band.label.lower() in fit_phrases.change_words(change)


@unhurried
@given(case=judged_cases())
def test_a_question_that_would_change_nothing_changes_nothing(case: tuple[RoleProfile, FitAnswers]) -> None:
    profile, answers = case
    fit, sheet = assess(sheet_of(profile), answers), sheet_of(profile)
    if len(fit.would_change) == 3:
        return
    named = {one.question.field for one in fit.would_change}
    settled = {reason.field for reason in fit.reasons}
    for question in sheet.questions:
        if question.field in named or question.is_number or (question.is_past and question.field in settled):
            continue
        held = answers.levels().get(question.field.removeprefix("skill-"), 0)
        asked = {one.name: one.level for one in profile.required}.get(question.subject, 0)
        more = [str(level) for level in range(held + 1, asked + 1)]
        for option in more if question.matter == Matter.SKILLS else question.options:
            if option not in {"unsure", answers.values.get(question.field)}:
                other = judge(sheet, replace(answers, values={**answers.values, question.field: option}))
                assert other.band == fit.band


@unhurried
@given(case=judged_cases(), data=st.data())
def test_liking_a_piece_of_the_day_more_never_makes_a_role_fit_less(
    case: tuple[RoleProfile, FitAnswers], data: st.DataObject
) -> None:
    profile, answers = case
    if not profile.day:
        return
    name = day_field(data.draw(st.sampled_from(profile.day)))
    fits = [
        judge(sheet_of(profile), replace(answers, values={**answers.values, name: liking.value}))
        for liking in (Liking.AVOID, Liking.FINE, Liking.ENJOY)
    ]
    assert [one.score for one in fits] == sorted(one.score for one in fits)
    assert [one.share for one in fits] == sorted(one.share for one in fits)


@unhurried
@given(case=judged_cases(), low=st.integers(0, 400_000), more=st.integers(0, 200_000))
def test_needing_more_pay_or_having_less_time_never_helps(
    case: tuple[RoleProfile, FitAnswers], low: int, more: int
) -> None:
    profile, answers = case

    def score(field: str, number: int) -> int:
        return judge(sheet_of(profile), replace(answers, values={**answers.values, field: str(number)})).score

    assert score("pay", low) >= score("pay", low + more)
    months = 1 + low % 60
    assert score("months", months) <= score("months", min(120, months + more % 60))


@unhurried
@given(case=judged_cases(), data=st.data())
def test_holding_more_never_lowers_the_score(case: tuple[RoleProfile, FitAnswers], data: st.DataObject) -> None:
    profile, answers = case
    if not profile.required:
        return
    field = skill_field(data.draw(st.sampled_from(profile.required)).skill)
    low, high = sorted([data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4))])
    fits = [
        judge(sheet_of(profile), replace(answers, values={**answers.values, field: str(level)}))
        for level in (low, high)
    ]
    assert fits[0].score <= fits[1].score
    assert fits[0].gap.readiness <= fits[1].gap.readiness


def test_education_words_are_those_of_the_statistics() -> None:
    assert Education.BACHELOR.label == "Bachelor's degree"
    assert fit_questions.entry_education(ARTIST) == (Education.HIGH_SCHOOL, "entry")


# --- Ranking ------------------------------------------------------------------------------------------------------


def test_the_general_part_ranks_all_roles() -> None:
    ranked = rank(
        map(sheet_of, [ARTIST, DEVELOPER, UNMEASURED]),
        FitAnswers({"coding": "yes", "remote": "yes", "pay": "75000", "months": "24"}),
    )
    assert ranked[0].role == "backend-developer"
    assert ranked[-1].band == FitBand.NOT_NOW
    assert is_clear(ranked)
    assert [one.role for one in better(ranked[-1], ranked)] == ["backend-developer"]
    assert better(ranked[0], ranked) == ()


def test_no_answers_point_nowhere() -> None:
    ranked = rank(map(sheet_of, [ARTIST, DEVELOPER]), FitAnswers())
    assert not is_clear(ranked)
    assert [one.title for one in ranked] == ["AI artist", "Backend developer"]


@unhurried
@given(data=st.data())
def test_a_ranking_does_not_depend_on_the_order_of_roles(data: st.DataObject) -> None:
    roles = [data.draw(profiles(slug)) for slug in ("role-a", "role-b", "role-c")]
    answers = FitAnswers({one.field: data.draw(usual_answers(one)) for one in GENERAL if data.draw(st.booleans())})
    ranked = rank(map(sheet_of, roles), answers)
    assert ranked == rank(map(sheet_of, roles[::-1]), answers)
    for fit in ranked:
        assert all(ranked.index(one) < ranked.index(fit) for one in better(fit, ranked))


@unhurried
@given(case=judged_cases())
def test_a_role_stands_in_a_ranking_where_its_reasons_put_it(case: tuple[RoleProfile, FitAnswers]) -> None:
    profile, answers = case
    fit = judge(sheet_of(profile), answers)
    (standing,) = rank([sheet_of(profile)], answers)
    assert vars(standing).items() <= vars(fit).items()
    assert (sum(one.points for one in fit.reasons), len(fit.reasons)) == (standing.score, standing.answered)
    assert sum(one.weight for one in fit.reasons) == standing.possible
    assert bool(fit.dealbreakers) <= (standing.band == FitBand.NOT_NOW)


def test_weights_are_told_for_every_matter() -> None:
    assert set(WEIGHT) == set(Matter)


def test_findings_all_have_words() -> None:
    pay = judge(sheet_of(DEVELOPER), FitAnswers({"pay": "1"})).reasons[0]
    for finding in Finding:
        if "earn" in finding.value or finding == Finding.DEPENDS_ON_OCCUPATION:
            assert "$79,850" in fit_phrases.reason_words(DEVELOPER, replace(pay, finding=finding)).fact


def test_sentences_read_well() -> None:
    fit = assess(sheet_of(DEVELOPER), FitAnswers({"coding": "no", "pay": "90000", "months": "10", "hours": "10"}))
    told = {one.field: fit_phrases.reason_words(DEVELOPER, one) for one in fit.reasons}
    assert told["coding"] == fit_phrases.ReasonWords(
        "Coding is required. Code is what is delivered.", "No", "Dealbreaker, −10 of 10"
    )
    assert told["pay"].fact == (
        "Three in four earn $103,050 or more in the occupation that includes this title, in the United States."
    )
    assert told["pay"].answer == "At least $90,000 a year"
    assert told["months"].fact == "About 10 months at 10 hours a week. Without much room for a slow stretch."
    assert fit_phrases.score_words(fit) == "+9 of 40 possible points. Answered: 3 of 15 topics."
    assert fit_phrases.length_words(questions_for(DEVELOPER)) == (
        "18 questions, about 4 minutes. None has to be answered, and every answer can be changed."
    )
    background = next(one for one in questions_for(DEVELOPER) if one.matter == Matter.BACKGROUND)
    assert fit_phrases.question_words(background).question == (
        "Are you a frontend developer or a database administrator?"
    )


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        ("pay", "79850", "What is the least you have to earn? $79,850 a year. Then: promising, +1 point."),
        ("hours", "20", "How many hours a week can you learn? 20 hours a week. Then: promising, +1 point."),
        ("months", "12", "How long can you keep learning before you change? 12 months. Then: promising, +1 point."),
        (skill_field("python"), "3", "Your level in Python: Practitioner. Then: promising, +1 point."),
    ],
)
def test_a_change_is_told_with_its_unit(field: str, answer: str, words: str) -> None:
    question = next(one for one in questions_for(DEVELOPER) if one.field == field)
    assert fit_phrases.change_words(Change(question, answer, FitBand.PROMISING, 10, 1)) == words


def test_most_answers_unsure_points_to_trying_the_work() -> None:
    values = {one.field: "unsure" for one in questions_for(DEVELOPER) if "unsure" in one.options}
    fit = assess(sheet_of(DEVELOPER), FitAnswers(values))
    assert (fit.band, fit.answered) == (FitBand.NOT_ENOUGH, 0)
    assert "Trying the work" in fit_phrases.verdict(fit)
