"""The nearest of many texts is the one that difflib finds, in a fraction of the time."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guides.closest import BINS, Closest

WORDS = st.text(alphabet="abcde é1 " + chr(ord("a") + BINS), max_size=9)


@given(st.lists(WORDS, max_size=12, unique=True), WORDS, st.sampled_from([0.5, 0.75, 0.9]))
@example(["abc", "abd"], "abe", 0.5)
def test_it_finds_what_difflib_finds(texts: list[str], text: str, cutoff: float) -> None:
    expected = get_close_matches(text, texts, n=1, cutoff=cutoff)
    assert Closest(texts).find(text, cutoff) == (expected[0] if expected and text else None)


@pytest.mark.parametrize("text", ["", "zzz"])
def test_nothing_is_near_when_nothing_is(text: str) -> None:
    assert Closest([]).find(text, 0.75) is None
    assert Closest(["archive"]).find(text, 0.75) is None


def test_of_thousands_the_misspelt_one_is_found() -> None:
    names = [
        f"{first} {second} {number}"
        for first in ("archive", "bridge")
        for second in ("keeper",)
        for number in range(2_000)
    ]
    assert Closest(names).find("acrhive keeper 77", 0.75) == "archive keeper 77"
