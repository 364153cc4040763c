"""A roadmap's rows as the plain values that plans are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .models import Phase, RequiredSkill, Resource, Role, Transition
from .phrases import in_sentence, indefinite_article
from .plan import PhaseFacts, ResourceFacts, TaskFacts, Teaching
from .vocabulary import Price

LONGEST_CHAIN = 3
"""How often a resource may be replaced by one that was replaced itself before nobody follows any further."""


@dataclass(frozen=True)
class Guide:
    """What a plan can be made for: a role or a move, with its roadmap. ``target`` is its address without slashes."""

    target: str
    title: str
    owner: Role | Transition
    destination: Role
    phases: tuple[PhaseFacts, ...]
    hours_per_week: int
    counted_for: str
    """Whom the guide counts its hours for, as in ``somebody who draws``; empty when it does not say."""

    @property
    def live_tasks(self) -> list[tuple[str, str]]:
        """Key and text of every task, in order."""
        return [(task.key, task.text) for phase in self.phases for task in phase.tasks]

    @property
    def live_phases(self) -> list[tuple[str, str]]:
        """Key and title of every phase, in order."""
        return [(phase.key, phase.title) for phase in self.phases]


def guide_at(target: str) -> Guide | None:
    """The guide at ``roles/<role>`` or ``transitions/<origin>/<destination>``; None when visitors find none there.

    At most seven queries.
    """
    kind, _, slug = target.partition("/")
    if kind == "roles":
        role = Role.objects.published().select_related("category").filter(slug=slug).first()
        return _guide(target, role.title, role, role) if role else None
    move = (
        Transition.objects.published()
        .select_related("origin__category", "destination__category")
        .filter(slugs=slug)
        .first()
        if kind == "transitions"
        else None
    )
    return _guide(target, str(move), move, move.destination) if move else None


def _guide(target: str, title: str, owner: Role | Transition, destination: Role) -> Guide | None:
    mine = {"roadmap__role": owner} if isinstance(owner, Role) else {"roadmap__transition": owner}
    phases = list(Phase.objects.for_page().filter(**mine))
    if not phases:
        return None
    required = RequiredSkill.objects.filter(role=destination).select_related("skill")
    return Guide(
        target,
        title,
        owner,
        destination,
        facts_of(phases, list(required)),
        phases[0].roadmap.hours_per_week,
        phases[0].roadmap.starts_from if isinstance(owner, Role) else _one(owner.origin),
    )


def _one(role: Role) -> str:
    return f"{role.article or indefinite_article(role.title)} {in_sentence(role.title)}"


def facts_of(phases: Sequence[Phase], required: Iterable[RequiredSkill]) -> tuple[PhaseFacts, ...]:
    """The facts of phases that were loaded with ``Phase.objects.for_page()``.

    ``required`` are the skills that the role at the end of the roadmap asks for, each with its skill. What a phase
    teaches beyond them has no level to be measured against and shortens nothing.
    """
    levels = {one.skill.slug: one for one in required}
    rows = [link.resource for phase in phases for link in phase.resource_links.all()]
    known = _with_stand_ins(rows)
    return tuple(_phase(phase, levels, known) for phase in phases)


def _phase(phase: Phase, levels: Mapping[str, RequiredSkill], known: Mapping[str, Resource]) -> PhaseFacts:
    return PhaseFacts(
        key=phase.key,
        title=phase.title,
        weeks=phase.weeks,
        tasks=tuple(TaskFacts(task.key, task.text, task.hours, task.is_essential) for task in phase.tasks.all()),
        teaches=tuple(
            Teaching(one["skill"], levels[one["skill"]].skill.name, one["weeks"], levels[one["skill"]].level)
            for one in phase.teaches
            if one["skill"] in levels
        ),
        resources=tuple(_resource(link.resource, known) for link in phase.resource_links.all()),
        goals=tuple(phase.goals),
        milestone=phase.milestone,
        stop_signal=phase.stop_signal,
        re_entry=phase.re_entry,
    )


def _resource(row: Resource, known: Mapping[str, Resource]) -> ResourceFacts:
    """A resource, or the one that took its place, with what does for it without pay."""
    seen = {row.slug}
    while row.replaced_by in known and row.replaced_by not in seen:
        row = known[row.replaced_by]
        seen.add(row.slug)
    other = known.get(row.alternative)
    return _plain(row, _plain(other) if other else None)


def _plain(row: Resource, alternative: ResourceFacts | None = None) -> ResourceFacts:
    return ResourceFacts(row.slug, row.title, row.provider, row.url, Price(row.price), row.cost_usd, alternative)


def _with_stand_ins(rows: Iterable[Resource]) -> dict[str, Resource]:
    """The resources and all that they name, by slug; one query for each link of the chain."""
    known = {row.slug: row for row in rows}
    for _ in range(LONGEST_CHAIN):
        named = {slug for row in known.values() for slug in (row.replaced_by, row.alternative) if slug}
        missing = named - known.keys()
        if not missing:
            break
        known |= {row.slug: row for row in Resource.objects.filter(slug__in=missing)}
    return known
