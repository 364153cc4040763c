"""The validator's errors in sentences for an editor: what stands there, what may stand there, the nearest spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from . import schema
from .files import SourceFile
from .problems import Problem, alternatives, did_you_mean, nearest, shorten

MOST = 200
"""Faults of one entry that are told; a file of nonsense has thousands."""

NOUNS: dict[tuple[str, ...], str] = {
    ("awareness", "working", "practitioner", "expert"): "a level",
    ("essential", "optional"): "an importance",
    ("critical", "important", "nice-to-have"): "a priority",
    ("beginner", "intermediate", "advanced"): "a difficulty",
    ("low", "medium", "high"): "a barrier",
    ("none", "optional", "required"): "an answer to whether coding is needed",
    ("no", "hybrid", "yes"): "an answer to whether the work is remote",
    ("easy", "moderate", "hard"): "an effort",
    ("beginner", "intermediate", "advanced", "behavioural", "ai-workflow"): "a question category",
    ("knowledge", "craft", "people"): "a kind of skill",
    ("free", "freemium", "paid", "unknown"): "a price",
    ("official", "research", "site-claim", "editorial"): "a kind of source",
    ("covers", "proxy"): "a match",
    ("alone", "together"): "a way of working",
}
"""What each closed list is a list of; other lists are "one of the words that may stand here"."""


def validate(model: type[schema.Entry], file: SourceFile, value: object, at: tuple[str | int, ...]) -> Any:
    """``value`` as ``model``, or the list of its Problems; ``at`` is where the value stands in the file."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False)
    more = len(found) - MOST
    found = found[:MOST]
    meant = {_meant(model, value, one["loc"]) for one in found if one["type"] == "extra_forbidden"}
    problems = [
        _problem(model, file, value, one, at) for one in found if one["type"] != "missing" or one["loc"] not in meant
    ]
    if more > 0:
        problems.append(file.problem(at, f"{more} more faults are here; mend the others first."))
    return problems


def _problem(
    model: type[BaseModel], file: SourceFile, value: object, details: ErrorDetails, at: tuple[str | int, ...]
) -> Problem:
    location = (*at, *details["loc"])
    if location[-1:] == ("[key]",):
        return file.problem(location[:-1], f"The name {_sentence(details, None)}", key=True)
    if details["type"] == "missing":
        return file.problem(location[:-1], f"{location[-1]} is missing.")
    if details["type"] == "extra_forbidden":
        meant = _meant(model, value, details["loc"])
        known = ", ".join(_known_fields(model, details["loc"]))
        hint = f' Did you mean "{meant[-1]}"?' if meant else f" Known fields: {known}."
        return file.problem(location, f'"{shorten(str(location[-1]))}" is not a field here.{hint}', key=True)
    return file.problem(location, _sentence(details, file.document.raw.get(location)))


