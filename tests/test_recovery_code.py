"""A code comes back as the key it stands for, however it was typed, and mistakes are found."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import recovery_code
from guides.kept_phrases import code_sentence
from guides.recovery_code import CodeFault

KEY = bytes.fromhex("00112233445566778899aabbccddeeff")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_the_form_of_a_code() -> None:
    code = recovery_code.written(KEY)
    groups = code.split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert set("".join(groups)) <= set(ALPHABET)
    assert code == "008J-4CT4-ANK7-F24S-NAXW-SQFE-ZW81", "codes that were written down must stay readable"


def test_a_key_of_another_length_has_no_code() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        recovery_code.written(b"short")


@given(st.binary(min_size=16, max_size=16))
def test_every_key_comes_back(key: bytes) -> None:
    assert recovery_code.read(recovery_code.written(key)) == key


@given(st.binary(min_size=16, max_size=16), st.integers(0, 2**28 - 1))
def test_it_may_be_typed_in_many_ways(key: bytes, choices: int) -> None:
    typed = ""
    for number, character in enumerate(recovery_code.written(key)):
        if choices >> number % 28 & 1:
            character = {"0": "o", "1": "l", "-": " "}.get(character, character.lower())
        typed += character
    assert recovery_code.read(f"  {typed}\n") == key
    assert recovery_code.read(typed.replace("-", "").replace(" ", "")) == key
    assert recovery_code.read(typed.replace("-", "–").replace("l", "I")) == key


def test_every_wrong_character_and_every_swap_of_neighbours_is_found() -> None:
    chance = random.Random(5)
    for _ in range(20):
        plain = recovery_code.written(chance.randbytes(16)).replace("-", "")
        for at, right in enumerate(plain):
            for wrong in ALPHABET:
                if wrong != right:
                    assert recovery_code.read(plain[:at] + wrong + plain[at + 1 :]) == CodeFault("mistyped")
        for at in range(27):
            swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
            if swapped != plain:
                assert recovery_code.read(swapped) == CodeFault("mistyped")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", CodeFault("empty")),
        (" - – ", CodeFault("empty")),
        ("0000", CodeFault("length", "4")),
        ("0" * 29, CodeFault("length", "29")),
        ("U" * 28, CodeFault("character", "U")),
        ("<script>", CodeFault("character", "<")),
        ("\x00", CodeFault("character", "\x00")),
        ("٣" * 28, CodeFault("character", "٣")),
        ("9" * 100_000, CodeFault("length", "200")),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_code_is_explained(text: str, fault: CodeFault) -> None:
    assert recovery_code.read(text) == fault
    assert code_sentence(fault).endswith(".")
