"""Rules between files and between facts: one function each, all run, every problem reported.

A check yields problems and changes nothing. The arithmetic is that of the rules (``duration``, ``pay``), so a page can
never show what a check has not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from ..duration import Duration, hours_disagree
from .check_links import check_links
from .check_names import check_aliases, check_names, check_removed
from .check_pay import check_ladder, check_occupations, check_pay_change, check_pay_in_facts
from .check_references import check_orphans, check_references, check_resources
from .check_transitions import check_transition
from .library import Item, Library
from .problems import Problem, did_you_mean, nearest
from .schema import PhaseEntry, RoadmapEntry, RoleFile, SkillFile, TransitionFile
from .wording import check_wording

QUESTIONS_PROMISED = 50
"""Questions a complete set has."""

ALIKE = 0.85
"""Share of their words that two questions have in common when they are taken for one."""


def check(library: Library, today: date) -> list[Problem]:
    """Everything that is wrong between the files of a library."""
    return [*check_entries(library, today), *check_library(library)]


def check_entries(library: Library, today: date) -> list[Problem]:
    """What is wrong at the entries that the library looks at."""
    problems = [problem for rule in ENTRY_RULES for problem in rule(library)]
    problems.extend(check_dates(library, today))
    return problems


def check_library(library: Library) -> list[Problem]:
    """What is wrong between one entry and all others. Needs a library that looks at all of them."""
    return [problem for rule in LIBRARY_RULES for problem in rule(library)]


def check_not_empty(library: Library) -> Iterator[Problem]:
    """An empty folder is a mistake, not an order to delete the site."""
    if not library.roles and not any(kind == "roles" for kind, _ in library.broken):
        yield Problem("content/roles", 0, 0, "", "No role file is here; nothing is loaded so that no page is lost.")


def check_roadmaps(library: Library) -> Iterator[Problem]:
    """Hours of tasks and shares of skills fit into the weeks of their phase."""
    for role in library.roles.values():
        skills = {entry.skill for entry in role.entry.skills} if library.is_settled(role.entry) else None
        yield from _roadmap(role, role.entry.roadmap, skills, f"a skill of {role.entry.title}")
        if not role.entry.roadmap.starts_from:
            yield role.problem(("roadmap", "starts_from"), "is missing; say whom the weeks are counted for.", key=True)
        taught = {share.skill for phase in role.entry.roadmap.phases for share in phase.teaches}
        # A misspelt skill of a phase is told there; that nobody teaches the one that is meant follows from it.
        meant = {nearest(skill, sorted(skills)) for skill in taught - skills} if skills else set()
        for index, phase in enumerate(role.entry.roadmap.phases):
            if not phase.goals:
                yield role.problem(
                    ("roadmap", "phases", index, "goals"), "is missing; a role's phases say their goals."
                )
        for index, entry in enumerate(role.entry.skills):
            if skills and entry.importance == "essential" and entry.skill not in taught | meant:
                yield role.warning(
                    ("skills", index, "skill"), f'"{entry.skill}" is essential, and no phase of the roadmap teaches it.'
                )
    for transition in library.transitions.values():
        listed = {entry.skill for entry in transition.entry.to_learn}
        to_learn = listed if all(library.knows("skills", skill) for skill in listed) else None
        yield from _roadmap(transition, transition.entry.roadmap, to_learn, "listed under to_learn")


def _roadmap(
    item: Item[RoleFile] | Item[TransitionFile], roadmap: RoadmapEntry, skills: set[str] | None, membership: str
) -> Iterator[Problem]:
    titles: dict[str, int] = {}
    for index, phase in enumerate(roadmap.phases):
        at = ("roadmap", "phases", index)
        if phase.title.lower() in titles:
            yield item.problem(
                (*at, "title"), f'Phase {titles[phase.title.lower()] + 1} has the title "{phase.title}" too.'
            )
        titles.setdefault(phase.title.lower(), index)
        yield from _phase(item, at, phase, Duration(phase.weeks, roadmap.hours_per_week))
        seen: set[str] = set()
        for number, share in enumerate(phase.teaches):
            place = (*at, "teaches", number, "skill")
            if skills is not None and share.skill not in skills:
                near = did_you_mean(share.skill, sorted(skills))
                yield item.problem(place, f'"{share.skill}" is not {membership}.{near}')
            if share.skill in seen:
                yield item.problem(place, f'"{share.skill}" stands in this phase twice; add the weeks up.')
            seen.add(share.skill)


def _phase(
    item: Item[RoleFile] | Item[TransitionFile], at: tuple[str | int, ...], phase: PhaseEntry, length: Duration
) -> Iterator[Problem]:
    taught = sum(share.weeks for share in phase.teaches)
    if taught > phase.weeks:
        yield item.problem(
            (*at, "teaches"), f"The skills take {taught:g} weeks, but the phase has {phase.weeks}; weeks do not add up."
        )
    hours = sum(task.hours for task in phase.tasks)
    if hours_disagree(hours, length):
        yield item.problem(
            (*at, "tasks"),
            f"The tasks take {hours} hours, but {phase.weeks} weeks at {length.hours_per_week} hours are "
            f"{length.hours}; stay within 15 %.",
        )
    texts: set[str] = set()
    for number, task in enumerate(phase.tasks):
        if task.do.lower() in texts:
            yield item.problem((*at, "tasks", number, "do"), "This task stands in the phase twice.")
        texts.add(task.do.lower())


ORDER = ("beginner", "intermediate", "advanced", "behavioural", "ai-workflow")


def check_questions(library: Library) -> Iterator[Problem]:
    """Sorted by category, about skills of the role, enough of them."""
    for slug, item in sorted(library.questions.items()):
        role = library.roles.get(slug)
        settled = role is not None and library.is_settled(role.entry)
        skills = {entry.skill for entry in role.entry.skills} if role and settled else set()
        for index, question in enumerate(item.entry.questions):
            if skills and question.skill not in skills and library.knows("skills", question.skill):
                yield item.problem(("questions", index, "skill"), f'"{question.skill}" is not a skill of this role.')
        for index, (before, question) in enumerate(pairwise(item.entry.questions), start=1):
            if ORDER.index(question.category) < ORDER.index(before.category):
                yield item.problem(
                    ("questions", index, "category"),
                    f"{question.category} belongs before {before.category}; sort the questions.",
                )
                break
        if len(item.entry.questions) < QUESTIONS_PROMISED:
            yield item.warning(
                ("questions",), f"{len(item.entry.questions)} questions; a complete set has {QUESTIONS_PROMISED}."
            )
    for slug, role in sorted(library.roles.items()):
        if not library.knows("questions", slug):
            yield role.warning((), f"The role has no interview questions; write content/questions/{slug}.yaml.")


def check_repeated_questions(library: Library) -> Iterator[Problem]:
    """No question is asked twice, in a set or in two of them. Nothing to do when every set has been seen before."""
    if all(item.is_known for item in library.questions.values()):
        return
    seen: dict[frozenset[str], tuple[str, str]] = {}
    for slug, item in sorted(library.questions.items()):
        mine: list[tuple[frozenset[str], str]] = []
        for index, question in enumerate(item.entry.questions):
            place, words = ("questions", index, "question"), _words(question.question)
            near = None if item.is_known else _near(words, mine)
            twin = seen.get(words)
            if near:
                yield item.problem(place, f'The same question is asked above: "{near}"')
            elif twin and twin != (slug, question.question):
                yield item.problem(place, f"The same question is asked in {twin[0]}; make it specific.")
            seen.setdefault(words, (slug, question.question))
            mine.append((words, question.question))


def _near(words: frozenset[str], others: list[tuple[frozenset[str], str]]) -> str | None:
    """A question above that has nearly the same words."""
    count = len(words)
    for other, text in others:
        # Sets of very different sizes cannot have enough in common, whatever is in them.
        if ALIKE * count <= len(other) <= count / ALIKE:
            common = len(words & other)
            if common >= ALIKE * (count + len(other) - common):
                return text
    return None


def _words(text: str) -> frozenset[str]:
    """The words that make a question what it is."""
    return frozenset(WORD.findall(text.lower())) - FILLERS


WORD = re.compile(r"[^\W_]+")
FILLERS = frozenset(
    re.findall(r"\w+", "a an the is are was do does did of to in on for and or with how what why you your would can it")
)


def check_dates(library: Library, today: date) -> Iterator[Problem]:
    """Nothing was updated or checked in the future, nothing was due before it was written."""
    dated: list[Item[RoleFile] | Item[TransitionFile] | Item[SkillFile]] = [
        *library.roles.values(),
        *library.transitions.values(),
        *library.skills.values(),
    ]
    for one in dated:
        if one.entry.updated_on > today:
            yield one.problem(("updated_on",), f"{one.entry.updated_on} lies in the future.")
    reviewed: list[Item[RoleFile] | Item[TransitionFile]] = [*library.roles.values(), *library.transitions.values()]
    for item in reviewed:
        if item.entry.review_by <= item.entry.updated_on:
            yield item.problem(
                ("review_by",), f"{item.entry.review_by} is not after updated_on, {item.entry.updated_on}."
            )
        elif item.entry.review_by < today:
            yield item.warning(("review_by",), f"The page was due for review on {item.entry.review_by}.")
    for resource in library.resources.values():
        if resource.entry.checked_on and resource.entry.checked_on > today:
            yield resource.problem(("checked_on",), f"{resource.entry.checked_on} lies in the future.")


ENTRY_RULES: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    check_references,
    check_links,
    check_resources,
    check_occupations,
    check_ladder,
    check_roadmaps,
    check_transition,
    check_pay_change,
    check_pay_in_facts,
    check_questions,
    check_wording,
)
"""Rules that find something at an entry for its own sake, or for that of the roles and skills it speaks of."""

LIBRARY_RULES: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    check_not_empty,
    check_names,
    check_aliases,
    check_removed,
    check_repeated_questions,
    check_orphans,
)
"""Rules that compare entries with all others: their names, their addresses, their questions, who refers to them."""
