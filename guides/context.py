"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


class VisitorRequest(HttpRequest):
    """A request with what a view tells the frame around every page."""

    kept_is_unreadable: bool
    """Whether the visitor keeps something that this version of the site cannot read."""


def site(request: HttpRequest) -> dict[str, Any]:
    """``site_url`` (origin without slash), ``canonical`` (this page's address without its query), the site's name,
    ``kept_is_unreadable``."""
    origin = settings.SITE_URL.rstrip("/")
    return {
        "site_name": "Careerpaths",
        "site_url": origin,
        "canonical": f"{origin}{request.path}",
        "kept_is_unreadable": getattr(request, "kept_is_unreadable", False),
    }
