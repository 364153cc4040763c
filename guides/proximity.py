"""How close two occupations are, how ready somebody from one is for the other, and why.

Two questions are kept apart. *Proximity* is symmetric and ranks: a weighted blend of plain similarities of what two
occupations ask for and consist of. *Readiness* has a direction and explains: how much of what is distinctive of the
destination the origin brings. Ranking by readiness was tried and is far worse (everybody "covers" an easy job), and
effort does not enter the ranking.

The blends and what they were measured to find stand in docs/quality.md, with the commands that measure them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Similarity = NDArray[np.float32]
"""Occupation by occupation; single precision, so that a dozen of them stay small."""


@dataclass(frozen=True)
class Rarity:
    """How common things are in a larger set, of which the occupations at hand are a part: so many ``of`` it have each.

    What nobody in the larger set has counts as if one had it.
    """

    of: int
    having: Mapping[str, int]

    def weight(self, thing: str) -> float:
        """ln(all / those that have it): 0 for what everybody has."""
        return math.log(self.of / max(1, self.having[thing]))


@dataclass(frozen=True, eq=False)
class Occupations:
    """What is known of a set of occupations: row i of every array and place i of every tuple is ``codes[i]``."""

    codes: tuple[str, ...]
    skills: Matrix
    """Importance of each skill, 1 to 5."""
    knowledge: Matrix
    """Importance of each field of knowledge, 1 to 5."""
    activities: Matrix
    """Intensity of each work activity, 0 to 10."""
    abilities: Matrix
    """Intensity of each ability, 0 to 10."""
    interests: Matrix
    """The six scores of vocational interest, 1 to 7."""
    intermediate_activities: tuple[frozenset[str], ...]
    """Ids of intermediate work activities."""
    detailed_activities: tuple[frozenset[str], ...]
    """Ids of detailed work activities."""
    tools: tuple[frozenset[str], ...]
    """Names of products."""
    text: tuple[str, ...]
    """Title, description and tasks in one."""
    titles: tuple[tuple[str, ...], ...]
    """The title and its alternates."""
    rarity: Mapping[str, Rarity] = field(default_factory=dict)
    """By measure, how common its things are; those without one are counted in the occupations at hand."""


# -- Similarities ------------------------------------------------------------------------------------------------------

BLOCK = 2048
"""Columns of a sparse table that are spread out at once; bounds the memory."""

_UNTOLD = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are as at be between by during for from in including into is it its may not of on or other"
        " over such than that the their these this those through to under use used using which who with within",
    )
)

_ENDINGS = (("ies", "y", 4), ("sses", "ss", 4), ("ing", "", 4), ("ed", "", 4), ("es", "", 4), ("s", "", 3))
"""An ending, what takes its place, and how much of the word must be left for it to be cut."""


def words(text: str) -> list[str]:
    """The telling words of ``text`` in lower case, without the commonest English endings."""
    return [_stem(word) for word in re.findall(r"[a-z]{2,}", text.lower()) if word not in _UNTOLD]


def _stem(word: str) -> str:
    for ending, instead, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + instead
    return word


def cosine(vectors: Matrix) -> Similarity:
    """Cosine of each pair of rows; 0 where a row is all zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(length > 0, length, 1)
    return (unit @ unit.T).astype(np.float32)


def weighted_overlap(counted: Sequence[Mapping[str, int]], rarity: Rarity | None = None) -> Similarity:
    """Square root of the cosine of bags of things, each thing weighted by (1 + ln count) * ln(N / bags that have it).

    What everybody has weighs nothing, what few have weighs most. The root spreads the many small values. ``rarity``:
    of how many, and how many of them, when the bags are not all there are; it has to know every thing.
    """
    spread = Counter(thing for bag in counted for thing in bag)
    rarity = rarity or Rarity(len(counted), spread)
    place = {thing: column for column, thing in enumerate(sorted(spread))}
    entries: list[list[tuple[int, int, float]]] = [[] for _ in range(0, len(place), BLOCK)]
    squares = np.zeros(len(counted))
    for row, bag in enumerate(counted):
        for thing, count in bag.items():
            weight = (1 + math.log(count)) * rarity.weight(thing)
            block, column = divmod(place[thing], BLOCK)
            entries[block].append((row, column, weight))
            squares[row] += weight * weight
    length = np.sqrt(np.where(squares > 0, squares, 1))
    total = np.zeros((len(counted), len(counted)), np.float32)
    for block_entries in entries:
        rows, columns, weights = (np.array(part) for part in zip(*block_entries, strict=True))
        spread_out = np.zeros((len(counted), BLOCK), np.float32)
        spread_out[rows, columns] = weights / length[rows]
        total += spread_out @ spread_out.T
    return np.sqrt(total)


