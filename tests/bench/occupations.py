"""The whole official classification: loading it, finding a title in it, and the memory of a process that holds it.

Needs the official releases: DATA_DIR names their folder. Every measurement is a process of its own against an SQLite
file with the project's guides and the classification.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

LOADED = """
import json, resource, sys, time
import django
django.setup()
from pathlib import Path
from guides.occupation_load import load_occupations
start = time.perf_counter()
loaded = load_occupations(Path(sys.argv[1]))
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "occupations": loaded.release.count,
    "titles": loaded.release.title_count,
}))
"""

TYPED = ("software developer", "elementary school teacher", "registered nurse", "graphic designer", "accountant")
MISSPELT = ("sofware developr", "elementry teacher", "recieptionist", "electrition", "grpahic desinger")

SEARCHED = """
import json, statistics, sys, time
import django
django.setup()
from guides.occupation_search import find_jobs
typed, misspelt = json.loads(sys.argv[1])
def milliseconds(queries):
    found = []
    for query in queries:
        start = time.perf_counter()
        find_jobs(query)
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)
find_jobs("warm up")
growing = [query[:length] for query in typed for length in range(2, len(query) + 1)]
result = {}
for name, queries in (("as one types", growing), ("misspelt", misspelt * 5)):
    times = milliseconds(queries)
    result[name] = [len(times), statistics.median(times), times[int(len(times) * 0.95)]]
print(json.dumps(result))
"""

PAGES = (
    "/",
    "/start/?q=sofware+developr",
    "/occupations/",
    "/occupations/?group=15",
    "/occupations/software-developers/",
    "/transitions/registered-nurses/",
    "/transitions/registered-nurses/software-developers/",
    "/transitions/backend-developer/",
)

HELD = """
import json, resource, sys
import django
django.setup()
from django.test import Client
client = Client()
for address in json.loads(sys.argv[1]):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
now = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(json.dumps([int(now.split()[1]) / 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def _environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "careerpaths.settings",
        "SECRET_KEY": "measurements-need-a-key-of-at-least-fifty-different-characters",
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{database}",
    }


def run(database: Path, *command: str) -> str:
    """What a command of the project says, run with a database of its own."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=_environment(database), capture_output=True, text=True, check=True
    )
    return done.stdout


def measured(database: Path, program: str, argument: object) -> Any:
    """The JSON that a program writes as its last line."""
    said = argument if isinstance(argument, str) else json.dumps(argument)
    return json.loads(run(database, "-c", program, said).splitlines()[-1])


def table() -> str:
    """The measurements as a section in Markdown."""
    data_dir = os.environ.get("DATA_DIR", "")
    heading = "### The official classification"
    if not data_dir:
        return f"{heading}\n\nNot measured: DATA_DIR does not name the folder of the official releases."
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "measured.sqlite3"
        run(database, "manage.py", "migrate", "--verbosity", "0")
        run(database, "manage.py", "load_content", "--verbosity", "0")
        loaded = measured(database, LOADED, str(Path(data_dir).resolve()))
        again = measured(database, LOADED, str(Path(data_dir).resolve()))
        searched = measured(database, SEARCHED, [TYPED, MISSPELT])
        held, peak = measured(database, HELD, PAGES)
    rows = [
        "| what | figure |",
        "|---|---|",
        f"| loading {loaded['occupations']:,} occupations with {loaded['titles']:,} titles | "
        f"{loaded['seconds']:.1f} s, peak {loaded['megabytes']:.0f} MB |",
        f"| the same files once more | {again['seconds']:.1f} s |",
    ]
    for name, (count, median, slow) in searched.items():
        rows.append(f"| finding a title, {name} ({count} queries) | median {median:.1f} ms, 95 % below {slow:.1f} ms |")
    rows.append(f"| memory of a process after pages of each kind | {held:.0f} MB, peak {peak:.0f} MB |")
    return "\n".join([heading, "", *rows])
