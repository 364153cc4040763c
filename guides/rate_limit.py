"""How often something may be tried, counted in the cache in windows of a fixed length.

A cache that only one process sees counts for that process, so there the limit is that many times the processes of the
server. A cache that is away counts nothing and refuses nobody.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

NETWORK_BITS = 64
"""A visitor with IPv6 has a whole /64 of addresses (RFC 6177), so they count as one."""


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


def attempt(limit: Limit, who: str = "") -> None:
    """Counts an attempt of ``who`` (of everybody together without one); raises TooManyAttempts beyond the limit."""
    now = time.time()
    window = int(now // limit.seconds)
    # The cache may be a server of its own: it learns that somebody tried, not who.
    name = salted_hmac("guides.rate_limit", f"{limit.name} {who} {window}", algorithm="sha256").hexdigest()
    key = f"attempts:{name}"
    cache.add(key, 0, timeout=limit.seconds)
    try:
        count = cache.incr(key)
    except ValueError:
        return
    if count > limit.most:
        raise TooManyAttempts(limit.name, max(1, math.ceil((window + 1) * limit.seconds - now)))


def client(request: HttpRequest) -> str:
    """The network address to count for a request; behind a proxy, the middleware has put the visitor's in its place."""
    return _network(request.META.get("REMOTE_ADDR", ""))


def _network(text: str) -> str:
    """An address in its one form, or the first of its IPv6 network; nothing for what is no address."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    host_bits = address.max_prefixlen - NETWORK_BITS
    return str(IPv6Address(int(address) >> host_bits << host_bits))
