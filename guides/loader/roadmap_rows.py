"""Rows whose keys outlive an edit: phases, tasks and interview questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..identity import keep_keys
from ..models import Phase, PhaseResource, Question, Resource, Roadmap, Task
from . import schema
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
    phases: list[tuple[Phase, schema.PhaseEntry, str, list[tuple[str, str]]]] = []
    for roadmap, (pk, item) in zip(roadmaps, wanted.items(), strict=True):
        phases += _phases(roadmap, item, old.get(pk, []), f"{owner}s/{item.slug}")
    saved = Phase.objects.bulk_create(phase for phase, *_ in phases)
    tasks: list[Task] = []
    links: list[PhaseResource] = []
    for phase, (_, entry, place, known_tasks) in zip(saved, phases, strict=True):
        keys = keep_keys(place, known_tasks, [task.do for task in entry.tasks])
        tasks += [
            Task(phase=phase, key=key, number=number, text=task.do, hours=task.hours, is_essential=task.essential)
            for number, (key, task) in enumerate(zip(keys, entry.tasks, strict=True))
        ]
        links += [
            PhaseResource(phase=phase, resource_id=resources[slug], number=number)
            for number, slug in enumerate(entry.resources)
        ]
    Task.objects.bulk_create(tasks)
    PhaseResource.objects.bulk_create(links)


def _known_phases(roadmap: Roadmap) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Key, title and tasks (key, text) of each phase as it was."""
    return [
        (phase.key, phase.title, [(task.key, task.text) for task in phase.tasks.all()])
        for phase in roadmap.phases.all()
    ]


def _phases(
    roadmap: Roadmap, item: Item[Any], known: list[tuple[str, str, list[tuple[str, str]]]], place: str
) -> list[tuple[Phase, schema.PhaseEntry, str, list[tuple[str, str]]]]:
    entries: list[schema.PhaseEntry] = item.entry.roadmap.phases
    keys = keep_keys(place, [(key, title) for key, title, _ in known], [entry.title for entry in entries])
    tasks = {key: old for key, _, old in known}
    return [
        (
            Phase(
                roadmap=roadmap,
                key=key,
                number=number,
                title=entry.title,
                weeks=entry.weeks,
                goals=entry.goals,
                teaches=[share.model_dump() for share in entry.teaches],
                milestone=entry.milestone,
                stop_signal=entry.stop_signal or "",
                re_entry=entry.re_entry or "",
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
    rows: list[Question] = []
    for item in items:
        texts = [question.question for question in item.entry.questions]
        keys = keep_keys(f"questions/{item.slug}", known.get(item.slug, []), texts)
        rows += [
            Question(
                role_id=role_ids[item.slug],
                skill_id=skill_ids[question.skill],
                key=key,
                number=number,
                category=question.category,
                text=question.question,
                covers=question.covers,
            )
            for number, (key, question) in enumerate(zip(keys, item.entry.questions, strict=True))
        ]
    Question.objects.bulk_create(rows)
    gone = Question.objects.exclude(role__slug__in=list(shelf))
    removed = sorted(f"/roles/{slug}/interview/" for slug in set(gone.values_list("role__slug", flat=True)))
    gone.delete()
    changed = sum(slug in known for slug in slugs)
    return {"total": len(shelf), "new": len(slugs) - changed, "changed": changed, "removed": removed}
