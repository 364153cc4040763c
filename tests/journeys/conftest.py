"""The browsers of the journeys: two for the whole run, so that style sheets come once, with no cookies of the last one.

They keep what they fetched, which a page with routes does not; requests that leave the site are watched, not stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from guides import keeping
from tests.conftest import PageErrors
from tests.journeys.visitors import WATCH, WAYS, Visitor


def _device(browser: Browser, server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    context.add_init_script(WATCH)
    yield context
    context.close()


@pytest.fixture(scope="session")
def own_device(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """The browser of the visitor."""
    yield from _device(browser, live_server)


@pytest.fixture(scope="session")
def other_device(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """Another browser: of a mentor, or on the visitor's telephone."""
    yield from _device(browser, live_server)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


OVERTAKEN = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx reports of a request that a newer one overtakes, which is how races are meant to end. The second stands
beside other errors too, never alone."""

Opened = Callable[[BrowserContext], Page]


@pytest.fixture
def open_on(page_errors: PageErrors, live_server: LiveServer, content: None) -> Iterator[Opened]:
    """Opens a page on a device that knows no cookie; what goes wrong in it fails the test."""
    opened: list[Page] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in OVERTAKEN):
            page_errors.append(f"{message.location.get('url', '')}: {message.text}")

    def requested(request: Request) -> None:
        address = urlsplit(request.url)
        if f"{address.scheme}://{address.netloc}" != live_server.url and address.scheme not in {"data", "blob"}:
            page_errors.append(f"a request left the site: {request.url}")

    def make(device: BrowserContext) -> Page:
        device.clear_cookies()
        page = device.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        page.on("request", requested)
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.context.set_offline(False)
        page.close()


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def visitor(request: pytest.FixtureRequest, own_device: BrowserContext, open_on: Opened) -> Visitor:
    """Makes the journey: by clicks, by keys, and without scripts."""
    way: type[Visitor] = request.param
    return way(open_on(own_device))


@pytest.fixture
def somebody_else(visitor: Visitor, other_device: BrowserContext, open_on: Opened) -> Visitor:
    """The same kind of visitor at another device."""
    return type(visitor)(open_on(other_device))


Carry = Callable[[Client, Visitor], None]


@pytest.fixture
def carry(live_server: LiveServer) -> Carry:
    """Lets a visitor's device open what somebody keeps, as if they had begun to keep it there."""

    def give(owner: Client, visitor: Visitor) -> None:
        name = keeping.cookie_name()
        value = owner.cookies[name].value
        visitor.page.context.add_cookies([{"name": name, "value": value, "url": live_server.url, "httpOnly": True}])

    return give
