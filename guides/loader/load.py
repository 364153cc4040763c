"""Checked content → rows: all or nothing, in one transaction, without touching what admins or visitors own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from ..content_version import version_moves
from ..models import ContentFile, ContentVersion
from ..table_statistics import count_rows_of
from . import schema
from .checks import check_entries, check_library
from .files import Found, find
from .library import Item, Library, ParsedFile, RecalledItem, parse
from .outline import outline
from .parallel import parse_each
from .problems import ContentProblems, Problem, errors
from .remarks import Remark, by_path, remarks_in, written
from .rows import RowWriter

Progress = Callable[[int, int], None]
"""Called with the number of files parsed and to parse."""

ATTEMPTS = 3
"""Times a load starts over because another one finished in between."""


class LoadRefused(Exception):
    """Nothing was written because another load is writing."""


@dataclass
class Count:
    """What a load did to the pages of one kind."""

    total: int = 0
    new: int = 0
    changed: int = 0
    removed: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        """Pages that were left alone."""
        return self.total - self.new - self.changed


@dataclass
class Report:
    """What a load did, kind by kind; prints itself."""

    counts: dict[str, Count] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Addresses of removed pages that lead nowhere."""

    @property
    def is_unchanged(self) -> bool:
        """Whether everything was as before."""
        return all(not (count.new or count.changed or count.removed) for count in self.counts.values())

    def __str__(self) -> str:
        return "\n".join(_sentence(kind, count) for kind, count in self.counts.items())


NOUNS = {
    "categories": ("category", "categories"),
    "sources": ("source", "sources"),
    "tools": ("tool", "tools"),
    "resources": ("resource", "resources"),
    "figures": ("figures file", "figures files"),
    "skills": ("skill", "skills"),
    "roles": ("role", "roles"),
    "transitions": ("transition", "transitions"),
    "questions": ("question set", "question sets"),
}


def _sentence(kind: str, count: Count) -> str:
    """``24 roles (2 new, 3 changed, 19 unchanged), 1 removed: /roles/webmaster/``."""
    noun = NOUNS[kind][count.total != 1]
    parts = [
        f"{n} {word}"
        for n, word in ((count.new, "new"), (count.changed, "changed"), (count.unchanged, "unchanged"))
        if n
    ]
    line = f"{count.total} {noun}"
    if parts:
        line += f" ({', '.join(parts)})"
    if count.removed:
        line += f", {len(count.removed)} removed: {', '.join(count.removed)}"
    return line


def load_content(folder: Path, *, today: date | None = None, progress: Progress | None = None) -> Report:
    """Brings the content tables in line with the files below ``folder``.

    Raises ContentProblems when anything is wrong with the files and LoadRefused when another load holds the
    database; in both cases nothing has been written.
    """
    for _ in range(ATTEMPTS):
        version = ContentVersion.objects.filter(pk=1).first() or ContentVersion()
        # What is due depends on the day, so the first load of a day looks at everything.
        is_same_day = version.loaded_at is not None and timezone.localdate(version.loaded_at) == timezone.localdate()
        with _without_collection():
            state = _State(*find(folder), dict(ContentFile.objects.values_list("path", "digest")))
            read = _read_changes(state, progress) if is_same_day and today is None else None
            read = read or _read_all(state, today or timezone.localdate(), progress)
            try:
                report = _write(read, state, version.number)
            except OperationalError as error:
                if not any(word in str(error) for word in ("locked", "lock timeout")):
                    raise
                raise LoadRefused("Another load is writing to the database; try again in a minute.") from None
        if report is not None:
            return report
    raise LoadRefused("Other loads keep finishing first; try again in a minute.")


