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
    """What ``at_path`` says, and ``kept_is_unreadable``."""
    return {**at_path(request.path), "kept_is_unreadable": getattr(request, "kept_is_unreadable", False)}


def at_path(path: str) -> dict[str, str]:
    """What the frame around a page says to everybody: ``site_name``, ``site_url`` (origin without slash),
    ``canonical`` (the page's address without its query)."""
    origin = settings.SITE_URL.rstrip("/")
    return {"site_name": "Careerpaths", "site_url": origin, "canonical": f"{origin}{path}"}
