"""Addresses that pages once had: renamed ones lead on for ever, removed ones say what to read instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models import FormerAddress
from .library import Item, Library

WITH_ALIASES = ("categories", "skills", "roles", "transitions")


def write_addresses(library: Library, removed: Mapping[str, str]) -> list[str]:
    """Remembers aliases and removals (address → title); returns the removed addresses that nobody spoke of.

    An address on which a page lives again is forgotten, no other ever is.
    """
    live = {f"/{kind}/{slug}/" for kind in WITH_ALIASES for slug in library.shelf(kind)}
    known = dict(FormerAddress.objects.filter(is_gone=True).values_list("path", "title"))
    rows: dict[str, FormerAddress] = {}
    for path, title in removed.items():
        rows[path] = FormerAddress(path=path, is_gone=True, title=title, successor=_successor(path, library))
    for path, item in library.removed.items():
        rows[path] = FormerAddress(
            path=path,
            is_gone=True,
            title=removed.get(path, known.get(path, "")),
            reason=item.entry.reason,
            successor=item.entry.successor or "",
        )
    for kind in WITH_ALIASES:
        for slug, entry in library.shelf(kind).items():
            for alias in former_slugs(library, kind, entry):
                path = f"/{kind}/{alias}/"
                if path not in live:
                    rows[path] = FormerAddress(path=path, is_gone=False, successor=f"/{kind}/{slug}/")
    revived = live.intersection(FormerAddress.objects.values_list("path", flat=True))
    FormerAddress.objects.filter(path__in=revived).delete()
    FormerAddress.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["is_gone", "successor", "title", "reason"],
    )
    return [path for path in removed if rows[path].is_gone and path not in library.removed]


def _successor(path: str, library: Library) -> str:
    """For a removed transition, the list of its origin, where there still is one; else nothing is guessed."""
    parts = path.strip("/").split("/")
    if parts[0] == "transitions" and parts[1] in library.roles:
        return f"/transitions/{parts[1]}/"
    return f"/{parts[0]}/" if parts[0] in ("roles", "skills") else ""


def former_slugs(library: Library, kind: str, item: Item[Any]) -> list[str]:
    """Slugs that a page had before: its aliases and, for a transition, every pairing of its roles' aliases."""
    slugs = list(getattr(item.entry, "aliases", []))
    if kind == "transitions":
        origin, destination = ([side, *library.roles[side].entry.aliases] for side in item.slug.split("/"))
        pairs = [f"{a}/{b}" for a in origin for b in destination]
        slugs += [pair for pair in pairs if pair != item.slug and pair not in slugs]
    return slugs
