"""The pages of the fit check: of one role, and of all roles by the general questions."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.curation import content_changed
from guides.fit import Fit, FitAnswers, assess, judge, rank, sheet_of
from guides.fit_phrases import NO_CLEAR_RESULT, change_words, length_words, question_words, reason_words, score_words
from guides.fit_questions import GENERAL, questions_for
from guides.kept import empty, with_answers
from guides.models import Category, Role, Skill
from guides.profile import RoleProfile
from guides.role_profiles import levels_of, profiles_of
from guides.views.fit import RANKED_TOGETHER as TOGETHER
from guides.vocabulary import FitBand, Liking
from tests.keepers import hostile_queries, keeper, write
from tests.pages import ROLES, Page, get, squeezed, words

pytestmark = pytest.mark.usefixtures("content")

HX = {"hx_request": "true"}
LARGEST = 30 * 1024
MOST_QUERIES = 16

ROLE = "ai-artist"
CHECK = f"/roles/{ROLE}/fit/"

NO_CODE = {"coding": "no", "remote": "part", "pay": "60000", "months": "24", "barrier": "high", "company": "alone"}
"""Answers to general questions that suit an AI artist."""

NOTHING_GOES = {"coding": "no", "remote": "yes", "pay": "1900000", "months": "1", "hours": "1", "barrier": "low"}


def profile(slug: str = ROLE) -> RoleProfile:
    return profiles_of(Role.objects.filter(slug=slug))[slug]


def judged(values: dict[str, str], slug: str = ROLE) -> Fit:
    """What the rule says of a role."""
    return assess(sheet_of(profile(slug)), FitAnswers(values))


def everything_answered(slug: str = ROLE) -> dict[str, str]:
    """An answer to every question of a role."""
    given = {"pay": "50000", "months": "18", "hours": "10"}
    return {one.field: given.get(one.field) or one.options[0] for one in questions_for(profile(slug))}


def check(client: Client, values: dict[str, str], slug: str = ROLE, **headers: str) -> Page:
    return get(client, f"/roles/{slug}/fit/?{urlencode(values)}", **headers)


def fields(page: Page) -> dict[str, list[Element]]:
    """The fields of the questionnaire by name."""
    form = next(one for one in page.main.iter("form") if one.get("data-hx-target"))
    found: dict[str, list[Element]] = {}
    for one in form.iter():
        if one.tag in {"input", "select"} and one.get("name"):
            found.setdefault(one.get("name", ""), []).append(one)
    return found


def filled_in(page: Page) -> dict[str, str]:
    """What the questionnaire says as it stands."""
    said = {}
    for name, those in fields(page).items():
        for one in those:
            if one.tag == "select":
                said[name] = next((o.get("value", "") for o in one.iter("option") if o.get("selected") is not None), "")
            elif one.get("type") != "radio" or one.get("checked") is not None:
                said[name] = one.get("value", "")
    return {name: value for name, value in said.items() if value}


# --- One role -----------------------------------------------------------------------------------------------------


def test_every_question_of_a_role_is_asked_and_the_length_is_said_first(client: Client) -> None:
    for slug in ROLES:
        page, questions = check(client, {}, slug), questions_for(profile(slug))
        assert length_words(questions) in page.text
        for question in questions:
            assert squeezed(question_words(question).question) in page.text
        assert set(fields(page)) == {question.field for question in questions} | {"from"}


def test_without_answers_it_says_that_it_cannot_tell(client: Client) -> None:
    page = check(client, {})
    assert page.says("fit-result-title") == FitBand.NOT_ENOUGH.label
    assert filled_in(page) == {}


@pytest.mark.parametrize("slug", ["ai-artist", "backend-developer"])
@pytest.mark.parametrize("values", [NO_CODE, NOTHING_GOES], ids=["some", "hopeless"])
def test_the_result_shows_every_reason_with_its_fact_answer_and_points(
    client: Client, slug: str, values: dict[str, str]
) -> None:
    result, fit = check(client, values, slug).says("fit-result"), judged(values, slug)
    assert fit.band.label in result
    assert squeezed(score_words(fit)) in result
    for reason in fit.reasons:
        said = reason_words(profile(slug), reason)
        assert squeezed(said.fact) in result
        assert squeezed(said.answer) in result
        assert not reason.points or squeezed(said.effect) in result
    for change in fit.would_change:
        assert squeezed(change_words(change)) in result


def test_a_broken_limit_stands_before_everything_that_speaks_for_the_role(client: Client) -> None:
    page = check(client, {**everything_answered(), "barrier": "low"})
    result = page.says("fit-result")
    assert page.says("fit-result-title") == FitBand.NOT_NOW.label
    assert result.index("Limits of yours that it breaks") < result.index("What speaks for it")


def test_a_change_that_is_offered_leads_to_the_result_that_it_promises(client: Client) -> None:
    values = {**NO_CODE, "barrier": "low"}
    links = [one.get("href", "") for one in check(client, values).part("fit-result").iter("a")]
    changes = judged(values).would_change
    assert changes
    for change in changes:
        changed = next(
            link for link in links if parse_qs(urlsplit(link).query).get(change.question.field) == [change.answer]
        )
        assert get(client, changed).says("fit-result-title") == change.band.label


def test_answers_stay_in_their_fields(client: Client) -> None:
    values = everything_answered()
    assert filled_in(check(client, values)) == values


def test_a_wrong_answer_is_named_beside_its_field_and_the_rest_counts(client: Client) -> None:
    page = check(client, {"coding": "no", "months": "soon", "barrier": "huge", "skill-visual-composition": "9"})
    assert "“soon” is not a whole number" in page.says("q-months-error")
    assert page.part("q-months").get("value") == "soon"
    assert "q-months-error" in (page.part("q-months").get("aria-describedby") or "").split()
    assert "“huge” is not one of the answers" in page.says("q-barrier-error")
    assert "“9” is not one of the answers" in page.says("q-skill-visual-composition-error")
    assert "Answered: 1 of" in page.says("fit-status")
    summary = page.says("error-summary-title")
    assert summary == "Some answers could not be read"


def test_htmx_gets_the_result_alone_with_title_announcement_and_errors(client: Client) -> None:
    values = {**NO_CODE, "hours": "many"}
    page, fragment = check(client, values), check(client, values, **HX)
    assert "<html" not in fragment.html
    assert "<form" not in fragment.html
    assert fragment.says("fit-result") == page.says("fit-result")
    assert fragment.title == page.title
    told = {one.get("data-hx-swap-oob", ""): words(one) for one in fragment.all("div") if one.get("data-hx-swap-oob")}
    assert told["innerHTML:#fit-status"] == page.says("fit-status")
    assert told["innerHTML:#q-hours-error"] == page.says("q-hours-error") != ""
    assert told["innerHTML:#q-months-error"] == ""
    assert page.part("fit-status").get("role") == "status"
    assert page.part("fit-result-title").get("tabindex") == "-1"


def test_a_return_through_the_history_gets_the_whole_page(client: Client) -> None:
    page = check(client, NO_CODE, **HX, hx_history_restore_request="true")
    assert page.heading == "Fit check: AI artist"


def test_the_address_keeps_what_was_said_and_nothing_else(client: Client) -> None:
    query = "coding=no&pay=&months=soon&unknown=1&skill-visual-composition=&from=backend-developer&csrf=x"
    fragment = get(client, f"{CHECK}?{query}", **HX)
    pushed = urlsplit(fragment.headers["HX-Push-Url"])
    assert pushed.path == CHECK
    assert parse_qs(pushed.query) == {"from": ["backend-developer"], "coding": ["no"], "months": ["soon"]}
    assert "HX-Push-Url" not in get(client, f"{CHECK}?{query}").headers


def test_with_the_role_somebody_has_its_skills_count(client: Client) -> None:
    origin = "ai-image-generation-specialist"
    held = levels_of(Role.objects.get(slug=origin))
    page = get(client, f"{CHECK}?coding=yes&from={origin}")
    fit = assess(sheet_of(profile()), FitAnswers({"coding": "yes"}, held, origin))
    assert squeezed(score_words(fit)) in page.says("fit-result")
    assert any("(your role)" in words(one) for one in page.part("skills-questions").iter("option"))
    # The levels of the role are shown, not answered: choosing another role still changes them.
    assert filled_in(page) == {"coding": "yes", "from": origin}


def test_choosing_the_role_by_htmx_brings_the_levels_along(client: Client) -> None:
    address = f"{CHECK}?from=ai-image-generation-specialist"
    with_levels = get(client, address, **HX, hx_trigger_name="from")
    assert "innerHTML:#skills-questions" in with_levels.html
    assert "(your role)" in with_levels.html
    assert "skills-questions" not in get(client, address, **HX).html


def test_a_role_that_does_not_exist_is_named(client: Client) -> None:
    page = get(client, f"{CHECK}?from=web%20master&coding=no")
    assert "No role is called “web master” here" in page.says("from-error")
    assert "Answered: 1 of" in page.says("fit-status")


def test_answers_given_for_another_role_are_never_asked_again(client: Client) -> None:
    answered = everything_answered("backend-developer")
    first = check(client, answered, "backend-developer")
    way = next(one.get("href", "") for one in first.main.iter("a") if words(one).startswith("All roles in the order"))
    ranking = get(client, way)
    there = next(
        one.get("href", "")
        for one in ranking.part("fit-ranking").iter("a")
        if "/fit/" in one.get("href", "") and "backend-developer/fit" not in one.get("href", "")
    )
    second = get(client, there)
    # What this role does not ask comes along, hidden, for those that do.
    said, possible = filled_in(second), set(fields(second))
    assert said == {name: value for name, value in answered.items() if name in possible}
    assert {question.field for question in GENERAL} <= set(said)
    assert {name for name in answered if name not in said} == set()


def test_better_roles_are_named_with_the_same_answers(client: Client) -> None:
    values = {**NO_CODE, "coding": "yes", "ai": "no", "barrier": "medium", "company": "alone"}
    everybody = profiles_of(Role.objects.published())
    best = rank(map(sheet_of, everybody.values()), FitAnswers(values))[0]
    assert best.role != ROLE
    page = check(client, values)
    assert page.says("result-others") == "Roles that suit the same answers better"
    ways = [urlsplit(one.get("href", "")) for one in page.part("fit-result").iter("a")]
    better = next(way for way in ways if way.path == f"/roles/{best.role}/fit/")
    assert parse_qs(better.query) == {name: [value] for name, value in values.items()}


def test_the_link_to_share_gives_everybody_the_same_result(client: Client) -> None:
    origin = "ai-image-generation-specialist"
    page = get(client, f"{CHECK}?{urlencode(NO_CODE)}&from={origin}")
    link = next(one.get("href", "") for one in page.main.iter("a") if words(one) == "Link to this result")
    assert "skill-visual-composition=2" in link
    shared = get(Client(), link)
    assert shared.says("fit-result-title") == page.says("fit-result-title")


def test_the_role_page_asks_the_first_questions(client: Client) -> None:
    page = get(client, f"/roles/{ROLE}/")
    form = next(one for one in page.main.iter("form") if (one.get("action") or "").startswith(CHECK))
    assert form.get("method") == "get"
    names = list(dict.fromkeys(one.get("name") for one in form.iter("input")))
    assert names == [question.field for question in questions_for(profile())[:3]]


def test_a_role_that_is_not_published_has_no_check(client: Client) -> None:
    Role.objects.filter(slug=ROLE).update(is_published=False)
    assert get(client, CHECK).status == 404
    assert get(client, "/roles/nowhere/fit/").status == 404


def test_an_answer_about_a_piece_of_the_day_outlives_an_edit_of_its_words(client: Client) -> None:
    role, name = Role.objects.get(slug=ROLE), f"day-{profile().day[0].key}"
    visitor = keeper(f"{name}=avoid")
    role.day[0]["task"] = f"{role.day[0]['task'].rstrip('.')} twice."
    content_changed()
    role.save(update_fields=["day"])
    for page in (check(client, {name: "avoid"}), get(visitor, CHECK)):
        assert squeezed(role.day[0]["task"]) in page.says("fit-result")
        assert filled_in(page)[name] == "avoid"


def test_a_role_in_a_hidden_category_says_to_staff_why_it_is_hidden(admin_client: Client) -> None:
    Category.objects.filter(roles__slug=ROLE).update(is_published=False)
    for address in (CHECK, f"/practice/{ROLE}/", f"/practice/{ROLE}/set/", f"/roles/{ROLE}/"):
        assert "Its category, AI design and creative, is not published." in get(admin_client, address).text


# --- All roles ----------------------------------------------------------------------------------------------------


def ranked(page: Page) -> list[str]:
    """The roles of a page of the ranking, in its order."""
    return [
        one.get("href", "").split("/")[2]
        for heading in page.part("fit-ranking").iter("h3")
        for one in heading.iter("a")
        if one.get("href", "").startswith("/roles/")
    ]


def test_all_roles_are_ranked_by_the_general_questions(client: Client) -> None:
    page = get(client, f"/fit/?{urlencode(NO_CODE)}")
    expected = rank(map(sheet_of, profiles_of(Role.objects.published()).values()), FitAnswers(NO_CODE))[:TOGETHER]
    assert ranked(page) == [fit.role for fit in expected]
    for fit in expected:
        assert squeezed(score_words(fit)) in page.says("fit-ranking")
        for reason in judge(sheet_of(profile(fit.role)), FitAnswers(NO_CODE)).dealbreakers:
            assert squeezed(reason_words(profile(fit.role), reason).fact) in page.says("fit-ranking")
    assert {name for name in fields(page) if name != "from"} == {question.field for question in GENERAL}


def test_before_the_first_answer_there_is_no_order(client: Client) -> None:
    page = get(client, "/fit/")
    assert page.says("fit-ranking-title") == "No answers yet"
    assert ranked(page) == []


def test_too_few_answers_and_no_clear_result_are_two_things(client: Client) -> None:
    few = get(client, "/fit/?coding=no")
    assert few.says("fit-ranking-title") == "Too few answers for a verdict"
    assert len(ranked(few)) == min(TOGETHER, len(ROLES))
    none = get(client, f"/fit/?{urlencode(NOTHING_GOES)}")
    assert none.says("fit-ranking-title") == "No clear result"
    assert squeezed(NO_CLEAR_RESULT) in none.text
    assert len(ranked(none)) == min(TOGETHER, len(ROLES))


def test_the_ranking_alone_says_the_same(client: Client) -> None:
    address = f"/fit/?{urlencode({**NO_CODE, 'hours': 'x'})}"
    page, fragment = get(client, address), get(client, address, **HX)
    assert fragment.says("fit-ranking") == page.says("fit-ranking")
    assert fragment.title == page.title
    assert page.says("fit-status") in words(fragment.root)
    assert "<form" not in fragment.html


def test_a_long_ranking_has_pages(client: Client) -> None:
    whole = rank(map(sheet_of, profiles_of(Role.objects.published()).values()), FitAnswers(NO_CODE))
    assert len(whole) > TOGETHER
    address, found = f"/fit/?{urlencode(NO_CODE)}", []
    while address:
        page = get(client, address)
        found += ranked(page)
        address = next((one.get("href", "") for one in page.main.iter("a") if words(one) == "Further ones"), "")
    assert found == [fit.role for fit in whole]
    for number in ("-3", "0", "many", "99999999"):
        assert get(client, f"/fit/?{urlencode(NO_CODE)}&page={number}").status == 200


# --- What holds for all of them -----------------------------------------------------------------------------------

ADDRESSES = [CHECK, f"{CHECK}?coding=no&from=backend-developer", "/fit/", "/fit/?coding=no"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_gets_a_cookie_or_a_token(client: Client, address: str) -> None:
    for headers in ({}, HX):
        page = get(client, address, **headers)
        assert not page.cookies
        assert "csrfmiddlewaretoken" not in page.html
        assert {"HX-Request", "Cookie"} <= {name.strip() for name in page.headers["Vary"].split(",")}
        assert "no-store" not in page.headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", [CHECK, "/fit/"])
def test_hostile_query_strings_get_a_page_that_keeps_what_is_right(client: Client, address: str) -> None:
    for query in hostile_queries("coding", "pay", "from", "months", "skill-drawing-fundamentals", "page"):
        page = get(client, f"{address}?{query}&company=alone")
        assert page.status == 200, query
        assert 'name="company" value="alone" checked' in page.html, query
        assert "<script>alert" not in page.html, query


def test_fragments_are_small(client: Client) -> None:
    for slug in ROLES:
        values = everything_answered(slug)
        for most in (values, {**values, "barrier": "low", "coding": "no", "remote": "yes"}):
            assert len(check(client, most, slug, **HX).html.encode()) <= LARGEST, slug
            assert len(get(client, f"/fit/?{urlencode(most)}", **HX).html.encode()) <= LARGEST, slug


def test_a_ledger_takes_the_place_of_the_role_and_stays_private(client: Client) -> None:
    visitor = keeper()
    write(visitor, with_answers(empty(), {"coding": "no", "skill-visual-composition": "4"}))
    page = get(visitor, f"{CHECK}?from=ai-image-generation-specialist")
    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]
    assert "Cookie" in page.headers["Vary"]
    # The kept answer and the kept level count without standing in the address.
    assert filled_in(page)["coding"] == "no"
    assert "Expert (your ledger)" in page.says("skills-questions")
    assert "Those of your ledger count" in page.text
    assert "(your role)" not in page.html
    # What the address says replaces what is kept.
    assert filled_in(get(visitor, f"{CHECK}?coding=yes"))["coding"] == "yes"


@pytest.mark.parametrize("address", ["/fit/", CHECK, f"{CHECK}?coding=no&from=backend-developer&pay=1"])
def test_a_ledger_of_two_hundred_skills_needs_few_queries(address: str) -> None:
    visitor = keeper()
    known = list(Skill.objects.values_list("slug", flat=True))
    ledger = dict.fromkeys([*known, *(f"skill-of-old-{number}" for number in range(200 - len(known)))], 2)
    write(visitor, empty().model_copy(update={"ledger": ledger, "answers": {"coding": "yes"}}))
    visitor.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(address).status_code == 200
    assert len(queries) <= MOST_QUERIES


def test_every_liking_can_be_told(client: Client) -> None:
    page = check(client, {})
    pieces = [name for name in fields(page) if name.startswith("day-")]
    assert len(pieces) == len(profile().day)
    for name in pieces:
        assert [one.get("value") for one in fields(page)[name]] == Liking.values
