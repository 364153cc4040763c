"""``manage.py export_schemas``: write the JSON Schemas that code editors read beside the content."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from guides.loader.json_schemas import json_schemas


class Command(BaseCommand):
    """Writes one file a kind; files of kinds that are no more are removed."""

    help = "Write the JSON Schemas of the content files to content/schemas/."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=None, help="where to (default: content/schemas/)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"] or settings.CONTENT_DIR / "schemas"
        folder.mkdir(parents=True, exist_ok=True)
        texts = json_schemas()
        for file in folder.glob("*.schema.json"):
            if file.name not in texts:
                file.unlink()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        if options["verbosity"]:
            self.stdout.write(f"{len(texts)} schemas written.")
