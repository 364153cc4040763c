"""Every published role as ranking and comparing need it, held in this process until the content moves.

Ranking all roles reads the facts of all of them: at a thousand roles that is nearly a second of work, and the same work
for every visitor. The version of the content is read before the roles, so what is held is never older than its
version, and a role or a skill that an admin hides is gone with the next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from threading import RLock

from .fit import Sheet, sheet_of
from .fit_questions import FitQuestion
from .held_by_version import HeldByVersion
from .models import Category, Role, Source, Transition
from .role_figures import sources_by_slug
from .role_profiles import levels_of, profiles_of
from .shelf import Shelf, Sized

MOST_HELD = 3_000
"""Roles that are held between requests; a role takes some 25 KB. A site with more reads them each time."""

MOST_ALONE = 50
"""Roles that are held by themselves while nobody has asked for all of them."""

SHELF_BYTES = 2 * 2**20

_ELSEWHERE = (
    "also_called", "summary", "entry_barrier_why", "coding_why", "remote_why", "question_counts", "further_sources",
    "written_by", "reviewed_by", "updated_on", "review_by",
)  # fmt: skip

_lock = RLock()


class PublishedRoles:
    """The published roles of one version of the content. They are shared by all requests: nobody changes them."""

    def __init__(self) -> None:
        self.roles: Mapping[str, Role] = _roles()
        """Slug → role with its category, by title; without the columns that only other pages show."""
        self.shelf = Shelf[str, Sized](SHELF_BYTES)
        """Room for what other modules make of a few guides of this version."""
        self._few: dict[str, Sheet] = {}
        self._levels: dict[str, Mapping[str, int]] = {}

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
        profiles = profiles_of(Role.objects.filter(pk__in=[role.pk for role in self.roles.values()]))
        once: dict[FitQuestion, FitQuestion] = {}
        sheets = {}
        for slug in self.roles:
            if slug in profiles:
                sheet = sheet_of(profiles.pop(slug))
                # Many roles ask the same: what one thinks of coding, or how well one can do a skill.
                sheets[slug] = replace(sheet, questions=tuple(once.setdefault(one, one) for one in sheet.questions))
        return sheets

    @cached_property
    def questions(self) -> Mapping[str, FitQuestion]:
        """Field → question, of all roles together."""
        return {question.field: question for sheet in self.sheets.values() for question in sheet.questions}

    def some(self, slugs: Iterable[str]) -> Mapping[str, Sheet]:
        """The sheets of a few roles, in that order; those of roles that are gone are left out.

        Until somebody asks for ``sheets`` these alone are read, and the last ones are held.
        """
        with _lock:
            known: Mapping[str, Sheet] = vars(self).get("_sheets", self._few)
            if known is self._few and (missing := [slug for slug in slugs if slug in self.roles and slug not in known]):
                if len(self._few) > MOST_ALONE:
                    self._few.clear()
                read = profiles_of(Role.objects.filter(pk__in=[self.roles[slug].pk for slug in missing]))
                self._few |= {slug: sheet_of(profile) for slug, profile in read.items()}
            return {slug: known[slug] for slug in slugs if slug in known}

    def levels(self, slug: str) -> Mapping[str, int]:
        """The levels that somebody in one of ``roles`` holds: those that it asks for, by slug of the skill."""
        with _lock:
            sheet = vars(self).get("_sheets", self._few).get(slug)
            if sheet:
                return {one.skill: one.level.value for one in sheet.profile.required}
            if slug not in self._levels:
                if len(self._levels) > MOST_ALONE:
                    self._levels.clear()
                self._levels[slug] = levels_of(self.roles[slug])
            return self._levels[slug]

    @cached_property
    def moves(self) -> list[tuple[str, str]]:
        """The roles of each move that somebody wrote a guide for, as its address has them, and its title."""
        titles = ("slugs", "origin__title", "destination__title")
        moves = Transition.objects.published().select_related("origin", "destination").only(*titles)
        return [(move.slugs, str(move)) for move in moves.order_by("slugs")]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source by slug."""
        return sources_by_slug()


_published = HeldByVersion(PublishedRoles, lambda found: len(found.roles) <= MOST_HELD)

forget = _published.forget


def published_roles() -> PublishedRoles:
    """The roles that visitors may see now: one query when they are held already."""
    return _published.now()


def _roles() -> dict[str, Role]:
    categories: dict[int, Category] = {}
    found = {}
    for role in Role.objects.published().for_card().defer(*_ELSEWHERE).order_by("title"):
        # Every row brings its category; the first one is enough for all of its roles.
        role.category = categories.setdefault(role.category_id, role.category)
        found[role.slug] = role
    return found
