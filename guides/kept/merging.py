"""Two kept documents made one: nothing is overwritten in silence, every difference is named with what becomes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from .document import (
    LONGEST_NOTE,
    KeptDocument,
    KeptPhase,
    KeptPlan,
    KeptRating,
    KeptTask,
    Problem,
    TaskState,
    read,
    written,
)

Value = TypeVar("Value")

Outcome = Literal["added", "taken", "joined", "kept"]
"""Only the file has it · the file's replaces mine · both stand together · mine stays although the file differs."""

ChangePart = Literal["skill", "answer", "role", "plan", "task", "note", "evidence", "money", "practice"]

_RANK: dict[TaskState, int] = {"open": 0, "skipped": 1, "done": 2}
_LONG_AGO = date.min


@dataclass(frozen=True)
class Change:
    """One difference between what is kept and an uploaded file, and what a merge makes of it.

    ``name`` is the slug, field, target, question key, or the words of the task or phase; ``plan`` the target of the
    plan that it belongs to. ``mine`` and ``uploaded`` are the two values, empty for none: a level as its number, a
    plan by its start, everything else as it is kept.
    """

    part: ChangePart
    outcome: Outcome
    name: str
    mine: str = ""
    uploaded: str = ""
    plan: str = ""


@dataclass(frozen=True)
class Merge:
    """What a merge would keep, and every change to show before it is kept.

    With ``problems`` both together are more than can be kept; ``document`` is then mine as it was.
    """

    document: KeptDocument
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()


def merge(mine: KeptDocument, uploaded: KeptDocument) -> Merge:
    """``mine`` with everything that ``uploaded`` adds to it.

    A skill keeps the higher level; a task the state that was set last, on the same day a tick before a skip before an
    open one; notes and evidence that differ stand one after the other; a question keeps its latest rating; plans are
    the same when id and target are, and take their settings from the one that was planned last. Fit answers, the
    current role and own numbers of mine stay. Merging the same file again changes nothing more. Both documents must
    have gone through ``renamed`` with the same moves.
    """
    changes: list[Change] = []
    document = KeptDocument.model_construct(
        format=mine.format,
        ledger=_ledger(mine.ledger, uploaded.ledger, changes),
        answers=_answers(mine.answers, uploaded.answers, changes),
        task_answers=_answers(mine.task_answers, uploaded.task_answers, changes),
        current_role=_current_role(mine.current_role, uploaded.current_role, changes),
        plans=_plans(mine.plans, uploaded.plans, changes),
        practice=_practice(mine.practice, uploaded.practice, changes),
        names={**uploaded.names, **mine.names},
        seen=mine.seen or uploaded.seen,
    )
    checked = read(written(document))
    if isinstance(checked, tuple):
        return Merge(mine, (), checked)
    return Merge(checked, tuple(changes))


def _ledger(mine: Mapping[str, int], uploaded: Mapping[str, int], changes: list[Change]) -> dict[str, int]:
    ledger = dict(mine)
    for skill, level in uploaded.items():
        held = mine.get(skill)
        if held == level:
            continue
        outcome: Outcome = "added" if held is None else "taken" if level > held else "kept"
        changes.append(Change("skill", outcome, skill, "" if held is None else str(held), str(level)))
        ledger[skill] = level if held is None else max(held, level)
    return ledger


def _answers(mine: Mapping[str, str], uploaded: Mapping[str, str], changes: list[Change]) -> dict[str, str]:
    answers = dict(mine)
    for field, answer in uploaded.items():
        own = answers.setdefault(field, answer)
        if field not in mine:
            changes.append(Change("answer", "added", field, "", answer))
        elif own != answer:
            changes.append(Change("answer", "kept", field, own, answer))
    return answers


def _current_role(mine: str | None, uploaded: str | None, changes: list[Change]) -> str | None:
    if uploaded is not None and mine != uploaded:
        changes.append(Change("role", "kept" if mine else "added", uploaded, mine or "", uploaded))
    return mine or uploaded


def _practice(
    mine: Mapping[str, KeptRating], uploaded: Mapping[str, KeptRating], changes: list[Change]
) -> dict[str, KeptRating]:
    practice = dict(mine)
    for question, theirs in uploaded.items():
        own = mine.get(question)
        if own == theirs:
            continue
        outcome: Outcome = "added" if own is None else "taken" if theirs.on > own.on else "kept"
        changes.append(Change("practice", outcome, question, own.rating if own else "", theirs.rating))
        if outcome != "kept":
            practice[question] = theirs
    return practice


