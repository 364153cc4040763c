"""What is wrong with a content file, said so that its editor can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import groupby


class Severity(StrEnum):
    """Errors stop a load, warnings are only reported."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place; ``line`` and ``column`` count from 1, 0 when the whole file is meant."""

    path: str
    line: int
    column: int
    field: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        field = f"{self.field}: " if self.field else ""
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{place}  {warning}{field}{self.message}"


class ContentProblems(Exception):
    """Content cannot be loaded; carries every problem found, warnings included."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(report(self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that stop a load."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def report(problems: Sequence[Problem]) -> str:
    """All problems grouped by file, files with errors first, and a closing line with the count."""
    ordered = sorted(set(problems))
    groups = [list(group) for _, group in groupby(ordered, key=lambda problem: problem.path)]
    groups.sort(key=lambda group: (not errors(group), group[0].path))
    lines = [str(problem) for group in groups for problem in group]
    wrong, doubtful = len(errors(ordered)), len(ordered) - len(errors(ordered))
    counts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((wrong, "error"), (doubtful, "warning")) if n]
    files = len({problem.path for problem in ordered})
    if counts:
        lines.append(f"{' and '.join(counts)} in {files} file{'' if files == 1 else 's'}.")
    return "\n".join(lines)


def alternatives(words: Sequence[str]) -> str:
    """``a, b or c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``, if one is."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean "x"?`` for the nearest known word, or nothing when none is near."""
    near = nearest(word, known)
    return f' Did you mean "{near}"?' if near else ""


def field_name(location: Sequence[str | int]) -> str:
    """``("skills", 0, "level")`` as editors count it: ``skills[0].level``."""
    name = ""
    for part in location:
        name += f"[{part}]" if isinstance(part, int) else f".{shorten(part)}" if name else shorten(part)
    return name


def shorten(text: str) -> str:
    """A quoted text on one line and of at most 60 characters, so that a message stays one."""
    line = " ".join(text.split()) if len(text.splitlines()) > 1 else text
    return line if len(line) <= 60 else f"{line[:57]}..."
