"""Content files on disk: which there are, whether they may be read at all, and their three parts.

A guide is YAML front matter between two lines of three dashes and a Markdown body; other files are YAML alone.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from .problems import Problem, Severity, field_name
from .schema import FOLDER_FILES, LIST_FILES, SLUG_PATTERN
from .yaml_reader import Document, YamlFault, read

MAX_BYTES = 96 * 1024
"""Largest guide or question file; a complete one has about 45 KB."""

MAX_LIST_BYTES = 2 * 1024 * 1024
"""Largest list file, such as resources.yaml."""

FENCE = "---"


class FileFault(Exception):
    """The file cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Found:
    """A file that is there: its kind ("roles", "resources.yaml"), its slug and its digest."""

    file: Path
    path: str
    kind: str
    slug: str
    digest: str


@dataclass
class SourceFile:
    """A file that has been read: its data, its body and where everything stands."""

    path: str
    text: str
    yaml_text: str
    yaml_line: int
    body: str
    body_line: int
    faults: list[Problem] = field(default_factory=list)

    @cached_property
    def document(self) -> Document:
        """Data with positions; an unreadable text gives an empty document and a fault."""
        try:
            document = read(self.yaml_text)
        except YamlFault as fault:
            self.faults.append(self._fault(fault))
            return Document()
        self.faults.extend(self._fault(fault) for fault in document.faults)
        return document

    def _fault(self, fault: YamlFault) -> Problem:
        message = fault.message
        if fault.first_line is not None:
            message = f"{message.removesuffix('.')} (first in line {fault.first_line + self.yaml_line})."
        return Problem(self.path, fault.line + self.yaml_line, fault.column, field_name(fault.location), message)

    def problem(
        self,
        location: Sequence[str | int],
        message: str,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at a value (or at its key) of this file."""
        line, column = self.document.mark(location, key=key)
        return Problem(self.path, line + self.yaml_line, column, field_name(location), message, severity)

    def body_problem(self, line: int, message: str, *, severity: Severity = Severity.ERROR) -> Problem:
        """A problem in the body; ``line`` counts from 0 there."""
        return Problem(self.path, self.body_line + line, 1, "", message, severity)


def find(folder: Path) -> tuple[list[Found], list[Problem]]:
    """Every content file below ``folder`` in a fixed order, and what does not belong there."""
    found: list[Found] = []
    problems: list[Problem] = []
    for parts in sorted(_files(str(folder), ())):
        path = "/".join((folder.name, *parts))
        kind, slug = _kind_and_slug(parts)
        if kind is None:
            problems.append(Problem(path, 0, 0, "", slug))
        else:
            file = folder.joinpath(*parts)
            found.append(Found(file, path, kind, slug, _digest(file)))
    return found, problems


def _digest(file: Path) -> str:
    """Of the content; empty for a file that cannot be read or is larger than any may be: opening it says why."""
    try:
        with open(file, "rb") as opened:
            if os.fstat(opened.fileno()).st_size > MAX_LIST_BYTES:
                return ""
            return hashlib.sha256(opened.read()).hexdigest()
    except OSError:
        return ""


def _files(folder: str, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The parts of each path below a folder, hidden ones, templates, manuals and schemas left out."""
    try:
        with os.scandir(folder) as inside:
            entries = list(inside)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "_")) or (not parts and entry.name == "schemas"):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, (*parts, entry.name))
        elif entry.name != "README.md" and entry.is_file():
            yield (*parts, entry.name)


def _kind_and_slug(parts: tuple[str, ...]) -> tuple[str | None, str]:
    """Kind and slug of a file, or None and what is wrong with its place."""
    name = PurePosixPath(parts[-1])
    if len(parts) == 1:
        if parts[0] in LIST_FILES:
            return parts[0], ""
        return None, f"A file of this name is not expected here; list files are {', '.join(sorted(LIST_FILES))}."
    kind = parts[0]
    if kind not in FOLDER_FILES:
        return None, f"The folder {kind}/ is not known; use {', '.join(sorted(FOLDER_FILES))}."
    suffix = ".yaml" if kind in ("figures", "questions") else ".md"
    depth = 3 if kind == "transitions" else 2
    if name.suffix != suffix or len(parts) != depth:
        pattern = "transitions/<origin>/<destination>.md" if kind == "transitions" else f"{kind}/<name>{suffix}"
        return None, f"The file does not fit its folder; write it as {pattern}."
    slug = "/".join([*parts[1:-1], name.stem])
    if kind != "figures" and not all(_is_slug(part) for part in slug.split("/")):
        return None, "The file's name becomes its address: use lower-case letters, digits and single hyphens."
    return kind, slug


def _is_slug(word: str) -> bool:
    return bool(re.fullmatch(SLUG_PATTERN, word))


def open_file(found: Found) -> SourceFile:
    """The file in its parts. FileFault when it cannot be read, is too large, not UTF-8, or lacks its front matter."""
    limit = MAX_LIST_BYTES if found.kind in LIST_FILES else MAX_BYTES
    try:
        size = found.file.stat().st_size
        if size > limit:
            raise _fault(found, f"The file has {-(-size // 1024)} KB; at most {limit // 1024} KB are read.")
        raw = found.file.read_bytes()
    except OSError as error:
        raise _fault(found, f"The file cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(found, "The file is not UTF-8; save it with that encoding.", line) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise _fault(found, "A NUL character stands in the file; remove it.", line)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found.path.endswith(".yaml"):
        return SourceFile(found.path, text, text, 0, "", 0)
    return _split(found, text)


def _split(found: Found, text: str) -> SourceFile:
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise _fault(
            found, "The file begins with its facts between two lines of three dashes; the first is missing.", 1
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            yaml_text, body = "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
            return SourceFile(found.path, text, yaml_text, 1, body, number + 2)
    raise _fault(found, "The line of three dashes that closes the facts is missing.", 1)


def _fault(found: Found, message: str, line: int = 0) -> FileFault:
    return FileFault(Problem(found.path, line, 1 if line else 0, "", message))
