"""Journeys 5 and 7: a roadmap dated for one's own week and taken along; money over time under one's own numbers."""

from __future__ import annotations

from icalendar import Calendar
from playwright.sync_api import expect

from tests.conftest import PageErrors
from tests.journeys.visitors import Visitor

UPDATE = "Update the plan"
MOVE = "From Backend developer to AI artist"


def test_a_roadmap_is_dated_for_ones_own_week_and_taken_along(visitor: Visitor, page_errors: PageErrors) -> None:
    page = visitor.page
    plan, hours = page.locator("#plan-result"), page.get_by_label("Hours a week")
    visitor.go("/plan/")
    visitor.choose(page.get_by_label("Plan for"), MOVE)
    visitor.follow(page.get_by_role("button", name="Show my plan"))
    expect(page.locator("h1")).to_have_text("Your plan")

    with visitor.change("#plan-result", send=UPDATE):
        visitor.type_day(page.get_by_label("Start", exact=True), "2030-01-07")
    expect(page.locator("#phase-1")).to_contain_text("7 January")
    with visitor.change("#plan-result", send=UPDATE):
        visitor.type(hours, "500")
    expect(page.get_by_role("alert").first).to_contain_text("Hours a week are between 1 and 112.")
    expect(page.locator("#id_hours_error")).to_be_visible()
    expect(hours).to_have_value("500")
    with visitor.change("#plan-result", send=UPDATE):
        visitor.type(hours, "20")
    expect(page.locator("#id_hours_error")).to_have_count(0)
    expect(plan).to_contain_text("20 hours a week")
    twenty = visitor.sees("#plan-result")

    with visitor.change("#plan-result", send=UPDATE):
        visitor.tick(page.get_by_label("Free resources only"))
    expect(plan).to_contain_text("Nothing: every resource is free")
    with visitor.change("#plan-result", send=UPDATE):
        visitor.type_day(page.get_by_label("Weeks off"), "2030-01-16")
    visitor.press(page.get_by_text("Other hours on each day"))
    with visitor.change("#plan-result", send=UPDATE):
        visitor.type(page.get_by_label("Saturday"), "6")
    expect(plan).to_contain_text("6 hours a week")
    if visitor.has_scripts:
        lose_the_connection(visitor, page_errors)

    with visitor.change("#plan-result", focus="#view-weeks" if visitor.has_scripts else ""):
        visitor.press(page.get_by_role("link", name="By week"))
    expect(plan).to_contain_text("Week 2, 14–20 January 2030: off")
    weeks = visitor.sees("#plan-result")
    with visitor.change("#plan-result"):
        visitor.press(page.get_by_role("link", name="Later weeks"))
    visitor.back()
    assert visitor.sees("#plan-result") == weeks
    expect(page.get_by_label("Saturday")).to_have_value("6")

    name, content = visitor.download(page.get_by_role("link", name="Calendar file (.ics)"))
    assert name == "plan-backend-developer-to-ai-artist-2030-01-07.ics"
    assert Calendar.from_ical(content).walk("VEVENT")
    name, content = visitor.download(page.get_by_role("link", name="Text (Markdown)"))
    assert name.endswith(".md")
    assert "7 January 2030" in content.decode()
    assert visitor.sees("#plan-result") == weeks
    assert twenty != weeks
    assert not page.context.cookies()


def lose_the_connection(visitor: Visitor, errors: PageErrors) -> None:
    """What was typed without a connection stays, and counts as soon as there is one."""
    page = visitor.page
    before = visitor.sees("#plan-result")
    page.context.set_offline(True)
    visitor.choose(page.get_by_label("How much of it"), "The shortest credible path")
    expect(page.get_by_role("alert").last).to_contain_text("The site cannot be reached")
    errors.expect("ERR_INTERNET_DISCONNECTED")
    errors.expect("htmx:sendError")
    assert visitor.sees("#plan-result") == before
    page.context.set_offline(False)
    visitor.press(page.get_by_role("button", name="Try again"))
    expect(page.locator("#request-problem")).to_be_empty()
    expect(page.locator("#plan-result")).to_contain_text("not on the shortest credible path")


def test_money_over_time_follows_from_ones_own_numbers(visitor: Visitor) -> None:
    page = visitor.page
    plan = page.locator("#plan-result")
    visitor.go("/plan/?for=transitions/backend-developer/ai-artist&start=2030-01-07&hours=20")
    with visitor.change("#plan-result"):
        visitor.press(page.get_by_role("link", name="Cost and money"))
    expect(page.locator("#plan-heading")).to_have_text("Cost and money")
    expect(plan).to_contain_text("Three numbers are enough")
    empty = visitor.sees("#plan-result")

    visitor.type(page.get_by_label("Take-home now, a month"), "3000")
    visitor.type(page.get_by_label("New take-home, low"), "3600")
    visitor.type(page.get_by_label("New take-home, high"), "3200")
    with visitor.change("#plan-result"):
        visitor.press(page.get_by_role("button", name="Work it out"))
    expect(plan).to_contain_text("The high end is not below the low one.")
    expect(page.get_by_label("New take-home, low")).to_have_value("3600")
    expect(page.get_by_label("New take-home, high")).to_have_value("3200")

    visitor.type(page.get_by_label("New take-home, high"), "4200")
    with visitor.change("#plan-result"):
        visitor.press(page.get_by_role("button", name="Work it out"))
    expect(plan.locator("svg[role=img], .money-chart svg").first).to_be_visible()
    expect(plan.locator("table")).to_have_count(1)
    worked = visitor.sees("#plan-result")
    assert worked != empty

    with visitor.change("#plan-result"):
        visitor.press(page.get_by_role("link", name="By phase"))
    with visitor.change("#plan-result", send=UPDATE):
        visitor.type(page.get_by_label("Hours a week"), "15")
    visitor.back()
    visitor.back()
    assert visitor.sees("#plan-result") == worked
    expect(page.get_by_label("Take-home now, a month")).to_have_value("3000")
    visitor.forward()
    visitor.forward()
    with visitor.change("#plan-result"):
        visitor.press(page.get_by_role("link", name="Cost and money"))
    expect(page.get_by_label("New take-home, high")).to_have_value("4200")
    assert visitor.sees("#plan-result") not in (empty, worked)
