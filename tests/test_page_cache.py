"""Kept pages: the same for everybody, never somebody's own, never older than the content."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

import brotli
import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from careerpaths.page_cache import FOR_EVERYBODY, FOR_ONE, Answer, Generation, PageCache, publishable
from careerpaths.page_store import Rendered, restored, stored
from guides import keeping
from guides.content_version import Version
from guides.curation import content_changed
from guides.models import ContentVersion, Role
from guides.shelf import Shelf
from tests.keepers import keeper

ROLE = "/roles/backend-developer/"


@dataclass
class Got:
    """An answer as the server sends it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        coding = self.headers.get("Content-Encoding")
        if coding == "br":
            return str(brotli.decompress(self.body).decode())
        return (gzip.decompress(self.body) if coding == "gzip" else self.body).decode()


class FromTheTest:
    """The version of the content as the database of the test has it."""

    def current(self) -> Version | None:
        row = ContentVersion.objects.filter(pk=1).values_list("number", "loaded_at").first()
        return (row[0], str(row[1])) if row else (0, "")


@dataclass
class Visitors:
    """Asks a page cache, and counts how often Django had to answer."""

    django: Callable[..., Any] = field(default_factory=WSGIHandler)
    version: Any = field(default_factory=FromTheTest)
    rendered: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cache = PageCache(self._counted, self.version)

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.rendered.append(environ)
        return self.django(environ, start_response)

    def get(self, address: str, method: str = "GET", **headers: str) -> Got:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.7",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT_ENCODING": "br, gzip",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": StringIO(),
            **{
                (name if name.isupper() and "_" in name else f"HTTP_{name.upper()}"): value
                for name, value in headers.items()
            },
        }
        said: list[Any] = []
        body = b"".join(self.cache(environ, lambda status, headers, *_: said.append((status, headers))))
        status, sent = said[-1]
        return Got(int(status[:3]), dict(sent), body)


class Moving:
    """A version that a test moves."""

    number = 1

    def current(self) -> Version | None:
        return (self.number, "") if self.number else None


