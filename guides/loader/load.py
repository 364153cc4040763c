"""Checked content → rows: all or nothing, in one transaction, without touching what admins or visitors own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path

from django.db import OperationalError, transaction
from django.utils import timezone

from ..models import ContentFile, ContentVersion
from . import schema
from .checks import check
from .files import Found, find
from .library import Item, Library, ParsedFile, parse
from .problems import ContentProblems, Problem, errors
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
    day = today or timezone.localdate()
    for _ in range(ATTEMPTS):
        version = ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first()
        library, parsed, problems = _read(folder, progress)
        problems.extend(check(library, day))
        if errors(problems):
            raise ContentProblems(problems)
        try:
            report = _write(library, parsed, version)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            raise LoadRefused("Another load is writing to the database; try again in a minute.") from None
        if report is not None:
            report.warnings = problems
            return report
    raise LoadRefused("Other loads keep finishing first; try again in a minute.")


def _read(folder: Path, progress: Progress | None) -> tuple[Library, dict[str, ParsedFile], list[Problem]]:
    """The library, the files that were parsed now (by path), and problems of single files."""
    found, problems = find(folder)
    remembered = {row.path: row for row in ContentFile.objects.all()}
    fresh = {file.path for file in found if _digest(file) != getattr(remembered.get(file.path), "digest", None)}
    moved = {file.slug for file in found if file.kind == "figures" and file.path in fresh}
    if moved:
        fresh |= {path for path, row in remembered.items() if row.kind == "roles" and _rests_on(row, moved)}
    library, parsed = Library(), {}
    library.note(problems)
    for file in found:
        if file.path in fresh:
            one = parse(file)
            parsed[file.path] = one
            if progress:
                progress(len(parsed), len(fresh))
        else:
            one = _remembered(file, remembered[file.path])
        problems.extend(one.problems)
        problems.extend(library.add(one))
    problems.extend(library.missing())
    return library, parsed, problems


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


def _write(library: Library, parsed: dict[str, ParsedFile], version: int | None) -> Report | None:
    """Writes in one transaction; None when another load has finished since ``version`` was read."""
    with transaction.atomic():
        row, _ = ContentVersion.objects.select_for_update().get_or_create(pk=1)
        if row.number != (version or 0):
            return None
        writer = RowWriter(library, set(parsed))
        counts = writer.write()
        _remember(library, parsed)
        report = Report({kind: Count(**count) for kind, count in counts.items()}, lost=writer.lost)
        row.loaded_at = timezone.now()
        if not report.is_unchanged or parsed:
            row.number += 1
        row.save()
    return report


def _remember(library: Library, parsed: dict[str, ParsedFile]) -> None:
    ContentFile.objects.exclude(path__in=library.paths).delete()
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
            )
            for path, one in parsed.items()
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["kind", "slug", "digest", "items"],
    )
