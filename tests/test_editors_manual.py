"""The editors' manual says what the loader does: every field, heading and command, and its examples load."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import pytest
from django.conf import settings
from django.core.management import get_commands

from guides.loader import prose, schema
from guides.loader.files import MAX_BYTES, find
from guides.loader.json_schemas import json_schemas
from guides.loader.library import parse
from guides.loader.schema import FOLDER_FILES, LIST_FILES, SECTIONS, Entry
from guides.loader.yaml_reader import read
from tests import content_factory
from tests.fault_samples import reported

MANUAL = (settings.CONTENT_DIR / "README.md").read_text(encoding="utf-8")
ROOT = Path(settings.BASE_DIR)


def models() -> list[type[Entry]]:
    """Every group of fields that may stand in a file."""
    found: list[type[Entry]] = []
    waiting: list[Any] = [*FOLDER_FILES.values(), *LIST_FILES.values()]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, type) and issubclass(one, Entry):
            if one not in found:
                found.append(one)
                waiting += [field.annotation for field in one.model_fields.values()]
        else:
            waiting += get_args(one)
    return found


def table(model: type[Entry]) -> dict[str, tuple[str, str, str]]:
    """The rows of a group's table: meaning, required and value of each field."""
    found = re.search(rf"^### .*\({model.__name__}\)\n\n((?:\|.*\n)+)", MANUAL, re.MULTILINE)
    assert found, f"the manual has no table for {model.__name__}"
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in found[1].strip().split("\n")[2:]]
    return {cells[0].strip(" `"): (cells[1].strip(), cells[2].strip(), cells[3].strip()) for cells in rows}


def words(annotation: Any) -> Iterator[str]:
    """The words of the closed lists in a field's type."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        yield from chain.from_iterable(words(one) for one in get_args(annotation))


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_stands_in_the_tables(model: type[Entry]) -> None:
    rows = table(model)
    assert list(rows) == list(model.model_fields), "the same fields in the same order"
    for name, field in model.model_fields.items():
        meaning, required, value = rows[name]
        assert meaning.replace("`", "") == " ".join(str(field.description).split()), name
        assert required.startswith("yes" if field.is_required() else "no"), name
        for word in words(field.annotation):
            assert f"`{word}`" in value, f"{name} may be {word}"
        assert ("`null`" in value) == (NoneType in get_args(field.annotation)), f"whether {name} may be null"


def test_every_heading_of_a_body_is_told() -> None:
    for kind, headings in SECTIONS.items():
        told = re.findall(rf"^\| {kind} \| `## (.+?)` \| (yes|no) \|$", MANUAL, re.MULTILINE)
        assert told == [(heading, "yes" if required else "no") for heading, required in headings.items()]


def test_every_kind_of_file_is_told() -> None:
    for kind in FOLDER_FILES:
        assert f"| `{kind}/" in MANUAL
    for name in LIST_FILES:
        assert f"| `{name}` |" in MANUAL


def test_every_bound_of_a_body_is_told() -> None:
    bounds = {
        f"{prose.MAX_CHARACTERS:,} characters",
        f"{prose.MAX_LINES} lines",
        f"{prose.MAX_LINE:,} characters",
        f"{prose.MAX_COLUMNS} columns",
        f"{prose.MAX_RUN} times",
        *(f"{most} {name}" for name, (_, most) in prose.MAX_SIGNS.items()),
        f"up to {MAX_BYTES // 1024} KB",
    }
    text = " ".join(MANUAL.split())
    assert {bound for bound in bounds if bound not in text} == set()
    assert "at most four levels" in text
    assert prose.MAX_LIST_DEPTH == 4


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", MANUAL))
    assert named >= {"load_content", "export_schemas"}
    assert named <= set(get_commands())
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z]+)`", MANUAL)) <= targets


def test_every_path_that_is_named_exists() -> None:
    for path in re.findall(r"`(guides/[\w./]+|content/[\w./]+\.md|content/schemas/)`", MANUAL):
        if not re.search(r"error-messages|generative-art-specialist/ai-artist|sql-databases|data-engineer", path):
            assert (ROOT / path).exists(), path
    named = set(re.findall(r"\b([a-z]+\.schema\.json)", MANUAL))
    assert named <= set(json_schemas())


def test_links_within_the_manual_lead_somewhere() -> None:
    headings = re.findall(r"^#{2,4} (.+)$", re.sub(r"```.*?```", "", MANUAL, flags=re.DOTALL), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for anchor in re.findall(r"\]\(#([^)]+)\)", MANUAL):
        assert anchor in anchors


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("text", examples("yaml"), ids=lambda text: text.split("\n")[0])
def test_examples_of_facts_can_be_read(text: str) -> None:
    document = read(text)
    assert document.value is not None
    assert document.faults == []


@pytest.mark.parametrize("text", examples("markdown"), ids=lambda text: text.split("\n")[1])
def test_examples_of_pages_are_valid(text: str, tmp_path: Path) -> None:
    """By themselves: what they refer to is a matter of the content around them."""
    kind = "transitions" if "to_learn:" in text else "roles" if "occupations:" in text else "skills"
    path = {"transitions": "transitions/a/b.md", "roles": "roles/a.md", "skills": "skills/a.md"}[kind]
    file = tmp_path / "content" / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    parsed = parse(find(tmp_path / "content")[0][0])
    assert [str(problem) for problem in parsed.problems] == []
    assert parsed.items


def test_the_remark_for_editors_does_no_harm(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    for file in find(content)[0]:
        depth = len(file.file.relative_to(content).parts) - 1
        name = {"roles": "role", "skills": "skill", "transitions": "transition"}.get(
            file.kind, file.kind.removesuffix(".yaml")
        )
        remark = f"# yaml-language-server: $schema={'../' * depth}schemas/{name}.schema.json\n"
        assert (settings.CONTENT_DIR / "schemas" / f"{name}.schema.json").exists()
        text = file.file.read_text(encoding="utf-8")
        fence = "---\n" if text.startswith("---\n") else ""
        file.file.write_text(fence + remark + text.removeprefix(fence), encoding="utf-8")
    assert reported(content) == ""


def test_messages_shown_in_the_manual_are_messages() -> None:
    for line in next(text for text in examples("text") if "load_content" not in text).strip().split("\n"):
        assert re.match(r"content/\S+:\d+:\d+  [\w.\[\]]+: \S", line)


def test_schemas_know_the_words_of_the_manual() -> None:
    assert json.loads(json_schemas()["skill.schema.json"])["title"] == schema.SkillFile.__name__
