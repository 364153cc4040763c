"""``manage.py load_occupations DATA_DIR``: the whole official classification, beside the roles of the guides."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.occupation_load import Progress, load_occupations, remove_occupations
from guides.official_data import DataProblem
from guides.phrases import count

BAR = 30
"""Width of the progress bar in characters."""


class Command(BaseCommand):
    """All or nothing: with any fault in a file nothing is written and the exit code is 1."""

    help = "Load every occupation of the official classification, with all titles and pairs; --remove takes them away."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "data_dir", type=Path, nargs="?", metavar="DATA_DIR", help="folder of the official releases"
        )
        parser.add_argument("--remove", action="store_true", help="take the occupations away again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"] == bool(options["data_dir"]):
            raise CommandError("Name the folder of the official releases, or --remove.")
        if options["remove"]:
            self._say(options, f"{count(remove_occupations(), 'occupation')} taken away.")
            return
        try:
            loaded = load_occupations(options["data_dir"], self._progress(options["verbosity"]))
        except DataProblem as problem:
            self._end_bar(options["verbosity"])
            raise CommandError(f"{problem}\nNothing was changed.") from None
        self._end_bar(options["verbosity"])
        release = loaded.release
        size = f"{count(release.count, 'occupation')} with {count(release.title_count, 'title')}"
        self._say(options, f"Loaded {size}." if loaded.is_new else f"Nothing changed: {size} are there already.")

    def _say(self, options: dict[str, Any], sentence: str) -> None:
        if options["verbosity"]:
            self.stdout.write(sentence)

    def _progress(self, verbosity: int) -> Progress | None:
        """A bar on a terminal, a line for each step elsewhere."""
        if not verbosity:
            return None

        def show(step: str, done: int, total: int) -> None:
            if self.stderr.isatty():
                filled = BAR * done // total
                bar = f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}"
                self.stderr.write(f"\r{bar} {step[:40]:40}", ending="")
            else:
                self.stderr.write(f"{done + 1}/{total} {step}")

        return show

    def _end_bar(self, verbosity: int) -> None:
        if verbosity and self.stderr.isatty():
            self.stderr.write("")