def _meant(model: type[BaseModel], value: object, location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where the field would stand that an unknown key is probably a misspelling of: none that is there already."""
    for part in location[:-1]:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
    written = value if isinstance(value, dict) else {}
    near = nearest(str(location[-1]), [name for name in _known_fields(model, location) if name not in written])
    return (*location[:-1], near) if near else ()


def _sentence(details: ErrorDetails, raw: str | None) -> str:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if value is None and kind not in ("about_you", "https_link"):
        return "is empty; write a value."
    if isinstance(value, str) and schema.in_curly_quotes(value.strip()):
        bare = value.strip()[1:-1]
        return f"{_shown(value, raw)} stands in curly quotes; remove them or use straight ones: {shorten(bare)}."
    if kind == "literal_error":
        return _not_in_list(value, raw, str(context["expected"]))
    if kind in SENTENCES:
        return SENTENCES[kind](value, raw, context)
    return f"{_shown(value, raw)} cannot stand here: {details['msg'].lower()}."


def _not_in_list(value: object, raw: str | None, expected: str) -> str:
    words = [word.strip("' ") for word in expected.replace(" or ", ", ").split(", ")]
    noun = NOUNS.get(tuple(words), "one of the words that may stand here")
    near = did_you_mean(str(raw if raw is not None else value), words)
    return f"{_shown(value, raw)} is not {noun}; use {alternatives(words)}.{near}"


def _shown(value: object, raw: str | None) -> str:
    """The value as the editor wrote it, shortened, in quotes; lists and mappings by name."""
    if isinstance(value, list):
        return "A list"
    if isinstance(value, dict):
        return "A mapping"
    return f'"{shorten(raw if raw is not None else str(value))}"'


def _text_expected(value: object, raw: str | None, context: dict[str, Any]) -> str:
    if isinstance(value, list | dict):
        return f"{_shown(value, raw)} stands here; write text."
    kind = "a yes-or-no value" if isinstance(value, bool) else "a number"
    text = shorten(raw if raw is not None else str(value))
    return f'{text} is read as {kind}; put it in quotes: "{text}".'


def _number_expected(value: object, raw: str | None, context: dict[str, Any]) -> str:
    text = raw if raw is not None else str(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,15}\s*", text):
        return f"{_shown(value, raw)} is text; write the number without quotes and leading zeros: {int(text)}."
    return f"{_shown(value, raw)} is not a whole number."


def _decimal_expected(value: object, raw: str | None, context: dict[str, Any]) -> str:
    return f"{_shown(value, raw)} is not a number."


def _pattern(value: object, raw: str | None, context: dict[str, Any]) -> str:
    pattern = str(context.get("pattern", ""))
    if pattern == schema.SLUG_PATTERN:
        return f"{_shown(value, raw)} is not a name for addresses; use lower-case letters, digits and single hyphens."
    if pattern == schema.CODE_PATTERN:
        return f"{_shown(value, raw)} is not an occupation code; write it as 15-1252.00."
    if pattern.startswith(r"^\d{4}"):
        return f'{_shown(value, raw)} is not a date; write "2024", "2024-05" or "2024-05-31".'
    if pattern.startswith("^[a-z0-9-]+/"):
        return f"{_shown(value, raw)} is not a pair; write origin/destination."
    if pattern.startswith("^/"):
        return f"{_shown(value, raw)} is not an address of this site; write it as /roles/<role>/."
    return f"{_shown(value, raw)} is not a language code; write two lower-case letters."


def _count(word: str, limit: str) -> Callable[[object, str | None, dict[str, Any]], str]:
    def sentence(value: object, raw: str | None, context: dict[str, Any]) -> str:
        number, actual = context[limit], context["actual_length"]
        entry = "entry" if actual == 1 else "entries"
        return f"has {actual} {entry}; {word} {number}."

    return sentence


def _too_long(value: object, raw: str | None, context: dict[str, Any]) -> str:
    return f"has {len(str(value))} characters; at most {context['max_length']} fit."


def _too_short(value: object, raw: str | None, context: dict[str, Any]) -> str:
    if not str(value).strip():
        return "is empty; write a value."
    return f"{_shown(value, raw)} is too short; write at least {context['min_length']} characters."


def _bound(text: str, key: str) -> Callable[[object, str | None, dict[str, Any]], str]:
    def sentence(value: object, raw: str | None, context: dict[str, Any]) -> str:
        bound = context[key]
        number = f"{bound:g}" if isinstance(bound, float) else f"{bound}"
        return f"{shorten(raw if raw is not None else str(value))} cannot stand here; {text} {number}."

    return sentence


SENTENCES: dict[str, Callable[[object, str | None, dict[str, Any]], str]] = {
    "string_type": _text_expected,
    "int_type": _number_expected,
    "int_from_float": _number_expected,
    "float_type": _decimal_expected,
    "bool_type": lambda value, raw, context: f"{_shown(value, raw)} is not true or false.",
    "list_type": lambda value, raw, context: (
        f"{_shown(value, raw)} is not a list; write a line for each entry, beginning with a dash."
    ),
    "dict_type": lambda value, raw, context: (
        f"{_shown(value, raw)} is not a group of names with values; write a line for each, name and value."
    ),
    "model_type": lambda value, raw, context: (
        f"{_shown(value, raw)} is not a group of fields; write names with values."
    ),
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _count("write at least", "min_length"),
    "too_long": _count("at most", "max_length"),
    "greater_than_equal": _bound("the smallest value is", "ge"),
    "less_than_equal": _bound("the largest value is", "le"),
    "greater_than": _bound("write more than", "gt"),
    "multiple_of": _bound("write a multiple of", "multiple_of"),
    "iso_date": lambda value, raw, context: (
        f"{_shown(value, raw)} is not a date; write year-month-day, such as 2026-11-20."
    ),
    "https_link": lambda value, raw, context: (
        f"{_shown(value, raw)} is not a link that may leave the site; write an address that begins with https://."
    ),
    "one_line": lambda value, raw, context: "stands on several lines; write it on one.",
    "about_you": lambda value, raw, context: f'{_shown(value, raw)} has to begin with "You ".',
}


def _known_fields(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Names of the fields that may stand beside the unknown key at ``location``."""
    current: type[BaseModel] = model
    for part in location[:-1]:
        if isinstance(part, int) or part not in current.model_fields:
            continue
        inner = _inner_model(current.model_fields[part].annotation)
        if inner:
            current = inner
    return list(current.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``list[X]``, ``X | None``, ``Annotated[list[X], ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if inner:
            return inner
    return None
