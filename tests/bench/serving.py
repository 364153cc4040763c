"""Serving: the page cache, pages without it, fragments and memory, each against a reference measured in turn.

One processor serves and another one asks, so the figures are those of one processor. Cases take turns in short runs,
and what is shown are medians, so that a machine with other work slows all of them alike.
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path

from tests.bench.visitors import LoadGeneratorMissing, at_a_pace, most_per_second, one_after_the_other
from tests.content_factory import generate, generated_role
from tests.serving import ROOT, Server, gunicorn, manage, serving, surroundings

FEW = 4
"""Connections where an answer takes long: as many as the server has threads, or a run would end with none answered."""

ROUNDS = 5
SECONDS = 1
"""Of each run; every case has one in each round."""

ROLES_OF_USUAL_SIZE = 10
ROLE = f"/roles/{generated_role(0)[0]}/"
LARGE_ROLE = "/roles/backend-developer/"
FIT = (
    f"{LARGE_ROLE}fit/?coding=yes&remote=part&ai=no&pay=60000&months=24&hours=10"
    "&barrier=low&company=alone&from=graphic-designer"
)
COMPARISON = "/compare/?role=ai-artist&role=backend-developer&from=graphic-designer"
PLAN = "/plan/?for=roles/ai-artist&start=2027-01-04&hours=10"
COMPRESSED = {"Accept-Encoding": "br"}
IN_PART = {"HX-Request": "true"}

ROLES_IN_MEMORY = 1000
WARM_UP, REQUESTS = 1_000, 10_000

SERVING_CORE = ("taskset", "-c", "0") if shutil.which("taskset") else ()
ASKING_CORE = ("taskset", "-c", "1") if shutil.which("taskset") else ()

REFERENCES = "tests.bench.references"
SITE = "careerpaths.wsgi"


@dataclass
class Case:
    """An address at a server, and the answers a second that it gave in each round."""

    name: str
    server: Server
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    connections: int = 32
    rounds: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def run(self) -> None:
        """One more round."""
        before = self.server.processor_seconds
        given = most_per_second(self.server.port, self.address, self.headers, self.connections, SECONDS, ASKING_CORE)
        self.rounds.append(given.per_second)
        self.costs.append((self.server.processor_seconds - before) / max(given.number, 1))

    def forget(self) -> None:
        """The rounds so far did not count."""
        self.rounds.clear()
        self.costs.clear()

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return statistics.median(self.rounds)

    @property
    def microseconds(self) -> float:
        """Processor time of the server for an answer. Other work on the machine does not count here."""
        return statistics.median(self.costs) * 1e6


@dataclass(frozen=True)
class Row:
    """A case against its reference, and what it has to reach."""

    case: Case
    reference: Case
    wanted: float | None

    def __str__(self) -> str:
        ratio = self.reference.microseconds / self.case.microseconds
        wanted = "–" if self.wanted is None else f"{self.wanted:g}"
        return (
            f"| {self.case.name} | {self.case.per_second:,.0f} | {self.case.microseconds:,.0f} | {self.reference.name} "
            f"| {self.reference.per_second:,.0f} | {self.reference.microseconds:,.0f} | **{ratio:.2f}** | {wanted} |"
        )


def granian(application: str, port: int) -> list[str]:
    """The command of granian with one process and as many threads as gunicorn has."""
    name = application if ":" in application else f"{application}:application"
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4",
        "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error", name,
    ]  # fmt: skip


def tables() -> list[str]:
    """The measurements as Markdown; a sentence in their place where wrk is missing."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        database = folder / "site.sqlite3"
        manage(database, "migrate", "--verbosity=0")
        manage(database, "load_content")
        if not (ROOT / "var/static/staticfiles.json").is_file():
            manage(database, "collectstatic", "--noinput", "--verbosity=0")
        usual = folder / "usual.sqlite3"
        content = generate(folder / "usual", ROLES_OF_USUAL_SIZE, questions_per_role=5)
        manage(usual, "migrate", "--verbosity=0")
        manage(usual, "load_content", f"--folder={content}")
        try:
            rows = _serving(folder, database, usual)
        except LoadGeneratorMissing as missing:
            print(f"SERVING WAS NOT MEASURED: {missing}", file=sys.stderr)
            return [f"### Serving\n\nNot measured: {missing}"]
        return [rows, memory(folder)]


