"""Sentences that the site writes itself: English a reader would not stumble over, and nothing that the facts deny."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import phrases
from guides.duration import Duration
from guides.figures import Exposure, OfficialFigures, Outlook
from guides.pay import TOP_CODE, PayBasis, PayChange, Percentiles
from guides.phrases import RoleWords
from guides.vocabulary import Coding, Difficulty, Effort, EntryBarrier, OccupationMatch, Remote

OUTLOOK = Outlook(16, 3, "Much faster than average", 2024, 2034, 129_200, None, 9.4, "projections")
FIGURES = OfficialFigures(
    code="15-1252.00",
    title="Software Developers",
    weight=1,
    match=OccupationMatch.COVERS,
    why="The title is one of theirs.",
    pay=Percentiles(79_850, 103_050, 133_080, 169_000, 211_450),
    pay_source="wages",
    published_for="",
    outlook=OUTLOOK,
    entry=None,
    exposure=Exposure(87, "ratings", 83, "use"),
)
DESIGNERS = replace(
    FIGURES,
    code="27-1024.00",
    title="Graphic Designers",
    match=OccupationMatch.PROXY,
    outlook=replace(OUTLOOK, growth_percent=-1, words="Decline"),
    exposure=Exposure(50, "ratings", 73, "use"),
)
ARTIST = RoleWords(
    title="AI artist",
    plural="AI artists",
    article="",
    difficulty=Difficulty.INTERMEDIATE,
    entry_barrier=EntryBarrier.HIGH,
    entry_barrier_why="Few posts carry this name.",
    coding=Coding.OPTIONAL,
    coding_why="A script helps with large series.",
    remote=Remote.HYBRID,
    remote_why="Studios want part of the week on site.",
    has_ai=True,
    duration=Duration(50, 10),
)
DEVELOPER = replace(
    ARTIST,
    title="Backend developer",
    plural="Backend developers",
    coding=Coding.REQUIRED,
    coding_why="Code is the work itself.",
    remote=Remote.YES,
    remote_why="A connection is enough.",
    difficulty=Difficulty.ADVANCED,
    has_ai=False,
)
OFFICIAL, NEIGHBOURS = PayBasis((), is_official=True), PayBasis((), is_official=False)


def plain(text: str) -> str:
    """With ordinary spaces, so that a table of cases can be read."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("article", "nouns"),
    [
        (
            "an",
            "AI artist|AIGC content creator|API writer|APIs expert|SEO specialist|SQL developer|HTML author|"
            "ML engineer|MLOps engineer|LLM trainer|XR designer|R programmer|X-ray technician|iOS developer|"
            "mRNA researcher|FX artist|NLP engineer|hour|honest answer|heir|honorary post|8-month route|"
            "11-month route|18-month route|80|8K editor|11,000|18-year-old|online editor|urban planner|"
            "outreach worker|usher|unimportant thing|underwriter|animator|e-commerce manager|Éditeur|"
            "“AI” artist|easy move|undertaker|intermediate role",
        ),
        (
            "a",
            "UX designer|UI developer|URL shortener|QA tester|VR artist|GPU programmer|user|useful tool|"
            "unit tester|Unity developer|university lecturer|utility|usability tester|Ukrainian translator|"
            "European lawyer|urologist|one-off|once-only offer|house|historian|9-month route|1-month route|110|"
            "1,100|7|3D artist|2D animator|backend developer|Python developer|DevOps engineer|SaaS manager|"
            "NoSQL expert|C developer|hard move|180|",
        ),
    ],
)
def test_the_indefinite_article_goes_by_sound(article: str, nouns: str) -> None:
    wrong = [noun for noun in nouns.split("|") if phrases.indefinite_article(noun) != article]
    assert not wrong


