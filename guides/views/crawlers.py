"""What programs ask a site for by a fixed address: robots.txt and the icon. The sitemap is in ``sitemaps``."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse

CLOSED = ("/admin/", "/keep/", "/plans/", "/shared/")
"""What is nobody's business but that of its owner."""


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin and what visitors keep; the sitemap stands at the public origin."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += [f"Sitemap: {settings.SITE_URL.rstrip('/')}{reverse('guides:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """Leads to the icon under its present name."""
    return HttpResponseRedirect(static("img/favicon.ico"))
