"""A role as the rules that judge or compare it know it: its facts as plain values, whatever they are stored in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .duration import Duration
from .figures import OfficialFigures
from .gap import Requirement
from .pay import PayBasis
from .vocabulary import Coding, Difficulty, EntryBarrier, Price, Remote, WorkMode


@dataclass(frozen=True, slots=True)
class DayTask:
    """A piece of the typical day. ``key`` stays when its text is edited; empty: that of its text."""

    text: str
    mode: WorkMode
    key: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """Where people come from; ``role`` is the slug of the role it names, empty where the site has none."""

    words: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A tool of the trade; ``note`` is an edition or a purpose."""

    slug: str
    name: str
    price: Price
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """A stage of the career ladder; pay in US dollars a year, None where it is not known."""

    titles: tuple[str, ...]
    years_from: int
    years_to: int | None
    pay_low: int | None
    pay_high: int | None


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """The facts of a role.

    ``figures`` are the official ones that stand for it (``figures.standing_for``). ``taught_weeks``: slug of a skill →
    weeks that the role's roadmap spends on it. ``ladder_source`` is the slug of the source of the ladder.
    """

    slug: str
    title: str
    category: str
    difficulty: Difficulty
    entry_barrier: EntryBarrier
    entry_barrier_why: str
    coding: Coding
    coding_why: str
    remote: Remote
    remote_why: str
    has_ai: bool
    duration: Duration
    taught_weeks: Mapping[str, float]
    pay: PayBasis
    figures: tuple[OfficialFigures, ...]
    required: tuple[Requirement, ...]
    day: tuple[DayTask, ...]
    backgrounds: tuple[Background, ...]
    tools: tuple[ToolUse, ...]
    ladder: tuple[Rung, ...]
    ladder_source: str

    @property
    def together_share(self) -> float | None:
        """Share of the day's pieces that are done with others, 0 to 1; None when no day is described."""
        if not self.day:
            return None
        return sum(task.mode == WorkMode.TOGETHER for task in self.day) / len(self.day)

    @property
    def pay_source(self) -> str:
        """Slug of the source of the pay; empty when pay is not known."""
        return next((row.source for row in self.pay.rows if row.pay), "")
