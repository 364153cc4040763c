"""``manage.py expire_keeps``: delete what visitors kept and nobody opened for 24 months. Meant to run every day."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from guides.keeping import KEEP_MONTHS, count_expired, expire


class Command(BaseCommand):
    """Says how many there were; running it again deletes nothing more."""

    help = f"Delete kept ledgers and plans that nobody opened for {KEEP_MONTHS} months."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            found, verb = count_expired(today), "to delete"
        else:
            found, verb = expire(today), "deleted"
        if options["verbosity"]:
            noun = "document" if found == 1 else "documents"
            self.stdout.write(f"{found} kept {noun} {verb}, unvisited for {KEEP_MONTHS} months.")
