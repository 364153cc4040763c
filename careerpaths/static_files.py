"""Static files as they are served: hashed, compressed, and the style sheet in one piece.

The style sheet is written in many small files, one a block. Browsers would fetch each of them after the first, so
collecting puts them together; while developing they are served as they are.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import "(?P<file>[\w./-]+)" layer\((?P<layer>\w+)\)(?: (?P<media>[^;]+))?;\n?')


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """The manifest storage of WhiteNoise, with the imports of the style sheet written out before it is hashed."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Joins the sheet, leaves its parts out, and hashes and compresses the rest."""
        if SHEET in paths and not dry_run:
            sheet = self._joined(paths)
            self.delete(SHEET)
            self._save(SHEET, ContentFile(sheet.encode()))
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, paths: dict[str, Any]) -> str:
        folder = PurePosixPath(SHEET).parent

        def written_out(match: re.Match[str]) -> str:
            name = str(folder / match["file"])
            if name not in paths:
                raise ImproperlyConfigured(f"{SHEET} imports {match['file']}, which is not there.")
            text = _read(*paths.pop(name))
            if PurePosixPath(name).parent != folder and "url(" in text:
                raise ImproperlyConfigured(f"{name} refers to a file; move that rule beside {SHEET}.")
            layer = f"@layer {match['layer']} {{\n{text}}}\n"
            return f"@media {match['media']} {{\n{layer}}}\n" if match["media"] else layer

        return _lean(IMPORT.sub(written_out, _read(*paths[SHEET])))


def _lean(sheet: str) -> str:
    """Without comments, indentation and empty lines: they are for those who write it."""
    return re.sub(r"\s*\n\s*", "\n", COMMENT.sub("", sheet))


def _read(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        text: str = file.read().decode()
        return text
