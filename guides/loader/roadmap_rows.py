"""Rows whose keys outlive an edit: phases, tasks and interview questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..identity import keep_keys
from ..models import Phase, PhaseResource, Question, Resource, Roadmap, Task
from . import schema
from .insertion import insert
from .library import Item


def write_roadmaps(
    items: Sequence[Item[Any]], owner_ids: Mapping[str, int], owner: Literal["role", "transition"]
) -> None:
    """Makes the roadmaps of changed pages anew; phases and tasks keep the keys of what they were edited from."""
    if not items:
        return
    wanted = {owner_ids[item.slug]: item for item in items}
    column = f"{owner}_id"
    known = {
        getattr(roadmap, column): roadmap
        for roadmap in Roadmap.objects.filter(**{f"{column}__in": list(wanted)}).prefetch_related("phases__tasks")
    }
    old = {pk: _known_phases(roadmap) for pk, roadmap in known.items()}
    Roadmap.objects.filter(pk__in=[roadmap.pk for roadmap in known.values()]).delete()
    roadmaps = Roadmap.objects.bulk_create(
        Roadmap(
            **{column: pk},
            hours_per_week=item.entry.roadmap.hours_per_week,
            starts_from=item.entry.roadmap.starts_from or "",
        )
        for pk, item in wanted.items()
    )
    resources = dict(Resource.objects.values_list("slug", "pk"))
    phases: list[tuple[tuple[Any, ...], schema.PhaseEntry, str, list[tuple[str, str]]]] = []
    for roadmap, (pk, item) in zip(roadmaps, wanted.items(), strict=True):
        phases += _phases(roadmap.pk, item, old.get(pk, []), f"{owner}s/{item.slug}")
    insert(Phase, PHASE, (row for row, *_ in phases))
    mine = {roadmap.pk for roadmap in roadmaps}
    saved = {
        (roadmap, key): pk
        for pk, roadmap, key in Phase.objects.filter(**{f"roadmap__{owner}__isnull": False}).values_list(
            "pk", "roadmap_id", "key"
        )
        if roadmap in mine
    }
    insert(
        Task,
        ("phase", "key", "number", "text", "hours", "is_essential"),
        (
            (saved[row[:2]], key, number, task.do, task.hours, task.essential)
            for row, entry, place, known_tasks in phases
            for number, (key, task) in enumerate(
                zip(keep_keys(place, known_tasks, [task.do for task in entry.tasks]), entry.tasks, strict=True)
            )
        ),
    )
    insert(
        PhaseResource,
        ("phase", "resource", "number"),
        (
            (saved[row[:2]], resources[slug], number)
            for row, entry, *_ in phases
            for number, slug in enumerate(entry.resources)
        ),
    )


PHASE = (
    "roadmap", "key", "number", "title", "weeks", "goals", "teaches", "milestone", "stop_signal", "re_entry",
)  # fmt: skip


def _known_phases(roadmap: Roadmap) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Key, title and tasks (key, text) of each phase as it was."""
    return [
        (phase.key, phase.title, [(task.key, task.text) for task in phase.tasks.all()])
        for phase in roadmap.phases.all()
    ]


def _phases(
    roadmap: int, item: Item[Any], known: list[tuple[str, str, list[tuple[str, str]]]], place: str
) -> list[tuple[tuple[Any, ...], schema.PhaseEntry, str, list[tuple[str, str]]]]:
    """Each phase as a row of ``PHASE``, its entry, the place that its tasks' keys are made from, its tasks before."""
    entries: list[schema.PhaseEntry] = item.entry.roadmap.phases
    keys = keep_keys(place, [(key, title) for key, title, _ in known], [entry.title for entry in entries])
    tasks = {key: old for key, _, old in known}
    return [
        (
            (
                roadmap,
                key,
                number,
                entry.title,
                entry.weeks,
                entry.goals,
                [share.model_dump() for share in entry.teaches],
                entry.milestone,
                entry.stop_signal or "",
                entry.re_entry or "",
            ),
            entry,
            f"{place}#{key}",
            tasks.get(key, []),
        )
        for number, (key, entry) in enumerate(zip(keys, entries, strict=True))
    ]


def write_questions(
    shelf: Mapping[str, Item[schema.QuestionsFile]],
    items: Sequence[Item[schema.QuestionsFile]],
    role_ids: Mapping[str, int],
    skill_ids: Mapping[str, int],
) -> dict[str, Any]:
    """Makes changed question sets anew and deletes those whose file is gone; returns total, new, changed, removed."""
    slugs = [item.slug for item in items]
    known: dict[str, list[tuple[str, str]]] = {}
    for slug, key, text in Question.objects.filter(role__slug__in=slugs).values_list("role__slug", "key", "text"):
        known.setdefault(slug, []).append((key, text))
    Question.objects.filter(role__slug__in=slugs).delete()
    insert(
        Question,
        ("role", "skill", "key", "number", "category", "text", "covers"),
        (
            (
                role_ids[item.slug],
                skill_ids[question.skill],
                key,
                number,
                question.category,
                question.question,
                question.covers,
            )
            for item in items
            for number, (key, question) in enumerate(zip(_keys(item, known), item.entry.questions, strict=True))
        ),
    )
    gone = Question.objects.filter(role__slug__in=[slug for slug in role_ids if slug not in shelf])
    removed = sorted(f"/roles/{slug}/interview/" for slug in set(gone.values_list("role__slug", flat=True)))
    gone.delete()
    changed = sum(slug in known for slug in slugs)
    return {"total": len(shelf), "new": len(slugs) - changed, "changed": changed, "removed": removed}


def _keys(item: Item[schema.QuestionsFile], known: Mapping[str, list[tuple[str, str]]]) -> list[str]:
    texts = [question.question for question in item.entry.questions]
    return keep_keys(f"questions/{item.slug}", known.get(item.slug, []), texts)
