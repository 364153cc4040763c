"""A transition agrees with both of its roles."""

from __future__ import annotations

from collections.abc import Iterator

from ..vocabulary import Level, Priority
from .library import Item, Library
from .problems import Problem, alternatives, did_you_mean, nearest
from .schema import CarriedEntry, RoleFile, ToLearnEntry, TransitionFile


def check_transition(library: Library) -> Iterator[Problem]:
    """Carried skills are the origin's, skills to learn the destination's, sorted, each taught, none held already."""
    for slug, item in library.transitions.items():
        origin_slug, destination_slug = slug.split("/")
        if origin_slug == destination_slug:
            yield item.problem((), "A transition leads from one role to another; origin and destination are the same.")
            continue
        if looks_exchanged(library, item):
            yield item.problem(
                (),
                "The origin and the destination look exchanged; "
                f"move the file to content/transitions/{destination_slug}/{origin_slug}.md.",
            )
            continue
        origin, destination = library.roles.get(origin_slug), library.roles.get(destination_slug)
        if origin and library.is_settled(origin.entry):
            yield from _carried(library, item, origin)
        if destination and library.is_settled(destination.entry):
            yield from _to_learn(library, item, destination)
        if origin and destination and library.is_settled(origin.entry) and library.is_settled(destination.entry):
            yield from _sides(item, origin, destination, is_complete=_is_complete(library, item))
        yield from _order(item)
        yield from _taught(library, item)
        yield from _labels(library, item)


MISFITS = 2
"""Skills on the wrong side from which a transition that fits the other way round is taken for an exchanged one."""


def looks_exchanged(library: Library, item: Item[TransitionFile]) -> bool:
    """Whether the skills of a transition contradict its roles and would agree with the way back."""
    origin, destination = (library.roles.get(slug) for slug in item.slug.split("/"))
    if not origin or not destination or origin is destination:
        return False
    if not (library.is_settled(origin.entry) and library.is_settled(destination.entry)):
        return False
    here = _misfits(item.entry, origin.entry, destination.entry)
    return here >= MISFITS and not _misfits(item.entry, destination.entry, origin.entry)


def _misfits(entry: TransitionFile, origin: RoleFile, destination: RoleFile) -> int:
    """Carried skills that the origin lacks, and skills to learn that the destination does not ask for or are held."""
    held = {row.skill: Level.from_word(row.level) for row in origin.skills}
    needed = {row.skill: Level.from_word(row.level) for row in destination.skills}
    lacking = [row for row in entry.carried if row.skill not in held]
    idle = [row for row in entry.to_learn if needed.get(row.skill, 0) <= held.get(row.skill, 0)]
    return len(lacking) + len(idle)


def _carried(library: Library, item: Item[TransitionFile], origin: Item[RoleFile]) -> Iterator[Problem]:
    skills = {row.skill for row in origin.entry.skills}
    for index, row in enumerate(item.entry.carried):
        if row.skill not in skills and library.knows("skills", row.skill):
            near = did_you_mean(row.skill, skills)
            yield item.problem(
                ("carried", index, "skill"),
                f'"{row.skill}" is not a skill of {origin.entry.title}, so it cannot carry over.{near}',
            )


def _to_learn(library: Library, item: Item[TransitionFile], destination: Item[RoleFile]) -> Iterator[Problem]:
    skills = {row.skill for row in destination.entry.skills}
    for index, row in enumerate(item.entry.to_learn):
        if row.skill not in skills and library.knows("skills", row.skill):
            near = did_you_mean(row.skill, skills)
            yield item.problem(
                ("to_learn", index, "skill"),
                f'"{row.skill}" is not a skill of {destination.entry.title}, so it need not be learned.{near}',
            )


def _is_complete(library: Library, item: Item[TransitionFile]) -> bool:
    """Whether all skills to learn exist. While one is misspelt nobody can say which are left out."""
    return all(library.knows("skills", row.skill) for row in item.entry.to_learn)


def _sides(
    item: Item[TransitionFile], origin: Item[RoleFile], destination: Item[RoleFile], *, is_complete: bool
) -> Iterator[Problem]:
    held = {row.skill: Level.from_word(row.level) for row in origin.entry.skills}
    carried = {row.skill for row in item.entry.carried}
    to_learn = {row.skill for row in item.entry.to_learn}
    needed = {row.skill: Level.from_word(row.level) for row in destination.entry.skills}
    for index, row in enumerate(item.entry.to_learn):
        if row.skill in carried:
            yield item.problem(("to_learn", index, "skill"), f'"{row.skill}" stands under carried too.')
        elif row.skill in needed and held.get(row.skill, 0) >= needed[row.skill]:
            yield item.problem(
                ("to_learn", index, "skill"),
                f'{origin.entry.title} already asks for "{row.skill}" at {Level(held[row.skill]).word}, and '
                f"{destination.entry.title} for {needed[row.skill].word}; move it to carried.",
            )
    for wanted in destination.entry.skills if is_complete else ():
        if (
            wanted.importance == "essential"
            and held.get(wanted.skill, 0) < needed[wanted.skill]
            and wanted.skill not in to_learn
        ):
            yield item.warning(
                ("to_learn",),
                f'{destination.entry.title} needs "{wanted.skill}" at {wanted.level}; nothing here teaches it.',
            )


def _order(item: Item[TransitionFile]) -> Iterator[Problem]:
    previous = Priority.CRITICAL
    for index, row in enumerate(item.entry.to_learn):
        priority = Priority(row.priority)
        if priority.rank < previous.rank:
            yield item.problem(
                ("to_learn", index, "priority"),
                f"{priority.value} belongs before {previous.value}; sort the list by priority.",
            )
            return
        previous = max(previous, priority, key=lambda one: one.rank)


def _taught(library: Library, item: Item[TransitionFile]) -> Iterator[Problem]:
    taught = {share.skill for phase in item.entry.roadmap.phases for share in phase.teaches}
    listed = sorted({row.skill for row in item.entry.to_learn})
    # A misspelt skill of a phase is told there; that nobody teaches the one that is meant follows from it.
    meant = {nearest(skill, listed) for skill in taught.difference(listed)}
    for index, row in enumerate(item.entry.to_learn):
        if row.skill not in taught | meant and library.knows("skills", row.skill):
            yield item.problem(
                ("to_learn", index, "skill"), f'No phase teaches "{row.skill}", so its weeks are unknown.'
            )


def _labels(library: Library, item: Item[TransitionFile]) -> Iterator[Problem]:
    rows: list[tuple[str, int, CarriedEntry | ToLearnEntry]] = [
        *(("carried", index, row) for index, row in enumerate(item.entry.carried)),
        *(("to_learn", index, row) for index, row in enumerate(item.entry.to_learn)),
    ]
    for field, index, row in rows:
        skill = library.skills.get(row.skill)
        if skill and row.label and row.label not in skill.entry.also_called:
            names = [f'"{name}"' for name in (*skill.entry.also_called, skill.entry.name)]
            yield item.problem(
                (field, index, "label"),
                f'"{row.label}" is not a registered name of {row.skill}; use {alternatives(names)}, '
                f"or add it to also_called in content/skills/{row.skill}.md.",
            )
