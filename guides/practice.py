"""Interview practice with Leitner boxes: what is known well comes back late, what is weak comes back soon.

A question starts in box 1. "Sure" moves it one box up, "ok" leaves it, "weak" puts it back into box 1. A question comes
back 1, 2, 4, 8 or 16 days after it was rated, by its box (S. Leitner, So lernt man lernen, 1972, with doubling
intervals).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Rating = Literal["weak", "ok", "sure"]

RATINGS: tuple[Rating, ...] = ("weak", "ok", "sure")
"""From the weakest to the surest."""

DAYS = (1, 2, 4, 8, 16)
"""Days until a question of box 1, 2, ... comes back."""

LAST_BOX = len(DAYS)


@dataclass(frozen=True)
class Rated:
    """Where a question stands since it was last rated, on ``on``; it comes back on ``due``."""

    box: int
    due: date
    rating: Rating
    on: date


@dataclass(frozen=True)
class Card:
    """A question of the deck and how it stands; None when it was never rated."""

    key: str
    skill: str
    rated: Rated | None = None


@dataclass(frozen=True)
class Standing:
    """A deck at a glance: cards by box (first the unseen ones, then boxes 1 to 5), and what is due."""

    boxes: tuple[int, ...]
    due: int
    unseen: int
    next_due: date | None
    """The day on which the next rated card comes back, when none is due and none unseen."""


@dataclass(frozen=True)
class WeakSpot:
    """A skill whose questions went badly, and the phases that teach it, the one that spends most time on it first."""

    skill: str
    questions: tuple[str, ...]
    phases: tuple[str, ...]


def rate(rated: Rated | None, rating: Rating, today: date) -> Rated:
    """How a question stands after it was rated ``rating`` today; ValueError for a box that does not exist."""
    box = rated.box if rated else 1
    if not 1 <= box <= LAST_BOX:
        raise ValueError(f"Boxes go from 1 to {LAST_BOX}, not {box}.")
    if rating == "weak":
        box = 1
    elif rating == "sure":
        box = min(box + 1, LAST_BOX)
    return Rated(box=box, due=today + timedelta(days=DAYS[box - 1]), rating=rating, on=today)


def next_question(deck: Sequence[Card], today: date) -> Card | None:
    """The card to ask now; None when nothing is due and nothing unseen.

    Due cards come first: lowest box, then the weakest rating, then the longest wait. Unseen ones follow in the order of
    the deck, which also decides between equals, so the same deck always gives the same card.
    """
    due = [(_urgency(card.rated), number) for number, card in enumerate(deck) if card.rated and card.rated.due <= today]
    if due:
        return deck[min(due)[1]]
    return next((card for card in deck if card.rated is None), None)


def standing(deck: Sequence[Card], today: date) -> Standing:
    """The deck at a glance."""
    boxes = [0] * (LAST_BOX + 1)
    for card in deck:
        boxes[card.rated.box if card.rated else 0] += 1
    dues = sorted(card.rated.due for card in deck if card.rated)
    due = sum(day <= today for day in dues)
    waits = not due and not boxes[0]
    return Standing(boxes=tuple(boxes), due=due, unseen=boxes[0], next_due=dues[0] if waits and dues else None)


def weak_spots(deck: Sequence[Card], teaches: Sequence[tuple[str, Mapping[str, float]]]) -> tuple[WeakSpot, ...]:
    """Skills with questions last rated weak, those with most of them first.

    ``teaches`` gives, for each phase of a roadmap in order, its key and the weeks that it spends on each skill.
    """
    weak: dict[str, list[str]] = {}
    for card in deck:
        if card.rated and card.rated.rating == "weak":
            weak.setdefault(card.skill, []).append(card.key)
    spots = []
    for skill, questions in weak.items():
        phases = [(-weeks[skill], number, key) for number, (key, weeks) in enumerate(teaches) if skill in weeks]
        spots.append(WeakSpot(skill, tuple(questions), tuple(key for *_, key in sorted(phases))))
    return tuple(sorted(spots, key=lambda spot: -len(spot.questions)))


def _urgency(rated: Rated) -> tuple[int, int, date]:
    return rated.box, RATINGS.index(rated.rating), rated.due
