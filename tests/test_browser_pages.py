"""Every kind of page in a real browser: on a phone and a desk, by day and by night, by keyboard, enlarged, on paper."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.conftest import OpenPage, PageErrors
from tests.pages import KINDS, ROLES, counted, role_facts

pytestmark = pytest.mark.usefixtures("content")

PHONE, DESK = 390, 1280
HEIGHT = 900

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}
"""All of WCAG 2.2 at level AA that a program can check, and what is good practice beyond it."""

COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What the night changes: nothing but colours."""

WITHOUT_CONTRAST = {"color-contrast": {"enabled": False}}

COLOURS_OF_KINDS = """
    async options => {
        const says = one => one.matches('input, select, textarea')
            || [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
        const looks = one => ['class', 'data-line', 'aria-current', 'aria-pressed', 'aria-busy', 'open', 'type']
            .map(name => one.getAttribute(name)).concat(one.hasAttribute('href'), one.checked).join();
        const names = new Map();
        const kind = one => {
            if (one && !names.has(one)) names.set(one, `${kind(one.parentElement)} ${one.tagName}(${looks(one)})`);
            return one ? names.get(one) : '';
        };
        const kinds = new Map();
        for (const one of document.querySelectorAll('body *')) {
            if (says(one) && one.checkVisibility() && !kinds.has(kind(one))) kinds.set(kind(one), one);
        }
        return kinds.size ? (await axe.run([...kinds.values()], options)).violations : [];
    }
"""
"""Colours of one element of each kind: of those that stand in the same place of the tree and that the style sheets,
which look at these attributes alone, draw alike."""

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"

TEXT_SPACING = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
"""
"""The distances that a page has to bear: WCAG 2.2, success criterion 1.4.12."""

BACKGROUND = """
    [document.body, document.documentElement].map(one => getComputedStyle(one).backgroundColor)
        .find(colour => colour !== 'rgba(0, 0, 0, 0)')
"""

CUT_OFF = """
    [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
        const style = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        return one.textContent.trim() && box.width > 2 && box.height > 2 && style.overflow !== 'visible'
            && !['auto', 'scroll'].includes(style.overflowX) && one.namespaceURI.endsWith('xhtml')
            && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    }).map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)
"""
"""Elements that hide a part of their text."""

TOO_WIDE = """
    [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1
        && getComputedStyle(one).position !== 'absolute' && !one.closest('svg, [aria-hidden=true]'))
    .slice(0, 5).map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)
"""


def go(page: Page, kind: str, errors: PageErrors) -> None:
    """Opens a page of that kind; the browser may complain about an address that does not exist."""
    page.goto(KINDS[kind])
    if kind == "not found":
        errors.expect("404")


def scrolls_sideways(page: Page) -> list[Any]:
    """What is wider than the window; nothing when the page fits."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return [page.evaluate("document.documentElement.scrollWidth"), *page.evaluate(TOO_WIDE)]


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What breaks the rules, with the element and the reason.

    Contrast takes axe the longest, so of elements that look alike one is measured.
    """
    found = Axe().run(page, options={**rules, "rules": WITHOUT_CONTRAST}).response["violations"]
    return [*_said(found), *faults_of_colour(page)]


def faults_of_colour(page: Page) -> list[str]:
    """What breaks the rules about colours, on a page that axe has looked at."""
    return _said(page.evaluate(COLOURS_OF_KINDS, COLOURS))


def _said(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_shut_out(kind: str, open_page: OpenPage, page_errors: PageErrors) -> None:
    """On phone and desk, by day and by night, enlarged to 400 per cent and with wide text: nothing that a program can
    find is wrong, nothing scrolls sideways and no text is cut off."""
    page = open_page(viewport={"width": DESK, "height": HEIGHT}, color_scheme="light")
    go(page, kind, page_errors)
    page.evaluate(UNFOLD)
    found = {}
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if width == PHONE:
            # The bar at the foot of the window lies over whatever is scrolled under it; here that is nothing.
            page.set_viewport_size({"width": width, "height": page.evaluate("document.body.scrollHeight")})
        page.emulate_media(color_scheme="light")
        found[f"{width} light"] = [*violations(page, RULES), *scrolls_sideways(page)]
        page.emulate_media(color_scheme="dark")
        found[f"{width} dark"] = faults_of_colour(page)
    page.set_viewport_size({"width": 320, "height": 256})
    found["320, that is 1280 at 400 %"] = scrolls_sideways(page)
    page.evaluate(TEXT_SPACING)
    for width in (320, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found[f"{width} with wide text"] = [*scrolls_sideways(page), *page.evaluate(CUT_OFF)]
    faults = [f"{place}: {fault}" for place, those in found.items() for fault in those]
    assert not faults, "\n".join(faults)


def test_dark_is_dark_and_light_is_light(page: Page) -> None:
    page.goto("/")
    brightness = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        colour = page.evaluate(BACKGROUND)
        brightness[scheme] = sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3])
    assert brightness["light"] > 600
    assert brightness["dark"] < 150


# --- Keyboard -----------------------------------------------------------------------------------------------------


def focused(page: Page) -> Locator:
    return page.locator("*:focus")


@pytest.mark.parametrize("kind", ["home", "role", "search"])
def test_the_first_key_reaches_a_visible_link_that_skips_to_the_content(kind: str, page: Page) -> None:
    page.goto(KINDS[kind])
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the content")
    expect(focused(page)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("kind", ["home", "roles", "role", "interview"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_can_be_seen_wherever_it_is(kind: str, scheme: str, open_page: OpenPage) -> None:
    page = open_page(KINDS[kind], viewport={"width": DESK, "height": HEIGHT}, color_scheme=scheme)
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
            const one = document.activeElement, style = getComputedStyle(one);
            return [one.textContent.trim().slice(0, 40), style.outlineStyle, parseFloat(style.outlineWidth)];
        }""")
        assert seen[1] not in {"none", "hidden"}, seen
        assert seen[2] >= 2, seen
        covered = page.evaluate("""() => {
            const one = document.activeElement, box = one.getBoundingClientRect();
            const x = box.left + Math.min(box.width / 2, 10), y = box.top + box.height / 2;
            const top = document.elementFromPoint(x, y);
            return top !== null && !one.contains(top) && !top.contains(one) && y > 0 && y < innerHeight
                && getComputedStyle(top).position !== 'static' && top.textContent.slice(0, 60);
        }""")
        assert not covered, (seen, covered)