def test_an_editor_may_know_better() -> None:
    assert replace(ARTIST, title="RAG engineer", article="a").with_article == "a RAG engineer"
    assert replace(ARTIST, title="SQL developer", article="a").with_article == "a SQL developer"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Backend developer", "backend developer"),
        ("AI artist", "AI artist"),
        ("AIGC content creators", "AIGC content creators"),
        ("DevOps engineer", "DevOps engineer"),
        ("iOS developer", "iOS developer"),
        ("UX/UI designer", "UX/UI designer"),
        ("X-ray technician", "X-ray technician"),
        ("E-commerce manager", "e-commerce manager"),
        ("Go-to-market manager", "go-to-market manager"),
        ("Go developer", "Go developer"),
        ("C++ developer", "C++ developer"),
        ("R programmer", "R programmer"),
        ("3D artist", "3D artist"),
        ("Python developer", "Python developer"),
        ("French-speaking support agent", "French-speaking support agent"),
        ("Éclairagiste", "éclairagiste"),
        ("", ""),
    ],
)
def test_titles_lose_their_capital_inside_a_sentence_unless_it_is_part_of_a_name(title: str, inside: str) -> None:
    assert phrases.in_sentence(title) == inside


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "week", "0 weeks"),
        (1, "week", "1 week"),
        (1.0, "week", "1 week"),
        (0.98, "week", "1 week"),
        (2, "week", "2 weeks"),
        (2.5, "week", "2.5 weeks"),
        (8 / 3, "week", "2.7 weeks"),
        (129_200, "opening", "129,200 openings"),
        (1_234_567, "opening", "1,234,567 openings"),
    ],
)
def test_counts_agree_with_their_noun(number: float, noun: str, words: str) -> None:
    assert phrases.count(number, noun) == words


def test_irregular_plurals_are_given() -> None:
    assert phrases.count(2, "category", "categories") == "2 categories"
    assert phrases.count(1, "category", "categories") == "1 category"


@pytest.mark.parametrize(
    ("words", "listed"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_end_with_a_word_and_not_with_a_comma(words: list[str], listed: str) -> None:
    assert phrases.listing(words) == listed
    assert phrases.listing(words, "or") == listed.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (16, 16, "+16 %"),
        (-31, -31, "−31 %"),
        (0, 0, "0 %"),
        (-54, -25, "−54 % to −25 %"),
        (-1, 2, "−1 % to +2 %"),
        (0, 8, "0 % to +8 %"),
    ],
)
def test_changes_carry_their_sign(low: int, high: int, written: str) -> None:
    assert plain(phrases.signed_range(low, high)) == written


@given(st.integers(-200, 200))
def test_a_minus_is_a_minus_and_never_parts_from_its_figure(percent: int) -> None:
    written = phrases.signed(percent)
    assert "-" not in written
    assert " " not in written
    assert written.startswith("+") is (percent > 0)
    assert written.startswith("\N{MINUS SIGN}") is (percent < 0)


def test_money_is_written_out_and_ranges_have_a_dash() -> None:
    assert phrases.money(133_080) == "$133,080"
    assert phrases.money_range(60_560, 99_800) == "$60,560–$99,800"
    assert phrases.money_range(60_560, 60_560) == "$60,560"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 2, "0–2 years"), (0, 1, "0–1 year"), (8, None, "8 years and more"), (1, None, "1 year and more")],
)
def test_years_of_a_stage(start: int, end: int | None, words: str) -> None:
    assert phrases.years(start, end) == words


@pytest.mark.parametrize(("when", "words"), [("2024", "2024"), ("2024-05", "May 2024"), ("2024-05-03", "3 May 2024")])
def test_dates_are_read_as_they_are_said(when: str, words: str) -> None:
    assert phrases.as_of(when) == words


@pytest.mark.parametrize(
    ("weeks", "months", "route"),
    [
        (4, "about 1 month", "a 1-month route"),
        (24, "about 6 months", "a 6-month route"),
        (35, "about 8 months", "an 8-month route"),
        (48, "about 11 months", "an 11-month route"),
        (78, "about 18 months", "an 18-month route"),
    ],
)
def test_months_are_always_said_to_be_about_right(weeks: int, months: str, route: str) -> None:
    assert phrases.months(Duration(weeks, 10)) == months
    assert phrases.route_length(Duration(weeks, 10)) == route


def test_a_pace_is_weeks_and_hours_a_week() -> None:
    assert phrases.pace(Duration(21, 10)) == "21 weeks at 10 hours a week"
    assert phrases.pace(Duration(1, 1)) == "1 week at 1 hour a week"
    leads = "It leads to first applications; the levels above are what doing the job well takes."
    paced = "About 11 months: 50 weeks at 10 hours a week, 500 hours in all"
    assert phrases.learning_time(ARTIST) == f"{paced}. {leads}"
    drawing = replace(ARTIST, starts_from="somebody who draws")
    assert phrases.learning_time(drawing) == f"{paced}, counted for somebody who draws. {leads}"


