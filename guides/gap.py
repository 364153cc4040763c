"""The gap between the skills somebody holds and those that a role asks for: what is carried, to deepen and new.

Hours are the skill guides' own: so many from each level to the next, for somebody without a head start. Readiness is
the share of the levels asked that are reached, where a level of an essential skill counts twice one of an optional
skill. Holding more never adds hours and never lowers readiness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .vocabulary import GapKind, Importance, Level

LEVEL_WEIGHT = {Importance.ESSENTIAL: 2, Importance.OPTIONAL: 1}
"""What one level of a skill counts in the readiness: a role can be done without its optional skills."""

HIGHEST = max(Level)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill that a role asks for. ``hours``: from nothing to awareness, from there to working, and so on.

    ``has_page``: whether visitors may read its guide.
    """

    skill: str
    name: str
    level: Level
    importance: Importance
    hours: tuple[int, int, int, int]
    why: str = ""
    has_page: bool = True


@dataclass(frozen=True)
class GapEntry:
    """What is held of one requirement. ``held`` is 0 for "not yet", else a Level; it may lie above what is asked."""

    requirement: Requirement
    held: int

    @property
    def kind(self) -> GapKind:
        """Carried when the level asked is reached, to deepen when some level is, else new."""
        if self.held >= self.requirement.level:
            return GapKind.CARRIED
        return GapKind.TO_DEEPEN if self.held else GapKind.NEW

    @property
    def hours(self) -> int:
        """Hours from the level held to the level asked; 0 when it is reached."""
        return sum(self.requirement.hours[self.held : self.requirement.level])

    @property
    def asked(self) -> int:
        """Levels asked, times the weight of the requirement's importance."""
        return self.requirement.level * LEVEL_WEIGHT[self.requirement.importance]

    @property
    def reached(self) -> int:
        """The part of ``asked`` that is held; what is held above the level asked adds nothing."""
        return min(self.held, self.requirement.level) * LEVEL_WEIGHT[self.requirement.importance]


@dataclass(frozen=True)
class SkillGap:
    """Every requirement once, in the order of the role. The entries are the reasons: their parts add up to the
    totals."""

    entries: tuple[GapEntry, ...]

    @cached_property
    def carried(self) -> tuple[GapEntry, ...]:
        """Held at the level asked or above."""
        return self._of(GapKind.CARRIED)

    @cached_property
    def to_deepen(self) -> tuple[GapEntry, ...]:
        """Held below the level asked."""
        return self._of(GapKind.TO_DEEPEN)

    @cached_property
    def new(self) -> tuple[GapEntry, ...]:
        """Not held."""
        return self._of(GapKind.NEW)

    @cached_property
    def hours(self) -> int:
        """Hours to reach everything asked."""
        return sum(entry.hours for entry in (*self.to_deepen, *self.new))

    @cached_property
    def essential_hours(self) -> int:
        """Hours to reach what the role cannot be done without."""
        missing = (*self.to_deepen, *self.new)
        return sum(entry.hours for entry in missing if entry.requirement.importance == Importance.ESSENTIAL)

    @cached_property
    def reached(self) -> int:
        """Weighted levels reached; see ``GapEntry.reached``."""
        return sum(entry.reached for entry in self.entries)

    @cached_property
    def asked(self) -> int:
        """Weighted levels asked; see ``GapEntry.asked``."""
        return sum(entry.asked for entry in self.entries)

    @cached_property
    def readiness(self) -> float:
        """``reached`` of ``asked``, 0 to 1; 1 where nothing is asked."""
        return self.reached / self.asked if self.asked else 1.0

    @cached_property
    def _by_kind(self) -> Mapping[GapKind, list[GapEntry]]:
        found: dict[GapKind, list[GapEntry]] = {kind: [] for kind in GapKind}
        for entry in self.entries:
            found[entry.kind].append(entry)
        return found

    def _of(self, kind: GapKind) -> tuple[GapEntry, ...]:
        return tuple(self._by_kind[kind])


ENOUGH = 0.75
"""Share of the hours to a level that counts as about reaching it: hours are estimates and nobody keeps to them."""


def level_after(held: int, studied: float, steps: Sequence[int]) -> int:
    """The level about reached by ``studied`` hours from level ``held`` on, 0 to 4; ``steps`` as in ``Requirement``."""
    reached = held
    for level in range(held + 1, HIGHEST + 1):
        if studied < ENOUGH * sum(steps[held:level]):
            break
        reached = level
    return reached


def between(held: Mapping[str, int], required: Iterable[Requirement]) -> SkillGap:
    """The gap from ``held`` (slug of a skill → level, 0 for "not yet") to ``required``.

    A skill that is not in ``held`` counts as not yet held; a number outside of 0 to 4 counts as the nearest of them.
    """
    return SkillGap(tuple(GapEntry(one, min(HIGHEST, max(0, held.get(one.skill, 0)))) for one in required))