def told(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """An application that shows all that it is told."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Request-ID", "one of many")])
    return [repr(sorted((name, value) for name, value in environ.items() if isinstance(value, str))).encode()]


@pytest.fixture
def visitors() -> Visitors:
    """Of an application that shows what it is told, under the addresses of the site."""
    return Visitors(told, Moving())


@pytest.fixture
def site_visitors(content: None) -> Visitors:
    """Of the site itself."""
    return Visitors()


# --- Hits and misses ----------------------------------------------------------------------------------------------


def test_a_page_is_rendered_once(site_visitors: Visitors, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = site_visitors.get(ROLE)
    assert "Backend developer" in first.text
    with django_assert_num_queries(1):
        second = site_visitors.get(ROLE)
    assert len(site_visitors.rendered) == 1
    assert second == first


def test_the_page_is_the_one_of_the_site_in_every_coding(site_visitors: Visitors) -> None:
    plain = Client().get(ROLE).content.decode()
    for accepted in ("br", "gzip", "identity"):
        found = site_visitors.get(ROLE, accept_encoding=accepted)
        assert found.text == plain
        assert found.headers.get("Content-Encoding", "identity") == accepted
        assert found.headers["Content-Length"] == str(len(found.body))


def test_another_coding_is_made_from_the_first_one(visitors: Visitors) -> None:
    tags = {visitors.get(ROLE, accept_encoding=coding).headers["ETag"] for coding in ("br", "gzip", "identity", "br")}
    assert len(tags) == 3
    assert len(visitors.rendered) == 1


def test_pages_are_kept_apart_from_their_fragments(site_visitors: Visitors) -> None:
    page = site_visitors.get("/search/?q=sql").text
    fragment = site_visitors.get("/search/?q=sql", hx_request="true").text
    assert "<html" in page
    assert "<html" not in fragment
    assert site_visitors.get("/search/?q=sql").text == page
    assert site_visitors.get("/search/?q=sql", hx_request="true").text == fragment
    for whole in ("hx_boosted", "hx_history_restore_request"):
        assert site_visitors.get("/search/?q=sql", hx_request="true", **{whole: "true"}).text == page
    assert len(site_visitors.rendered) == 2


def test_what_is_not_for_everybody_is_rendered_each_time(site_visitors: Visitors) -> None:
    addresses = ["/admin/login/", "/keep/start/", "/keep/open/", "/favicon.ico", "/fit/?likes-people=yes"] * 2
    for address in addresses:
        assert "public" not in site_visitors.get(address).headers["Cache-Control"]
    assert len(site_visitors.rendered) == len(addresses)


def test_static_files_keep_their_own_word(site_visitors: Visitors) -> None:
    assert "private" not in site_visitors.get("/static/css/site.css").headers["Cache-Control"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_go_through(visitors: Visitors, method: str) -> None:
    visitors.get(ROLE)
    visitors.get(ROLE, method=method)
    assert visitors.rendered[-1]["REQUEST_METHOD"] == method


def test_a_request_with_a_body_goes_through(visitors: Visitors) -> None:
    visitors.get(ROLE)
    visitors.get(ROLE, CONTENT_LENGTH="5")
    visitors.get(ROLE, transfer_encoding="chunked")
    assert len(visitors.rendered) == 3


# --- Nobody's own page is kept or shown ------------------------------------------------------------------------------


def test_what_somebody_keeps_is_shown_to_them_alone(site_visitors: Visitors) -> None:
    kept = keeper().cookies[keeping.cookie_name()].value
    own = site_visitors.get(ROLE, cookie=f"{keeping.cookie_name()}={kept}")
    assert "private" in own.headers["Cache-Control"]
    assert site_visitors.cache.size == 0
    assert site_visitors.get(ROLE).headers["Cache-Control"] == FOR_EVERYBODY
    assert site_visitors.get(ROLE, cookie=f"{keeping.cookie_name()}={kept}").text == own.text
    assert len(site_visitors.rendered) == 3


@pytest.mark.parametrize("cookie", ["sessionid=abc", "messages=hello", "_ga=1; sessionid=abc"])
def test_who_may_be_signed_in_is_never_shown_a_kept_page(visitors: Visitors, cookie: str) -> None:
    visitors.get(ROLE)
    visitors.get(ROLE, cookie=cookie)
    assert len(visitors.rendered) == 2
    assert visitors.rendered[-1]["HTTP_COOKIE"] == cookie


def test_a_hidden_page_that_staff_see_stays_hidden(site_visitors: Visitors) -> None:
    Role.objects.filter(slug="backend-developer").update(is_published=False)
    content_changed()
    editor = Client()
    editor.force_login(User.objects.create_user("editor", is_staff=True))
    assert site_visitors.get(ROLE).status == 404
    assert site_visitors.get(ROLE, cookie=f"sessionid={editor.cookies['sessionid'].value}").status == 200
    assert site_visitors.get(ROLE).status == 404


def test_foreign_cookies_neither_keep_a_page_away_nor_get_into_it(visitors: Visitors) -> None:
    visitors.get(ROLE, cookie="_ga=GA1.1; csrftoken=abcdefgh")
    visitors.get(ROLE, cookie="theme=dark")
    assert len(visitors.rendered) == 1
    assert "HTTP_COOKIE" not in visitors.rendered[0]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("200 OK", [("Set-Cookie", "csrftoken=1")]),
        ("200 OK", [("Cache-Control", "private")]),
        ("200 OK", [("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate, private")]),
        ("200 OK", [("Vary", "Accept-Language")]),
        ("200 OK", [("Vary", "*")]),
        ("200 OK", [("Content-Encoding", "gzip")]),
        ("302 Found", [("Location", "/")]),
        ("206 Partial Content", []),
        ("403 Forbidden", []),
        ("429 Too Many Requests", []),
        ("500 Internal Server Error", []),
        ("503 Service Unavailable", []),
    ],
)
def test_an_answer_that_somebody_has_touched_is_not_kept(status: str, headers: list[tuple[str, str]]) -> None:
    assert publishable(Answer(status, headers, b""), has_query=False) is None


@pytest.mark.parametrize("status", ["301 Moved Permanently", "404 Not Found", "410 Gone"])
def test_that_nothing_is_there_is_kept_for_bare_addresses_alone(status: str) -> None:
    assert publishable(Answer(status, [], b""), has_query=False)
    assert publishable(Answer(status, [], b""), has_query=True) is None


def test_answers_that_are_not_kept_say_that_they_are_for_one_person(visitors: Visitors) -> None:
    assert visitors.get("/fit/?likes-people=yes").headers["Cache-Control"] == FOR_ONE


def test_an_answer_that_says_who_may_keep_it_is_left_alone(site_visitors: Visitors) -> None:
    assert "no-store" in site_visitors.get("/admin/login/").headers["Cache-Control"]


# --- What the request says cannot get in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        {"x_forwarded_host": "evil.example"},
        {"x_forwarded_proto": "https"},
        {"x_forwarded_for": "203.0.113.9"},
        {"forwarded": "host=evil.example"},
        {"x_original_url": "/admin/"},
        {"x_rewrite_url": "/admin/"},
        {"x_http_method_override": "POST"},
        {"accept_language": "de"},
        {"user_agent": "<script>"},
        {"referer": "https://evil.example/"},
        {"origin": "https://evil.example"},
        {"authorization": "Basic eDp4"},
        {"range": "bytes=0-9"},
        {"if_modified_since": "Sat, 29 Oct 2094 19:43:31 GMT"},
        {"cache_control": "no-cache"},
        {"x_request_id": "somebody-elses"},
        {"hx_current_url": "https://evil.example/"},
        {"hx_target": "x"},
        {"host": "localhost"},
    ],
    ids=lambda header: next(iter(header)),
)
def test_no_header_of_the_first_visitor_reaches_the_others(visitors: Visitors, header: dict[str, str]) -> None:
    first = visitors.get(ROLE, **header)
    assert first == visitors.get(ROLE) == Visitors(told, Moving()).get(ROLE)
    assert first.status == 200
    sent = visitors.rendered[0]
    assert sent["REMOTE_ADDR"] != "192.0.2.7"
    assert {name for name in sent if name.startswith("HTTP_")} == {"HTTP_HOST"}
    assert sent["HTTP_HOST"] == "127.0.0.1:8000"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "127.0.0.1/"])
def test_a_host_that_is_not_ours_is_shown_nothing_that_is_kept(visitors: Visitors, host: str) -> None:
    visitors.get(ROLE)
    visitors.get(ROLE, host=host)
    assert [sent["HTTP_HOST"] for sent in visitors.rendered] == ["127.0.0.1:8000", host]


def test_stray_parameters_neither_make_more_pages_nor_get_into_one(visitors: Visitors) -> None:
    plain = visitors.get(ROLE)
    for number in range(20):
        assert visitors.get(f"{ROLE}?utm_source=<script>{number}&x={number}") == plain
    assert len(visitors.rendered) == 1


def test_the_order_of_parameters_makes_no_second_page(visitors: Visitors) -> None:
    first = visitors.get("/roles/?sort=pay&coding=required")
    assert visitors.get("/roles/?coding=required&utm_source=x&sort=pay") == first
    assert len(visitors.rendered) == 1
    assert visitors.get("/roles/?sort=title&coding=required").text != first.text


def test_a_redirect_keeps_the_parameters_that_came(site_visitors: Visitors) -> None:
    found = site_visitors.get("/transitions/?utm_source=x&origin=backend-developer")
    assert found.status == 302
    assert found.headers["Location"] == "/transitions/backend-developer/"


def test_a_path_below_another_prefix_goes_through(visitors: Visitors) -> None:
    visitors.get(ROLE)
    visitors.get(ROLE, SCRIPT_NAME="/guides")
    assert visitors.rendered[-1]["SCRIPT_NAME"] == "/guides"


@pytest.mark.parametrize("path", ["/roles/b\xe4cker/", f"/roles/{'a' * 400}/", "//evil.example/roles/", "/roles/../"])
def test_odd_paths_go_through(visitors: Visitors, path: str) -> None:
    visitors.get(path)
    assert visitors.rendered[0]["PATH_INFO"] == path
    assert visitors.rendered[0]["REMOTE_ADDR"] == "192.0.2.7"
    assert visitors.cache.size == 0


# --- The right headers -----------------------------------------------------------------------------------------------


def test_caches_on_the_way_may_keep_a_page_and_browsers_ask_again(visitors: Visitors) -> None:
    control = visitors.get("/").headers["Cache-Control"]
    assert control == "public, max-age=0, s-maxage=60, stale-while-revalidate=60"


def test_vary_names_what_makes_a_difference_and_nothing_else(site_visitors: Visitors) -> None:
    parts = "HX-Boosted, HX-History-Restore-Request, HX-Request"
    for address, vary in {
        "/": "Accept-Encoding",
        "/sources/": "Accept-Encoding",
        "/search/": f"Accept-Encoding, {parts}",
        ROLE: f"Accept-Encoding, Cookie, {parts}",
        "/keep/": "Accept-Encoding, Cookie",
    }.items():
        assert site_visitors.get(address).headers["Vary"] == vary


def test_a_kept_page_carries_the_headers_of_safety(site_visitors: Visitors) -> None:
    for _ in range(2):
        headers = site_visitors.get(ROLE).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_page_has_no_id_of_the_request_that_it_was_made_for(visitors: Visitors) -> None:
    assert "X-Request-ID" not in visitors.get(ROLE).headers


def test_a_browser_that_has_the_page_gets_it_not_again(visitors: Visitors) -> None:
    tag = visitors.get(ROLE).headers["ETag"]
    known = visitors.get(ROLE, if_none_match=f'"other", W/{tag}')
    assert (known.status, known.body) == (304, b"")
    assert known.headers["ETag"] == tag
    assert known.headers.keys() == {"Cache-Control", "ETag", "Vary"}


def test_a_page_with_another_policy_has_another_etag() -> None:
    """A 304 leaves a page its old headers."""
    strict, new = (
        stored(Rendered("200 OK", (("Content-Security-Policy", policy),), b"words"), "br").etag
        for policy in ("default-src 'self'", "default-src 'none'")
    )
    assert strict != new


def test_the_etag_of_one_coding_is_not_that_of_another(visitors: Visitors) -> None:
    tag = visitors.get(ROLE).headers["ETag"]
    assert visitors.get(ROLE, accept_encoding="gzip", if_none_match=tag).status == 200


def test_every_process_gives_a_page_the_same_etag(visitors: Visitors) -> None:
    assert visitors.get(ROLE).headers["ETag"] == Visitors(told, Moving()).get(ROLE).headers["ETag"]


@pytest.mark.parametrize("kept_before", [True, False])
def test_head_has_the_headers_of_get_and_no_body(visitors: Visitors, kept_before: bool) -> None:
    page = visitors.get(ROLE) if kept_before else None
    head = visitors.get(ROLE, method="HEAD")
    assert head.body == b""
    assert head.headers == (page or visitors.get(ROLE)).headers
    assert len(visitors.rendered) == 1


def test_what_is_not_there_is_kept_too(site_visitors: Visitors) -> None:
    assert site_visitors.get("/roles/webmaster/").status == 404
    assert site_visitors.get("/roles/webmaster/").status == 404
    assert len(site_visitors.rendered) == 1
    assert (
        site_visitors.get(
            "/roles/webmaster/", if_none_match=site_visitors.get("/roles/webmaster/").headers["ETag"]
        ).status
        == 404
    )


def test_head_of_what_is_not_kept_has_no_body(site_visitors: Visitors) -> None:
    assert site_visitors.get("/roles/webmaster/?from=x", method="HEAD").body == b""


# --- The version moves ----------------------------------------------------------------------------------------------


def test_a_decision_of_an_admin_shows_at_once(site_visitors: Visitors) -> None:
    assert site_visitors.get(ROLE).status == 200
    assert "Backend developer" in site_visitors.get("/roles/").text
    content_changed()
    Role.objects.filter(slug="backend-developer").update(is_published=False)
    assert site_visitors.get(ROLE).status == 404
    assert "Backend developer" not in site_visitors.get("/roles/").text


def test_every_process_follows(site_visitors: Visitors) -> None:
    other = Visitors()
    assert site_visitors.get(ROLE) == other.get(ROLE)
    content_changed()
    Role.objects.filter(slug="backend-developer").update(title="Server-side developer")
    for process in (site_visitors, other):
        assert "Server-side developer" in process.get(ROLE).text


def test_a_content_that_went_back_is_not_the_one_before(site_visitors: Visitors) -> None:
    """A restored copy may have the number that another content had in between."""
    content_changed()
    before = site_visitors.get(ROLE)
    ContentVersion.objects.update(loaded_at=None)
    Role.objects.filter(slug="backend-developer").update(title="Server-side developer")
    assert site_visitors.get(ROLE) != before


def test_a_page_that_was_rendered_while_the_version_moved_is_not_shown_later() -> None:
    version = Moving()

    def slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        version.number += 1
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"rendered before"] if version.number == 2 else [b"rendered after"]

    visitors = Visitors(slow, version)
    assert visitors.get("/").text == "rendered before"
    assert visitors.get("/").text == "rendered after"


def test_without_a_version_nothing_is_kept(visitors: Visitors) -> None:
    visitors.version.number = 0
    assert visitors.get(ROLE).status == 200
    assert visitors.cache.size == 0


def test_a_page_that_fails_is_asked_for_once() -> None:
    def failing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("503 Service Unavailable", [("Retry-After", "5")])
        return [b"later"]

    visitors = Visitors(failing, Moving())
    found = visitors.get("/")
    assert (found.status, found.headers["Cache-Control"], len(visitors.rendered)) == (503, FOR_ONE, 1)
    visitors.get("/")
    assert len(visitors.rendered) == 2


# --- Over https ------------------------------------------------------------------------------------------------------


@pytest.fixture
def over_https(content: None, settings: Settings) -> Visitors:
    settings.SITE_URL = "https://careers.example.org"
    settings.HTTPS = True
    settings.ALLOWED_HOSTS = ["careers.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 100
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Visitors()


def test_over_https_the_kept_page_is_the_one_of_https(over_https: Visitors) -> None:
    found = over_https.get(ROLE, host="careers.example.org", x_forwarded_proto="https")
    assert found.status == 200
    assert found.headers["Strict-Transport-Security"].startswith("max-age=100")
    assert "https://careers.example.org/roles/backend-developer/" in found.text


def test_over_http_it_is_not_shown(over_https: Visitors) -> None:
    over_https.get(ROLE, host="careers.example.org", x_forwarded_proto="https")
    assert over_https.get(ROLE, host="careers.example.org", x_forwarded_proto="http").status == 301
    assert over_https.get(ROLE, host="careers.example.org").status == 301


# --- Memory ----------------------------------------------------------------------------------------------------------


def page_of(size: int) -> Rendered:
    return Rendered("200 OK", (("Content-Type", "text/html"),), bytes(size))


def test_the_memory_of_a_shelf_has_a_bound() -> None:
    shelf = Shelf[int, Any](100_000)
    for number in range(1000):
        shelf.put(number, stored(page_of(5_000), "identity"))
        assert shelf.size <= 100_000
    assert len(shelf) > 10
    assert shelf.get(0) is None
    assert shelf.get(999)


def test_what_is_asked_for_stays_and_the_rest_goes() -> None:
    shelf = Shelf[int, Any](100_000)
    for number in range(100):
        shelf.put(number, stored(page_of(5_000), "identity"))
        assert shelf.get(0)
    assert shelf.get(1) is None


def test_one_page_does_not_take_the_room_of_all() -> None:
    shelf = Shelf[int, Any](100_000)
    shelf.put(1, stored(page_of(50_000), "identity"))
    assert (len(shelf), shelf.size) == (0, 0)


def test_a_page_kept_twice_counts_once() -> None:
    shelf = Shelf[int, Any](100_000)
    page = stored(page_of(5_000), "identity")
    shelf.put(1, page)
    shelf.put(1, page)
    assert shelf.size == page.size


def test_made_up_addresses_do_not_push_pages_out() -> None:
    pages = Generation(None, 1_000_000)
    pages.put(("/", "", False, "en"), "br", stored(page_of(5_000), "br"))
    for number in range(500):
        pages.put(("/search/", f"q={number}", False, "en"), "br", stored(page_of(9_000), "identity"))
        missing = Rendered("404 Not Found", (), bytes(4_000))
        pages.put((f"/roles/{number}/", "", False, "en"), "br", stored(missing, "identity"))
    assert pages.get(("/", "", False, "en"), "br")
    assert pages.size <= 1_000_000


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_stored_page_comes_back_as_it_was(coding: str) -> None:
    page = Rendered("200 OK", (("Content-Type", "text/html"), ("Vary", "Accept-Encoding")), b"words " * 500)
    assert restored(stored(page, coding)) == page


# --- Shared ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shared_cache(settings: Settings, tmp_path: Any) -> Iterator[None]:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    }
    yield
    caches["default"].clear()


def test_a_page_is_rendered_once_for_all_processes(shared_cache: None) -> None:
    visitors, other = Visitors(told, Moving()), Visitors(told, Moving())
    assert visitors.get(ROLE) == other.get(ROLE, accept_encoding="br")
    assert (len(visitors.rendered), len(other.rendered)) == (1, 0)


def test_a_shared_page_is_not_older_than_the_content_either(shared_cache: None, site_visitors: Visitors) -> None:
    site_visitors.get(ROLE)
    content_changed()
    Role.objects.filter(slug="backend-developer").update(title="Server-side developer")
    assert "Server-side developer" in Visitors().get(ROLE).text


def test_pages_of_another_release_are_not_shown(shared_cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Visitors(told, Moving()).get(ROLE)
    monkeypatch.setattr("careerpaths.shared_pages.release", lambda: "another one")
    other = Visitors(told, Moving())
    other.get(ROLE)
    assert len(other.rendered) == 1


def test_the_cache_takes_the_memory_that_the_settings_give(settings: Settings) -> None:
    settings.PAGE_CACHE_BYTES = 200_000
    visitors = Visitors(told, Moving())
    for address in ("/", "/roles/", "/skills/", "/method/", "/categories/", "/transitions/", ROLE):
        visitors.get(address, accept_encoding="identity")
        assert visitors.cache.size <= 200_000


def test_a_kept_page_has_the_id_that_a_trusted_proxy_gave_and_nobody_elses(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["192.0.2.0/24"]
    visitors, name = Visitors(told, Moving()), "given-by-the-proxy"
    visitors.get(ROLE)
    assert visitors.get(ROLE, HTTP_X_REQUEST_ID=name).headers["X-Request-ID"] == name
    assert "X-Request-ID" not in visitors.get(ROLE, HTTP_X_REQUEST_ID=name, REMOTE_ADDR="198.51.100.7").headers
    assert "X-Request-ID" not in visitors.get(ROLE, HTTP_X_REQUEST_ID='breaks"a<page').headers
    assert "X-Request-ID" not in visitors.get(ROLE).headers
    assert len(visitors.rendered) == 1