def _serving(folder: Path, database: Path, usual: Path) -> str:
    """``usual`` holds roles whose pages are as large as pages of this kind usually are, ``database`` the real ones."""
    with ExitStack() as stack:

        def start(
            name: str,
            application: str,
            command: Callable[[str, int], list[str]] = gunicorn,
            data: Path = usual,
            **more: str,
        ) -> Server:
            # A server that is installed elsewhere is found by its processes too.
            environment = {**surroundings(data, WEB_WORKERS="1", **more), "PYTHONPATH": ":".join(sys.path[1:])}
            return stack.enter_context(serving(application, folder / f"{name}.log", environment, command, SERVING_CORE))

        bare = start("hello", f"{REFERENCES}:hello")
        known = start("known", f"{REFERENCES}:known")
        minimal = start("minimal", f"{REFERENCES}:minimal")
        site = start("site", SITE)
        uncached = start("uncached", SITE, PAGE_CACHE_MB="0")
        unkept = start("unkept", SITE, PAGE_CACHE_MB="0", PAGE_PARTS_MB="0")
        naive = start("naive", f"{REFERENCES}:naive", PAGE_PARTS_MB="0")
        cached = start("cache_page", f"{REFERENCES}:cache_page", PAGE_PARTS_MB="0")
        fast = start("granian", SITE, granian) if find_spec("granian") else None
        real = start("real", SITE, data=database)
        real_uncached = start("real-uncached", SITE, data=database, PAGE_CACHE_MB="0")

        tag = _headers(site, ROLE, COMPRESSED)["ETag"]
        hello = Case("bare WSGI, “hello”", bare, "/", COMPRESSED)
        nothing = Case("bare WSGI, 304", known, "/", {**COMPRESSED, "If-None-Match": tag})
        view = Case("minimal Django view", minimal, "/")
        page = Case("cached page, brotli", site, ROLE, COMPRESSED)
        unchanged = Case("cached page, 304", site, ROLE, {**COMPRESSED, "If-None-Match": tag})
        large = Case("the largest real page, cached", real, LARGE_ROLE, COMPRESSED)
        django = Case("Django’s `cache_page`", cached, ROLE, COMPRESSED)
        parts = Case("role page without page cache", uncached, ROLE, connections=FEW)
        whole = Case("the same without kept parts", unkept, ROLE, connections=FEW)
        one_by_one = Case("the same, each row fetched by itself", naive, ROLE, connections=FEW)
        large_parts = Case("the largest real page, without page cache", real_uncached, LARGE_ROLE, connections=FEW)
        rows = [
            Row(page, hello, 0.9),
            Row(large, hello, None),
            Row(unchanged, nothing, 0.95),
            Row(page, django, 3),
            Row(parts, view, 0.1),
            Row(parts, one_by_one, 5),
            Row(parts, whole, None),
            Row(large_parts, view, None),
            Row(Case("fit result, fragment", real_uncached, FIT, IN_PART, connections=FEW), view, 0.15),
            Row(Case("comparison, fragment", real_uncached, COMPARISON, IN_PART, connections=FEW), view, 0.15),
            Row(Case("plan, fragment", real_uncached, PLAN, IN_PART, connections=FEW), view, 0.15),
            Row(Case("comparison, fragment, cached", real, COMPARISON, {**IN_PART, **COMPRESSED}), view, 0.15),
        ]
        if fast:
            rows.append(Row(Case("cached page under granian", fast, ROLE, COMPRESSED), page, 4))
            again = {**COMPRESSED, "If-None-Match": tag}
            rows.append(Row(Case("304 under granian", fast, ROLE, again), unchanged, None))
        else:
            print("GRANIAN WAS NOT MEASURED: install requirements/granian.txt.", file=sys.stderr)
        cases = list({id(case): case for row in rows for case in (row.case, row.reference)}.values())
        for case in cases:
            case.run()
            case.forget()
        for _ in range(ROUNDS):
            for case in cases:
                case.run()
        half = at_a_pace(site.port, ROLE, COMPRESSED, page.per_second / 2, seconds=3)
        size = int(_headers(uncached, ROLE, {})["Content-Length"])
        sent = int(_headers(site, ROLE, COMPRESSED)["Content-Length"])
        large_size = int(_headers(real_uncached, LARGE_ROLE, {})["Content-Length"])
    return "\n".join(
        [
            f"### Serving, one processor; a role page of {size / 1000:.0f} KB ({sent / 1000:.0f} KB brotli), "
            f"the largest of {large_size / 1000:.0f} KB",
            "",
            "| case | a second | µs | reference | a second | µs | ratio | to reach |",
            "|---|---|---|---|---|---|---|---|",
            *map(str, rows),
            "",
            f"Medians of {ROUNDS} rounds of {SECONDS} s, taken in turn; wrk with 32 connections that stay open, {FEW} "
            "for pages that are rendered. µs is the processor time of the server for an answer, and the ratio that of "
            "the two, because other work on the machine counts in the answers a second."
            + ("" if fast else " granian was not installed."),
            "",
            f"At half of that load a cached page takes {half.p50:.2f} ms (p50) and {half.p99:.2f} ms (p99, "
            f"{half.p99 / half.p50:.1f} × p50; to reach: 10).",
        ]
    )