def _sets(bags: Iterable[Set[str]], rarity: Rarity | None) -> Similarity:
    return weighted_overlap([dict.fromkeys(bag, 1) for bag in bags], rarity)


def _words(texts: Iterable[str]) -> Similarity:
    return weighted_overlap([Counter(words(text)) for text in texts])


MEASURES: dict[str, Callable[[Occupations], Similarity]] = {
    "skills": lambda all_: cosine(all_.skills - 1),
    "knowledge": lambda all_: cosine(all_.knowledge - 1),
    "activities": lambda all_: cosine(all_.activities),
    "intermediate activities": lambda all_: _sets(
        all_.intermediate_activities, all_.rarity.get("intermediate activities")
    ),
    "detailed activities": lambda all_: _sets(all_.detailed_activities, all_.rarity.get("detailed activities")),
    "tools": lambda all_: _sets(all_.tools, all_.rarity.get("tools")),
    "interests": lambda all_: cosine(all_.interests - all_.interests.mean(axis=1, keepdims=True)),
    "text": lambda all_: _words(all_.text),
    "titles": lambda all_: _words(" ".join(titles) for titles in all_.titles),
    "abilities": lambda all_: cosine(all_.abilities),
}
"""Each gives 0 (nothing in common) to 1 (the same), except interests, which may point apart (-1)."""


# -- Blends ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One similarity in a blend. ``mean`` and ``spread`` (standard deviation) over all pairs put it on the common
    scale; None: measured on the set of occupations at hand."""

    measure: str
    weight: float
    mean: float | None = None
    spread: float | None = None


@dataclass(frozen=True)
class Blend:
    """A rule that scores pairs: the weighted sum of standardised similarities, and what is done with it."""

    name: str
    parts: tuple[Part, ...]
    neighbours: int = 0
    """So many nearest occupations of each are asked for their view as well; 0: none. See ``with_neighbours``."""
    employment: float = 0.0
    """Weight of the natural logarithm of the destination's employment; makes the order one of likely moves."""

    def without(self, measure: str) -> Blend:
        """The same without one of its similarities."""
        kept = tuple(part for part in self.parts if part.measure != measure)
        return replace(self, name=f"{self.name} without {measure}", parts=kept)


STRUCTURED = Blend(
    "B",
    (
        Part("skills", 2, 0.9191, 0.0531),
        Part("knowledge", 3, 0.8049, 0.0877),
        Part("activities", 1, 0.9293, 0.0429),
        Part("intermediate activities", 1, 0.1687, 0.1722),
        Part("detailed activities", 0.5, 0.0329, 0.1053),
        Part("tools", 0.5, 0.0833, 0.0872),
        Part("interests", 1, 0.2601, 0.4869),
    ),
)
"""Ratings, activities, tools and interests alone. Means and spreads are those of the 894 occupations rated in
O*NET 30.0."""

WITH_TEXT = Blend("E", (*STRUCTURED.parts, Part("text", 2), Part("titles", 2)))
"""Also the words of tasks, descriptions and titles."""

IMPROVED = Blend("improved", (*WITH_TEXT.parts, Part("abilities", 1)), neighbours=10)
"""Also abilities, and the view of each occupation's neighbours."""

EMPLOYMENT_WEIGHT = 0.5

LIKELY = replace(STRUCTURED, name="likely", employment=EMPLOYMENT_WEIGHT)
"""Not how alike, but where people go: many openings draw many. An order for "likely moves", never a match."""

LIKELY_IMPROVED = replace(IMPROVED, name="likely-improved", employment=EMPLOYMENT_WEIGHT)

BLENDS = {blend.name: blend for blend in (STRUCTURED, WITH_TEXT, IMPROVED, LIKELY, LIKELY_IMPROVED)}


