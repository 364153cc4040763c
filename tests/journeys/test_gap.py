"""Journey 4: from "I work as" on a role's page, over the guide for that move, to a plan; what is held goes along."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.conftest import PageErrors
from tests.journeys.visitors import Visitor

SHOW = "Show it from my role"


def test_a_role_is_seen_from_the_role_one_has(visitor: Visitor, page_errors: PageErrors) -> None:
    page = visitor.page
    gap = page.locator("#skill-gap")
    visitor.go("/roles/ai-artist/")
    visitor.choose(page.get_by_label("I work as"), "Graphic designer")
    with visitor.change("#skill-gap", focus="#skill-gap-title"):
        visitor.press(page.get_by_role("button", name=SHOW))
    expect(gap).to_contain_text("As a graphic designer")
    expect(gap).to_contain_text("To deepen")
    assert "from=graphic-designer" in page.url
    designer = visitor.sees("#skill-gap")

    visitor.choose(page.get_by_label("I work as"), "Backend developer")
    if visitor.has_scripts:
        page.context.set_offline(True)
        visitor.press(page.get_by_role("button", name=SHOW))
        expect(page.get_by_role("alert")).to_contain_text("The site cannot be reached")
        page_errors.expect("ERR_INTERNET_DISCONNECTED")
        page_errors.expect("htmx:sendError")
        assert visitor.sees("#skill-gap") == designer
        page.context.set_offline(False)
        with visitor.change("#skill-gap", focus="#skill-gap-title"):
            visitor.press(page.get_by_role("button", name="Try again"))
    else:
        with visitor.change("#skill-gap"):
            visitor.press(page.get_by_role("button", name=SHOW))
    expect(gap).to_contain_text("As a backend developer")
    developer = visitor.sees("#skill-gap")
    visitor.back()
    assert visitor.sees("#skill-gap") == designer
    expect(page.get_by_label("I work as")).to_have_value("graphic-designer")
    visitor.forward()
    assert visitor.sees("#skill-gap") == developer
    expect(page.get_by_label("I work as")).to_have_value("backend-developer")

    visitor.follow(page.get_by_role("link", name="The written guide for this move"))
    expect(page.locator("h1")).to_contain_text("From backend developer to AI artist")
    visitor.choose(page.get_by_label("I work as"), "Backend developer")
    with visitor.change("#skill-gap", focus="#skill-gap-title"):
        visitor.press(page.get_by_role("button", name=SHOW))
    assert page.url.partition("#")[0].endswith("/transitions/backend-developer/ai-artist/?from=backend-developer")
    visitor.follow(page.get_by_role("link", name="Plan this for my week"))
    expect(page.locator("h1")).to_have_text("Your plan")
    assert "from=backend-developer" in page.url
