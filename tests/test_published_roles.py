"""Published roles are read once for each version of the content, and never later than an admin decides."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides import published_roles as held
from guides.curation import content_changed
from guides.models import Category, Role, Skill
from guides.published_roles import published_roles
from guides.role_profiles import profiles_of
from tests.pages import ROLES, get

pytestmark = pytest.mark.usefixtures("content")

ROLE = "ai-artist"
CHOICES = {"/fit/": "from", "/compare/": "add-role", "/plan/": "id_from", "/ledger/": "ledger-role"}
"""Pages that let one choose a role, with the id of the field."""


def test_they_are_all_there_by_title_with_their_facts() -> None:
    everybody = published_roles()
    assert sorted(everybody.roles) == sorted(everybody.sheets) == ROLES
    assert [title for _, title in everybody.titles] == sorted(title for _, title in everybody.titles)
    assert {slug: sheet.profile for slug, sheet in everybody.sheets.items()} == profiles_of(Role.objects.published())


def test_the_second_request_asks_for_the_version_alone() -> None:
    assert published_roles().questions
    with CaptureQueriesContext(connection) as queries:
        again = published_roles()
        assert again.questions
    assert len(queries) == 1


def test_a_hidden_role_is_gone_with_the_next_request(client: Client) -> None:
    assert ROLE in published_roles().sheets
    content_changed()
    Role.objects.filter(slug=ROLE).update(is_published=False)
    assert ROLE not in published_roles().sheets
    for address, field in CHOICES.items():
        assert ROLE not in {one.get("value") for one in get(client, address).part(field).iter("option")}


def test_with_its_category_a_role_is_hidden_too(client: Client) -> None:
    published_roles()
    content_changed()
    Category.objects.filter(roles__slug=ROLE).update(is_published=False)
    assert ROLE not in published_roles().roles
    assert "AI artist" not in get(client, "/fit/?coding=no").says("fit-ranking")


def test_a_hidden_skill_has_no_page_to_lead_to_with_the_next_request(client: Client) -> None:
    address = f"/compare/?role={ROLE}&role=graphic-designer"
    assert published_roles().sheets
    assert 'href="/skills/visual-composition/"' in get(client, address).html
    content_changed()
    Skill.objects.filter(slug="visual-composition").update(is_published=False)
    assert 'href="/skills/visual-composition/"' not in get(client, address).html
    required = published_roles().sheets[ROLE].profile.required
    assert [one.has_page for one in required if one.skill == "visual-composition"] == [False]


def test_one_version_is_held_and_no_more_roles_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    first = published_roles()
    assert published_roles() is first
    content_changed()
    second = published_roles()
    assert second is not first
    assert len(held._held) == 1
    monkeypatch.setattr(held, "MOST_HELD", len(ROLES) - 1)
    content_changed()
    assert published_roles() is not published_roles()


def test_a_role_that_was_deleted_meanwhile_is_left_out() -> None:
    everybody = published_roles()
    Role.objects.get(slug=ROLE).transitions_from.all().delete()
    Role.objects.get(slug=ROLE).transitions_into.all().delete()
    Role.objects.filter(slug=ROLE).delete()
    assert ROLE not in everybody.sheets
    assert everybody.profile(ROLE) is None
