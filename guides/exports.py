"""A plan to take away: a calendar file and a text file. The same plan gives the same bytes on every machine.

What visitors wrote themselves goes into the text file only, since calendars are often shared with others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from . import plan_phrases
from .phrases import in_sentence
from .plan import Plan, PlannedPhase, PlannedTask, ResourceChoice, ResourceFacts

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Careerpaths//Plan//EN"

_DAY = timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_MARKUP = re.compile(r"([\\`*_\[\]]|~(?=~)|&(?=#?\w+;))")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_NUMBER_FIRST = re.compile(r"^(\d+)([.)])(?=\s|$)")
_SIGN_FIRST = re.compile(r"^([-+=>#|~])")


@dataclass(frozen=True)
class TakenPlan:
    """A plan and what belongs to it outside of its dates.

    ``ident`` names the plan for ever, so that a calendar replaces the entries of an earlier file; ``address`` is the
    absolute address of its page, ``host`` the site's host name. ``notes`` are the visitor's by task key, ``evidence``
    by phase key.
    """

    plan: Plan
    ident: str
    title: str
    address: str
    host: str
    notes: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    caution: str = ""
    """What has to be known before a computed roadmap is followed."""


def calendar_file(taken: TakenPlan, made_at: datetime) -> bytes:
    """Phases and milestones as all-day events (RFC 5545); phases without days stay out.

    ``made_at`` is the moment that the file says it was made at. ValueError when it has no time zone.
    """
    # Only this one download needs the package, so no other page waits for it.
    from icalendar import Calendar, vText

    if made_at.tzinfo is None:
        raise ValueError("The moment that a calendar was made at has a time zone.")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # Once as RFC 7986 calls it, once as calendars of today look for it; the package escapes neither by itself.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(_one_line(taken.title)))
    for phase in taken.plan.phases:
        if phase.start is None or phase.end is None:
            continue
        heading = f"Phase {phase.number}: {phase.title}"
        calendar.add_component(
            _event(taken, made_at, f"{phase.key}-phase", heading, _phase_text(phase), phase.start, phase.end)
        )
        if phase.milestone:
            milestone = f"Milestone of phase {phase.number}: {phase.title}"
            calendar.add_component(
                _event(
                    taken, made_at, f"{phase.key}-milestone", milestone, _milestone_text(phase), phase.end, phase.end
                )
            )
    made: bytes = calendar.to_ical()
    return made


def _event(taken: TakenPlan, made_at: datetime, name: str, heading: str, text: str, first: date, last: date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{taken.ident}-{name}@{taken.host}")
    event.add("dtstamp", made_at)
    # A calendar takes new days only from a higher number; each replanning has a later day than the one before.
    event.add("sequence", (taken.plan.begin - taken.plan.start).days)
    event.add("summary", _one_line(heading))
    event.add("description", _clean(text))
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)
    event.add("url", taken.address)
    event.add("transp", "TRANSPARENT")
    return event


def _phase_text(phase: PlannedPhase) -> str:
    lines = [f"{plan_phrases.hours(phase.hours_left)} left."]
    lines += [
        f"- {task.text} ({plan_phrases.hours(task.hours)}; {in_sentence(plan_phrases.task_state(task))})"
        for task in phase.tasks
        if task.left_out is None
    ]
    if phase.resources:
        lines += ["", "Resources:"]
        lines += [f"- {_plain_resource(choice)}" for choice in phase.resources]
    return "\n".join(lines)


def _plain_resource(choice: ResourceChoice) -> str:
    resource = choice.resource
    address = f": {resource.url}" if resource.url else ""
    return f"{resource.title}, {resource.provider} ({_about(choice)}){address}"


def _about(choice: ResourceChoice) -> str:
    return ", ".join(filter(None, (plan_phrases.price(choice.resource), plan_phrases.stand_in(choice))))


def _milestone_text(phase: PlannedPhase) -> str:
    parts = [phase.milestone]
    if phase.stop_signal:
        parts.append(f"Think again if: {phase.stop_signal}")
    if phase.re_entry:
        parts.append(f"What still counts if you come back here: {phase.re_entry}")
    return "\n\n".join(parts)


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Without characters that a calendar or a text file must not hold; line ends become line feeds."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# --- Text ---------------------------------------------------------------------------------------------------------


def markdown_file(taken: TakenPlan) -> bytes:
    """The whole plan as Markdown (CommonMark) that also reads as plain text, with the addresses of its links."""
    plan = taken.plan
    lines = [f"# {_text(taken.title)}", "", f"<{taken.address}>", ""]
    lines += [_text(taken.caution), ""] if taken.caution else []
    lines += [
        f"- Start: {plan_phrases.day(plan.start)}",
        f"- Pace: {plan_phrases.pace(plan.pace)}",
        f"- Finish: {plan_phrases.finish(plan.finish)}",
        f"- Progress: {plan_phrases.progress(plan)}",
        f"- Cost of resources: {plan_phrases.cost(plan.cost)}",
        "",
        "## Next",
        "",
        _text(plan_phrases.next_action(plan)),
        "",
    ]
    for phase in plan.phases:
        lines += _phase_lines(taken, phase)
    lines += [*_week_lines(plan), "## How the dates came about", ""]
    lines += [f"- {_text(reason)}" for reason in plan_phrases.reasons(plan)]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _phase_lines(taken: TakenPlan, phase: PlannedPhase) -> Iterator[str]:
    yield from (f"## Phase {phase.number}: {_text(phase.title)}", "", _text(plan_phrases.phase_dates(phase)), "")
    if phase.goals:
        yield from ("Afterwards you can:", "")
        yield from (f"- {_text(goal)}" for goal in phase.goals)
        yield ""
    yield from ("### Tasks", "")
    for task in phase.tasks:
        yield _task_line(task)
        note = taken.notes.get(task.key, "").strip()
        if note:
            yield ""
            yield from _quoted(note, "  ")
            yield ""
    yield ""
    if phase.resources or phase.without:
        yield from ("### Resources", "")
        yield from (f"- {_resource(choice)}" for choice in phase.resources)
        yield from (f"- {_text(resource.title)}: left out, because it costs money" for resource in phase.without)
        yield ""
    if phase.milestone:
        yield from ("### Milestone", "", _text(phase.milestone), "")
    evidence = taken.evidence.get(phase.key, "").strip()
    if evidence:
        yield from ("Your evidence:", "", *_quoted(evidence, ""), "")
    if phase.stop_signal:
        yield from (f"Think again if: {_text(phase.stop_signal)}", "")
    if phase.re_entry:
        yield from (f"What still counts if you come back here: {_text(phase.re_entry)}", "")


def _task_line(task: PlannedTask) -> str:
    box = "x" if task.is_done else " "
    size = task.full_hours if task.left_out else task.hours
    mark = "-" if task.left_out else f"- [{box}]"
    state = in_sentence(plan_phrases.task_state(task))
    return f"{mark} {_text(task.text)} ({plan_phrases.hours(size)}{'; ' if state else ''}{state})"


def _resource(choice: ResourceChoice) -> str:
    return f"{_link(choice.resource)}, {_text(choice.resource.provider)} ({_text(_about(choice))})"


def _link(resource: ResourceFacts) -> str:
    return f"[{_text(resource.title)}](<{_address(resource.url)}>)" if resource.url else _text(resource.title)


def _address(url: str) -> str:
    """An address that stays inside its brackets."""
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace("\n", "").replace("\r", "")


def _quoted(text: str, indent: str) -> Iterator[str]:
    """What a visitor wrote, as a quotation that cannot change the text around it."""
    for line in _clean(text).split("\n"):
        yield f"{indent}> {_text(line)}".rstrip()


def _week_lines(plan: Plan) -> Iterator[str]:
    if not plan.weeks:
        return
    yield from ("## Week by week", "")
    for week in plan.weeks:
        yield f"- {plan_phrases.week(week)}"
        yield from (f"  - {plan_phrases.hours(part.hours)}: {_text(part.task.text)}" for part in week.parts)
    yield ""


def _text(text: str) -> str:
    """One line of text whose characters mean nothing but themselves in Markdown."""
    line = _MARKUP.sub(r"\\\1", _one_line(text))
    # Not every reader of Markdown knows that a backslash may stand before this sign.
    line = _TAG.sub("&lt;", line)
    return _SIGN_FIRST.sub(r"\\\1", _NUMBER_FIRST.sub(r"\1\\\2", line))
