"""A role page shows everything that the editors wrote about the role, in the same order on every page, and says itself
what follows from the facts. Every test holds for every role in content/."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.content_factory import Facts
from tests.pages import (
    CODING,
    DIFFICULTY,
    PRICES,
    REMOTE,
    ROLES,
    TRANSITIONS,
    Page,
    counted,
    figures_facts,
    get,
    in_order,
    in_sentence,
    links,
    months,
    prose,
    registry,
    role_facts,
    role_questions,
    signed,
    skill_facts,
    squeezed,
    usd,
    with_article,
    words,
)

SECTIONS = ["fit", "work", "numbers", "skills", "roadmap", "interview", "ladder", "questions", "next", "sources"]
BARRIER = {"low": "Low", "medium": "Medium", "high": "High"}
CATEGORIES = ["beginner", "intermediate", "advanced", "behavioural", "ai-workflow"]


@dataclass(frozen=True)
class Role:
    """A role's page beside what its editors wrote."""

    slug: str
    page: Page
    facts: Facts

    def text(self, key: str) -> str:
        return squeezed(self.facts[key])

    def texts(self, key: str) -> list[str]:
        return [squeezed(one) for one in self.facts[key]]

    def entries(self, key: str) -> list[Facts]:
        found: list[Facts] = self.facts[key]
        return found

    @property
    def starts_from(self) -> str:
        text: str = self.facts["roadmap"]["starts_from"]
        return text

    @property
    def pace(self) -> int:
        """Hours a week of the roadmap."""
        hours: int = self.facts["roadmap"]["hours_per_week"]
        return hours

    @property
    def phases(self) -> list[Facts]:
        found: list[Facts] = self.facts["roadmap"]["phases"]
        return found

    @property
    def weeks(self) -> int:
        return sum(phase["weeks"] for phase in self.phases)

    @property
    def months(self) -> str:
        return counted(months(self.weeks), "month")

    @property
    def with_article(self) -> str:
        return with_article(self.text("title"))

    @property
    def plural(self) -> str:
        return in_sentence(self.text("plural"))

    @property
    def standing(self) -> list[Facts]:
        """The figures of the heaviest occupation that covers the title, else of all the nearest ones."""
        by_weight = sorted(self.entries("occupations"), key=lambda one: (-one["weight"], one["code"]))
        covering = [one for one in by_weight if one["match"] == "covers"][:1]
        return [figures_facts(one["code"]) for one in covering or by_weight]

    @property
    def is_official(self) -> bool:
        return any(one["match"] == "covers" for one in self.entries("occupations"))

    def figures(self, group: str, key: str) -> list[int]:
        """That figure of every standing occupation that has it."""
        groups = [one[group] for one in self.standing if one[group]]
        return [known[key] for known in groups if known[key] is not None]


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest, site: dict[str, Page]) -> Role:
    slug: str = request.param
    return Role(slug, site[f"/roles/{slug}/"], role_facts(slug))


# --- Above the sections -------------------------------------------------------------------------------------------


def test_the_first_link_skips_to_the_content(role: Role) -> None:
    first = next(role.page.root.iter("a"))
    assert first.get("href") == "#main"
    assert role.page.part("main") is role.page.main


def test_the_category_is_named_and_linked(role: Role) -> None:
    category = registry("categories.yaml")[role.text("category")]
    header = next(role.page.main.iter("header"))
    assert links(header)[f"/categories/{category['slug']}/"] == category["name"]


def test_difficulty_coding_and_place_of_work_are_said_with_words_in_the_first_section(role: Role) -> None:
    asked = role.page.says("fit")
    assert f"Difficulty {DIFFICULTY[role.text('difficulty')]}" in asked
    assert f"Coding {CODING[role.text('coding')]}" in asked
    assert f"Where {REMOTE[role.text('remote')]}" in asked


def test_level_place_of_work_and_coding_stand_under_the_title(role: Role) -> None:
    level, place, coding = (
        f"{DIFFICULTY[role.text('difficulty')]} level",
        REMOTE[role.text("remote")],
        CODING[role.text("coding")],
    )
    assert in_order([role.text("summary"), level, place, coding], words(next(role.page.main.iter("header"))))


