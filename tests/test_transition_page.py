"""A transition guide shows everything that the editors wrote about the move, and works out itself what follows from the
two roles: title, months, pay, levels, answers. Every test holds for every written guide in content/."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.content_factory import Facts
from tests.pages import (
    PRICES,
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
    signed,
    skill_facts,
    squeezed,
    transition_facts,
    usd_range,
    with_article,
    words,
)

SECTIONS = ["overview", "carried", "to-learn", "roadmap", "reality", "actions", "questions", "next", "sources"]
PRIORITIES = {"critical": "Critical", "important": "Important", "nice-to-have": "Nice to have"}


@dataclass(frozen=True)
class Guide:
    """A guide's page beside what its editors wrote, and both of its roles."""

    slugs: str
    page: Page
    facts: Facts
    origin: Facts
    destination: Facts

    def text(self, key: str) -> str:
        return squeezed(self.facts[key])

    @property
    def phases(self) -> list[Facts]:
        found: list[Facts] = self.facts["roadmap"]["phases"]
        return found

    @property
    def pace(self) -> str:
        return f"{counted(self.weeks, 'week')} at {self.facts['roadmap']['hours_per_week']} hours a week"

    @property
    def weeks(self) -> int:
        return sum(phase["weeks"] for phase in self.phases)

    def medians(self, role: Facts) -> list[int]:
        """Median pay of what stands for a role: the heaviest occupation that covers it, else all the nearest."""
        by_weight = sorted(role["occupations"], key=lambda one: (-one["weight"], one["code"]))
        covering = [one for one in by_weight if one["match"] == "covers"][:1]
        known = [figures_facts(one["code"])["pay"] for one in covering or by_weight]
        return sorted(pay["median"] for pay in known if pay)

    @property
    def pay_change(self) -> str:
        """From the least to the most favourable pairing of medians, in whole per cent."""
        before, after = self.medians(self.origin), self.medians(self.destination)
        own = self.facts.get("pay_change") or {}
        low = own.get("low", round(100 * (after[0] / before[-1] - 1)))
        high = own.get("high", round(100 * (after[-1] / before[0] - 1)))
        return signed(low) if low == high else f"{signed(low)} to {signed(high)}"


@pytest.fixture(params=TRANSITIONS)
def guide(request: pytest.FixtureRequest, site: dict[str, Page]) -> Guide:
    slugs: str = request.param
    origin, destination = slugs.split("/")
    page = site[f"/transitions/{slugs}/"]
    return Guide(slugs, page, transition_facts(slugs), role_facts(origin), role_facts(destination))


def header(guide: Guide) -> str:
    return words(next(guide.page.main.iter("header")))


# --- Above the sections -------------------------------------------------------------------------------------------


def test_the_page_says_that_it_is_a_transition_and_leads_back_over_its_origin(guide: Guide) -> None:
    origin = guide.slugs.split("/")[0]
    assert guide.page.breadcrumbs == [
        ("Home", "/"),
        ("Transitions", "/transitions/"),
        (guide.origin["title"], f"/transitions/{origin}/"),
        (guide.destination["title"], None),
    ]


def test_both_roles_are_linked_under_their_own_titles_with_their_categories(guide: Guide) -> None:
    above = next(guide.page.main.iter("header"))
    origin, destination = guide.slugs.split("/")
    assert links(above)[f"/roles/{origin}/"] == guide.origin["title"]
    assert links(above)[f"/roles/{destination}/"] == guide.destination["title"]
    categories = registry("categories.yaml")
    names = [categories[role["category"]]["name"] for role in (guide.origin, guide.destination)]
    assert in_order(["From", guide.origin["title"], names[0], "To", guide.destination["title"], names[1]], words(above))


def test_the_title_names_both_roles_and_the_months_that_the_phases_add_up_to(guide: Guide) -> None:
    length = months(guide.weeks)
    article = "an" if str(length) in {"8", "11", "18"} else "a"
    origin, destination = in_sentence(guide.origin["title"]), in_sentence(guide.destination["title"])
    title = guide.facts.get("title") or f"From {origin} to {destination}"
    assert guide.page.heading == f"{title.replace('{months}', str(length))}, {article} {length}-month route"
    assert guide.page.title.startswith(guide.page.heading)


