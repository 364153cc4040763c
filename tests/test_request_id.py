"""Every answer names its request, and the page for our own faults says the name."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from careerpaths import request_id
from careerpaths.request_id import RequestId
from guides.views import errors
from tests.pages import read

MADE = re.compile(r"[0-9a-f]{32}")


def answer(said: str = "") -> tuple[str, str]:
    """The id that the view meets and the one that the visitor gets."""
    met: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        assert request.headers["X-Request-ID"] == request_id.current.get()
        met.append(request_id.current.get())
        return HttpResponse()

    headers = {"x-request-id": said} if said else {}
    got = RequestId(view)(RequestFactory().get("/", headers=headers)).headers["X-Request-ID"]
    assert request_id.current.get() == ""
    return met[0], got


def test_every_request_has_an_id_of_its_own() -> None:
    first, second = answer(), answer()
    assert first[0] == first[1]
    assert MADE.fullmatch(first[0])
    assert first != second


def test_the_name_that_the_proxy_gave_is_kept() -> None:
    assert answer("4bf92f3577b34da6a3ce929d0e0e4736") == ("4bf92f3577b34da6a3ce929d0e0e4736",) * 2


@pytest.mark.parametrize(
    "said", ["short", "x" * 65, 'a"b<script>alert', "with blanks in", "line\nfeed-injected", "é" * 10]
)
def test_a_name_that_could_break_a_log_or_a_page_is_replaced(said: str) -> None:
    assert MADE.fullmatch(answer(said)[1])


def test_the_name_that_a_visitor_gives_is_not_taken(client: Client) -> None:
    got = client.get("/robots.txt", headers={"x-request-id": "chosen-by-a-visitor"}).headers["X-Request-ID"]
    assert MADE.fullmatch(got)


def test_the_page_for_our_fault_says_the_name() -> None:
    request = RequestFactory().get("/", headers={"x-request-id": "4bf92f3577b34da6"})
    assert "name this request: 4bf92f3577b34da6" in read("/", errors.server_error(request)).text


def test_when_that_page_has_a_fault_too_there_is_a_bare_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*parts: object, **more: object) -> HttpResponse:
        raise RuntimeError("no templates")

    monkeypatch.setattr(errors, "render", broken)
    response = errors.server_error(RequestFactory().get("/", headers={"x-request-id": "4bf92f3577b34da6"}))
    assert response.status_code == 500
    assert "4bf92f3577b34da6" in response.content.decode()
    assert read("/", response).heading == "There is a problem with the site"
