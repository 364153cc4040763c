"""Static files as they are served: hashed, compressed, and each style sheet in one piece.

The style sheets are written in many small files, one a block. Browsers would fetch each of them after the first, so
collecting puts them together; while developing they are served as they are.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/site.css", "css/tools.css")
"""The sheet of the guides and that of the interactive tools. A page loads one of them; what both need is in both."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import "(?P<file>[\w./-]+)"(?: layer\((?P<layer>\w+)\))?;\n?')

Part = tuple[str, str]
"""The layer of an imported file and its text."""

Read = Callable[[str], str | None]
"""Name of a static file → its text; None when it is not there."""


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """The manifest storage of WhiteNoise, with the imports of the style sheets written out before they are hashed."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Joins the sheets, leaves their parts out, and hashes and compresses the rest.

        Raises CommandError, which collecting prints as one line, when a sheet cannot be joined.
        """

        def read(name: str) -> str | None:
            return _read(*paths[name]) if name in paths else None

        if not dry_run:
            joined = {sheet: join(sheet, read) for sheet in SHEETS if sheet in paths}
            for name in {name for _, names in joined.values() for name in names}:
                paths.pop(name, None)
            for sheet, (text, _) in joined.items():
                self.delete(sheet)
                self._save(sheet, ContentFile(text.encode()))
                paths[sheet] = (self, sheet)
        yield from super().post_process(paths, dry_run, **options)


def join(sheet: str, read: Read) -> tuple[str, set[str]]:
    """A sheet with everything that it imports written out, and the names of the files that went into it.

    Raises CommandError when one of them is not there, or refers to a file by an address that would be wrong then.
    """
    names: set[str] = set()
    layers = [
        (layer, "".join(text for _, text in those))
        for layer, those in groupby(_parts(sheet, read, names), key=lambda part: part[0])
    ]
    head = IMPORT.sub("", read(sheet) or "")
    return _lean(head + "".join(f"@layer {layer} {{\n{text}}}\n" for layer, text in layers)), names


def _parts(sheet: str, read: Read, names: set[str]) -> Iterator[Part]:
    """The files that a sheet imports, in order; a sheet among them stands for what it imports itself."""
    folder = PurePosixPath(sheet).parent
    for match in IMPORT.finditer(read(sheet) or ""):
        name = str(folder / match["file"])
        text = read(name)
        if text is None:
            raise CommandError(f"{sheet} imports {match['file']}, which is not there.")
        names.add(name)
        if match["layer"] is None:
            yield from _parts(name, read, names)
            continue
        if PurePosixPath(name).parent != folder and "url(" in text:
            raise CommandError(f"{name} refers to a file; move that rule beside {sheet}.")
        yield match["layer"], text


def _lean(sheet: str) -> str:
    """Without comments and the space that is for those who write it."""
    lean = re.sub(r"\s*\n\s*", "\n", COMMENT.sub("", sheet))
    lean = re.sub(r"(?<=[{};,])\n|\n(?=\})", "", lean)
    lean = re.sub(r" ?\{ ?", "{", lean)
    return re.sub(r";? ?\}", "}", lean).replace("; ", ";").replace(", ", ",").replace(": ", ":").strip() + "\n"


def _read(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        text: str = file.read().decode()
        return text
