"""What admins have not published is not found by visitors and named nowhere else; staff preview it with a notice."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guides.models import Category, Role, Skill, Transition
from tests.pages import SKILLS, addresses, get, links

pytestmark = pytest.mark.usefixtures("content")

NOTICE = "Only people who are signed in to the admin see this page."
GUIDE = "/transitions/backend-developer/ai-artist/"


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("editor", is_staff=True))
    return client


def everything_else(client: Client, hidden: tuple[str, ...]) -> dict[str, set[str]]:
    """The internal links of every page but the hidden ones."""
    visible = [one for one in addresses() if one not in hidden]
    found = {}
    for address in [*visible, "/search/?q=backend", "/search/?q=artist", "/search/?q=sql", "/search/?q=software"]:
        page = get(client, address)
        assert page.status == 200, address
        found[address] = {target for target, _ in page.internal_links} | {
            f"/roles/{option.get('value')}/" for option in page.all("option") if option.get("value")
        }
    return found


def hide_role() -> tuple[str, ...]:
    Role.objects.filter(slug="ai-artist").update(is_published=False)
    return (
        "/roles/ai-artist/",
        "/roles/ai-artist/interview/",
        "/roles/ai-artist/into/",
        "/roles/ai-artist/fit/",
        "/transitions/ai-artist/",
        GUIDE,
    )


def hide_transition() -> tuple[str, ...]:
    Transition.objects.filter(slugs="backend-developer/ai-artist").update(is_published=False)
    return (GUIDE,)


def hide_category() -> tuple[str, ...]:
    Category.objects.filter(slug="software-engineering").update(is_published=False)
    role = "backend-developer"
    guides = [f"/transitions/{one.slugs}/" for one in Transition.objects.filter(origin__slug=role)]
    return (
        "/categories/software-engineering/",
        f"/roles/{role}/",
        f"/roles/{role}/interview/",
        f"/roles/{role}/into/",
        f"/roles/{role}/fit/",
        f"/transitions/{role}/",
        *guides,
    )


HIDING = {"role": hide_role, "transition": hide_transition, "category": hide_category}


ALONE = [kind for kind in HIDING if kind != "transition"]
"""Kinds whose addresses are gone with them; a move between public roles is computed while its guide is hidden."""


@pytest.mark.parametrize("kind", ALONE)
def test_visitors_do_not_find_it(client: Client, kind: str) -> None:
    for address in HIDING[kind]():
        assert get(client, address).status == 404, address


def test_nothing_of_a_hidden_guide_stands_on_the_computed_page_in_its_place(client: Client) -> None:
    guide = Transition.objects.get(slugs="backend-developer/ai-artist")
    hide_transition()
    page = get(client, GUIDE)
    assert page.status == 200
    assert "nobody has reviewed this pair" in page.text
    for hidden in (guide.summary, guide.effort_why, *(phase.title for phase in guide.roadmap.phases.all())):
        assert hidden not in page.text
    assert "Written guide" not in page.text


@pytest.mark.parametrize("kind", ALONE)
def test_no_other_page_leads_to_it(client: Client, kind: str) -> None:
    hidden = HIDING[kind]()
    leading = {page: targets & set(hidden) for page, targets in everything_else(client, hidden).items()}
    assert {page: targets for page, targets in leading.items() if targets} == {}


@pytest.mark.parametrize("kind", HIDING)
def test_staff_preview_it(staff: Client, kind: str) -> None:
    for address in HIDING[kind]():
        assert get(staff, address).status == 200, address


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("role", "/roles/ai-artist/"),
        ("role", "/roles/ai-artist/interview/"),
        ("transition", GUIDE),
        ("category", "/categories/software-engineering/"),
    ],
)
def test_a_preview_says_that_visitors_do_not_see_it(staff: Client, kind: str, address: str) -> None:
    assert NOTICE not in get(staff, address).text
    HIDING[kind]()
    assert NOTICE in get(staff, address).text


def test_a_hidden_skill_is_not_found_listed_or_searched_and_staff_preview_it(client: Client, staff: Client) -> None:
    Skill.objects.filter(slug="sql").update(is_published=False)
    assert get(client, "/skills/sql/").status == 404
    assert NOTICE in get(staff, "/skills/sql/").text
    assert "/skills/sql/" not in links(get(client, "/skills/").main)
    assert "/skills/sql/" not in links(get(client, "/search/?q=sql").main)
    assert f"{len(SKILLS) - 1} things" in get(client, "/skills/").text


def test_no_page_leads_to_a_hidden_skill(client: Client) -> None:
    Skill.objects.filter(slug="sql").update(is_published=False)
    leading = [
        page for page, targets in everything_else(client, ("/skills/sql/",)).items() if "/skills/sql/" in targets
    ]
    assert leading == []


def test_a_hidden_role_is_counted_nowhere(client: Client) -> None:
    before = get(client, "/skills/").text
    hide_role()
    after = get(client, "/skills/").text
    assert before != after
    assert "From backend developer to AI artist" not in get(client, "/").text
    assert get(client, "/roles/").says("role-count") == f"{Role.objects.count() - 1} roles"


def test_a_guide_whose_destination_is_hidden_is_not_found(client: Client) -> None:
    Role.objects.filter(slug="ai-artist").update(is_published=False)
    assert get(client, GUIDE).status == 404


def test_whoever_is_signed_in_without_being_staff_is_a_visitor(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))
    hide_role()
    assert get(client, "/roles/ai-artist/").status == 404


def test_a_former_address_of_a_hidden_role_does_not_give_it_away(client: Client) -> None:
    from guides.models import FormerAddress

    FormerAddress.objects.create(path="/roles/painter/", is_gone=False, successor="/roles/ai-artist/")
    hide_role()
    assert get(client, "/roles/painter/").status == 404