def test_the_only_h1_is_the_title_as_the_editors_wrote_it(role: Role) -> None:
    assert role.page.heading == role.text("title")


def test_the_lead_is_the_summary(role: Role) -> None:
    header = next(role.page.main.iter("header"))
    assert role.text("summary") in words(header)


def test_other_names_of_the_role_stand_under_the_title(role: Role) -> None:
    names = role.texts("also_called")
    assert not names or f"Also called {', '.join(names)}" in role.page.text


def test_the_facts_stand_above_all_sections(role: Role) -> None:
    assert role.page.text.index(role.page.says("facts")) < role.page.text.index(role.page.says("fit-title"))


def test_outlook_is_the_projected_change_with_that_of_all_jobs(role: Role) -> None:
    growth = sorted(role.figures("outlook", "growth_percent"))
    facts = role.page.says("facts")
    assert signed(growth[0]) in facts
    assert signed(growth[-1]) in facts
    if len(role.standing) > 1:
        assert f"ll jobs: {signed(role.figures('outlook', 'all_jobs_percent')[0])}" in facts


def test_ai_exposure_stands_where_others_print_a_risk_and_says_that_it_is_none(role: Role) -> None:
    shares = sorted(role.figures("exposure", "task_share_percent"))
    facts = role.page.says("facts")
    assert "AI exposure" in facts
    assert f"{shares[-1]} % of tasks" in facts
    assert "not the risk of losing the job" in facts.lower()


def test_pay_is_the_median_or_the_range_of_medians(role: Role) -> None:
    medians = sorted(role.figures("pay", "median"))
    shown = usd(medians[0]) if medians[0] == medians[-1] else f"{usd(medians[0])}–{usd(medians[-1])}"
    assert f"Median pay {shown} a year" in role.page.says("facts")


def test_time_is_computed_from_the_weeks_of_the_roadmap_and_never_stands_without_its_pace(role: Role) -> None:
    pace = f"{role.weeks} weeks at {role.pace} hours a week, counted for {role.starts_from}."
    assert f"Time to learn {role.months} to first applications. {pace}" in role.page.says("facts")


def test_every_figure_of_the_facts_and_the_metrics_names_confidence_and_a_dated_source(role: Role) -> None:
    for place in ("facts", "numbers"):
        for fact in next(role.page.part(place).iter("dl")).iter("div"):
            said = words(fact)
            if said.startswith(("Difficulty", "Remote work")) or "Not known" in said:
                continue
            assert "confidence" in said, said
            if not said.startswith("Time to learn"):
                marks = links(fact)
                assert any(address.startswith("/sources/") for address in marks), said
                assert any(mark[-4:].isdigit() for mark in marks.values()), f"no date: {said}"


def test_low_confidence_is_said_wherever_no_statistics_cover_the_title(role: Role) -> None:
    facts = role.page.says("facts")
    assert ("Low confidence: nearest occupations" in facts) is not role.is_official
    assert ("No official statistics exist for this title" in role.page.says("numbers")) is not role.is_official


def test_the_page_says_who_wrote_it_when_and_whether_anybody_in_the_job_has_reviewed_it(role: Role) -> None:
    above = next(role.page.main.iter("header"))
    assert f"Written by {role.text('written_by')}" in words(above)
    assert str(role.facts["updated_on"]) in {one.get("datetime") for one in above.iter("time")}
    reviewer = role.facts["reviewed_by"]
    told = f"Reviewed by {reviewer}" if reviewer else "Nobody who does this work has reviewed this page yet"
    assert told in words(above)


def test_whoever_has_another_role_is_led_to_the_ways_in(role: Role) -> None:
    assert f"/roles/{role.slug}/into/" in links(role.page.part("facts"))


