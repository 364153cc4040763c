"""How job titles are compared while somebody types one: folded to plain words, and forgiving of misspelling.

The distance is the number of letters to leave out, put in, exchange or swap with their neighbour (optimal string
alignment). How many are forgiven grows with the word: none in one of three letters, one from four, two from eight.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_LENGTH = 100
"""Characters of a query that are looked at."""

MAX_WORDS = 5
"""Words of a query that are looked at."""

STOP_WORDS = frozenset(
    ["a", "am", "an", "and", "as", "at", "by", "for", "i", "im", "in", "of", "on", "or", "the", "to", "with"]
)
"""Words that tell no title from another, left out of a query that has others."""

LEAST_STEM = 4
"""Letters that have to be left of a word whose plural s is taken off."""

JOINED = 5
"""Letters up to which two neighbouring words are also known as one: "back end" is found as "backend"."""

_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#)?")


def words(title: str) -> tuple[str, ...]:
    """The words of a title in lower case without accents and apostrophes, each once, in order.

    Everything but the letters a to z, digits and the signs of "c++" and "c#" parts words.
    """
    plain = unicodedata.normalize("NFKD", title.lower().replace("’", "").replace("'", ""))
    bare = re.sub("[\u0300-\u036f]", "", plain)
    found = dict.fromkeys(_WORD.findall(bare))
    return tuple(word for word in found if word not in STOP_WORDS) or tuple(found)


def main_part(title: str) -> str:
    """The title without what it says once more in brackets."""
    return title.partition(" (")[0]


def asked(query: str) -> tuple[str, ...]:
    """The words of a query that are looked for; nothing when there are fewer than two letters."""
    found = words(query[:MAX_LENGTH])[:MAX_WORDS]
    return found if sum(map(len, found)) > 1 else ()


def indexed(title: str) -> tuple[str, ...]:
    """The words under which a title is found: its own, and pairs of short neighbours written as one."""
    own = words(title)
    pairs = [
        before + after
        for before, after in pairwise(own)
        if len(before) <= JOINED and len(after) <= JOINED and (before + after).isalpha()
    ]
    return tuple(dict.fromkeys([*own, *pairs]))


def stem(word: str) -> str:
    """The word without the s of a plural."""
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > LEAST_STEM
    return word[:-1] if is_plural else word


def is_exact(word: str) -> bool:
    """Whether a word is looked for as it is and not as a beginning: one with signs."""
    return not word.isalnum()


def after_prefix(prefix: str) -> str:
    """The first word after all those that begin with ``prefix``, in the order of letters and digits; "" for none."""
    for place in range(len(prefix) - 1, -1, -1):
        if prefix[place] != "z":
            following = "a" if prefix[place] == "9" else chr(ord(prefix[place]) + 1)
            return prefix[:place] + following
    return ""


def trigrams(word: str) -> frozenset[str]:
    """Every three letters in a row, with a mark before the first: what words of like spelling share."""
    marked = f"^{word}"
    return frozenset(marked[start : start + 3] for start in range(max(1, len(marked) - 2)))


def forgiven(word: str) -> int:
    """How many wrong letters are forgiven in a word."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@dataclass(frozen=True, order=True)
class Misspelling:
    """How far a typed word is from a known one: as the beginning of it (somebody still types), and as a whole."""

    from_beginning: int
    from_whole: int


def misspelling(typed: str, known: str) -> Misspelling:
    """The distances of ``typed`` to the nearest beginning of ``known`` and to all of it."""
    before_last: list[int] = []
    last = list(range(len(known) + 1))
    for row, letter in enumerate(typed, start=1):
        current = [row]
        for column, other in enumerate(known, start=1):
            best = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == known[column - 2] and typed[row - 2] == other:
                best = min(best, before_last[column - 2] + 1)
            current.append(best)
        before_last, last = last, current
    return Misspelling(min(last), last[-1])


def spelt_like(typed: str, candidates: Sequence[str], is_last: bool) -> list[str]:
    """The known words that ``typed`` may have been meant as, the likeliest first; those further off are left out.

    The last word of a query may be the beginning of one; the others are whole. Of words equally far the one that
    shares more letters in a row is likelier, then the one that stands first among the candidates.
    """
    most = forgiven(typed)
    if not most:
        return []
    close = []
    own = trigrams(typed)
    for place, known in enumerate(candidates):
        distance = misspelling(typed, known)
        mistakes = distance.from_beginning if is_last else distance.from_whole
        if mistakes <= most:
            close.append((mistakes, distance.from_whole, -len(own & trigrams(known)), place))
    close.sort()
    return [candidates[place] for mistakes, *_, place in close if mistakes == close[0][0]]


@dataclass(frozen=True, order=True)
class Closeness:
    """How well a title answers what was typed: False and 0 are best, and the first that differs decides."""

    is_other: bool
    """It is not the very title."""
    starts_otherwise: bool
    """It does not begin with what was typed."""
    is_less_likely: bool
    """It has another word than the likeliest that a misspelt one was meant as."""
    is_alternate: bool
    """It is not the official title of its occupation."""
    rank: int


def closeness(typed: Sequence[str], title: str, is_own: bool, rank: int) -> Closeness:
    """How well ``title`` answers the words that were typed (in their likeliest spelling)."""
    every = words(title)
    own = [stem(word) for word in words(main_part(title))]
    wanted = [stem(word) for word in typed]
    starts = own[: len(wanted) - 1] == wanted[:-1] and any(
        word.startswith(wanted[-1]) for word in own[len(wanted) - 1 : len(wanted)]
    )
    has_all = all(any(word.startswith(one) for word in every) for one in wanted)
    return Closeness(own != wanted, not starts, not has_all, not is_own, rank)
