"""YAML is read as editors mean it, with the place of every value, and refused before it can do harm."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from guides.loader.yaml_reader import MAX_DEPTH, MAX_VALUES, YamlFault, read

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("0", 0),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        ("1.10", 1.1),
        (".5", ".5"),
        ("1e3", "1e3"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("9" * 15, 999_999_999_999_999),
        ("9" * 16, "9" * 16),
        ("9" * 5_000, "9" * 5_000),
        ("2026-11-20", "2026-11-20"),
        ("2026-13-40", "2026-13-40"),
        ("=", "="),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)
def test_a_word_means_what_it_says(written: str, value: object) -> None:
    found = read(f"key: {written}").value
    assert found == {"key": value}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


def test_every_value_has_its_place() -> None:
    document = read("title: Analyst\nskills:\n  - skill: sql\n    level: working\n  - {skill: charts}\n")
    assert document.mark(("title",)) == (1, 8)
    assert document.mark(("title",), key=True) == (1, 1)
    assert document.mark(("skills", 0, "level")) == (4, 12)
    assert document.mark(("skills", 1, "skill")) == (5, 13)
    assert document.mark(("skills", 1, "level")) == (5, 5), "what is missing stands where it would belong"
    assert document.mark(("nowhere",)) == (1, 1)
    assert document.raw[("skills", 0, "level")] == "working"


def test_columns_count_characters_not_bytes() -> None:
    assert read("title: ü\nlist: [ü, ü]").mark(("list", 1)) == (2, 11)


def test_all_repeated_names_are_told_at_once_and_the_first_value_stays() -> None:
    document = read("a: 1\nb: 2\na: 3\nb: 4\n")
    assert document.value == {"a": 1, "b": 2}
    assert [(fault.line, fault.message, fault.first_line) for fault in document.faults] == [
        (3, '"a" stands here a second time.', 1),
        (4, '"b" stands here a second time.', 2),
    ]


def test_an_empty_text_has_no_value() -> None:
    assert read("").value is None
    assert read("# only a remark\n").value is None


HOSTILE = {
    "brackets": "[" * 100_000,
    "brackets in a value": "key: " + "[" * 100_000 + "]" * 100_000,
    "braces": "{" * 100_000,
    "braces with names": "{a: " * 100_000,
    "dashes": "- " * 500_000,
    "question marks": "? " * 100_000,
    "colons": ": " * 100_000,
    "indentation": "\n".join(" " * depth + "a:" for depth in range(1_000)),
    "laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "an alias to itself": "a: &a [*a]\n",
    "merge keys": "base: &b {x: 1}\nother:\n  <<: *b\n",
    "merge keys without an alias": "a: {<<: {x: 1}}\n",
    "an anchor alone": "a: &a 1\n",
    "an alias to nothing": "a: *nothing\n",
    "a tag of Python": "a: !!python/object/apply:os.system [ls]\n",
    "a tag of Python names": "a: !!python/name:os.system\n",
    "a tag for binary data": "a: !!binary aGVsbG8=\n",
    "a tag for sets": "a: !!set {x, y}\n",
    "a tag of one's own": "a: !own value\n",
    "a tag without a name": "a: ! 12\n",
    "a tag directive": "%TAG ! tag:example.com,2024:\n---\na: !x y\n",
    "a list as a name": "[a, b]: c\n",
    "a mapping as a name": "{a: b}: c\n",
    "an anchored name": "&a key: value\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "many documents": "---\n" * 50_000,
    "a NUL": "a: \x00\n",
    "an escaped NUL": 'a: "\\0"\n',
    "an escaped bell": 'a: "\\a"\n',
    "an escaped surrogate": 'a: "\\ud800"\n',
    "a surrogate": "a: \ud800\n",
    "a non-character": "a: \uffff\n",
    "a quotation without end": "a: '" + "x" * 1_000_000,
    "an unknown version": "%YAML 9.9\n---\na: 1\n",
    "more values than any file has": "- 1\n" * (MAX_VALUES + 1),
}


@pytest.mark.hostile
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_refused_with_a_sentence_and_little_memory(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(YamlFault) as refused:
            read(HOSTILE[name])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 200
    assert "\n" not in refused.value.message
    assert peak < 128 * 1024 * 1024


def test_the_depth_that_is_promised_can_be_read() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).value is not None
    with pytest.raises(YamlFault, match="Nested more than 12 levels deep"):
        read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@pytest.mark.hostile
def test_no_hostile_text_ends_the_process(tmp_path: Path) -> None:
    """In a process of its own: libyaml itself crashes on deep nesting, which no exception would show."""
    program = (
        "from guides.loader.yaml_reader import YamlFault, read\n"
        "from tests.test_yaml_reader import HOSTILE\n"
        "for name, text in HOSTILE.items():\n"
        "    try:\n"
        "        read(text)\n"
        "    except YamlFault:\n"
        "        print(name)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == list(HOSTILE)
