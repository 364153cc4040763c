"""Time: weeks of a roadmap, the hours behind them and the months they amount to. Headlines are computed here only."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

DAYS_PER_YEAR = 365.2425
"""Mean length of a year in the Gregorian calendar."""

DAYS_PER_MONTH = DAYS_PER_YEAR / 12
"""Mean length of a month in the Gregorian calendar."""

WEEKS_PER_MONTH = DAYS_PER_MONTH / 7

HOURS_TOLERANCE = 0.15
"""Share by which the hours of a phase's tasks may leave those of its weeks."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of study: ``weeks`` at ``hours_per_week``."""

    weeks: int
    hours_per_week: int

    @property
    def hours(self) -> int:
        """Hours of work in all."""
        return self.weeks * self.hours_per_week

    @property
    def months(self) -> int:
        """Calendar months, rounded to the nearest, at least one."""
        return max(1, floor(self.weeks / WEEKS_PER_MONTH + 0.5))

    def weeks_at(self, hours_per_week: int) -> int:
        """Weeks that the same hours take at another pace, rounded up. ValueError below one hour a week."""
        if hours_per_week < 1:
            raise ValueError("A pace is at least one hour a week.")
        return ceil(self.hours / hours_per_week)


def most_weeks(months: int) -> int:
    """The longest roadmap in weeks that rounds to at most ``months`` calendar months."""
    return ceil((months + 0.5) * WEEKS_PER_MONTH) - 1


def hours_disagree(task_hours: int, phase: Duration, tolerance: float = HOURS_TOLERANCE) -> bool:
    """Whether the tasks of a phase need noticeably more or fewer hours than the phase has."""
    return abs(task_hours - phase.hours) > tolerance * phase.hours
