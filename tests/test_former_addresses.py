"""Addresses for ever: what was renamed leads on, what was removed says so, and nothing hidden or foreign is led to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.loader.load import load_content
from guides.models import Category, FormerAddress, Role, Transition
from tests import content_factory, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> None:
    """Two roles and a move between them, all of which once had other names."""
    new, other = rows.role("New"), rows.role("Other")
    rows.skill("Weaving")
    rows.transition(new, other)
    moved("/roles/old/", "/roles/new/")
    moved("/skills/spinning/", "/skills/weaving/")
    moved("/categories/hardware/", "/categories/software/")
    moved("/transitions/old/other/", "/transitions/new/other/")


def moved(path: str, successor: str) -> FormerAddress:
    return FormerAddress.objects.create(path=path, is_gone=False, successor=successor)


def gone(path: str, **fields: str) -> FormerAddress:
    return FormerAddress.objects.create(path=path, is_gone=True, **fields)


def ask(client: Client, path: str, **options: Any) -> tuple[int, str]:
    answer = client.get(path, **options)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("path", "now"),
    [
        ("/roles/old/", "/roles/new/"),
        ("/roles/old/interview/", "/roles/new/interview/"),
        ("/roles/old/into/", "/roles/new/into/"),
        ("/skills/spinning/", "/skills/weaving/"),
        ("/categories/hardware/", "/categories/software/"),
        ("/transitions/old/other/", "/transitions/new/other/"),
        ("/transitions/old/", "/transitions/new/"),
    ],
)
def test_a_renamed_page_and_the_pages_below_it_lead_on(client: Client, path: str, now: str) -> None:
    assert ask(client, path) == (301, now)


@pytest.mark.usefixtures("site")
def test_the_query_string_comes_along(client: Client) -> None:
    assert ask(client, "/roles/old/?from=a%20b&x=%C3%A9") == (301, "/roles/new/?from=a%20b&x=%C3%A9")


@pytest.mark.usefixtures("site")
def test_an_address_without_its_last_slash_leads_on_too(client: Client) -> None:
    assert ask(client, "/roles/old?x=1") == (301, "/roles/old/?x=1")
    answer = client.get("/categories/hardware?x=1", follow=True)
    assert answer.redirect_chain == [("/categories/hardware/?x=1", 301), ("/categories/software/?x=1", 301)]
    assert answer.status_code == 200


@pytest.mark.usefixtures("site")
def test_a_browser_may_not_keep_a_redirect_for_ever(client: Client) -> None:
    assert client.get("/roles/old/").headers["Cache-Control"] == "max-age=86400"


@pytest.mark.usefixtures("site")
def test_head_is_answered_like_get_and_other_methods_are_left_alone(client: Client) -> None:
    assert client.head("/roles/old/").status_code == 301
    assert client.post("/roles/old/").status_code == 404
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)("/roles/old/").status_code == 405


@pytest.mark.usefixtures("site")
def test_debug_pages_do_not_stand_in_the_way(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    assert ask(client, "/roles/old/") == (301, "/roles/new/")


@pytest.mark.usefixtures("site")
def test_the_site_may_live_below_a_prefix(client: Client) -> None:
    gone("/roles/webmaster/", successor="/roles/new/")
    assert ask(client, "/roles/old/", SCRIPT_NAME="/guides") == (301, "/guides/roles/new/")
    assert client.get("/roles/webmaster/", SCRIPT_NAME="/guides").context["successor"] == "/guides/roles/new/"


# --- Gone for good --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("site")
def test_a_removed_page_says_why_and_what_to_read_instead(client: Client) -> None:
    gone("/roles/webmaster/", title="Webmaster", reason="Nobody is hired for it any more.", successor="/roles/new/")
    for path in ("/roles/webmaster/", "/roles/webmaster/interview/", "/transitions/webmaster/"):
        answer = client.get(path)
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "Webmaster" in page
        assert "Nobody is hired for it any more." in page
        assert 'href="/roles/new/"' in page


@pytest.mark.usefixtures("site")
def test_a_removed_page_without_a_successor_names_none(client: Client) -> None:
    gone("/roles/webmaster/", reason="Nobody is hired for it any more.")
    answer = client.get("/roles/webmaster/")
    assert (answer.status_code, answer.context["successor"], answer.context["title"]) == (410, "", "")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("successor", ["/roles/", "/skills/", "/transitions/new/", "/transitions/new/other/"])
def test_a_list_can_be_what_to_read_instead(client: Client, successor: str) -> None:
    gone("/roles/webmaster/", successor=successor)
    assert client.get("/roles/webmaster/").context["successor"] == successor


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "successor",
    ["/roles/hidden/", "/roles/never-was/", "https://example.com/", "//example.com/", "/admin/../x/", "javascript:x"],
)
def test_a_successor_that_visitors_cannot_read_is_not_named(client: Client, successor: str) -> None:
    rows.role("Hidden", is_published=False)
    gone("/roles/webmaster/", successor=successor)
    answer = client.get("/roles/webmaster/")
    assert (answer.status_code, answer.context["successor"]) == (410, "")


@pytest.mark.usefixtures("site")
def test_markup_in_a_reason_is_text(client: Client) -> None:
    gone("/roles/webmaster/", title="<b>Web</b>", reason="<script>alert(1)</script>")
    page = client.get("/roles/webmaster/").content.decode()
    assert "<script>alert" not in page
    assert "<b>Web" not in page


# --- What stays a 404 -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "hide",
    [Role.objects.filter(slug="new"), Category.objects.all()],
    ids=["role", "category"],
)
@pytest.mark.parametrize(
    "path", ["/roles/old/", "/roles/old/interview/", "/transitions/old/", "/transitions/old/other/"]
)
def test_an_unpublished_page_is_not_given_away_by_its_former_address(client: Client, hide: Any, path: str) -> None:
    hide.all().update(is_published=False)
    assert ask(client, path) == (404, "")


@pytest.mark.usefixtures("site")
def test_the_former_address_of_a_hidden_guide_leads_to_the_computed_page_in_its_place(client: Client) -> None:
    Transition.objects.update(is_published=False)
    assert ask(client, "/transitions/old/other/") == (301, "/transitions/new/other/")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "path",
    [
        "/roles/never-was/",
        "/roles/old/nothing-here/",
        "/roles/old/interview/more/",
        "/old/",
        "/Roles/Old/",
        "/roles//old/",
        "//roles/old/",
        "/roles/old%00/",
        "/roles/old%0d%0aSet-Cookie:x/",
        "/roles/%2e%2e/old/",
        "/" + "a" * 480 + "/",
        "/roles/" + "a" * 480 + "/",
        "/roles/old/" + "a/" * 200,
        "/favicon.png",
    ],
)
def test_an_address_that_never_was_stays_unknown(client: Client, path: str) -> None:
    assert ask(client, path)[0] == 404


@pytest.mark.parametrize(
    "successor",
    [
        "https://example.com/",
        "//example.com/",
        "/\\example.com/",
        "javascript:alert(1)",
        "",
        "example.com",
        "/roles/a/../b/",
    ],
)
def test_nothing_leads_off_the_site(client: Client, successor: str) -> None:
    moved("/roles/old/", successor)
    assert ask(client, "/roles/old/") == (404, "")


# --- Chains and loops -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("site")
def test_a_page_renamed_twice_is_reached_in_one_step(client: Client) -> None:
    moved("/roles/oldest/", "/roles/old/")
    assert ask(client, "/roles/oldest/interview/?x=1") == (301, "/roles/new/interview/?x=1")


@pytest.mark.usefixtures("site")
def test_a_page_renamed_and_then_removed_is_gone(client: Client) -> None:
    moved("/roles/oldest/", "/roles/webmaster/")
    gone("/roles/webmaster/", reason="Nobody is hired for it any more.")
    assert client.get("/roles/oldest/").status_code == 410


@pytest.mark.parametrize("names", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_addresses_that_lead_in_a_circle_end_as_unknown(client: Client, names: list[str]) -> None:
    for name, following in zip(names, [*names[1:], names[0]], strict=True):
        moved(f"/roles/{name}/", f"/roles/{following}/")
    assert ask(client, "/roles/a/") == (404, "")


def test_an_address_that_leads_below_itself_ends_as_unknown(client: Client) -> None:
    moved("/roles/a/", "/roles/a/interview/")
    assert ask(client, "/roles/a/") == (404, "")


# --- Cost -----------------------------------------------------------------------------------------------------------


def former_queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return [query["sql"] for query in queries if "guides_formeraddress" in query["sql"]]


@pytest.mark.usefixtures("site")
def test_pages_that_exist_cost_no_lookup_and_unknown_ones_cost_one(client: Client) -> None:
    assert former_queries(client, "/categories/software/") == []
    assert former_queries(client, "/favicon.png") == []
    assert len(former_queries(client, "/roles/never-was/")) == 1
    assert len(former_queries(client, "/roles/never-was/a/b/c/")) == 1
    assert len(former_queries(client, "/roles/old/")) == 1


# --- As the loader writes them --------------------------------------------------------------------------------------


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = content_factory.build(tmp_path)
    load_content(folder)
    return folder


def test_renaming_a_file_keeps_all_addresses_of_its_role(client: Client, content: Path) -> None:
    content_factory.rename_role(content, "analyst", "data-analyst")
    load_content(content)
    assert ask(client, "/roles/analyst/") == (301, "/roles/data-analyst/")
    assert ask(client, "/roles/analyst/interview/") == (301, "/roles/data-analyst/interview/")
    assert ask(client, "/transitions/analyst/") == (301, "/transitions/data-analyst/")
    assert ask(client, "/transitions/analyst/engineer/") == (301, "/transitions/data-analyst/engineer/")
    assert client.get("/roles/data-analyst/").status_code == 200


def test_removing_a_file_says_goodbye(client: Client, content: Path) -> None:
    content_factory.remove_role(content, "illustrator")
    load_content(content)
    assert client.get("/roles/illustrator/").status_code == 410


def test_a_role_renamed_there_and_back_lives_at_its_first_address(client: Client, content: Path) -> None:
    content_factory.rename_role(content, "analyst", "data-analyst")
    load_content(content)
    content_factory.rename_role(content, "data-analyst", "analyst")
    facts = content_factory.facts("roles/analyst.md", content)
    content_factory.change(content, "roles/analyst.md", aliases=[a for a in facts["aliases"] if a != "analyst"])
    load_content(content)
    assert client.get("/roles/analyst/").status_code == 200
    assert ask(client, "/roles/data-analyst/") == (301, "/roles/analyst/")
