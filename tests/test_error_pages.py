"""Pages for when something is not there or went wrong: they help, and none of them needs the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, path
from django.views.csrf import csrf_failure

from careerpaths import urls as site_urls
from guides.models import FormerAddress
from guides.views import errors
from tests.pages import Page, get, links, read, words

NO_PAGE = {
    400: errors.bad_request,
    403: errors.permission_denied,
    404: errors.page_not_found,
}


@pytest.fixture
def without_database() -> Iterator[None]:
    """Fails whatever asks the database anything."""

    def refuse(*question: Any) -> None:
        raise AssertionError("the page asked the database")

    with connection.execute_wrapper(refuse):
        yield


def shown(status: int) -> Page:
    """The page for a status, rendered from a plain request as Django does it."""
    request = RequestFactory().get("/anything/")
    if status == 500:
        return read("/anything/", errors.server_error(request))
    return read("/anything/", NO_PAGE[status](request, Exception()))


@pytest.mark.django_db
@pytest.mark.usefixtures("without_database")
@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_need_no_database(status: int) -> None:
    page = shown(status)
    assert page.status == status
    assert page.heading
    assert page.faults == []


@pytest.mark.parametrize("status", [400, 403, 404])
def test_error_pages_lead_on_to_roles_transitions_and_skills(status: int) -> None:
    assert {"/roles/", "/transitions/", "/skills/"} <= links(shown(status).main).keys()


@pytest.mark.parametrize(
    ("status", "help_"),
    [
        (400, "Go back, check the address, and try again."),
        (403, "Go back, reload the page and send it again."),
        (404, "If you typed the address, check that it is right."),
        (500, "It is our fault, not yours. Try again in a few minutes."),
    ],
)
def test_error_pages_say_in_plain_words_what_to_do(status: int, help_: str) -> None:
    assert help_ in shown(status).text


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_are_not_for_search_engines_and_have_no_address_of_their_own(status: int) -> None:
    page = shown(status)
    assert page.meta("robots") == "noindex"
    assert 'property="og:' not in page.html


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_do_not_show_what_went_wrong_inside(status: int) -> None:
    page = shown(status)
    assert "Traceback" not in page.html
    assert "Exception" not in page.html


def test_a_page_that_is_not_there_offers_a_search() -> None:
    form = next(one for one in shown(404).main.iter("form"))
    assert (form.get("action"), form.get("method")) == ("/search/", "get")


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", ["/nowhere/", "/roles/astronaut/", "/robots", "/roles/Backend-Developer/", "/%00/"])
def test_an_address_without_a_page_gets_the_page_not_found(client: Client, address: str) -> None:
    page = get(client, address)
    assert (page.status, page.heading) == (404, "Page not found")


@pytest.mark.usefixtures("content")
def test_an_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    response = client.get("/roles/backend-developer")
    assert (response.status_code, response.headers["Location"]) == (301, "/roles/backend-developer/")


@pytest.mark.django_db
def test_a_wrong_host_gets_the_page_for_a_bad_request(client: Client) -> None:
    page = read("/", client.get("/", headers={"host": "elsewhere.example"}))
    assert (page.status, page.heading) == (400, "This request cannot be understood")


# --- Gone and moved -----------------------------------------------------------------------------------------------


@pytest.fixture
def gone(content: None) -> FormerAddress:
    return FormerAddress.objects.create(
        path="/roles/webmaster/",
        is_gone=True,
        successor="/roles/backend-developer/",
        title="Webmaster",
        reason="Nobody is hired under this title any more.",
    )


@pytest.mark.usefixtures("gone")
def test_a_removed_page_says_why_it_is_gone_and_what_took_its_place(client: Client) -> None:
    page = get(client, "/roles/webmaster/")
    assert page.status == 410
    assert page.heading == "“Webmaster” was removed"
    assert "Nobody is hired under this title any more." in page.text
    assert links(page.main)["/roles/backend-developer/"] == "Go to the page that took its place"
    assert page.meta("robots") == "noindex"


def test_a_removed_page_does_not_name_a_successor_that_is_not_published(client: Client, gone: FormerAddress) -> None:
    gone.successor = "/roles/astronaut/"
    gone.save()
    page = get(client, "/roles/webmaster/")
    assert page.status == 410
    assert "astronaut" not in page.html
    assert "/roles/" in links(page.main)


@pytest.mark.usefixtures("content")
def test_a_renamed_page_leads_to_the_new_one_with_its_query(client: Client) -> None:
    FormerAddress.objects.create(path="/roles/server-developer/", is_gone=False, successor="/roles/backend-developer/")
    response = client.get("/roles/server-developer/?from=mail")
    assert (response.status_code, response.headers["Location"]) == (301, "/roles/backend-developer/?from=mail")


# --- Our fault ----------------------------------------------------------------------------------------------------


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("secret detail")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("secret detail")


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    *site_urls.urlpatterns,
]
handler400 = site_urls.handler400
handler403 = site_urls.handler403
handler404 = site_urls.handler404
handler500 = site_urls.handler500


@pytest.mark.django_db
@pytest.mark.urls("tests.test_error_pages")
@pytest.mark.usefixtures("without_database")
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/broken/", 500, "There is a problem with the site"),
        ("/forbidden/", 403, "This page is not for you, or the form was too old"),
        ("/suspicious/", 400, "This request cannot be understood"),
    ],
)
def test_whatever_goes_wrong_in_a_view_ends_on_the_right_page(address: str, status: int, heading: str) -> None:
    client = Client(raise_request_exception=False)
    page = get(client, address)
    assert (page.status, page.heading) == (status, heading)
    assert "secret detail" not in page.html


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
def test_with_the_database_away_a_page_ends_as_our_fault() -> None:
    def away(*question: Any) -> None:
        raise RuntimeError("the database is away")

    with connection.execute_wrapper(away):
        page = get(Client(raise_request_exception=False), "/roles/backend-developer/")
    assert (page.status, page.heading) == (500, "There is a problem with the site")


def test_the_site_names_its_own_pages_for_errors() -> None:
    resolver = get_resolver("careerpaths.urls")
    handlers = {status: resolver.resolve_error_handler(status) for status in (400, 403, 404, 500)}
    assert handlers == {**NO_PAGE, 500: errors.server_error}


def test_a_form_without_its_token_gets_the_page_that_says_what_to_do() -> None:
    page = read("/", csrf_failure(RequestFactory().post("/")))
    assert page.status == 403
    assert words(page.main)