@dataclass(frozen=True)
class Reason:
    """What one similarity adds to the score of a pair."""

    measure: str
    similarity: float
    points: float
    """weight * (similarity - mean) / spread: above 0 the pair is more alike in this than pairs are on average."""


class Space:
    """A set of occupations with the similarities of its pairs, each measured once and only when a blend asks."""

    def __init__(self, occupations: Occupations) -> None:
        self.occupations = occupations
        self.index = {code: place for place, code in enumerate(occupations.codes)}
        self._similarities: dict[str, Similarity] = {}

    def similarity(self, measure: str) -> Similarity:
        """One similarity of every pair; KeyError for a measure that MEASURES does not have."""
        if measure not in self._similarities:
            found = MEASURES[measure](self.occupations)
            np.fill_diagonal(found, 1)
            self._similarities[measure] = found
        return self._similarities[measure]

    def scale(self, part: Part) -> tuple[float, float]:
        """Mean and spread of a part: its own, or those of all pairs of two here. The spread is never 0."""
        if part.mean is not None and part.spread is not None:
            return part.mean, part.spread
        return spread_of_pairs(self.similarity(part.measure).astype(np.float64))

    def blended(self, blend: Blend) -> Matrix:
        """The weighted sum of a blend's parts for every pair: symmetric."""
        total = np.zeros((len(self.index), len(self.index)))
        for part in blend.parts:
            mean, spread = self.scale(part)
            total += part.weight * (self.similarity(part.measure) - mean) / spread
        return (total + total.T) / 2

    def scores(self, blend: Blend, employment: Matrix | None = None) -> Matrix:
        """The score of each origin (row) and destination (column), comparable within one blend only.

        Symmetric, and in its own row and column no occupation scores above itself, unless the blend counts employment
        (then ``employment``, people employed by occupation, is needed: ValueError without).
        """
        scores = self.blended(blend)
        if blend.neighbours:
            scores = with_neighbours(scores, blend.neighbours)
        np.fill_diagonal(scores, np.maximum(scores.max(axis=1), np.diagonal(scores)))
        if not blend.employment:
            return scores
        if employment is None:
            raise ValueError(f"The order {blend.name} needs the employment of the occupations.")
        return likely_moves(scores, employment, blend.employment)

    def reasons(self, blend: Blend, origin: int, destination: int) -> tuple[Reason, ...]:
        """What each part adds for one pair, largest first; the points add up to the pair's value in ``blended``."""
        found = []
        for part in blend.parts:
            mean, spread = self.scale(part)
            alike = float(self.similarity(part.measure)[origin, destination])
            found.append(Reason(part.measure, alike, part.weight * (alike - mean) / spread))
        return tuple(sorted(found, key=lambda reason: -reason.points))


def pairs_of_two(matrix: Matrix) -> Matrix:
    """The values of all ordered pairs of different occupations, in one row."""
    return matrix[~np.eye(len(matrix), dtype=bool)]


def spread_of_pairs(matrix: Matrix) -> tuple[float, float]:
    """Mean and standard deviation over all pairs of different occupations; 1 stands for a deviation of 0."""
    values = pairs_of_two(matrix)
    if not values.size:
        return 0.0, 1.0
    return float(values.mean()), float(values.std()) or 1.0


def standardised(scores: Matrix) -> Matrix:
    """Scores in standard deviations from the mean of all pairs of different occupations."""
    mean, spread = spread_of_pairs(scores)
    return (scores - mean) / spread


def with_neighbours(scores: Matrix, neighbours: int, weight: float = 1.0) -> Matrix:
    """Standardised scores plus ``weight`` times what the nearest neighbours of both say of the pair.

    The view of A's side on B is the mean score of A's ``neighbours`` nearest occupations with B, where a neighbour
    counts exp(its standardised score with A); B's side likewise; the mean of both keeps the result symmetric. Meant
    to correct a pair of which one profile is odd by chance; how much it gains is said in docs/quality.md.
    """
    own = standardised((scores + scores.T) / 2)
    count = min(neighbours, len(own) - 1)
    if count < 1:
        return own
    apart = own.copy()
    np.fill_diagonal(apart, -np.inf)
    nearest = np.argsort(-apart, axis=1, kind="stable")[:, :count]
    near = np.take_along_axis(apart, nearest, axis=1)
    shares = np.zeros_like(own)
    np.put_along_axis(shares, nearest, np.exp(near - near[:, :1]), axis=1)
    shares /= shares.sum(axis=1, keepdims=True)
    # An occupation agrees with itself as with its nearest one; its full identity would drown all other views.
    np.fill_diagonal(apart, near[:, 0])
    view: Matrix = shares @ apart
    total: Matrix = own + weight * (view + view.T) / 2
    np.fill_diagonal(total, total.max(axis=1))
    return total


