"""How often one visitor may send something; the page for those who send too often loses nothing that they typed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse

from .keeping import mark_private
from .rate_limit import Limit, TooManyAttempts, attempt, client
from .refusal_phrases import wait_sentence

logger = logging.getLogger(__name__)

WRITES_OF_ONE = Limit("write", most=600, seconds=60)
"""Forms from one address: ten a second, enough for a class of thirty that ticks tasks behind one address."""

SIGN_INS_OF_ONE = Limit("sign-in", most=30, seconds=15 * 60)
"""Passwords tried from one address, over all accounts; what one account takes is counted by django-axes."""

UPLOADS_OF_ONE = Limit("upload", most=60, seconds=10 * 60)
"""Files from one address; each takes two forms, one to look and one to keep."""

NOT_REPEATED = frozenset({"password"})
"""Fields that a page never sends back."""


class WriteLimits:
    """Middleware: counts everything that is sent, passwords and files once more on their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            try:
                for limit in limits_of(request.path_info):
                    attempt(limit, client(request))
            except TooManyAttempts as error:
                return too_often(request, error)
        return self.get_response(request)


def limits_of(path: str) -> tuple[Limit, ...]:
    """What a form that is sent to an address counts towards."""
    if path == reverse("admin:login"):
        return WRITES_OF_ONE, SIGN_INS_OF_ONE
    if path == reverse("guides:keep_upload"):
        return WRITES_OF_ONE, UPLOADS_OF_ONE
    return (WRITES_OF_ONE,)


def too_often(request: HttpRequest, error: TooManyAttempts) -> HttpResponse:
    """429, with the form once more: what was sent, for the same address, with the sign of its origin that it had.

    A new sign would let a foreign page have its own form sent again from here.
    """
    logger.warning("Too many attempts.", extra={"limit": error.limit, "request": request})
    fields = sent_fields(request)
    context = {
        "sentence": wait_sentence(error.wait),
        "fields": fields,
        "address": request.get_full_path(),
        "is_lost": request.method == "POST" and not fields,
    }
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(error.wait)
    mark_private(response)
    return response


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of a form as it was sent; none when it cannot be repeated, as with files and passwords."""
    if request.method != "POST":
        return []
    try:
        if request.FILES or NOT_REPEATED & request.POST.keys():
            return []
        return [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, OSError):
        return []