def test_no_view_count_is_shown(guide: Guide) -> None:
    assert "views" not in header(guide)


def test_effort_stands_with_its_reason(guide: Guide) -> None:
    effort = {"easy": "Easy", "moderate": "Moderate", "hard": "Hard"}[guide.text("effort")]
    assert f"Effort {effort} {guide.text('effort_why')}" in guide.page.says("facts")


def test_time_is_computed_from_the_phases_and_stands_with_its_pace(guide: Guide) -> None:
    assert f"Time {counted(months(guide.weeks), 'month')} {guide.pace}" in guide.page.says("facts")


def test_the_change_of_pay_is_computed_from_both_medians(guide: Guide) -> None:
    before, after = guide.medians(guide.origin), guide.medians(guide.destination)
    told = f"Median pay {usd_range(before)} in the old role, {usd_range(after)} in the new one"
    assert f"Pay change {guide.pay_change} {told}" in guide.page.says("facts")


def test_the_change_of_pay_is_marked_as_uncertain_unless_statistics_cover_both_titles(guide: Guide) -> None:
    pay = guide.page.says("facts").split("Pay change")[1].split("Change in jobs")[0]
    roles = (guide.origin, guide.destination)
    official = all(any(one["match"] == "covers" for one in role["occupations"]) for role in roles)
    assert any(sure in pay for sure in ("High confidence", "Medium confidence: a wider occupation")) is official
    assert ("Low confidence: nearest occupations" in pay) is not official
    assert "Source:" in pay


def test_demand_is_the_projection_for_the_new_role_with_source_and_date(guide: Guide) -> None:
    facts = guide.page.says("facts")
    outlook = facts[facts.index("Change in jobs 2024–2034") :]
    assert "%" in outlook
    assert "confidence" in outlook
    assert "Source: U.S. Bureau of Labor Statistics" in outlook


def test_the_page_says_who_wrote_it_when_and_whether_anybody_who_moved_has_reviewed_it(guide: Guide) -> None:
    above = header(guide)
    assert f"Written by {guide.text('written_by')}" in above
    reviewer = guide.facts["reviewed_by"]
    told = f"Reviewed by {reviewer}" if reviewer else "Nobody who made this move has reviewed this page yet"
    assert told in above
    assert str(guide.facts["updated_on"]) in {one.get("datetime") for one in guide.page.all("time")}


def test_the_sections_come_in_the_same_order_in_every_guide(guide: Guide) -> None:
    assert [one.get("id") for one in guide.page.main.iter("section") if one.get("id") in SECTIONS] == SECTIONS


def test_on_this_page_leads_to_every_section_by_its_title(guide: Guide) -> None:
    nav = next(one for one in guide.page.all("nav") if one.get("aria-labelledby") == "on-this-page-title")
    contents = links(nav)
    assert [address for address in contents if address.removeprefix("#") in SECTIONS] == [f"#{one}" for one in SECTIONS]
    for address, title in contents.items():
        assert guide.page.says(f"{address.removeprefix('#')}-title") == title


# --- The sections -------------------------------------------------------------------------------------------------


def test_the_summary_leads_and_the_overview_follows_at_length(guide: Guide) -> None:
    assert guide.text("summary") in header(guide)
    assert len(guide.page.says("overview").split("Who this suits")[0].split()) >= 100


def test_everything_that_the_editors_wrote_stands_under_its_heading(guide: Guide) -> None:
    said = f"{guide.page.says('overview')} {guide.page.says('reality')}"
    text = prose(f"transitions/{guide.slugs}.md")
    assert {"Overview", "Who this suits"} <= text.keys()
    for heading, beginning in text.items():
        assert f"{heading} {beginning}" in said


def test_what_carries_over_is_introduced_in_one_line(guide: Guide) -> None:
    section = guide.page.says("carried")
    first = skill_label(guide.facts["carried"][0])
    assert "What carries over What you know already, and what it is worth in the new role." in section.split(first)[0]


def skill_label(entry: Facts) -> str:
    """The name of a skill, or the words that the editors gave it in this guide."""
    label: str = entry.get("label") or skill_facts(entry["skill"])["name"]
    return label