def likely_moves(scores: Matrix, employment: Matrix, weight: float = EMPLOYMENT_WEIGHT) -> Matrix:
    """Standardised scores plus ``weight`` * ln(people employed in the destination): an order, no longer symmetric.

    ValueError where somebody employs nobody: the logarithm needs a positive number for each.
    """
    if employment.shape != (len(scores),) or not (employment > 0).all():
        raise ValueError("Employment has to be one positive number for each occupation.")
    total: Matrix = standardised(scores) + weight * np.log(employment)[np.newaxis, :]
    return total


def nearest(row: Matrix, itself: int | None = None, top: int | None = None) -> NDArray[np.intp]:
    """Places in ``row`` by falling score, ``itself`` left out; equal scores keep their order."""
    order = np.argsort(-row, kind="stable")
    if itself is not None:
        order = order[order != itself]
    return order[:top]


def by_proxies(scores: Matrix, proxies: Mapping[int, float]) -> Matrix:
    """Scores of a role that no occupation is: the weighted mean of its proxies' rows. ValueError without weight.

    Not the score of the averaged profile, which flatters.
    """
    total = sum(proxies.values())
    if not proxies or total <= 0:
        raise ValueError("A role stands on at least one proxy with a weight above 0.")
    mixed: Matrix = np.sum([weight / total * scores[place] for place, weight in proxies.items()], axis=0)
    return mixed


# -- What a score means ------------------------------------------------------------------------------------------------

STEPS = 2000


@dataclass(frozen=True, eq=False)
class MatchScale:
    """Turns scores into matches: the share of all pairs (0 to 100) that score no higher."""

    quantiles: Matrix

    @classmethod
    def of(cls, scores: Matrix) -> MatchScale:
        """The scale of all pairs of different occupations in ``scores``."""
        return cls(np.quantile(pairs_of_two(scores), np.linspace(0, 1, STEPS + 1)))

    def match(self, score: float) -> float:
        """0 to 100; a higher score never has a lower match."""
        return float(np.interp(score, self.quantiles, np.linspace(0, 100, len(self.quantiles))))

    def score(self, match: float) -> float:
        """The score that has a match."""
        return float(np.interp(match, np.linspace(0, 100, len(self.quantiles)), self.quantiles))

    def matches(self, scores: Matrix) -> Matrix:
        """The matches of many scores."""
        return np.interp(scores, self.quantiles, np.linspace(0, 100, len(self.quantiles)))


