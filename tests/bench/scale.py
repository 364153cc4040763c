"""Pages of a site with 10,000 roles against the same pages with 10, and the search with a typo.

Each site is served by a process of its own, without the page cache: what is timed is putting a page together, from the
request to the last byte. The two take turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.content_factory import generate, generated_role, generated_skills

FEW, MANY = 10, 10_000
QUESTIONS = 5
"""Questions a role, fewer than a guide has: they are read on pages of their own."""

ROUNDS, TIMES = 5, 30
ROOT = Path(__file__).resolve().parents[2]

SERVED = """
import json, statistics, sys, time
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
times = {}
for name, address in json.loads(sys.argv[1]).items():
    assert client.get(address).status_code == 200, address
    taken = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        client.get(address).content
        taken.append(time.perf_counter() - start)
    times[name] = 1000 * statistics.median(taken)
print(json.dumps(times))
"""

SEARCHED = """
import statistics, sys, time
import django
django.setup()
from guides.search import search
taken = []
for word in sys.argv[1:]:
    search(word)
    for _ in range(5):
        start = time.perf_counter()
        search(word)
        taken.append(time.perf_counter() - start)
print(1000 * statistics.median(taken))
"""


def _pages(roles: int) -> dict[str, str]:
    role = generated_role(0)[0]
    skill = generated_skills(roles)[0][0]
    return {
        "role page": f"/roles/{role}/",
        "search": "/search/?q=archive+measuring",
        "home page": "/",
        "list of roles": "/roles/",
        "list of transitions": "/transitions/",
        "a role's transitions": f"/transitions/{role}/",
        "skill page": f"/skills/{skill}/",
    }


def _environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "careerpaths.settings",
        "SECRET_KEY": "measurements-need-a-key-of-at-least-fifty-different-characters",
        "DATABASE_URL": f"sqlite:///{database}",
        "PAGE_CACHE_MB": "0",
    }


def _run(database: Path, script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=_environment(database),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _site(folder: Path, roles: int) -> Path:
    """The database of a site with so many roles."""
    database = folder / f"{roles}.sqlite3"
    content = generate(folder / str(roles), roles, questions_per_role=QUESTIONS)
    for command in (["migrate"], ["load_content", "--folder", str(content)]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT,
            env=_environment(database),
            check=True,
            capture_output=True,
        )
    return database


def typos(roles: int) -> list[str]:
    """Titles with two letters exchanged, some fifty of them spread over all roles."""
    words = [generated_role(number)[1] for number in range(0, roles, max(1, roles // 50))]
    return [f"{word[:2]}{word[3]}{word[2]}{word[4:]}" for word in words]


def table() -> str:
    """The measurements as a Markdown table."""
    with tempfile.TemporaryDirectory() as scratch:
        sites = {roles: _site(Path(scratch), roles) for roles in (FEW, MANY)}
        times: dict[int, dict[str, list[float]]] = {FEW: {}, MANY: {}}
        for _ in range(ROUNDS):
            for roles, database in sites.items():
                for name, taken in json.loads(_run(database, SERVED, json.dumps(_pages(roles)), str(TIMES))).items():
                    times[roles].setdefault(name, []).append(taken)
        searched = [float(_run(sites[MANY], SEARCHED, *typos(MANY))) for _ in range(3)]
    lines = [
        f"### {MANY:,} roles against {FEW}",
        "",
        f"| page, put together anew | ms with {FEW} | ms with {MANY:,} | ratio | to reach |",
        "|---|---|---|---|---|",
    ]
    for name in times[FEW]:
        few, many = (statistics.median(times[roles][name]) for roles in (FEW, MANY))
        lines.append(f"| {name} | {few:.1f} | {many:.1f} | **{many / few:.2f}** | 1.3 |")
    lines.append(f"| search with a typo, half of them take at most | | {statistics.median(searched):.1f} | | 10 ms |")
    lines += ["", f"Medians of {ROUNDS} processes of {TIMES} requests for each page, the two sites in turn."]
    return "\n".join(lines)
