"""Values of JSON columns as a curator reads them: lists as lists, pairs as pairs, prose as paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import unescape
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html, format_html_join, linebreaks, strip_tags
from django.utils.safestring import SafeString

NOTHING = "–"
"""Shown where a file says nothing."""

PROSE = {"heading", "html"}
"""Keys of a rendered section of a guide."""

Printer = Callable[[models.Model], str]


def readable(value: object) -> SafeString:
    """A JSON value as HTML; every text in it is escaped, rendered prose is shown as plain paragraphs."""
    if isinstance(value, Mapping):
        return _prose(value) if value.keys() == PROSE else _pairs(value)
    if isinstance(value, list) and value:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((readable(one),) for one in value)))
    return format_html("{}", _plain(value))


def lines(values: Iterable[object]) -> str:
    """One value a line, for cells of tables; the admin turns line ends into line breaks."""
    return "\n".join(str(value) for value in values) or NOTHING


@cache
def printer(model: type[models.Model], name: str) -> Printer:
    """The function that prints the JSON column ``name``, with the column's name and label; always the same one."""
    column = model._meta.get_field(name)

    @admin.display(description=str(getattr(column, "verbose_name", name)))
    def show(row: models.Model) -> str:
        return readable(getattr(row, name))

    show.__name__ = name
    return show


def printed(model: type[models.Model], name: str) -> Any:
    """What an admin lists among its fields for ``name``: the name itself, or for a JSON column its printer."""
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return printer(model, name) if isinstance(column, models.JSONField) else name


def _pairs(value: Mapping[str, object]) -> SafeString:
    pairs = ((str(key).replace("_", " ").replace("-", " ").capitalize(), readable(one)) for key, one in value.items())
    return format_html("<dl>{}</dl>", format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", pairs))


def _prose(section: Mapping[str, object]) -> SafeString:
    text = unescape(strip_tags(str(section["html"]))).strip()
    return format_html("<strong>{}</strong>{}", section["heading"], SafeString(linebreaks(text, autoescape=True)))


def _plain(value: object) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)
