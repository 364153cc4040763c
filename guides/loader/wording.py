"""Small faults of wording that would show on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from . import schema
from .library import Item, Library
from .problems import Problem

ACRONYMS = {
    word.lower(): word
    for word in (
        "AI",
        "AIGC",
        "API",
        "APIs",
        "SQL",
        "UX",
        "UI",
        "SEO",
        "HTML",
        "CSS",
        "HTTP",
        "LLM",
        "SDK",
        "LoRA",
        "GPU",
    )
}
"""Words that are written one way only; a capital or two too few looks careless in a title."""

CODES = {
    "slug",
    "skill",
    "tool",
    "resource",
    "category",
    "role",
    "source",
    "code",
    "url",
    "similar",
    "related",
    "aliases",
}

PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b|\?\?\?", re.IGNORECASE)
SIGNS = ("todo", "tbd", "fixme", "xxx", "lorem", "???")
"""One of them stands in every placeholder."""
ARTICLE = re.compile(
    r"\b([Aa]) (?=(?:AI|AIGC|API|SQL|SEO|HTML|HTTP|LLM|SDK|[aeio][a-z]+)\b)"
    r"(?!(?:one|once|ou|eu|and|or|as|is|are|at|in|on|of|if|into|also|alone|above|over)\b)([A-Za-z]+)"
)
MISPLACED_AN = re.compile(
    r"\b([Aa]n) (?=(?:UX|UI|URL|[bcdfgjklmnpqrstvwyz][a-z]*[aeiou][a-z]*)\b)(?!nginx|mp\d)([A-Za-z]+)"
)
KEYS_OF_NUMBERS = re.compile(r"\{(?!months\})[^}]*\}")


def texts(
    library: Library, may_hold: Callable[[str], object]
) -> Iterator[tuple[Item[Any], tuple[str | int, ...], str]]:
    """Every text that a visitor will read and no load has seen, with its place; names for addresses left out.

    ``may_hold`` is asked once about all texts of an entry, a line each; entries it has no doubts about are left out.
    """
    for kind in ("roles", "transitions", "skills", "questions", "tools", "categories"):
        for item in library.shelf(kind).values():
            if item.is_known:
                continue
            lines: list[str] = []
            _collect(item.entry, lines)
            if may_hold("\n".join(lines)):
                for location, text in _strings(item.entry, ()):
                    yield item, location, text


def _strings(value: object, location: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, BaseModel):
        for name, inner in value.__dict__.items():
            if name not in CODES:
                yield from _strings(inner, (*location, name))
    elif isinstance(value, list | tuple):
        for index, entry in enumerate(value):
            yield from _strings(entry, (*location, index))


def _collect(value: object, lines: list[str]) -> None:
    """The texts of ``_strings`` without their places, which take most of the time."""
    if isinstance(value, str):
        lines.append(value)
    elif isinstance(value, list | tuple):
        for entry in value:
            _collect(entry, lines)
    elif isinstance(value, BaseModel):
        for name, inner in value.__dict__.items():
            if name not in CODES:
                _collect(inner, lines)


def check_wording(library: Library) -> Iterator[Problem]:
    """Acronyms, articles, placeholders, question marks."""
    for item, location, text in texts(library, _may_be_wrong):
        if PLACEHOLDER.search(text):
            yield item.problem(location, "A placeholder stands in the text; write the text or leave the field out.")
        for article in ARTICLE.finditer(text):
            yield item.problem(location, f'Write "{article[1]}n {article[2]}" instead of "{article[0]}".')
        for article in MISPLACED_AN.finditer(text):
            yield item.problem(location, f'Write "{article[1][0]} {article[2]}" instead of "{article[0]}".')
    for item, location, text in _names(library):
        yield from _acronyms(item, location, text)
    for role in library.roles.values():
        yield from _questions(role, role.entry.faq)
        for index, stage in enumerate(role.entry.stages):
            if len(set(stage.titles)) < len(stage.titles):
                yield role.problem(("stages", index, "titles"), "The same title stands here twice.")
    for transition in library.transitions.values():
        yield from _questions(transition, transition.entry.faq)
        title = transition.entry.title
        if title and KEYS_OF_NUMBERS.search(title):
            yield transition.problem(("title",), "Only {months} can be filled in.")


def _may_be_wrong(text: str) -> object:
    """Whether any rule about wording may find something in it."""
    lowered = text.lower()
    return any(sign in lowered for sign in SIGNS) or ARTICLE.search(text) or MISPLACED_AN.search(text)


def _names(library: Library) -> Iterator[tuple[Item[Any], tuple[str | int, ...], str]]:
    """Names and titles that no load has seen, with their places.

    Tools are written as their makers write them, and questions have no names.
    """
    for kind in ("roles", "transitions", "skills", "categories"):
        for item in library.shelf(kind).values():
            if not item.is_known:
                for location, text in _strings(item.entry, ()):
                    if location[-1] in ("title", "plural", "name") or location[-2:-1] in (
                        ("titles",),
                        ("also_called",),
                    ):
                        yield item, location, text


def _acronyms(item: Item[Any], location: tuple[str | int, ...], text: str) -> Iterator[Problem]:
    """In names only, as running text may quote commands."""
    for word in re.findall(r"[A-Za-z]+", text):
        right = ACRONYMS.get(word.lower())
        if right and word != right and not (word.islower() and word in ("api", "ui")):
            yield item.problem(location, f'"{word}" is written "{right}".')


def _questions(item: Item[Any], faq: list[schema.FaqEntry]) -> Iterator[Problem]:
    for index, entry in enumerate(faq):
        if not entry.question.endswith("?"):
            yield item.problem(("faq", index, "question"), "A question ends with a question mark.")