def test_everything_that_the_editors_wrote_stands_under_its_heading(role: Role) -> None:
    said = f"{role.page.says('work')} {role.page.says('roadmap')}"
    text = prose(f"roles/{role.slug}.md")
    assert {"What the work is", "What people underestimate", "How people get in"} <= text.keys()
    for heading, beginning in text.items():
        assert beginning in said, heading
        assert heading == "What the work is" or f"{heading} {beginning}" in said


def test_the_sections_come_in_the_same_order_on_every_role_page(role: Role) -> None:
    found = [one.get("id") for one in role.page.main.iter("section") if one.get("id") in SECTIONS]
    assert found == SECTIONS


def test_the_first_seven_sections_are_numbered_and_the_rest_are_not(role: Role) -> None:
    numbered = [role.page.says(id_).startswith(f"Section {number} ") for number, id_ in enumerate(SECTIONS, start=1)]
    assert numbered == [True] * 7 + [False] * 3


def test_on_this_page_leads_to_every_section_by_its_title(role: Role) -> None:
    nav = next(one for one in role.page.all("nav") if one.get("aria-labelledby") == "on-this-page-title")
    contents = links(nav)
    assert [address for address in contents if address.removeprefix("#") in SECTIONS] == [f"#{one}" for one in SECTIONS]
    for address, title in contents.items():
        assert role.page.says(f"{address.removeprefix('#')}-title") == title


# --- 1 Fit --------------------------------------------------------------------------------------------------------


def test_the_fit_section_asks_the_question_in_its_heading(role: Role) -> None:
    assert role.page.says("fit-title") == "Is this work for you?"


def test_reasons_for_are_whole_sentences_after_a_good_fit_if(role: Role) -> None:
    assert in_order(["A good fit if", *role.texts("good_fit"), "It may not suit you if"], role.page.says("fit"))


def test_reasons_against_follow_from_the_facts_and_then_come_the_editors_own(role: Role) -> None:
    category = registry("categories.yaml")[role.text("category")]
    derived = {
        "You want a role without programming": role.text("coding") == "required",
        "You do not want to work with AI tools all day": category.get("ai", False),
        "You are looking for a first job in the field": role.text("difficulty") == "advanced",
        "You need to work from home": role.text("remote") == "no",
    }
    said = role.page.says("fit")
    for sentence, holds in derived.items():
        assert (sentence in said) is holds, sentence
    first = [sentence for sentence, holds in derived.items() if holds][:1]
    assert in_order(["It may not suit you if", *first, *role.texts("poor_fit")], said)


def test_what_the_role_asks_gives_each_answer_with_its_reason(role: Role) -> None:
    asked = role.page.says("fit")
    assert in_order(
        [
            "What the role asks",
            f"Difficulty {DIFFICULTY[role.text('difficulty')]}",
            f"Entry barrier {BARRIER[role.text('entry_barrier')]}",
            role.text("entry_barrier_why"),
            f"Coding {CODING[role.text('coding')]}",
            role.text("coding_why"),
            f"Where {REMOTE[role.text('remote')]}",
            role.text("remote_why"),
            f"Time to learn About {role.months}",
        ],
        asked,
    )


def test_each_background_says_what_people_bring_and_leads_to_its_role(role: Role) -> None:
    fit = role.page.part("fit")
    said = words(fit)
    for one in role.entries("backgrounds"):
        background = squeezed(one["background"])
        assert in_order([background[1:], squeezed(one["brings"])], said)
        if one.get("role"):
            assert f"/roles/{one['role']}/" in links(fit)


def test_tasters_give_hours_a_task_and_a_sign_each_way(role: Role) -> None:
    said = role.page.says("fit")
    for one in role.entries("tasters"):
        parts = ["title", "do", "enjoyed_if", "dreaded_if"]
        assert in_order([f"{one['hours']} hours", *(squeezed(one[part]) for part in parts)], said)


def test_similar_roles_can_be_read_beside_this_one(role: Role) -> None:
    fit = role.page.part("fit")
    titles = {f"/roles/{slug}/": role_facts(slug)["title"] for slug in role.texts("similar")}
    assert titles.items() <= links(fit).items()
    assert "Not sure?" in words(fit)


