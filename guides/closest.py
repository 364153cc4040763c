"""The text that is most like another one, of many thousands, in a millisecond.

The likeness is that of difflib (Ratcliff and Obershelp: twice the letters in common blocks, divided by all letters).
Two texts cannot be more alike than their letters allow in any order, and that bound is quick to work out for all texts
at once. They are then looked at from the highest bound down, until no bound is above the best likeness found.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

BINS = 64
"""Letters are counted by their number modulo this: two in one bin can only raise the bound."""


class Closest:
    """Texts to find the nearest of."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._lengths = np.array([len(text) for text in self._texts], np.int64)
        self._counts = np.zeros((len(self._texts), BINS), np.uint8)
        for index, text in enumerate(self._texts):
            self._counts[index] = _counted(text)

    def find(self, text: str, cutoff: float) -> str | None:
        """The text with the highest likeness of at least ``cutoff``; of several the last one by spelling."""
        if not self._texts or not text:
            return None
        common = np.minimum(self._counts, _counted(text)).sum(axis=1, dtype=np.int64)
        bounds = 2.0 * common / (self._lengths + len(text))
        order = np.argsort(-bounds, kind="stable")
        matcher = SequenceMatcher(b=text)
        best: tuple[float, str] | None = None
        for index in order:
            if bounds[index] < (best[0] if best else cutoff):
                break
            matcher.set_seq1(self._texts[index])
            likeness = matcher.ratio()
            if likeness >= cutoff and (best is None or (likeness, self._texts[index]) > best):
                best = (likeness, self._texts[index])
        return best[1] if best else None


def _counted(text: str) -> NDArray[np.uint8]:
    bins = np.bincount([ord(letter) % BINS for letter in text], minlength=BINS)
    return np.minimum(bins, 255).astype(np.uint8)
