"""Keys that stay with a text when it is edited, so that what visitors ticked or rated stays theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

ALIKE = 0.6
"""Similarity (difflib ratio) from which an edited text is taken for the same one."""

KEY_LENGTH = 12


def new_key(place: str, text: str, taken: set[str]) -> str:
    """A key for a text seen for the first time at ``place``: the same input gives the same key on every machine."""
    for attempt in range(len(taken) + 1):
        key = hashlib.sha256(f"{place}\n{text}\n{attempt}".encode()).hexdigest()[:KEY_LENGTH]
        if key not in taken:
            return key
    raise AssertionError("One more attempt than taken keys finds a free one.")


def keep_keys(
    place: str,
    known: Sequence[tuple[str, str]],
    texts: Sequence[str],
    first: Callable[[str], str] | None = None,
) -> list[str]:
    """A key for each of ``texts``: that of the same text among ``known`` (key, text), else of the most similar left.

    A text unlike all known ones gets a new key: that which ``first`` makes of it, if nothing else has it, else one made
    of ``place`` and text. Order does not matter, so a moved text keeps its key too.
    """
    keys: list[str | None] = [None] * len(texts)
    left = dict(known)
    by_text: dict[str, list[str]] = {}
    for key, text in left.items():
        by_text.setdefault(text, []).append(key)
    for index, text in enumerate(texts):
        same = by_text.get(text)
        if same:
            keys[index] = key = same.pop(0)
            del left[key]
    pairs = sorted(
        (
            (-_likeness(old, text), index, key)
            for index, text in enumerate(texts)
            if keys[index] is None
            for key, old in left.items()
        ),
    )
    for likeness, index, key in pairs:
        if -likeness >= ALIKE and keys[index] is None and key in left:
            keys[index] = key
            del left[key]
    taken = {key for key, _ in known} | {key for key in keys if key}
    result: list[str] = []
    for text, known_key in zip(texts, keys, strict=True):
        wanted = known_key or (first(text) if first else "")
        key = wanted if wanted and (known_key or wanted not in taken) else new_key(place, text, taken)
        taken.add(key)
        result.append(key)
    return result


def _likeness(old: str, new: str) -> float:
    """Quick bounds first: most pairs of texts are obviously different."""
    matcher = SequenceMatcher(None, old.lower(), new.lower())
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