STRUCTURED_SCALE = MatchScale(
    np.array([
        -28.34, -17.58, -15.95, -14.91, -14.13, -13.47, -12.93, -12.44, -12.01, -11.63, -11.26, -10.94, -10.63,
        -10.33, -10.06, -9.80, -9.55, -9.30, -9.07, -8.86, -8.64, -8.43, -8.22, -8.03, -7.83, -7.65, -7.48, -7.31,
        -7.15, -6.98, -6.81, -6.65, -6.50, -6.35, -6.21, -6.07, -5.93, -5.80, -5.66, -5.53, -5.39, -5.27, -5.14,
        -5.03, -4.91, -4.79, -4.67, -4.56, -4.44, -4.33, -4.22, -4.10, -3.99, -3.89, -3.79, -3.69, -3.58, -3.48,
        -3.38, -3.28, -3.18, -3.08, -2.99, -2.90, -2.80, -2.71, -2.61, -2.52, -2.44, -2.34, -2.25, -2.16, -2.07,
        -1.98, -1.90, -1.81, -1.72, -1.63, -1.55, -1.46, -1.37, -1.29, -1.21, -1.13, -1.04, -0.96, -0.88, -0.79,
        -0.71, -0.63, -0.55, -0.47, -0.39, -0.31, -0.23, -0.16, -0.07, 0.01, 0.08, 0.16, 0.24, 0.33, 0.41, 0.48,
        0.56, 0.64, 0.72, 0.80, 0.87, 0.96, 1.04, 1.11, 1.19, 1.27, 1.35, 1.43, 1.51, 1.59, 1.67, 1.75, 1.83, 1.91,
        1.99, 2.07, 2.15, 2.23, 2.32, 2.40, 2.49, 2.57, 2.65, 2.73, 2.82, 2.91, 3.00, 3.08, 3.17, 3.26, 3.35, 3.44,
        3.52, 3.61, 3.70, 3.79, 3.88, 3.98, 4.07, 4.17, 4.26, 4.35, 4.45, 4.54, 4.64, 4.74, 4.83, 4.94, 5.04, 5.14,
        5.25, 5.35, 5.46, 5.57, 5.68, 5.79, 5.91, 6.03, 6.15, 6.27, 6.39, 6.52, 6.65, 6.78, 6.92, 7.05, 7.19, 7.33,
        7.49, 7.65, 7.81, 7.98, 8.15, 8.32, 8.51, 8.70, 8.90, 9.10, 9.33, 9.56, 9.81, 10.09, 10.38, 10.70, 11.05,
        11.44, 11.91, 12.43, 13.03, 13.77, 14.72, 16.18, 25.76
    ])
)  # fmt: skip
"""Of blend B over all pairs of the 894 occupations rated in O*NET 30.0, for a set of occupations that is a part of
them."""

STRUCTURED_SPREAD = (0.0026, 6.5430)
"""Mean and standard deviation of the same scores."""


@dataclass(frozen=True)
class Band:
    """Matches from ``low`` (included) to ``high``. ``times``: observed moves as a multiple of those by chance."""

    low: float
    high: float
    word: str
    times: float


RARE, STRETCH, REACHABLE, WELL_TRODDEN = "rare move", "a stretch", "reachable", "well-trodden"

BANDS = (
    Band(0, 50, RARE, 0.42),
    Band(50, 75, STRETCH, 0.83),
    Band(75, 90, STRETCH, 1.15),
    Band(90, 95, REACHABLE, 1.50),
    Band(95, 98, REACHABLE, 1.79),
    Band(98, 99.5, WELL_TRODDEN, 3.68),
    Band(99.5, 100, WELL_TRODDEN, 4.24),
)
"""Measured for blend B on 4,961 pairs of census occupations with at least one move to expect, 27,695 people who changed
occupation within a year (CPS ASEC 2011-2019, own calculation). What the development half gives stands in
docs/quality.md."""


def band(match: float) -> Band:
    """The band of a match; one below 0 or above 100 belongs to the first or last."""
    return next((one for one in reversed(BANDS) if match >= one.low), BANDS[0])


# -- Readiness ---------------------------------------------------------------------------------------------------------

LEAST_IMPORTANCE = 2.5
"""Importance below which a requirement does not count towards readiness."""

SVP_MONTHS = {1: (0.0, 3.0), 2: (3.0, 12.0), 3: (12.0, 24.0), 4: (24.0, 48.0), 5: (48.0, 120.0)}
"""Months of specific vocational preparation by job zone (O*NET)."""


@dataclass(frozen=True)
class Norm:
    """Mean and standard deviation of one requirement's importance over all occupations."""

    mean: float
    spread: float

    def distinctive(self, importance: float) -> float:
        """By how many deviations a requirement is more important here than usual; 0 if it is not, or hardly matters."""
        if importance < LEAST_IMPORTANCE or self.spread <= 0:
            return 0.0
        return max(0.0, (importance - self.mean) / self.spread)


def norms(keys: Sequence[str], importance: Matrix) -> dict[str, Norm]:
    """The norm of each requirement; a column of ``importance`` (occupations by requirements) each."""
    found = zip(keys, importance.mean(axis=0), importance.std(axis=0), strict=True)
    return {key: Norm(float(mean), float(spread)) for key, mean, spread in found}


