"""Pages for when something is not there or went wrong. None of them needs the database to work."""

from __future__ import annotations

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from ..refusal_phrases import BARE, MANY_FIELDS, NOT_SENT_WHOLE, too_large
from ..request_limits import body_limit, refused
from ..unavailable import AWAY, unavailable

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the request cannot be understood; 413 and the like for a form that is too much."""
    match exception:
        case RequestDataTooBig():
            return refused(request, too_large(body_limit(request.path_info)), 413)
        case TooManyFieldsSent() | TooManyFilesSent():
            return refused(request, MANY_FIELDS, 413)
        case MultiPartParserError():
            return refused(request, NOT_SENT_WHOLE, 400)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a form was sent without its token, or the page is not for this visitor."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing has ever been here."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, with the name under which the log has it. Should that page fail as well, a bare one.

    503 when it was the database that failed, in a middleware: views have their answer from ``Unavailable``.
    """
    fault = sys.exception()
    if isinstance(fault, AWAY):
        return unavailable(request, fault)
    ident = request.META.get("HTTP_X_REQUEST_ID", "")
    try:
        return render(request, "500.html", {"request_id": ident}, status=500)
    except Exception:
        logger.exception("The page for a problem of the site has one itself.")
        return HttpResponse(BARE.format(ident), status=500)
