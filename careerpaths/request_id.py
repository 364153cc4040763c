"""A name for each request, by which a visitor's report and the lines of a log are found together."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase

current: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty outside of one."""

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestId:
    """Middleware: every request has an id, in its header X-Request-ID and in that of its answer.

    A trusted proxy names it, so that its own log has the same; ``ClientAddress``, which stands before, has dropped what
    anybody else says. Otherwise it is made here. A page that was kept finished does not come this far: it has the id
    that a trusted proxy gave, and none when it is asked for directly.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("HTTP_X_REQUEST_ID", "")
        name = said if WELL_FORMED.fullmatch(said) else uuid4().hex
        request.META["HTTP_X_REQUEST_ID"] = name
        before = current.set(name)
        try:
            response = self.get_response(request)
        finally:
            current.reset(before)
        response.headers["X-Request-ID"] = name
        return response
