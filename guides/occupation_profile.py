"""What an occupation asks for, out of its ratings: the requirements that tell it from others.

Importance runs from 1 to 5; standardised to (I - 1) / 4, as O*NET does, a requirement is needed from one half and core
from three quarters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .proximity import Norm

NEEDED, CORE = 3.0, 4.0
"""Importance from which a requirement is needed and from which it is core: one half and three quarters of the scale."""

LEVEL_WORDS = ((5.5, "expert"), (4.0, "advanced"), (2.0, "working"), (0.0, "basic"))
"""Level from which each word is used. Levels run from 0 to 7 with anchors at 2, 4 and 6 that differ from element to
element; these bands lie between them and are ours."""

SKILLS_SHOWN, KNOWLEDGE_SHOWN, INTERESTS_SHOWN, TOOLS_SHOWN = 10, 6, 3, 24


@dataclass(frozen=True)
class Need:
    """A skill or field of knowledge that an occupation needs: importance 1 to 5, level 0 to 7.

    ``weight`` is by how many standard deviations it is more important here than in all occupations; 0 when it is not.
    """

    name: str
    importance: float
    level: float
    weight: float

    @property
    def is_core(self) -> bool:
        """Whether the work cannot be done without it."""
        return self.importance >= CORE


@dataclass(frozen=True)
class OccupationProfile:
    """What an occupation asks for, the most telling first. ``source`` is the slug of where the ratings come from."""

    skills: tuple[Need, ...]
    knowledge: tuple[Need, ...]
    interests: tuple[str, ...]
    """The vocational interests that it answers most, by O*NET's names."""
    source: str


@dataclass(frozen=True)
class ToolsInUse:
    """Products that people in an occupation use: those in demand first, and the rarest of them."""

    names: tuple[str, ...]
    more: int
    source: str


def profile_of(figures: Mapping[str, Any]) -> OccupationProfile | None:
    """The profile in an occupation's stored figures; None when nobody rated it."""
    profile = figures["profile"]
    if not profile:
        return None
    return OccupationProfile(
        _needs(profile["skills"])[:SKILLS_SHOWN],
        _needs(profile["knowledge"])[:KNOWLEDGE_SHOWN],
        tuple(sorted(profile["interests"], key=lambda name: (-profile["interests"][name], name))[:INTERESTS_SHOWN]),
        profile["source"],
    )


def _needs(asked: Mapping[str, Mapping[str, float]]) -> tuple[Need, ...]:
    """What is needed, by importance and by how much that is more than usual."""
    needs = [
        Need(name, one["importance"], one["level"], Norm(one["usual"], one["spread"]).distinctive(one["importance"]))
        for name, one in asked.items()
        if one["importance"] >= NEEDED
    ]
    return tuple(sorted(needs, key=lambda need: (-need.importance * (0.5 + need.weight), need.name)))


def tools_of(figures: Mapping[str, Any]) -> ToolsInUse | None:
    """The products in an occupation's stored figures; None when none is recorded."""
    work = figures["work"]
    if not work or not work["tools"]:
        return None
    hot = set(work["hot_tools"])
    # Of those in demand, and then of the others, the ones that few occupations use tell most about this one.
    names = tuple(sorted(work["tools"], key=lambda name: (name not in hot, work["tools"][name], name)))[:TOOLS_SHOWN]
    return ToolsInUse(names, len(work["tools"]) - len(names), work["source"])
