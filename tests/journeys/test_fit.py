"""Journeys 1 and 2: from the first questions on a role's page to a result that can be shared; all roles in an order."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Route, expect

from tests.conftest import PageErrors
from tests.journeys.visitors import Visitor

SEND = "Show the result"


def answer(visitor: Visitor, question: str, words: str) -> Locator:
    """The button of an answer."""
    return visitor.page.get_by_role("group", name=question).get_by_role("radio", name=words, exact=True)


def test_a_role_is_checked_from_its_first_questions_to_a_result_that_can_be_shared(
    visitor: Visitor, somebody_else: Visitor, page_errors: PageErrors
) -> None:
    page = visitor.page
    result, status = page.locator("#fit-result"), page.locator("#fit-status")
    visitor.go("/roles/ai-artist/")
    visitor.pick(answer(visitor, "Are you willing to write code", "No"))
    visitor.follow(page.get_by_role("button", name="Go on with the fit check"))
    expect(answer(visitor, "Are you willing to write code", "No")).to_be_checked()
    expect(page.locator("h1")).to_have_text("Fit check: AI artist")
    expect(status).to_contain_text("Answered: 1 of")

    with visitor.change("#fit-result", send=SEND):
        visitor.pick(answer(visitor, "Do you need to work from home?", "Yes, all of the week"))
    expect(status).to_contain_text("Answered: 2 of")
    expect(result).to_contain_text("You: Yes, all of the week")
    before = visitor.sees("#fit-result")

    with visitor.change("#fit-result", send=SEND):
        visitor.type(page.get_by_label("How long can you keep learning"), "3")
    expect(result).to_contain_text("Limits of yours that it breaks")
    expect(result).to_contain_text("Dealbreaker")
    expect(page).to_have_title("Not now: fit check, AI artist – Careerpaths")
    after = visitor.sees("#fit-result")

    visitor.back()
    assert visitor.sees("#fit-result") == before
    expect(page.get_by_label("How long can you keep learning")).to_have_value("")
    visitor.forward()
    assert visitor.sees("#fit-result") == after
    expect(page.get_by_label("How long can you keep learning")).to_have_value("3")

    with visitor.change("#fit-result", send=SEND):
        visitor.pick(answer(visitor, "Are you willing to write code", "Yes"))
    expect(answer(visitor, "Are you willing to write code", "Yes")).to_be_checked()
    if visitor.has_scripts:
        with visitor.change("#fit-result", focus="#fit-result-title"):
            visitor.press(page.get_by_role("button", name=SEND))
        lose_the_connection(visitor, page_errors)
        let_two_answers_race(visitor)

    words = visitor.sees("#fit-result")
    shared = page.get_by_role("link", name="Link to this result").get_attribute("href")
    assert shared
    somebody_else.go(shared)
    assert somebody_else.sees(".fit-result__sum") == visitor.sees(".fit-result__sum")
    assert not somebody_else.page.context.cookies()
    visitor.follow(page.get_by_role("link", name="Link to this result"))
    assert visitor.sees("#fit-result") == words


def lose_the_connection(visitor: Visitor, errors: PageErrors) -> None:
    """An answer given without a connection is not lost, and is sent when the visitor says so."""
    page = visitor.page
    said = visitor.sees("#fit-status")
    page.context.set_offline(True)
    visitor.pick(answer(visitor, "Would you work with AI tools", "Yes"))
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("The site cannot be reached")
    errors.expect("ERR_INTERNET_DISCONNECTED")
    errors.expect("htmx:sendError")
    visitor.audit("#request-problem")
    expect(answer(visitor, "Would you work with AI tools", "Yes")).to_be_checked()
    assert visitor.sees("#fit-status") == said
    page.context.set_offline(False)
    with visitor.change("#fit-result", focus="#fit-result-title"):
        visitor.press(page.get_by_role("button", name="Try again"))
    expect(problem).to_be_empty()
    assert visitor.sees("#fit-status") != said


def let_two_answers_race(visitor: Visitor) -> None:
    """The answer to an older question never overwrites that to a newer one, however late it comes."""
    page = visitor.page
    held: list[Route] = []
    page.route("**/fit/?*barrier=low*", lambda route: held.append(route))
    visitor.pick(answer(visitor, "How high a barrier", "Only a low one"))
    page.wait_for_function("() => watch.open > 0")
    with visitor.change("#fit-result"):
        visitor.pick(answer(visitor, "How high a barrier", "Even a high one"))
    newest = visitor.sees("#fit-result")
    (late,) = held
    late.continue_()
    page.unroute("**/fit/?*barrier=low*")
    expect(page).to_have_url(re.compile("barrier=high"))
    assert visitor.sees("#fit-result") == newest


ORDER = "Put the roles in order"


def test_all_roles_are_put_in_order_and_no_clear_result_is_said_to_be_one(visitor: Visitor) -> None:
    page = visitor.page
    ranking = page.locator("#fit-ranking")
    visitor.go("/fit/")
    visitor.audit()
    expect(ranking).to_contain_text("No answers yet")

    with visitor.change("#fit-ranking", send=ORDER):
        visitor.pick(answer(visitor, "Are you willing to write code", "No"))
    expect(ranking).to_contain_text("Too few answers for a verdict")
    few = visitor.sees("#fit-ranking")
    with visitor.change("#fit-ranking", send=ORDER):
        visitor.choose(page.get_by_label("My role now"), "Backend developer")
    with visitor.change("#fit-ranking", send=ORDER):
        visitor.type(page.get_by_label("What is the least you have to earn?"), "a lot")
    expect(page.locator("#q-pay-error")).to_contain_text("“a lot” is not a whole number")
    expect(page.get_by_label("What is the least you have to earn?")).to_have_value("a lot")
    with visitor.change("#fit-ranking", send=ORDER):
        visitor.type(page.get_by_label("What is the least you have to earn?"), "400000")
    expect(page.locator("#q-pay-error")).to_be_empty()

    with visitor.change("#fit-ranking", send=ORDER):
        visitor.pick(answer(visitor, "Do you need to work from home?", "Yes, all of the week"))
    with visitor.change("#fit-ranking", send=ORDER):
        visitor.type(page.get_by_label("How long can you keep learning"), "1")
    expect(ranking).to_contain_text("No clear result")
    expect(ranking).to_contain_text("Dealbreaker")
    unclear = visitor.sees("#fit-ranking")
    if visitor.has_scripts:
        with visitor.change("#fit-ranking", focus="#fit-ranking-title"):
            visitor.press(page.get_by_role("button", name=ORDER))

    visitor.follow(page.get_by_role("link", name="Further ones"))
    expect(ranking.locator("ol").first).to_have_attribute("start", "7")
    visitor.back()
    assert visitor.sees("#fit-ranking") == unclear
    expect(page.get_by_label("What is the least you have to earn?")).to_have_value("400000")

    first = ranking.locator("h3").first.inner_text()
    visitor.follow(ranking.get_by_role("link", name="Go through the day").first)
    expect(page.locator("h1")).to_have_text(re.compile(first, re.IGNORECASE))
    expect(answer(visitor, "Are you willing to write code", "No")).to_be_checked()
    expect(page.get_by_label("What is the least you have to earn?")).to_have_value("400000")
    expect(page.locator("#fit-result-title")).to_have_text("Not now")
    visitor.audit()
    visitor.back()
    assert visitor.sees("#fit-ranking") == unclear
    assert few != unclear
