"""Sentences about official occupations and about looking for the job that somebody holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .occupation_profile import Need
from .phrases import count, listing
from .transition import Match
from .transition_phrases import band_words, level_word, match_share

NOT_LOADED = (
    "Only the roles with a guide are known here: the official classification of occupations has not been loaded."
)

UNRATED = "Nobody has rated what this occupation asks for. In comparisons the nearest rated ones stand for it:"


def occupation_lead(code: str, group: str, titles: int) -> str:
    """What the page of an occupation is."""
    others = f" {count(titles, 'other title')} stand for the same work." if titles else ""
    return (
        f"Occupation {code} of the official classification of the United States, group “{group}”. What stands here "
        f"is taken or computed from public data; nobody has written or reviewed a guide to it.{others}"
    )


def instead_sentence(query: str, instead: str, is_part: bool) -> str:
    """Why the results are not for the words that were typed; empty when they are."""
    if not instead:
        return ""
    if is_part:
        return f"No official title has all the words of “{query}”. These have “{instead}”."
    return f"No official title is spelt “{query}”. These have “{instead}”."


def found_sentence(roles: int, occupations: int, query: str) -> str:
    """How many jobs were found."""
    parts = [count(number, noun) for number, noun in ((roles, "role"), (occupations, "official occupation")) if number]
    return f"{listing(parts)} for “{query}”" if parts else f"No job is called “{query}” here"


@dataclass(frozen=True)
class Alikeness:
    """A match in words: the band's, and the share of pairs that are less alike."""

    word: str
    note: str


def alikeness(match: Match) -> Alikeness:
    """How alike two ends are."""
    return Alikeness(band_words(match.band), f"more alike than {match_share(match)} of all pairs")


@dataclass(frozen=True)
class NeedWords:
    """A requirement as a row of a table: its name, how important it is, which level it is needed at."""

    name: str
    importance: str
    level: str


def need_words(need: Need) -> NeedWords:
    """``Programming``, ``Core``, ``Advanced, 4.1 of 7``."""
    level = f"{level_word(need.level).capitalize()}, {need.level:.1f} of 7"
    return NeedWords(need.name, "Core" if need.is_core else "Needed", level)


def interests_sentence(interests: Sequence[str]) -> str:
    """Which interests the work answers."""
    return f"It answers {listing([one.lower() for one in interests])} interests most."


def more_tools(number: int) -> str:
    """That more products are recorded than are named."""
    return f"and {count(number, 'other')} on record" if number else ""
