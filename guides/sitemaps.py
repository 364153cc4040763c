"""The sitemap: every public page that has something of its own to say, with the day its text last changed.

Addresses begin with the public origin of the site, whatever name a request used.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from .models import Category, Role, Skill, Source, Transition

if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:
    AnySitemap = Sitemap

INDEXES = (
    "home",
    "role_list",
    "category_list",
    "transition_list",
    "pathways",
    "skill_list",
    "fit_all",
    "compare",
    "source_list",
    "method",
    "privacy",
)


class _AtOrigin(AnySitemap):
    """A part of the sitemap at the origin of ``SITE_URL``."""

    def get_domain(self, site: Any = None) -> str:
        """Host and port of the public origin."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """``https`` or ``http``, as the public origin has it."""
        return urlsplit(settings.SITE_URL).scheme


class _Guides(_AtOrigin):
    """Guides, whose rows know their address and the day of their last change."""

    def lastmod(self, item: Any) -> date | None:
        """The day that the guide's file gives."""
        day: date | None = item.updated_on
        return day


class IndexPages(_AtOrigin):
    """Pages that are always there."""

    def items(self) -> list[str]:
        """Names of the addresses."""
        return list(INDEXES)

    def location(self, item: str) -> str:
        """The address of a name."""
        return reverse(f"guides:{item}")


class CategoryPages(_AtOrigin):
    """Categories with roles."""

    def items(self) -> QuerySet[Model]:
        """Those with a public role."""
        return Category.objects.published().with_roles().order_by("slug")


class RolePages(_Guides):
    """Roles."""

    def items(self) -> QuerySet[Model]:
        """Public roles."""
        return Role.objects.published().only("slug", "updated_on").order_by("slug")


class InterviewPages(_Guides):
    """Interview questions, where there are any."""

    def items(self) -> QuerySet[Model]:
        """Public roles with questions."""
        return Role.objects.published().exclude(question_counts={}).only("slug", "updated_on").order_by("slug")

    def location(self, item: Role) -> str:
        """The page of the role's questions."""
        return reverse("guides:interview", args=[item.slug])


class TransitionPages(_Guides):
    """Written guides for moves."""

    def items(self) -> QuerySet[Model]:
        """Public ones."""
        return Transition.objects.published().only("slugs", "updated_on").order_by("slugs")


class SkillPages(_Guides):
    """Skill guides."""

    def items(self) -> QuerySet[Model]:
        """Public ones."""
        return Skill.objects.published().only("slug", "updated_on").order_by("slug")


class SourcePages(_AtOrigin):
    """Sources of figures."""

    def items(self) -> QuerySet[Model]:
        """All of them."""
        return Source.objects.only("slug").order_by("slug")


SITEMAPS: dict[str, type[AnySitemap]] = {
    "indexes": IndexPages,
    "categories": CategoryPages,
    "roles": RolePages,
    "interviews": InterviewPages,
    "transitions": TransitionPages,
    "skills": SkillPages,
    "sources": SourcePages,
}
