"""Signing in to the admin: what the log keeps of it, and the page for an account that is locked for a while.

django-axes counts wrong passwords and locks; the log line names an account by its number, so that a password typed into
the field for the name is never written down, and a network instead of an address.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .rate_limit import TooManyAttempts, network_of
from .write_limits import too_often

logger = logging.getLogger(__name__)

TRIES = 5
"""Passwords for one account from one address before it waits."""

FAILURES_OF_ALL = 50
"""Wrong passwords for one account, from all addresses in one wait; from then on each address has one try."""

NOBODY = "unknown"


def tries(request: HttpRequest, credentials: Mapping[str, Any] | None) -> int:
    """How many wrong passwords for an account are taken from one address, for django-axes.

    Whoever guesses from everywhere is slowed down. Whoever the account belongs to still has a try where they are.
    """
    attempts = AccessAttempt.objects.filter(
        username=get_client_username(request, dict(credentials or {})),
        attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME,
    )
    failures = attempts.aggregate(all=Sum("failures_since_start"))["all"] or 0
    return 1 if failures >= FAILURES_OF_ALL else TRIES


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
