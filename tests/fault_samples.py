"""Faulty content, one fault a file: tests/samples/faults/<name of the fault>.txt.

A sample says what to do with the sample site and, below ``--- report``, every word that an editor is then told:

    --- edit content/skills/sql.md
    -kind: craft
    +kind: carft
    --- report
    content/skills/sql.md:3:7  kind: "carft" is not a kind of skill; ...
    1 error in 1 file.

Lines of an edit begin with ``-`` (stands there once), ``+`` (stands there instead) or a blank (stays); ``@@`` parts two
places of one file. ``--- add``, ``--- delete`` and ``--- move`` take whole files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guides.loader.checks import check
from guides.loader.library import read_library
from guides.loader.problems import report

FAULTS = Path(__file__).parent / "samples" / "faults"

TODAY = date(2026, 11, 20)
"""The day on which the samples are checked."""


@dataclass(frozen=True)
class Sample:
    """What to do with the sample site, and the report that follows from it."""

    name: str
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    report: str


def samples() -> list[Sample]:
    """Every faulty sample, by name."""
    return [_sample(file) for file in sorted(FAULTS.glob("*.txt"))]


def _sample(file: Path) -> Sample:
    text, _, expected = file.read_text(encoding="utf-8").partition("--- report\n")
    steps: list[tuple[str, tuple[str, ...]]] = []
    for line in text.splitlines():
        if line.startswith("--- "):
            steps.append((line.removeprefix("--- "), ()))
        else:
            order, lines = steps[-1]
            steps[-1] = (order, (*lines, line))
    return Sample(file.stem, tuple(steps), expected.rstrip("\n"))


def apply(sample: Sample, content: Path) -> None:
    """Makes the fault in a copy of the sample site; AssertionError when an edit does not fit exactly once."""
    for order, lines in sample.steps:
        verb, *paths = order.split()
        files = [content.parent / path for path in paths]
        if verb == "edit":
            _edit(files[0], lines)
        elif verb == "add":
            files[0].parent.mkdir(parents=True, exist_ok=True)
            files[0].write_text("".join(f"{line[1:]}\n" for line in lines), encoding="utf-8")
        elif verb == "delete":
            files[0].unlink()
        else:
            assert verb == "move", f"{verb} is not known"
            files[1].parent.mkdir(parents=True, exist_ok=True)
            files[0].rename(files[1])


def _edit(file: Path, lines: tuple[str, ...]) -> None:
    text = "\n" + file.read_text(encoding="utf-8")
    for place in "\n".join(lines).split("\n@@\n"):
        before = "\n".join(line[1:] for line in place.split("\n") if line[:1] in ("-", " "))
        after = "\n".join(line[1:] for line in place.split("\n") if line[:1] in ("+", " "))
        assert text.count(f"\n{before}\n") == 1, f"{before!r} stands in {file.name} {text.count(before)} times"
        text = text.replace(f"\n{before}\n", f"\n{after}\n" if after else "\n")
    file.write_text(text[1:], encoding="utf-8")


def reported(content: Path) -> str:
    """What a check of the folder reports."""
    library, problems = read_library(content)
    problems.extend(check(library, TODAY))
    return report(problems)
