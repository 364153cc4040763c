"""Journey 3: two roles side by side, then four, then three; measured by one, weighed, and cut to what differs."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.conftest import PageErrors
from tests.journeys.visitors import Visitor

TABLE = "#comparison table"


def columns(visitor: Visitor) -> list[str]:
    """The roles above the table."""
    return [words.strip() for words in visitor.page.locator(f"{TABLE} thead th").all_inner_texts()]


def add(visitor: Visitor, role: str, part: str) -> None:
    """One role more: with scripts from a list narrowed by ``part``, without them from the whole list."""
    page = visitor.page
    if visitor.has_scripts:
        visitor.type(page.get_by_label("Type to narrow the list: Add a role"), part)
        expect(page.locator("#add-role option:checked")).to_have_text(role)
    else:
        visitor.choose(page.get_by_label("Add a role", exact=True), role)
    with visitor.change("#comparison", focus="#comparison-title" if visitor.has_scripts else ""):
        visitor.press(page.get_by_role("button", name="Compare", exact=True))


def test_roles_are_put_side_by_side_measured_weighed_and_taken_out(visitor: Visitor, page_errors: PageErrors) -> None:
    page = visitor.page
    comparison = page.locator("#comparison")
    visitor.go("/compare/")
    visitor.audit()
    visitor.choose(page.get_by_label("Add a role", exact=True), "AI artist")
    visitor.choose(page.get_by_label("And another", exact=True), "Backend developer")
    with visitor.change("#comparison", focus="#comparison-title"):
        visitor.press(page.get_by_role("button", name="Compare", exact=True))
    assert columns(visitor) == ["AI artist", "Backend developer"]
    two = visitor.sees("#comparison")

    add(visitor, "UX designer", "ux")
    add(visitor, "Data analyst", "data an")
    assert columns(visitor) == ["AI artist", "Backend developer", "UX designer", "Data analyst"]
    add(visitor, "Graphic designer", "graph")
    expect(comparison).to_contain_text("4 roles can stand side by side; left out: Graphic designer.")
    assert len(columns(visitor)) == 4

    with visitor.change("#comparison", focus="#comparison-title"):
        visitor.press(page.get_by_role("link", name="Take out UX designer"))
    assert columns(visitor) == ["AI artist", "Backend developer", "Data analyst"]
    expect(page).to_have_title("AI artist, Backend developer and Data analyst compared – Careerpaths")
    three = visitor.sees("#comparison")

    visitor.back()
    assert len(columns(visitor)) == 4
    visitor.forward()
    assert visitor.sees("#comparison") == three

    with visitor.change("#comparison", send="Show"):
        visitor.choose(page.get_by_label("Measured by"), "Backend developer")
    expect(page.locator(f"{TABLE} thead")).to_contain_text("baseline")
    with visitor.change("#comparison", focus="#comparison-title"):
        visitor.press(page.get_by_role("link", name="Show only what differs"))
    expect(page.get_by_role("link", name="Show all rows")).to_be_visible()

    if not page.get_by_label("Little time to learn").is_visible():
        visitor.press(page.locator("summary", has_text="What matters to you?"))
    with visitor.change("#comparison", send="Put them in order"):
        visitor.choose(page.get_by_label("Little time to learn"), "Matters a lot")
    expect(comparison).to_contain_text("In the order of your weights")
    if visitor.has_scripts:
        lose_the_connection(visitor, page_errors)
        with visitor.change("#comparison", focus="#comparison-title"):
            visitor.press(page.get_by_role("button", name="Put them in order"))
    assert columns(visitor)[0] == "AI artist"
    assert len(columns(visitor)) == 3, "what was taken out does not come back"
    expect(page.locator(f"{TABLE} thead")).to_contain_text("baseline")
    assert two != three

    weighed = visitor.sees("#comparison")
    visitor.go(page.url)
    assert visitor.sees("#comparison") == weighed
    assert "baseline=backend-developer" in page.url
    assert "only=differences" in page.url


def lose_the_connection(visitor: Visitor, errors: PageErrors) -> None:
    """Away: said, with a button that asks again; what was chosen stays."""
    page = visitor.page
    before = visitor.sees("#comparison")
    page.context.set_offline(True)
    visitor.choose(page.get_by_label("Remote work"), "Matters a little")
    expect(page.get_by_role("alert")).to_contain_text("The site cannot be reached")
    errors.expect("ERR_INTERNET_DISCONNECTED")
    errors.expect("htmx:sendError")
    assert visitor.sees("#comparison") == before
    page.context.set_offline(False)
    with visitor.change("#comparison", focus="#comparison-title"):
        visitor.press(page.get_by_role("button", name="Try again"))
    assert visitor.sees("#comparison") != before
