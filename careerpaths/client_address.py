"""The visitor's network address behind proxies, and what only a proxy may say about a visitor.

A proxy that is trusted appends the address that it talks to at the right end of X-Forwarded-For; whatever stands to the
left of what trusted proxies wrote comes from the visitor and may be invented. Over a Unix socket there is no address of
the peer at all, and limits that count by address would count nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

UNIX = "unix"
"""How the setting names whoever connects through a Unix socket."""

UNKNOWN = str(IPv4Address(0))
"""The address of visitors without one. They count as one visitor, so that a limit still holds."""

SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID")
"""Headers that are believed from a trusted proxy and dropped from anybody else."""


@dataclass(frozen=True)
class Proxies:
    """Whose word is taken: peers in these networks, and those at a Unix socket."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    at_unix_socket: bool = False

    @classmethod
    def named(cls, names: Sequence[str]) -> Proxies:
        """The proxies of the setting TRUSTED_PROXIES: networks, addresses, ``unix``. ValueError for anything else."""
        return cls(tuple(ip_network(name) for name in names if name != UNIX), UNIX in names)

    def trust(self, peer: str) -> bool:
        """Whether a peer may say for whom it asks. An empty text is a peer at a Unix socket."""
        if not peer or peer.startswith("unix:"):
            return self.at_unix_socket
        address = _address(peer)
        return address is not None and any(address in network for network in self.networks)


def client_of(peer: str, forwarded: str, proxies: Proxies) -> str:
    """The address of the visitor, in its one form; empty when nobody who is trusted names one.

    ``peer`` is the other end of the connection, ``forwarded`` the header X-Forwarded-For, read from the right until a
    peer that is not trusted. What cannot be read there was written by somebody who is not trusted, so it ends the
    reading at the last peer that is known.
    """
    known = _address(peer)
    for entry in reversed(forwarded.split(",")):
        if not proxies.trust(peer):
            break
        peer = entry.strip()
        address = _address(peer)
        if address is None:
            if peer.startswith("unix:"):
                continue
            break
        known = address
    return "" if known is None else str(known)


class ClientAddress:
    """Middleware: REMOTE_ADDR becomes the visitor's address, for limits, sign-ins and logs alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.proxies = Proxies.named(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = request.META.get("REMOTE_ADDR", "")
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if not self.proxies.trust(peer):
            for header in SAID_BY_PROXIES:
                request.META.pop(header, None)
            forwarded = ""
        request.META["REMOTE_ADDR"] = client_of(peer, forwarded, self.proxies) or UNKNOWN
        return self.get_response(request)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port; IPv4 inside of IPv6 is IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
