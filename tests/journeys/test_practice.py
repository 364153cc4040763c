"""Journey 12: interview questions one at a time; the weak ones come back, and stand on a sheet to print."""

from __future__ import annotations

from playwright.sync_api import expect

from guides.models import Question
from guides.vocabulary import QuestionCategory
from tests.conftest import PageErrors
from tests.journeys.visitors import Visitor

CARD = "#practice"


def test_questions_are_practised_and_the_weak_ones_come_back(visitor: Visitor, page_errors: PageErrors) -> None:
    page = visitor.page
    asked = page.locator("#practice-question")
    questions = Question.objects.filter(role__slug="ai-artist", category=QuestionCategory.BEHAVIOURAL)
    keys = list(questions.values_list("key", flat=True))
    visitor.go("/practice/ai-artist/")
    visitor.choose(page.get_by_role("combobox", name="Which questions"), "Behavioural")
    visitor.follow(page.get_by_role("button", name="Ask these"))
    expect(page.locator("#practice-status")).to_have_text(f"0 of {len(keys)} questions rated")
    # Most of them were gone through before; the address remembers how it went.
    visitor.go(f"{page.url}{''.join(f'&said={key}.sure' for key in keys[2:])}")

    first = asked.inner_text()
    covers = page.locator(".question-covers").first
    expect(covers).to_be_hidden()
    visitor.press(page.get_by_text("What a good answer covers"))
    expect(covers).to_be_visible()
    visitor.audit(CARD)
    with visitor.change(CARD, focus="#practice-question"):
        visitor.press(page.get_by_role("button", name="Weak", exact=True))
    second = asked.inner_text()
    assert second != first
    expect(covers).to_be_hidden()
    expect(page.locator(CARD)).to_contain_text("Weak so far, and where it is taught")
    expect(page.locator(CARD).get_by_role("link", name="phase").first).to_be_visible()
    before = visitor.sees(CARD)

    if visitor.has_scripts:
        page.context.set_offline(True)
        visitor.press(page.get_by_role("button", name="Good enough"))
        expect(page.get_by_role("alert")).to_contain_text("The site cannot be reached")
        page_errors.expect("ERR_INTERNET_DISCONNECTED")
        page_errors.expect("htmx:sendError")
        assert visitor.sees(CARD) == before
        page.context.set_offline(False)
    with visitor.change(CARD, focus="#practice-question"):
        visitor.press(page.get_by_role("button", name="Try again" if visitor.has_scripts else "Good enough"))
    assert asked.inner_text() == first, "what was weak is asked again"
    expect(page.locator(CARD)).to_contain_text("Asked before")
    visitor.back()
    assert visitor.sees(CARD) == before
    visitor.forward()
    assert asked.inner_text() == first

    visitor.follow(page.get_by_role("link", name="The weak ones as a set to print"))
    expect(page.locator("h1")).to_have_text("1 question that went badly")
    expect(page.locator(".question-sheet").first).to_contain_text(first)
    visitor.audit()
    page.emulate_media(media="print")
    expect(page.locator("header nav").first).to_be_hidden()
    expect(page.locator(".question-sheet").first).to_be_visible()
    page.emulate_media(media="screen")
    visitor.back()
    with visitor.change(CARD, focus="#practice-question"):
        visitor.press(page.get_by_role("button", name="Sure"))
    expect(asked).to_have_text("Every question was asked, and none of them was left weak.")
    expect(page.locator("#practice-status")).to_have_text(f"{len(keys)} of {len(keys)} questions rated")
