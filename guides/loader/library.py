"""All content files together, as the checks and the load see them."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, MutableMapping, Sequence, ValuesView
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from . import schema
from .files import FileFault, Found, SourceFile, find, open_file
from .messages import validate
from .problems import Problem, Severity
from .prose import render, sections, site_links
from .template_capitals import left_over

MAX_PROBLEMS = 200
"""Problems of one list file after which the rest of it is left unread, and most that are told of one body."""

E = TypeVar("E", bound=schema.Entry, covariant=True)


@dataclass(frozen=True)
class Prose:
    """A rendered section of a page."""

    heading: str
    html: str


@dataclass
class Item(Generic[E]):
    """One entry and the place it was read from. ``is_known``: an earlier load has found nothing wrong with it alone.
    ``links``: lines of the body (from 0) and the addresses of this site that they link to."""

    slug: str
    entry: E
    found: Found
    at: tuple[str | int, ...] = ()
    prose: tuple[Prose, ...] = ()
    source: SourceFile | None = None
    is_known: bool = False
    links: tuple[tuple[int, str], ...] = ()

    def problem(
        self, location: Sequence[str | int], message: str, *, key: bool = False, severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem at a value of this entry. The file is read again when it came from an earlier load."""
        if self.source is None:
            self.source = open_file(self.found)
        return self.source.problem((*self.at, *location), message, key=key, severity=severity)

    def warning(self, location: Sequence[str | int], message: str) -> Problem:
        """A problem that is reported and does not stop a load."""
        return self.problem(location, message, severity=Severity.WARNING)

    def body_problem(self, line: int, message: str) -> Problem:
        """A problem in a line of the body."""
        return self.body().body_problem(line, message)

    def body_warning(self, line: int, message: str) -> Problem:
        """The same, reported without stopping a load."""
        return self.body().body_problem(line, message, severity=Severity.WARNING)

    def body(self) -> SourceFile:
        """The file, for checks that read its body."""
        if self.source is None:
            self.source = open_file(self.found)
        return self.source