@contextmanager
def _without_collection() -> Iterator[None]:
    """Entries hold no cycles, and looking for some in millions of them again and again takes a sixth of a load."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass
class _State:
    """The files as they are, what is wrong with their places, and the digests (by path) of the last load."""

    found: list[Found]
    misplaced: list[Problem]
    digests: dict[str, str]
    fresh: set[str] = field(init=False)
    """Paths of files that are new or have changed since."""

    def __post_init__(self) -> None:
        self.fresh = {file.path for file in self.found if _digest(file) != self.digests.get(file.path)}


@dataclass
class _Read:
    """A checked library without errors, the files that were parsed now, and what was remarked upon (by path).

    ``remarks`` holds new ones alone: those of other files are as they were.
    """

    library: Library
    parsed: dict[str, ParsedFile]
    remarks: dict[str, list[Remark]]


def _read_all(state: _State, today: date, progress: Progress | None) -> _Read:
    """Parses what is new and looks at everything. Raises ContentProblems."""
    rows = {row.path: row for row in ContentFile.objects.all()}
    fresh = set(state.fresh)
    moved = {file.slug for file in state.found if file.kind == "figures" and file.path in fresh}
    if moved:
        fresh |= {path for path, row in rows.items() if row.kind == "roles" and _rests_on(row, moved)}
    library, parsed = Library(), {}
    problems = list(state.misplaced)
    library.note(problems)
    for file, one in parse_each([file for file in state.found if file.path in fresh]):
        parsed[file.path] = one
        if progress:
            progress(len(parsed), len(fresh))
    for file in state.found:
        one = parsed.get(file.path) or _remembered(file, rows[file.path])
        problems.extend(one.problems)
        problems.extend(library.add(one))
    problems.extend(library.missing())
    problems.extend(check_entries(library, today))
    around = check_library(library)
    if errors([*problems, *around]):
        raise ContentProblems([*problems, *around])
    return _Read(library, parsed, by_path(library.paths, problems, around))


NARROW = {"roles", "skills", "transitions"}
"""Kinds of files whose edits can be looked at with what they touch alone."""


def _read_changes(state: _State, progress: Progress | None) -> _Read | None:
    """Parses the files that were edited and looks at them and what speaks of them.

    None when that is not enough: files came or went, others than guides were edited, a guide has another name or refers
    to something else than before, or there is an error, which is to be told with all others.
    """
    edited = [file for file in state.found if file.path in state.fresh]
    if state.misplaced or len(state.found) != len(state.digests) or not state.digests.keys() >= state.fresh:
        return None
    if any(file.kind not in NARROW for file in edited):
        return None
    # The rest of them did not change, so the database has them all in the form that this version of the loader writes.
    library, parsed = Library(), {file.path: parse(file) for file in edited}
    if any(one.problems for one in parsed.values()):
        return None
    near = _touched(state.found, edited)
    rows = {row.path: row for row in ContentFile.objects.filter(Q(path__in=near) | Q(kind__in=schema.LIST_FILES))}
    for number, file in enumerate(state.found, start=1):
        if file.path in rows:
            one = _remembered(file, rows[file.path])
            if file.path in parsed and [outline(item) for item in one.items] != [
                outline(item) for item in parsed[file.path].items
            ]:
                return None
            one = parsed.get(file.path, one)
        else:
            one = ParsedFile(file, [RecalledItem(file.slug, file, _recalled)])
        list(library.add(one))
        if progress and number == len(state.found):
            progress(len(edited), len(edited))
    for kind in schema.FOLDER_FILES:
        library.shelf(kind).only([file.slug for file in state.found if file.kind == kind and file.path in near])
    for kind in schema.LIST_FILES:
        library.shelf(kind).only(())
    problems = check_entries(library, timezone.localdate())
    if errors(problems):
        return None
    around = [
        remark.problem(path) for path, row in rows.items() for remark in remarks_in(row.remarks) if remark.is_around
    ]
    return _Read(library, parsed, by_path(near, problems, around))


def _touched(found: list[Found], edited: list[Found]) -> set[str]:
    """Paths of edited files and of those whose checks read them: a role's transitions and questions read the role."""
    roles = {file.slug for file in edited if file.kind == "roles"}
    return {file.path for file in edited} | {
        file.path
        for file in found
        if (file.kind == "transitions" and roles.intersection(file.slug.split("/")))
        or (file.kind == "questions" and file.slug in roles)
    }


def _recalled(file: Found) -> Any:
    return _remembered(file, ContentFile.objects.get(path=file.path)).items[0].entry


def _rests_on(row: ContentFile, codes: set[str]) -> bool:
    """Whether a role takes figures from one of the occupations."""
    return any(one["code"] in codes for item in row.items for one in item["entry"]["occupations"])


def _remembered(file: Found, row: ContentFile) -> ParsedFile:
    model = schema.LIST_FILES.get(file.kind) or schema.FOLDER_FILES[file.kind]
    items = [
        Item(
            one["slug"],
            model.model_validate(one["entry"]),
            file,
            tuple(one["at"]),
            is_known=True,
            links=tuple((line, address) for line, address in one["links"]),
        )
        for one in row.items
    ]
    return ParsedFile(file, items)


def _digest(file: Found) -> str:
    """Of the file and of the code that reads and renders it, so that a new loader reads everything again."""
    return sha256(f"{_code_digest()}{file.digest}".encode()).hexdigest()


@cache
def _code_digest() -> str:
    package = Path(__file__).parent
    code = (*sorted(package.glob("*.py")), package.parent / "pay.py", package.parent / "duration.py")
    tools = "".join(f"{name} {version_of(name)}\n" for name in ("markdown", "nh3"))
    return sha256(b"".join(module.read_bytes() for module in code) + tools.encode()).hexdigest()


def _write(read: _Read, state: _State, version: int) -> Report | None:
    """Writes in one transaction; None when another load has finished since ``version`` was read."""
    with transaction.atomic():
        row, _ = ContentVersion.objects.select_for_update().get_or_create(pk=1)
        if row.number != version:
            return None
        writer = RowWriter(read.library, set(read.parsed))
        counts = writer.write()
        _remember(read, state)
        # Each file is one row at least.
        count_rows_of(apps.get_app_config("guides").get_models(), changed=len(read.parsed))
        report = Report({kind: Count(**count) for kind, count in counts.items()}, lost=writer.lost)
        row.loaded_at = timezone.now()
        if not report.is_unchanged or read.parsed:
            row.number += 1
        row.save()
        remarked = ContentFile.objects.exclude(remarks="").values_list("path", "remarks")
        report.warnings = [remark.problem(path) for path, text in remarked for remark in remarks_in(text)]
        version_moves()
    return report


def _remember(read: _Read, state: _State) -> None:
    gone = state.digests.keys() - read.library.paths
    ContentFile.objects.filter(path__in=gone).delete()
    ContentFile.objects.bulk_create(
        [
            ContentFile(
                path=path,
                kind=one.found.kind,
                slug=one.found.slug,
                digest=_digest(one.found),
                items=[
                    {
                        "slug": item.slug,
                        "at": list(item.at),
                        "entry": item.entry.model_dump(mode="json"),
                        "links": [list(link) for link in item.links],
                    }
                    for item in one.items
                ],
                remarks=written(read.remarks.get(path, ())),
            )
            for path, one in read.parsed.items()
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["kind", "slug", "digest", "items", "remarks"],
        batch_size=500,
    )
    known = dict(ContentFile.objects.exclude(remarks="").values_list("path", "remarks"))
    for path, remarks in read.remarks.items():
        text = written(remarks)
        if text != known.get(path, ""):
            ContentFile.objects.filter(path=path).update(remarks=text)
