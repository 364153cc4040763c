"""What pages refer to: resources, sources, tools, official occupations. Read-only, with the pages that use each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from ..models import (
    Occupation,
    PhaseResource,
    Resource,
    Role,
    RoleOccupation,
    RoleTool,
    Skill,
    SkillResource,
    Source,
    Tool,
    Transition,
    TransitionSkill,
)
from ..source_uses import SourceUses, source_uses
from .file_owned import FileOwnedAdmin, UsedFilter, change_links, count_of, counted
from .readable import NOTHING

YEAR = timedelta(days=365)


class CheckedFilter(admin.SimpleListFilter):
    """When somebody last opened the link and read what is behind it."""

    title = "last check of the link"
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return (("never", "Never checked"), ("old", "More than a year ago"), ("recent", "Within a year"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        a_year_ago = timezone.localdate() - YEAR
        match self.value():
            case "never":
                return queryset.filter(checked_on=None)
            case "old":
                return queryset.filter(checked_on__lt=a_year_ago)
            case "recent":
                return queryset.filter(checked_on__gte=a_year_ago)
        return queryset


@admin.register(Resource)
class ResourceAdmin(FileOwnedAdmin[Resource]):
    """What people learn from."""

    list_display = (
        "title",
        "provider",
        "kind",
        "price",
        "checked",
        counted("skill_uses", "skills"),
        counted("phase_uses", "phases"),
        counted("move_uses", "transitions"),
        "link",
    )
    list_filter = (CheckedFilter, UsedFilter, "price", "kind", "language")
    search_fields = ("title", "slug", "provider", "url", "note")
    date_hierarchy = "checked_on"
    glance = ("link", "skill_pages", "role_pages", "transition_pages", "stands_in_for")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resource]:
        stand_in = Resource.objects.filter(Q(alternative=OuterRef("slug")) | Q(replaced_by=OuterRef("slug")))
        by_move = TransitionSkill.resources.through._default_manager.all()
        return (
            super()
            .get_queryset(request)
            .annotate(
                skill_uses=count_of(SkillResource.objects.all(), "resource"),
                phase_uses=count_of(PhaseResource.objects.all(), "resource"),
                move_uses=count_of(by_move, "resource"),
                is_used=Exists(SkillResource.objects.filter(resource=OuterRef("pk")))
                | Exists(PhaseResource.objects.filter(resource=OuterRef("pk")))
                | Exists(by_move.filter(resource=OuterRef("pk")))
                | Exists(stand_in),
            )
        )

    @admin.display(description="link checked", ordering=F("checked_on").asc(nulls_first=True))
    def checked(self, resource: Resource) -> Any:
        """The day, or that nobody has yet."""
        return resource.checked_on or "Never"

    @admin.display(description="link")
    def link(self, resource: Resource) -> str:
        """The resource itself."""
        if not resource.url:
            return NOTHING
        return format_html('<a href="{}" rel="noreferrer" aria-label="Open {}">Open</a>', resource.url, resource.title)

    @admin.display(description="used by skills")
    def skill_pages(self, resource: Resource) -> str:
        """Links to the skills that it teaches."""
        return change_links(Skill.objects.filter(resource_links__resource=resource).distinct())

    @admin.display(description="used by roles")
    def role_pages(self, resource: Resource) -> str:
        """Links to the roles whose roadmap uses it."""
        return change_links(Role.objects.filter(roadmap__phases__resources=resource).distinct())

    @admin.display(description="used by transitions")
    def transition_pages(self, resource: Resource) -> str:
        """Links to the written guides that use it, in a phase or for a skill."""
        phases = Q(pk__in=Transition.objects.filter(roadmap__phases__resources=resource).values("pk"))
        skills = Q(pk__in=Transition.objects.filter(skill_links__resources=resource).values("pk"))
        return change_links(Transition.objects.filter(phases | skills).select_related("origin", "destination"))

    @admin.display(description="stands in for")
    def stands_in_for(self, resource: Resource) -> str:
        """Links to the resources that name it as their replacement or free alternative."""
        return change_links(Resource.objects.filter(Q(alternative=resource.slug) | Q(replaced_by=resource.slug)))


@admin.register(Tool)
class ToolAdmin(FileOwnedAdmin[Tool]):
    """Products that people in a role use."""

    list_display = ("name", "price", counted("role_count", "roles"), "url")
    list_filter = (UsedFilter, "price")
    search_fields = ("name", "slug", "url", "summary")
    glance = ("used_by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tool]:
        links = RoleTool.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(role_count=count_of(links, "tool"), is_used=Exists(links.filter(tool=OuterRef("pk"))))
        )

    @admin.display(description="used by roles")
    def used_by(self, tool: Tool) -> str:
        """Links to the roles."""
        return change_links(tool.roles.order_by("title").only("title"))


@admin.register(Source)
class SourceAdmin(FileOwnedAdmin[Source]):
    """Where figures and claims come from."""

    list_display = ("title", "publisher", "kind", "as_of", "region", "licence")
    list_filter = ("kind", "region")
    search_fields = ("title", "slug", "publisher", "url", "summary")
    glance = ("role_pages", "transition_pages")

    @admin.display(description="roles that rest on it")
    def role_pages(self, source: Source) -> str:
        """Links to the roles that take a figure from it or name it."""
        return change_links(use.role for use in _uses(source).roles)

    @admin.display(description="transitions that rest on it")
    def transition_pages(self, source: Source) -> str:
        """Links to the written guides that name it or compare figures of a role that rests on it."""
        return change_links(_uses(source).transitions)


def _uses(source: Source) -> SourceUses:
    """What rests on the source, hidden pages included."""
    roles = Role.objects.only("title", "stages_source", "further_sources")
    guides = Transition.objects.select_related("origin", "destination").defer("reality", "actions", "faq", "sections")
    return source_uses(source, list(roles), guides)


@admin.register(Occupation)
class OccupationAdmin(FileOwnedAdmin[Occupation]):
    """Official occupations and their figures."""

    list_display = ("title", "code", "median_pay", "growth", counted("role_count", "roles"))
    search_fields = ("title", "code")
    list_filter = (UsedFilter,)
    glance = ("used_by",)
    groups = (("Name", ("title", "code")), ("Figures", ("figures",)))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Occupation]:
        links = RoleOccupation.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(role_count=count_of(links, "occupation"), is_used=Exists(links.filter(occupation=OuterRef("pk"))))
        )

    @admin.display(description="median pay in US dollars")
    def median_pay(self, occupation: Occupation) -> str:
        """A year before tax; half earn less."""
        pay = occupation.figures["pay"]
        return f"{pay['median']:,}" if pay else NOTHING

    @admin.display(description="projected growth")
    def growth(self, occupation: Occupation) -> str:
        """Change in employment with the years that it is projected for."""
        outlook = occupation.figures["outlook"]
        if not outlook:
            return NOTHING
        return f"{outlook['growth_percent']:+} %, {outlook['start_year']}–{outlook['end_year']}".replace("-", "−")

    @admin.display(description="used by roles")
    def used_by(self, occupation: Occupation) -> str:
        """Links to the roles."""
        return change_links(occupation.roles.order_by("title").only("title"))