def test_other_paces_leave_out_the_one_that_was_just_said() -> None:
    assert phrases.other_paces(Duration(24, 10)) == (
        "The same work takes 48 weeks at 5 hours a week and 12 weeks at 20 hours a week."
    )
    assert phrases.other_paces(Duration(24, 20)) == "The same work takes 96 weeks at 5 hours a week."


@pytest.mark.parametrize(
    ("number", "promise"), [(0, "0"), (7, "7"), (10, "10"), (11, "10+"), (54, "50+"), (60, "60"), (101, "100+")]
)
def test_a_rounded_count_is_never_a_lie(number: int, promise: str) -> None:
    assert phrases.rounded_down(number) == promise


@given(st.integers(0, 10_000))
def test_a_plus_stands_only_where_there_is_more(number: int) -> None:
    promise = phrases.rounded_down(number)
    assert int(promise.rstrip("+")) <= number
    assert promise.endswith("+") is (int(promise.rstrip("+")) < number)


def test_headings_have_the_right_article_and_capitals() -> None:
    assert phrases.what_it_is(ARTIST) == "What does an AI artist actually do?"
    assert phrases.how_to_become(DEVELOPER) == "How to become a backend developer"
    assert phrases.interview_offer(ARTIST, 54) == "Practise with 50+ interview questions for AI artists"


def test_questions_about_a_role_keep_its_acronyms() -> None:
    assert [one.question for one in phrases.answers(ARTIST, [DESIGNERS], is_official=False)] == [
        "Will there be work for AI artists?",
        "Do AI artists need to code?",
        "How long does it take to become an AI artist?",
        "Can an AI artist work remotely?",
        "Where do the pay figures come from?",
    ]


def test_the_future_of_a_covered_title_is_that_of_its_occupation() -> None:
    answer = plain(phrases.answers(DEVELOPER, [FIGURES], is_official=True)[0].answer)
    assert answer == (
        "Official statistics count this title in an occupation whose number of jobs is projected: Software Developers, "
        "+16 % from 2024 to 2034 (all jobs +3 %), much faster than average. With AI tools, about 87 % of the tasks "
        "could be done in half the time. That is exposure, not the risk of losing the job: it counts neither demand "
        "nor law nor what people prefer."
    )


def test_the_future_of_an_uncovered_title_is_that_of_each_neighbour() -> None:
    answer = plain(phrases.answers(ARTIST, [FIGURES, DESIGNERS], is_official=False)[0].answer)
    assert answer.startswith(
        "No official statistics exist for this title. The number of jobs is projected for the nearest occupations: "
        "Software Developers, +16 % from 2024 to 2034 (all jobs +3 %), much faster than average; Graphic Designers, "
        "−1 % from 2024 to 2034 (all jobs +3 %), a decline. With AI tools, about 50 to 87 % of the tasks could be done "
        "in half the time."
    )
    alone = phrases.answers(ARTIST, [DESIGNERS], is_official=False)[0].answer
    assert "for the nearest occupation: Graphic Designers" in alone


def test_nobody_guesses_a_future_that_is_not_published() -> None:
    unknown = replace(FIGURES, outlook=None, exposure=Exposure(None, "ratings", None, "use"))
    assert phrases.answers(ARTIST, [unknown], is_official=True)[0].answer == (
        "Nobody publishes a projection for AI artists or for an occupation near to theirs, and we do not guess. "
        "AI exposure has not been rated."
    )


@pytest.mark.parametrize(
    ("coding", "lead"),
    [(Coding.NONE, "No."), (Coding.OPTIONAL, "Not to be hired, but it helps."), (Coding.REQUIRED, "Yes.")],
)
def test_the_answer_about_code_follows_the_fact(coding: Coding, lead: str) -> None:
    answer = phrases.answers(replace(ARTIST, coding=coding), [FIGURES], is_official=True)[1].answer
    assert answer == f"{lead} A script helps with large series."


