"""The JSON Schemas beside the content say to code editors what the loader says, and are up to date."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from guides.loader.files import find, open_file
from guides.loader.json_schemas import json_schemas
from guides.loader.schema import FOLDER_FILES, LIST_FILES
from tests import content_factory, fault_samples
from tests.fault_samples import Sample

COMMITTED: Path = settings.CONTENT_DIR / "schemas"
NAMES = {"roles": "role", "transitions": "transition", "skills": "skill"}


def validator(kind: str) -> Draft202012Validator:
    name = kind.removesuffix(".yaml")
    found = json.loads((COMMITTED / f"{NAMES.get(name, name)}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(content: Path) -> list[str]:
    """What the schemas find in the readable files of a folder."""
    told: list[str] = []
    for file in find(content)[0]:
        source = open_file(file)
        found = validator(file.kind).iter_errors(source.document.value)
        told += [f"{file.path}: {error.json_path}: {error.message}" for error in found]
    return told


def test_the_committed_schemas_are_those_of_the_code() -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in COMMITTED.iterdir()}
    assert committed == json_schemas(), "run: .venv/bin/python manage.py export_schemas"


def test_the_command_writes_the_same_bytes_again_and_clears_up(tmp_path: Path) -> None:
    (tmp_path / "gone.schema.json").write_text("{}")
    out = io.StringIO()
    for _ in range(2):
        call_command("export_schemas", "--folder", str(tmp_path), stdout=out)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in COMMITTED.iterdir()
    }
    assert out.getvalue() == "10 schemas written.\n" * 2


def test_every_kind_has_a_schema() -> None:
    kinds = {NAMES.get(kind.removesuffix(".yaml"), kind.removesuffix(".yaml")) for kind in (*FOLDER_FILES, *LIST_FILES)}
    assert {name.removesuffix(".schema.json") for name in json_schemas()} == kinds


@pytest.mark.parametrize("kind", [*FOLDER_FILES, *LIST_FILES])
def test_a_schema_is_one_and_describes_every_field(kind: str) -> None:
    schema = validator(kind).schema
    assert isinstance(schema, dict)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for fields in _fields(schema):
        assert fields["additionalProperties"] is False
        for name, field in fields["properties"].items():
            assert field.get("description"), f"{fields['title']}.{name} is not described"


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Every group of fields in a schema."""
    groups = [schema, schema.get("items", {}), *schema.get("$defs", {}).values()]
    found = [group for group in groups if "properties" in group]
    assert found
    return found


def test_the_sample_site_and_the_content_are_valid() -> None:
    assert faults(content_factory.SAMPLE) == []
    assert faults(settings.CONTENT_DIR) == []


SEEN_IN_ONE_FILE = [sample for sample in fault_samples.samples() if sample.name.startswith("type-")]


@pytest.mark.parametrize("sample", SEEN_IN_ONE_FILE, ids=lambda sample: sample.name)
def test_what_the_loader_refuses_in_one_field_the_schema_refuses_too(sample: Sample, tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    fault_samples.apply(sample, content)
    assert faults(content)
