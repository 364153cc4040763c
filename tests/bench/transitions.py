"""Moves between any two of all roles and occupations: computing one pair, ranking all destinations, the pages of both.

Needs the official releases: DATA_DIR names their folder. Times are those of the processor, so that other work on the
machine counts less.
"""

import os
import tempfile
from pathlib import Path

from tests.bench.occupations import measured, run

PAIRS = 1_000

COMPUTED = """
import json, random, statistics, sys, time
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from guides.atlas import Atlas, atlas
from guides.computed_guide import computed_guide
from guides.destinations import Order, Wishes, rank

count = int(sys.argv[1])

def milliseconds(work):
    start = time.process_time()
    result = work()
    return (time.process_time() - start) * 1000, result

def summary(times):
    times = sorted(times)
    return [statistics.median(times), times[int(len(times) * 0.95)]]

built, _ = milliseconds(Atlas)
known = atlas()
chance = random.Random(1)
slugs = [stop.slug for stop in known.stops]
pairs = [chance.sample(slugs, 2) for _ in range(count)]

computed, pages, queries, bare = [], [], [], 0
def both(pair):
    found = computed_guide(*pair)
    return found, found.stepping_stones
client = Client()
for pair in pairs:
    if pair[1] in known.written.get(pair[0], {}):
        continue
    took, _ = milliseconds(lambda: both(pair))
    computed.append(took)
    with CaptureQueriesContext(connection) as asked:
        took, response = milliseconds(lambda: client.get("/transitions/" + "/".join(pair) + "/"))
    assert response.status_code == 200, pair
    pages.append(took)
    queries.append(len(asked))
    bare += b'class="match-reasons__reason"' not in response.content

def ranked(slug):
    stop = known.by_slug[slug]
    (view,) = known.views(stop)
    return rank(stop, known.seen(stop, view), Wishes(), Order.ALIKE, known.scale, known.written.get(slug, {}))
rankings = [milliseconds(lambda: ranked(slug))[0] for slug in chance.sample(slugs, 60)]
print(json.dumps({
    "ends": len(slugs), "built": built, "computed": summary(computed), "pages": summary(pages),
    "queries": max(queries), "bare": bare, "rankings": summary(rankings), "count": len(pages),
}))
"""


def table() -> str:
    """The measurements as a section in Markdown."""
    data_dir = os.environ.get("DATA_DIR", "")
    heading = "### Moves between any two ends"
    if not data_dir:
        return f"{heading}\n\nNot measured: DATA_DIR does not name the folder of the official releases."
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "measured.sqlite3"
        run(database, "manage.py", "migrate", "--verbosity", "0")
        run(database, "manage.py", "load_content", "--verbosity", "0")
        run(database, "manage.py", "load_occupations", str(Path(data_dir).resolve()))
        found = measured(database, COMPUTED, str(PAIRS))
    rows = [
        "| what | figure |",
        "|---|---|",
        f"| reading the {found['ends']:,} ends once a version of the content | {found['built']:.0f} ms |",
        f"| computing one of {found['count']:,} random pairs, stepping stones and all | {_times(found['computed'])} |",
        f"| its whole page | {_times(found['pages'])}, {found['queries']} queries at most |",
        f"| pairs without a reason | {found['bare']} |",
        f"| ranking all destinations of an end | {_times(found['rankings'])} |",
    ]
    return "\n".join([heading, "", *rows])


def _times(median_and_slow: list[float]) -> str:
    median, slow = median_and_slow
    return f"median {median:.1f} ms, 95 % below {slow:.1f} ms"
