"""Guessing recovery codes: whoever does is refused, and nobody else is.

Number 13 of the list in docs/security.md has the same for passwords.
"""

from __future__ import annotations

import os

import pytest
from django.test import Client
from pytest_django import Settings

from guides import keeping, recovery_code
from guides.keeping import RECOVERIES_OF_NETWORK, RECOVERIES_OF_ONE
from tests.keepers import keeper

TRIES, TRIES_OF_NETWORK = RECOVERIES_OF_ONE.most, RECOVERIES_OF_NETWORK.most
OPENED, NOTHING_THERE, REFUSED = 302, 200, 429


@pytest.fixture
def code(db: None, settings: Settings) -> str:
    """The code of somebody who keeps something, on a site behind a proxy at a Unix socket."""
    settings.TRUSTED_PROXIES = ["unix"]
    return keeper("skill-sql=2").cookies[keeping.cookie_name()].value.partition(".")[0]


def tried(typed: str, address: str) -> int:
    """The status of the answer to a recovery code, from an address through the proxy."""
    client = Client(REMOTE_ADDR="", headers={"x-forwarded-for": address})
    return client.post("/keep/open/", {"code": typed}).status_code


def guessed(address: str) -> int:
    """The same for a code that is well formed and opens nothing."""
    return tried(recovery_code.written(os.urandom(recovery_code.KEY_BYTES)), address)


def test_the_eleventh_guess_is_refused_and_the_right_code_with_it(code: str) -> None:
    assert [guessed("198.51.100.1") for _ in range(TRIES + 1)] == [NOTHING_THERE] * TRIES + [REFUSED]
    assert tried(code, "198.51.100.1") == REFUSED
    assert tried(code, "198.51.100.2") == OPENED


def test_all_addresses_of_an_ipv6_network_guess_together(code: str) -> None:
    statuses = [guessed(f"2001:db8:7:1::{number:x}") for number in range(TRIES + 1)]
    assert statuses == [NOTHING_THERE] * TRIES + [REFUSED]
    assert tried(code, "2001:db8:7:1:ffff::1") == REFUSED
    assert tried(code, "2001:db8:7:2::1") == OPENED


@pytest.mark.parametrize(
    ("addresses", "neighbour", "elsewhere"),
    [
        ([f"2001:db8:7:{number:x}::1" for number in range(25)], "2001:db8:7:ff::1", "2001:db8:8::1"),
        ([f"198.51.100.{number}" for number in range(25)], "198.51.100.200", "203.0.113.1"),
    ],
    ids=["IPv6", "IPv4"],
)
def test_a_network_that_guesses_shuts_nobody_out(
    code: str, addresses: list[str], neighbour: str, elsewhere: str
) -> None:
    statuses = [guessed(address) for address in addresses for _ in range(TRIES)]
    assert statuses.count(NOTHING_THERE) == TRIES_OF_NETWORK
    # Further addresses of that network have one try each: it is refused, and then all others are.
    last = addresses[-1]
    assert tried(code, last) == REFUSED
    # Whoever has not failed opens what is theirs, in that network and in any other one.
    assert tried(code, neighbour) == OPENED
    assert [tried(code, elsewhere) for _ in range(2 * TRIES)] == [OPENED] * 2 * TRIES


def test_many_networks_shut_nobody_out(code: str) -> None:
    for network in range(24):
        assert guessed(f"2001:db8:{network:x}::1") == NOTHING_THERE
        assert [guessed(f"2001:db8:{network:x}::1") for _ in range(TRIES)][-1] == REFUSED
    assert [tried(code, f"203.0.113.{number}") for number in range(6)] == [OPENED] * 6


def test_other_visitors_do_not_make_the_site_forget_who_guesses(code: str) -> None:
    """A cache of a process would keep 300 counts, unless it is told otherwise."""
    for _ in range(TRIES):
        guessed("198.51.100.1")
    for number in range(400):
        client = Client(REMOTE_ADDR="", headers={"x-forwarded-for": f"203.0.{number // 250}.{number % 250}"})
        assert client.post("/robots.txt").status_code < 500
    assert tried(code, "198.51.100.1") == REFUSED
