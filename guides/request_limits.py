"""What no page of this site needs is refused before any view sees it: other methods, NUL characters, long addresses and
large bodies. The server in front has limits of its own; these hold whichever server that is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin.options import TO_FIELD_VAR
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .kept import MOST_BYTES
from .refusal_phrases import LONG_ADDRESS, UNREADABLE, WRONG_METHOD, Refusal, too_large

METHODS = ("GET", "HEAD", "POST")

LONGEST_QUERY = 4_000
"""Characters of a query string as it arrives; the longest that the site itself makes has about 2,000."""

LONGEST_PATH = 500

REPLACEMENT = "%EF%BF%BD"
"""U+FFFD as it stands in a query string, for a NUL: databases would stumble over that."""

FORM_BYTES = 64 * 1024
"""Bytes of a form; the longest, a note of 2,000 characters, has 24 KB when every character is escaped."""

ADMIN_BYTES = 256 * 1024
"""Bytes of a form of the admin, where a list of a hundred rows is one form."""

UPLOAD_BYTES = MOST_BYTES + MOST_BYTES // 2
"""Bytes of a form with a file. A file that is somewhat too large is told so with its size."""


class RequestLimits:
    """Middleware: refuses with 404, 405, 413, 414 or 400 and a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            response = refused(request, WRONG_METHOD, 405)
            response.headers["Allow"] = ", ".join(METHODS)
            return response
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or len(request.path_info) > LONGEST_PATH:
            return refused(request, LONG_ADDRESS, 414)
        if "\0" in request.path_info:
            # No page has such an address; databases would stumble over it.
            raise Http404
        if "%00" in query or "\0" in query:
            # The rest of the query still counts, so the page is shown and names what it cannot use.
            request.META["QUERY_STRING"] = query.replace("%00", REPLACEMENT).replace("\0", REPLACEMENT)
        # A quoted cookie may hold any character as an octal number.
        if "\\0" in request.META.get("HTTP_COOKIE", ""):
            return refused(request, UNREADABLE, 400)
        limit = body_limit(request.path_info)
        if _length(request) > limit:
            return refused(request, too_large(limit), 413)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuses a form with a NUL in it, and the admin's name of a column where it is empty, which Django looks for.

        The protection against forged requests has read the form by now.
        """
        is_admin = request.path_info.startswith(reverse("admin:index"))
        if is_admin and "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
            return refused(request, UNREADABLE, 400)
        if request.method != "POST":
            return None
        if any("\0" in part for name, values in request.POST.lists() for part in (name, *values)):
            return refused(request, UNREADABLE, 400)
        return None


def body_limit(path: str) -> int:
    """The most bytes that may be sent to an address."""
    if path == reverse("guides:keep_upload"):
        return UPLOAD_BYTES
    return ADMIN_BYTES if path.startswith(reverse("admin:index")) else FORM_BYTES


def refused(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    """The page that says why a request is refused."""
    response = render(request, "refused.html", {"refusal": refusal}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _length(request: HttpRequest) -> int:
    """The bytes that the request says it has; Django reads no more than that."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0
