"""HEAD is answered with the headers of GET and no body."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from careerpaths.middleware import EmptyHeadBody


def page(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse("twelve bytes")


def stream(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse(iter([b"twelve", b" bytes"]))


def test_head_keeps_the_length_and_loses_the_body(rf: RequestFactory) -> None:
    response = EmptyHeadBody(page)(rf.head("/"))
    assert response.headers["Content-Length"] == "12"
    assert isinstance(response, HttpResponse)
    assert response.content == b""


def test_a_stream_is_not_read_for_head(rf: RequestFactory) -> None:
    response = EmptyHeadBody(stream)(rf.head("/"))
    assert isinstance(response, StreamingHttpResponse)
    assert response.getvalue() == b""


def test_get_is_left_alone(rf: RequestFactory) -> None:
    response = EmptyHeadBody(page)(rf.get("/"))
    assert isinstance(response, HttpResponse)
    assert response.content == b"twelve bytes"
