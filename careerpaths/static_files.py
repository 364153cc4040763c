"""Static files as they are served: hashed, compressed, and each style sheet in one piece.

The style sheets are written in many small files, one a block. Browsers would fetch each of them after the first, so
collecting puts them together; while developing they are served as they are.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/site.css", "css/tools.css")
"""What every page loads, and what the pages of the interactive tools load besides."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import "(?P<file>[\w./-]+)" layer\((?P<layer>\w+)\)(?: (?P<media>[^;]+))?;\n?')


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """The manifest storage of WhiteNoise, with the imports of the style sheets written out before they are hashed."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Joins the sheets, leaves their parts out, and hashes and compresses the rest.

        Raises CommandError, which collecting prints as one line, when a sheet cannot be joined.
        """
        for sheet in SHEETS:
            if sheet in paths and not dry_run:
                text = self._joined(sheet, paths)
                self.delete(sheet)
                self._save(sheet, ContentFile(text.encode()))
                paths[sheet] = (self, sheet)
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, sheet: str, paths: dict[str, Any]) -> str:
        folder = PurePosixPath(sheet).parent

        def written_out(match: re.Match[str]) -> str:
            name = str(folder / match["file"])
            if name not in paths:
                raise CommandError(f"{sheet} imports {match['file']}, which is not there.")
            text = _read(*paths.pop(name))
            if PurePosixPath(name).parent != folder and "url(" in text:
                raise CommandError(f"{name} refers to a file; move that rule beside {sheet}.")
            layer = f"@layer {match['layer']} {{\n{text}}}\n"
            return f"@media {match['media']} {{\n{layer}}}\n" if match["media"] else layer

        return _lean(IMPORT.sub(written_out, _read(*paths[sheet])))


def _lean(sheet: str) -> str:
    """Without comments, indentation and empty lines: they are for those who write it."""
    return re.sub(r"\s*\n\s*", "\n", COMMENT.sub("", sheet))


def _read(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        text: str = file.read().decode()
        return text
