"""Sentences about what a visitor keeps: what is wrong with a file or a code, and what a merge changes."""

from __future__ import annotations

from collections.abc import Mapping

from .kept import Change, KeptDocument, News, Problem
from .phrases import count
from .plan import LEAST_HOURS, MOST_HOURS, MOST_HOURS_A_DAY
from .recovery_code import LENGTH, CodeFault
from .vocabulary import Level

KILOBYTE = 1024

NOTHING_UNDER_CODE = (
    "Nothing is kept under this code. It may have been deleted, have run out, or have got a new code since."
)
NO_FILE = "No file was chosen."

_ANSWERS = {"done": "done", "skipped": "skipped", "open": "still to do", "": "not marked"}


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a file, and where in it; of what stands there, a shortened piece that still needs escaping."""
    place = f"{' / '.join(problem.where)}: " if problem.where else ""
    return f"{place}{_problem(problem)}"


def _problem(problem: Problem) -> str:
    match problem.kind:
        case "too_large":
            size = -(-int(problem.found) // KILOBYTE)
            return f"That is {size:,} KB; at most {problem.limit // KILOBYTE:,} KB can be kept."
        case "not_text":
            return "This is not a text file in UTF-8, so it is not a file that was downloaded here."
        case "not_json":
            return (
                "This is not a complete JSON file. If it was edited, something such as a comma or a bracket is wrong."
            )
        case "too_deep":
            return f"This file has more than {problem.limit} levels of brackets, so it was not downloaded here."
        case "repeated":
            return f"The name “{problem.found}” stands twice in the same place; which one counts cannot be told."
        case "not_ours":
            return "This file does not say which format it has, so it is not a file that was downloaded here."
        case "newer":
            return (
                f"This file has format {problem.found}, and this site reads format {problem.limit}. Nothing was read."
            )
        case "unknown":
            return "There is no field of this name."
        case "missing":
            return "This field is missing."
        case "too_long":
            return f"This text has {int(problem.found):,} characters; at most {problem.limit:,} fit."
        case "too_many":
            found = f"; these are {int(problem.found):,}" if problem.found else ""
            return f"At most {problem.limit:,} entries can be kept here{found}."
        case "same_id":
            return "Two plans have the same id."
        case "pace":
            return (
                f"A plan needs hours a week or hours for each weekday, not both: {LEAST_HOURS} to {MOST_HOURS} a week, "
                f"at most {MOST_HOURS_A_DAY} a day."
            )
        case "no_day":
            return "A task that is done or skipped needs the day on which it was."
        case "monday":
            return f"{problem.found} is not a Monday; a week off is named by its Monday."
        case "value":
            return f"“{problem.found}” cannot stand here."


def code_sentence(fault: CodeFault) -> str:
    """What is wrong with a recovery code, and how to get on."""
    match fault.kind:
        case "empty":
            return "Type the recovery code: seven groups of four letters and digits."
        case "length":
            found = count(int(fault.found), "character")
            return f"A recovery code has {LENGTH} characters in seven groups of four; this one has {found}."
        case "character":
            return (
                f"“{fault.found}” never stands in a recovery code, which has digits and the letters A to Z without U."
            )
        case "mistyped":
            return "At least one character is not as it was written down. Compare the code group by group."


def change_sentence(change: Change, names: Mapping[str, str]) -> str:
    """One difference and what becomes of it. ``names`` gives the words for slugs, targets, fields and questions."""
    name = names.get(change.name, change.name)
    match change.part:
        case "skill":
            return _skill(name, change)
        case "answer":
            if change.outcome == "added":
                return f"{name}: “{change.uploaded}” is added."
            return f"{name}: your answer “{change.mine}” stays; the file says “{change.uploaded}”."
        case "role":
            if change.outcome == "added":
                return f"Your current role becomes {name}."
            mine = names.get(change.mine, change.mine)
            return f"Your current role stays {mine}; the file says {name}."
        case "plan":
            return _plan(name, change)
        case "task":
            return _task(name, change)
        case "note":
            return f"Note on “{name}”: {_text(change)}"
        case "evidence":
            return f"Evidence for “{name}”: {_text(change)}"
        case "money":
            if change.outcome == "added":
                return f"{name}: the file’s own numbers about money are added."
            return f"{name}: your own numbers about money stay; the file has others."
        case "practice":
            if change.outcome == "added":
                return f"Interview question “{name}”: the rating “{change.uploaded}” is added."
            if change.outcome == "taken":
                return f"Interview question “{name}”: “{change.uploaded}” from the file is newer than “{change.mine}”."
            return f"Interview question “{name}”: your rating “{change.mine}” stays; the file’s is not newer."


def _skill(name: str, change: Change) -> str:
    uploaded = _level(change.uploaded)
    if change.outcome == "added":
        return f"{name}: {uploaded} is added."
    mine = _level(change.mine)
    if change.outcome == "taken":
        return f"{name}: rises from {mine} to {uploaded}."
    return f"{name}: stays {mine}; the file has the lower level {uploaded}."


def _level(number: str) -> str:
    level = int(number)
    return f"“{Level(level).label.lower()}”" if level else "“not yet”"


def _plan(name: str, change: Change) -> str:
    if change.outcome == "added":
        return f"The plan {name} from {change.uploaded} is added."
    if change.outcome == "taken":
        return f"The plan {name}: start, pace and weeks off come from the file, which was planned later."
    return f"The plan {name}: start, pace and weeks off stay as they are; the file’s were not planned later."


def _task(name: str, change: Change) -> str:
    mine, uploaded = _ANSWERS[change.mine], _ANSWERS[change.uploaded]
    if change.outcome == "added":
        return f"“{name}”: {uploaded}, from the file."
    if change.outcome == "taken":
        return f"“{name}”: becomes {uploaded}; until now it was {mine}."
    return f"“{name}”: stays {mine}; the file says {uploaded}."


def _text(change: Change) -> str:
    if change.outcome == "added":
        return "added from the file."
    if change.outcome == "joined":
        return "yours and the file’s stand together."
    return f"both together are too long, so yours stays as it is. The file’s is: {change.uploaded}"


def news_sentence(one: News) -> str:
    """What became of a rated skill or of the visitor's role."""
    if one.kind == "gone" and one.part == "role":
        return f"No longer in the guides: {one.before}, your role now. The levels that you took from it stay."
    if one.kind == "gone":
        return f"No longer in the guides: {one.before}. Your level stays kept."
    if one.kind == "merged":
        return f"{one.before} is part of {one.now} now. The higher of your levels counts."
    return f"{one.before} is now called {one.now}."


