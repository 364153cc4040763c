"""Caches between site and visitors: nobody gets what belongs to somebody else, nobody chooses what others get.

Number 17 of the list in docs/security.md; tests/test_page_cache.py is about the site's own cache.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.hostile.markup import PROBE
from tests.hostile.routes import public
from tests.hostile.served import HOST, Served, ask, nginx
from tests.keepers import keeper, only_plan

PRIVATE = {"private", "no-store"}


def control(headers: object) -> set[str]:
    """The words of Cache-Control."""
    said = headers.get("Cache-Control", "") if hasattr(headers, "get") else ""
    return {word.strip().partition("=")[0] for word in said.split(",")}


def vary(headers: object) -> set[str]:
    """The names in Vary, in small letters."""
    said = headers.get("Vary", "") if hasattr(headers, "get") else ""
    return {word.strip().lower() for word in said.split(",")}


@pytest.mark.usefixtures("sample")
def test_no_answer_with_a_cookie_or_for_one_visitor_may_be_kept_for_others() -> None:
    anybody, owner = Client(), keeper("for=roles/analyst&skill-sql=2")
    plan = only_plan(owner).id
    for route in public():
        for client in (anybody, owner):
            response = client.get(route.of(plan_id=plan))
            if response.cookies or "no-store" in control(response.headers):
                assert PRIVATE & control(response.headers), route.path
                assert "public" not in control(response.headers), route.path
            if response.cookies:
                assert "cookie" in vary(response.headers), route.path


@pytest.mark.usefixtures("sample")
def test_what_differs_for_those_who_keep_something_says_so() -> None:
    anybody, owner = Client(), keeper("for=roles/analyst&skill-sql=2&coding=yes")
    plan = only_plan(owner).id
    differing = 0
    for route in public():
        address = route.of(plan_id=plan)
        first, second = anybody.get(address), owner.get(address)
        if first.getvalue() != second.getvalue() and second.status_code == 200:
            differing += 1
            assert "no-store" in control(second.headers), route.path
            if first.status_code == 200 and "no-store" not in control(first.headers):
                assert "cookie" in vary(first.headers), route.path
    assert differing > 10


@pytest.mark.usefixtures("sample")
def test_a_page_and_its_fragment_are_told_apart() -> None:
    client = Client()
    apart = 0
    for route in public():
        page = client.get(route.path)
        fragment = client.get(route.path, headers={"hx-request": "true"})
        if page.getvalue() != fragment.getvalue() and not page.cookies:
            assert "hx-request" in vary(page.headers), route.path
            assert "hx-request" in vary(fragment.headers), route.path
            apart += 1
    assert apart > 5


# --- The deployment itself, with its page cache ---------------------------------------------------------------------


def test_public_pages_set_no_cookie_and_keep_their_tag(running: Served) -> None:
    for address in (
        "/",
        "/roles/",
        "/roles/analyst/",
        "/transitions/analyst/engineer/",
        "/skills/sql/",
        "/search/?q=sql",
    ):
        first, second = running.get(address), running.get(address)
        assert "Set-Cookie" not in first.headers
        assert first.headers["ETag"] == second.headers["ETag"]
        assert first.text == second.text
        assert "csrfmiddlewaretoken" not in first.text
        known = running.get(address, If_None_Match=first.headers["ETag"])
        assert (known.status, known.text) == (304, "")
        assert "X-Request-ID" not in known.headers or known.headers["X-Request-ID"] != first.headers["X-Request-ID"]


UNKEYED = {
    "X-Forwarded-Host": "otherplace.example",
    "X-Forwarded-Prefix": "/otherplace",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "X-Host": "otherplace.example",
    "Accept-Language": "de, ar;q=0.9",
    "User-Agent": PROBE,
    "Referer": f"https://otherplace.example/{PROBE}",
    "Origin": "https://otherplace.example",
    "Range": "bytes=0-10",
    "Accept": "application/json",
    "HX-Target": "otherplace",
    "HX-Current-URL": "https://otherplace.example/",
    "X-Request-ID": "chosen-by-a-visitor",
    "Cookie": "unknown=otherplace; django_language=de",
}
"""Headers that no cache looks at. What they change, everybody would get."""


def test_no_header_that_caches_do_not_know_changes_a_page(running: Served) -> None:
    """Whoever asks first, with the header, decides nothing for whoever comes after them."""
    for number, (name, value) in enumerate(UNKEYED.items()):
        address = f"/roles/?months={number}"
        poisoned = running.get(address, **{name: value})
        plain = running.get(address)
        assert (poisoned.status, plain.status) == (200, 200), name
        for text in (poisoned.text, plain.text):
            assert "otherplace" not in text, name
            assert "xss-probe" not in text, name
        assert plain.text == poisoned.text, name


def test_parameters_that_no_page_reads_reach_no_page(running: Served) -> None:
    plain = running.get("/roles/")
    for query in (
        "utm_source=otherplace",
        f"_={PROBE.replace(' ', '+')}",
        "cb=1&cb=2",
        "callback=otherplace",
        ";a=b",
        "%00x=1",
    ):
        asked = running.get(f"/roles/?{query}")
        assert asked.status in (200, 400), query
        if asked.status == 200:
            assert asked.text == plain.text, query


def test_a_page_that_is_asked_for_as_a_file_is_not_kept_as_one(running: Served) -> None:
    """A cache that keeps by ending is not to keep what somebody keeps under the name of a style sheet."""
    for address in (
        "/keep/style.css",
        "/keep/;style.css",
        "/keep/%2e%2e/style.css",
        "/plans/k3f9/style.css",
        "/ledger/x.js",
    ):
        answer = running.get(address)
        assert answer.status in (301, 400, 404), address


@pytest.mark.long
def test_a_cache_in_front_never_mixes_visitors_or_fragments(running: Served) -> None:
    """nginx as a cache that believes every header of the site: page, fragment and visitor stay apart."""
    with nginx(f"127.0.0.1:{running.port}", caches=True) as port:
        first, second = ask(port, "/roles/"), ask(port, "/roles/")
        assert (first.headers["X-Kept"], second.headers["X-Kept"]) == ("MISS", "HIT")
        assert second.text == first.text
        for kept in ("MISS", "HIT"):
            fragment = ask(port, "/roles/", HX_Request="true")
            assert fragment.headers["X-Kept"] == kept
            assert "<html" not in fragment.text
        page = ask(port, "/roles/")
        assert page.headers["X-Kept"] == "HIT"
        assert "<html" in page.text
        started = ask(port, "/keep/start/")
        assert "Set-Cookie" in started.headers
        assert "Set-Cookie" not in ask(port, "/roles/").headers
        assert ask(port, "/keep/start/").headers["Set-Cookie"] != started.headers["Set-Cookie"]
        for number, poison in enumerate(
            ({"X-Forwarded-Host": "otherplace.example"}, {"Cookie": "a=otherplace"}, {"Origin": "https://otherplace"})
        ):
            # Each is the first to ask for an address of its own.
            address = f"/roles/?months={number}"
            poisoned, plain = ask(port, address, **poison), ask(port, address)
            assert poisoned.headers["X-Kept"] == "MISS"
            assert "otherplace" not in poisoned.text + plain.text
            assert "<html" in plain.text
        assert ask(port, "/", Host="otherplace.example").status == 400
        assert ask(port, "/", Host=HOST).status == 200
