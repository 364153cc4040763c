"""Loading 1,000 generated roles: from nothing, with nothing changed, with one file changed.

Each load is a process of its own, as an editor starts it, against an SQLite file; memory is the peak of that process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.content_factory import generate

ROLES = 1000
ROUNDS = 3
ROOT = Path(__file__).resolve().parents[2]

MEASURED = """
import resource, sys, time
import django
django.setup()
from pathlib import Path
from guides.loader.load import load_content
start = time.perf_counter()
load_content(Path(sys.argv[1]))
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@dataclass(frozen=True)
class Load:
    """Wall seconds of the load itself and peak memory of the process in MB."""

    seconds: float
    megabytes: float


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
    seconds, megabytes = run.stdout.split()[-2:]
    return Load(float(seconds), float(megabytes))


def _migrate(database: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=_environment(database), check=True
    )


def _touch(content: Path, round_number: int) -> None:
    """Changes one role's summary."""
    file = sorted((content / "roles").glob("*.md"))[round_number]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("summary: ", "summary: Changed. ", 1), encoding="utf-8")


def _median(loads: list[Load]) -> Load:
    return Load(statistics.median(load.seconds for load in loads), max(load.megabytes for load in loads))


def table() -> str:
    """The measurements as a Markdown table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        content = generate(folder / "content", ROLES)
        files = sum(1 for file in content.rglob("*") if file.is_file())
        database = folder / "bench.sqlite3"
        _migrate(database)
        started = time.perf_counter()
        first = _load(content, database)
        unchanged = _median([_load(content, database) for _ in range(ROUNDS)])
        changed: list[Load] = []
        for number in range(ROUNDS):
            _touch(content, number)
            changed.append(_load(content, database))
        one = _median(changed)
        elapsed = time.perf_counter() - started
    rows = [("from nothing", first), ("nothing changed", unchanged), ("one file changed", one)]
    lines = [
        f"### Loading {ROLES:,} generated roles ({files:,} files)",
        "",
        "| load | seconds | files a second | peak memory, MB | ratio to the first |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {load.seconds:.2f} | {files / load.seconds:,.0f} | {load.megabytes:.0f} "
            f"| {load.seconds / first.seconds:.3f} |"
            for name, load in rows
        ),
        "",
        f"Medians of {ROUNDS} processes each, after one load from nothing; {elapsed:.0f} s in all.",
    ]
    return "\n".join(lines)
