"""Finds the end of a move that somebody means: by its slug, its title, a former slug, or any of its other titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .atlas import Atlas
from .destinations import Stop
from .models import FormerAddress
from .occupation_search import find_jobs

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Suggestion:
    """An end that may be meant; ``found_as`` is the title under which it was found, empty when that is its own."""

    stop: Stop
    found_as: str = ""


@dataclass(frozen=True)
class Meant:
    """What some words mean: an end, or none that is known by them."""

    text: str
    stop: Stop | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether something was said that names no end."""
        return bool(self.text) and self.stop is None

    @property
    def title(self) -> str:
        """The title of the end, or the words as they were typed."""
        return self.stop.title if self.stop else self.text


def meant(known: Atlas, text: str) -> Meant:
    """The end that ``text`` names, a role before an occupation; at most one query."""
    return Meant(text, (known.by_slug.get(text) or _titled(known, text) or _formerly(known, text)) if text else None)


def suggested(known: Atlas, text: str) -> list[Suggestion]:
    """The ends whose titles answer ``text``, misspelt or not."""
    found = find_jobs(text)
    slugs = [(role.slug, "") for role in found.roles]
    slugs += [(one.occupation.slug, one.title) for one in found.occupations]
    return [Suggestion(known.by_slug[slug], title) for slug, title in dict(slugs).items() if slug in known.by_slug]


def _titled(known: Atlas, text: str) -> Stop | None:
    folded = text.casefold()
    return next((stop for stop in known.stops if stop.title.casefold() == folded), None)


def _formerly(known: Atlas, text: str) -> Stop | None:
    """The role that had the slug before; one step back, which is as far as editors' aliases go."""
    if not SLUG.fullmatch(text):
        return None
    row = FormerAddress.objects.filter(path=f"/roles/{text}/", is_gone=False).first()
    return known.by_slug.get(row.successor.strip("/").rpartition("/")[2]) if row else None