@pytest.mark.parametrize(
    ("remote", "lead"), [(Remote.NO, "Rarely."), (Remote.HYBRID, "In part."), (Remote.YES, "Usually.")]
)
def test_the_answer_about_working_from_home_follows_the_fact(remote: Remote, lead: str) -> None:
    answer = phrases.answers(replace(ARTIST, remote=remote), [FIGURES], is_official=True)[3].answer
    assert answer == f"{lead} Studios want part of the week on site."


def test_the_answer_about_time_gives_the_roadmap_and_other_paces() -> None:
    assert phrases.answers(ARTIST, [FIGURES], is_official=True)[2].answer == (
        "About 11 months on the roadmap of this page: 50 weeks at 10 hours a week. The same work takes 100 weeks at 5 "
        "hours a week and 25 weeks at 20 hours a week. The barrier to entry is high. Few posts carry this name."
    )


@pytest.mark.parametrize(
    ("figures", "is_official", "part"),
    [
        ([FIGURES], True, "for the occupation that includes this title"),
        ([FIGURES, DESIGNERS], False, "for the nearest occupations, side by side and not averaged."),
        ([DESIGNERS], False, "for the nearest occupation. Pay by stage"),
        ([replace(FIGURES, pay=None)], True, "No wage statistics are published for AI artists"),
        ([], False, "No wage statistics are published for AI artists"),
    ],
)
def test_the_origin_of_pay_is_told_as_it_is(figures: list[OfficialFigures], is_official: bool, part: str) -> None:
    assert part in phrases.answers(ARTIST, figures, is_official=is_official)[4].answer


def test_openings_quote_the_occupations_they_are_counted_with() -> None:
    assert phrases.openings(OUTLOOK) == "129,200 openings a year"
    assert phrases.openings(replace(OUTLOOK, openings_with="Craft artists, Artists, all other")) == (
        "129,200 openings a year, counted together with “Craft artists, Artists, all other”"
    )
    assert phrases.openings(replace(OUTLOOK, openings_with="the 16 other occupations of Physicians")) == (
        "129,200 openings a year, counted together with the 16 other occupations of Physicians"
    )
    assert phrases.openings(replace(OUTLOOK, openings_per_year=1)) == "1 opening a year"
    assert phrases.openings(replace(OUTLOOK, openings_per_year=None)) == ""


def test_use_of_ai_is_compared_with_other_occupations() -> None:
    assert plain(phrases.observed_use(FIGURES.exposure)) == "AI is in use here more than in 83 % of occupations"
    assert phrases.observed_use(Exposure(87, "ratings", None, "use")) == ""


def test_exposure_is_a_share_of_tasks_or_unknown() -> None:
    assert plain(phrases.exposure_share([FIGURES])) == "87 %"
    assert plain(phrases.exposure_share([FIGURES, DESIGNERS])) == "50 to 87 %"
    assert phrases.exposure_share([replace(FIGURES, exposure=Exposure(None, "", None, ""))]) == ""


def test_reasons_against_a_role_come_from_its_facts_first() -> None:
    own = ["You want to see your name on the cover."]
    assert phrases.poor_fit(replace(ARTIST, has_ai=False), own) == own
    reasons = phrases.poor_fit(replace(DEVELOPER, has_ai=True, remote=Remote.NO), own)
    assert len(reasons) == 5
    assert reasons[-1:] == own
    assert all(reason.startswith("You ") and reason.endswith(".") for reason in reasons)


def test_a_transition_is_named_after_its_two_roles() -> None:
    duration = Duration(78, 10)
    assert phrases.transition_title("Backend developer", "AI artist", duration) == "From backend developer to AI artist"
    assert phrases.transition_title("", "", duration, "Paint in {months} months") == "Paint in 18 months"


@pytest.mark.parametrize(
    ("effort", "words"),
    [(Effort.EASY, "An easy move"), (Effort.MODERATE, "A moderate move"), (Effort.HARD, "A hard move")],
)
def test_effort_is_said_in_words(effort: Effort, words: str) -> None:
    assert phrases.effort_words(effort) == words


