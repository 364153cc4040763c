"""Keys stay with texts: whatever editors do to a list, what visitors ticked in it stays ticked."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.identity import KEY_LENGTH, keep_keys, new_key

PLACE = "roles/backend-developer/1"
TEXTS = [
    "Install an editor and write a program that reads a file and counts its words",
    "Design three tables for a library and fill them with made-up rows",
    "Put a service behind a proxy and measure how many requests it stands",
    "Read the error log of a week and sort its entries by cause",
]

texts = st.lists(st.text(string.ascii_lowercase + " ", min_size=1, max_size=40), max_size=8)


def keyed(some: list[str]) -> list[tuple[str, str]]:
    return list(zip(keep_keys(PLACE, [], some), some, strict=True))


@given(texts)
def test_keys_are_unique_even_where_texts_are_not(some: list[str]) -> None:
    keys = keep_keys(PLACE, [], some)
    assert len(keys) == len(set(keys)) == len(some)
    assert all(len(key) == KEY_LENGTH for key in keys)


@given(texts, texts)
def test_keys_stay_unique_after_any_edit(before: list[str], after: list[str]) -> None:
    keys = keep_keys(PLACE, keyed(before), after)
    assert len(set(keys)) == len(after)


@given(texts, texts)
def test_the_same_files_give_the_same_keys_on_every_machine(before: list[str], after: list[str]) -> None:
    assert keep_keys(PLACE, keyed(before), after) == keep_keys(PLACE, keyed(before), after)
    assert keep_keys(PLACE, [], before) == keep_keys(PLACE, [], before)


@given(texts)
def test_an_unchanged_list_keeps_its_keys_in_place(some: list[str]) -> None:
    known = keyed(some)
    assert keep_keys(PLACE, known, some) == [key for key, _ in known]


@given(
    st.lists(st.text(string.ascii_lowercase, min_size=1), max_size=8, unique=True).flatmap(
        lambda some: st.tuples(st.just(some), st.permutations(some))
    )
)
def test_a_moved_text_keeps_its_key(orders: tuple[list[str], list[str]]) -> None:
    before, after = orders
    key_of = {text: key for key, text in keyed(before)}
    assert keep_keys(PLACE, keyed(before), after) == [key_of[text] for text in after]


@given(texts, texts)
def test_an_unchanged_text_keeps_its_key_whatever_happens_around_it(before: list[str], after: list[str]) -> None:
    known = keyed(before)
    kept = list(zip(keep_keys(PLACE, known, after), after, strict=True))
    for text in set(before) & set(after):
        old = {key for key, one in known if one == text}
        new = {key for key, one in kept if one == text}
        assert old <= new or new <= old


@pytest.mark.parametrize(
    ("index", "edited"),
    [
        (0, "Install an editor and write a program that reads a text file and counts all its words"),
        (1, "Design four tables for a library and fill them with made-up rows"),
        (2, "Put a small service behind a proxy and measure how many requests a second it stands"),
        (3, "Read the error log of a week and sort the entries by cause."),
    ],
)
def test_an_edited_text_keeps_its_key(index: int, edited: str) -> None:
    known = keyed(TEXTS)
    after = [edited if number == index else text for number, text in enumerate(TEXTS)]
    assert keep_keys(PLACE, known, after) == [key for key, _ in known]


def test_an_edited_text_may_move_at_the_same_time() -> None:
    known = keyed(TEXTS)
    edited = "Design four tables for a library and fill them with made-up rows"
    keys = keep_keys(PLACE, known, [edited, TEXTS[0], TEXTS[2], TEXTS[3]])
    assert keys == [known[1][0], known[0][0], known[2][0], known[3][0]]


def test_a_rewritten_text_is_a_new_one() -> None:
    known = keyed(TEXTS)
    keys = keep_keys(PLACE, known, ["Ask two people who were on call what woke them", *TEXTS[1:]])
    assert keys[0] not in {key for key, _ in known}
    assert keys[1:] == [key for key, _ in known[1:]]


def test_the_key_of_a_removed_text_is_not_given_to_a_stranger() -> None:
    known = keyed(TEXTS)
    keys = keep_keys(PLACE, known[:1], [TEXTS[0], "Something else altogether"])
    assert keys[1] not in {key for key, _ in known}


def test_the_most_similar_text_takes_the_key() -> None:
    known = [("aaaaaaaaaaaa", "Write a page about an API")]
    keys = keep_keys(PLACE, known, ["Write a page about an app for cats", "Write one page about an API"])
    assert keys[1] == "aaaaaaaaaaaa"
    assert keys[0] != "aaaaaaaaaaaa"


def test_texts_that_read_the_same_keep_their_keys_apart() -> None:
    known = keyed(["Repeat", "Repeat"])
    assert keep_keys(PLACE, known, ["Repeat", "Repeat"]) == [key for key, _ in known]


def test_a_new_key_depends_on_its_place_and_avoids_taken_ones() -> None:
    first = new_key(PLACE, "Text", set())
    assert first != new_key("roles/ai-artist/1", "Text", set())
    assert new_key(PLACE, "Text", {first}) != first


@given(texts, texts)
def test_a_new_text_gets_the_key_that_it_asks_for_if_it_is_free(before: list[str], after: list[str]) -> None:
    known = keyed(before)
    keys = keep_keys(PLACE, known, after, lambda text: f"of {text}")
    assert len(set(keys)) == len(after)
    given_before = {key for key, _ in known}
    for key, text in zip(keys, after, strict=True):
        assert key in given_before or key == f"of {text}" or f"of {text}" in keys
