"""What views of every kind share: whom a page may be shown to, its sections, page or fragment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from ..models import Category, Role, Skill, Transition

P = TypeVar("P", Category, Role, Skill, Transition)

FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
"""What decides whether a page or a part of it is the answer; caches on the way keep the two apart by them."""


@dataclass(frozen=True)
class Section:
    """A numbered section of a page: the id of its heading's place and its title."""

    id: str
    title: str


def visible(request: HttpRequest, everything: QuerySet[P], published: QuerySet[P], **wanted: Any) -> P:
    """The wanted page for visitors when it is published, for staff in any case; else 404."""
    page = published.filter(**wanted).first()
    if page is None and request.user.is_staff:
        page = everything.filter(**wanted).first()
    if page is None:
        raise Http404
    return page


def hidden_because(page: Category | Role | Skill | Transition) -> str:
    """Why visitors do not see a page, as a sentence for staff; empty when they do."""
    if not page.is_published:
        return "It is not published."
    if isinstance(page, Role) and not page.category.is_published:
        return f"Its category, {page.category.name}, is not published."
    if isinstance(page, Transition):
        for role in (page.origin, page.destination):
            if not role.is_published:
                return f"The role {role.title} is not published."
            if not role.category.is_published:
                return f"The category {role.category.name} of {role.title} is not published."
    return ""


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; a return through the browser's history wants the whole page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def respond(request: HttpRequest, page: str, fragment: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its fragment for htmx (``is_fragment`` tells the template); caches keep the two apart."""
    alone = is_fragment(request)
    response = render(request, fragment if alone else page, {**context, "is_fragment": alone})
    patch_vary_headers(response, FRAGMENT_HEADERS)
    return response
