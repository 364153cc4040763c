"""The outermost layer of the site: pages that are the same for everybody, kept finished and compressed.

It stands around Django, so a page that is kept costs neither middleware nor session nor routing. Three things make it
safe. A page is rendered from a request of our own that holds nothing but its key, so no header, cookie or stray
parameter of the visitor who happened to come first can get into it. It is kept under the version of the content that
was read before it was rendered, and that version is read again for every request, so nothing older than the content is
served. And only answers that nobody's state has touched are kept: no cookie set, not marked private, varying by nothing
that the key does not hold.

Everything else goes to Django as it came. An answer that does not say who may keep it then says that nobody may.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from sys import intern
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import timezone

from careerpaths.client_address import Proxies
from careerpaths.page_key import (
    CODINGS,
    FRAGMENT_HEADERS,
    LONGEST_PATH,
    PublicPage,
    canonical_query,
    coding_for,
    is_fragment,
    is_known,
    may_carry,
)
from careerpaths.page_store import Headers, Rendered, StoredPage, restored, stored
from careerpaths.public_pages import PAGES
from careerpaths.request_id import WELL_FORMED
from careerpaths.shared_pages import SharedPages
from guides.content_version import ContentVersion, Version, of_this_process
from guides.keeping import cookie_name
from guides.shelf import Shelf

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, bool, str]
"""Path, canonical query string, whether a fragment, language."""
Stamp = tuple[Version, str]
"""The version of the content, and the day: some pages say what is due."""

FOR_EVERYBODY = "public, max-age=0, s-maxage=60, stale-while-revalidate=60"
"""Browsers ask again each time, and mostly hear that nothing changed. A CDN asks once a minute for all of them."""

FOR_ONE = "private, no-cache"

VARYING = frozenset({"accept-encoding", "cookie", *(name.lower() for name in FRAGMENT_HEADERS)})
"""What the key, the compression and the look at the cookies take care of."""

OF_ONE_ANSWER = frozenset({"content-length", "date", "x-request-id"})
"""Headers that belong to one answer and are not kept with the page."""

MISSING = frozenset({"301", "404", "410"})
"""Statuses that are kept besides 200, for addresses without a query string."""

BARE, ASKED, ABSENT = 0.7, 0.25, 0.05
"""Shares of the memory: addresses without a query string, with one, and those where no page is. Each has its own, so
that nobody can push the pages out by asking for made-up addresses."""


@dataclass(frozen=True)
class Answer:
    """What an application answered."""

    status: str
    headers: Headers
    body: bytes

    @property
    def code(self) -> str:
        """The three digits of the status."""
        return self.status[:3]


class Generation:
    """The pages of one stamp."""

    def __init__(self, stamp: Stamp | None, size: int) -> None:
        self.stamp = stamp
        self._bare = Shelf[tuple[Key, str], StoredPage](int(size * BARE))
        self._asked = Shelf[tuple[Key, str], StoredPage](int(size * ASKED))
        self._absent = Shelf[tuple[Key, str], StoredPage](int(size * ABSENT))

    @property
    def size(self) -> int:
        """Bytes, about."""
        return self._bare.size + self._asked.size + self._absent.size

    def get(self, key: Key, coding: str) -> StoredPage | None:
        """The page of that key in that coding."""
        if key[1]:
            return self._asked.get((key, coding))
        return self._bare.get((key, coding)) or self._absent.get((key, coding))

    def put(self, key: Key, coding: str, page: StoredPage) -> None:
        """Keeps a page while there is room for it."""
        shelf = self._absent if page.status[:3] in MISSING else self._asked if key[1] else self._bare
        shelf.put((key, coding), page)


class PageCache:
    """A WSGI application around Django's."""

    def __init__(self, application: Application, version: ContentVersion | None = None) -> None:
        self._application = application
        self._version = version or of_this_process()
        self._shared = SharedPages()
        self._size = settings.PAGE_CACHE_BYTES
        self._generation = Generation(None, self._size)
        self._day, self._day_until = "", -1.0
        self._personal = (cookie_name(), settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
        self._origin = urlsplit(settings.SITE_URL)
        self._secure = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
        self._trusts = lru_cache(maxsize=64)(Proxies.named(settings.TRUSTED_PROXIES).trust)

    @property
    def size(self) -> int:
        """Bytes of memory that the pages take now, about."""
        return self._generation.size

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and self._is_anybody(environ):
            found = self._found(environ)
            if isinstance(found, StoredPage):
                return _sent(found, environ, start_response, self._id_of_proxy(environ))
            if found is not None:
                return _passed_on(found, environ, start_response)
        return self._application(environ, _private_unless_said(start_response))

    def _is_anybody(self, environ: Environ) -> bool:
        """Whether nothing but the address can make a difference to the answer."""
        cookies = environ.get("HTTP_COOKIE")
        return (
            not (cookies and may_carry(cookies, self._personal))
            and _is_our_host(environ.get("HTTP_HOST", ""))
            and (not settings.HTTPS or self._is_secure(environ))
            and not environ.get("SCRIPT_NAME")
            and environ.get("CONTENT_LENGTH") in (None, "", "0")
            and "HTTP_TRANSFER_ENCODING" not in environ
        )

    def _is_secure(self, environ: Environ) -> bool:
        if self._secure and self._secure[0] in environ:
            return bool(environ[self._secure[0]].partition(",")[0].strip() == self._secure[1])
        return bool(environ.get("wsgi.url_scheme") == "https")

    def _id_of_proxy(self, environ: Environ) -> str:
        """The id that a trusted proxy gave the request; empty without one, since a kept page needs none of its own."""
        said: str = environ.get("HTTP_X_REQUEST_ID", "")
        if said and WELL_FORMED.fullmatch(said) and self._trusts(environ.get("REMOTE_ADDR", "")):
            return said
        return ""

    def _found(self, environ: Environ) -> StoredPage | Answer | None:
        """The kept page, or one made now; an answer that is not kept; None for what Django has to see as it came."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        page = page_at(path)
        if page is None:
            return None
        canonical = canonical_query(page, query) if query else ""
        fragment = is_fragment(environ)
        if canonical is None or (fragment and page.only_bare):
            return None
        version = self._version.current()
        if version is None:
            return None
        generation = self._generation_of((version, self._today()))
        key = (path, canonical, fragment, settings.LANGUAGE_CODE)
        coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        found = generation.get(key, coding)
        if found is not None:
            return found
        made = self._made(generation, key, environ)
        if isinstance(made, Rendered):
            found = stored(made, coding)
            generation.put(key, coding, found)
            return found
        if made.code[0] == "5" or made.code in MISSING - {"301"} or (canonical == query and made.code == "302"):
            return made
        return None

    def _generation_of(self, stamp: Stamp) -> Generation:
        """The pages of that stamp. Those of another one are dropped; who still renders one keeps it to themselves."""
        generation = self._generation
        if generation.stamp != stamp:
            generation = self._generation = Generation(stamp, self._size)
        return generation

    def _made(self, generation: Generation, key: Key, environ: Environ) -> Rendered | Answer:
        """A page that is not there in the wanted coding: from another coding, from the shared cache, from Django."""
        for coding in CODINGS:
            other = generation.get(key, coding)
            if other is not None:
                return restored(other)
        name = (generation.stamp, *key)
        shared = self._shared.get(name)
        if shared is not None:
            return shared
        answer = _asked(self._application, self._canonical(key, environ))
        page = publishable(answer, has_query=bool(key[1]))
        if page is None:
            return answer
        self._shared.put(name, page)
        return page

    def _canonical(self, key: Key, environ: Environ) -> Environ:
        """A request that holds nothing but the key."""
        path, query, fragment, _ = key
        scheme, host = self._origin.scheme, self._origin.netloc
        made = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": "",
            "CONTENT_TYPE": "",
            "SERVER_NAME": self._origin.hostname or "",
            "SERVER_PORT": str(self._origin.port or (443 if scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": host,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": environ.get("wsgi.errors", sys.stderr),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if fragment:
            made["HTTP_HX_REQUEST"] = "true"
        return made

    def _today(self) -> str:
        now = time.monotonic()
        if now >= self._day_until:
            self._day, self._day_until = timezone.localdate().isoformat(), now + 1
        return self._day


def around(application: Application) -> Application:
    """``application`` behind a page cache, or as it is where the settings give the cache no room."""
    return PageCache(application) if settings.PAGE_CACHE_BYTES else application


@lru_cache(maxsize=2048)
def page_at(path: str) -> PublicPage | None:
    """The public page at a path; None where nothing is kept."""
    if not path.isascii() or len(path) > LONGEST_PATH:
        return None
    try:
        return PAGES.get(resolve(path).view_name)
    except Resolver404:
        return None


def publishable(answer: Answer, *, has_query: bool) -> Rendered | None:
    """An answer as it may be shown to everybody; None when it may not."""
    if answer.code != "200" and (has_query or answer.code not in MISSING):
        return None
    headers = {name.lower(): value for name, value in answer.headers}
    control = headers.get("cache-control", "")
    vary = {name.strip() for name in headers.get("vary", "").split(",") if name.strip()}
    if (
        {"set-cookie", "content-encoding"} & headers.keys()
        or any(word in control for word in ("private", "no-store", "no-cache", "max-age=0"))
        or not {name.lower() for name in vary} <= VARYING
    ):
        return None
    own = OF_ONE_ANSWER | {"vary", "cache-control"}
    # Thousands of pages say the same there.
    kept = [(intern(name), intern(value)) for name, value in answer.headers if name.lower() not in own]
    kept += [
        ("Cache-Control", control or FOR_EVERYBODY),
        ("Vary", ", ".join(sorted({"Accept-Encoding", *vary}, key=str.lower))),
    ]
    return Rendered(answer.status, tuple(kept), answer.body)


@lru_cache(maxsize=512)
def _is_our_host(host: str) -> bool:
    """Whether Django would take that Host header; it refuses the others itself."""
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _sent(page: StoredPage, environ: Environ, start_response: StartResponse, ident: str) -> Iterable[bytes]:
    own = [("X-Request-ID", ident)] if ident else []
    none_match = environ.get("HTTP_IF_NONE_MATCH")
    if none_match is not None and page.status[:3] == "200" and is_known(page.etag, none_match):
        start_response("304 Not Modified", page.brief + own if own else page.brief)
        return ()
    start_response(page.status, page.headers + own if own else page.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (page.body,)


def _passed_on(answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """An answer that is not kept."""
    _private_unless_said(start_response)(answer.status, answer.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (answer.body,)


def _private_unless_said(start_response: StartResponse) -> StartResponse:
    def started(status: str, headers: Headers, *more: Any) -> Any:
        if not any(name.lower() == "cache-control" for name, _ in headers):
            headers = [*headers, ("Cache-Control", FOR_ONE)]
        return start_response(status, headers, *more)

    return started


def _asked(application: Application, environ: Mapping[str, Any]) -> Answer:
    """The whole answer of an application."""
    head: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, *_: Any) -> None:
        head.append((status, headers))

    parts = application(dict(environ), start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    status, headers = head[-1]
    return Answer(status, headers, body)
