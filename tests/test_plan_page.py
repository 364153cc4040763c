"""The computed plan, which stands in its address, and the kept one, which is ticked, noted, replanned and shared."""

from __future__ import annotations

import re
from datetime import date, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.kept import KeptDocument, KeptTask
from guides.models import Role, Skill, Task
from guides.plan_forms import PlanForm
from tests.keepers import HX, MOVE, ROLE, TARGET, document, get, hostile_queries, keeper, only_plan, post, write
from tests.pages import ROLES, TRANSITIONS, links, role_facts, squeezed, words

FIELDS = (
    "for", "start", "hours", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "off", "scope", "free", "from", "view",
    "page", "phase", "take_home", "new_low", "new_high", "course_costs", "reduced_months", "search_months",
)  # fmt: skip
MOST_BYTES = 30_000
MOST_QUERIES = 16

pytestmark = pytest.mark.usefixtures("content")

TARGETS = [*(f"roles/{slug}" for slug in ROLES), *(f"transitions/{slugs}" for slugs in TRANSITIONS)]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert get(client, address).status == 200
    return len(captured)


# --- The computed plan ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_every_roadmap_can_be_planned(client: Client, target: str) -> None:
    page = get(client, f"/plan/?for={target}&phase=all")
    assert page.status == 200
    assert not page.faults
    assert len(page.ids) == len(set(page.ids))
    if target.startswith("roles/"):
        for phase in role_facts(target.partition("/")[2])["roadmap"]["phases"]:
            for task in phase["tasks"]:
                assert squeezed(task["do"]) in page.text


def test_the_plan_is_the_same_for_everybody_and_sets_no_cookie(client: Client) -> None:
    page = get(client, f"/plan/?for={TARGET}")
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.html
    assert {"HX-Request", "Cookie"} <= {one.strip() for one in page.headers["Vary"].split(",")}


@pytest.mark.parametrize("view", ["phases", "weeks", "money", "all"])
def test_a_fragment_says_what_the_page_says(client: Client, view: str) -> None:
    address = f"/plan/?for={TARGET}&hours=7&start=2027-01-04&view={view}"
    whole, part = get(client, address), get(client, address, **HX)
    assert "<title>Plan: AI artist" in part.html
    assert "<html" not in part.html
    assert part.says("plan-result").removeprefix(part.says("plan-result").split(" Next ")[0]) in whole.text
    if view != "all":
        assert len(part.html.encode()) <= MOST_BYTES
    assert get(client, address, hx_request="true", hx_history_restore_request="true").html.startswith("<!doctype html>")


@pytest.mark.parametrize("target", TARGETS)
def test_fragments_are_small(client: Client, target: str) -> None:
    for view in ("phases", "weeks", "money"):
        query = f"for={target}&view={view}&take_home=3000&new_low=3100&new_high=4000&hours=2"
        assert len(get(client, f"/plan/?{query}", **HX).html.encode()) <= MOST_BYTES


def test_the_address_is_cleaned_for_the_address_bar(client: Client) -> None:
    part = get(client, f"/plan/?for={TARGET}&hours=7&start=2027-01-04&mon=&off=&off=2027-03-03&free=1&x=1", **HX)
    assert part.headers["HX-Push-Url"] == (
        f"/plan/?for={TARGET.replace('/', '%2F')}&start=2027-01-04&hours=7&off=2027-03-01&free=1"
    )


def test_more_hours_finish_earlier_and_held_skills_save_hours(client: Client) -> None:
    def hours_left(query: str) -> float:
        found = re.search(r"([\d,.]+) hours left", get(client, f"/plan/?for={MOVE}&start=2027-01-04&{query}").text)
        assert found
        return float(found[1].replace(",", ""))

    assert hours_left("hours=5") == hours_left("hours=20")
    assert hours_left("from=ai-generative-art-specialist") < hours_left("")
    assert hours_left("scope=essential") <= hours_left("")