SHOWN = 40
"""Characters of a wrong word that are repeated."""


def no_role(said: str) -> str:
    """A role that does not exist was named."""
    return f"No role is called “{said[:SHOWN]}” here."


def no_roadmap(said: str) -> str:
    """A plan was asked for something that has no roadmap."""
    return f"There is no roadmap called “{said[:SHOWN]}” here."


def no_level(name: str, said: str) -> str:
    """A field like ``skill-sql=9`` that names no skill or no level."""
    return f"“{name[:SHOWN]}={said[:SHOWN]}” names no skill and level of this site."


def draft_facts(ledger: Mapping[str, int], answers: Mapping[str, str]) -> list[str]:
    """What would be kept beside a plan."""
    facts = [f"{count(len(ledger), 'skill')} with the level that you hold"] if ledger else []
    return [*facts, f"{count(len(answers), 'answer')} of the fit check"] if answers else facts


def kept_facts(document: KeptDocument) -> list[str]:
    """How much of what is kept."""
    answers = document.fit_answers
    ticks = sum(task.state != "open" for plan in document.plans for task in plan.tasks.values())
    return [
        f"{count(len(document.plans), 'plan')}, {count(ticks, 'task')} done or skipped",
        f"{count(len(document.ledger), 'skill')} in the ledger",
        f"{count(len(answers), 'answer')} of the fit check",
        f"{count(len(document.practice), 'interview question')} rated",
    ]
