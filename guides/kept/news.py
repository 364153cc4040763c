"""What became of rated skills and of the visitor's role since they last saw them: renamed, merged, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .document import KeptDocument
from .survival import Moves

NewsKind = Literal["renamed", "merged", "gone"]


@dataclass(frozen=True)
class News:
    """One thing that is otherwise than before. ``now`` is the name of today; empty for what is gone."""

    part: Literal["skill", "role"]
    kind: NewsKind
    before: str
    now: str = ""


def names_of(skills: Mapping[str, str], roles: Mapping[str, str]) -> dict[str, str]:
    """Names as a document keeps them, from names by slug."""
    return {f"skills/{slug}": name for slug, name in skills.items()} | {
        f"roles/{slug}": title for slug, title in roles.items()
    }


def with_names(document: KeptDocument, names: Mapping[str, str]) -> KeptDocument:
    """The document with names that the visitor has seen just now."""
    return document.model_copy(update={"names": {**document.names, **names}})


def news(document: KeptDocument, moves: Moves, live: Mapping[str, str]) -> tuple[News, ...]:
    """What the visitor has not been told yet, in the order of the names that they know.

    ``document`` went through ``renamed`` with the same moves; ``live`` are the names of today of what it holds, in the
    form of ``names_of``. A skill that is no longer rated is no news.
    """
    places = {place: _now(place, moves) for place in document.names}
    times = Counter(places.values())
    found: list[News] = []
    for place, before in sorted(document.names.items(), key=lambda item: (item[1].casefold(), item[0])):
        part, slug = (now := places[place]).split("/", 1)
        if slug not in document.ledger if part == "skills" else slug != document.current_role:
            continue
        name = live.get(now, "")
        # Two that the visitor knows under names of their own have become one.
        is_merged = place != now and times[now] > 1
        kind: NewsKind = "gone" if now not in live else "merged" if is_merged else "renamed"
        if kind != "renamed" or name != before:
            found.append(News("skill" if part == "skills" else "role", kind, before, name))
    return tuple(found)


def _now(place: str, moves: Moves) -> str:
    part, slug = place.split("/", 1)
    return f"{part}/{(moves.skills if part == 'skills' else moves.roles).get(slug, slug)}"


def noted(document: KeptDocument, live: Mapping[str, str]) -> KeptDocument:
    """The document once the visitor has taken note: it knows the names of today, and none of what is gone."""
    return document.model_copy(update={"names": dict(live)})
