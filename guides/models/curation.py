"""What admins decide about a page. The loader never writes these columns."""

from __future__ import annotations

from django.db import models

CURATED_FIELDS = ("is_published", "is_featured", "position")
"""Columns that belong to admins; every other column of a content table belongs to its file."""


class Curated(models.Model):
    """Columns of a page that admins own and a content load leaves alone."""

    is_published = models.BooleanField(
        "published", default=True, help_text="Untick to hide the page from visitors. Staff can still preview it."
    )
    is_featured = models.BooleanField(
        "featured", default=False, help_text="Tick to show the page on the home page and first in lists."
    )
    position = models.PositiveSmallIntegerField(
        "order", default=100, help_text="Lower numbers come first, after featured pages; equal numbers sort by title."
    )

    class Meta:
        abstract = True