def _plans(mine: tuple[KeptPlan, ...], uploaded: tuple[KeptPlan, ...], changes: list[Change]) -> tuple[KeptPlan, ...]:
    plans = {plan.id: plan for plan in mine}
    for theirs in uploaded:
        own = plans.get(theirs.id)
        if own is not None and own.target != theirs.target:
            # Two plans that share an id by chance or by hand: the second gets one that is the same at every merge.
            other = hashlib.sha256(f"{theirs.id} {theirs.target}".encode()).hexdigest()[:12]
            theirs = theirs.model_copy(update={"id": other})
            own = plans.get(other)
        if own is None:
            changes.append(Change("plan", "added", theirs.target, "", theirs.start.isoformat(), theirs.target))
            plans[theirs.id] = theirs
        elif own != theirs:
            plans[own.id] = _plan(own, theirs, changes)
    return tuple(plans.values())


def _plan(mine: KeptPlan, uploaded: KeptPlan, changes: list[Change]) -> KeptPlan:
    settings, other = (uploaded, mine) if _planned(uploaded) > _planned(mine) else (mine, uploaded)
    if _settings(mine) != _settings(uploaded):
        outcome: Outcome = "taken" if settings is uploaded else "kept"
        changes.append(
            Change("plan", outcome, mine.target, mine.start.isoformat(), uploaded.start.isoformat(), plan=mine.target)
        )
    if uploaded.money is not None and mine.money != uploaded.money:
        changes.append(Change("money", "kept" if mine.money else "added", mine.target, plan=mine.target))
    tasks = dict(mine.tasks)
    for key, task in uploaded.tasks.items():
        tasks[key] = _task(mine.tasks.get(key), task, mine.target, changes)
    phases = dict(mine.phases)
    for key, phase in uploaded.phases.items():
        phases[key] = _phase(mine.phases.get(key), phase, mine.target, changes)
    return settings.model_copy(
        update={
            "id": mine.id,
            "target": mine.target,
            "money": mine.money or uploaded.money,
            "tasks": tasks,
            "phases": phases,
            "created": min(settings.created, other.created),
        }
    )


def _planned(plan: KeptPlan) -> date:
    return plan.replanned_on or plan.created


def _settings(plan: KeptPlan) -> tuple[object, ...]:
    return (
        plan.start,
        plan.hours_per_week,
        plan.hours_per_weekday,
        plan.weeks_off,
        plan.scope,
        plan.free_only,
        plan.replanned_on,
    )


def _task(mine: KeptTask | None, uploaded: KeptTask, plan: str, changes: list[Change]) -> KeptTask:
    if mine is None:
        changes.append(Change("task", "added", uploaded.text, "", uploaded.state, plan))
        if uploaded.note:
            changes.append(Change("note", "added", uploaded.text, "", uploaded.note, plan))
        return uploaded
    later = max(mine, uploaded, key=lambda task: (task.on or _LONG_AGO, _RANK[task.state]))
    if mine.state != uploaded.state:
        outcome: Outcome = "taken" if later is uploaded else "kept"
        changes.append(Change("task", outcome, mine.text, mine.state, uploaded.state, plan))
    note = _joined("note", mine.text, mine.note, uploaded.note, plan, changes)
    return later.model_copy(update={"note": note, "text": mine.text})


def _phase(mine: KeptPhase | None, uploaded: KeptPhase, plan: str, changes: list[Change]) -> KeptPhase:
    own = mine or KeptPhase(title=uploaded.title)
    evidence, note = own.evidence or uploaded.evidence, own.note
    if uploaded.evidence and not own.evidence:
        changes.append(Change("evidence", "added", own.title, "", uploaded.evidence, plan))
    elif own.evidence != uploaded.evidence:
        # A milestone has one place for evidence; the second one goes where notes are, and nothing is lost.
        note = _joined("evidence", own.title, note, uploaded.evidence, plan, changes)
    note = _joined("note", own.title, note, uploaded.note, plan, changes)
    return own.model_copy(update={"evidence": evidence, "note": note})


def _joined(part: ChangePart, name: str, mine: str, uploaded: str, plan: str, changes: list[Change]) -> str:
    """Both notes, one after the other, unless one holds the other; mine alone when both are too long together."""
    if not uploaded or uploaded in mine:
        return mine
    if mine in uploaded:
        changes.append(Change(part, "joined" if mine else "added", name, mine, uploaded, plan))
        return uploaded
    together = f"{mine}\n\n{uploaded}"
    outcome: Outcome = "joined" if len(together) <= LONGEST_NOTE else "kept"
    changes.append(Change(part, outcome, name, mine, uploaded, plan))
    return together if outcome == "joined" else mine
