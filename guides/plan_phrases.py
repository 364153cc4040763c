"""Sentences about a plan and about money over time. They state what is, and never judge how fast somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .facts import Fact
from .money import MoneyMonth, MoneyOverTime
from .phrases import DASH, MINUS, as_of, count, in_sentence, listing
from .phrases import money as dollars
from .plan import (
    QUICKER,
    SLOWER,
    Cost,
    Finish,
    LeftOut,
    Pace,
    Plan,
    PlannedPhase,
    PlannedTask,
    PlannedWeek,
    ResourceChoice,
    ResourceFacts,
)
from .vocabulary import Price, Scope

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SPREAD = (
    f"The finish is a range because nobody learns to the hour: it takes the open hours at {float(QUICKER):g} to "
    f"{float(SLOWER):g} times what the guide states, and is never narrower than a week. The two factors are our "
    "editors' estimate; nobody publishes how long people take."
)


def day(when: date) -> str:
    """``3 May 2027``."""
    return as_of(when.isoformat())


def days(first: date, last: date) -> str:
    """``3 May 2027``, ``3–9 May 2027``, ``28 May – 3 June 2027``, ``30 December 2027 – 2 January 2028``."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} {DASH} {day(last)}"
    if first.month != last.month:
        return f"{day(first).rsplit(' ', 1)[0]} {DASH} {day(last)}"
    return f"{first.day}{DASH}{day(last)}"


def hours(number: float) -> str:
    """``1 hour``, ``2.5 hours``: to a quarter of an hour, at least one."""
    quarters = max(1, round(number * 4)) if number else 0
    return f"{quarters / 4:,.2f}".rstrip("0").rstrip(".") + (" hour" if quarters == 4 else " hours")


def pace(of: Pace) -> str:
    """``10 hours a week``; with hours by weekday, those days are named."""
    week = f"{hours(of.hours_per_week)} a week"
    if of.is_even:
        return week
    named = [f"{name} {hours(share)}" for name, share in zip(WEEKDAYS, of.weekday_hours, strict=True) if share]
    return f"{week} ({', '.join(named)})"


def finish(of: Finish | None) -> str:
    """When the plan is done."""
    return "Nothing is open: the plan is done" if of is None else f"Between {day(of.earliest)} and {day(of.latest)}"


def next_action(plan: Plan) -> str:
    """The one thing to do now."""
    action = plan.next_action
    if action is None:
        return "Nothing is open. Look through the milestones: what you can show for each of them is what counts."
    return f"{action.task.text} ({hours(action.task.hours)}, phase {action.phase.number}: {action.phase.title})"


def progress(plan: Plan) -> str:
    """``2 of 6 stops passed, 11 of 34 tasks done, 240 hours left``."""
    return (
        f"{plan.stops_passed} of {count(len(plan.phases), 'stop')} passed, {plan.done} of {count(plan.wanted, 'task')} "
        f"done, {hours(plan.hours_left)} left"
    )


def phase_dates(phase: PlannedPhase) -> str:
    """When a phase happens; why it has no days, when it has none."""
    if phase.start and phase.end:
        return days(phase.start, phase.end)
    if any(task.is_done for task in phase.tasks):
        return "Done before these dates begin"
    if phase.tasks and all(task.left_out is LeftOut.HELD for task in phase.tasks):
        return "No time planned: you hold what it teaches. Check yourself against its milestone."
    return "No time planned: all of its tasks are left out"


def task_state(task: PlannedTask) -> str:
    """Where a task stands."""
    if task.done_on:
        return f"Done on {day(task.done_on)}"
    if task.left_out is LeftOut.SKIPPED:
        return "Left out: you skipped it"
    if task.left_out is LeftOut.OPTIONAL:
        return "Left out: not on the shortest credible path"
    if task.left_out is LeftOut.HELD:
        return "Left out: you hold what its phase teaches"
    return days(task.start, task.end) if task.start and task.end else ""


def week(of: PlannedWeek) -> str:
    """Heading of a week."""
    dates = days(of.first_day, of.last_day)
    if of.is_off:
        return f"Week {of.number}, {dates}: off"
    return (
        f"Week {of.number}, {dates}: {hours(of.hours)}" if of.parts else f"Week {of.number}, {dates}: nothing planned"
    )


def shortened(phase: PlannedPhase) -> str:
    """Why a phase takes fewer hours here than in the guide; empty when it does not."""
    if not phase.held:
        return ""
    names = listing([in_sentence(one.name) for one in phase.held])
    weeks = count(sum(one.weeks for one in phase.held), "week")
    return (
        f"{hours(phase.hours_saved)} shorter than in the guide, which gives {weeks} of this phase to {names}: you hold "
        f"{'that' if len(phase.held) == 1 else 'those'} at the level that is asked for."
    )


def replan_offer(plan: Plan) -> str:
    """Says that days have gone by and what planning again does; empty when there is no need."""
    number = len(plan.passed_by)
    if not number:
        return ""
    return (
        f"The days of {count(number, 'open task')} are over. Plan again from today: what is done stays done, and the "
        "rest gets new days at your pace."
    )