# --- 2 The work ---------------------------------------------------------------------------------------------------


def test_the_work_is_asked_about_with_the_right_article(role: Role) -> None:
    assert role.page.says("work-title") == f"What does {role.with_article} actually do?"


def test_the_work_is_described_at_length(role: Role) -> None:
    before_the_day = role.page.says("work").split("A typical day")[0]
    assert len(before_the_day.split()) >= 120


def test_a_typical_day_lists_pieces_of_work_and_with_whom_without_clock_times(role: Role) -> None:
    said = role.page.says("work")
    modes = {"alone": "On your own", "together": "With others"}
    pieces = [f"{squeezed(one['task'])} {modes[one['mode']]}" for one in role.entries("day")]
    assert in_order(["A typical day", *pieces], said)


# --- 3 Numbers ----------------------------------------------------------------------------------------------------


def test_the_metrics_are_six_and_all_follow_from_facts(role: Role) -> None:
    metrics = [words(one) for one in next(role.page.part("numbers").iter("dl")).iter("dt")]
    assert metrics == ["Median pay", "Demand", "AI in use", "Time to learn", "Difficulty", "Remote work"]


def test_demand_out_of_ten_says_what_it_is_ten_times_of(role: Role) -> None:
    ranks = sorted(float(rank) for rank in role.figures("outlook", "growth_rank"))
    numbers = role.page.says("numbers")
    assert f"{ranks[0]:.1f}" in numbers
    assert f"{ranks[-1]:.1f} of 10" in numbers
    assert "of workers are in" in numbers
    assert "to grow less" in numbers


def test_the_entry_barrier_stands_under_the_difficulty(role: Role) -> None:
    difficulty, barrier = DIFFICULTY[role.text("difficulty")], BARRIER[role.text("entry_barrier")]
    assert f"Difficulty {difficulty} {barrier} barrier to entry" in role.page.says("numbers")


def test_pay_is_shown_at_five_points_in_a_table_beside_the_drawing(role: Role) -> None:
    numbers = role.page.says("numbers")
    for one in role.standing:
        pay = one["pay"]
        if pay:
            points = [usd(pay[point]) for point in ("p10", "p25", "median", "p75", "p90")]
            assert in_order([one["title"], *points], numbers)


def test_every_official_occupation_says_what_it_has_in_common_with_the_role(role: Role) -> None:
    said = role.page.says("numbers")
    for one in role.entries("occupations"):
        known = figures_facts(one["code"])
        share = f"{round(one['weight'] * 100)} % of the profile"
        assert in_order([f"{known['title']} {known['code']}", share, squeezed(one["why"])], said)


def test_outlook_openings_ai_and_the_usual_way_in_stand_in_a_table_by_occupation(role: Role) -> None:
    tables = [
        one for one in role.page.part("numbers").iter("table") if "the way in" in words(next(one.iter("caption")))
    ]
    assert words(next(tables[0].iter("thead"))) == " ".join([*(one["title"] for one in role.standing), "Source"])
    rows = {words(next(row.iter("th"))): [words(cell) for cell in row.iter("td")] for row in tables[0].iter("tr")}
    for place, one in enumerate(role.standing):
        outlook, transfer, entry = one["outlook"], one["transfer"], one["entry"]
        assert rows["Change in jobs"][place].startswith(signed(outlook["growth_percent"]) if outlook else "Not known")
        rate = f"{transfer['percent_per_year']:g} % of workers a year" if transfer else "Not known"
        assert rows["Change to another occupation"][place].startswith(rate)
        assert rows["Usual way in"][place].startswith(entry["education"] if entry else "Not known")
        known = one["preparation"]
        assert f"{known['months_high']} months" in rows["Usual preparation"][place]


def test_every_line_of_the_table_says_how_sure_it_is_and_names_a_dated_source(role: Role) -> None:
    table = next(
        one for one in role.page.part("numbers").iter("table") if "the way in" in words(next(one.iter("caption")))
    )
    for row in next(table.iter("tbody")).iter("tr"):
        last = list(row.iter("td"))[-1]
        assert "confidence" in words(last)
        assert any(mark.startswith("/sources/") and said[-4:].isdigit() for mark, said in links(last).items())


