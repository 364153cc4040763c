"""What other entries may know of one: as long as that is the same, an edit is nobody else's business.

Its names and former addresses are compared with those of all others, and whatever it refers to counts as used.
"""

from __future__ import annotations

from typing import Any

from .check_references import references_of
from .library import Item

NAMES = ("name", "title", "also_called", "aliases", "line")


def outline(item: Item[Any]) -> tuple[object, ...]:
    """The slug, the names and the references of an entry, in a form that can be compared."""
    names = tuple(str(getattr(item.entry, name, None)) for name in NAMES)
    return item.slug, names, frozenset((kind, slug) for kind, _, slug in references_of(item.entry))
