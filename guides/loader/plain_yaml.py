"""The plain part of YAML, which nearly every content file keeps to, read line by line in less than half of the time.

Block mappings and lists, words without quotes or between simple ones, folded and literal texts, flat lists and mappings
on one line, comments on lines of their own. Anything else, and anything that might be a fault, is left to libyaml
(``yaml_reader``): a text is read here only when both would read the same, which tests hold for every content file and
for generated ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Scalar = Callable[[str], object]
"""What an unquoted text means."""

BEYOND = re.compile("[\t\r\x85\u2028\u2029\ufeff]")
"""Line breaks and blanks that libyaml knows besides the usual ones."""

NAME = re.compile(r"""(?:([A-Za-z_][A-Za-z0-9_-]{0,100})|"([^"\\]{1,100})"):(?: +(.*))?""")
"""A field's name, and what follows on its line."""

ENTRY = re.compile(r"(- +)(\S.*)")
"""A dash, and what follows on its line."""

PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`](?!(?<=-)\d))(?!.*(?:: |:$| #)).+")
"""A text that needs no quotes: no sign of YAML at its beginning, no colon or hash that would end it."""

IN_FLOW = r"""("[^"\\]*"|'[^']*'|[^-\s?:,\[\]{}#&*!|>'\"%@`][^?:,\[\]{}#]*)"""
IN_LIST = re.compile(rf" *{IN_FLOW} *(?:,|\Z)")
IN_MAPPING = re.compile(rf" *([A-Za-z_][A-Za-z0-9_-]{{0,100}}): +{IN_FLOW} *(?:,|\Z)")
"""An entry of a list or a mapping on one line, with the comma behind it."""

BLOCK = re.compile(r"([|>])(-?)")
"""The sign of a folded or literal text, with the last line break or without."""


class _Beyond(Exception):
    """The text is not plain."""


@dataclass(slots=True)
class _Open:
    """A mapping (``names``) or a list (``entries``) that is being filled, and the column in which its lines begin."""

    column: int
    names: dict[str, object] | None = None
    entries: list[object] | None = None


def read_plain(text: str, scalar: Scalar, *, deepest: int, most: int) -> object | None:
    """The value of a text, None when it is empty, not plain, deeper than ``deepest`` or near ``most`` values."""
    # No line brings more than a list, an entry that is a mapping, and a value; a list on one line brings one a comma.
    if BEYOND.search(text) or 3 * text.count("\n") + text.count(",") > most:
        return None
    try:
        return _Reader(text, scalar, deepest).read()
    except _Beyond:
        return None


class _Reader:
    def __init__(self, text: str, scalar: Scalar, deepest: int) -> None:
        self.lines = text.split("\n")
        self.number = 0
        self.scalar = scalar
        self.deepest = deepest
        self.open: list[_Open] = []

    def read(self) -> object | None:
        root: list[object] | dict[str, object] | None = None
        pending: str | None = None
        """The name at the end of the line above, whose value may begin below it."""
        while self.number < len(self.lines):
            line = self.lines[self.number]
            self.number += 1
            rest = line.lstrip(" ")
            if not rest or rest[0] == "#":
                continue
            column, is_entry = len(line) - len(rest), rest.startswith("- ")
            if root is None:
                root = self._begin(column, is_entry)
            elif pending is not None:
                above = self.open[-1]
                if above.names is not None and (column > above.column or (is_entry and column == above.column)):
                    above.names[pending] = self._begin(column, is_entry)
            pending = self._line(self._top(column, is_entry), column, rest)
        return root

    def _begin(self, column: int, is_entry: bool) -> list[object] | dict[str, object]:
        """Opens the list or mapping that begins on a line."""
        if is_entry:
            entries: list[object] = []
            self._push(_Open(column, entries=entries))
            return entries
        names: dict[str, object] = {}
        self._push(_Open(column, names=names))
        return names

    def _push(self, opened: _Open) -> None:
        if len(self.open) >= self.deepest:
            raise _Beyond
        self.open.append(opened)

    def _top(self, column: int, is_entry: bool) -> _Open:
        """What a line of that column goes on with; all that stands deeper has ended."""
        while self.open and self.open[-1].column > column:
            self.open.pop()
        # A list may stand in the column of the name it belongs to; the next name ends it.
        if not is_entry and len(self.open) > 1 and self.open[-1].entries is not None:
            self.open.pop()
        if not self.open or self.open[-1].column != column:
            raise _Beyond
        return self.open[-1]

    def _line(self, top: _Open, column: int, rest: str) -> str | None:
        """Reads a field or an entry; the name of a field whose value may begin on the next line."""
        if top.entries is None:
            return self._field(top, rest)
        match = ENTRY.fullmatch(rest)
        if match is None:
            raise _Beyond
        dash, inner = match[1], match[2]
        if not NAME.fullmatch(inner):
            top.entries.append(self._value(inner.rstrip(" "), column))
            return None
        names: dict[str, object] = {}
        top.entries.append(names)
        self._push(_Open(column + len(dash), names=names))
        return self._field(self.open[-1], inner)

    def _field(self, top: _Open, rest: str) -> str | None:
        """Puts a field into its mapping; its name when the value may begin on the next line."""
        match = NAME.fullmatch(rest)
        if match is None or top.names is None:
            raise _Beyond
        name = match[1] or match[2]
        if name in top.names:
            raise _Beyond
        written = (match[3] or "").rstrip(" ")
        if written:
            top.names[name] = self._value(written, top.column)
            return None
        top.names[name] = None
        return name

    def _value(self, written: str, column: int) -> object:
        """A value on one line, or the folded or literal text that it announces."""
        if PLAIN.fullmatch(written):
            return self.scalar(written)
        if written[0] in "|>":
            return self._block(written, column)
        if written[0] in "[{":
            return self._flow(written)
        return self._quoted(written)

    def _quoted(self, written: str) -> str:
        """A text between two quotation marks, with none and no backslash inside."""
        sign, inner = written[0], written[1:-1]
        if len(written) < 2 or sign not in "'\"" or written[-1] != sign:
            raise _Beyond
        if sign == "'":
            # Two of them stand for one.
            if "'" in inner.replace("''", ""):
                raise _Beyond
            return inner.replace("''", "'")
        if '"' in inner or "\\" in inner:
            raise _Beyond
        return inner

    def _flow(self, written: str) -> list[object] | dict[str, object]:
        """A list or a mapping on one line, with single values in it."""
        is_list, inner = written[0] == "[", written[1:-1]
        if written[-1] != ("]" if is_list else "}") or len(self.open) >= self.deepest or inner.rstrip(" ")[-1:] == ",":
            raise _Beyond
        entries: list[object] = []
        names: dict[str, object] = {}
        place = len(inner) if not inner.strip(" ") else 0
        while place < len(inner):
            match = (IN_LIST if is_list else IN_MAPPING).match(inner, place)
            if match is None:
                raise _Beyond
            place, word = match.end(), match[match.lastindex or 1].rstrip(" ")
            value = self._quoted(word) if word[0] in "'\"" else self.scalar(word)
            if is_list:
                entries.append(value)
            elif match[1] in names:
                raise _Beyond
            else:
                names[match[1]] = value
        return entries if is_list else names

    def _block(self, written: str, column: int) -> str:
        match = BLOCK.fullmatch(written)
        if match is None:
            raise _Beyond
        is_folded, is_stripped = match[1] == ">", bool(match[2])
        found: list[str] = []
        indent = 0
        while self.number < len(self.lines):
            line = self.lines[self.number]
            rest = line.lstrip(" ")
            if rest:
                indent = indent or len(line) - len(rest)
                if len(line) - len(rest) < indent or indent <= column:
                    break
                if is_folded and line[indent] == " ":
                    raise _Beyond
            elif line or not found:
                raise _Beyond
            found.append(line[indent:])
            self.number += 1
        if not found or (not is_stripped and self.number == len(self.lines) and found[-1]):
            raise _Beyond
        while not found[-1]:
            found.pop()
        end = "" if is_stripped else "\n"
        if not is_folded:
            return "\n".join(found) + end
        text = found[0]
        breaks = 0
        for line in found[1:]:
            if not line:
                breaks += 1
            else:
                text += ("\n" * breaks or " ") + line
                breaks = 0
        return text + end
