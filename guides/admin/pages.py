"""The pages of the site: categories, roles, skills, transitions. What admins decide is edited here, and only that."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from ..models import (
    Category,
    Phase,
    Question,
    RequiredSkill,
    Role,
    RoleOccupation,
    RoleTool,
    Skill,
    SkillResource,
    Stage,
    Transition,
    TransitionSkill,
)
from .curated import CuratedAdmin, LiveFilter
from .file_owned import ReadOnlyInline, UsedFilter, change_links, count_of, counted
from .readable import NOTHING, lines
from .review import ReviewerFilter, ReviewFilter, review_words

R = TypeVar("R", bound=Role | Transition)


class GuideAdmin(CuratedAdmin[R]):
    """A guide with a roadmap and a day by which it has to be looked at again."""

    date_hierarchy = "review_by"

    @admin.display(description="review", ordering="review_by")
    def review(self, guide: R) -> str:
        """The day of the next review and how far off it is."""
        today = timezone.localdate()
        kind = "is-overdue" if guide.review_by < today else "is-fine"
        return format_html('<span class="{}">{}</span>', kind, review_words(guide.review_by, today))

    @admin.display(description="roadmap")
    def roadmap_phases(self, guide: R) -> str:
        """The phases with their weeks and the number of their tasks, each linked to its page here."""
        owned = {"roadmap__role": guide} if isinstance(guide, Role) else {"roadmap__transition": guide}
        found = (
            Phase.objects.filter(**owned)
            .annotate(task_count=Count("tasks"))
            .values_list("pk", "title", "weeks", "task_count")
        )
        items = format_html_join(
            "",
            '<li><a href="{}">{}</a> ({}, {})</li>',
            (
                (
                    reverse("admin:guides_phase_change", args=[pk]),
                    title,
                    f"{weeks} {'week' if weeks == 1 else 'weeks'}",
                    f"{tasks} {'task' if tasks == 1 else 'tasks'}",
                )
                for pk, title, weeks, tasks in found
            ),
        )
        return format_html("<ol>{}</ol>", items) if items else NOTHING


# --- Categories ---------------------------------------------------------------------------------------------------


@admin.register(Category)
class CategoryAdmin(CuratedAdmin[Category]):
    """Groups of roles."""

    list_display = (
        "name",
        "state",
        "is_published",
        "is_featured",
        "position",
        counted("role_count", "published roles"),
        counted("all_roles", "all roles"),
        "page",
    )
    list_filter = ("is_published", "is_featured", "has_ai")
    search_fields = ("name", "slug", "summary")
    glance = ("state", "role_pages")
    hides = "Its roles and the transitions from and into them are hidden with it."

    def published(self) -> QuerySet[Category]:
        return Category.objects.published()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return (
            super()
            .get_queryset(request)
            .annotate(role_count=Count("roles", filter=Q(roles__is_published=True)), all_roles=Count("roles"))
        )

    @admin.display(description="roles")
    def role_pages(self, category: Category) -> str:
        """Links to the roles of the category."""
        return change_links(category.roles.only("title", "category"))


# --- Roles --------------------------------------------------------------------------------------------------------


class RequiredSkillInline(ReadOnlyInline):
    model = RequiredSkill
    verbose_name_plural = "skills"
    fields = ("skill", "level", "importance", "why")
    related = ("role", "skill")


class RoleToolInline(ReadOnlyInline):
    model = RoleTool
    verbose_name_plural = "tools"
    fields = ("tool", "note")
    related = ("role", "tool")


class RoleOccupationInline(ReadOnlyInline):
    model = RoleOccupation
    verbose_name_plural = "official occupations"
    fields = ("occupation", "weight", "match", "why")
    related = ("role", "occupation")


class StageInline(ReadOnlyInline):
    model = Stage
    verbose_name_plural = "career ladder"
    fields = ("titles_in_use", "years_from", "years_to", "pay_low", "pay_high", "duties")

    @admin.display(description="titles")
    def titles_in_use(self, stage: Stage) -> str:
        """One title a line."""
        return lines(stage.titles)

    @admin.display(description="responsibilities")
    def duties(self, stage: Stage) -> str:
        """One responsibility a line."""
        return lines(stage.responsibilities)


@admin.register(Role)
class RoleAdmin(GuideAdmin[Role]):
    """Kinds of work."""

    list_display = (
        "title",
        "state",
        "is_published",
        "is_featured",
        "position",
        "review",
        "category",
        "page",
    )
    list_filter = (
        LiveFilter,
        "is_published",
        "is_featured",
        ReviewFilter,
        "category",
        "difficulty",
        "coding",
        "remote",
        ReviewerFilter,
    )
    search_fields = ("title", "slug", "also_called", "summary")
    related = ("category", "stages_source")
    inlines = (RequiredSkillInline, RoleToolInline, RoleOccupationInline, StageInline)
    hides = "The transitions from and into it are hidden with it."
    glance = ("state", "review", "roadmap_phases", "interview", "transition_pages")
    groups = (
        ("Name and place", ("title", "plural", "article", "also_called", "category", "summary", "similar")),
        (
            "How hard it is",
            (
                "difficulty",
                "entry_barrier",
                "entry_barrier_why",
                "coding",
                "coding_why",
                "remote",
                "remote_why",
            ),
        ),
        ("Whom it suits", ("good_fit", "poor_fit", "backgrounds", "tasters")),
        ("Text", ("day", "sections", "faq")),
        (
            "Who answers for it",
            ("written_by", "reviewed_by", "updated_on", "review_by", "stages_source", "further_sources"),
        ),
    )

    def published(self) -> QuerySet[Role]:
        return Role.objects.published()

    def hidden_because(self, page: Role) -> str:
        reason = super().hidden_because(page)
        return reason or ("" if page.category.is_published else "Hidden with its category")

    @admin.display(description="interview questions")
    def interview(self, role: Role) -> str:
        """Their number, linked to the list of them."""
        number = Question.objects.filter(role=role).count()
        address = reverse("admin:guides_question_changelist")
        query = urlencode({"role__id__exact": role.pk})
        return format_html('<a href="{}?{}">{}</a>', address, query, f"{number} question{'' if number == 1 else 's'}")

    @admin.display(description="transitions from and into it")
    def transition_pages(self, role: Role) -> str:
        """Links to the written guides that lead from the role or into it."""
        return change_links(Transition.objects.touching(role).select_related("origin", "destination"))


# --- Skills -------------------------------------------------------------------------------------------------------


class SkillResourceInline(ReadOnlyInline):
    model = SkillResource
    verbose_name_plural = "resources"
    fields = ("resource", "level", "why")
    related = ("skill", "resource")


@admin.register(Skill)
class SkillAdmin(CuratedAdmin[Skill]):
    """What people can do or know."""

    list_display = (
        "name",
        "kind",
        "state",
        "is_published",
        "is_featured",
        "position",
        counted("role_count", "published roles"),
        counted("resource_count", "resources"),
        "updated_on",
        "page",
    )
    list_filter = (LiveFilter, "is_published", "is_featured", UsedFilter, "kind")
    search_fields = ("name", "slug", "also_called", "summary")
    date_hierarchy = "updated_on"
    inlines = (SkillResourceInline,)
    glance = ("state", "role_pages", "transition_pages")
    groups = (
        ("Name and place", ("name", "kind", "also_called", "summary", "related")),
        ("Levels", ("levels", "hours")),
        ("Text", ("sections",)),
    )

    def published(self) -> QuerySet[Skill]:
        return Skill.objects.published()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                role_count=count_of(RequiredSkill.objects.filter(role__in=Role.objects.published()), "skill"),
                resource_count=count_of(SkillResource.objects.all(), "skill"),
                is_used=Exists(RequiredSkill.objects.filter(skill=OuterRef("pk"))),
            )
        )

    @admin.display(description="roles that ask for it")
    def role_pages(self, skill: Skill) -> str:
        """Links to the roles, hidden ones too."""
        return change_links(skill.roles.order_by("title").only("title"))

    @admin.display(description="transitions that name it")
    def transition_pages(self, skill: Skill) -> str:
        """Links to the written guides in which it carries over or is learned."""
        return change_links(Transition.objects.filter(skill_links__skill=skill).select_related("origin", "destination"))


# --- Transitions ------------------------------------------------------------------------------------------------------


class TransitionSkillInline(ReadOnlyInline):
    model = TransitionSkill
    verbose_name_plural = "skills"
    fields = ("skill", "label", "is_carried", "priority", "weeks", "text")
    related = ("skill", "transition__origin", "transition__destination")


@admin.register(Transition)
class TransitionAdmin(GuideAdmin[Transition]):
    """Written guides for the move from one role to another."""

    list_display = (
        "__str__",
        "state",
        "is_published",
        "is_featured",
        "position",
        "review",
        "effort",
        "page",
    )
    list_filter = (
        LiveFilter,
        "is_published",
        "is_featured",
        ReviewFilter,
        ("destination__category", admin.RelatedOnlyFieldListFilter),
        "effort",
        ReviewerFilter,
    )
    search_fields = ("slugs", "origin__title", "destination__title", "own_title", "summary")
    related = ("origin__category", "destination__category")
    inlines = (TransitionSkillInline,)
    glance = ("state", "review", "roadmap_phases")
    groups = (
        ("Name and place", ("origin", "destination", "own_title", "summary", "effort", "effort_why", "own_pay_change")),
        ("Text", ("reality", "actions", "sections", "faq")),
        ("Who answers for it", ("written_by", "reviewed_by", "updated_on", "review_by", "further_sources")),
    )

    def published(self) -> QuerySet[Transition]:
        return Transition.objects.published()

    def hidden_because(self, page: Transition) -> str:
        reason = super().hidden_because(page)
        sides = (page.origin, page.destination)
        if reason or all(side.is_published and side.category.is_published for side in sides):
            return reason
        return f"Hidden with {' and '.join(s.title for s in sides if not (s.is_published and s.category.is_published))}"
