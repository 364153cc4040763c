"""Journey 6: a plan is kept without an account, worked on, undone, and dated anew."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, expect

from guides.models import Keep
from tests.conftest import PageErrors
from tests.journeys.conftest import Carry, Opened
from tests.journeys.visitors import Clicking, Visitor
from tests.keepers import keeper, only_plan

PLAN = "#plan-result"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")


def test_a_plan_is_kept_worked_on_and_dated_anew(visitor: Visitor, page_errors: PageErrors) -> None:
    page = visitor.page
    visitor.go("/plan/?for=roles/ai-artist&hours=8")
    visitor.follow(page.get_by_role("link", name="Keep this plan"))
    expect(page.locator("main")).to_contain_text("The plan: AI artist")
    assert not visitor.keeps_something
    visitor.audit()
    begin = page.get_by_role("button", name="Keep it and show my code")
    if visitor.has_scripts:
        press_twice(visitor, begin)
    else:
        visitor.follow(begin)
    expect(page.locator(".recovery__code")).to_have_text(CODE)
    expect(page.locator("main")).to_contain_text("Write it down before you go on.")
    assert Keep.objects.count() == 1
    visitor.audit()
    visitor.follow(page.get_by_role("link", name="I have written it down"))

    task = page.locator(".plan-task").first
    tick = task.locator(".plan-task__tick")
    with visitor.change(PLAN):
        visitor.press(tick)
    expect(tick).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#plan-status")).not_to_be_empty()
    with visitor.change(PLAN):
        visitor.press(tick)
    expect(tick).to_have_attribute("aria-pressed", "false")
    expect(task).not_to_contain_text("Done on")
    with visitor.change(PLAN):
        visitor.press(tick)

    with visitor.change(PLAN, focus="#id_note"):
        visitor.press(task.get_by_role("link", name="Note"))
    visitor.type(page.get_by_label("Note", exact=True), "Take the big canvas.")
    if visitor.has_scripts:
        lose_the_connection(visitor, page_errors)
    with visitor.change(PLAN, focus=".plan-task a:focus"):
        visitor.press(page.get_by_role("button", name="Keep the note" if not visitor.has_scripts else "Try again"))
    expect(task).to_contain_text("Take the big canvas.")
    expect(task.get_by_role("link", name="Change the note")).to_be_visible()

    milestone = page.locator(".roadmap__milestone").first
    with visitor.change(PLAN, focus="#id_evidence"):
        visitor.press(milestone.get_by_role("link", name="Add evidence or a note"))
    visitor.type(page.get_by_label("What shows that you reached it"), "https://example.org/pictures")
    with visitor.change(PLAN, focus=".roadmap__milestone a:focus"):
        visitor.press(page.get_by_role("button", name="Keep it"))
    expect(milestone.get_by_role("link", name="https://example.org/pictures")).to_be_visible()

    second = page.locator(".plan-task").nth(1)
    with visitor.change(PLAN, focus=".plan-task a:focus"):
        visitor.press(second.get_by_role("button", name="Leave it out"))
    expect(second).to_contain_text("Left out: you skipped it")
    with visitor.change(PLAN):
        visitor.press(second.get_by_role("button", name="Take it in again"))
    expect(second).not_to_contain_text("Left out")
    by_phase = visitor.sees(PLAN)

    with visitor.change(PLAN):
        visitor.press(page.get_by_role("link", name="Start and pace"))
    began = timezone.localdate() - timedelta(days=21)
    visitor.type_day(page.get_by_label("Start", exact=True), began.isoformat())
    with visitor.change(PLAN, focus="#plan-heading"):
        visitor.press(page.get_by_role("button", name="Keep and plan again"))
    expect(page.locator(PLAN)).to_contain_text("Plan again from today")
    with visitor.change(PLAN, focus="#plan-heading"):
        visitor.press(page.get_by_role("button", name="Plan again from today"))
    expect(page.get_by_role("button", name="Plan again from today")).to_have_count(0)
    expect(tick).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".plan-task").first).to_contain_text("Take the big canvas.")

    with visitor.change(PLAN):
        visitor.press(page.get_by_role("link", name="By week"))
    weeks = visitor.sees(PLAN)
    visitor.follow(page.locator("main").get_by_role("link", name="My skills"))
    visitor.back()
    assert visitor.sees(PLAN) == weeks
    assert weeks != by_phase
    name, content = visitor.download(page.get_by_role("link", name="Text with your notes (Markdown)"))
    assert name.endswith(".md")
    assert "Take the big canvas." in content.decode()


def test_what_is_typed_and_not_kept_outlives_other_buttons(
    own_device: BrowserContext, open_on: Opened, carry: Carry
) -> None:
    visitor = Clicking(open_on(own_device))
    page, owner = visitor.page, keeper("for=roles/ai-artist&hours=8")
    carry(owner, visitor)
    visitor.go(f"/plans/{only_plan(owner).id}/")
    first, second, third = (page.locator(".plan-task").nth(number) for number in range(3))
    note, held = first.locator("textarea"), page.locator("[data-drafts-held]")
    with visitor.change(PLAN, focus="#id_note"):
        first.get_by_role("link", name="Note").click()
    note.fill("Not kept yet")
    with visitor.change(PLAN, focus=".plan-task__tick:focus"):
        second.locator(".plan-task__tick").click()
    expect(note).to_have_value("Not kept yet")
    with visitor.change(PLAN, focus=".plan-task a:focus"):
        third.get_by_role("button", name="Leave it out").click()
    expect(note).to_have_value("Not kept yet")
    with visitor.change(PLAN, focus="#id_evidence"):
        page.get_by_role("link", name="Add evidence or a note").first.click()
    expect(note).to_have_value("Not kept yet")
    page.locator("#id_evidence").fill("Three pictures")
    with visitor.change(PLAN, focus=".roadmap__milestone a:focus"):
        page.get_by_role("button", name="Keep it", exact=True).click()
    expect(page.get_by_text("Three pictures", exact=True)).to_be_visible()
    expect(note).to_have_value("Not kept yet")

    expect(held).to_be_hidden()
    with visitor.change(PLAN, focus="#id_note"):
        second.get_by_role("link", name="Note").click()
    expect(second.locator("textarea")).to_have_value("")
    expect(held).to_be_visible()
    with visitor.change(PLAN, focus="#id_note"):
        first.get_by_role("link", name="Note").click()
    expect(note).to_have_value("Not kept yet")
    expect(held).to_be_hidden()
    page.get_by_role("link", name="Cancel").click()
    expect(note).to_have_count(0)
    with visitor.change(PLAN, focus="#id_note"):
        first.get_by_role("link", name="Note").click()
    expect(note).to_have_value("")


def press_twice(visitor: Visitor, begin: Locator) -> None:
    """While the first press waits for its answer, a second one sends nothing."""
    with visitor.page.expect_event("load"):
        stopped = begin.evaluate("""one => {
            const stopped = [];
            document.addEventListener('submit', event => { stopped.push(event.defaultPrevented); });
            one.click();
            one.click();
            return stopped;
        }""")
    assert stopped == [False, True]


def lose_the_connection(visitor: Visitor, errors: PageErrors) -> None:
    """A note written without a connection stays in its field."""
    page = visitor.page
    page.context.set_offline(True)
    visitor.press(page.get_by_role("button", name="Keep the note"))
    expect(page.get_by_role("alert").last).to_contain_text("The site cannot be reached")
    errors.expect("ERR_INTERNET_DISCONNECTED")
    errors.expect("htmx:sendError")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Take the big canvas.")
    page.context.set_offline(False)
