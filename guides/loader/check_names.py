"""One thing, one name, one address: near-duplicates, aliases, removed pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from .library import Item, Library
from .problems import Problem
from .schema import Entry

ALIKE = 0.88
"""Similarity of two names above which they are taken for one thing."""


def check_names(library: Library) -> Iterator[Problem]:
    """No skill, role or category under two names."""
    skills = [(item, name) for item in library.skills.values() for name in (item.entry.name, *item.entry.also_called)]
    yield from _alike(skills, "skill")
    roles = [(item, name) for item in library.roles.values() for name in (item.entry.title, *item.entry.also_called)]
    yield from _same(roles, "role")
    lines: dict[str, str] = {}
    for slug, category in library.categories.items():
        taken = lines.setdefault(category.entry.line, slug)
        if taken != slug:
            yield category.problem(
                ("line",), f'"{category.entry.line}" is the line of {taken} already; every category has its own.'
            )


def _key(name: str) -> str:
    """What two spellings of one name share: its words without fillers, plural and punctuation."""
    plain = "".join(sign if sign.isalnum() else " " for sign in name.lower().replace("&", " and "))
    words = {word.rstrip("s") if len(word) > 3 else word for word in plain.split()}
    return " ".join(sorted(words - {"and", "the", "of", "a", "for", "with", "to", "in"}))


def _same(named: Sequence[tuple[Item[Entry], str]], noun: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for item, name in named:
        owner = seen.setdefault(_key(name), item.slug)
        if owner != item.slug:
            yield item.problem((), f'"{name}" is a name of the {noun} {owner} too.')


def _alike(named: Sequence[tuple[Item[Entry], str]], noun: str) -> Iterator[Problem]:
    """Also names that differ by a letter or two; compared within the same beginning, so that many stay cheap."""
    yield from _same(named, noun)
    groups: dict[str, list[tuple[Item[Entry], str]]] = defaultdict(list)
    for item, name in named:
        groups[name.lower()[:4]].append((item, name))
    reported: set[frozenset[str]] = set()
    for group in groups.values():
        for index, (item, name) in enumerate(group):
            for other, known in group[:index]:
                pair = frozenset((item.slug, other.slug))
                if len(pair) == 1 or pair in reported or _key(name) == _key(known):
                    continue
                if SequenceMatcher(None, name.lower(), known.lower()).ratio() >= ALIKE:
                    reported.add(pair)
                    yield item.problem(
                        (), f'"{name}" is nearly "{known}" of the {noun} {other.slug}; use one {noun} with also_called.'
                    )


def check_aliases(library: Library) -> Iterator[Problem]:
    """A former address leads to one page and is not the address of another."""
    for kind in ("categories", "skills", "roles", "transitions"):
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
    pages = {
        f"/{kind}/{slug}/" for kind in ("roles", "skills", "transitions", "categories") for slug in library.shelf(kind)
    }
    for path, item in library.removed.items():
        if path in pages:
            yield item.problem(("path",), f"{path} is a page of the site; remove its file or this entry.")
        successor = item.entry.successor
        if successor and successor.count("/") > 2 and successor not in pages:
            yield item.problem(("successor",), f"{successor} is not a page of the site.")
