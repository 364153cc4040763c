"""``manage.py load_content``: bring the database in line with the content files, or only check them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from guides.loader.checks import check
from guides.loader.library import read_library
from guides.loader.load import LoadRefused, Progress, load_content
from guides.loader.problems import ContentProblems, errors, report

BAR = 30
"""Width of the progress bar in characters."""

MUCH = 40
"""Files from which a progress bar is worth its while."""


class Command(BaseCommand):
    """All or nothing: with any error nothing is written and the exit code is 1."""

    help = "Load the content files into the database. --check only reports what is wrong with them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="report problems, write nothing, need no database")
        parser.add_argument("--folder", type=Path, default=None, help="content folder (default: content/)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"] or settings.CONTENT_DIR
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        if options["check"]:
            self._check(folder, options["verbosity"])
        else:
            self._load(folder, options["verbosity"])

    def _check(self, folder: Path, verbosity: int) -> None:
        library, problems = read_library(folder)
        problems.extend(check(library, timezone.localdate()))
        self._finish(ContentProblems(problems), verbosity)
        if verbosity:
            counts = (("role", library.roles), ("transition", library.transitions), ("skill", library.skills))
            said = ", ".join(f"{len(shelf)} {noun}{'' if len(shelf) == 1 else 's'}" for noun, shelf in counts)
            self.stdout.write(f"No errors: {said}.")

    def _load(self, folder: Path, verbosity: int) -> None:
        try:
            loaded = load_content(folder, progress=self._progress(verbosity))
        except ContentProblems as problems:
            self._finish(problems, verbosity)
            raise
        except LoadRefused as refusal:
            raise CommandError(str(refusal)) from None
        except OperationalError as error:
            raise CommandError(f"The database could not be written: {error}. Nothing was changed.") from None
        if loaded.warnings:
            self._finish(ContentProblems(loaded.warnings), verbosity)
        if verbosity:
            self.stdout.write(str(loaded))
            for address in loaded.lost:
                self.stderr.write(
                    f"{address} is gone without a successor; add aliases to the page that takes its place "
                    "or an entry to removed.yaml."
                )

    def _finish(self, found: ContentProblems, verbosity: int) -> None:
        """Prints problems; stops with exit code 1 when one of them is an error."""
        wrong = errors(found.problems)
        shown = found.problems if verbosity else wrong
        if shown:
            self.stderr.write(report(shown))
        if wrong:
            raise CommandError("Nothing was written.")

    def _progress(self, verbosity: int) -> Progress | None:
        if not verbosity or not self.stderr.isatty():
            return None

        def show(done: int, total: int) -> None:
            if total >= MUCH:
                filled = BAR * done // total
                end = "\n" if done == total else ""
                self.stderr.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} files", ending=end)

        return show