def test_both_ends_of_a_pay_strip_are_named_as_what_they_are(role: Role) -> None:
    html = role.page.html
    for one in role.standing:
        pay = one["pay"]
        assert f"1 in 10 earns less than {usd(pay['p10'])}" in html
        assert f"{'at least ' if pay['top_coded'] else ''}1 in 10 more than {usd(pay['p90'])}" in html
    assert "junior" not in role.page.says("numbers").lower()


def test_the_limits_of_both_ai_measures_are_said_beside_them(role: Role) -> None:
    said = role.page.says("numbers")
    assert "That is exposure, not the risk of losing the job" in said
    assert "ranks occupations against each other" in said


# --- 4 Skills and tools -------------------------------------------------------------------------------------------


def test_every_skill_leads_to_its_guide_with_level_and_reason(role: Role) -> None:
    section = role.page.part("skills")
    guides = links(section)
    said = words(section)
    for one in role.entries("skills"):
        name = skill_facts(one["skill"])["name"]
        assert guides[f"/skills/{one['skill']}/"] == name
        assert f"{name} {squeezed(one['why'])} {one['level'].capitalize()}" in said


def test_essential_skills_come_before_useful_ones(role: Role) -> None:
    names = {
        importance: [
            skill_facts(one["skill"])["name"] for one in role.entries("skills") if one["importance"] == importance
        ]
        for importance in ("essential", "optional")
    }
    expected = ["Essential", *names["essential"]]
    expected += ["Useful, not required", *names["optional"]] if names["optional"] else []
    assert in_order(expected, role.page.says("skills"))


def test_a_line_says_that_each_skill_has_a_guide(role: Role) -> None:
    assert "Each skill leads to a guide of its own" in role.page.says("skills")


def test_tools_are_named_linked_priced_and_qualified(role: Role) -> None:
    section = role.page.part("skills")
    said = words(section)
    tools = registry("tools.yaml")
    for one in role.entries("tools"):
        tool = tools[one["tool"]]
        name = tool["name"] + (f" ({one['note']})" if one.get("note") else "")
        assert f"{name} {squeezed(tool['summary'])} {PRICES[tool['price']]}." in said
        if tool["url"]:
            assert links(section)[tool["url"]] == tool["name"]


def test_the_skills_hand_over_to_the_roadmap(role: Role) -> None:
    assert links(role.page.part("skills"))["#roadmap"].startswith("Next stop:")


# --- 5 Roadmap ----------------------------------------------------------------------------------------------------


def test_the_roadmap_says_how_to_become_one_and_how_many_hours_that_is(role: Role) -> None:
    assert role.page.says("roadmap-title") == f"How to become {role.with_article}"
    pace = role.pace
    estimate = f"About {role.months}: {role.weeks} weeks at {pace} hours a week"
    hours = f"{role.weeks * pace:,} hours in all, counted for {role.starts_from}."
    assert f"{estimate}, {hours}" in role.page.says("roadmap")


def test_the_roadmap_says_for_whom_it_is_counted(role: Role) -> None:
    assert f"counted for {squeezed(role.facts['roadmap']['starts_from'])}" in role.page.says("roadmap")


def test_each_phase_gives_title_weeks_goals_tasks_resources_and_milestone_in_that_order(role: Role) -> None:
    catalogue = registry("resources.yaml")
    week = 1
    for number, phase in enumerate(role.phases, start=1):
        weeks = phase["weeks"]
        span = f"week {week}" if weeks == 1 else f"weeks {week} to {week + weeks - 1}"
        resources = phase["resources"]
        told = [
            f"{squeezed(phase['title'])} {counted(weeks, 'week')}, {span}",
            *(squeezed(goal) for goal in phase["goals"]),
            *(squeezed(task["do"]) for task in phase["tasks"]),
            f"{counted(len(resources), 'resource')} for this phase",
            *(catalogue[slug]["title"] for slug in resources),
            f"Milestone {squeezed(phase['milestone'])}",
        ]
        assert in_order(told, role.page.says(f"phase-{number}")), phase["title"]
        week += weeks


