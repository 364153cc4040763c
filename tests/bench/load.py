"""Loading generated guides, beside Hugo building as many pages of the same text.

A guide is a file that becomes a page: a role, a skill, a transition, a role's interview questions. Each load is a
process of its own, as an editor starts it, against an SQLite file; what is counted is the load, without the start of
Django. Memory is the peak of that process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench import hugo
from tests.content_factory import generate

SIZES = {100: 20, 1_000: 200, 10_000: 2_450}
"""Guides, and the roles of a generated folder that has so many: four a role, and the skills."""

ROUNDS = {100: 5, 1_000: 3, 10_000: 3}
ROOT = Path(__file__).resolve().parents[2]

MEASURED = """
import resource, sys, time
import django
django.setup()
from pathlib import Path
from guides.loader.load import load_content
start, began = time.perf_counter(), time.process_time()
load_content(Path(sys.argv[1]))
seconds = time.perf_counter() - start
other = resource.getrusage(resource.RUSAGE_CHILDREN)
busy = time.process_time() - began + other.ru_utime + other.ru_stime
print(seconds, busy, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + other.ru_maxrss) / 1024)
"""


@dataclass(frozen=True)
class Load:
    """Wall seconds of the load itself, seconds of all processors, peak memory of its processes in MB."""

    seconds: float
    busy: float
    megabytes: float


@dataclass(frozen=True)
class Size:
    """What was measured with so many guides; Hugo's seconds are None without Hugo."""

    guides: int
    full: Load
    changed: Load
    unchanged: Load
    hugo_full: hugo.Build | None
    hugo_changed: hugo.Build | None


def _environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "careerpaths.settings",
        "SECRET_KEY": "measurements-need-a-key-of-at-least-fifty-different-characters",
        "DATABASE_URL": f"sqlite:///{database}",
    }


def _load(content: Path, database: Path) -> Load:
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, str(content)],
        cwd=ROOT,
        env=_environment(database),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, busy, megabytes = run.stdout.split()[-3:]
    return Load(float(seconds), float(busy), float(megabytes))


def _migrate(database: Path) -> None:
    database.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=_environment(database), check=True
    )


def _edit(content: Path, round_number: int) -> Path:
    """Changes one role's summary; returns its file."""
    file = sorted((content / "roles").glob("*.md"))[round_number]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("summary: ", "summary: Changed. ", 1), encoding="utf-8")
    return file


def _median(loads: list[Load]) -> Load:
    return Load(
        statistics.median(load.seconds for load in loads),
        statistics.median(load.busy for load in loads),
        max(load.megabytes for load in loads),
    )


def measure(guides: int, folder: Path, program: str | None) -> Size:
    """The site and Hugo in turn, so that what else the machine does meets both."""
    content = generate(folder / "site", SIZES[guides])
    pages = hugo.site(content, folder / "hugo") if program else None
    full: list[Load] = []
    changed: list[Load] = []
    unchanged: list[Load] = []
    hugo_full: list[hugo.Build] = []
    hugo_changed: list[hugo.Build] = []
    for number in range(ROUNDS[guides]):
        database = folder / f"{number}.sqlite3"
        _migrate(database)
        full.append(_load(content, database))
        if program and pages:
            hugo_full.append(hugo.build(program, pages))
        file = _edit(content, number)
        changed.append(_load(content, database))
        if program and pages:
            hugo.copy(content, file, pages)
            hugo_changed.append(hugo.build(program, pages))
        unchanged.append(_load(content, database))
    return Size(
        guides,
        _median(full),
        _median(changed),
        _median(unchanged),
        hugo.median(hugo_full) if hugo_full else None,
        hugo.median(hugo_changed) if hugo_changed else None,
    )


def table() -> str:
    """The measurements as Markdown tables."""
    program = hugo.program()
    sizes = []
    for guides in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            sizes.append(measure(guides, Path(scratch), program))
    smallest = sizes[0].full.busy / sizes[0].guides
    head = (
        "guides",
        "load",
        "seconds",
        "processors",
        "ms a guide",
        "cost",
        "MB",
        "Hugo",
        "processors",
        "ratio",
        "to reach",
    )
    lines = ["### Loading generated guides", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for size in sizes:
        each = size.full.busy / size.guides
        lines += [
            _line(
                size.guides,
                "from nothing",
                size.full,
                (f"{1000 * each:.2f}", f"{each / smallest:.2f}"),
                size.hugo_full,
                "3",
            ),
            _line(size.guides, "one file changed", size.changed, ("", ""), size.hugo_changed, "0.10"),
            _line(size.guides, "nothing changed", size.unchanged, ("", ""), size.hugo_changed, ""),
        ]
    said = f"Hugo {hugo.version(program)} builds as many pages of the same text." if program else hugo.NOT_FOUND
    lines += [
        "",
        "Seconds are those of the clock, then those of all processors. Milliseconds a guide, and their ratio to those "
        "of 100 guides (cost), count the latter; the ratio to Hugo is that of the clock.",
        "",
        f"Medians of {ROUNDS[100]}, {ROUNDS[1_000]} and {ROUNDS[10_000]} processes, taken in turn. {said}",
    ]
    return "\n".join(lines)


def _line(guides: int, name: str, load: Load, cost: tuple[str, str], other: hugo.Build | None, aim: str) -> str:
    beside = (
        (f"{other.seconds:.2f}", f"{other.busy:.2f}", f"**{load.seconds / other.seconds:.2f}**")
        if other
        else ("–",) * 3
    )
    cells = (
        f"{guides:,}",
        name,
        f"{load.seconds:.2f}",
        f"{load.busy:.2f}",
        *cost,
        f"{load.megabytes:.0f}",
        *beside,
        aim,
    )
    return f"| {' | '.join(cells)} |"