def test_weekdays_count_before_hours_a_week(client: Client) -> None:
    page = get(client, f"/plan/?for={TARGET}&hours=30&mon=2&sat=4&start=2027-01-04")
    assert "Monday 2, Saturday 4." in page.text
    assert "6 hours a week" in page.text


def test_weeks_off_hold_nothing(client: Client) -> None:
    page = get(client, f"/plan/?for={TARGET}&hours=5&start=2027-01-04&off=2027-01-13&view=weeks")
    assert "Week 2, 11–17 January 2027: off" in page.text


def test_wrong_values_are_named_beside_their_fields_and_the_rest_counts(client: Client) -> None:
    page = get(client, f"/plan/?for={TARGET}&hours=lots&start=2027-01-04&off=tomorrow&from=nobody&scope=essential")
    assert page.status == 200
    assert "Hours a week are between 1 and 112." in page.text
    assert "“tomorrow” is not a day." in page.text
    assert "There is no role of that name." in page.text
    assert 'value="lots"' in page.html
    assert "not on the shortest credible path" in page.text


def test_errors_come_with_the_fragment_and_go_with_the_next_one(client: Client) -> None:
    part = get(client, f"/plan/?for={TARGET}&hours=0", **HX)
    assert 'data-hx-swap-oob="true"' in part.html
    assert "Hours a week are between" in part.says("plan-inputs")
    mended = get(client, f"/plan/?for={TARGET}&hours=3&had=1", **HX)
    assert "Hours a week are between" not in mended.says("plan-inputs")
    assert "plan-inputs" not in [one for one in get(client, f"/plan/?for={TARGET}&hours=3", **HX).ids if one]


@pytest.mark.hostile
def test_no_query_string_breaks_a_plan(client: Client) -> None:
    for query in hostile_queries(*FIELDS):
        for address in ("/plan/?{}", f"/plan/?{{}}&for={TARGET}", f"/keep/start/?{{}}&for={TARGET}"):
            assert get(client, address.format(query)).status == 200, query
        assert client.get(f"/plan/calendar.ics?{query}&for={TARGET}").status_code == 200, query


def test_money_over_time_needs_three_numbers(client: Client) -> None:
    page = get(client, f"/plan/?for={TARGET}&view=money&take_home=3000")
    assert "Three numbers are enough" in page.text
    query = "take_home=3000&new_low=2900&new_high=4000&reduced_months=6&reduced_take_home=2000&search_months=2"
    page = get(client, f"/plan/?for={TARGET}&view=money&{query}")
    assert "In the worse case" in page.text
    assert page.part("plan-result").find(".//table") is not None
    wrong = get(client, f"/plan/?for={TARGET}&view=money&take_home=3000&new_low=4000&new_high=3000")
    assert "The high end is not below the low one." in wrong.text


def test_other_views_carry_the_numbers_along(client: Client) -> None:
    page = get(client, f"/plan/?for={TARGET}&view=weeks&take_home=3000")
    hidden = [(one.get("name"), one.get("value")) for one in page.all("input") if one.get("form") == "plan-inputs"]
    assert ("take_home", "3000") in hidden
    assert ("view", "weeks") in hidden


def test_the_calendar_and_the_text_are_those_of_the_same_query(client: Client) -> None:
    query = f"for={TARGET}&start=2027-01-04&hours=10"
    answer = client.get(f"/plan/calendar.ics?{query}")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) == 2 * len(role_facts(ROLE)["roadmap"]["phases"])
    assert min(event.decoded("DTSTART") for event in events) == date(2027, 1, 4)
    assert f'filename="plan-{ROLE}-2027-01-04.ics"' in answer.headers["Content-Disposition"]
    text = client.get(f"/plan/plan.md?{query}").content.decode()
    assert text.startswith("# Plan: AI artist")
    assert "10 hours a week" in text
    assert client.get("/plan/calendar.ics?for=roles/nowhere").status_code == 302


def test_it_says_whom_the_hours_are_counted_for(client: Client) -> None:
    starts_from = role_facts(ROLE)["roadmap"]["starts_from"]
    assert f"counts its hours for {squeezed(starts_from)};" in get(client, f"/plan/?for={TARGET}").text
    assert "counts its hours for a backend developer;" in get(client, f"/plan/?for={MOVE}").text