def price(resource: ResourceFacts) -> str:
    """What a resource costs: ``free``, ``free in part``, ``$49``, ``paid, price not known``, ``price not known``."""
    if resource.is_free:
        return resource.price.label.lower()
    if resource.cost_usd is not None:
        return dollars(resource.cost_usd)
    return "paid, price not known" if resource.price == Price.PAID else "price not known"


def stand_in(choice: ResourceChoice) -> str:
    """What a free resource replaces; empty when it replaces nothing."""
    return f"instead of {choice.instead_of.title}" if choice.instead_of else ""


def cost(of: Cost) -> str:
    """What the resources cost, and how much of that is known."""
    parts: list[str] = []
    if of.known:
        parts.append(f"{dollars(of.known_usd)} for {count(len(of.known), 'paid resource')}")
    if of.unknown:
        more = "more " if of.known else ""
        parts.append(f"{count(len(of.unknown), f'{more}resource')} whose price we do not know")
    if not parts and names_no_resource(of):
        return "Not known: no resource is named for it"
    if not parts:
        return "Nothing: every resource is free, at least in the part that is needed"
    others = of.free + of.free_in_part
    rest = f"; {count(others, 'other resource')} {'is' if others == 1 else 'are'} free, at least in part"
    return f"{listing(parts)}{rest if others else ''}"


def names_no_resource(of: Cost) -> bool:
    """Whether nothing is known that could cost anything, as on the way to an official occupation."""
    return not (of.known or of.unknown or of.free or of.free_in_part or of.without)


def reasons(plan: Plan) -> list[str]:
    """How the dates came about: every choice that moved them."""
    sentences = [f"The pace is {pace(plan.pace)}{_even(plan.pace)}, from {day(plan.begin)}."]
    if plan.replanned_on:
        sentences.append(
            f"The plan began on {day(plan.start)} and was laid out again from {day(plan.begin)}: what was done by then "
            "takes no time in it."
        )
    off = [one for one in plan.weeks if one.is_off] if plan.pace.weeks_off else []
    if off:
        sentences.append(
            f"{count(len(off), 'week').capitalize()} off inside the plan {'is' if len(off) == 1 else 'are'} kept free."
        )
    sentences += [f"Phase {phase.number} is {shortened(phase)}" for phase in plan.phases if phase.held]
    optional, skipped = plan.left_out(LeftOut.OPTIONAL), plan.left_out(LeftOut.SKIPPED)
    if plan.scope == Scope.ESSENTIAL and optional:
        sentences.append(f"{_tasks(optional)} not on the shortest credible path {_are(optional)} left out.")
    if skipped:
        sentences.append(f"{_tasks(skipped)} that you skipped {_are(skipped)} left out.")
    if plan.free_only:
        sentences += _free_only(plan.cost)
    return [*sentences, SPREAD] if plan.finish else sentences


def counted_for(whom: str) -> list[str]:
    """Whom the hours of the guide are counted for; nothing when it does not say."""
    return (
        [f"The guide counts its hours for {whom}; somebody who starts elsewhere needs more or fewer."] if whom else []
    )


def _even(of: Pace) -> str:
    return ", counted as spread evenly over its days" if of.is_even else ""


def _tasks(tasks: tuple[PlannedTask, ...]) -> str:
    return f"{count(len(tasks), 'task')} ({hours(sum(task.full_hours for task in tasks))} in the guide)"


def _are(of: tuple[object, ...]) -> str:
    return "is" if len(of) == 1 else "are"


def _free_only(of: Cost) -> Iterable[str]:
    if of.replaced:
        paid = f"{count(len(of.replaced), 'resource')} that {_cost_verb(of.replaced)} money"
        yield f"{paid} {_are(of.replaced)} replaced by {'a free one' if len(of.replaced) == 1 else 'free ones'}."
    if of.without:
        names = listing([resource.title for resource in of.without])
        yield f"Left out, because we know of no free stand-in: {names}."


def _cost_verb(of: tuple[object, ...]) -> str:
    return "costs" if len(of) == 1 else "cost"


def plan_facts(plan: Plan) -> list[Fact]:
    """The four facts of a plan: finish, work left, pace, cost of resources."""
    saved = f"{hours(plan.hours_saved)} fewer than in the guide, for what you hold." if plan.hours_saved else ""
    pace_note = "Spread evenly over the days of a week." if plan.pace.is_even else _weekdays(plan.pace)
    paid = plan.cost.known_usd or plan.cost.unknown
    return [
        Fact("Finish", months_between(plan.finish), note=_finish_note(plan)),
        Fact("Work left", *_number_and_unit(plan.hours_left), note=saved or progress_of_tasks(plan)),
        Fact("Pace", *_number_and_unit(plan.pace.hours_per_week, " a week"), note=pace_note),
        Fact(
            "Resources",
            dollars(plan.cost.known_usd)
            if plan.cost.known_usd
            else "Not all known"
            if paid
            else "None named"
            if names_no_resource(plan.cost)
            else "Free",
            note=f"{cost(plan.cost)}.",
        ),
    ]


