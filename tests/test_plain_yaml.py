"""The quick reader of plain YAML gives what libyaml gives, or leaves the text to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guides.loader.plain_yaml import read_plain
from guides.loader.yaml_reader import MAX_DEPTH, MAX_VALUES, UNPRINTABLE, YamlFault, _read, meaning, read

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "content", ROOT / "tests" / "samples")

WRITTEN = """
key: word
key:
other: a word or two
- word
- key: 12
- - nested
-
- -5
key: -5
key: - x
key: >-
key: |
key: |-
key: >
key: >+
key: |2
key: > # why
- >-
text of a block
# a comment
key: # a comment
key: word # a comment
key: [a, b c, 3]
key: [a, [b]]
key: [a, ]
key: []
key: [ ]
key: {a: 1, b: two words}
key: {a: 1, a: 2}
key: {}
key: {a, b}
key: {a: }
- {a: 'x, y', b: "z"}
key: 'it''s'
key: 'it's'
key: ''
key: '''
key: "a"
key: "a" b
key: 'a': b
"quoted name": 1
'quoted': 1
key: ? x
? key
key: @x
key: `x`
key: a: b
key: a:b
key: a:
key : word
key:word
key: &a x
key: *a
key: !!str 1
<<: x
---
...
--- x
%YAML 1.1
key: ~
key: true
key: 012
key: 1.50
key: =
1: number
key: [1:30]
key: [a#b, c d]
key: don't
key: [don't]
key: a  b
a b: c
Key-2_x: y
key: }
key: ]
key: [}]
key: {a: [}
key: a #b
key: a#b
key: '
key: "
"""
"""Lines that both read, that one of them refuses, and that look alike."""

RARE = (
    "- ",
    'key: "a\\n"',
    "key: \xe9\xa0#x",
    "key: \u201ccurly\u201d",
    "",
    " ",
    "key: |\n\n",
    "key: [a\nb]",
    "key: word \n",
)
PIECES = st.sampled_from([*WRITTEN.strip().split("\n"), *RARE])
LINES = st.builds(lambda indent, piece: " " * indent + piece, st.sampled_from([0, 0, 0, 2, 2, 4, 1, 3]), PIECES)
TEXTS = st.builds(
    lambda lines, end: "\n".join(lines) + end, st.lists(LINES, max_size=9), st.sampled_from(["", "\n", "\n\n"])
)


def plain(text: str) -> object:
    return read_plain(text, meaning, deepest=MAX_DEPTH, most=MAX_VALUES)


def agrees(text: str) -> bool:
    """Whether the quick reader read the text; fails when libyaml reads another thing, or finds fault with it."""
    if UNPRINTABLE.search(text):
        return False
    value = plain(text)
    if value is None:
        return False
    document = _read(text)
    assert not document.faults, text
    # Numbers and truth values are told apart by their writing, and so is the order of names.
    assert repr(document.value) == repr(value), text
    return True


@settings(max_examples=500)
@given(TEXTS)
@example("a:\n- x\n- y: 1\n  z: 2\nb: 3")
@example("- a:\n  - x\n- b")
@example("a: >-\n  one\n  two\n\n  three\nb: |\n  one\n   two\n")
@example("a:\n  b: >-\n    x\n   # less\n    y")
@example("a: |\n  x\n\n\n")
@example("a: b\n  c")
@example("a:\n b: 1\n  c: 2")
def test_both_read_the_same(text: str) -> None:
    try:
        agrees(text)
    except YamlFault as fault:
        pytest.fail(f"libyaml refuses what was read: {fault.message}")


def _facts(file: Path) -> str:
    text = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("---\n").partition("\n---\n")[0] if file.suffix == ".md" else text


FILES = [
    file
    for folder in FOLDERS
    for file in sorted(folder.rglob("*"))
    if file.suffix in (".md", ".yaml") and file.name != "README.md" and not file.name.startswith("_")
]


def test_both_read_the_same_of_every_content_file() -> None:
    read_here = [file for file in FILES if agrees(_facts(file))]
    guides = [file for file in FILES if "content" in file.relative_to(ROOT).parts[0] and file.suffix == ".md"]
    plain_guides = [file for file in guides if file in read_here]
    assert len(plain_guides) > 0.9 * len(guides), "most guides are plain, else reading them quickly gains nothing"


@pytest.mark.parametrize(
    "text",
    [
        "key: [" * 20,
        "\n".join(f"{'  ' * depth}key:" for depth in range(20)),
        "- " * 20 + "x",
        "key: 1\n" * 40_000,
        "key: [" + "1, " * 110_000 + "1]",
        "key: one\nkey: two",
        "a:\tb",
        "a: b\u2028c: d",
    ],
)
def test_what_is_deep_long_or_doubtful_is_left_to_libyaml(text: str) -> None:
    assert plain(text) is None


def test_places_are_found_when_they_are_asked_for() -> None:
    document = read("one: 1\nlist:\n  - two words\n  - 012\n")
    assert plain("one: 1\nlist:\n  - two words\n  - 012\n") == document.value
    assert document.mark(("list", 1)) == (4, 5)
    assert document.mark(("list",), key=True) == (2, 1)
    assert document.raw[("list", 1)] == "012"
