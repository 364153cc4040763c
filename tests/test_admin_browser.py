"""The admin in a browser: no barrier that axe can find, nothing that the content policy refuses, and it works."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from guides.loader.load import load_content
from guides.models import Role
from tests.conftest import OpenPage, PageErrors


@pytest.fixture
def curate(transactional_db: None, open_page: OpenPage, live_server: LiveServer) -> Page:
    """A page of a curator who is logged in, with the real content."""
    load_content(settings.CONTENT_DIR)
    client = Client()
    client.force_login(User.objects.create_superuser("curator", password="curator"))
    page = open_page()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def barriers(page: Page, page_errors: PageErrors) -> str:
    assert page_errors == []
    found = Axe().run(page)
    # The content policy refuses the styles that axe writes into the page while it measures.
    page_errors[:] = [error for error in page_errors if "inline style" not in error]
    return "" if found.violations_count == 0 else str(found.generate_report())


def test_pages_have_no_barrier_that_axe_finds(curate: Page, page_errors: PageErrors) -> None:
    role = Role.objects.get(slug="backend-developer")
    Role.objects.filter(slug="ai-artist").update(is_published=False, review_by="2020-01-01")
    for scheme in ("light", "dark"):
        curate.emulate_media(color_scheme=scheme)
        for address in ("/admin/", "/admin/guides/role/", f"/admin/guides/role/{role.pk}/change/"):
            curate.goto(address)
            assert barriers(curate, page_errors) == "", f"{address} in {scheme}"


def test_a_role_is_unpublished_from_the_list(curate: Page) -> None:
    curate.goto("/admin/guides/role/")
    row = curate.get_by_role("row").filter(has_text="Backend developer")
    row.get_by_role("checkbox").first.check()
    curate.get_by_label("Action:").select_option(label="Unpublish the selected roles")
    curate.locator("button[name=index]").click()
    expect(curate.get_by_text("1 role is now hidden.")).to_be_visible()
    row.get_by_role("link", name="Preview").click()
    expect(curate.get_by_role("heading", level=1)).to_contain_text("Backend developer", ignore_case=True)
