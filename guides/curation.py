"""What waits for a decision of the admins, and what follows from one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from .content_version import STATEMENT, version_moves
from .models import ContentVersion

SOON = timedelta(days=30)
"""How long before its day a review counts as due."""


Version = tuple[int, datetime | None]
"""The number of the content version and when content was loaded last."""


def overdue(today: date) -> Q:
    """Guides whose review was due before ``today``."""
    return Q(review_by__lt=today)


def due_soon(today: date) -> Q:
    """Guides whose review is due from ``today`` on, within 30 days."""
    return Q(review_by__gte=today, review_by__lte=today + SOON)


def due_later(today: date) -> Q:
    """Guides whose review is due in more than 30 days from ``today``."""
    return Q(review_by__gt=today + SOON)


def content_changed() -> None:
    """Moves the content version, so that nothing kept under the old number is used again.

    Belongs inside the transaction that writes the decision, and before the write: a content load takes the row of the
    version first too, so that the two wait for each other and neither holds what the other needs.
    """
    ContentVersion.objects.get_or_create(pk=1)
    ContentVersion.objects.filter(pk=1).update(number=F("number") + 1)
    version_moves()


def content_version() -> Version:
    """The version of the content now; another one after every content load and every decision of an admin."""
    # Nearly every page asks; putting the same question together each time would cost ten times the answer.
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT)
        found: Version | None = cursor.fetchone()
    return found or (0, None)
