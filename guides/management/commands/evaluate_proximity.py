"""``manage.py evaluate_proximity DATA_DIR``: how well an order of occupations agrees with the truths."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from guides.evaluation import METRICS, band_table, cross_validated, interval, measure
from guides.occupation_scores import alike_by_words, as_if_unrated
from guides.official_data import DataProblem, read_occupations, read_truths
from guides.proximity import (
    BLENDS,
    IMPROVED,
    Blend,
    MatchScale,
    Matrix,
    Part,
    Space,
    pairs_of_two,
    standardised,
    with_neighbours,
)

Values = dict[str, Matrix]

JUDGES = ("OOH recall@10", "CPS hit@10")
"""What a choice is judged by: O*NET's own lists are built from O*NET's own texts, so a gain there may be circular."""


class Command(BaseCommand):
    """Prints a table and changes nothing."""

    help = "Measure an order of occupations against the development halves of three truths."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data_dir", type=Path, metavar="DATA_DIR", help="folder of the official releases")
        parser.add_argument("--variant", choices=sorted(BLENDS), default="B", help="the order to measure (default: B)")
        parser.add_argument("--against", choices=sorted(BLENDS), help="also print the gain over this one")
        parser.add_argument("--no-ablations", action="store_true", help="leave out the rows without and of one part")
        parser.add_argument(
            "--cross-validate", action="store_true", help="also choose among settings of the improved order, by folds"
        )

        parser.add_argument(
            "--proxies", action="store_true", help="also pretend that each occupation is unrated and stands on others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            occupations = read_occupations(options["data_dir"])
            self.truths = read_truths(options["data_dir"], occupations.codes)
        except DataProblem as problem:
            raise CommandError(str(problem)) from None
        self.space = Space(occupations)
        blend = BLENDS[options["variant"]]
        self._say_questions()
        values = self._measured(blend)
        self._head()
        self._row(blend.name, values)
        self._intervals(values)
        if options["against"]:
            reference = BLENDS[options["against"]]
            compared = self._measured(reference)
            self._row(reference.name, compared)
            self._gain(f"gain of {blend.name} over {reference.name}", values, compared)
        if not options["no_ablations"]:
            self._ablations(blend)
        self._bands(blend)
        if options["proxies"]:
            self._proxies(blend)
        if options["cross_validate"]:
            self._cross_validate()

    def _scores(self, blend: Blend) -> Matrix:
        """The similarity that the blend ranks by, before employment."""
        return self.space.scores(replace(blend, employment=0.0))

    def _measured(self, blend: Blend) -> Values:
        return measure(self._scores(blend), self.truths, blend.employment)

    def _say_questions(self) -> None:
        moves = self.truths.moves
        self.stdout.write(
            f"Development halves, {len(self.space.index)} rated occupations: {len(self.truths.related)} questions of "
            f"O*NET, {len(self.truths.similar)} of the Outlook Handbook, {len(moves.questions)} origins of moves "
            f"among {len(moves.employment)} census occupations.\n"
        )

    def _head(self) -> None:
        self.stdout.write(f"{'':34}" + "".join(f"{metric:>20}" for metric in METRICS))

    def _row(self, name: str, values: Values) -> None:
        means = "".join(f"{interval(values[metric]).mean:>20.4f}" for metric in METRICS)
        self.stdout.write(f"{name:34}{means}")

    def _intervals(self, values: Values) -> None:
        found = [interval(values[metric]) for metric in METRICS]
        self.stdout.write(
            f"{'  95 % interval':34}" + "".join(f"{f'{one.low:.4f} to {one.high:.4f}':>20}" for one in found)
        )

    def _gain(self, name: str, values: Values, compared: Values) -> None:
        gains = {metric: values[metric] - compared[metric] for metric in METRICS}
        self._gains(name, gains)

    def _gains(self, name: str, gains: Values) -> None:
        found = [interval(gains[metric]) for metric in METRICS]
        self.stdout.write(f"{name:34}" + "".join(f"{one.mean:>+20.4f}" for one in found))
        self.stdout.write(
            f"{'  95 % interval':34}" + "".join(f"{f'{one.low:+.4f} to {one.high:+.4f}':>20}" for one in found)
        )

    def _ablations(self, blend: Blend) -> None:
        self.stdout.write("\nWithout one part:")
        self._head()
        for part in blend.parts:
            self._row(f"without {part.measure}", self._measured(blend.without(part.measure)))
        if blend.neighbours:
            self._row("without neighbours", self._measured(replace(blend, neighbours=0)))
        if blend.employment:
            self._row("without employment", self._measured(replace(blend, employment=0.0)))
        self.stdout.write("\nOne part alone:")
        self._head()
        for part in blend.parts:
            self._row(part.measure, self._measured(Blend(part.measure, (part,))))

    def _bands(self, blend: Blend) -> None:
        self.stdout.write("\nObserved moves as a multiple of those by chance, by band of the similarity match:")
        for row in band_table(self._scores(blend), self.truths.moves):
            span = f"{row.band.low:>4g} to {row.band.high:<5g}"
            self.stdout.write(f"  {span} {row.band.word:<14} {row.times:>6.2f}  ({row.pairs} pairs)")

    def _proxies(self, blend: Blend) -> None:
        """Each origin in turn as if nobody had rated it, and how far its matches are off."""
        occupations, scores = self.space.occupations, self._scores(blend)
        alike = alike_by_words(occupations.text, occupations.titles)
        scale = MatchScale.of(scores)
        right = pairs_of_two(scale.matches(scores))
        for count in (1, 3, 4, 5, 7):
            pretended = as_if_unrated(scores, alike, count)
            self._row(f"  unrated, {count} by titles and tasks", measure(pretended, self.truths, blend.employment))
            off = float(np.abs(pairs_of_two(scale.matches(pretended)) - right).mean())
            self.stdout.write(f"    matches are off by {off:.1f} points on average")

    def _cross_validate(self) -> None:
        """Chooses neighbours and weights on four fifths of the questions and measures on the last fifth."""
        reference = self._measured(BLENDS["E"])
        candidates: dict[str, Values] = {}
        for abilities in (0.0, 1.0, 2.0):
            parts = (*BLENDS["E"].parts, Part("abilities", abilities)) if abilities else BLENDS["E"].parts
            scores = self.space.blended(replace(IMPROVED, parts=parts))
            name = f"abilities at {abilities:g}"
            candidates[f"{name}, no neighbours"] = measure(standardised(scores), self.truths)
            for neighbours in (5, 10, 20):
                for weight in (0.5, 1.0, 2.0):
                    candidates[f"{name}, {neighbours} neighbours at {weight:g}"] = measure(
                        with_neighbours(scores, neighbours, weight), self.truths
                    )
        held = cross_validated(candidates, reference, JUDGES)
        self.stdout.write(f"\nChosen among {len(candidates)} settings by {' and '.join(JUDGES)}, 5 folds:")
        for fold, chosen in enumerate(held.chosen, start=1):
            self.stdout.write(f"  fold {fold}: {chosen}")
        self._head()
        self._gains("gain over E on questions left out", held.values)
