"""A database in which every text of every guide tries to become markup, and says which column it stands in.

The loader would refuse much of it; what is tested here is that pages do not rely on that.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from guides.models import ContentFile, content

SHORTEST_COLUMN = 80
"""A column with less room than this has none for a probe."""

NAMES = frozenset({"slug", "slugs", "key", "code", "path", "successor", "source_path", "as_of", "digest"})
"""Columns that others refer to, or that stand in addresses."""

CLEANED = frozenset({"sections", "html"})
"""HTML that the loader has cleaned; tests/hostile/test_content.py is about it."""


def probe(place: str) -> str:
    """Ends an attribute in either quotation mark and a tag, and begins an element that tells where it comes from."""
    return f"""'"><xss-probe onclick=alert(1) title={place}>"""


def poison() -> set[str]:
    """Puts a probe into every text of the content tables; returns the places."""
    places: set[str] = set()
    for model in apps.get_app_config("guides").get_models():
        if model.__module__ != content.__name__ or model is ContentFile:
            continue
        columns = [column for column in model._meta.concrete_fields if _is_text(column)]
        rows = list(model._base_manager.all())
        for row in rows:
            for column in columns:
                place = f"{model.__name__}.{column.name}"
                setattr(row, column.name, _poisoned(getattr(row, column.name), place, column.max_length, places))
        if rows and columns:
            model._base_manager.bulk_update(rows, [column.name for column in columns])
    return places


def _is_text(column: models.Field[Any, Any]) -> bool:
    if column.primary_key or column.choices or column.name in NAMES | CLEANED:
        return False
    if isinstance(column, models.JSONField):
        return True
    return isinstance(column, models.CharField | models.TextField) and (column.max_length or 999) > SHORTEST_COLUMN


def _poisoned(value: Any, place: str, room: int | None, places: set[str]) -> Any:
    if isinstance(value, dict):
        return {
            name: one if name in NAMES | CLEANED else _poisoned(one, f"{place}.{name}", None, places)
            for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_poisoned(one, place, None, places) for one in value]
    if not isinstance(value, str) or not value or not _is_prose(value):
        return value
    places.add(place)
    text = probe(place)
    return (value[: room - len(text)] if room else value) + text


def _is_prose(text: str) -> bool:
    """Whether a text is words or an address, and not a name or a day that code looks up."""
    return text[:1].isupper() or not text.replace("-", "").replace("/", "").isalnum()
