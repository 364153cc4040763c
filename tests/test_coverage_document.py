"""docs/coverage.md names every element of role pages, guides and what is around them, and tests that exist."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

LISTS = {"R": 46, "T": 27, "W": 17}
MODULES = {"R": "test_role_page.py", "T": "test_transition_page.py", "W": "", "": ""}
ROW = re.compile(r"^\| ([RTW])(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAME = re.compile(r"`(?:(test_\w+\.py)::)?(test_\w+)`")

TEXT = (ROOT / "docs/coverage.md").read_text(encoding="utf-8")


def names_in(module: str) -> set[str]:
    """Names of the tests of a module."""
    tree = ast.parse((ROOT / "tests" / module).read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


@pytest.mark.parametrize("letter", LISTS)
def test_every_element_has_its_row_in_order(letter: str) -> None:
    numbers = [int(number) for found, number, *_ in ROW.findall(TEXT) if found == letter]
    assert numbers == list(range(1, LISTS[letter] + 1))


def test_every_row_says_where_the_element_stands_and_names_a_test() -> None:
    without = [f"{letter}{number}" for letter, number, _, where, tests in ROW.findall(TEXT) if not NAME.search(tests)]
    assert without == []


def test_every_named_test_exists() -> None:
    named = set()
    for line in TEXT.splitlines():
        row = ROW.match(line)
        for module, name in NAME.findall(line):
            named.add((module or MODULES[row[1] if row else ""], name))
    known = {module: names_in(module) for module, _ in named}
    assert {(module, name) for module, name in named if name not in known[module]} == set()


def test_every_named_template_exists() -> None:
    templates = {file.name for file in (ROOT / "templates").rglob("*.html")}
    assert set(re.findall(r"`([\w]+\.html)`", TEXT)) <= templates
