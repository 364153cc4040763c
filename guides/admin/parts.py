"""Parts of pages: phases, tasks, questions, stages and what links pages to registers. Read-only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ..models import (
    Phase,
    PhaseResource,
    Question,
    RequiredSkill,
    Roadmap,
    Role,
    RoleOccupation,
    RoleTool,
    SkillResource,
    Stage,
    Task,
    Transition,
    TransitionSkill,
)
from .file_owned import FileOwnedAdmin, PartAdmin, ReadOnlyInline, change_link, counted
from .readable import lines


def _owner(roadmap: Roadmap) -> Role | Transition | None:
    return roadmap.role or roadmap.transition


def _file(page: Role | Transition | None) -> str:
    return page.source_path if page else ""


# --- Roadmaps -----------------------------------------------------------------------------------------------------


class PhaseInline(ReadOnlyInline):
    model = Phase
    fields = ("phase", "weeks", "milestone")

    @admin.display(description="phase")
    def phase(self, phase: Phase) -> str:
        """Its title, linked to its page here."""
        return change_link(phase)


class TaskInline(ReadOnlyInline):
    model = Task
    fields = ("text", "hours", "is_essential")


class PhaseResourceInline(ReadOnlyInline):
    model = PhaseResource
    verbose_name_plural = "resources"
    fields = ("resource",)
    related = ("phase", "resource")


@admin.register(Roadmap)
class RoadmapAdmin(PartAdmin[Roadmap]):
    """Ways into roles and across moves."""

    list_display = ("__str__", "hours_per_week", counted("phase_count", "phases"))
    search_fields = ("role__title", "transition__slugs")
    related = ("role", "transition__origin", "transition__destination")
    inlines = (PhaseInline,)

    def file_of(self, row: Roadmap) -> str:
        return _file(_owner(row))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Roadmap]:
        return super().get_queryset(request).annotate(phase_count=Count("phases"))


@admin.register(Phase)
class PhaseAdmin(FileOwnedAdmin[Phase]):
    """Stretches of roadmaps."""

    list_display = ("title", "page", "number", "weeks", counted("task_count", "tasks"))
    search_fields = ("title", "milestone", "roadmap__role__title", "roadmap__transition__slugs")
    related = ("roadmap__role", "roadmap__transition__origin", "roadmap__transition__destination")
    glance = ("page",)
    inlines = (TaskInline, PhaseResourceInline)
    ordering = ("roadmap", "number")

    def file_of(self, row: Phase) -> str:
        return _file(_owner(row.roadmap))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Phase]:
        return super().get_queryset(request).annotate(task_count=Count("tasks"))

    @admin.display(description="page")
    def page(self, phase: Phase) -> str:
        """The role or move whose roadmap it belongs to."""
        page = _owner(phase.roadmap)
        return change_link(page) if page else ""


@admin.register(Task)
class TaskAdmin(PartAdmin[Task]):
    """Things to do in a phase."""

    list_display = ("text", "phase", "hours", "is_essential")
    list_filter = ("is_essential",)
    search_fields = ("text",)
    related = (
        "phase__roadmap__role",
        "phase__roadmap__transition__origin",
        "phase__roadmap__transition__destination",
    )
    ordering = ("phase", "number")

    def file_of(self, row: Task) -> str:
        return _file(_owner(row.phase.roadmap))


@admin.register(PhaseResource)
class PhaseResourceAdmin(PartAdmin[PhaseResource]):
    """Resources of phases."""

    list_display = ("resource", "phase")
    search_fields = ("resource__title", "phase__title")
    related = (
        "resource",
        "phase__roadmap__role",
        "phase__roadmap__transition__origin",
        "phase__roadmap__transition__destination",
    )

    def file_of(self, row: PhaseResource) -> str:
        return _file(_owner(row.phase.roadmap))


# --- Interview questions ------------------------------------------------------------------------------------------


@admin.register(Question)
class QuestionAdmin(FileOwnedAdmin[Question]):
    """Interview questions and what good answers cover."""

    list_display = ("text", "role", "category", "skill")
    list_filter = ("category", ("role__category", admin.RelatedOnlyFieldListFilter))
    search_fields = ("text", "role__title", "skill__name")
    related = ("role", "skill")
    ordering = ("role", "number")

    def file_of(self, row: Question) -> str:
        return f"content/questions/{row.role.slug}.yaml"


# --- Parts of roles, skills and moves -------------------------------------------------------------------------------


@admin.register(RequiredSkill)
class RequiredSkillAdmin(PartAdmin[RequiredSkill]):
    """What roles ask for."""

    list_display = ("skill", "role", "level", "importance")
    list_filter = ("level", "importance")
    search_fields = ("skill__name", "role__title")
    related = ("role", "skill")

    def file_of(self, row: RequiredSkill) -> str:
        return row.role.source_path


@admin.register(RoleTool)
class RoleToolAdmin(PartAdmin[RoleTool]):
    """Tools of roles."""

    list_display = ("tool", "role", "note")
    search_fields = ("tool__name", "role__title")
    related = ("role", "tool")

    def file_of(self, row: RoleTool) -> str:
        return row.role.source_path


@admin.register(RoleOccupation)
class RoleOccupationAdmin(PartAdmin[RoleOccupation]):
    """Official occupations behind roles."""

    list_display = ("occupation", "role", "weight", "match")
    list_filter = ("match",)
    search_fields = ("occupation__title", "occupation__code", "role__title")
    related = ("role", "occupation")

    def file_of(self, row: RoleOccupation) -> str:
        return row.role.source_path


@admin.register(Stage)
class StageAdmin(PartAdmin[Stage]):
    """Steps of career ladders."""

    list_display = ("titles_in_use", "role", "years_from", "years_to", "pay_low", "pay_high")
    search_fields = ("role__title",)
    related = ("role",)
    ordering = ("role", "number")

    def file_of(self, row: Stage) -> str:
        return row.role.source_path

    @admin.display(description="titles")
    def titles_in_use(self, stage: Stage) -> str:
        """One title a line."""
        return lines(stage.titles)


@admin.register(SkillResource)
class SkillResourceAdmin(PartAdmin[SkillResource]):
    """Resources that teach skills."""

    list_display = ("resource", "skill", "level")
    list_filter = ("level",)
    search_fields = ("resource__title", "skill__name")
    related = ("skill", "resource")

    def file_of(self, row: SkillResource) -> str:
        return row.skill.source_path


@admin.register(TransitionSkill)
class TransitionSkillAdmin(PartAdmin[TransitionSkill]):
    """Skills in moves."""

    list_display = ("skill", "transition", "is_carried", "priority", "weeks")
    list_filter = ("is_carried", "priority")
    search_fields = ("skill__name", "transition__slugs")
    related = ("skill", "transition__origin", "transition__destination")

    def file_of(self, row: TransitionSkill) -> str:
        return row.transition.source_path
