"""Without JavaScript the same words stand on every page, and every form and fold works."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import OpenPage, PageErrors
from tests.pages import KINDS, ROLES, counted, role_facts

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def plain(open_page: OpenPage) -> Page:
    """A page with JavaScript switched off."""
    return open_page(java_script_enabled=False)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_stand_on_the_page(kind: str, page: Page, open_page: OpenPage, page_errors: PageErrors) -> None:
    said = []
    for one in (page, open_page(java_script_enabled=False)):
        # The look is another test's matter.
        one.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
        one.goto(KINDS[kind])
        said.append(one.locator("main").inner_text())
        if kind == "not found":
            page_errors.expect("404")
    assert said[0] == said[1]
    assert len(said[0]) > 20


def test_roles_are_filtered_by_sending_the_form(plain: Page) -> None:
    plain.goto("/roles/")
    plain.get_by_label("Coding").select_option("required")
    plain.get_by_role("button", name="Show roles").click()
    assert "coding=required" in plain.url
    required = [slug for slug in ROLES if role_facts(slug)["coding"] == "required"]
    expect(plain.locator("#role-count")).to_contain_text(counted(len(required), "role"))


def test_search_answers_when_the_form_is_sent(plain: Page) -> None:
    plain.goto("/search/")
    plain.locator("main input[name=q]").fill("sql")
    plain.locator("main").get_by_role("button", name="Search").click()
    expect(plain.locator("#search-results")).to_contain_text("SQL and relational databases")


def test_the_home_page_leads_on(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("I am a …").fill("bakend developer")
    plain.get_by_role("button", name="Where can I go?").click()
    plain.locator("#job-results").get_by_role("link", name="Backend developer", exact=True).click()
    expect(plain.locator("h1")).to_have_text("Where backend developers can go")


def test_answers_unfold(plain: Page) -> None:
    plain.goto(KINDS["interview"])
    first = plain.locator("main details").first
    expect(first.locator("li").first).to_be_hidden()
    first.locator("summary").click()
    expect(first.locator("li").first).to_be_visible()
