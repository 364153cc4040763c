"""Where the reader of a page comes from: their ledger when they keep one, else the role that ``?from=`` names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django_htmx.http import push_url

from ..keeping import Kept
from ..models import Role
from ..published_roles import PublishedRoles
from .pages import is_fragment
from .visitor import Held, held_by

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHOWN = 40
"""Characters of an unknown role that are repeated."""


MOST_ORIGINS = 100
"""Roles that a page offers to choose from. A list of thousands would be most of the page, and nobody reads it."""


@dataclass(frozen=True)
class Reader:
    """What is known of a reader.

    ``slug`` is the published role that ``?from=`` names, empty without one; ``unknown`` what it says when there is none
    of that name. ``answers`` are fit answers that are kept, by field.
    """

    held: Held
    slug: str = ""
    unknown: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    kept_role: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything was said about skills."""
        return self.held.is_ledger or self.held.role is not None

    @property
    def starts_afresh(self) -> bool:
        """Whether there is neither a role named nor an answer kept, so that forms are those that everybody gets."""
        return not (self.slug or self.answers)

    @property
    def is_stranger(self) -> bool:
        """Whether nothing was said that a page shows, so that it is the one of everybody."""
        return self.starts_afresh and not self.is_known and not self.unknown

    @property
    def levels(self) -> Mapping[str, int] | None:
        """Levels of skills held by slug; None when nothing was said about them."""
        return self.held.levels if self.is_known else None

    @property
    def query(self) -> str:
        """The query string that names the role."""
        return urlencode({"from": self.slug}) if self.slug else ""

    @property
    def current_role(self) -> str:
        """Slug of the role that the reader has now; empty when it is not known."""
        return self.slug or self.kept_role


def reader_of(request: HttpRequest, kept: Kept | None, everybody: PublishedRoles | None = None) -> Reader:
    """The reader behind a request. Never fails: a role that does not exist counts as not said.

    Two queries for a role named by ``?from=``, fewer where ``everybody`` holds it, none for anybody else.
    """
    said = request.GET.get("from", "").strip()
    slug = said if SLUG.fullmatch(said) else ""
    held = held_by(kept, slug, everybody)
    role = held.role
    if slug and held.is_ledger:
        role = everybody.roles.get(slug) if everybody else Role.objects.published().filter(slug=slug).first()
    return Reader(
        held=held,
        slug=role.slug if role else "",
        unknown=said[:SHOWN] if said and role is None else "",
        answers=kept.document.fit_answers if kept else {},
        kept_role=(kept.document.current_role or "") if kept else "",
    )


NOBODY = Reader(Held())
"""A reader who said nothing."""


def origins(reader: Reader) -> list[tuple[str, str]]:
    """Slug and title of the roles that a page offers for ``?from=``, by title, that of the reader among them.

    Where there are too many to choose from, those that come first on the lists; all others are found from the page
    "start from my job".
    """
    roles = Role.objects.published().in_order().values_list("slug", "title")
    offered = dict(roles[:MOST_ORIGINS])
    if reader.held.role:
        offered[reader.held.role.slug] = reader.held.role.title
    return sorted(offered.items(), key=lambda one: one[1])


def with_query(path: str, query: str) -> str:
    """A path with its query string, when there is one."""
    return f"{path}?{query}" if query else path


def at_address(request: HttpRequest, response: HttpResponse, address: str) -> HttpResponse:
    """The response; when htmx asked, the address bar shows ``address``, without the fields that say nothing."""
    return push_url(response, address) if is_fragment(request) else response
