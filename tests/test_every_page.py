"""What holds for every public page: its links lead somewhere, its names are its own, and it keeps to itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.pages import KINDS, ROLES, SENT_BY_POST, TRANSITIONS, Page, addresses, get, links, words

PUBLIC = addresses()

VARIANTS = 5
"""Query strings that the walk tries on one page; the choices in them would never come to an end."""


@pytest.fixture(params=KINDS)
def page(request: pytest.FixtureRequest, kinds: dict[str, Page]) -> Page:
    return kinds[request.param]


# --- Links --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("content")
def test_every_link_leads_to_a_page_and_every_anchor_to_a_place_on_it(client: Client) -> None:
    """Walks through the site from the home page, over every link, as a visitor could."""
    seen: dict[str, Page] = {}
    variants: Counter[str] = Counter()
    waiting, broken = ["/"], []
    anchors: dict[str, set[tuple[str, str]]] = defaultdict(set)
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        # Some variants of a page are enough, and the page itself is always looked at.
        if address in seen or (variants[path] >= VARIANTS and address != path):
            continue
        variants[path] += 1
        response = client.get(address, follow=True)
        if response.status_code != 200:
            broken.append(f"{address}: {response.status_code}")
            continue
        if "html" not in response.headers["Content-Type"]:
            continue
        seen[address] = Page(address, 200, response.headers, response.cookies, response.content.decode())
        for target, fragment in seen[address].internal_links:
            waiting.append(target)
            if fragment:
                anchors[target].add((fragment, address))
    assert broken == []
    lost = [
        f"{page} → {target}#{fragment}"
        for target, wanted in anchors.items()
        if target in seen
        for fragment, page in wanted
        if fragment not in seen[target].ids
    ]
    assert lost == []
    origins = {f"/transitions/{slugs.split('/')[0]}/" for slugs in TRANSITIONS}
    destinations = {f"/roles/{slugs.split('/')[1]}/into/" for slugs in TRANSITIONS}
    empty = {f"/transitions/{slug}/" for slug in ROLES} | {f"/roles/{slug}/into/" for slug in ROLES}
    lonely = set(PUBLIC) - set(seen) - (empty - origins - destinations)
    assert lonely == set(), "no link leads to these pages"


def test_links_that_leave_the_site_use_https_and_tell_nothing(site: dict[str, Page]) -> None:
    for page in site.values():
        for link in page.all("a"):
            parts = urlsplit(link.get("href", ""))
            if parts.scheme:
                assert parts.scheme == "https", (page, link.get("href"))
                assert "noopener" in link.get("rel", ""), (page, link.get("href"))


def test_no_link_says_click_here(site: dict[str, Page]) -> None:
    vague = {"here", "click here", "read more", "more", "link", "this"}
    assert [
        page.address for page in site.values() if vague & {text.lower() for text in links(page.main).values()}
    ] == []


# --- Names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["title", "description", "heading"])
def test_every_page_has_its_own(site: dict[str, Page], part: str) -> None:
    by_text: dict[str, list[str]] = defaultdict(list)
    for page in site.values():
        by_text[page.meta(part) if part == "description" else getattr(page, part)].append(page.address)
    shared = {text: those for text, those in by_text.items() if len(those) > 1}
    if part == "heading":
        # Two roles may have the same number of questions.
        shared = {text: those for text, those in shared.items() if "interview questions" not in text}
    assert shared == {}


def test_titles_say_the_page_first_and_the_site_last(site: dict[str, Page]) -> None:
    for page in site.values():
        assert page.title.endswith("– Careerpaths") or page.address == "/", page.title


def test_descriptions_are_one_or_two_sentences(site: dict[str, Page]) -> None:
    for page in site.values():
        assert 40 <= len(page.meta("description")) <= 200, (page.address, page.meta("description"))


def test_pages_name_their_one_address_without_the_query(page: Page) -> None:
    parts = urlsplit(page.address)
    query = parse_qs(parts.query)
    # Which roles stand side by side is what a comparison is; their order and everything else is not.
    of = sorted(query["role"]) if parts.path == "/compare/" and len(set(query.get("role", [])) & set(ROLES)) > 1 else []
    named = f"?{urlencode([('role', slug) for slug in of])}" if of else ""
    assert page.canonical == f"{settings.SITE_URL}{parts.path}{named}"


def test_pages_can_be_shared_with_a_title_and_a_picture(site: dict[str, Page]) -> None:
    for page in site.values():
        shared = {one.get("property"): one.get("content") for one in page.all("meta") if one.get("property")}
        assert shared["og:url"] == page.canonical
        assert shared["og:title"]
        assert str(shared["og:image"]).startswith(f"{settings.SITE_URL}/static/")


def test_every_page_but_the_home_page_shows_the_way_back_to_it(site: dict[str, Page]) -> None:
    for page in site.values():
        if page.address != "/":
            assert page.breadcrumbs[0] == ("Home", "/")
            assert page.breadcrumbs[-1][1] is None
            assert all(address in site for _, address in page.breadcrumbs[:-1] if address)


def test_every_page_leads_to_the_indexes_search_method_and_sources(site: dict[str, Page]) -> None:
    everywhere = {"/", "/roles/", "/transitions/", "/skills/", "/search/", "/method/", "/sources/"}
    for page in site.values():
        assert everywhere <= links(page.one("body")).keys(), page.address


def test_the_part_of_the_site_is_marked_in_the_main_navigation(site: dict[str, Page]) -> None:
    for address, part in (("/roles/ai-artist/", "Roles"), ("/skills/sql/", "Skills"), ("/transitions/", "Transitions")):
        here = [words(one) for one in site[address].all("a") if one.get("aria-current") == "true"]
        assert here == [part]


# --- Privacy and safety -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SENT_BY_POST])
def test_no_cookie_is_set_and_no_form_holds_a_token(kinds: dict[str, Page], kind: str) -> None:
    assert not kinds[kind].cookies
    assert "csrfmiddlewaretoken" not in kinds[kind].html


@pytest.mark.parametrize("kind", sorted(SENT_BY_POST))
def test_a_form_that_keeps_something_sets_the_cookie_that_protects_it_and_no_other(
    kinds: dict[str, Page], kind: str
) -> None:
    assert list(kinds[kind].cookies) == ["csrftoken"]


def test_nothing_is_scripted_or_styled_inside_the_page(page: Page) -> None:
    assert [one for one in page.all("script") if not one.get("src")] == []
    assert page.all("style") == []
    attributes = {name for one in page.root.iter() for name in one.attrib}
    assert [name for name in attributes if name.startswith("on") or name in {"style", "hx-on"}] == []
    assert "javascript:" not in page.html


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    loaded = [one.get("src", "") for tag in ("script", "img", "iframe", "source") for one in page.all(tag)]
    loaded += [one.get("href", "") for one in page.all("link") if one.get("rel") != "canonical"]
    assert [address for address in loaded if not address.startswith("/static/")] == []


def test_the_content_policy_allows_the_site_itself_alone(page: Page) -> None:
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"


def test_htmx_is_written_as_data_attributes(page: Page) -> None:
    assert not re.search(r"\shx-[a-z-]+=", page.html)


def test_a_page_is_the_same_for_everybody(client: Client, content: None) -> None:
    for address in ("/", "/roles/ai-artist/", "/transitions/backend-developer/ai-artist/", "/skills/sql/"):
        assert get(client, address).html == get(Client(), address).html


@pytest.mark.usefixtures("content")
def test_asking_for_the_head_alone_gives_no_body(client: Client) -> None:
    response = client.head("/roles/ai-artist/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_change_nothing_whatever_is_sent_to_them(method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)("/roles/ai-artist/")
    assert response.status_code in {403, 405}


# --- Words --------------------------------------------------------------------------------------------------------


def test_articles_plurals_and_capitals_are_right_everywhere(site: dict[str, Page]) -> None:
    wrong = re.compile(
        r"\ba AI\b|\ban? (?:backend|image)s\b|(?<!\.)\bAi\b|\b1 (?:weeks|months|hours|views|roles|questions|openings)\b"
        r"|\ban (?:backend|practitioner)\b|\bNone\b(?! (?:of|has)\b)|\{\{|\{%",
    )
    found = {page.address: wrong.findall(page.text) for page in site.values() if wrong.search(page.text)}
    assert found == {}


def test_no_sign_of_something_unfinished_is_left(site: dict[str, Page]) -> None:
    unfinished = re.compile(r"\blor.m ips.m\b|\bTO-?DO\b|\bTBD\b|coming soon|under construction", re.IGNORECASE)
    assert [page.address for page in site.values() if unfinished.search(page.text)] == []
