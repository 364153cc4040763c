"""What a skill gap says: its sum in a sentence, its three parts, and each skill's levels and hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .gap import GapEntry, SkillGap
from .phrases import count, in_sentence, listing, share
from .vocabulary import GapKind, Level

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


@dataclass(frozen=True)
class EntryWords:
    """A skill of the gap: from which level to which, and the hours between; no hours where nothing is missing."""

    entry: GapEntry
    levels: str
    hours: str


@dataclass(frozen=True)
class PartWords:
    """One of the three parts of a gap."""

    kind: GapKind
    heading: str
    lead: str
    entries: tuple[EntryWords, ...]


HEADINGS: Mapping[GapKind, tuple[str, str]] = {
    GapKind.CARRIED: ("Held", "At the level that the role asks, or above."),
    GapKind.TO_DEEPEN: ("To deepen", "Begun, but below the level that the role asks."),
    GapKind.NEW: ("New", "Not held yet."),
}

HOURS_EXPLAINED = (
    "Hours are those of the skill guides, for somebody without a head start. What you know from elsewhere shortens "
    "them. A roadmap counts its own: the hours of its tasks, as far as first applications."
)


def gap_summary(gap: SkillGap, holder: str = "You hold") -> str:
    """``You hold 4 of the role's 11 skills at the level asked, 45 % of all levels. 310 hours remain, 240 of them for
    essential skills.``"""
    all_skills = count(len(gap.entries), "skill")
    if len(gap.carried) == len(gap.entries):
        return f"{holder} all of the role{APOSTROPHE}s {all_skills} at the level asked."
    held = f"{holder} {len(gap.carried) or 'none'} of the role{APOSTROPHE}s {all_skills} at the level asked"
    return f"{held}, {share(gap.readiness)} of all levels. {_remaining(gap)}"


def _remaining(gap: SkillGap) -> str:
    remain = "hour remains" if gap.hours == 1 else "hours remain"
    if gap.essential_hours == gap.hours:
        return f"{gap.hours:,} {remain}, all for essential skills."
    if not gap.essential_hours:
        return f"{gap.hours:,} {remain}, none of them for an essential skill."
    return f"{gap.hours:,} {remain}, {gap.essential_hours:,} of them for essential skills."


def gap_parts(gap: SkillGap) -> tuple[PartWords, ...]:
    """The parts that have skills in them: held, to deepen, new."""
    parts = {GapKind.CARRIED: gap.carried, GapKind.TO_DEEPEN: gap.to_deepen, GapKind.NEW: gap.new}
    return tuple(
        PartWords(kind, *HEADINGS[kind], entries=tuple(EntryWords(one, levels(one), hours(one)) for one in entries))
        for kind, entries in parts.items()
        if entries
    )


def gap_lines(gap: SkillGap) -> list[str]:
    """Each part in a line: ``To deepen: Python for scripting (40 hours), statistics (12 hours).`` Then, where hours
    remain, what they are, because they are not those of a roadmap beside them."""
    parts = [f"{part.heading}: {listing([_named(one) for one in part.entries])}." for part in gap_parts(gap)]
    return [*parts, HOURS_EXPLAINED] if gap.hours else parts


def _named(one: EntryWords) -> str:
    name = in_sentence(one.entry.requirement.name)
    return f"{name} ({one.hours})" if one.hours else name


def levels(entry: GapEntry) -> str:
    """``Working to Practitioner``, ``Practitioner``, ``Expert held, Working asked``."""
    asked = entry.requirement.level.label
    if entry.kind == GapKind.NEW:
        return f"To {asked}"
    held = Level(entry.held).label
    if entry.kind == GapKind.TO_DEEPEN:
        return f"{held} to {asked}"
    return asked if entry.held == entry.requirement.level else f"{held} held, {asked} asked"


def hours(entry: GapEntry) -> str:
    """``120 hours``; empty where the level is reached."""
    return count(entry.hours, "hour") if entry.hours else ""