def memory(folder: Path) -> str:
    """What a process takes after many requests for all pages of a large site."""
    database = folder / "large.sqlite3"
    content = generate(folder, ROLES_IN_MEMORY, questions_per_role=5)
    manage(database, "migrate", "--verbosity=0")
    manage(database, "load_content", f"--folder={content}")
    with serving(SITE, folder / "large.log", surroundings(database, WEB_WORKERS="1"), core=SERVING_CORE) as server:
        addresses = _addresses(server)
        start = _megabytes(server)
        # What a process loads once for a kind of page is no growth.
        for address in _one_of_each_kind(addresses):
            _answer(server, address, COMPRESSED)
        one_after_the_other(server.port, addresses, WARM_UP)
        warm = _megabytes(server)
        one_after_the_other(server.port, addresses, REQUESTS - WARM_UP)
        end = _megabytes(server)
    return "\n".join(
        [
            f"### Memory of a process, {ROLES_IN_MEMORY:,} roles, {len(addresses):,} addresses",
            "",
            f"| at the start | after {WARM_UP:,} requests | after {REQUESTS:,} | growth | to reach |",
            "|---|---|---|---|---|",
            f"| {start:.0f} MB | {warm:.0f} MB | {end:.0f} MB | {end - warm:.0f} MB | 150 MB, growth 5 MB |",
        ]
    )


def _addresses(server: Server) -> list[str]:
    _, text = _answer(server, "/sitemap.xml", {})
    return re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", text)


def _one_of_each_kind(addresses: list[str]) -> list[str]:
    """The first address of each depth in each part of the site."""
    return list({(one.split("/")[1], one.count("/")): one for one in reversed(addresses)}.values())


def _headers(server: Server, address: str, headers: Mapping[str, str]) -> Mapping[str, str]:
    return _answer(server, address, headers)[0]


def _answer(server: Server, address: str, headers: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", address, headers=dict(headers))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return dict(response.headers), body.decode("utf-8", "replace")


def _megabytes(server: Server) -> float:
    """Memory of the worker that is in use."""
    (worker,) = server.workers
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{worker}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
