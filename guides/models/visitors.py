"""What visitors keep. Nothing here can be rebuilt from the content files, and no content load touches it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models


class KeepQuerySet(models.QuerySet["Keep"]):
    """Finding what is kept."""

    def unvisited_since(self, day: date) -> Self:
        """What nobody opened on that day or later."""
        return self.filter(visited_on__lt=day)


class Keep(models.Model):
    """Everything that one visitor keeps. The key that opens it is in the visitor's hands alone."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the key, in hexadecimal."""
    document = models.TextField(editable=False)
    """A ``kept.KeptDocument``, as ``kept.written`` writes it."""
    created_on = models.DateField()
    visited_on = models.DateField(db_index=True)
    """The last day on which it was opened."""

    objects = KeepQuerySet.as_manager()

    class Meta:
        ordering = ("-visited_on",)

    def __str__(self) -> str:
        return f"Kept since {self.created_on:%Y-%m-%d}"


class ShareLink(models.Model):
    """A read-only link to chosen plans of a visitor, valid until the visitor revokes it."""

    keep = models.ForeignKey(Keep, on_delete=models.CASCADE, related_name="share_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the link's token, in hexadecimal."""
    nonce = models.CharField(max_length=32, editable=False)
    """What the visitor's key turns into the token, so that the link can be shown again to that visitor alone."""
    plan_ids = models.JSONField(default=list)
    shows_notes = models.BooleanField("shows notes and evidence", default=False)
    created_on = models.DateField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Link of {self.created_on:%Y-%m-%d}"
