"""How near every occupation of the classification is to every other, those without ratings among them.

A rated occupation stands for itself. One that nobody rated stands on the rated ones that are nearest to it by titles
and tasks, and takes the mean of their numbers: not the numbers of an averaged profile, which would flatter. What that
costs, measured by pretending that each rated occupation is unrated, is said in docs/quality.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .proximity import (
    Blend,
    MatchScale,
    Matrix,
    Norm,
    Occupations,
    Space,
    is_known,
    nearest,
    spread_of_pairs,
    standardised,
    weighted_overlap,
    words,
)

PROXIES = 5
"""Rated occupations that an unrated one stands on."""

Heard = Callable[[str], None]
"""Called with the name of each similarity before it is measured."""


@dataclass(frozen=True)
class ScaledPart:
    """A similarity in the blend, with the scale on which it counts."""

    measure: str
    weight: float
    mean: float
    spread: float


@dataclass(frozen=True, eq=False)
class Scores:
    """All pairs of ``codes``: row i of every table is origin ``codes[i]``, column j destination ``codes[j]``."""

    codes: tuple[str, ...]
    proxies: Mapping[str, tuple[str, ...]]
    """The rated occupations that each unrated one stands on, nearest first."""
    shares: Matrix
    """Share of each rated occupation (column, in the order of codes) in what stands for each (row)."""
    parts: tuple[ScaledPart, ...]
    scores: NDArray[np.float32]
    similarities: tuple[NDArray[np.float16], ...]
    """One table a part."""
    scale: MatchScale
    """Of the pairs of different rated occupations, as are mean and spread."""
    mean: float
    spread: float


def score_all(
    rated: Occupations, blend: Blend, text: Mapping[str, str], titles: Mapping[str, Sequence[str]], heard: Heard
) -> Scores:
    """The scores of every pair of the occupations in ``text``, in the order of their codes.

    ``text`` and ``titles`` say of each, rated or not, what it does and what it is called.
    """
    codes = tuple(sorted(text))
    space = Space(rated)
    for part in blend.parts:
        heard(part.measure)
        space.similarity(part.measure)
    heard("proxies")
    proxies = _proxies(codes, rated.codes, text, titles)
    shares = np.zeros((len(codes), len(rated.codes)), np.float64)
    for place, code in enumerate(codes):
        stands_on = proxies.get(code, (code,))
        shares[place, [space.index[one] for one in stands_on]] = 1 / len(stands_on)
    of_rated = space.scores(blend)
    scores = spread_over(of_rated, shares)
    np.fill_diagonal(scores, np.maximum(scores.max(axis=1), np.diagonal(scores)))
    mean, spread = spread_of_pairs(of_rated)
    return Scores(
        codes=codes,
        proxies=proxies,
        shares=shares,
        parts=tuple(ScaledPart(part.measure, part.weight, *space.scale(part)) for part in blend.parts),
        scores=scores.astype(np.float32),
        similarities=tuple(_similarity(space, part.measure, shares) for part in blend.parts),
        scale=MatchScale.of(of_rated),
        mean=mean,
        spread=spread,
    )


def spread_over(of_rated: Matrix, shares: Matrix) -> Matrix:
    """A table of rated occupations carried over to all; each row of ``shares`` says what an occupation stands on."""
    spread: Matrix = shares @ of_rated @ shares.T
    return spread


def _similarity(space: Space, measure: str, shares: Matrix) -> NDArray[np.float16]:
    spread = spread_over(space.similarity(measure).astype(np.float64), shares)
    np.fill_diagonal(spread, 1)
    return spread.astype(np.float16)


def _proxies(
    codes: Sequence[str], rated: Sequence[str], text: Mapping[str, str], titles: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    alike = alike_by_words([text[code] for code in codes], [titles[code] for code in codes])
    is_rated = np.isin(codes, rated)
    alike[:, ~is_rated] = -np.inf
    return {
        code: tuple(codes[near] for near in nearest(alike[place], top=min(PROXIES, len(rated))))
        for place, code in enumerate(codes)
        if not is_rated[place]
    }


def alike_by_words(texts: Iterable[str], titles: Iterable[Sequence[str]]) -> Matrix:
    """How alike all pairs are by their tasks and by what they are called, both on one scale and added."""
    return _alike(texts) + _alike(" ".join(names) for names in titles)


def _alike(texts: Iterable[str]) -> Matrix:
    return standardised(weighted_overlap([Counter(words(text)) for text in texts]).astype(np.float64))


def as_if_unrated(scores: Matrix, alike: Matrix, proxies: int) -> Matrix:
    """What every origin's row would be if it were unrated and stood on so many of the occupations most like it."""
    apart = alike.copy()
    np.fill_diagonal(apart, -np.inf)
    chosen = np.argsort(-apart, axis=1, kind="stable")[:, :proxies]
    row: Matrix = scores[chosen].mean(axis=1)
    return row


Asks = Mapping[str, Mapping[str, float]]
"""What an occupation asks for: ``skills/Writing``, ``knowledge/Mathematics``, ... → {importance, level}.

The kind belongs to the key because some names stand in both.
"""


def requirements(figures: Mapping[str, Any]) -> Asks:
    """What an occupation's figures say that it asks for; nothing without ratings."""
    profile = figures["profile"] or {}
    return {
        f"{kind}/{name}": asked for kind in ("skills", "knowledge") for name, asked in profile.get(kind, {}).items()
    }


def readiness_of_all(asks: Sequence[Asks], usual: Mapping[str, Norm]) -> Matrix:
    """Readiness of each occupation (row) for each (column), 0 to 1, as ``proximity.readiness`` has it for a pair.

    A skill whose level at the origin is not published does not count for that pair (``proximity.is_known``).
    """
    weight = np.zeros((len(asks), len(usual)))
    level = np.zeros_like(weight)
    known = np.array([[is_known(key, of_one) for key in usual] for of_one in asks], np.float64)
    for row, of_one in enumerate(asks):
        for column, (key, norm) in enumerate(usual.items()):
            if key in of_one:
                weight[row, column] = norm.distinctive(of_one[key]["importance"])
                level[row, column] = of_one[key]["level"]
    found = np.ones((len(asks), len(asks)))
    for destination in np.flatnonzero(weight.sum(axis=1)):
        asked = level[destination]
        have = np.where(asked > 0, np.minimum(1, level / np.where(asked > 0, asked, 1)), 1)
        total = known @ weight[destination]
        missing = ((1 - have) * known) @ weight[destination] / np.where(total > 0, total, 1)
        found[:, destination] = np.maximum(0, 1 - missing)
    return found
