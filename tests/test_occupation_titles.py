"""Titles are compared as people type them: folded, from their beginning, forgiving of misspelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.occupation_titles import (
    MAX_WORDS,
    after_prefix,
    asked,
    closeness,
    forgiven,
    indexed,
    misspelling,
    spelt_like,
    stem,
    trigrams,
    words,
)

plain = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
prefixes = st.text("abcxyz0189", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Software Developer", ("software", "developer")),
        ("Driver/Sales Worker", ("driver", "sales", "worker")),
        ("Café Owner's Hand", ("cafe", "owners", "hand")),
        ("C++ and C# Programmer", ("c++", "c#", "programmer")),
        ("I am a nurse", ("nurse",)),
        ("The A", ("the", "a")),
        ("Manager, Manager", ("manager",)),
        ("plumber \N{CYRILLIC SMALL LETTER ZHE}", ("plumber",)),
        ("", ()),
    ],
)
def test_a_title_is_folded_to_plain_words(title: str, expected: tuple[str, ...]) -> None:
    assert words(title) == expected


@pytest.mark.parametrize("query", ["", " ", "a", "%", "x", "\N{CYRILLIC SMALL LETTER ZHE}" * 5])
def test_too_little_asks_for_nothing(query: str) -> None:
    assert asked(query) == ()


@given(st.text(max_size=400))
def test_any_text_becomes_a_few_plain_words(text: str) -> None:
    found = asked(text)
    assert len(found) <= MAX_WORDS
    assert all(word.isascii() and word == word.lower() and len(word) <= 100 for word in found)
    assert words(" ".join(found)) == found or not found


@pytest.mark.parametrize(
    ("title", "word"),
    [("Back End Developer", "backend"), ("Data Base Administrator", "database"), ("Web Dev", "webdev")],
)
def test_short_neighbours_are_found_as_one_word(title: str, word: str) -> None:
    assert word in indexed(title)


def test_long_neighbours_are_not_joined() -> None:
    assert indexed("Software Developer") == ("software", "developer")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("nurses", "nurse"), ("boss", "boss"), ("bus", "bus"), ("sales", "sale"), ("artists", "artist")],
)
def test_a_plural_is_found_as_one(word: str, expected: str) -> None:
    assert stem(word) == expected


@given(prefixes, prefixes)
def test_a_word_lies_before_the_end_of_a_prefix_exactly_when_it_begins_with_it(prefix: str, word: str) -> None:
    end = after_prefix(prefix)
    assert (prefix <= word and (not end or word < end)) == word.startswith(prefix) or not end


@given(plain, plain)
def test_the_distance_is_symmetric_and_zero_for_the_same(one: str, other: str) -> None:
    assert misspelling(one, other).from_whole == misspelling(other, one).from_whole
    assert (misspelling(one, other).from_whole == 0) == (one == other)
    assert misspelling(one, other).from_beginning <= misspelling(one, other).from_whole


@given(plain, st.data())
def test_one_slip_is_a_distance_of_one(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
    ]
    slips.append(word[:place] + word[place : place + 2][::-1] + word[place + 2 :])
    assert all(misspelling(slip, word).from_whole <= 1 for slip in slips)


@given(plain, st.data())
def test_whoever_still_types_has_made_no_mistake(word: str, data: st.DataObject) -> None:
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert misspelling(typed, word).from_beginning == 0


def test_short_words_are_forgiven_nothing() -> None:
    assert [forgiven(word) for word in ("art", "arts", "artists", "artistry")] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sofware", "software"),
        ("developr", "developer"),
        ("lawer", "lawyer"),
        ("electrition", "electrician"),
        ("nrse", "nurse"),
    ],
)
def test_the_likeliest_word_comes_first(typed: str, expected: str) -> None:
    known = ["software", "developer", "laser", "lawyer", "layer", "electrician", "election", "nurse", "nursery"]
    assert spelt_like(typed, known, is_last=False)[0] == expected


def test_the_last_word_may_be_misspelt_while_it_is_typed() -> None:
    assert spelt_like("elecrtic", ["electrician"], is_last=True) == ["electrician"]
    assert spelt_like("elecrtic", ["electrician"], is_last=False) == []


@given(plain)
def test_a_word_shares_its_letters_with_itself(word: str) -> None:
    assert trigrams(word)
    assert all(len(one) <= 3 for one in trigrams(word))


def test_the_very_title_comes_before_one_that_begins_so_and_that_before_others() -> None:
    titles = ["Nurse Manager", "Staff Nurse", "Nurses", "School Nurse"]
    ranked = sorted(titles, key=lambda title: closeness(["nurse"], title, False, titles.index(title)))
    assert ranked == ["Nurses", "Nurse Manager", "Staff Nurse", "School Nurse"]


def test_what_stands_in_brackets_does_not_make_a_title_another_one() -> None:
    assert not closeness(["video", "editor"], "Video Editor (Film and Video Editor)", False, 1).is_other