def progress_of_tasks(plan: Plan) -> str:
    """``11 of 34 tasks done.``"""
    return f"{plan.done} of {count(plan.wanted, 'task')} done."


def months_between(of: Finish | None) -> str:
    """``May 2027``, ``May–Aug 2027``, ``Nov 2026 – Jan 2027``: the finish to the month."""
    if of is None:
        return "Done"
    first, last = _short(of.earliest), _short(of.latest)
    if first == last:
        return first
    if of.earliest.year == of.latest.year:
        return f"{first.split()[0]}{DASH}{last}"
    return f"{first} {DASH} {last}"


def _short(of: date) -> str:
    name, year = month(of).split()
    return f"{name[:3]} {year}"


def announcement(plan: Plan) -> str:
    """What changed plans say aloud."""
    if plan.finish is None:
        return "Nothing is open: the plan is done."
    return f"{finish(plan.finish)}, {hours(plan.hours_left)} left."


def ticked(text: str, state: str, plan: Plan) -> str:
    """What a change of a task says aloud."""
    words = {"done": "Done", "skipped": "Left out", "open": "Open again"}[state]
    return f"{words}: {text} {announcement(plan)}"


def phase_progress(phase: PlannedPhase) -> str:
    """``3 of 5 tasks done.``; left-out tasks do not count."""
    wanted = [task for task in phase.tasks if task.left_out is None]
    if not wanted:
        return "All of its tasks are left out."
    return f"{sum(task.is_done for task in wanted)} of {count(len(wanted), 'task')} done."


def short_dates(phase: PlannedPhase) -> str:
    """When a phase happens, to the month; how it stands when it has no days or nothing is open in it."""
    if phase.is_passed:
        return "Passed" if any(task.is_done for task in phase.tasks) else "Left out"
    if not phase.start or not phase.end:
        return ""
    return months_between(Finish(phase.start, phase.end))


def _finish_note(plan: Plan) -> str:
    return f"{days(plan.finish.earliest, plan.finish.latest)}." if plan.finish else "Nothing is open."


def _weekdays(of: Pace) -> str:
    parts = zip(WEEKDAYS, of.weekday_hours, strict=True)
    return f"{', '.join(f'{name} {share:g}' for name, share in parts if share)}."


def _number_and_unit(number: float, after: str = "") -> tuple[str, str]:
    value, _, unit = hours(number).partition(" ")
    return value, f"{unit}{after}"


# --- Money over time ----------------------------------------------------------------------------------------------


def dip(over: MoneyOverTime) -> str:
    """How far both cases fall below staying; the amounts are in the visitor's own currency, so they carry no sign."""
    if over.deepest_low.amount >= 0:
        return "At no time would you have less than if you stayed."
    worst = f"{-over.deepest_low.amount:,} less than if you stayed, in {month(over.deepest_low.month)}"
    if over.deepest_high == over.deepest_low:
        return f"In either case you would have up to {worst}."
    if over.deepest_high.amount >= 0:
        return f"In the worse case you would have up to {worst}; in the better case never less."
    better = f"{-over.deepest_high.amount:,} less, in {month(over.deepest_high.month)}"
    return f"In the worse case you would have up to {worst}; in the better case up to {better}."


def break_even(over: MoneyOverTime) -> str:
    """From when on the move has paid for itself."""
    of = over.break_even
    if over.deepest_low.amount >= 0:
        return "There is nothing to make up for."
    if of.earliest is None:
        return f"By these numbers the move does not pay for itself within {count(of.years, 'year')}."
    better = (
        "In the better case there is nothing to make up for"
        if over.deepest_high.amount >= 0
        else f"In the better case the move has paid for itself by {month(of.earliest)}"
    )
    if of.latest is None:
        return f"{better}; in the worse case it has not within {count(of.years, 'year')}."
    if of.earliest == of.latest:
        return f"The move has paid for itself by {month(of.earliest)}."
    return f"{better}; in the worse case it has by {month(of.latest)}."


def month(first: date) -> str:
    """``May 2027``."""
    return as_of(f"{first:%Y-%m}")


def amount(of: int) -> str:
    """An amount in the visitor's own currency, which therefore carries no sign: ``−12,400``."""
    return f"{MINUS if of < 0 else ''}{abs(of):,}"


def balance_words(of: MoneyMonth) -> str:
    """What a month of the table is: its number and date."""
    return f"Month {of.number}, {month(of.first_day)}"


def new_pay_words(over: MoneyOverTime) -> str:
    """From when on the new pay comes in."""
    first, last = over.new_job_from
    if first == last:
        return f"The new pay begins in {month(first)}."
    return f"The new pay begins between {month(first)} and {month(last)}."
