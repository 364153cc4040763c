"""What programs ask for by a fixed address: robots.txt, the sitemap of what is public, the icon."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from guides.models import Category, Role, Skill
from tests.pages import ROLES, SKILLS, TRANSITIONS, role_facts

ORIGIN = "https://guides.example"


def sitemap(client: Client) -> dict[str, str | None]:
    """Days of the last change by address."""
    with override_settings(SITE_URL=ORIGIN):
        response = client.get("/sitemap.xml")
    assert response.status_code == 200
    found = re.findall(r"<url>\s*<loc>(.*?)</loc>(?:\s*<lastmod>(.*?)</lastmod>)?.*?</url>", response.content.decode())
    return {address: day or None for address, day in found}


def test_robots_may_read_the_guides_and_are_led_to_the_sitemap(client: Client) -> None:
    with override_settings(SITE_URL=ORIGIN):
        response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /keep/", "Disallow: /plans/", "Disallow: /shared/"} <= set(lines)
    assert "Disallow: /" not in lines


@pytest.mark.usefixtures("content")
def test_the_sitemap_names_every_public_guide_at_the_public_origin(client: Client) -> None:
    addresses = sitemap(client)
    assert all(address.startswith(f"{ORIGIN}/") for address in addresses)
    expected = {f"{ORIGIN}/roles/{slug}/{part}" for slug in ROLES for part in ("", "interview/")}
    expected |= {f"{ORIGIN}/skills/{slug}/" for slug in SKILLS}
    expected |= {f"{ORIGIN}/transitions/{slugs}/" for slugs in TRANSITIONS}
    expected |= {f"{ORIGIN}/", f"{ORIGIN}/method/"}
    assert expected <= addresses.keys()


@pytest.mark.usefixtures("content")
def test_a_guide_was_last_changed_on_the_day_its_file_gives(client: Client) -> None:
    addresses = sitemap(client)
    for slug in ROLES:
        assert addresses[f"{ORIGIN}/roles/{slug}/"] == str(role_facts(slug)["updated_on"])


@pytest.mark.usefixtures("content")
def test_what_is_hidden_for_any_cause_is_not_named(client: Client) -> None:
    Role.objects.filter(slug="ai-artist").update(is_published=False)
    Skill.objects.filter(slug="sql").update(is_published=False)
    Category.objects.filter(slug=role_facts("data-analyst")["category"]).update(is_published=False)
    named = " ".join(sitemap(client))
    assert "ai-artist/" not in named
    assert "/skills/sql/" not in named
    assert "data-analyst/" not in named


@pytest.mark.usefixtures("content")
def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    wrong = [one for one in sitemap(client) if client.get(one.removeprefix(ORIGIN)).status_code != 200]
    assert wrong == []


def test_the_icon_is_found_where_programs_look_for_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(".ico")
