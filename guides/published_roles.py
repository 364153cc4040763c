"""Every published role as ranking and comparing need it, held in this process until the content moves.

Ranking all roles reads the facts of all of them: at a thousand roles that is nearly a second of work, and the same work
for every visitor. The version of the content is read before the roles, so what is held is never older than its
version, and a role or a skill that an admin hides is gone with the next request.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from threading import RLock

from .curation import Version, content_version
from .fit import Sheet, sheet_of
from .fit_questions import FitQuestion
from .models import Role
from .profile import RoleProfile
from .role_profiles import profiles_of

MOST_HELD = 3_000
"""Roles that are held between requests; a role takes some 40 KB. A site with more reads them each time."""

_lock = RLock()
_held: dict[Version, PublishedRoles] = {}


class PublishedRoles:
    """The published roles of one version of the content. They are shared by all requests: nobody changes them."""

    def __init__(self) -> None:
        self.roles: Mapping[str, Role] = {
            role.slug: role for role in Role.objects.published().for_card().order_by("title")
        }
        """Slug → role with its category, by title."""

    @cached_property
    def titles(self) -> list[tuple[str, str]]:
        """Slug and title of each, for a field to choose from."""
        return [(slug, role.title) for slug, role in self.roles.items()]

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        """Slug → what a fit check asks and weighs, of all ``roles`` that are still there when it is first asked for.

        One request reads them, and those that come meanwhile wait for it.
        """
        with _lock:
            return self._sheets

    @cached_property
    def _sheets(self) -> Mapping[str, Sheet]:
        listed = Role.objects.filter(pk__in=[role.pk for role in self.roles.values()])
        return {slug: sheet_of(profile) for slug, profile in profiles_of(listed).items()}

    @cached_property
    def questions(self) -> Mapping[str, FitQuestion]:
        """Field → question, of all roles together."""
        return {question.field: question for sheet in self.sheets.values() for question in sheet.questions}

    def profile(self, slug: str) -> RoleProfile | None:
        """The facts of a role; None when it is not one of them."""
        sheet = self.sheets.get(slug)
        return sheet.profile if sheet else None


def published_roles() -> PublishedRoles:
    """The roles that visitors may see now: one query when they are held already."""
    version = content_version()
    with _lock:
        found = _held.get(version)
        if found is None:
            found = PublishedRoles()
            forget()
            if len(found.roles) <= MOST_HELD:
                _held[version] = found
    return found


def forget() -> None:
    """Lets go of what is held: of a version that is over, or of a database that is another one now."""
    _held.clear()
