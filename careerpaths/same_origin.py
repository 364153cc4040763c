"""Who may load what this site serves."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class SameOriginResources:
    """Middleware: pages of other origins can load nothing from here (Cross-Origin-Resource-Policy, Fetch standard).

    Django sends the other headers of this kind itself, but not this one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
