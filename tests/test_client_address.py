"""The visitor's address is what trusted proxies say it is, read from the right; nobody else is believed."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from careerpaths.client_address import UNKNOWN, ClientAddress, Proxies, client_of

HERE = Proxies.named(["127.0.0.1", "::1", "unix"])
CHAIN = Proxies.named(["127.0.0.1", "unix", "10.0.0.0/8", "2001:db8:ffff::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "found"),
    [
        ("203.0.113.7", "", HERE, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", HERE, "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", HERE, "198.51.100.1"),
        ("::1", "198.51.100.1", HERE, "198.51.100.1"),
        ("127.0.0.1", "192.0.2.9, 198.51.100.1", HERE, "198.51.100.1"),
        ("", "198.51.100.1", HERE, "198.51.100.1"),
        ("", "192.0.2.9,198.51.100.1", HERE, "198.51.100.1"),
        ("", "", HERE, ""),
        ("", "198.51.100.1", Proxies(), ""),
        ("127.0.0.1", "198.51.100.1", Proxies(), "127.0.0.1"),
        ("127.0.0.1", "", HERE, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.9, nonsense", HERE, "127.0.0.1"),
        ("127.0.0.1", "nonsense", HERE, "127.0.0.1"),
        ("127.0.0.1", ",,,", HERE, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.9, 198.51.100.1, 10.1.2.3", CHAIN, "198.51.100.1"),
        ("127.0.0.1", "192.0.2.9, 198.51.100.1, 10.1.2.3, unix:", CHAIN, "198.51.100.1"),
        ("127.0.0.1", "2001:db8:1::5, 2001:db8:ffff::1", CHAIN, "2001:db8:1::5"),
        ("127.0.0.1", "10.9.9.9", CHAIN, "10.9.9.9"),
        ("127.0.0.1", "198.51.100.1:4711", HERE, "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:1::5]:4711", HERE, "2001:db8:1::5"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.1", HERE, "198.51.100.1"),
        ("nonsense", "198.51.100.1", HERE, ""),
    ],
)
def test_the_address_is_read_from_the_right(peer: str, forwarded: str, proxies: Proxies, found: str) -> None:
    assert client_of(peer, forwarded, proxies) == found


@given(spoofed=st.text(max_size=80), client=st.ip_addresses().map(str))
def test_whatever_a_visitor_writes_stands_left_of_what_counts(spoofed: str, client: str) -> None:
    proxies = Proxies.named(["unix"])
    said = client_of("", client, proxies)
    assert said
    assert client_of("", f"{spoofed}, {client}", proxies) == said


@given(forwarded=st.text(max_size=80), peer=st.text(max_size=20))
def test_an_address_is_found_or_not_whatever_is_said(forwarded: str, peer: str) -> None:
    client_of(peer, forwarded, CHAIN)


def seen(settings: Settings, proxies: list[str], peer: str, **headers: str) -> HttpRequest:
    """The request as a view sees it."""
    settings.TRUSTED_PROXIES = proxies
    found: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request)
        return HttpResponse()

    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    ClientAddress(view)(RequestFactory().get("/", REMOTE_ADDR=peer, headers=sent))
    return found[0]


def test_only_a_trusted_proxy_says_whom_it_asks_for_and_how(settings: Settings) -> None:
    headers = {"x_forwarded_for": "198.51.100.1", "x_forwarded_proto": "https", "x_request_id": "made-outside"}
    believed = seen(settings, ["127.0.0.1"], "127.0.0.1", **headers)
    assert believed.META["REMOTE_ADDR"] == "198.51.100.1"
    assert believed.headers["X-Forwarded-Proto"] == "https"
    assert believed.headers["X-Request-ID"] == "made-outside"
    dropped = seen(settings, ["127.0.0.1"], "203.0.113.7", **headers)
    assert dropped.META["REMOTE_ADDR"] == "203.0.113.7"
    assert not {"X-Forwarded-For", "X-Forwarded-Proto", "X-Request-Id"} & dropped.headers.keys()


def test_who_has_no_address_counts_as_one_visitor_and_not_as_nobody(settings: Settings) -> None:
    assert seen(settings, [], "").META["REMOTE_ADDR"] == UNKNOWN
    assert seen(settings, ["unix"], "").META["REMOTE_ADDR"] == UNKNOWN