@dataclass(frozen=True)
class Asked:
    """A skill or field of knowledge that the destination asks for. ``importance`` 1 to 5, ``level`` 0 to 7."""

    key: str
    name: str
    importance: float
    level: float


@dataclass(frozen=True)
class Held:
    """How far one requirement is met."""

    asked: Asked
    level: float
    """The level held, 0 to 7."""
    weight: float
    """How distinctive the requirement is of the destination; 0: it does not count towards readiness."""

    @property
    def have(self) -> float:
        """The share of the level asked that is held, 0 to 1; 1 where no level is asked."""
        return min(1.0, self.level / self.asked.level) if self.asked.level > 0 else 1.0

    @property
    def missing(self) -> float:
        """Levels to gain; 0 where the level asked is reached."""
        return max(0.0, self.asked.level - self.level)

    @property
    def transfers(self) -> bool:
        """Carried over: needed at the destination, and nine tenths of the level are there."""
        return self.have >= 0.9 and self.asked.importance >= 3

    @property
    def to_learn(self) -> bool:
        """More than half a level is missing of something that matters."""
        return self.missing > 0.5 and self.asked.importance >= 2.75


@dataclass(frozen=True, slots=True)
class Months:
    """A range of months of typical preparation, estimated: no public data of the time that changers took exists."""

    low: float
    high: float


@dataclass(frozen=True)
class Readiness:
    """Every requirement of the destination with what is held of it. The entries are the reasons."""

    entries: tuple[Held, ...]

    @cached_property
    def value(self) -> float:
        """Share of what is distinctive of the destination that is held, 0 to 1; 1 where nothing is distinctive."""
        total = sum(entry.weight for entry in self.entries)
        if total <= 0:
            return 1.0
        # What is missing is added up rather than what is there, so that nothing missing makes 1 exactly.
        return max(0.0, 1.0 - sum(entry.weight * (1 - entry.have) for entry in self.entries) / total)

    @cached_property
    def transfers(self) -> tuple[Held, ...]:
        """What is carried over, the most important and distinctive first."""
        carried = [entry for entry in self.entries if entry.transfers]
        return tuple(sorted(carried, key=lambda entry: -entry.asked.importance * (0.5 + entry.weight)))

    @cached_property
    def to_learn(self) -> tuple[Held, ...]:
        """What is to be learned, the largest gap in the most important first."""
        missing = [entry for entry in self.entries if entry.to_learn]
        return tuple(sorted(missing, key=lambda entry: -entry.asked.importance * entry.missing))

    def share(self, entry: Held) -> float:
        """The share of the preparation that goes into one requirement; all of them make 1, or 0 with nothing to do."""
        total = sum(one.weight * (1 - one.have) for one in self.entries)
        return entry.weight * (1 - entry.have) / total if total > 0 else 0.0

    def months(self, job_zone: int) -> Months:
        """(1 - readiness) of the preparation that the destination's job zone usually takes. KeyError beyond 1 to 5."""
        low, high = SVP_MONTHS[job_zone]
        return Months((1 - self.value) * low, (1 - self.value) * high)


def is_known(key: str, held: Container[str]) -> bool:
    """Whether the level of a requirement (``skills/Writing``) at an origin can be told from what is published of it.

    O*NET recommends not to show ratings that rest on too little. Those of knowledge are nearly all of fields that are
    not relevant, so they count as none. Those of skills are not, such as the programming of software developers, so
    nothing can be said of them.
    """
    return key in held or not key.startswith("skills/")


def readiness(held: Mapping[str, float], asked: Iterable[Asked], usual: Mapping[str, Norm]) -> Readiness:
    """What somebody who holds ``held`` (key → level, 0 to 7) has of what is ``asked``; what is not in ``held`` is 0.

    KeyError for a requirement without a norm.
    """
    return Readiness(
        tuple(Held(one, max(0.0, held.get(one.key, 0.0)), usual[one.key].distinctive(one.importance)) for one in asked)
    )


def tools_to_learn(held: Set[str], hot: Iterable[str]) -> tuple[str, ...]:
    """The destination's tools in demand (``hot``) that are not used so far, in their order."""
    return tuple(tool for tool in dict.fromkeys(hot) if tool not in held)
