"""Money over time: what a move does to a household, month by month, under the visitor's own numbers.

Two cases bound what may happen. The better one is the higher new pay, the worse one the lower; for each month the more
or less favourable end of the plan's finish is taken, so the truth lies between them whichever way pay changes.

- Until the finish the old take-home comes in; in the first ``reduced_months`` the reduced one.
- The new take-home comes in from the month after the finish, whatever was reduced before. Time spent looking for work
  belongs into ``search_months``, which move that month.
- Courses are paid in the first month: the least favourable time.

The balance of a month is everything received since the start, less the courses, less what staying would have brought.
Amounts are whole units of one currency after tax; raises, interest and inflation are left out on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

HORIZON_YEARS = 10
"""Further ahead than this nobody knows what anybody earns."""

MOST = 10_000_000
"""No amount may be larger: it leaves room for currencies with small units."""

MOST_MONTHS = 120


@dataclass(frozen=True)
class OwnNumbers:
    """What a visitor knows of their own money, in whole units after tax; pay is that of a month.

    ValueError when an amount is negative or above ``MOST``, months are negative or above ``MOST_MONTHS``, or the new
    pay's low end is above its high end.
    """

    take_home: int
    new_low: int
    new_high: int
    course_costs: int = 0
    reduced_months: int = 0
    reduced_take_home: int = 0
    search_months: int = 0

    def __post_init__(self) -> None:
        amounts = (self.take_home, self.new_low, self.new_high, self.course_costs, self.reduced_take_home)
        if any(not 0 <= amount <= MOST for amount in amounts):
            raise ValueError(f"An amount lies between 0 and {MOST:,}.")
        if any(not 0 <= number <= MOST_MONTHS for number in (self.reduced_months, self.search_months)):
            raise ValueError(f"A number of months lies between 0 and {MOST_MONTHS}.")
        if self.new_low > self.new_high:
            raise ValueError("The low end of the new pay is not above its high end.")


@dataclass(frozen=True)
class MoneyMonth:
    """A month: number (1 for the first), first day, income and balance in the worse and the better case."""

    number: int
    first_day: date
    income_low: int
    income_high: int
    balance_low: int
    balance_high: int


@dataclass(frozen=True)
class Deepest:
    """The lowest balance of a case and the first month that has it."""

    month: date
    amount: int


@dataclass(frozen=True)
class BreakEven:
    """First months in which the balance is back at nothing, better case first; None: not within ``years``."""

    earliest: date | None
    latest: date | None
    years: int


@dataclass(frozen=True)
class MoneyOverTime:
    """Every month up to the horizon, and what matters in them."""

    numbers: OwnNumbers
    months: tuple[MoneyMonth, ...]
    deepest_low: Deepest
    deepest_high: Deepest
    break_even: BreakEven
    new_job_from: tuple[date, date]
    """First month of the new pay after the earliest and the latest finish; it may lie beyond the horizon."""

    @property
    def dip(self) -> int:
        """The most that one has to have put aside: how far the worse case falls below staying."""
        return max(0, -self.deepest_low.amount)

    @property
    def shown(self) -> tuple[MoneyMonth, ...]:
        """Months worth showing: up to a year after everything is decided, at least two years; else all."""
        if self.break_even.latest is None:
            return self.months
        decided = max(self.break_even.latest, self.new_job_from[1], self.deepest_low.month)
        number = _months_between(self.months[0].first_day, decided) + 1
        return self.months[: max(24, number + 12)]

    @property
    def table(self) -> tuple[MoneyMonth, ...]:
        """The months that say the same as the whole: the first, every sixth, and those in which something changes."""
        shown = self.shown
        wanted = {self.deepest_low.month, self.deepest_high.month, *self.new_job_from}
        wanted |= {day for day in (self.break_even.earliest, self.break_even.latest) if day}
        return tuple(
            month
            for index, month in enumerate(shown)
            if month.number % 6 == 0 or index in (0, len(shown) - 1) or month.first_day in wanted
        )


def over_time(numbers: OwnNumbers, start: date, finish: tuple[date, date], years: int = HORIZON_YEARS) -> MoneyOverTime:
    """The months from that of ``start`` on, for ``years`` years; ``finish`` is the earliest and the latest finish.

    ValueError when the days do not ascend or the horizon is not 1 to ``HORIZON_YEARS`` years.
    """
    if not start <= finish[0] <= finish[1]:
        raise ValueError("A plan starts before it finishes.")
    if not 1 <= years <= HORIZON_YEARS:
        raise ValueError(f"Money is looked at for 1 to {HORIZON_YEARS} years.")
    first = start.replace(day=1)
    switches = [_months_between(first, day) + 1 + numbers.search_months for day in finish]
    low = [_incomes(numbers, numbers.new_low, switch, years * 12) for switch in switches]
    high = [_incomes(numbers, numbers.new_high, switch, years * 12) for switch in switches]
    balances_low = [_balances(numbers, incomes) for incomes in low]
    balances_high = [_balances(numbers, incomes) for incomes in high]
    months = tuple(
        MoneyMonth(
            number=index + 1,
            first_day=_month_after(first, index),
            income_low=min(one[index] for one in low),
            income_high=max(one[index] for one in high),
            balance_low=min(one[index] for one in balances_low),
            balance_high=max(one[index] for one in balances_high),
        )
        for index in range(years * 12)
    )
    days = [month.first_day for month in months]
    worse, better = [month.balance_low for month in months], [month.balance_high for month in months]
    return MoneyOverTime(
        numbers=numbers,
        months=months,
        deepest_low=_deepest(days, worse),
        deepest_high=_deepest(days, better),
        break_even=BreakEven(_break_even(days, better), _break_even(days, worse), years),
        new_job_from=(_month_after(first, switches[0]), _month_after(first, switches[1])),
    )


def _months_between(first: date, later: date) -> int:
    """From the month of one day to the month of the other."""
    return (later.year - first.year) * 12 + later.month - first.month


def _month_after(first: date, number: int) -> date:
    """First day of the month so many months after that of ``first``."""
    years, month = divmod(first.month - 1 + number, 12)
    return date(first.year + years, month + 1, 1)


def _incomes(numbers: OwnNumbers, new: int, switch: int, months: int) -> list[int]:
    """Income of each month when the new pay begins in month ``switch``, counted from 0."""
    before = [
        numbers.reduced_take_home if index < numbers.reduced_months else numbers.take_home for index in range(switch)
    ]
    return [*before, *[new] * max(0, months - switch)][:months]


def _balances(numbers: OwnNumbers, incomes: Sequence[int]) -> list[int]:
    balances: list[int] = []
    balance = -numbers.course_costs
    for income in incomes:
        balance += income - numbers.take_home
        balances.append(balance)
    return balances


def _deepest(days: Sequence[date], balances: Sequence[int]) -> Deepest:
    amount = min(balances)
    return Deepest(days[balances.index(amount)], amount)


def _break_even(days: Sequence[date], balances: Sequence[int]) -> date | None:
    """The first month, from the deepest one on, in which nothing is missing any more."""
    deepest = balances.index(min(balances))
    return next((day for day, balance in zip(days[deepest:], balances[deepest:], strict=True) if balance >= 0), None)
