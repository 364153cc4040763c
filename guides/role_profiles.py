"""A role's rows as the profile that the rules of gap, fit and comparison take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from sys import intern
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, QuerySet

from .duration import Duration
from .gap import Requirement
from .models import Phase, RequiredSkill, Role, RoleOccupation, RoleTool, Stage
from .models.content import RoleQuerySet
from .profile import Background, DayTask, RoleProfile, Rung, ToolUse
from .role_figures import RoleFigures, figures_of
from .vocabulary import Coding, Difficulty, EntryBarrier, Importance, Level, Price, Remote, WorkMode


def requirement_of(row: RequiredSkill) -> Requirement:
    """What a role asks in one skill; the skill has to be loaded.

    Equal texts and hours are one in memory: many roles ask for a skill, and more than one module holds them all.
    """
    return Requirement(
        skill=intern(row.skill.slug),
        name=intern(row.skill.name),
        level=Level(row.level),
        importance=Importance(row.importance),
        hours=_one_of_equal(*(row.skill.hours[level.word] for level in Level)),
        why=intern(row.why),
        has_page=row.skill.is_published,
    )


@lru_cache(maxsize=1024)
def _one_of_equal(first: int, second: int, third: int, fourth: int) -> tuple[int, int, int, int]:
    return first, second, third, fourth


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
        skill = intern(part["skill"])
        taught[skill] = taught.get(skill, 0.0) + part["weeks"]
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
        tools=tuple(
            ToolUse(intern(link.tool.slug), intern(link.tool.name), Price(link.tool.price), link.note) for link in tools
        ),
        ladder=tuple(
            Rung(tuple(stage.titles), stage.years_from, stage.years_to, stage.pay_low, stage.pay_high)
            for stage in stages
        ),
        ladder_source=role.stages_source.slug,
    )


def profiles_of(roles: RoleQuerySet) -> dict[str, RoleProfile]:
    """Profiles by slug: six queries for any number of roles.

    All six are read side by side, role after role, so the rows of a thousand roles are never in memory at once.
    """
    of_role = {"role__in": roles.order_by()}
    required = _Rows(RequiredSkill.objects.filter(**of_role).for_gap(), "role_id")
    phases = _Rows(Phase.objects.filter(roadmap__role__in=roles.order_by()).only("teaches"), "roadmap__role_id")
    links = _Rows(RoleOccupation.objects.filter(**of_role).select_related("occupation"), "role_id")
    tools = _Rows(RoleTool.objects.filter(**of_role).select_related("tool").defer("tool__summary"), "role_id")
    stages = _Rows(Stage.objects.filter(**of_role).defer("responsibilities"), "role_id")
    loaded = roles.select_related("category", "stages_source", "roadmap").defer(*_ON_ITS_PAGE).order_by("pk")
    return {
        role.slug: profile_of(
            role,
            figures_of(links.of(role)),
            required.of(role),
            phases.of(role),
            role.roadmap.hours_per_week,
            tools.of(role),
            stages.of(role),
        )
        for role in loaded.iterator(TOGETHER)
    }


_ON_ITS_PAGE = ("good_fit", "poor_fit", "tasters", "faq", "sections", "summary")

TOGETHER = 100
"""Rows that are fetched at once while all roles are read."""

M = TypeVar("M", bound=Model)


class _Rows(Generic[M]):
    """The rows of many roles, handed out to one role after the other. ``owner``: where the key of the role stands."""

    def __init__(self, rows: QuerySet[M], owner: str) -> None:
        in_order = rows.annotate(owner=F(owner)).order_by("owner", *(rows.model._meta.ordering or ()))
        self._rows: Iterator[Any] = in_order.iterator(TOGETHER)
        self._next: Any = next(self._rows, None)

    def of(self, role: Role) -> list[M]:
        """The rows of a role in their order. Its key is greater than that of the role before; rows of roles between
        them, which came meanwhile, are passed over."""
        found: list[M] = []
        while self._next is not None and self._next.owner <= role.pk:
            if self._next.owner == role.pk:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found
