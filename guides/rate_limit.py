"""How often something may be tried, counted in the cache in windows of a fixed length.

A cache that only one process sees counts for that process, so there the limit is that many times the processes of the
server. A cache that is away counts nothing and refuses nobody.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

VISITOR_BITS = 64
"""A visitor with IPv6 has a whole /64 of addresses at least (RFC 6177), so they count as one."""

IPV4_BITS, IPV6_BITS = 24, 48
"""The network around a visitor: with IPv6 the largest that one customer gets, 65,536 times a /64."""

UNKNOWN = str(IPv4Address(0))
"""Visitors without an address. They count as one, so that a limit still holds."""


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts in a window of ``seconds``."""

    name: str
    most: int
    seconds: int


class TooManyAttempts(Exception):
    """A limit is reached; ``wait`` is the number of seconds until the next attempt counts anew."""

    def __init__(self, limit: str, wait: int) -> None:
        super().__init__(f"Too many attempts at {limit}; wait {wait} seconds.")
        self.limit = limit
        self.wait = wait


def attempt(limit: Limit, who: str) -> None:
    """Counts an attempt of ``who``; raises TooManyAttempts beyond the limit."""
    now = time.time()
    if _counted(limit, who, 1, now) > limit.most:
        raise TooManyAttempts(limit.name, max(1, math.ceil((now // limit.seconds + 1) * limit.seconds - now)))


def take_back(limit: Limit, who: str) -> None:
    """Has the last attempt of ``who`` not count."""
    _counted(limit, who, -1, time.time())


def use_up(limit: Limit, who: str) -> None:
    """Has every further attempt of ``who`` in this window be one too many."""
    _counted(limit, who, limit.most, time.time())


def client(request: HttpRequest) -> str:
    """The address to count for a request; behind a proxy, the middleware has put the visitor's in its place.

    It is the first of the /64 with IPv6, and never nothing, for which nobody would be counted.
    """
    address = _address(request.META.get("REMOTE_ADDR", ""))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, VISITOR_BITS), strict=False).network_address)
    return UNKNOWN if address is None else str(address)


def network_of(text: str) -> str:
    """The network around an address: ``203.0.113.0/24``, ``2001:db8:1::/48``; nothing for what is no address."""
    address = _address(text)
    if address is None:
        return ""
    return str(ip_network((address, IPV4_BITS if address.version == 4 else IPV6_BITS), strict=False))


def _counted(limit: Limit, who: str, more: int, now: float) -> int:
    """Adds to the attempts of this window; how many there are then, 0 where nothing can be counted."""
    window = int(now // limit.seconds)
    # The cache may be a server of its own: it learns that somebody tried, not who.
    name = salted_hmac("guides.rate_limit", f"{limit.name} {who} {window}", algorithm="sha256").hexdigest()
    key = f"attempts:{name}"
    cache.add(key, 0, timeout=limit.seconds)
    try:
        return int(cache.incr(key, more))
    except ValueError:
        return 0


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address in its one form, which is IPv4 for IPv4 inside of IPv6; None for what is none."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
