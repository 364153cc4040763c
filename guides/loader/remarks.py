"""What the checks remarked upon, remembered from one load to the next: a line a remark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from .problems import Problem, Severity

OWN, AROUND = "own", "around"
"""Whether an entry was remarked upon for its own sake, or compared with all others."""


@dataclass(frozen=True)
class Remark:
    """A warning about a file whose path is known."""

    line: int
    column: int
    field: str
    message: str
    is_around: bool

    def problem(self, path: str) -> Problem:
        """The warning with its file."""
        return Problem(path, self.line, self.column, self.field, self.message, Severity.WARNING)


def by_path(paths: Collection[str], own: Iterable[Problem], around: Iterable[Problem]) -> dict[str, list[Remark]]:
    """The remarks on each of these files, in their order, a file without any included."""
    found: dict[str, list[Remark]] = {path: [] for path in paths}
    for problems, is_around in ((own, False), (around, True)):
        for problem in problems:
            if problem.path in found:
                remark = Remark(problem.line, problem.column, problem.field, problem.message, is_around)
                found[problem.path].append(remark)
    return found


def written(remarks: Iterable[Remark]) -> str:
    """As a text, each once."""
    return "\n".join(
        f"{one.line}:{one.column}\t{one.field}\t{one.message}\t{AROUND if one.is_around else OWN}"
        for one in dict.fromkeys(remarks)
    )


def remarks_in(text: str) -> Iterator[Remark]:
    """The remarks of such a text."""
    for line in text.split("\n") if text else ():
        place, field, message, sort = line.split("\t")
        number, _, column = place.partition(":")
        yield Remark(int(number), int(column), field, message, sort == AROUND)
