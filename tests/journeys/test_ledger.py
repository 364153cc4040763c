"""Journey 8: skills are rated once, by search and from a role, and count on every page."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.conftest import PageErrors
from tests.journeys.visitors import Visitor


def level(visitor: Visitor, skill: str, words: str) -> Locator:
    """A stop of a skill's line."""
    return visitor.page.get_by_role("group", name=f"Level of {skill}").get_by_role("button", name=words, exact=True)


def test_a_skill_is_rated_once_and_counts_everywhere(visitor: Visitor, page_errors: PageErrors) -> None:
    page = visitor.page
    visitor.go("/ledger/")
    visitor.audit()
    visitor.type(page.get_by_label("Skill by name"), "sql")
    visitor.follow(page.get_by_role("button", name="Show skills"))
    visitor.follow(level(visitor, "SQL and relational databases", "Working"))
    expect(level(visitor, "SQL and relational databases", "Working")).to_have_attribute("aria-pressed", "true")
    visitor.choose(page.get_by_label("Start from a role"), "Backend developer")
    visitor.type(page.get_by_label("Skill by name"), "")
    visitor.follow(page.get_by_role("button", name="Show skills"))
    visitor.follow(page.get_by_role("link", name="I do this work: take its levels"))
    expect(level(visitor, "SQL and relational databases", "Working")).to_have_attribute("aria-pressed", "true")
    expect(level(visitor, "API development", "Practitioner")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#ledger-status")).to_have_text("15 skills rated")
    rated = visitor.sees("main")
    visitor.back()
    expect(page.locator("#ledger-status")).to_have_text("1 skill rated")
    visitor.forward()
    assert visitor.sees("main") == rated
    visitor.audit()
    assert not page.context.cookies()

    visitor.follow(page.get_by_role("link", name="Keep these 15 skills"))
    visitor.follow(page.get_by_role("button", name="Keep it and show my code"))
    visitor.follow(page.get_by_role("link", name="The ledger: my skills"))
    with visitor.change("#skill-api-development"):
        visitor.press(level(visitor, "API development", "Expert"))
    expect(level(visitor, "API development", "Expert")).to_have_attribute("aria-pressed", "true")
    if visitor.has_scripts:
        expect(page.locator("#ledger-status")).to_have_text("API development: expert")
        lose_the_connection(visitor, page_errors)

    visitor.go("/transitions/backend-developer/ai-technical-writer/")
    expect(page.locator("#skill-gap")).to_contain_text("From your ledger")
    visitor.go("/compare/?role=backend-developer&role=machine-learning-engineer")
    expect(page.locator("#comparison table")).to_contain_text("ou hold")
    visitor.go("/roles/backend-developer/fit/")
    expect(page.locator("#skills")).to_contain_text("Expert (your ledger)")
    expect(page.locator("#fit-status")).to_contain_text("Answered: 1 of")
    visitor.go("/roles/machine-learning-engineer/")
    expect(page.locator("#skill-gap")).to_contain_text("From your ledger")


def lose_the_connection(visitor: Visitor, errors: PageErrors) -> None:
    """What was pressed without a connection is kept as soon as there is one."""
    page = visitor.page
    page.context.set_offline(True)
    visitor.press(level(visitor, "Automated testing", "Awareness"))
    expect(page.get_by_role("alert").last).to_contain_text("The site cannot be reached")
    errors.expect("ERR_INTERNET_DISCONNECTED")
    errors.expect("htmx:sendError")
    expect(level(visitor, "Automated testing", "Awareness")).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    visitor.press(page.get_by_role("button", name="Try again"))
    expect(level(visitor, "Automated testing", "Awareness")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#request-problem")).to_be_empty()
