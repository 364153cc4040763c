"""YAML as editors mean it, read defensively, with the position of every value.

A plain text is read by ``plain_yaml``, and its positions are looked for when somebody asks for one. For every other
the parser's events are turned into values in one pass, so hostile input is refused before anything is built: aliases,
anchors, tags, deep nesting, duplicate keys, several documents. Words keep their meaning of YAML 1.2: only ``true`` and
``false`` are booleans (``no`` is a word), dates, ``012`` and ``1:30`` stay text for the schema to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml
from yaml import events

from .plain_yaml import read_plain
from .problems import shorten

MAX_DEPTH = 12
"""Levels of nesting; the deepest content file needs 6. libyaml itself crashes on a hundred thousand."""

MAX_VALUES = 100_000
"""Values in a text; the largest list file has about 3,000."""

MAX_REPEATED = 100
"""Names that stand twice, after which a text is given up."""

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow."""

VALUE_IN_SIGNS = re.compile(r"\s*(?:- )?(?:[^:]*:\s+)?[\"'{\[]")
"""A line whose value begins with a quotation mark or a bracket."""

NAME_BEGINS = re.compile(r"(?P<indent>\s*(?:- +)*)[A-Za-z_][\w-]*:(?:\s|$)")
"""A line that begins with the name of a field, after dashes or not."""

DASH_BEGINS = re.compile(r"(?P<indent>\s*- +)\S")
"""A line that begins with the dash of an entry."""

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")

Location = tuple[str | int, ...]


