"""Middleware of the deployment."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase


class EmptyHeadBody:
    """Answers HEAD with the headers of GET and no body, as RFC 9110, section 9.3.2, asks.

    Django leaves the body to the server, and gunicorn logs a warning for each one it has to drop. It stands first in
    the list of middleware, so that the length is the one of the finished answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = iter(())
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response