def test_without_a_roadmap_the_choice_is_offered(client: Client) -> None:
    page = get(client, "/plan/")
    chosen = [option.get("value") for option in page.all("option")]
    assert set(TARGETS) <= set(chosen)
    assert "There is no roadmap of that name." in get(client, "/plan/?for=roles/nowhere").text


def test_guides_lead_to_their_plan(client: Client) -> None:
    assert f"/plan/?for={TARGET}" in links(get(client, f"/roles/{ROLE}/").part("roadmap"))
    move = MOVE.partition("/")[2]
    offered = links(get(client, f"/transitions/{move}/").part("roadmap"))
    assert any(one.startswith(f"/plan/?for={MOVE}") for one in offered)


def test_a_query_can_be_read_back() -> None:
    form = PlanForm({"for": "roles/a", "hours": "7.5", "off": ["2027-03-03"]}, [("roles/a", "A")], [])
    assert form.query(date(2027, 1, 4)) == "for=roles%2Fa&start=2027-01-04&hours=7.5&off=2027-03-01"


# --- The kept plan --------------------------------------------------------------------------------------------------


@pytest.fixture
def owner(content: None) -> Client:
    """A visitor with one plan, begun three weeks ago."""
    start = timezone.localdate() - timedelta(weeks=3)
    return keeper(f"for={TARGET}&hours=8&start={start}")


@pytest.fixture
def address(owner: Client) -> str:
    return f"/plans/{only_plan(owner).id}/"


def test_a_kept_plan_knows_every_task(owner: Client) -> None:
    assert {task.text for task in only_plan(owner).tasks.values()} == {
        squeezed(task["do"]) for phase in role_facts(ROLE)["roadmap"]["phases"] for task in phase["tasks"]
    }