def test_roles_can_be_filtered_by_keyboard_alone(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto("/roles/")
    page.get_by_text("Narrow down or reorder").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Coding")).to_be_visible()
    page.get_by_label("Coding").focus()
    page.keyboard.type("Coding req")
    expect(page.locator("#role-count")).to_contain_text("match")
    required = [slug for slug in ROLES if role_facts(slug)["coding"] == "required"]
    expect(page.locator("#role-count")).to_contain_text(counted(len(required), "role"))


# --- htmx ---------------------------------------------------------------------------------------------------------


def test_filters_replace_the_results_and_the_address_and_going_back_restores_the_page(page: Page) -> None:
    page.goto("/roles/")
    page.evaluate("window.isTheSamePage = true")
    everything = page.locator("#role-results").inner_text()
    page.get_by_label("Coding").select_option("required")
    page.wait_for_url("**/roles/?*coding=required*")
    expect(page.locator("#role-count")).to_contain_text("match")
    assert page.evaluate("window.isTheSamePage") is True
    assert page.locator("#role-results").inner_text() != everything
    page.go_back()
    page.wait_for_url("**/roles/")
    expect(page.locator("h1")).to_have_text("Roles")
    expect(page.locator("#role-count")).to_have_text(counted(len(ROLES), "role"))
    assert page.locator("#role-results").inner_text() == everything


def test_search_answers_while_one_types(page: Page) -> None:
    page.goto("/search/")
    page.evaluate("window.isTheSamePage = true")
    page.locator("main input[name=q]").press_sequentially("backend dev")
    expect(page.locator("#search-results")).to_contain_text("Backend developer")
    expect(page.locator("#search-count")).to_contain_text("“backend dev”")
    assert page.evaluate("window.isTheSamePage") is True
    assert "q=backend" in page.url


def test_the_box_on_the_home_page_leads_to_where_one_can_go(page: Page) -> None:
    page.goto("/")
    page.get_by_label("I am a …").press_sequentially("backend dev")
    page.locator("#job-results").get_by_role("link", name="Backend developer", exact=True).click()
    expect(page.locator("h1")).to_have_text("Where backend developers can go")


# --- Paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["role", "transition", "interview", "skill"])
def test_on_paper_everything_is_unfolded_and_nothing_is_there_to_click(kind: str, page: Page) -> None:
    page.goto(KINDS[kind])
    page.emulate_media(media="print")
    page.wait_for_function("""() =>
        [...document.querySelectorAll('main details')].every(one => [...one.children].every(child =>
            child.tagName === 'SUMMARY'
                || (child.checkVisibility({contentVisibilityAuto: true}) && child.getBoundingClientRect().height > 0)))
    """)
    for selector in ("header nav", "header form", ".page-bar"):
        for one in page.locator(selector).all():
            expect(one).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text(f"http://127.0.0.1:8000{KINDS[kind]}", exact=True)).to_be_visible()


def test_a_role_page_prints_in_dark_mode_as_black_on_white(open_page: OpenPage) -> None:
    page = open_page(KINDS["role"], color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(BACKGROUND) in {"rgb(255, 255, 255)", None}
    document = page.pdf(format="A4")
    assert document.startswith(b"%PDF-")
    assert document.count(b"/Type /Page\n") >= 4
