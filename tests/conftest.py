"""What all tests share: the guides of content/, the site's pages, the browser, and what is said when there is none.

`make test` sets CHROMIUM to a browser it found or installed. Without one the tests that need it are skipped and listed
at the end; with REQUIRE_BROWSER=1 they fail.
"""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from careerpaths import static_files
from tests import pages

# How long an example takes says more about the machine than about the code; tests assert no times.
hypothesis.settings.register_profile("careerpaths", deadline=None)
hypothesis.settings.load_profile("careerpaths")

# Playwright runs an event loop in the thread of the test, which makes Django refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parent.parent
NO_BROWSER = "no Chromium or Chrome was found"

_ARGUMENTS = [
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def browser_path() -> str | None:
    """The browser that CHROMIUM names, or one that this machine has; None without one. Nothing is installed."""
    found = subprocess.run([ROOT / ".ci/browser", "--installed"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def browser_required() -> bool:
    return os.environ.get("REQUIRE_BROWSER", "") not in {"", "0"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "content_rows" in fixtures:
            # The test database is made for the sake of marked tests alone.
            item.add_marker(pytest.mark.django_db)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or browser_path() is not None:
        return
    if browser_required():
        pytest.fail(f"{NO_BROWSER}, and REQUIRE_BROWSER is set", pytrace=False)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    left_out = [
        report.nodeid for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)
    ]
    if not left_out:
        return
    terminalreporter.section(f"NOT RUN: {len(left_out)} browser tests, because {NO_BROWSER}", "#", red=True, bold=True)
    for name in sorted(left_out):
        terminalreporter.line(f"    {name}")
    terminalreporter.line("Install one (Debian: apt install chromium) or set CHROMIUM to its path, and run again.")
    terminalreporter.line("REQUIRE_BROWSER=1 makes this a failure.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run; each test gets a context of its own from `open_page`."""
    # Root has no sandbox of its own to give away; everybody else keeps it.
    arguments = [*_ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else _ARGUMENTS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path(), args=arguments)
        yield started
        started.close()


class PageErrors(list[str]):
    """What went wrong in the pages of a test: console errors (refusals of the content policy among them), uncaught
    exceptions, and requests to other hosts."""

    def expect(self, part: str) -> None:
        """Forgive the errors that contain `part`; fails when there is none."""
        rest = [error for error in self if part not in error]
        assert len(rest) < len(self), f"no page error contains {part!r}: {list(self)}"
        self[:] = rest


@pytest.fixture
def page_errors() -> Iterator[PageErrors]:
    """Errors of all pages of the test so far; any that is left at the end fails it."""
    errors = PageErrors()
    yield errors
    assert not errors, "\n".join(["the pages of this test had errors:", *errors])


SHEETS = {f"/static/{name}": name for name in static_files.SHEETS}


@cache
def _sheet(path: str) -> str:
    """A style sheet in one piece."""
    return static_files.join(SHEETS[path], lambda name: (ROOT / "static" / name).read_text(encoding="utf-8"))[0]


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, page_errors: PageErrors) -> Iterator[OpenPage]:
    """Makes pages of the running site: `open_page("/roles/", java_script_enabled=False, color_scheme="dark")`.

    The first argument is the address on the site to go to, if any; the others are those of Browser.new_context. Every
    page has a context, and so the cookies, of its own.
    """
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            page_errors.append(f"{message.location.get('url', '')}: {message.text}")

    def thrown(error: Error) -> None:
        page_errors.append(str(error))

    def requested(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path in SHEETS:
            # In one piece, as visitors get it: the parts would be a request each.
            route.fulfill(body=_sheet(address.path), content_type="text/css")
            return
        if f"{address.scheme}://{address.netloc}" == live_server.url or address.scheme in {"data", "blob"}:
            route.continue_()
            return
        page_errors.append(f"a request left the site: {route.request.url}")
        route.abort()

    def make(address: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.route("**/*", requested)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", thrown)
        if address:
            page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page of the running site at no address yet, with JavaScript and a desktop window."""
    return open_page()


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """Forgets roles that the process holds: tests change and roll back content without moving its version."""
    from guides import atlas, overview, published_roles, search

    for module in (published_roles, atlas, overview, search):
        module.forget()
    yield
    for module in (published_roles, atlas, overview, search):
        module.forget()


Rows = list[tuple[type[Model], list[Model]]]
"""Rows of each content table."""


def _write(rows: Rows) -> None:
    """Puts rows with their keys into empty tables, at once and without signals."""
    with transaction.atomic():
        for model, those in rows:
            model._base_manager.bulk_create(those)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _ in rows]):
                cursor.execute(statement)


@pytest.fixture(scope="session")
def content_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
    """The rows that `load_content` makes of content/. Loaded once; the database is left empty."""
    from guides.loader.load import load_content
    from guides.models import content

    with django_db_blocker.unblock(), transaction.atomic():
        assert not content.Category.objects.exists(), "this is not the empty database of the tests"
        load_content(settings.CONTENT_DIR)
        models = apps.get_app_config("guides").get_models(include_auto_created=True)
        filled = [model for model in models if model.__module__ == content.__name__]
        rows = [(model, list(model._base_manager.order_by("pk"))) for model in filled]
        transaction.set_rollback(True)
    return [(model, those) for model, those in rows if those]


@pytest.fixture
def content(db: None, content_rows: Rows) -> None:
    """The guides of content/ in the database of the test, and of the live server if the test has one."""
    _write(content_rows)


def _visit(addresses: Iterable[str], rows: Rows, blocker: DjangoDbBlocker) -> dict[str, pages.Page]:
    """Those pages as a visitor gets them; afterwards the database is empty again."""
    with blocker.unblock(), transaction.atomic():
        _write(rows)
        found = {address: pages.get(Client(), address) for address in addresses}
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def site(content_rows: Rows, django_db_blocker: DjangoDbBlocker) -> dict[str, pages.Page]:
    """Every page of the guides of content/, by address, as a visitor gets it. Needs no database in the test."""
    return _visit(pages.addresses(), content_rows, django_db_blocker)


@pytest.fixture(scope="session")
def kinds(content_rows: Rows, django_db_blocker: DjangoDbBlocker) -> dict[str, pages.Page]:
    """A page of each kind, empty and wrong ones among them, by the name of the kind. Needs no database in the test."""
    found = _visit(pages.KINDS.values(), content_rows, django_db_blocker)
    return {kind: found[address] for kind, address in pages.KINDS.items()}