def test_each_skill_that_carries_over_leads_to_its_guide_and_says_why(guide: Guide) -> None:
    section = guide.page.part("carried")
    for one in guide.facts["carried"]:
        assert links(section)[f"/skills/{one['skill']}/"] == skill_label(one)
        assert f"{skill_label(one)} {squeezed(one['why'])}" in words(section)


def test_the_skills_to_learn_are_introduced_as_sorted_by_urgency_and_are(guide: Guide) -> None:
    assert "The most urgent first." in guide.page.says("to-learn")
    entries = [words(one) for one in next(guide.page.part("to-learn").iter("ol"))]
    shown = [next(word for word, label in PRIORITIES.items() if f" {label} " in f"{one} ") for one in entries]
    assert shown == sorted(shown, key=list(PRIORITIES).index)
    assert shown == [one["priority"] for one in guide.facts["to_learn"]]


def test_each_skill_to_learn_leads_to_its_guide_and_says_how_to_learn_it(guide: Guide) -> None:
    section = guide.page.part("to-learn")
    named = links(next(section.iter("ol")))
    for one in guide.facts["to_learn"]:
        assert named[f"/skills/{one['skill']}/"] == skill_label(one)
        assert squeezed(one["how"]) in words(section)


def test_each_skill_to_learn_gives_priority_weeks_of_the_roadmap_and_the_level_of_the_new_role(guide: Guide) -> None:
    entries = [words(one) for one in next(guide.page.part("to-learn").iter("ol")) if one.tag == "li"]
    levels = {one["skill"]: one["level"] for one in guide.destination["skills"]}
    for one, said in zip(guide.facts["to_learn"], entries, strict=True):
        shares = [
            taught["weeks"] for phase in guide.phases for taught in phase["teaches"] if taught["skill"] == one["skill"]
        ]
        weeks = f"{sum(shares):g}"
        spent = [f"{weeks} week" if weeks == "1" else f"{weeks} weeks"] if shares else []
        assert in_order([skill_label(one), PRIORITIES[one["priority"]], *spent], said)
        assert levels[one["skill"]].capitalize() in said


def test_each_skill_to_learn_names_its_resources_with_their_price(guide: Guide) -> None:
    section = guide.page.part("to-learn")
    catalogue = registry("resources.yaml")
    for one in guide.facts["to_learn"]:
        for slug in one["resources"]:
            resource = catalogue[slug]
            told = f"{resource['title']}, {resource['provider']} ({PRICES[resource['price']].lower()})"
            assert told in words(section)
            if resource["url"]:
                assert resource["url"] in links(section)


def test_the_roadmap_is_introduced_with_months_weeks_and_pace(guide: Guide) -> None:
    assert squeezed(f"Roadmap {guide.pace}") in guide.page.says("roadmap")


def test_each_phase_gives_title_weeks_tasks_resources_and_milestone(guide: Guide) -> None:
    catalogue = registry("resources.yaml")
    week = 1
    for number, phase in enumerate(guide.phases, start=1):
        last = week + phase["weeks"] - 1
        span = f"week {week}" if week == last else f"weeks {week} to {last}"
        told = [
            f"{squeezed(phase['title'])} {counted(phase['weeks'], 'week')}, {span}",
            *(f"{squeezed(task['do'])}" for task in phase["tasks"]),
            f"{counted(len(phase['resources']), 'resource')} for this phase",
            *(catalogue[slug]["title"] for slug in phase["resources"]),
            f"Milestone {squeezed(phase['milestone'])}",
        ]
        assert in_order(told, guide.page.says(f"phase-{number}")), phase["title"]
        week = last + 1


def test_the_roadmap_can_be_planned_for_ones_own_week(guide: Guide) -> None:
    origin = guide.slugs.split("/")[0]
    assert f"/plan/?for=transitions/{guide.slugs}&from={origin}" in links(guide.page.part("roadmap"))


def test_the_drawing_of_the_roadmap_has_a_table_that_adds_up(guide: Guide) -> None:
    table = next(guide.page.part("roadmap").iter("table"))
    rows = [words(row) for row in table.iter("tr")][1:]
    assert len(rows) == len(guide.phases)
    assert rows[-1].endswith(f" {guide.weeks}")


