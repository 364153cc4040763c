"""``manage.py refresh_figures``: write the figures of the occupations that roles name, from the official releases."""

from __future__ import annotations

import difflib
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guides.figures_file import figures_text
from guides.loader.library import read_library
from guides.official_data import DataProblem
from guides.official_facts import OfficialRelease, read_release


class Command(BaseCommand):
    """All or nothing: with anything wrong in the releases nothing is written and the exit code is 1."""

    help = (
        "Write content/figures/<code>.yaml for every official occupation that a role names, from the official "
        "releases. --check prints what would change and writes nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data_dir", type=Path, help="folder of the official releases")
        parser.add_argument("--check", action="store_true", help="print the differences, write nothing")
        parser.add_argument("--folder", type=Path, default=None, help="content folder (default: content/)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"] or settings.CONTENT_DIR
        named = self._named(folder)
        try:
            release = read_release(options["data_dir"])
        except DataProblem as problem:
            raise CommandError(f"{problem}\nNothing was written.") from None
        texts = _texts(named, release)
        written = {file.stem: file.read_text(encoding="utf-8") for file in sorted((folder / "figures").glob("*.yaml"))}
        changed = {code: text for code, text in texts.items() if written.get(code) != text}
        for code in sorted(written.keys() - texts.keys()):
            self.stderr.write(f"content/figures/{code}.yaml is left as it is: no role names {code}.")
        if options["check"]:
            for code, text in changed.items():
                self._show(code, written.get(code, ""), text)
        else:
            (folder / "figures").mkdir(exist_ok=True)
            for code, text in changed.items():
                (folder / "figures" / f"{code}.yaml").write_text(text, encoding="utf-8")
        if options["verbosity"]:
            new = len(changed.keys() - written.keys())
            counts = f"{new} new, {len(changed) - new} changed, {len(texts) - len(changed)} unchanged"
            self.stdout.write(f"{len(texts)} figures files ({counts}){', nothing written' * options['check']}.")

    def _named(self, folder: Path) -> Mapping[str, str]:
        """Each code that a role names, with the path of the first file that does."""
        library, _ = read_library(folder)
        broken = sorted(slug for kind, slug in library.broken if kind == "roles")
        if broken or not library.roles:
            told = f"Roles cannot be read: {', '.join(broken)}" if broken else "There are no roles"
            raise CommandError(f"{told}; run load_content --check. Nothing was written.")
        named: dict[str, str] = {}
        for role in library.roles.values():
            for occupation in role.entry.occupations:
                named.setdefault(occupation.code, role.found.path)
        return dict(sorted(named.items()))

    def _show(self, code: str, before: str, after: str) -> None:
        name = f"content/figures/{code}.yaml"
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=1)
        self.stdout.write("\n".join(lines))


def _texts(named: Mapping[str, str], release: OfficialRelease) -> dict[str, str]:
    """The text of each file; CommandError for a code that the classification does not have."""
    for code, path in named.items():
        if code not in release.occupations:
            raise CommandError(f"{path}  {code} is not a code of the classification. Nothing was written.")
    return {code: figures_text(release.occupations[code]) for code in named}