def test_each_task_says_its_hours_and_whether_it_can_be_left_out(role: Role) -> None:
    for number, phase in enumerate(role.phases, start=1):
        said = role.page.says(f"phase-{number}")
        for task in phase["tasks"]:
            optional = "" if task.get("essential", True) else " Can be left out."
            assert f"{squeezed(task['do'])}{optional} {task['hours']} h" in said


def test_resources_of_a_phase_say_price_and_when_their_link_was_checked(role: Role) -> None:
    catalogue = registry("resources.yaml")
    for number, phase in enumerate(role.phases, start=1):
        for slug in phase["resources"]:
            resource = catalogue[slug]
            checked = "Link checked" if resource["checked_on"] else "Link not checked yet"
            shown = role.page.says(f"phase-{number}")
            assert in_order([resource["title"], PRICES[resource["price"]], checked], shown)


def test_the_roadmap_can_be_planned_for_ones_own_week(role: Role) -> None:
    assert f"/plan/?for=roles/{role.slug}" in links(role.page.part("roadmap"))


def test_the_drawing_of_the_roadmap_has_a_table_that_adds_up(role: Role) -> None:
    table = next(role.page.part("roadmap").iter("table"))
    rows = [words(row) for row in table.iter("tr")][1:]
    assert len(rows) == len(role.phases)
    assert rows[-1].endswith(f"to {role.weeks}") or rows[-1].endswith(f" {role.weeks}")


def test_the_roadmap_hands_over_to_the_interview_with_a_count_that_is_kept(role: Role) -> None:
    count = len(role_questions(role.slug))
    promised = f"{count // 10 * 10}+" if count % 10 else str(count)
    hand_over = links(role.page.part("roadmap"))["#interview"]
    assert f"{promised} interview questions for {role.plural}" in hand_over


# --- 6 Interview --------------------------------------------------------------------------------------------------


def test_three_questions_are_shown_with_number_level_and_skill(role: Role) -> None:
    said = role.page.says("interview")
    for number, one in enumerate(role_questions(role.slug)[:3], start=1):
        level = one["category"].capitalize()
        tests = f"Tests {skill_facts(one['skill'])['name']}"
        assert in_order([f"Question {number} {squeezed(one['question'])}", level, tests], said)
    assert "Question 4" not in said


def test_the_link_to_all_questions_counts_them_in_all_and_by_category(role: Role) -> None:
    asked = role_questions(role.slug)
    offered = links(role.page.part("interview"))
    interview = f"/roles/{role.slug}/interview/"
    assert offered[interview] == f"All {len(asked)} questions"
    for category in CATEGORIES:
        count = sum(one["category"] == category for one in asked)
        assert offered[f"{interview}#{category}"].startswith(f"{count} ")


# --- 7 Ladder -----------------------------------------------------------------------------------------------------


def test_each_stage_gives_titles_years_pay_and_responsibilities(role: Role) -> None:
    said = role.page.says("ladder")
    for stage in role.entries("stages"):
        start, end, pay = stage["years_from"], stage["years_to"], stage["pay"]
        told = [
            " / ".join(stage["titles"]),
            f"{start}–{counted(end, 'year')}" if end else f"{counted(start, 'year')} and more",
            f"{usd(pay['low'])}–{usd(pay['high'])} a year" if pay else "Pay not known",
            *(squeezed(duty) for duty in stage["responsibilities"]),
        ]
        assert in_order(told, said)


def test_the_ladder_is_drawn_when_pay_is_known(role: Role) -> None:
    drawn = any(str(one.tag).endswith("svg") for one in role.page.part("ladder").iter())
    assert drawn is any(stage["pay"] for stage in role.entries("stages"))


