"""How what is kept outlives edits of the content: renamed pages, merged ones, and tasks in other words or places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..fit_questions import background_field
from .document import KeptDocument, KeptPhase, KeptPlan, KeptTask

Kept = TypeVar("Kept", KeptTask, KeptPhase)


@dataclass(frozen=True)
class Moves:
    """Where renamed and merged pages are now: former slug → slug of today (``origin/destination`` for transitions)."""

    skills: Mapping[str, str]
    roles: Mapping[str, str]
    transitions: Mapping[str, str]

    def target(self, target: str) -> str:
        """The target of a plan under its address of today."""
        kind, slug = target.split("/", 1)
        if kind == "roles":
            return f"roles/{self.roles.get(slug, slug)}"
        if slug in self.transitions:
            return f"transitions/{self.transitions[slug]}"
        origin, destination = (self.roles.get(side, side) for side in slug.split("/"))
        # Two roles that became one leave no way between them; the plan stays under the address that it had.
        return target if origin == destination else f"transitions/{origin}/{destination}"


@dataclass(frozen=True)
class Attached(Generic[Kept]):
    """A task (or phase) of the guide as it is now and what the visitor did with it.

    ``was_key`` is the key under which it is kept: another one than ``key`` when the guide moved it elsewhere.
    """

    key: str
    was_key: str
    text: str
    known_text: str
    """How the visitor last saw it."""
    kept: Kept

    @property
    def is_reworded(self) -> bool:
        """Whether it reads otherwise than the visitor last saw it."""
        return self.text != self.known_text


@dataclass(frozen=True)
class Resting(Generic[Kept]):
    """What a visitor did with a task (or phase) that the guide no longer has; shown in the words that it had."""

    key: str
    known_text: str
    kept: Kept


@dataclass(frozen=True)
class Placed(Generic[Kept]):
    """Everything kept of a plan's tasks (or phases), each in one of two places: in the guide, or resting."""

    attached: tuple[Attached[Kept], ...]
    resting: tuple[Resting[Kept], ...]

    @property
    def by_key(self) -> dict[str, Kept]:
        """Key in the guide → what the visitor did with it."""
        return {found.key: found.kept for found in self.attached}


def moves_of(addresses: Iterable[tuple[str, str]]) -> Moves:
    """The moves behind former addresses, each with its successor: ``/skills/css3/`` → ``/skills/css/``.

    Chains are followed to their end. What leads to another kind of page, or in a circle, is no move.
    """
    steps: dict[str, dict[str, str]] = {"skills": {}, "roles": {}, "transitions": {}}
    for former, successor in addresses:
        (kind, slug), (kind_now, slug_now) = _page(former), _page(successor)
        if kind == kind_now and kind in steps and slug and slug_now:
            steps[kind][slug] = slug_now
    ends = {kind: {slug: _end(slug, known) for slug in known} for kind, known in steps.items()}
    return Moves(**ends)


def renamed(document: KeptDocument, moves: Moves) -> KeptDocument:
    """The document under today's slugs. Nothing is lost: of two skills that became one, the higher level stays.

    Of two answers to what became one question, the one that was given for the page of today stays. Running it again
    changes nothing.
    """
    ledger: dict[str, int] = {}
    for skill, level in document.ledger.items():
        now = moves.skills.get(skill, skill)
        ledger[now] = max(level, ledger.get(now, 0))
    task_answers: dict[str, str] = {}
    for field, answer in document.task_answers.items():
        now = _field(field, moves)
        if now == field or now not in document.task_answers:
            task_answers[now] = answer
    role = document.current_role or ""
    return document.model_copy(
        update={
            "ledger": ledger,
            "task_answers": task_answers,
            "current_role": moves.roles.get(role, role) or None,
            "plans": tuple(plan.model_copy(update={"target": moves.target(plan.target)}) for plan in document.plans),
        }
    )


def placed(plan: KeptPlan, live: Sequence[tuple[str, str]]) -> Placed[KeptTask]:
    """Where the plan's kept tasks belong among ``live``, the guide's tasks (key, text) in their order.

    A key decides. A task whose key is gone belongs to the first task with the same words and nothing kept of its own:
    that is one that moved to another phase. Likeness is not enough here, for a tick must not appear at work that was
    not done. Every kept task stands in the result exactly once.
    """
    return _placed(plan.tasks, live, lambda task: task.text)


def placed_phases(plan: KeptPlan, live: Sequence[tuple[str, str]]) -> Placed[KeptPhase]:
    """The same for evidence and notes of phases; ``live`` are the guide's phases (key, title)."""
    return _placed(plan.phases, live, lambda phase: phase.title)


def settled(plan: KeptPlan, live_tasks: Sequence[tuple[str, str]], live_phases: Sequence[tuple[str, str]]) -> KeptPlan:
    """The plan with tasks and phases under their keys and in their words of today, once the visitor has seen them.

    Resting ones stay as they are. Without this, a task that moved once and is reworded later would be lost sight of.
    """
    found, found_phases = placed(plan, live_tasks), placed_phases(plan, live_phases)
    tasks = {resting.key: resting.kept for resting in found.resting}
    tasks |= {at.key: at.kept.model_copy(update={"text": at.text}) for at in found.attached}
    phases = {resting.key: resting.kept for resting in found_phases.resting}
    phases |= {at.key: at.kept.model_copy(update={"title": at.text}) for at in found_phases.attached}
    return plan.model_copy(update={"tasks": tasks, "phases": phases})


def _placed(
    everything: Mapping[str, Kept], live: Sequence[tuple[str, str]], words: Callable[[Kept], str]
) -> Placed[Kept]:
    texts = dict(reversed(live))
    free: dict[str, list[str]] = {}
    for key, text in live:
        if key not in everything:
            free.setdefault(_plain(text), []).append(key)
    attached: list[Attached[Kept]] = []
    resting: list[Resting[Kept]] = []
    for key, kept in everything.items():
        known_text = words(kept)
        if key in texts:
            attached.append(Attached(key, key, texts[key], known_text, kept))
            continue
        same = free.get(_plain(known_text))
        if same:
            now = same.pop(0)
            attached.append(Attached(now, key, texts[now], known_text, kept))
        else:
            resting.append(Resting(key, known_text, kept))
    return Placed(tuple(attached), tuple(resting))


def _page(path: str) -> tuple[str, str]:
    kind, _, slug = path.strip("/").partition("/")
    return kind, slug


def _field(field: str, moves: Moves) -> str:
    """The field of a fit question today; those about backgrounds name a role."""
    prefix = background_field("")
    role = field.removeprefix(prefix)
    return background_field(moves.roles.get(role, role)) if field.startswith(prefix) else field


def _end(slug: str, known: Mapping[str, str]) -> str:
    seen = [slug]
    while seen[-1] in known:
        following = known[seen[-1]]
        if following in seen:
            return slug
        seen.append(following)
    return seen[-1]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
