"""``manage.py rank_occupations DATA_DIR --out FILE.csv``: the order of all occupations from each, as a table."""

from __future__ import annotations

import csv
import os
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from guides.official_data import DataProblem, read_employment, read_occupations
from guides.proximity import BLENDS, Matrix, Space, nearest

DIGITS = 6
"""Decimals of a score. The order is that of the rounded scores, so that every machine writes the same file."""


def _positive(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ArgumentTypeError(f"{value} is not a whole number from 1 on")
    return int(value)


class Command(BaseCommand):
    """Writes ``origin,destination,rank,score`` for every ordered pair of rated occupations; all or nothing."""

    help = "Write the order of all rated occupations from each of them, nearest first, to a CSV file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data_dir", type=Path, metavar="DATA_DIR", help="folder of the official releases")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="the file to write")
        parser.add_argument("--variant", choices=sorted(BLENDS), default="B", help="the order to write (default: B)")
        parser.add_argument("--top", type=_positive, metavar="N", help="only the nearest N of each (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}.")
        blend = BLENDS[options["variant"]]
        try:
            occupations = read_occupations(options["data_dir"])
            employment = read_employment(options["data_dir"], occupations.codes) if blend.employment else None
        except DataProblem as problem:
            raise CommandError(str(problem)) from None
        scores = np.round(Space(occupations).scores(blend, employment), DIGITS) + 0.0
        count = _write(out, occupations.codes, scores, options["top"])
        if options["verbosity"]:
            self.stdout.write(f"{out}: {count} pairs of {len(occupations.codes)} occupations, order {blend.name}.")


def _write(out: Path, codes: tuple[str, ...], scores: Matrix, top: int | None) -> int:
    """Writes the whole table beside ``out`` first, so that a failure leaves what was there."""
    count = 0
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=out.parent, prefix=f".{out.name}.", delete=False
    ) as file:
        try:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("origin", "destination", "rank", "score"))
            for origin, code in enumerate(codes):
                row = scores[origin]
                for rank, place in enumerate(nearest(row, origin, top).tolist(), start=1):
                    writer.writerow((code, codes[place], rank, f"{row[place]:.{DIGITS}f}"))
                    count += 1
            file.flush()
            os.chmod(file.name, 0o644)
            os.replace(file.name, out)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return count
