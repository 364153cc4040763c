"""Parsing many files in two processes: this one begins at one end of the list, the other one at the other.

The other process is started anew, not forked, because the process that loads may have threads and connections. It takes
half a second to be of use, so a few files are parsed here.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from . import schema
from .files import Found
from .library import Item, ParsedFile, Prose, parse
from .problems import Problem

MANY = 1_500
"""Files from which a second process saves more than it costs."""

AT_ONCE = 60
"""Files that the other process is given at a time."""


@dataclass(frozen=True)
class _Packed:
    """A parsed file on its way between processes: entries as JSON, which is quick to write and to read."""

    items: list[tuple[str, bytes, tuple[str | int, ...], tuple[Prose, ...], tuple[tuple[int, str], ...]]]
    problems: list[Problem]
    broken: set[str]


def parse_each(files: Sequence[Found]) -> Iterator[tuple[Found, ParsedFile]]:
    """Every file with what parsing gave, in no particular order."""
    if len(files) < MANY or (os.cpu_count() or 1) < 2:
        yield from ((file, parse(file)) for file in files)
        return
    left = deque(files[start : start + AT_ONCE] for start in range(0, len(files), AT_ONCE))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        running: deque[tuple[Sequence[Found], Future[list[_Packed]]]] = deque()
        while left or running:
            # One part is worked on and one waits, so that the other process is never idle.
            while left and len(running) < 2:
                part = left.pop()
                running.append((part, other.submit(_parsed, part)))
            if running and (running[0][1].done() or not left):
                part, result = running.popleft()
                yield from ((file, _unpacked(file, packed)) for file, packed in zip(part, result.result(), strict=True))
            elif left:
                yield from ((file, parse(file)) for file in left.popleft())


def _parsed(files: Sequence[Found]) -> list[_Packed]:
    """What the other process does."""
    return [_packed(parse(file)) for file in files]


def _packed(one: ParsedFile) -> _Packed:
    items = [(item.slug, item.entry.model_dump_json().encode(), item.at, item.prose, item.links) for item in one.items]
    return _Packed(items, one.problems, one.broken)


def _unpacked(file: Found, packed: _Packed) -> ParsedFile:
    model = schema.LIST_FILES.get(file.kind) or schema.FOLDER_FILES[file.kind]
    items = [
        Item(slug, model.model_validate_json(entry), file, at, prose, links=links)
        for slug, entry, at, prose, links in packed.items
    ]
    return ParsedFile(file, items, packed.problems, packed.broken)
