"""The search: found by any name, in any spelling of it, never shows what is hidden, and no query breaks it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.models import Category, Role, SearchEntry, Skill, Transition
from guides.search import LIMIT, MAX_LENGTH, MAX_WORDS, Results, search, words
from tests import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages() -> None:
    backend = rows.role("Backend developer", ["Server-side engineer", "API developer"], "Builds what nobody sees.")
    artist = rows.role("AI artist", ["Generative artist"], "Paints with diffusion models, read/write tablets, node.js.")
    rows.role("Café manager", ["Gérant"], "Brews coffee near the developer meet-up.")
    rows.skill("Python scripting", ["Python"], "Small programs for developers.")
    rows.skill("Prompt engineering", ["Prompting"])
    rows.transition(backend, artist)


def titles(query: str) -> list[str]:
    results = search(query)
    return [role.title for role in results.roles]


def everything(results: Results) -> list[str]:
    return [str(page) for page in (*results.roles, *results.transitions, *results.skills)]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Backend developer", "Backend developer"),
        ("backend", "Backend developer"),
        ("BACKEND DEVELOPER", "Backend developer"),
        ("developer backend", "Backend developer"),
        ("back", "Backend developer"),
        ("dev back", "Backend developer"),
        ("server-side", "Backend developer"),
        ("server side", "Backend developer"),
        ("api", "Backend developer"),
        ("generative artist", "AI artist"),
        ("generative-artist", "AI artist"),
        ("cafe", "Café manager"),
        ("café", "Café manager"),
        ("CAFÉ", "Café manager"),
        ("cafe\u0301", "Café manager"),
        ("gerant", "Café manager"),
        ("'backend' (developer)", "Backend developer"),
        ("backend, developer!", "Backend developer"),
        ("  backend \t developer\n", "Backend developer"),
        ("nobody sees", "Backend developer"),
        ("node.js", "AI artist"),
        ("write", "AI artist"),
    ],
)
def test_a_role_is_found_by_title_other_name_beginning_accent_and_text(query: str, title: str) -> None:
    assert titles(query)[0] == title


def test_every_word_has_to_be_there() -> None:
    assert titles("backend artist") == []
    assert search("backend artist").count == 1
    assert [str(move) for move in search("backend artist").transitions] == ["From Backend developer to AI artist"]


def test_a_title_counts_for_more_than_another_name_and_that_for_more_than_a_text() -> None:
    rows.role("Welder", ["Metalworker"])
    rows.role("Metalworker of the night")
    rows.role("Smith", [], "Was a metalworker once.")
    assert titles("metalworker") == ["Metalworker of the night", "Welder", "Smith"]


def test_transitions_and_skills_are_found_beside_roles() -> None:
    found = search("developer")
    assert [role.slug for role in found.roles] == ["backend-developer", "cafe-manager"]
    assert [move.slugs for move in found.transitions] == ["backend-developer/ai-artist"]
    assert [skill.slug for skill in found.skills] == ["python-scripting"]
    assert found.count == 4


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"', []),
        ('""', []),
        ("*", []),
        ("-", []),
        (":", []),
        ("^", []),
        ("(", []),
        ("_", []),
        ("", []),
        ("\x00", []),
        ("\x00\x01\x02\x7f", []),
        ("\ud800", []),
        ("\u0301", []),
        ('"backend', ["Backend developer"]),
        ('backend"', ["Backend developer"]),
        ("backend*", ["Backend developer"]),
        ("-backend", ["Backend developer"]),
        ("title:backend", []),
        ("backend NOT developer", []),
        ("backend OR artist", []),
        ("NEAR(backend developer)", []),
        ("near developer", ["Café manager"]),
        ("{backend}", ["Backend developer"]),
        ("backend + developer", ["Backend developer"]),
        ("backend & developer | ! <-> :*", ["Backend developer"]),
        ("backend\x00developer", ["Backend developer"]),
        ("backend%", ["Backend developer"]),
        ("back_end", []),
        ("'; DROP TABLE guides_role; --", []),
        ("\\backend\\", ["Backend developer"]),
        ("$$ backend", ["Backend developer"]),
        ("backend %s", []),
    ],
)
def test_operators_and_signs_are_no_commands(query: str, found: list[str]) -> None:
    assert titles(query) == found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None), max_size=MAX_LENGTH + 20))
def test_no_query_breaks_the_search(query: str) -> None:
    search(query)


@given(st.text(max_size=300))
def test_words_are_few_plain_and_never_empty(query: str) -> None:
    found = words(query)
    assert len(found) <= MAX_WORDS
    assert all(word.removesuffix("++").removesuffix("#").isalnum() for word in found)


def test_ten_thousand_characters_are_looked_for_as_far_as_the_limit() -> None:
    assert titles("backend " * 1_250) == ["Backend developer"]
    assert titles("x" * 10_000) == []


@pytest.mark.parametrize(
    "hide",
    [
        lambda: Role.objects.filter(slug="backend-developer").update(is_published=False),
        lambda: Category.objects.update(is_published=False),
    ],
    ids=["role", "category"],
)
def test_unpublished_pages_are_neither_found_nor_suggested(hide: object) -> None:
    assert callable(hide)
    hide()
    assert [page for page in everything(search("backend developer")) if "Backend" in page] == []
    for query in ("backend developer", "bakend develper", "backnd"):
        assert search(query).suggestion == ""


def test_an_unpublished_transition_or_skill_is_not_found() -> None:
    Transition.objects.update(is_published=False)
    Skill.objects.update(is_published=False)
    assert everything(search("backend artist")) == []
    assert everything(search("python")) == []
    assert search("pyhton").suggestion == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bakend develper", "Backend developer"),
        ("backend devloper", "Backend developer"),
        ("bckend", "backend"),
        ("develper", "developer"),
        ("ai artsit", "AI artist"),
        ("caffe manger", "Café manager"),
        ("pyhton", "Python"),
        ("pythn scriptng", "Python scripting"),
        ("promt enginering", "Prompt engineering"),
    ],
)
def test_a_misspelt_query_suggests_one_that_finds_something(typed: str, meant: str) -> None:
    results = search(typed)
    assert (results.count, results.suggestion) == (0, meant)
    assert search(results.suggestion).count > 0


@pytest.mark.parametrize("typed", ["zzzzzz", "submarine captain", "xq", "12345", "бухгалтер", "backend artist manager"])
def test_what_resembles_nothing_suggests_nothing(typed: str) -> None:
    assert search(typed).suggestion == ""


def test_what_finds_something_suggests_nothing() -> None:
    assert search("backend").suggestion == ""


@pytest.mark.parametrize("query", ["backend developer", "developer", "bakend develper", "zzzz", "", "***"])
def test_a_search_costs_six_queries_at_most(query: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        everything(search(query))
    assert len(queries) <= (6 if words(query) else 0)


def test_even_a_search_that_finds_hidden_pages_alone_costs_six_queries_at_most() -> None:
    Category.objects.update(is_published=False)
    Skill.objects.update(is_published=False)
    with CaptureQueriesContext(connection) as queries:
        search("developer")
    assert len(queries) <= 6


def test_many_pages_are_found_up_to_the_limit() -> None:
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="skill", slug=f"common-{number}", title=f"Common {number}", names="", text="")
        for number in range(LIMIT + 20)
    )
    Skill.objects.bulk_create(
        Skill(
            slug=f"common-{number}", name=f"Common {number}", levels={}, hours={}, sections=[], updated_on="2026-01-01"
        )
        for number in range(LIMIT + 20)
    )
    assert (search("common").count, search("common").is_cut) == (LIMIT, True)
    assert not search("backend").is_cut


LONG = "many words " * 400
"""A long text, so that the page that is there stands before those that are not."""


def test_the_page_says_when_there_is_more_than_it_shows(client: Client) -> None:
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="skill", slug=f"gone-{number}", title=f"Zebra of the backend {number}", names="", text=LONG)
        for number in range(LIMIT)
    )
    assert b"The first " in client.get("/search/", {"q": "backend"}).content
    assert b"The first " not in client.get("/search/", {"q": "python"}).content


# --- Short words, endings, signs ------------------------------------------------------------------------------------


def test_short_words_match_whole_words_of_titles_and_names_alone() -> None:
    rows.role("Aim setter", [], "Works with AI all day.")
    assert titles("ai") == ["AI artist"]
    assert titles("ba") == []


def test_words_that_say_nothing_are_left_out() -> None:
    assert titles("how to become a backend developer") == ["Backend developer"]
    assert titles("what is an AI artist") == ["AI artist"]
    assert words("how to become") == ["how", "to", "become"]


@pytest.mark.parametrize("query", ["copywriter", "copywriters", "copywriting", "copywrit"])
def test_who_does_a_thing_finds_the_thing(query: str) -> None:
    rows.skill("Copywriting")
    assert [skill.slug for skill in search(query).skills] == ["copywriting"]


def test_pages_that_are_named_so_come_before_those_that_speak_of_it() -> None:
    rows.role("Plumbing inspector of old and new houses in the countryside", [], "Looks at pipes.")
    rows.role("Cook", [], "Plumbing. Plumbing plumbing plumbing, and more plumbing.")
    assert titles("plumbing")[0].startswith("Plumbing inspector")


@pytest.mark.parametrize(("query", "names"), [("c++", ["C++ in games"]), ("C#", ["C# and its tools"]), ("c", None)])
def test_signs_that_belong_to_a_name_tell_names_apart(query: str, names: list[str] | None) -> None:
    rows.skill("C++ in games")
    rows.skill("C# and its tools")
    rows.skill("C from the beginning")
    found = [skill.name for skill in search(query).skills]
    assert found == names if names else len(found) == 3


# --- The index follows the table ------------------------------------------------------------------------------------


def test_a_new_entry_is_found_at_once() -> None:
    assert titles("plumber") == []
    rows.role("Plumber")
    assert titles("plumber") == ["Plumber"]


def test_a_changed_entry_is_found_by_its_new_words_alone() -> None:
    SearchEntry.objects.filter(slug="backend-developer").update(title="Server gardener", names="", text="")
    assert titles("gardener") == ["Backend developer"]
    assert titles("backend") == []


def test_an_entry_that_a_content_load_overwrites_is_found_by_its_new_words_alone() -> None:
    SearchEntry.objects.bulk_create(
        [SearchEntry(kind="role", slug="backend-developer", title="Server gardener", names="", text="")],
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["title", "names", "text"],
    )
    assert titles("gardener") == ["Backend developer"]
    assert titles("backend") == []


def test_a_deleted_entry_is_found_no_more() -> None:
    SearchEntry.objects.filter(slug="backend-developer").delete()
    assert titles("backend") == []


def test_the_index_of_sqlite_stays_sound_through_changes() -> None:
    if connection.vendor != "sqlite":
        return
    SearchEntry.objects.filter(kind="role").update(text="Changed.")
    SearchEntry.objects.filter(kind="skill").delete()
    with connection.cursor() as cursor:
        # Raises "database disk image is malformed" when the index and its table disagree.
        cursor.execute("INSERT INTO guides_search(guides_search, rank) VALUES ('integrity-check', 1)")


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "backend", "bakend develper", "\x00", "x" * 3_900, '"*-:NEAR(', "%", "<script>"])
def test_the_page_answers_whatever_is_asked(client: Client, query: str) -> None:
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


def test_the_page_offers_the_right_spelling(client: Client) -> None:
    assert b"Backend developer" in client.get("/search/", {"q": "bakend develper"}).content