class YamlFault(Exception):
    """The text cannot be read as YAML; ``line`` and ``column`` count from 1 within the text.

    ``first_line``: where the thing that stands there twice stands first.
    """

    def __init__(
        self, message: str, line: int, column: int, location: Location = (), first_line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.location = message, line, column, location
        self.first_line = first_line


@dataclass
class Document:
    """The value of a YAML text and where each part of it stands. ``unmarked``: a text that was read without that."""

    value: object = None
    marks: dict[Location, tuple[int, int]] = field(default_factory=dict)
    key_marks: dict[Location, tuple[int, int]] = field(default_factory=dict)
    written: dict[Location, str] = field(default_factory=dict)
    faults: list[YamlFault] = field(default_factory=list)
    unmarked: str | None = None

    @property
    def raw(self) -> dict[Location, str]:
        """Single values as they are written."""
        self._look()
        return self.written

    def mark(self, location: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value (or of its key) at ``location``, else of the nearest thing around it."""
        self._look()
        place = tuple(location)
        if key and place in self.key_marks:
            return self.key_marks[place]
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, (1, 1))

    def _look(self) -> None:
        """Reads a plain text once more, for its positions."""
        if self.unmarked is not None:
            full = _read(self.unmarked)
            self.marks, self.key_marks, self.written, self.unmarked = full.marks, full.key_marks, full.written, None


@dataclass
class _Open:
    """A mapping or sequence that is being filled."""

    container: dict[str, object] | list[object]
    location: Location
    key: str | None = None
    key_mark: tuple[int, int] = (1, 1)

    def next_location(self) -> Location:
        if isinstance(self.container, list):
            return (*self.location, len(self.container))
        return (*self.location, self.key or "")


def read(text: str) -> Document:
    """The document in ``text``; duplicate keys are collected in ``faults``, anything worse raises YamlFault."""
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        column = unprintable.start() - text.rfind("\n", 0, unprintable.start())
        sign = f"U+{ord(unprintable[0]):04X}"
        raise YamlFault(f"A control character ({sign}) stands in the text; remove it.", line, column)
    plain = read_plain(text, meaning, deepest=MAX_DEPTH, most=MAX_VALUES)
    if plain is not None:
        return Document(plain, unmarked=text)
    try:
        return _read(text)
    except yaml.MarkedYAMLError as error:
        message, mark = _plain_words(error, text)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlFault(message, line, column) from None
    except yaml.YAMLError as error:
        raise YamlFault(f"This is not YAML: {str(error).splitlines()[0]}.", 1, 1) from None
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError, UnicodeError):
        raise YamlFault("This is not YAML that can be read.", 1, 1) from None


def _read(text: str) -> Document:
    document = Document()
    stack: list[_Open] = []
    documents = 0
    lines = text.split("\n")
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark = _place(event)
        if isinstance(event, events.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlFault("A second document begins here; remove the line of three dashes.", *mark)
        elif isinstance(event, events.AliasEvent):
            raise YamlFault(f"*{shorten(str(event.anchor))} repeats another value; write the value out.", *mark)
        elif isinstance(event, events.NodeEvent):
            if event.anchor:
                raise YamlFault(
                    f"&{shorten(event.anchor)} names a value for repetition; write values out instead.", *mark
                )
            tag = getattr(event, "tag", None)
            if tag is not None:
                raise YamlFault(f"{shorten(_written_tag(tag))} is a YAML tag; remove it.", *mark)
            _add(document, stack, event, mark, lines)
            if len(document.marks) > MAX_VALUES:
                raise YamlFault(f"More than {MAX_VALUES:,} values; split the file.", *mark)
            if len(stack) > MAX_DEPTH:
                raise YamlFault(f"Nested more than {MAX_DEPTH} levels deep.", *mark)
        elif isinstance(event, events.MappingEndEvent | events.SequenceEndEvent):
            stack.pop()
    return document


def _written_tag(tag: str) -> str:
    """The tag as one writes it."""
    return tag.replace("tag:yaml.org,2002:", "!!")


def _place(event: events.Event) -> tuple[int, int]:
    """Line and column of an event, from 1."""
    return (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)


def _swallowed_dash(event: events.ScalarEvent, lines: list[str]) -> tuple[int, int] | None:
    """Line and column of a dash too deep to begin an entry: YAML takes it for a word of the text before it."""
    if event.style or not event.start_mark or not event.end_mark:
        return None
    for number in range(event.start_mark.line + 1, min(event.end_mark.line + 1, len(lines))):
        if DASH_BEGINS.match(lines[number]) and (number, _begin(lines[number])) < (
            event.end_mark.line,
            event.end_mark.column + 1,
        ):
            return number + 1, _begin(lines[number])
    return None


def _add(
    document: Document, stack: list[_Open], event: events.NodeEvent, mark: tuple[int, int], lines: list[str]
) -> None:
    parent = stack[-1] if stack else None
    if parent and isinstance(parent.container, dict) and parent.key is None:
        _begin_key(document, parent, event, mark)
        return
    location = parent.next_location() if parent else ()
    document.marks[location] = mark
    value: object
    if isinstance(event, events.ScalarEvent):
        swallowed = _swallowed_dash(event, lines) if parent and isinstance(parent.container, list) else None
        if swallowed and parent:
            column = document.mark(parent.location)[1]
            raise YamlFault(
                f"The dash is read as text of the entry above; it belongs in column {column}.", *swallowed, location
            )
        value = _scalar(event, mark, location)
        document.written[location] = event.value
    else:
        container: dict[str, object] | list[object] = {} if isinstance(event, events.MappingStartEvent) else []
        stack.append(_Open(container, location))
        value = container
    if parent is None:
        document.value = value
    elif isinstance(parent.container, list):
        parent.container.append(value)
    else:
        key, parent.key = parent.key or "", None
        if key in parent.container:
            first, _ = document.key_marks[(*parent.location, key)]
            if len(document.faults) >= MAX_REPEATED:
                raise YamlFault(f"More than {MAX_REPEATED} names stand here twice.", *parent.key_mark)
            document.faults.append(
                YamlFault(f'"{shorten(key)}" stands here a second time.', *parent.key_mark, location, first)
            )
        else:
            document.key_marks[(*parent.location, key)] = parent.key_mark
            parent.container[key] = value


def _begin_key(document: Document, parent: _Open, event: events.NodeEvent, mark: tuple[int, int]) -> None:
    if not isinstance(event, events.ScalarEvent):
        raise YamlFault("A name is expected before the colon, not a list or another mapping.", *mark)
    if event.value == "<<" and not event.style:
        raise YamlFault('"<<" merges another value; write the values out.', *mark)
    if UNPRINTABLE.search(event.value):
        raise YamlFault("A backslash in double quotes makes a control character; use single quotes.", *mark)
    parent.key, parent.key_mark = event.value, mark


def _scalar(event: events.ScalarEvent, mark: tuple[int, int], location: Location) -> object:
    text: str = event.value
    if UNPRINTABLE.search(text):
        raise YamlFault("A backslash in double quotes makes a control character; use single quotes.", *mark, location)
    return text if event.style or not event.implicit[0] else meaning(text)


def meaning(text: str) -> object:
    """What a text without quotes stands for."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if INTEGER.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    return text


def _begin(line: str) -> int:
    """Column of the first sign of a line."""
    return len(line) - len(line.lstrip()) + 1


def _column_above(lines: list[str], number: int) -> str | None:
    """Where a name or dash belongs that stands deeper than the name above allows; None when the line is not deeper."""
    written = lines[number]
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    match = NAME_BEGINS.match(above) or DASH_BEGINS.match(above)
    if not match:
        return None
    name = match.end("indent") + 1
    if DASH_BEGINS.match(written):
        return f"a dash belongs in the column of the one above, {_begin(above)}" if DASH_BEGINS.match(above) else None
    return f"the name belongs in column {name}, like the one above" if _begin(written) > name else None


def _out_of_line(lines: list[str], mark: yaml.Mark | None, begin: yaml.Mark) -> str | None:
    """Where a dash or name belongs that stands between the columns of the lines above."""
    if not mark or mark.line >= len(lines):
        return None
    written = lines[mark.line]
    if _begin(written) != mark.column + 1:
        return None
    if DASH_BEGINS.match(written):
        above = next((line for line in reversed(lines[: mark.line]) if DASH_BEGINS.match(line)), None)
        return f"The dash is out of line; it belongs in column {_begin(above)}, like the one above." if above else None
    if not NAME_BEGINS.match(written):
        return None
    inner = next(
        (line for line in reversed(lines[: mark.line]) if line.strip() and _begin(line) > mark.column + 1), None
    )
    found = NAME_BEGINS.match(inner) if inner else None
    other = f" or {found.end('indent') + 1}" if found else ""
    return f"The name is out of line; it belongs in column {begin.column + 1}{other}, like the lines above."


def _plain_words(error: yaml.MarkedYAMLError, text: str) -> tuple[str, yaml.Mark | None]:
    """libyaml's complaint in an editor's words, with the usual cure, and where to look for the fault."""
    problem, context = str(error.problem or ""), str(error.context or "")
    mark, begin = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    lines = text.splitlines()
    written = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())] or "tab" in problem:
        return "A tab stands at the beginning of the line; indent with spaces.", mark
    if "mapping values are not allowed" in problem:
        column = _column_above(lines, mark.line) if mark else None
        if column and mark and (NAME_BEGINS.match(written) or DASH_BEGINS.match(written)):
            return (
                f"The line begins in column {_begin(written)}; {column}. "
                "If it belongs to the text above, put that text in quotes."
            ), mark
        return "A colon followed by a space stands inside text; put the text in quotes.", mark
    if "could not find expected ':'" in problem:
        return "A colon is missing after a name here, or a dash before an entry.", begin
    if "quoted scalar" in context:
        if "escape" in problem:
            return "A backslash in double quotes begins a code; use single quotes.", mark
        return "A quotation mark is opened here and not closed.", begin
    if "flow" in context:
        return "A bracket is opened here and not closed, or a comma is missing after an entry.", begin
    if VALUE_IN_SIGNS.match(written) and mark and mark.column > len(written) - len(written.lstrip()):
        return "Text follows a closing quotation mark or bracket; put the whole text in quotes.", mark
    if "did not find expected '-' indicator" in problem and begin:
        dash = begin.column + 1
        if DASH_BEGINS.match(written):
            return f"The dash is out of line; it belongs in column {dash}, like those above.", mark
        if NAME_BEGINS.match(written):
            return f"The name is out of line; it belongs in column {dash + 2}, after a dash in column {dash}.", mark
        return "The list breaks off here; begin the line with a dash, indented like the one above.", mark
    if "did not find expected key" in problem and begin and (out := _out_of_line(lines, mark, begin)):
        return out, mark
    if "did not find expected key" in problem:
        return "A name with a colon is expected here; check the indentation and the quotes of the lines above.", mark
    if "cannot start any token" in problem:
        return "This character cannot begin a value; put the text in quotes.", mark
    return f"This is not YAML: {problem or 'it cannot be read'}.", mark
