"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """``site_url`` (origin without slash), ``canonical`` (this page's address without its query), the site's name."""
    origin = settings.SITE_URL.rstrip("/")
    return {"site_name": "Careerpaths", "site_url": origin, "canonical": f"{origin}{request.path}"}