def test_a_kept_plan_is_private(owner: Client, address: str) -> None:
    page = get(owner, address)
    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]
    assert "Cookie" in page.headers["Vary"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.faults
    assert len(page.ids) == len(set(page.ids))
    assert get(Client(), address).status == 302
    assert get(keeper(), address).status == 404


def first_task(owner: Client) -> tuple[str, KeptTask]:
    first = squeezed(role_facts(ROLE)["roadmap"]["phases"][0]["tasks"][0]["do"])
    return next((key, task) for key, task in only_plan(owner).tasks.items() if task.text == first)


def first_phase(owner: Client) -> list[tuple[str, KeptTask]]:
    texts = [squeezed(task["do"]) for task in role_facts(ROLE)["roadmap"]["phases"][0]["tasks"]]
    by_text = {task.text: (key, task) for key, task in only_plan(owner).tasks.items()}
    return [by_text[text] for text in texts]


def test_ticking_skipping_and_undoing(owner: Client, address: str) -> None:
    key, task = first_task(owner)
    for state in ("done", "skipped", "open"):
        answer = owner.post(f"{address}tick/", {state: key, "phase": "1"})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{address}?phase=1#task-{key}"
        kept = only_plan(owner).tasks[key]
        assert kept.state == state
        assert kept.on == timezone.localdate()
    assert owner.post(f"{address}tick/", {"done": "nosuchkey"}).status_code == 404
    assert owner.post(f"{address}tick/", {}).status_code == 404
    assert owner.get(f"{address}tick/").status_code == 405
    assert task.text in get(owner, address).text


def test_ticking_in_place(owner: Client, address: str) -> None:
    key, task = first_task(owner)
    part = post(owner, f"{address}tick/", {"done": key, "phase": "1"}, **HX)
    assert part.status == 200
    assert f"Done: {task.text}" in words(part.one("body"))
    assert part.part(f"tick-{key}").get("aria-pressed") == "true"
    assert len(part.html.encode()) <= MOST_BYTES


def test_notes_and_evidence_are_kept_and_shown_as_text(owner: Client, address: str) -> None:
    key, _ = first_task(owner)
    assert post(owner, f"{address}note/", {"key": key, "note": "<b>hard</b>"}).status == 302
    page = get(owner, address)
    assert "&lt;b&gt;hard&lt;/b&gt;" in page.html
    phase = re.search(r'id="milestone-([0-9a-f]{8,})"', page.html)
    assert phase
    post(owner, f"{address}milestone/", {"key": phase[1], "evidence": "https://example.org/a", "note": "shown"})
    assert links(get(owner, address).part(f"milestone-{phase[1]}"))["https://example.org/a"]
    post(owner, f"{address}milestone/", {"key": phase[1], "evidence": "javascript:alert(1)", "note": ""})
    page = get(owner, address)
    assert "javascript:alert(1)" in page.text
    assert "javascript:alert(1)" not in links(page.main)
    assert "javascript:alert" in owner.get(f"{address}plan.md").content.decode()
    post(owner, f"{address}milestone/", {"key": phase[1], "evidence": "", "note": ""})
    assert not only_plan(owner).phases


def test_a_note_that_is_too_long_stays_in_its_field(owner: Client, address: str) -> None:
    key, _ = first_task(owner)
    part = post(owner, f"{address}note/", {"key": key, "note": "x" * 2_001}, **HX)
    assert "x" * 2_001 in part.html
    assert "2000" in words(part.part("plan-result"))
    assert not only_plan(owner).tasks[key].note


def test_what_is_being_written_stays_open_beside_the_answer_to_something_else(owner: Client, address: str) -> None:
    keys = [key for key, _ in first_phase(owner)]
    for data in ({"done": keys[1]}, {"skipped": keys[1]}):
        part = post(owner, f"{address}tick/", {**data, "phase": "1", "open_note": keys[0]}, **HX)
        assert part.part("id_note").get("data-focus-after-swap") is None
        assert part.part("open-note").get("value") == keys[0]
    phase = re.search(r'id="milestone-([0-9a-f]{8,})"', part.html)
    assert phase
    part = get(owner, f"{address}?phase=1&milestone={phase[1]}&open_note={keys[0]}", **HX)
    assert part.part("id_note").get("data-focus-after-swap") is None
    assert part.part("id_evidence").get("data-focus-after-swap") is not None
    data = {"key": phase[1], "evidence": "shown", "note": "", "phase": "1", "open_note": keys[0]}
    part = post(owner, f"{address}milestone/", data, **HX)
    assert part.part("id_note") is not None
    assert 'id="id_evidence"' not in part.html


def test_planning_again_from_today(owner: Client, address: str) -> None:
    assert "are over" in get(owner, address).text
    assert post(owner, f"{address}replan/").status == 302
    assert only_plan(owner).replanned_on == timezone.localdate()
    assert "are over" not in get(owner, address).text


def test_start_and_pace(owner: Client, address: str) -> None:
    before = only_plan(owner)
    assert "Hours a week are between" in post(owner, f"{address}settings/", {"hours": "0"}, **HX).html
    assert only_plan(owner) == before
    data = {"start": before.start.isoformat(), "mon": "2", "sat": "3.5", "off": ["2030-01-02"], "scope": "essential"}
    assert post(owner, f"{address}settings/", data).status == 302
    after = only_plan(owner)
    assert list(after.pace.weekday_hours) == [2.0, 0.0, 0.0, 0.0, 0.0, 3.5, 0.0]
    assert not after.pace.is_even
    assert after.replanned_on == timezone.localdate()
    assert [day.isoformat() for day in after.weeks_off] == ["2029-12-31"]
    assert 'value="3.5"' in get(owner, f"{address}?view=settings").html


def test_own_numbers(owner: Client, address: str) -> None:
    data = {"take_home": "3000", "new_low": "3100", "new_high": "4000"}
    assert post(owner, f"{address}money/", data).status == 302
    assert "new pay begins" in get(owner, f"{address}?view=money").text
    post(owner, f"{address}money/", {})
    assert only_plan(owner).money is None


def test_what_changed_in_the_guide_is_shown_until_it_was_seen(owner: Client, address: str) -> None:
    keys = list(only_plan(owner).tasks)
    post(owner, f"{address}tick/", {"done": keys[0]})
    post(owner, f"{address}tick/", {"done": keys[1]})
    untouched = Task.objects.get(phase__roadmap__role__slug=ROLE, key=keys[2])
    untouched_text = untouched.text
    untouched.delete()
    tasks = Task.objects.filter(phase__roadmap__role__slug=ROLE)
    tasks.filter(key=keys[0]).update(text="Copy 50 paintings instead.")
    gone = tasks.get(key=keys[1])
    gone.delete()
    page = get(owner, address)
    assert "The guide has changed" in page.text
    assert "In other words: Copy 50 paintings instead." in page.text
    assert f"No longer in the guide: {untouched_text}" in page.text
    assert f"Yours, and no longer in the guide {gone.text} Done" in page.text
    assert only_plan(owner).tasks[keys[1]].state == "done"
    post(owner, f"{address}seen/")
    page = get(owner, address)
    assert "The guide has changed" not in page.text
    assert gone.text in page.text, "what was done stays, with its words"
    assert document(owner).seen


def test_a_plan_whose_guide_is_away_still_shows_what_was_done(owner: Client, address: str) -> None:
    key, task = first_task(owner)
    post(owner, f"{address}note/", {"key": key, "note": "remember this"})
    Role.objects.filter(slug=ROLE).update(is_published=False)
    page = get(owner, address)
    assert page.status == 200
    assert task.text in page.text
    assert "remember this" in page.text


def test_deleting_a_plan(owner: Client, address: str) -> None:
    assert post(owner, f"{address}delete/").status == 302
    assert not document(owner).plans
    assert get(owner, address).status == 404


def test_everything_on_one_page(owner: Client, address: str) -> None:
    page = get(owner, f"{address}?view=all")
    for phase in role_facts(ROLE)["roadmap"]["phases"]:
        assert squeezed(phase["milestone"]) in page.text
        assert all(squeezed(task["do"]) in page.text for task in phase["tasks"])
    assert "Week 1," in page.text


def test_the_kept_files_carry_notes(owner: Client, address: str) -> None:
    key, _ = first_task(owner)
    post(owner, f"{address}note/", {"key": key, "note": "two evenings"})
    assert "two evenings" in owner.get(f"{address}plan.md").content.decode()
    assert b"two evenings" not in owner.get(f"{address}calendar.ics").content


def test_few_queries_with_a_large_ledger(owner: Client, address: str) -> None:
    held = dict.fromkeys(Skill.objects.values_list("slug", flat=True)[:200], 2)
    held |= {f"skill-{number}": 1 for number in range(200 - len(held))}
    content = document(owner)
    write(owner, KeptDocument.model_validate(content.model_copy(update={"ledger": held}).model_dump()))
    for page in (address, f"{address}?view=all", f"/plan/?for={TARGET}", "/plan/", "/ledger/", f"/practice/{ROLE}/"):
        assert queries_of(owner, page) <= MOST_QUERIES, page


@pytest.mark.hostile
def test_no_query_string_breaks_a_kept_plan(owner: Client, address: str) -> None:
    for query in hostile_queries("view", "page", "phase", "note", "milestone"):
        assert get(owner, f"{address}?{query}").status == 200, query


def test_a_note_opens_the_phase_of_its_task(owner: Client, address: str) -> None:
    last = squeezed(role_facts(ROLE)["roadmap"]["phases"][-1]["tasks"][-1]["do"])
    key = next(key for key, task in only_plan(owner).tasks.items() if task.text == last)
    assert "Keep the note" in get(owner, f"{address}?note={key}").text
    assert post(owner, f"{address}note/", {"key": key, "note": "x" * 3_000}).says("plan-result").count("Keep the note")


def test_the_board_above_the_plan_goes_on_to_what_comes_next(owner: Client, address: str) -> None:
    key, _ = first_task(owner)
    assert owner.post(f"{address}tick/", {"done": key}).headers["Location"] == address
