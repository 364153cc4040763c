"""A 128-bit key written down for people: seven groups of four characters that are read, typed and checked.

The alphabet is Crockford's base32 (crockford.com/base32.html): no I, L, O or U, so nothing is mistaken for 1, 0 or V.
The 28 characters hold 140 bits: the key and a 12-bit cyclic check, which finds every single wrong character and every
pair of neighbours typed the wrong way round, and all but one in 4,096 of other mistakes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

KEY_BYTES = 16
LENGTH = 28
GROUP = 4

LONGEST_INPUT = 200
"""Characters of an input that are looked at; nobody types more by accident."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SEPARATORS = re.compile(r"[\s\-‐-―−._]+")
_CHECK_BITS = 12
_POLYNOMIAL = 0x180F
"""x^12 + x^11 + x^3 + x^2 + x + 1, the generator known as CRC-12."""


@dataclass(frozen=True)
class CodeFault:
    """Why a text is no recovery code; ``found`` is what stands there: its length or the wrong character."""

    kind: Literal["empty", "length", "character", "mistyped"]
    found: str = ""


def written(key: bytes) -> str:
    """The code of a key, as ``7ZZZ-0000-…``; ValueError when the key is not 16 bytes long."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes, not {len(key)}.")
    value = int.from_bytes(key, "big")
    bits = value << _CHECK_BITS | _check(value)
    characters = "".join(_ALPHABET[bits >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
    return "-".join(characters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(text: str) -> bytes | CodeFault:
    """The key behind a code, in any case, with or without separators, O for 0 and I or L for 1; or what is wrong."""
    characters = _SEPARATORS.sub("", text[:LONGEST_INPUT]).upper()
    if not characters:
        return CodeFault("empty")
    for character in characters:
        if character not in _VALUES:
            return CodeFault("character", character)
    if len(characters) != LENGTH:
        return CodeFault("length", str(len(characters)))
    bits = 0
    for character in characters:
        bits = bits << 5 | _VALUES[character]
    value, check = bits >> _CHECK_BITS, bits & (1 << _CHECK_BITS) - 1
    if _check(value) != check:
        return CodeFault("mistyped")
    return value.to_bytes(KEY_BYTES, "big")


def _check(value: int) -> int:
    """Remainder of the key's polynomial, moved up by the check bits, on division by the generator over GF(2)."""
    remainder = value << _CHECK_BITS
    for shift in range(8 * KEY_BYTES - 1, -1, -1):
        if remainder >> shift + _CHECK_BITS & 1:
            remainder ^= _POLYNOMIAL << shift
    return remainder
