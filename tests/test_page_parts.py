"""Parts of pages that everybody shares are the same as without being kept, and nobody else's."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection
from django.template import TemplateSyntaxError, engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides import page_parts
from guides.curation import content_changed, content_version
from guides.models import Role
from guides.page_parts import PageParts
from guides.shelf import Shelf
from tests.keepers import keeper
from tests.pages import ROLES

ROOM = 4 * 2**20


class Moved:
    """The version as the database of the test has it."""

    def current(self) -> tuple[int, str]:
        number, loaded_at = content_version()
        return number, str(loaded_at)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for parts, which other tests do without."""
    monkeypatch.setattr(page_parts, "_shelf", Shelf(ROOM))
    monkeypatch.setattr(page_parts, "of_this_process", Moved)


def visits() -> list[tuple[Client, str]]:
    """Everybody in turn: somebody who says nothing, who says a role, who keeps a ledger."""
    anybody, somebody = Client(), keeper("?skill-sql=3&skill-technical-writing=2")
    pages = [f"/roles/{slug}/" for slug in ROLES[:2]]
    return [
        (client, address)
        for page in pages
        for client, address in ((anybody, page), (anybody, f"{page}?from={ROLES[-1]}"), (somebody, page))
    ]


@pytest.mark.usefixtures("content")
def test_a_page_of_kept_parts_is_the_page_without_them(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    asked = visits()
    plain = [client.get(address).content for client, address in asked]
    request.getfixturevalue("kept")
    for order in (asked, asked[::-1]):
        monkeypatch.setattr(page_parts, "_shelf", Shelf(ROOM))
        first = {(client, address): client.get(address).content for client, address in order}
        again = {(client, address): client.get(address).content for client, address in order}
        assert [first[one] for one in asked] == plain
        assert [again[one] for one in asked] == plain


@pytest.mark.usefixtures("content", "kept")
def test_what_a_kept_part_is_made_of_is_not_fetched_again() -> None:
    address = f"/roles/{ROLES[0]}/"
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        counts.append(len(queries))
    assert counts[1] <= 3 < 10 <= counts[0]


@pytest.mark.usefixtures("content", "kept")
def test_kept_parts_end_with_the_version_of_the_content() -> None:
    address, role = f"/roles/{ROLES[0]}/", Role.objects.filter(slug=ROLES[0])
    Client().get(address)
    content_changed()
    role.update(summary="Something else entirely.")
    assert b"Something else entirely.</p>" in Client().get(address).content


def render(source: str, **context: object) -> str:
    return str(engines["django"].from_string("{% load parts %}" + source).render(context))


@pytest.mark.usefixtures("kept", "db")
def test_nothing_of_the_visitor_is_seen_inside_of_a_part() -> None:
    parts = PageParts("/", lambda: {"public": "<everybody>"})
    source = '{{ secret }}: {% part parts "one" %}{{ public }}{{ secret }}{{ request }}{% endpart %}'
    for secret in ("mine", "yours"):
        assert render(source, parts=parts, secret=secret) == f"{secret}: &lt;everybody&gt;"


@pytest.mark.usefixtures("kept", "db")
def test_parts_of_one_name_on_two_pages_are_two() -> None:
    source = '{% part parts "one" %}{{ page }}{% endpart %}'
    pages = {page: PageParts(page, partial(dict, page=page)) for page in ("a", "b")}
    for _ in range(2):
        assert {page: render(source, parts=parts) for page, parts in pages.items()} == {"a": "a", "b": "b"}


@pytest.mark.parametrize("tag", ["part", "part parts", 'part "one" parts', "part parts one", 'part parts "one" more'])
def test_a_part_without_a_name_is_refused(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="part is written as"):
        render(f"{{% {tag} %}}{{% endpart %}}")
