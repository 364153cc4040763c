"""Parts of pages that everybody shares are the same as without being kept, and nobody else's."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.template import TemplateSyntaxError, engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides import page_parts
from guides.curation import content_changed, content_version
from guides.models import Keep, RequiredSkill, Role
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


def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("editor", is_staff=True))
    return client


def keeper_of_a_later_version() -> Client:
    """Somebody whose document cannot be read; the page says so."""
    client = keeper("coding=no")
    Keep.objects.filter(pk=Keep.objects.latest("pk").pk).update(document='{"format": 99}')
    return client


def visits() -> list[tuple[Client, str]]:
    """Everybody in turn, with what they say about themselves and what they keep."""
    anybody = Client()
    one, other = RequiredSkill.objects.filter(role__slug=ROLES[0]).values_list("skill__slug", flat=True)[:2]
    people = (
        (anybody, ""),
        (anybody, f"?from={ROLES[-1]}"),
        (anybody, "?from=wherever"),
        (anybody, "?coding=no&pay=1"),
        (keeper(f"skill-{one}=3&skill-{other}=2"), ""),
        (keeper(f"skill-{one}=1&skill-{other}=4"), ""),
        (keeper(f"skill-{one}=1"), f"?from={ROLES[-1]}"),
        (keeper("coding=no&remote=yes&ai=no&pay=50000&months=12"), ""),
        (keeper_of_a_later_version(), ""),
        (editor(), ""),
        (Client(), ""),
    )
    return [(client, f"/roles/{slug}/{query}") for slug in ROLES[:2] for client, query in people]


@pytest.mark.usefixtures("content")
def test_a_page_of_kept_parts_is_the_page_without_them(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    asked = visits()
    plain = [client.get(address).content for client, address in asked]
    of_one_page = plain[: len(plain) // 2]
    # Those who say nothing that counts, an editor among them, get one page; everybody else has another one.
    assert len(set(of_one_page)) == len(of_one_page) - 3
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
    # The question that is left is for the version.
    assert counts[1] <= 1 < 10 <= counts[0]


@pytest.mark.usefixtures("content", "kept")
def test_kept_parts_end_with_the_version_of_the_content() -> None:
    address, role = f"/roles/{ROLES[0]}/", Role.objects.filter(slug=ROLES[0])
    Client().get(address)
    content_changed()
    role.update(summary="Something else entirely.")
    assert b"Something else entirely.</p>" in Client().get(address).content


@pytest.mark.usefixtures("content", "kept")
def test_a_page_that_staff_preview_is_kept_from_visitors_until_it_is_public_and_from_then_on() -> None:
    address, role = f"/roles/{ROLES[0]}/", Role.objects.filter(slug=ROLES[0])
    staff, somebody = editor(), keeper("skill-sql=3")

    def seen() -> list[int]:
        content_changed()
        return [client.get(address).status_code for client in (staff, staff, Client(), somebody, staff, Client())]

    assert seen() == [200] * 6
    role.update(is_published=False)
    assert seen() == [200, 200, 404, 404, 200, 404]
    assert b"Not public" in staff.get(address).content
    role.update(is_published=True)
    assert seen() == [200] * 6
    assert b"Not public" not in staff.get(address).content


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


@pytest.mark.usefixtures("kept", "db")
def test_what_is_the_same_for_some_alone_is_rendered_anew_for_the_others() -> None:
    parts = PageParts("/", lambda: {"name": "nobody"})
    source = '{% part parts "one" if is_nobody %}{{ name }}{% endpart %}'
    for name in ("Ada", "nobody", "Grace"):
        assert render(source, parts=parts, name=name, is_nobody=name == "nobody") == name
    assert parts.get("one") == "nobody"


@pytest.mark.usefixtures("kept", "db")
def test_the_frame_around_a_page_without_parts_is_rendered_as_it_stands() -> None:
    source = '{% part parts "head" %}{{ name }}{% endpart %}'
    for name in ("Ada", "Grace"):
        assert render(source, name=name) == render(source, name=name, parts=["of something else"]) == name


@pytest.mark.parametrize(
    "tag",
    [
        "part",
        "part parts",
        'part "one" parts',
        "part parts one",
        'part parts "one" more',
        'part parts "one" if',
        'part parts "one" unless more',
    ],
)
def test_a_part_without_a_name_is_refused(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="part is written as"):
        render(f"{{% {tag} %}}{{% endpart %}}")
