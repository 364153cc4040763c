"""Signing in to the admin: what the log keeps of it, and the page for an account that is locked for a while.

django-axes counts wrong passwords and locks; the log line names an account by its number, so that a password typed into
the field for the name is never written down, and a network instead of an address.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse

from .rate_limit import TooManyAttempts
from .write_limits import too_often

logger = logging.getLogger(__name__)

IPV4_BITS, IPV6_BITS = 24, 48
"""What the log keeps of an address."""

NOBODY = "unknown"


def network_of(address: str) -> str:
    """The network that an address belongs to: ``203.0.113.0/24``, ``2001:db8:1::/48``; nothing for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{found}/{IPV4_BITS if found.version == 4 else IPV6_BITS}", strict=False))


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """The answer of django-axes to whoever may not try an account for now."""
    _say(logging.WARNING, "Sign-in locked for a while.", request, _number((credentials or {}).get("username")))
    wait = int(settings.AXES_COOLOFF_TIME.total_seconds())
    return too_often(request, TooManyAttempts("account", wait))


def connect() -> None:
    """Has every sign-in, sign-out and wrong password logged."""
    user_logged_in.connect(_signed_in, dispatch_uid="sign-ins")
    user_logged_out.connect(_signed_out, dispatch_uid="sign-ins")
    user_login_failed.connect(_refused, dispatch_uid="sign-ins")


def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    _say(logging.INFO, "Signed in.", request, str(user.pk))


def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    _say(logging.INFO, "Signed out.", request, str(user.pk) if user else NOBODY)


def _refused(credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    _say(logging.WARNING, "Sign-in refused.", request, _number(credentials.get("username")))


def _number(name: Any) -> str:
    """The number of the account of that name, if there is one."""
    model = get_user_model()
    found = model._default_manager.filter(**{model.USERNAME_FIELD: str(name or "")}).values_list("pk", flat=True)
    return str(found.first() or NOBODY)


def _say(level: int, message: str, request: HttpRequest | None, account: str) -> None:
    facts: dict[str, Any] = {"account": account}
    if request is not None:
        facts |= {"request": request, "network": network_of(request.META.get("REMOTE_ADDR", ""))}
    logger.log(level, message, extra=facts)
