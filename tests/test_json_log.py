"""The log says what happened to whoever runs the site, and nothing of what visitors typed, keep, or are known by."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from careerpaths import urls as site_urls
from careerpaths.json_log import JsonLines, without_private_parts

CODE = "7GQ2-0M4X-1ABC-9TZP-K3RD-55WW-QE0H"
TOKEN = "Zm9vYmFyYmF6cXV4MTIzNA"
FACTS = ("level", "logger", "message", "method", "route", "status")


class Written(io.StringIO):
    """The lines of a log."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Written]:
    """What Django's loggers and ours write during the test, as in production."""
    written = Written()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("django", "guides")]
    for one in loggers:
        one.addHandler(handler)
    yield written
    for one in loggers:
        one.removeHandler(handler)


def broken(request: HttpRequest, token: str) -> HttpResponse:
    raise ValueError(f"typed: {request.GET.get('note')}") from KeyError("what led there")


def misplaced(request: HttpRequest) -> HttpResponse:
    raise ImproperlyConfigured("STATIC_ROOT is not set")


def odd(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(f"odd code {CODE} at /keep/?code={CODE}")


urlpatterns = [
    path("broken/<str:token>/", broken),
    path("misplaced/", misplaced),
    path("odd/", odd),
    *site_urls.urlpatterns,
]
handler400 = site_urls.handler400
handler500 = site_urls.handler500

own_pages = pytest.mark.urls("tests.test_json_log")


@own_pages
def test_a_fault_of_ours_is_one_line_with_its_name_and_place_and_nothing_that_was_typed(log: Written) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(f"/broken/{TOKEN}/?note=my+secret")
    assert answer.status_code == 500
    (line,) = log.lines
    assert {name: line[name] for name in FACTS} == {
        "level": "error",
        "logger": "django.request",
        "message": "Internal Server Error: /broken/<str:token>/",
        "method": "GET",
        "route": "/broken/<str:token>/",
        "status": 500,
    }
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["request_id"] in answer.content.decode()
    assert [one["kind"] for one in line["exception"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "tests/test_json_log.py" in line["exception"][0]["at"][-1]
    assert line["exception"][0]["at"][-1].endswith(" broken")
    for private in (TOKEN, "secret", "127.0.0.1"):
        assert private not in log.getvalue()


@own_pages
def test_what_is_wrong_with_the_deployment_may_be_said_in_words(log: Written) -> None:
    Client(raise_request_exception=False).get("/misplaced/")
    (line,) = [one for one in log.lines if "exception" in one]
    assert line["exception"][0]["message"] == "STATIC_ROOT is not set"


@own_pages
def test_codes_and_queries_are_cut_out_of_any_line(log: Written) -> None:
    assert Client().get("/odd/").status_code == 400
    assert CODE not in log.getvalue()
    assert log.lines[0]["message"] == "odd code … at /keep/?…"


def test_a_line_is_one_line_and_of_bounded_length(log: Written) -> None:
    logging.getLogger("guides").warning("first\nsecond %s", "x\r\n" * 5_000)
    (line,) = log.lines
    assert line["message"].startswith("first\nsecond x")
    assert len(line["message"]) <= 2_000


def test_an_exception_outside_of_a_request_keeps_its_words(log: Written) -> None:
    try:
        raise RuntimeError("the file is not there")
    except RuntimeError:
        logging.getLogger("guides").exception("A command failed.")
    assert log.lines[0]["exception"][0]["message"] == "the file is not there"
    assert "request_id" not in log.lines[0]


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_without_where_it_came_from(log: Written) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.post("/keep/start/?skill-sql=3", headers={"origin": "https://elsewhere.example"})
    (line,) = log.lines
    assert line["logger"] == "django.security.csrf"
    assert line["route"] == "/keep/start/"
    assert "skill-sql" not in log.getvalue()


@pytest.mark.parametrize("name", ["guides_transitionskill", "django.security.DisallowedHost", "AttributeError"])
def test_ordinary_words_stay(name: str) -> None:
    assert without_private_parts(f"no such table: {name}") == f"no such table: {name}"
