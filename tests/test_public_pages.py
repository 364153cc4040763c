"""Every address is kept for everybody or rendered each time, and a kept page misses nothing that its view reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client
from django.urls import Resolver404, resolve

from careerpaths.page_cache import Answer, publishable
from careerpaths.page_key import FRAGMENT_HEADERS
from careerpaths.public_pages import PAGES, RENDERED_EACH_TIME
from guides.compare_forms import FIELDS
from guides.occupation_load import load_occupations
from guides.urls import urlpatterns
from guides.views import pages
from tests.classification import write_classification
from tests.pages import KINDS

WITHOUT_A_KIND = ["/privacy/", "/robots.txt", "/sitemap.xml", "/occupations/software-developers/"]

ANYTHING = "from=backend-developer&q=sql&sort=pay&p=1"


def addresses() -> dict[str, list[str]]:
    """Addresses of each page by its name, from the kinds of pages that all tests know."""
    found: dict[str, list[str]] = {}
    for address in [*KINDS.values(), *WITHOUT_A_KIND]:
        path = address.partition("?")[0]
        with suppress(Resolver404):
            found.setdefault(resolve(path).view_name, []).append(path)
    return found


class Read(QueryDict):
    """A query string that remembers what it was asked for."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        self.names: set[str] = set()
        super().__init__(*arguments, **more)
        self.names.clear()

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        self.names.add(key)
        return super().getlist(key, default)

    def _everything(self, *_: Any) -> Iterator[Any]:
        raise AssertionError("this view reads every parameter; what it may keep has to be named by other means")

    items: Any = _everything
    values: Any = _everything
    lists: Any = _everything
    dict: Any = _everything
    urlencode: Any = _everything
    copy: Any = _everything


def test_every_address_is_kept_or_rendered_each_time() -> None:
    names = {f"guides:{pattern.name}" for pattern in urlpatterns}
    assert names == PAGES.keys() | RENDERED_EACH_TIME
    assert not PAGES.keys() & RENDERED_EACH_TIME


def test_each_kept_page_that_reads_a_query_is_looked_at() -> None:
    assert {name for name, page in PAGES.items() if not page.only_bare} <= addresses().keys()


@pytest.mark.usefixtures("content")
def test_a_kept_page_reads_nothing_but_what_it_is_kept_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read from the views themselves: each is asked with and without a query string, whole and in part."""
    load_occupations(write_classification(tmp_path))
    queries: list[Read] = []

    def get(request: WSGIRequest) -> Read:
        found: Read | None = request.META.get("tests.query")
        if found is None:
            found = request.META["tests.query"] = Read(request.META["QUERY_STRING"])
            queries.append(found)
        return found

    monkeypatch.setattr(WSGIRequest, "GET", property(get))
    for name in PAGES.keys() & addresses().keys() - {"guides:compare"}:
        page = PAGES[name]
        if page.only_bare:
            continue
        queries.clear()
        for query in ("", f"?{ANYTHING}"):
            for headers in ({}, {"hx-request": "true"}):
                response = Client().get(addresses()[name][0] + query, headers=headers)
                assert response.status_code in {200, 302}, name
        assert set().union(*(one.names for one in queries)) == page.once | page.several, name


def test_a_comparison_is_kept_by_all_that_its_form_reads() -> None:
    page = PAGES["guides:compare"]
    assert page.several == {"role", "only"}
    assert page.once == {"baseline", "from", *FIELDS.values()}


@pytest.mark.usefixtures("content")
def test_every_public_page_can_be_kept() -> None:
    known = [paths[0] for name, paths in addresses().items() if name in PAGES]
    bare = ["/fit/", "/plan/", "/ledger/", "/keep/", "/practice/ai-artist/", "/practice/ai-artist/set/"]
    for address in [*known, *bare, "/roles/ai-artist/fit/", "/roles/nowhere/"]:
        response = Client().get(address)
        headers = [*response.headers.items(), *(("Set-Cookie", str(one)) for one in response.cookies.values())]
        answer = Answer(f"{response.status_code} {response.reason_phrase}", headers, response.content)
        assert publishable(answer, has_query=False), address


def test_views_and_cache_agree_on_what_makes_a_fragment() -> None:
    assert pages.FRAGMENT_HEADERS == FRAGMENT_HEADERS