def test_pay_by_stage_is_marked_as_the_editors_own(role: Role) -> None:
    ladder = role.page.part("ladder")
    assert "Pay by stage is not published by anybody." in words(ladder)
    assert f"/sources/{role.text('stages_source')}/" in links(ladder)


# --- Questions, next steps, sources -------------------------------------------------------------------------------


def test_five_common_questions_are_answered_from_the_facts_and_the_editors_add_theirs(role: Role) -> None:
    said = role.page.says("questions")
    asked = [
        f"Will there be work for {role.plural}?",
        f"Do {role.plural} need to code?",
        f"How long does it take to become {role.with_article}?",
        f"Can {role.with_article} work remotely?",
        "Where do the pay figures come from?",
    ]
    own = [squeezed(one[part]) for one in role.entries("faq") for part in ("question", "answer")]
    assert in_order([*asked, *own], said)


def answer(role: Role, question: str) -> str:
    """What the page answers to the question that begins like this."""
    found = [words(one) for one in role.page.part("questions").iter("details") if words(one).startswith(question)]
    assert len(found) == 1
    return found[0]


def test_the_answer_about_the_future_gives_projection_and_exposure_and_no_risk_of_replacement(role: Role) -> None:
    said = answer(role, "Will there be work")
    for growth in role.figures("outlook", "growth_percent"):
        assert f"{signed(growth)} from 2024 to 2034" in said
    assert "That is exposure, not the risk of losing the job" in said


def test_the_answer_about_coding_begins_with_yes_or_no(role: Role) -> None:
    first = {"none": "No.", "optional": "Not to be hired, but it helps.", "required": "Yes."}
    assert f"{first[role.text('coding')]} {role.text('coding_why')}" in answer(role, f"Do {role.plural}")


def test_the_answer_about_time_works_out_other_paces(role: Role) -> None:
    said = answer(role, "How long")
    hours = role.weeks * role.pace
    for pace in {5, 20} - {role.pace}:
        assert f"{-(-hours // pace)} weeks at {pace} hours a week" in said
    assert role.text("entry_barrier_why") in said


def test_the_answer_about_remote_work_gives_the_reason(role: Role) -> None:
    assert role.text("remote_why") in answer(role, f"Can {role.with_article}")


def test_the_answer_about_pay_names_the_survey(role: Role) -> None:
    said = answer(role, "Where do the pay figures come from?")
    assert "wage survey of the U.S. Bureau of Labor Statistics" in said
    assert ("No official statistics exist" in said) is not role.is_official


def test_the_next_steps_lead_to_moves_interview_and_skills(role: Role) -> None:
    ways = links(role.page.part("next"))
    into = [f"/transitions/{slugs}/" for slugs in TRANSITIONS if slugs.endswith(f"/{role.slug}")]
    assert {*into, f"/roles/{role.slug}/interview/", "#skills"} <= ways.keys()
    if any(slugs.startswith(f"{role.slug}/") for slugs in TRANSITIONS):
        assert f"/transitions/{role.slug}/" in ways


def test_every_source_of_a_figure_is_listed_with_its_date_and_licence(role: Role) -> None:
    catalogue = registry("sources.yaml")
    said = role.page.says("sources")
    used = {mark.split("/")[2] for mark in links(role.page.main) if mark.startswith("/sources/")}
    assert used
    for slug in used:
        assert in_order([catalogue[slug]["title"], catalogue[slug]["publisher"], "As of"], said)
        assert catalogue[slug]["licence"] in said


def test_title_and_description_are_those_of_the_role(role: Role) -> None:
    assert role.page.title.startswith(role.text("title"))
    description = squeezed(role.page.meta("description")).removesuffix("…")
    assert description
    assert role.text("summary").startswith(description)


def test_the_way_back_leads_over_roles_and_category(role: Role) -> None:
    steps = [address for _, address in role.page.breadcrumbs]
    assert steps == ["/", "/roles/", f"/categories/{role.text('category')}/", None]


@pytest.mark.usefixtures("content")
def test_a_role_that_does_not_exist_is_not_found(client: Client) -> None:
    assert get(client, "/roles/astronaut/").status == 404
