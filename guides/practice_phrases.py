"""Sentences about interview practice."""

from __future__ import annotations

from .phrases import count
from .plan_phrases import day
from .practice import Rating, Standing

RATING_WORDS: dict[Rating, str] = {"weak": "Weak", "ok": "Good enough", "sure": "Sure"}


def progress(of: Standing, rated: int, total: int, *, is_kept: bool) -> str:
    """How far a deck is: ``Question 4 of 30``, or what is due and new today."""
    if not is_kept:
        return f"{rated} of {count(total, 'question')} rated"
    parts = [f"{of.due} due today"] if of.due else []
    parts += [f"{of.unseen} not yet asked"] if of.unseen else []
    return ", ".join([f"{rated} of {count(total, 'question')} rated", *parts])


def finished(of: Standing, *, is_kept: bool) -> str:
    """What is said when nothing is left to ask."""
    if not is_kept:
        return "Every question was asked, and none of them was left weak."
    if of.next_due is None:
        return "There is nothing to ask."
    return f"Nothing is due today. The next question comes back on {day(of.next_due)}."
