"""How well an order of occupations agrees with truths that nobody here wrote: metrics, intervals, the band table.

Every metric gives one value per question (an occupation whose nearest ones are asked for), so that means, bootstrap
intervals and paired differences of two orders come from the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .proximity import BANDS, Band, MatchScale, Matrix, standardised

TOP = 10
"""How many of the first places recall and hits look at."""

DEEP = 20
"""How many places the discounted gain of related occupations looks at."""

LEAST_MOVERS = 30
"""Origins with fewer observed movers are no question: their shares are noise."""

LEAST_SEEN = 3
"""A destination that fewer people chose counts for no lift: one chance mover into a tiny occupation would."""

SAMPLES = 2000
"""Bootstrap samples behind an interval."""


@dataclass(frozen=True)
class RelatedQuestion:
    """The occupations that O*NET relates to one. ``gains``: 3 for the first five, 2 for the next five, 1 for more."""

    origin: int
    primary: frozenset[int]
    gains: Mapping[int, int]


@dataclass(frozen=True)
class SimilarQuestion:
    """The occupations on the pages that the Outlook Handbook calls similar to an occupation's page.

    ``siblings``: occupations on the same page, itself among them; they are neither right nor wrong and stand aside.
    """

    origin: int
    siblings: frozenset[int]
    targets: frozenset[int]


@dataclass(frozen=True, eq=False)
class Moves:
    """Observed moves between census occupations; row i and column i of every table are the i-th of them."""

    members: Matrix
    """Census occupation by occupation: equal shares of those that it consists of. Rows sum to 1."""
    people: Matrix
    """Movers from row to column in the sample."""
    weight: Matrix
    """The same as people that they stand for."""
    employment: Matrix
    """People employed, on average over the years."""

    @cached_property
    def questions(self) -> NDArray[np.intp]:
        """Origins with enough movers."""
        return np.flatnonzero(self.people.sum(axis=1) >= LEAST_MOVERS)

    def averaged(self, scores: Matrix) -> Matrix:
        """Scores of census occupations: the means over the occupations they consist of."""
        return self.members @ scores @ self.members.T

    @cached_property
    def expected(self) -> Matrix:
        """Moves by chance: the origin's movers shared out like all arrivals, as many in all as were observed.

        0 on the diagonal.
        """
        leaving, arriving = self.people.sum(axis=1), self.people.sum(axis=0)
        chance = np.outer(leaving, arriving)
        np.fill_diagonal(chance, 0)
        total = chance.sum()
        return chance * (self.people.sum() / total) if total > 0 else chance


@dataclass(frozen=True, eq=False)
class Truths:
    """The three truths, as far as they are laid open."""

    related: tuple[RelatedQuestion, ...]
    similar: tuple[SimilarQuestion, ...]
    moves: Moves


def _discounts(count: int) -> Matrix:
    return 1 / np.log2(np.arange(2, count + 2))


def _first(row: Matrix, aside: Sequence[int], count: int) -> NDArray[np.intp]:
    """The places of the ``count`` highest values; those ``aside`` do not take part."""
    left = row.copy()
    left[list(aside)] = -np.inf
    order = np.argsort(-left, kind="stable")[: min(count, len(row) - len(aside))]
    return order


def _discounted_gain(gained: Matrix, best: Matrix, count: int) -> float:
    """Gain of the places taken over that of the best order; nan when there is nothing to gain."""
    ideal = np.sort(best)[::-1][:count]
    highest = float((ideal * _discounts(len(ideal))).sum())
    return float((gained * _discounts(len(gained))).sum()) / highest if highest > 0 else float("nan")


def related_recall(scores: Matrix, questions: Sequence[RelatedQuestion]) -> Matrix:
    """O*NET recall@10: the share of the primary related occupations among the first ten."""
    found = [set(_first(scores[one.origin], [one.origin], TOP).tolist()) & one.primary for one in questions]
    return np.array([len(hit) / len(one.primary) for hit, one in zip(found, questions, strict=True)])


def related_gain(scores: Matrix, questions: Sequence[RelatedQuestion]) -> Matrix:
    """O*NET nDCG@20 over all related occupations."""
    values = []
    for one in questions:
        places = _first(scores[one.origin], [one.origin], DEEP).tolist()
        gained = np.array([float(one.gains.get(place, 0)) for place in places])
        values.append(_discounted_gain(gained, np.array(list(one.gains.values()), dtype=float), DEEP))
    return np.array(values)


def similar_recall(scores: Matrix, questions: Sequence[SimilarQuestion]) -> Matrix:
    """OOH recall@10: hits among the first ten, of as many as could be hit."""
    values = []
    for one in questions:
        places = set(_first(scores[one.origin], sorted(one.siblings), TOP).tolist())
        values.append(len(places & one.targets) / min(TOP, len(one.targets)))
    return np.array(values)


def hits(scores: Matrix, moves: Moves) -> Matrix:
    """CPS hit@10: the share of the people who left whose new occupation is among the first ten.

    ``scores`` are those of census occupations (``Moves.averaged``).
    """
    values = []
    for origin in moves.questions.tolist():
        places = _first(scores[origin], [origin], TOP)
        values.append(moves.weight[origin, places].sum() / moves.weight[origin].sum())
    return np.array(values)


def lift_gain(scores: Matrix, moves: Moves) -> Matrix:
    """CPS lift-nDCG@10: does the order find the destinations that people choose more often than chance?

    The gain of a destination is ln(observed / expected), 0 below 1 or where fewer than LEAST_SEEN people went; nan for
    an origin without any. ``scores`` are those of census occupations.
    """
    values = []
    for origin in moves.questions.tolist():
        seen = moves.people[origin]
        by_chance = np.where(moves.expected[origin] > 0, moves.expected[origin], np.inf)
        counted = (seen >= LEAST_SEEN) & (seen > by_chance)
        gains = np.where(counted, np.log(np.where(counted, seen / by_chance, 1)), 0)
        values.append(_discounted_gain(gains[_first(scores[origin], [origin], TOP)], gains, TOP))
    return np.array(values)


METRICS = ("O*NET recall@10", "O*NET nDCG@20", "OOH recall@10", "CPS hit@10", "CPS lift-nDCG@10")


def measure(scores: Matrix, truths: Truths, employment_weight: float = 0.0) -> dict[str, Matrix]:
    """Every metric's values, in the order of METRICS.

    With an ``employment_weight`` the scores of census occupations become an order of likely moves by the employment of
    the survey itself, as only the moves can judge it; the other metrics stay those of similarity.
    """
    averaged = truths.moves.averaged(scores)
    if employment_weight:
        averaged = truths.moves.averaged(standardised(scores))
        averaged = averaged + employment_weight * np.log(truths.moves.employment)[np.newaxis, :]
    values = (
        related_recall(scores, truths.related),
        related_gain(scores, truths.related),
        similar_recall(scores, truths.similar),
        hits(averaged, truths.moves),
        lift_gain(averaged, truths.moves),
    )
    return dict(zip(METRICS, values, strict=True))


@dataclass(frozen=True)
class Interval:
    """A mean and the bounds between which 95 of 100 bootstrap samples of the questions lie."""

    mean: float
    low: float
    high: float


def interval(values: Matrix, samples: int = SAMPLES, seed: int = 20) -> Interval:
    """The mean of ``values`` with its bootstrap interval; nan is left out. The same values give the same interval.

    For the difference of two orders give the differences of their values question by question.
    """
    told = values[~np.isnan(values)]
    if not told.size:
        return Interval(float("nan"), float("nan"), float("nan"))
    drawn = told[np.random.default_rng(seed).integers(0, len(told), (samples, len(told)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(told.mean()), float(low), float(high))


@dataclass(frozen=True)
class BandRow:
    """What was observed in a band of matches. ``times``: observed over expected; nan where nothing was expected."""

    band: Band
    pairs: int
    times: float


def band_table(scores: Matrix, moves: Moves, least_expected: float = 1.0) -> tuple[BandRow, ...]:
    """Observed over expected moves in each band, over pairs with at least ``least_expected`` moves to expect.

    The match of a pair of census occupations is the place of its mean score among all pairs of occupations.
    """
    matches = MatchScale.of(scores).matches(moves.averaged(scores))
    counted = moves.expected >= least_expected
    rows = []
    for one in BANDS:
        inside = counted & (matches >= one.low) & ((matches < one.high) | (one.high >= 100))
        expected = float(moves.expected[inside].sum())
        seen = float(moves.people[inside].sum())
        rows.append(BandRow(one, int(inside.sum()), seen / expected if expected > 0 else float("nan")))
    return tuple(rows)


@dataclass(frozen=True)
class LeftOut:
    """What a choice made without some questions gained on those: one value each, beside the name of the choice."""

    values: dict[str, Matrix]
    chosen: tuple[str, ...]
    """The candidate that won in each fold."""


def cross_validated(
    candidates: Mapping[str, Mapping[str, Matrix]],
    reference: Mapping[str, Matrix],
    judged_by: Sequence[str],
    folds: int = 5,
    seed: int = 20,
) -> LeftOut:
    """Gains of the best candidate over ``reference``, each measured on questions that had no part in the choice.

    ``candidates``: values of each metric by name. In each fold the candidate with the highest sum of relative gains in
    the metrics ``judged_by`` on the other folds is chosen. Guards against taking luck for a gain.
    """
    rng = np.random.default_rng(seed)
    fold_of = {metric: rng.permutation(len(values)) % folds for metric, values in reference.items()}
    gained = {metric: np.full(len(values), np.nan) for metric, values in reference.items()}
    chosen = []
    for fold in range(folds):

        def gain(name: str, fold: int = fold) -> float:
            total = 0.0
            for metric in judged_by:
                kept = fold_of[metric] != fold
                total += float(np.nanmean(candidates[name][metric][kept]) / np.nanmean(reference[metric][kept]))
            return total

        best = max(candidates, key=gain)
        chosen.append(best)
        for metric, values in reference.items():
            out = fold_of[metric] == fold
            gained[metric][out] = candidates[best][metric][out] - values[out]
    return LeftOut(gained, tuple(chosen))
