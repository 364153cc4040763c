"""What is said while the database does not answer: 503, when to try again, and nothing lost of what was typed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .keeping import mark_private
from .write_limits import sent_fields

logger = logging.getLogger(__name__)

RETRY_SECONDS = 10
"""When to try again: a content load holds SQLite for seconds, and a server of PostgreSQL comes up as fast."""

AWAY = (OperationalError, InterfaceError)
"""What Django raises when the database is locked, full, restarting or not there. Faults of our own are other errors."""


class Unavailable:
    """Middleware: an answer that the database would not give becomes the page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, for an error of the database in a view; other errors go their way."""
        return unavailable(request, exception) if isinstance(exception, AWAY) else None


def unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """503. A form comes back as it was sent, with the sign of its origin that it had, to be sent once more."""
    logger.warning("The database does not answer: %s", type(exception).__name__, extra={"request": request})
    fields = sent_fields(request)
    context = {
        "fields": fields,
        "address": request.get_full_path(),
        "is_form": request.method == "POST",
    }
    response = render(request, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    mark_private(response)
    return response
