"""Attempts are counted by address and window; a cache that is away refuses nobody."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from guides import rate_limit
from guides.rate_limit import UNKNOWN, Limit, TooManyAttempts, attempt, client, network_of, take_back, use_up
from guides.refusal_phrases import wait_sentence

THREE = Limit("test", most=3, seconds=60)


class Clock:
    """Stands in for the module ``time``."""

    def __init__(self) -> None:
        self.now = 6_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """A clock that stands still at the beginning of a window, and an empty cache."""
    made = Clock()
    monkeypatch.setattr(rate_limit, "time", made)
    cache.clear()
    yield made
    cache.clear()


def test_attempts_up_to_the_limit_pass_and_the_next_says_how_long_to_wait(clock: Clock) -> None:
    clock.now += 12.5
    for _ in range(3):
        attempt(THREE, "203.0.113.7")
    with pytest.raises(TooManyAttempts) as refused:
        attempt(THREE, "203.0.113.7")
    assert refused.value.wait == 48
    assert refused.value.limit == "test"
    assert wait_sentence(48).endswith("in 48 seconds.")
    assert wait_sentence(3600).endswith("in 60 minutes.")


def test_addresses_limits_and_windows_count_for_themselves(clock: Clock) -> None:
    for _ in range(3):
        attempt(THREE, "203.0.113.7")
    attempt(THREE, "203.0.113.8")
    attempt(Limit("other", most=1, seconds=60), "203.0.113.7")
    clock.now += 60
    attempt(THREE, "203.0.113.7")


def test_an_attempt_that_is_taken_back_does_not_count_and_what_is_used_up_stays_so(clock: Clock) -> None:
    for _ in range(10):
        attempt(THREE, "203.0.113.7")
        take_back(THREE, "203.0.113.7")
    attempt(THREE, "203.0.113.8")
    use_up(THREE, "203.0.113.8")
    with pytest.raises(TooManyAttempts):
        attempt(THREE, "203.0.113.8")
    clock.now += 60
    attempt(THREE, "203.0.113.8")


def test_the_cache_does_not_learn_addresses(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def add(key: str, value: int, timeout: int) -> bool:
        seen.append(key)
        return True

    monkeypatch.setattr(cache, "add", add)
    attempt(THREE, "203.0.113.7")
    assert len(seen) == 1
    assert re.fullmatch("attempts:[0-9a-f]{64}", seen[0])


def test_a_cache_that_keeps_nothing_refuses_nobody(clock: Clock, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for _ in range(10):
        attempt(THREE, "203.0.113.7")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2606:2800:220:1:248:1893:25c8:1946", "2606:2800:220:1::"),
        ("::ffff:93.184.216.34", "93.184.216.34"),
        ("nonsense", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_the_address_that_counts(address: str, counted: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers={"x-forwarded-for": "198.51.100.1"})
    assert client(request) == counted


@pytest.mark.parametrize(
    ("address", "around"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("nonsense", ""),
    ],
)
def test_the_network_around_an_address(address: str, around: str) -> None:
    assert network_of(address) == around
