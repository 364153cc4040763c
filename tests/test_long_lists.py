"""Lists stay short however many guides there are: pages that lead on, and the first rows of a skill's lists."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client

from guides.models import RequiredSkill, Role, Skill, Transition
from guides.views import origin, roles, skills, transitions
from guides.views.origin import Reader, origins
from guides.views.visitor import Held
from tests import rows
from tests.pages import Page, get, links

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(monkeypatch: pytest.MonkeyPatch) -> list[Role]:
    """Five roles, each with a guide to the next, on a site that shows two of anything at a time."""
    for module, name in ((roles, "PER_PAGE"), (transitions, "PER_PAGE"), (skills, "MOST"), (origin, "MOST_ORIGINS")):
        monkeypatch.setattr(module, name, 2)
    made = [rows.role(f"{letter} keeper") for letter in ("Archive", "Bridge", "Canal", "Dairy", "Engine")]
    for before, after in pairwise(made):
        rows.transition(before, after)
    return made


def titles(page: Page, prefix: str) -> list[str]:
    """The texts of the links of the list that lead below an address, in their order."""
    return [text for address, text in links(page.main).items() if address.startswith(prefix) and address != prefix]


def pager(page: Page) -> dict[str, str]:
    """Words and addresses of the links between the pages of a list."""
    return {text: address for address, text in links(page.main).items() if "page=" in address}


@pytest.mark.usefixtures("five")
def test_the_roles_stand_on_several_pages(client: Client) -> None:
    first = get(client, "/roles/")
    assert titles(first, "/roles/") == ["Archive keeper", "Bridge keeper"]
    assert "5 roles" in first.text
    assert "Roles 1 to 2 of 5" in first.text
    assert pager(first) == {"Further": "?page=2"}
    last = get(client, "/roles/?page=3")
    assert titles(last, "/roles/") == ["Engine keeper"]
    assert pager(last) == {"Before": "?page=2"}
    assert not first.faults


@pytest.mark.usefixtures("five")
def test_filters_and_order_are_kept_from_page_to_page(client: Client) -> None:
    page = get(client, "/roles/?coding=optional&sort=title&page=2")
    assert pager(page) == {
        "Before": "?coding=optional&sort=title&page=1",
        "Further": "?coding=optional&sort=title&page=3",
    }
    assert "5 roles that match" in page.text


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("page", ["0", "-1", "9999999999999999999", "two", ""])
def test_a_page_that_is_not_there_is_the_first_or_the_last(client: Client, page: str) -> None:
    for address in ("/roles/", "/transitions/"):
        assert get(client, f"{address}?page={page}").status == 200


@pytest.mark.usefixtures("five")
def test_the_guides_stand_on_several_pages(client: Client) -> None:
    first, last = get(client, "/transitions/"), get(client, "/transitions/?page=2")
    assert "Guides 1 to 2 of 4" in first.text
    assert "From Canal keeper to dairy keeper" in last.text.replace("From canal", "From Canal")
    assert pager(last) == {"Before": "?page=1"}


def test_a_hidden_role_is_not_counted(client: Client, five: list[Role]) -> None:
    Role.objects.filter(pk=five[0].pk).update(is_published=False)
    assert "4 roles" in get(client, "/roles/").text
    assert "Guides 1 to 2 of 3" in get(client, "/transitions/").text


def test_a_short_list_has_one_page(client: Client) -> None:
    rows.transition(rows.role("Archive keeper"), rows.role("Bridge keeper"))
    for address in ("/roles/", "/transitions/"):
        assert "page=" not in get(client, address).html


def test_a_skill_that_everybody_needs_shows_the_first_roles(client: Client, five: list[Role]) -> None:
    skill = rows.skill("Measuring")
    levels = ("awareness", "working", "practitioner", "expert")
    Skill.objects.update(levels=dict.fromkeys(levels, "It is."), hours=dict.fromkeys(levels, 10))
    for number, role in enumerate(five):
        RequiredSkill.objects.create(role=role, skill=skill, number=number, level=2, importance="optional", why="So.")
    page = get(client, "/skills/measuring/")
    assert "These are the first 2, the highest levels before the others; more roles ask for it." in page.text
    assert titles(page, "/roles/") == ["Archive keeper", "Bridge keeper"]


def test_a_page_offers_some_roles_to_come_from_and_always_that_of_the_reader(five: list[Role]) -> None:
    assert [slug for slug, _ in origins(Reader(Held()))] == ["archive-keeper", "bridge-keeper"]
    reader = Reader(Held({}, five[-1]), slug=five[-1].slug)
    assert [slug for slug, _ in origins(reader)] == ["archive-keeper", "bridge-keeper", "engine-keeper"]


def test_the_home_page_counts_everything_and_draws_the_first(client: Client, five: list[Role]) -> None:
    page = get(client, "/")
    assert page.status == 200
    assert str(len(five)) in page.text
    assert Transition.objects.count() == 4