@dataclass
class ParsedFile:
    """What one file gave: its items, or the problems that kept them back. ``broken``: slugs of entries that are there
    and cannot be read, ``"*"`` when nobody can tell which."""

    found: Found
    items: list[Item[schema.Entry]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


class RecalledItem(Item[E]):
    """An entry of an earlier load that is read from what was remembered when somebody asks for it."""

    def __init__(self, slug: str, found: Found, recall: Callable[[Found], E]) -> None:
        self.slug, self.found, self.is_known = slug, found, True
        self._recall = recall

    def __getattr__(self, name: str) -> Any:
        if name != "entry":
            raise AttributeError(name)
        self.entry = self._recall(self.found)
        return self.entry


class Shelf(MutableMapping[str, Item[E]]):
    """Entries of one kind by slug.

    While only some are looked at (``only``), going over ``values`` or ``items`` gives those alone. What is there, how
    much, and what a slug leads to is told of all of them.
    """

    def __init__(self) -> None:
        self._all: dict[str, Item[E]] = {}
        self._seen: dict[str, Item[E]] = self._all

    def only(self, slugs: Iterable[str]) -> None:
        """Narrows the view to these entries."""
        self._seen = {slug: self._all[slug] for slug in slugs if slug in self._all}

    def __getitem__(self, slug: str) -> Item[E]:
        return self._all[slug]

    def __setitem__(self, slug: str, item: Item[E]) -> None:
        self._all[slug] = item

    def __delitem__(self, slug: str) -> None:
        del self._all[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def values(self) -> ValuesView[Item[E]]:
        return self._seen.values()

    def items(self) -> ItemsView[str, Item[E]]:
        return self._seen.items()


@dataclass
class Library:
    """Every readable entry by kind and slug. Entries that cannot be read are missing here and stand in ``broken``.
    ``paths``: every file."""

    categories: Shelf[schema.CategoryEntry] = field(default_factory=Shelf)
    tools: Shelf[schema.ToolEntry] = field(default_factory=Shelf)
    resources: Shelf[schema.ResourceEntry] = field(default_factory=Shelf)
    sources: Shelf[schema.SourceEntry] = field(default_factory=Shelf)
    figures: Shelf[schema.FiguresFile] = field(default_factory=Shelf)
    skills: Shelf[schema.SkillFile] = field(default_factory=Shelf)
    roles: Shelf[schema.RoleFile] = field(default_factory=Shelf)
    transitions: Shelf[schema.TransitionFile] = field(default_factory=Shelf)
    questions: Shelf[schema.QuestionsFile] = field(default_factory=Shelf)
    removed: Shelf[schema.RemovedEntry] = field(default_factory=Shelf)
    broken: set[tuple[str, str]] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)

    def shelf(self, kind: str) -> Shelf[schema.Entry]:
        """The entries of a kind, named by its folder or list file."""
        shelf: Shelf[schema.Entry] = getattr(self, kind.removesuffix(".yaml"))
        return shelf

    def knows(self, kind: str, slug: str) -> bool:
        """Whether the entry exists, even if its own file has problems."""
        return slug in self.shelf(kind) or (kind, slug) in self.broken or (kind, "*") in self.broken

    def is_settled(self, role: schema.RoleFile) -> bool:
        """Whether all skills of a role exist. While one is misspelt nobody can say what the role asks for."""
        return all(self.knows("skills", row.skill) for row in role.skills)

    def note(self, problems: Sequence[Problem]) -> None:
        """Files in the wrong place are there all the same: that they are misplaced is said once."""
        for problem in problems:
            slug = PurePosixPath(problem.path).stem.lower()
            self.broken.update((kind, slug) for kind in schema.FOLDER_FILES)

    def missing(self) -> Iterator[Problem]:
        """List files that every site needs and that are not there."""
        folder = next(iter(self.paths)).split("/")[0] if self.paths else ""
        for name in (name for name in schema.LIST_FILES if name != "removed.yaml"):
            if self.paths and f"{folder}/{name}" not in self.paths:
                self.broken.add((name.removesuffix(".yaml"), "*"))
                yield Problem(f"{folder}/{name}", 0, 0, "", "The file is missing; every site needs one.")

    def add(self, parsed: ParsedFile) -> Iterator[Problem]:
        """Puts a file's items on their shelf; yields a problem for each slug that is taken."""
        kind = parsed.found.kind.removesuffix(".yaml")
        shelf = self.shelf(kind)
        self.paths.add(parsed.found.path)
        self.broken.update((kind, slug) for slug in parsed.broken)
        for item in parsed.items:
            if not item.is_known and isinstance(item.entry, schema.FiguresFile):
                self.broken.update({(kind, item.entry.code)} if item.entry.code != item.slug else ())
            if item.slug in shelf:
                first, _ = shelf[item.slug].body().document.mark(shelf[item.slug].at)
                yield item.problem(("slug",), f'"{item.slug}" is registered a second time (first in line {first}).')
            else:
                shelf[item.slug] = item


def parse(found: Found) -> ParsedFile:
    """One file read, validated and rendered."""
    parsed = ParsedFile(found)
    try:
        source = open_file(found)
    except FileFault as fault:
        parsed.problems.append(fault.problem)
        parsed.broken.add(found.slug or "*")
        return parsed
    value = source.document.value
    parsed.problems.extend(source.faults)
    if source.faults and value is None:
        parsed.broken.add(found.slug or "*")
    elif found.kind in schema.LIST_FILES:
        _parse_list(found, source, value, parsed)
    else:
        _parse_page(found, source, value, parsed)
    for item in parsed.items:
        # Few are asked about again, and thousands of texts with all their places would fill the memory.
        item.source = None
    return parsed


def _parse_list(found: Found, source: SourceFile, value: object, parsed: ParsedFile) -> None:
    model = schema.LIST_FILES[found.kind]
    if value is None:
        if found.kind != "removed.yaml":
            parsed.problems.append(source.problem((), "The file has no entries."))
            parsed.broken.add("*")
        return
    if not isinstance(value, list):
        parsed.problems.append(source.problem((), "A list is expected: each entry begins with a dash."))
        parsed.broken.add("*")
        return
    for index, entry in enumerate(value):
        result = validate(model, source, entry, (index,))
        if isinstance(result, list):
            parsed.problems.extend(result)
            slug = entry.get("slug") if isinstance(entry, dict) else None
            parsed.broken.add(slug if isinstance(slug, str) else "*")
            if len(parsed.problems) > MAX_PROBLEMS:
                parsed.problems.append(
                    source.problem((index,), "The list is not read any further; mend the above first.")
                )
                parsed.broken.add("*")
                return
        else:
            slug = result.path if isinstance(result, schema.RemovedEntry) else result.slug
            parsed.items.append(Item(slug, result, found, (index,), (), source))


def _parse_page(found: Found, source: SourceFile, value: object, parsed: ParsedFile) -> None:
    if value is None:
        parsed.problems.append(source.problem((), "The file has no facts."))
        parsed.broken.add(found.slug)
        return
    # A copied template is one thing to do: what else is wrong with it is told once it has been filled in.
    unfilled = list(left_over(source)) if found.kind in schema.SECTIONS else []
    if unfilled:
        parsed.problems.extend(unfilled)
        parsed.broken.add(found.slug)
        return
    result = validate(schema.FOLDER_FILES[found.kind], source, value, ())
    prose: tuple[Prose, ...] = ()
    if found.kind in schema.SECTIONS:
        cut, problems = sections(found.kind, source)
        parsed.problems.extend(problems[:MAX_PROBLEMS])
        if not problems:
            try:
                prose = tuple(Prose(part.heading, _html(part.text, part.heading)) for part in cut)
            except RecursionError:
                parsed.problems.append(
                    source.body_problem(0, "Lists and quotations are nested too deep; simplify the text.")
                )
    if isinstance(result, list):
        parsed.problems.extend(result)
        parsed.broken.add(found.slug)
    else:
        links = tuple(site_links(source.body)) if found.kind in schema.SECTIONS else ()
        parsed.items.append(Item(found.slug, result, found, (), prose, source, links=links))


def _html(text: str, heading: str) -> str:
    return render(text, heading.lower().replace(" ", "-"))


def read_library(folder: Path) -> tuple[Library, list[Problem]]:
    """Every file below ``folder`` and everything that is wrong with single files."""
    found, problems = find(folder)
    library = Library()
    library.note(problems)
    for file in found:
        parsed = parse(file)
        problems.extend(parsed.problems)
        problems.extend(library.add(parsed))
    problems.extend(library.missing())
    return library, problems