@pytest.mark.parametrize(
    ("low", "high", "answer"),
    [
        (-54, -25, "Probably. "),
        (-31, -31, "Probably. "),
        (-5, 0, "It depends. "),
        (-5, 5, "It depends. "),
        (0, 0, "Probably not. "),
        (0, 9, "Probably not. "),
        (12, 12, "Probably not. "),
    ],
)
def test_whether_somebody_earns_less_follows_from_the_range(low: int, high: int, answer: str) -> None:
    change = PayChange(low, high, (100_000, 100_000), (90_000, 110_000))
    answers = phrases.transition_answers(DEVELOPER, ARTIST, change, Duration(24, 10), OFFICIAL, OFFICIAL)
    assert answers[0].question == "Will I earn less?"
    assert answers[0].answer.startswith(answer)


@pytest.mark.parametrize(
    ("before", "after", "value"),
    [
        (90_000, TOP_CODE, "+166 % or more"),
        (TOP_CODE, 90_000, "−62 % or lower"),
        (TOP_CODE, TOP_CODE, "Not known"),
        (90_000, 99_000, "+10 %"),
    ],
)
def test_a_median_that_is_only_known_to_be_high_is_not_taken_for_an_amount(before: int, after: int, value: str) -> None:
    percent = round(100 * (after / before - 1))
    change = PayChange(percent, percent, (before, before), (after, after))
    assert plain(phrases.pay_change_value(change)) == value
    assert ("$239,200 or more" in phrases.pay_change_words(change)) is (TOP_CODE in (before, after))


def test_the_answer_about_pay_shows_both_medians_and_the_change() -> None:
    change = PayChange(-31, -31, (133_080, 133_080), (91_670, 91_670))
    answers = phrases.transition_answers(DEVELOPER, ARTIST, change, Duration(24, 10), OFFICIAL, OFFICIAL)
    assert plain(answers[0].answer) == (
        "Probably. Median pay $133,080 in the old role, $91,670 in the new one: a change of −31 %. Both are official "
        "medians of all employees, not starting pay; a first job in a new field is usually below the median."
    )


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        (OFFICIAL, NEIGHBOURS, "AI artists"),
        (NEIGHBOURS, OFFICIAL, "backend developers"),
        (NEIGHBOURS, NEIGHBOURS, "backend developers or AI artists"),
    ],
)
def test_the_answer_about_pay_names_the_side_without_statistics(before: PayBasis, after: PayBasis, who: str) -> None:
    change = PayChange(0, 0, (90_000, 90_000), (90_000, 90_000))
    answer = phrases.transition_answers(DEVELOPER, ARTIST, change, Duration(24, 10), before, after)[0].answer
    assert f": no change. No official statistics exist for {who}, so their figures are those of" in answer


def test_unknown_pay_is_called_unknown() -> None:
    answers = phrases.transition_answers(DEVELOPER, ARTIST, None, Duration(24, 10), OFFICIAL, OFFICIAL)
    assert answers[0].answer == "We do not know. Pay is not published for one of the two roles."


def test_questions_about_a_move_are_answered_for_the_new_role() -> None:
    answers = phrases.transition_answers(DEVELOPER, ARTIST, None, Duration(24, 10), OFFICIAL, OFFICIAL)
    assert [(one.question, one.answer) for one in answers[1:]] == [
        (
            "How long does it take?",
            "About 6 months: 24 weeks at 10 hours a week. The same work takes 48 weeks at 5 hours a week and 12 weeks "
            "at 20 hours a week.",
        ),
        ("Do I need to code as an AI artist?", "Not to be hired, but it helps. A script helps with large series."),
        ("Can I work remotely as an AI artist?", "In part. Studios want part of the week on site."),
    ]


def test_a_comparison_is_official_when_both_sides_are() -> None:
    assert phrases.is_pay_official(OFFICIAL, OFFICIAL)
    assert not phrases.is_pay_official(OFFICIAL, NEIGHBOURS)
    assert not phrases.is_pay_official(NEIGHBOURS, OFFICIAL)


def test_a_route_that_stops_short_says_how_far_it_leads() -> None:
    assert phrases.short_of(0, 2).startswith("This route brings you to about working;")
    assert phrases.short_of(2, 2).startswith("This route adds to the working level you bring")
    assert phrases.short_of(0, 0).startswith("This route gives you a beginning")
    assert phrases.on_this_route(1) == "1 week on this route"


def test_a_role_in_a_sentence_has_its_article() -> None:
    assert phrases.as_somebody("Backend developer") == "as a backend developer"
    assert phrases.as_somebody("AI artist") == "as an AI artist"
