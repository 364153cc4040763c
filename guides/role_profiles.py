"""A role's rows as the profile that the rules of gap, fit and comparison take."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from .duration import Duration
from .gap import Requirement
from .models import Phase, RequiredSkill, Role, RoleOccupation, RoleTool, Stage
from .models.content import RoleQuerySet
from .profile import Background, DayTask, RoleProfile, Rung, ToolUse
from .role_figures import RoleFigures, figures_of
from .vocabulary import Coding, Difficulty, EntryBarrier, Importance, Level, Price, Remote, WorkMode


def requirement_of(row: RequiredSkill) -> Requirement:
    """What a role asks in one skill; the skill has to be loaded."""
    first, second, third, fourth = (row.skill.hours[level.word] for level in Level)
    return Requirement(
        skill=row.skill.slug,
        name=row.skill.name,
        level=Level(row.level),
        importance=Importance(row.importance),
        hours=(first, second, third, fourth),
        why=row.why,
        has_page=row.skill.is_published,
    )


def levels_of(role: Role) -> dict[str, int]:
    """The levels that somebody in a role holds: those that the role asks for, by slug of the skill."""
    return dict(RequiredSkill.objects.filter(role=role).values_list("skill__slug", "level"))


def profile_of(
    role: Role,
    figures: RoleFigures,
    required: Iterable[RequiredSkill],
    phases: Iterable[Phase],
    hours_per_week: int,
    tools: Iterable[RoleTool],
    stages: Iterable[Stage],
) -> RoleProfile:
    """A profile from rows that are loaded already: the role with its category and the source of its ladder, the
    requirements with their skills, the tools of the links."""
    taught: dict[str, float] = {}
    for part in (part for phase in phases for part in phase.teaches):
        taught[part["skill"]] = taught.get(part["skill"], 0.0) + part["weeks"]
    return RoleProfile(
        slug=role.slug,
        title=role.title,
        category=role.category.name,
        difficulty=Difficulty(role.difficulty),
        entry_barrier=EntryBarrier(role.entry_barrier),
        entry_barrier_why=role.entry_barrier_why,
        coding=Coding(role.coding),
        coding_why=role.coding_why,
        remote=Remote(role.remote),
        remote_why=role.remote_why,
        has_ai=role.category.has_ai,
        duration=Duration(role.weeks, hours_per_week),
        taught_weeks=taught,
        pay=figures.pay,
        figures=figures.standing,
        required=tuple(requirement_of(row) for row in required),
        day=tuple(DayTask(piece["task"], WorkMode(piece["mode"]), piece.get("key", "")) for piece in role.day),
        backgrounds=tuple(Background(one["background"], one["role"] or "") for one in role.backgrounds),
        tools=tuple(ToolUse(link.tool.slug, link.tool.name, Price(link.tool.price), link.note) for link in tools),
        ladder=tuple(
            Rung(tuple(stage.titles), stage.years_from, stage.years_to, stage.pay_low, stage.pay_high)
            for stage in stages
        ),
        ladder_source=role.stages_source.slug,
    )


def profiles_of(roles: RoleQuerySet) -> dict[str, RoleProfile]:
    """Profiles by slug, in the order of the roles: six queries for any number of roles."""
    loaded = (
        roles.select_related("category", "stages_source", "roadmap")
        .defer("good_fit", "poor_fit", "tasters", "faq", "sections", "summary")
        .prefetch_related(
            Prefetch("required_skills", RequiredSkill.objects.select_related("skill").defer(*_PROSE_OF_SKILLS)),
            Prefetch("roadmap__phases", Phase.objects.only("roadmap_id", "number", "teaches")),
            Prefetch("occupation_links", RoleOccupation.objects.select_related("occupation")),
            Prefetch("tool_links", RoleTool.objects.select_related("tool")),
            Prefetch("stages", Stage.objects.defer("responsibilities")),
        )
    )
    return {
        role.slug: profile_of(
            role,
            figures_of(role.occupation_links.all()),
            role.required_skills.all(),
            role.roadmap.phases.all(),
            role.roadmap.hours_per_week,
            role.tool_links.all(),
            role.stages.all(),
        )
        for role in loaded
    }


_PROSE_OF_SKILLS = ("skill__summary", "skill__levels", "skill__sections", "skill__also_called", "skill__related")
