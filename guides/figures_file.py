"""The text of a file in content/figures: the same figures always give the same bytes, so a new release is a diff."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .official_facts import OccupationFacts

HEAD = "# Written by manage.py refresh_figures from the official releases."

PLAIN = ("code", "words", "source", "task_share_source", "observed_use_source")
"""Fields whose text is written without quotes: codes, slugs and words of closed lists."""


def figures_text(facts: OccupationFacts) -> str:
    """What ``content/figures/<code>.yaml`` has to hold for an occupation."""
    return "\n".join([HEAD, *_lines({"code": facts.code, "title": facts.title, **facts.figures}, 0), ""])


def _lines(group: Mapping[str, Any], depth: int) -> Iterator[str]:
    """A field a line. The names that the releases gave are quoted and sorted, as their order has no meaning."""
    indent = "  " * depth
    for name, value in sorted(group.items()) if depth > 1 else group.items():
        key = _quoted(name) if depth > 1 else name
        if isinstance(value, Mapping) and value and depth < 2:
            yield f"{indent}{key}:"
            yield from _lines(value, depth + 1)
        elif isinstance(value, Mapping):
            yield f"{indent}{key}: {{{', '.join(f'{one}: {_quoted(number)}' for one, number in value.items())}}}"
        elif isinstance(value, list) and value:
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {_quoted(one)}" for one in value)
        else:
            yield f"{indent}{key}: {value if name in PLAIN else _quoted(value)}"


def _quoted(value: object) -> str:
    """A number, true, false or null as YAML has it; text in quotes, whatever stands in it."""
    return json.dumps(value, ensure_ascii=False)