def test_each_task_says_its_hours(guide: Guide) -> None:
    for number, phase in enumerate(guide.phases, start=1):
        said = guide.page.says(f"phase-{number}")
        assert in_order([f"{task['hours']} h" for task in phase["tasks"]], said)


def test_phases_say_when_to_think_again_and_what_is_kept(guide: Guide) -> None:
    for number, phase in enumerate(guide.phases, start=1):
        said = guide.page.says(f"phase-{number}")
        for key, label in (("stop_signal", "A reason to think again"), ("re_entry", "If you stop here")):
            assert (label in said) is bool(phase.get(key))
            assert squeezed(phase.get(key) or "") in said


def test_the_reality_check_gives_what_one_will_like_miss_and_find_hard(guide: Guide) -> None:
    reality = guide.facts["reality"]
    told = [
        "What you will like",
        *map(squeezed, reality["love"]),
        "What you may miss",
        *map(squeezed, reality["miss"]),
        "What is hard",
        *map(squeezed, reality["challenges"]),
    ]
    assert in_order(told, guide.page.says("reality"))


def test_the_first_steps_are_for_this_week_this_month_and_ninety_days(guide: Guide) -> None:
    actions = guide.facts["actions"]
    told = [
        "This week",
        *map(squeezed, actions["this_week"]),
        "This month",
        *map(squeezed, actions["this_month"]),
        "Within 90 days",
        *map(squeezed, actions["next_90_days"]),
    ]
    assert in_order(told, guide.page.says("actions"))


def test_the_page_puts_nobody_under_pressure(guide: Guide) -> None:
    said = guide.page.text.lower()
    assert not [word for word in ("don't wait", "don’t wait", "starting today", "great news") if word in said]


def test_four_answers_follow_from_the_facts_and_the_editors_add_theirs(guide: Guide) -> None:
    role = with_article(guide.destination["title"])
    own = [squeezed(one[part]) for one in guide.facts["faq"] for part in ("question", "answer")]
    told = [
        "Will I earn less?",
        guide.pay_change,
        "How long does it take?",
        guide.pace,
        f"Do I need to code as {role}?",
        squeezed(guide.destination["coding_why"]),
        f"Can I work remotely as {role}?",
        squeezed(guide.destination["remote_why"]),
        *own,
    ]
    assert in_order(told, guide.page.says("questions"))


def test_the_answer_about_pay_agrees_with_the_figure_above(guide: Guide) -> None:
    entry = next(
        one for one in guide.page.part("questions").iter("details") if words(one).startswith("Will I earn less?")
    )
    assert guide.pay_change in guide.page.says("facts")
    assert f"a change of {guide.pay_change}" in words(entry)


def test_the_next_steps_lead_to_the_role_its_interview_and_the_other_moves_of_the_origin(guide: Guide) -> None:
    origin, destination = guide.slugs.split("/")
    others = [f"/transitions/{one}/" for one in TRANSITIONS if one.startswith(f"{origin}/") and one != guide.slugs]
    ways = links(guide.page.part("next"))
    assert {f"/roles/{destination}/", f"/roles/{destination}/interview/", *others} <= ways.keys()


def test_every_source_is_listed_with_its_date(guide: Guide) -> None:
    catalogue = registry("sources.yaml")
    said = guide.page.says("sources")
    used = {mark.split("/")[2] for mark in links(guide.page.main) if mark.startswith("/sources/")}
    for slug in used | set(guide.facts.get("sources", [])):
        assert in_order([catalogue[slug]["title"], "As of"], said)


def test_description_is_the_summary(guide: Guide) -> None:
    description = squeezed(guide.page.meta("description")).removesuffix("…")
    assert description
    assert guide.text("summary").startswith(description)


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    "address",
    [
        "/transitions/backend-developer/astronaut/",
        "/transitions/astronaut/backend-developer/",
        "/transitions/astronaut/",
    ],
)
def test_a_move_of_roles_that_do_not_exist_is_not_found(client: Client, address: str) -> None:
    assert get(client, address).status == 404
