"""One thing, one name, one address: near-duplicates, aliases, removed pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from .library import Item, Library
from .problems import Problem, did_you_mean

ALIKE = 0.88
"""Similarity of two names above which they are taken for one thing."""


KINDS = ("categories", "skills", "roles", "transitions")
"""Kinds that have pages of their own."""

Named = tuple[Item[Any], tuple[str | int, ...], str]
"""An entry, where it states a name, and the name."""


def check_names(library: Library) -> Iterator[Problem]:
    """No skill, role or category under two names."""
    yield from _alike([named for item in library.skills.values() for named in _names(item, "name")], "skill")
    yield from _same([named for item in library.roles.values() for named in _names(item, "title")], "role")
    lines: dict[str, str] = {}
    for slug, category in library.categories.items():
        taken = lines.setdefault(category.entry.line, slug)
        if taken != slug:
            yield category.problem(
                ("line",), f'"{category.entry.line}" is the line of {taken} already; every category has its own.'
            )


def _names(item: Item[Any], field: str) -> Iterator[Named]:
    yield item, (field,), getattr(item.entry, field)
    for index, name in enumerate(item.entry.also_called):
        yield item, ("also_called", index), name


def _key(name: str) -> str:
    """What two spellings of one name share: its words without fillers, plural and punctuation."""
    plain = "".join(sign if sign.isalnum() else " " for sign in name.lower().replace("&", " and "))
    words = {_singular(word) if len(word) > 3 else word for word in plain.split()}
    return " ".join(sorted(words - {"and", "the", "of", "a", "for", "with", "to", "in"}))


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.rstrip("s")


def _same(named: list[Named], noun: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for item, location, name in named:
        owner = seen.setdefault(_key(name), item.slug)
        if owner != item.slug:
            yield item.problem(location, f'"{name}" is a name of the {noun} {owner} too.')


def _alike(named: list[Named], noun: str) -> Iterator[Problem]:
    """Also names that differ by a letter or two; compared within the same beginning, so that many stay cheap."""
    yield from _same(named, noun)
    groups: dict[str, list[Named]] = defaultdict(list)
    for one in named:
        groups[one[2].lower()[:4]].append(one)
    reported: set[frozenset[str]] = set()
    for group in groups.values():
        for index, (item, location, name) in enumerate(group):
            for other, _, known in group[:index]:
                pair = frozenset((item.slug, other.slug))
                if len(pair) == 1 or pair in reported or _key(name) == _key(known):
                    continue
                if SequenceMatcher(None, name.lower(), known.lower()).ratio() >= ALIKE:
                    reported.add(pair)
                    yield item.problem(
                        location,
                        f'"{name}" is nearly "{known}" of the {noun} {other.slug}; use one {noun} with also_called.',
                    )


def check_aliases(library: Library) -> Iterator[Problem]:
    """A former address leads to one page and is not the address of another."""
    for kind in KINDS:
        shelf = library.shelf(kind)
        owners: dict[str, str] = {}
        for slug, item in sorted(shelf.items()):
            for index, alias in enumerate(getattr(item.entry, "aliases", [])):
                if alias in shelf:
                    whose = "this page's own address" if alias == slug else "the address of another page"
                    yield item.problem(("aliases", index), f'"{alias}" is {whose}.')
                elif alias in owners:
                    yield item.problem(("aliases", index), f'"{alias}" is an alias of {owners[alias]} already.')
                owners.setdefault(alias, slug)


def check_removed(library: Library) -> Iterator[Problem]:
    """Removed pages are really gone, and their successors are there."""
    pages = {f"/{kind}/{slug}/" for kind in KINDS for slug in library.shelf(kind)}
    pages |= {f"/{kind}/{slug}/" for kind, slug in library.broken if kind in KINDS}
    lists = {f"/{kind}/" for kind in KINDS} | {f"/transitions/{slug}/" for slug in library.roles}
    for path, item in library.removed.items():
        if path in pages:
            yield item.problem(("path",), f"{path} is a page of the site; remove its file or this entry.")
        successor = item.entry.successor
        if successor and successor not in pages | lists:
            near = did_you_mean(successor, pages)
            yield item.problem(("successor",), f"{successor} is not a page of the site.{near}")
