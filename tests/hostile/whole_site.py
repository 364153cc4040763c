"""A visitor of the whole application as gunicorn serves it: Django's test client, but behind the page cache."""

from __future__ import annotations

import gzip
from typing import Any

import brotli
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.test import Client

from careerpaths.page_cache import PageCache
from careerpaths.patience import for_visitors
from tests.test_page_cache import FromTheTest

UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}


class _Trusted(WSGIRequest):
    """A request that needs no token, as those of the test client: what is sent shall get to the pages."""

    _dont_enforce_csrf_checks = True


class _Django(WSGIHandler):
    request_class = _Trusted


class Answered(HttpResponse):
    """What came out of the application, as the test client hands it on; its body is unpacked."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes, request: WSGIRequest) -> None:
        code, _, reason = status.partition(" ")
        coding = dict(headers).get("Content-Encoding", "")
        super().__init__(UNPACKED[coding](body) if body and coding else body, status=int(code), reason=reason)
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies.load(value)
            else:
                self.headers[name] = value
        self.wsgi_request = request


class Site:
    """The application, for the client to call."""

    def __init__(self) -> None:
        version: Any = FromTheTest()
        self.cache = PageCache(for_visitors(_Django()), version)

    def __call__(self, environ: dict[str, Any]) -> Answered:
        said: list[tuple[str, list[tuple[str, str]]]] = []
        # Django writes into what it is given.
        request = WSGIRequest(dict(environ))
        chunks = self.cache(environ, lambda status, headers, *_: said.append((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return Answered(*said[-1], body, request)


class Visitor(Client):
    """A client of one such site, which several of them may share; with the cookies of another client, if told to."""

    def __init__(self, site: Site | None = None, like: Client | None = None) -> None:
        # Without its host the page cache would leave every request to Django.
        super().__init__(headers={"host": "testserver"})
        self.handler: Any = site or Site()
        if like is not None:
            self.cookies = like.cookies
