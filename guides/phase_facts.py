"""A roadmap's rows as the plain values that plans are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from .computed_guide import computed_guide, title_of
from .gap import Requirement
from .models import Phase, RequiredSkill, Resource, Role, Transition
from .phrases import in_sentence, indefinite_article
from .plan import PhaseFacts, TaskFacts, Teaching
from .published_roles import PublishedRoles
from .resource_facts import resource_facts, with_stand_ins
from .role_profiles import requirement_of
from .transition_phrases import plan_caution

TASK_BYTES, PHASE_BYTES = 400, 8_000
"""What a task and a phase with its texts and resources take in memory, about."""

SHELF = "guide at "


@dataclass(frozen=True)
class Guide:
    """What a plan can be made for: a role or a move, written or computed, with its roadmap.

    ``target`` is its address without slashes around it, ``address`` that of its page, ``line`` the colour of where it
    leads to, empty where that has none.
    """

    target: str
    title: str
    address: str
    line: str
    phases: tuple[PhaseFacts, ...]
    hours_per_week: int
    counted_for: str
    """Whom the guide counts its hours for, as in ``somebody who draws``; empty when it does not say."""
    required: tuple[Requirement, ...] = ()
    """What the role at the end asks for; nothing where only a match is known."""
    caution: str = ""
    """What has to be known before a computed roadmap is followed; empty where somebody wrote it."""

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(PHASE_BYTES + TASK_BYTES * len(phase.tasks) for phase in self.phases)

    @property
    def live_tasks(self) -> list[tuple[str, str]]:
        """Key and text of every task, in order."""
        return [(task.key, task.text) for phase in self.phases for task in phase.tasks]

    @property
    def live_phases(self) -> list[tuple[str, str]]:
        """Key and title of every phase, in order."""
        return [(phase.key, phase.title) for phase in self.phases]


def guide_at(target: str, everybody: PublishedRoles | None = None) -> Guide | None:
    """The guide at ``roles/<role>`` or ``transitions/<origin>/<destination>``; None when visitors find none there.

    A move that nobody wrote a guide for is computed. At most twelve queries; none for a written guide that was read
    before for the same version of ``everybody``.
    """
    known = everybody.shelf.get(f"{SHELF}{target}") if everybody else None
    if isinstance(known, Guide):
        return known
    written = _written(target)
    if written and everybody:
        everybody.shelf.put(f"{SHELF}{target}", written)
    if written:
        return written
    kind, _, slug = target.partition("/")
    origin, _, destination = slug.partition("/")
    return _computed(origin, destination) if kind == "transitions" else None


def _written(target: str) -> Guide | None:
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


def _computed(origin: str, destination: str) -> Guide | None:
    """The computed guide of a move; None when there is no such move, or nothing in it to plan."""
    found = computed_guide(origin, destination)
    if found is None or not found.phases or found.move.length is None:
        return None
    return Guide(
        found.target,
        found.title,
        reverse("guides:transition_detail", args=[origin, destination]),
        found.destination.stop.line,
        found.phases,
        found.move.length.hours_per_week,
        found.counted_for,
        caution=plan_caution(found.move),
    )


def computed_title(target: str) -> str:
    """The title of the computed move at a target; empty when there is none. One query while the ends are held."""
    kind, _, slug = target.partition("/")
    origin, _, destination = slug.partition("/")
    return title_of(origin, destination) if kind == "transitions" else ""


def _guide(target: str, title: str, owner: Role | Transition, destination: Role) -> Guide | None:
    mine = {"roadmap__role": owner} if isinstance(owner, Role) else {"roadmap__transition": owner}
    phases = list(Phase.objects.for_page().filter(**mine))
    if not phases:
        return None
    required = tuple(map(requirement_of, RequiredSkill.objects.filter(role=destination).for_gap()))
    return Guide(
        target,
        title,
        owner.get_absolute_url(),
        destination.category.line,
        facts_of(phases, required),
        phases[0].roadmap.hours_per_week,
        phases[0].roadmap.starts_from if isinstance(owner, Role) else _one(owner.origin),
        required,
    )


def _one(role: Role) -> str:
    return f"{role.article or indefinite_article(role.title)} {in_sentence(role.title)}"


def facts_of(phases: Sequence[Phase], required: Iterable[Requirement]) -> tuple[PhaseFacts, ...]:
    """The facts of phases that were loaded with ``Phase.objects.for_page()``.

    ``required`` are the skills that the role at the end of the roadmap asks for. What a phase teaches beyond them has
    no level to be measured against and shortens nothing.
    """
    levels = {one.skill: one for one in required}
    rows = [link.resource for phase in phases for link in phase.resource_links.all()]
    known = with_stand_ins(rows)
    return tuple(_phase(phase, levels, known) for phase in phases)


def _phase(phase: Phase, levels: Mapping[str, Requirement], known: Mapping[str, Resource]) -> PhaseFacts:
    return PhaseFacts(
        key=phase.key,
        title=phase.title,
        weeks=phase.weeks,
        tasks=tuple(TaskFacts(task.key, task.text, task.hours, task.is_essential) for task in phase.tasks.all()),
        teaches=tuple(
            Teaching(one["skill"], levels[one["skill"]].name, one["weeks"], levels[one["skill"]].level.value)
            for one in phase.teaches
            if one["skill"] in levels
        ),
        resources=tuple(resource_facts(link.resource, known) for link in phase.resource_links.all()),
        goals=tuple(phase.goals),
        milestone=phase.milestone,
        stop_signal=phase.stop_signal,
        re_entry=phase.re_entry,
    )
