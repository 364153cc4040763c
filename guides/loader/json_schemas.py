"""The schemas of the content files as JSON Schemas, for editors that complete and check while somebody writes."""

from __future__ import annotations

import json
from typing import Any

from . import schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NAMES = {"roles": "role", "transitions": "transition", "skills": "skill"}
"""Names of schemas that are not those of their folder or list file: there is one such file a page."""


def json_schemas() -> dict[str, str]:
    """The text of every schema file by its name, such as ``role.schema.json``; the same models give the same bytes."""
    texts: dict[str, str] = {}
    for kind, model in schema.FOLDER_FILES.items():
        texts[_file_name(kind)] = _text(model.model_json_schema())
    for name, model in schema.LIST_FILES.items():
        entry = model.model_json_schema()
        texts[_file_name(name.removesuffix(".yaml"))] = _text(_list_of(entry))
    return texts


def _file_name(kind: str) -> str:
    return f"{NAMES.get(kind, kind)}.schema.json"


def _list_of(entry: dict[str, Any]) -> dict[str, Any]:
    definitions = entry.pop("$defs", {})
    found = {"title": entry["title"], "description": f"A list. {entry['description']}", "type": "array", "items": entry}
    return {**found, "$defs": definitions} if definitions else found


def _text(found: dict[str, Any]) -> str:
    return json.dumps({"$schema": DIALECT, **found}, indent=2, ensure_ascii=False) + "\n"
