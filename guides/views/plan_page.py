"""What the pages of computed, kept and shared plans have in common: how a plan becomes rows, views and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from .. import exports, money, plan_phrases
from ..exports import TakenPlan
from ..facts import Fact
from ..gap import SkillGap, between
from ..gap_phrases import gap_lines, gap_summary
from ..kept import KeptMoney, KeptPhase, KeptTask
from ..money_chart import MoneyChart, money_chart
from ..phase_facts import Guide
from ..plan import Plan, PlannedPhase, PlannedTask, PlannedWeek

PHASES, WEEKS, MONEY, SETTINGS, ALL = "phases", "weeks", "money", "settings", "all"
VIEWS = ((PHASES, "By phase"), (WEEKS, "By week"), (MONEY, "Cost and money"))
"""Ways to look at a plan, one at a time; ``all`` prints them together."""

HEADINGS = {**dict(VIEWS), SETTINGS: "Start and pace"}

WEEKS_SHOWN = 16

EVERY_PHASE = "all"

UNKEPT: Mapping[str, Any] = {"is_owner": False, "is_shared": False, "focus": ""}
"""What templates are told of a plan that nobody keeps."""


class TaskRow(NamedTuple):
    """A task of a plan and what its owner noted."""

    task: PlannedTask
    note: str


@dataclass(frozen=True)
class PhaseRow:
    """A phase of a plan and what its owner wrote about it."""

    phase: PlannedPhase
    tasks: tuple[TaskRow, ...]
    kept: KeptPhase | None = None

    @property
    def lines(self) -> list[tuple[PlannedTask, str, str]]:
        """Each task, where it stands in words, and the note."""
        return [(task, plan_phrases.task_state(task), note) for task, note in self.tasks]

    @property
    def number(self) -> str:
        """Its number as an address writes it."""
        return str(self.phase.number)

    @property
    def progress(self) -> str:
        """How many of its tasks are done."""
        return plan_phrases.phase_progress(self.phase)

    @property
    def dates(self) -> str:
        """When it happens."""
        return plan_phrases.phase_dates(self.phase)

    @property
    def short_dates(self) -> str:
        """When it happens, to the month."""
        return plan_phrases.short_dates(self.phase)

    @property
    def shortened(self) -> str:
        """Why it takes fewer hours than in the guide."""
        return plan_phrases.shortened(self.phase)


@dataclass(frozen=True)
class WeekPage:
    """Some of the weeks of a plan, and the numbers of the pages before and after."""

    weeks: tuple[PlannedWeek, ...]
    number: int
    earlier: int | None
    later: int | None


@dataclass(frozen=True)
class MoneyView:
    """Money over time and its picture."""

    over: money.MoneyOverTime
    chart: MoneyChart


@dataclass(frozen=True)
class PlanPage:
    """A plan as a page shows it. ``view`` is one of VIEWS, ``settings`` or ``all``."""

    guide: Guide
    plan: Plan
    view: str
    phases: tuple[PhaseRow, ...]
    number: str
    """The page of weeks that is asked for."""
    money: MoneyView | None
    facts: list[Fact]
    gap: SkillGap | None = None
    """What its owner holds of what is asked at the end; None where nothing was said about skills."""

    @property
    def entries(self) -> list[tuple[PhaseRow, PlannedPhase]]:
        """Each row with its phase."""
        return [(row, row.phase) for row in self.phases]

    @cached_property
    def weeks(self) -> WeekPage:
        """The weeks that are shown."""
        return _week_page(self.plan, self.number, everything=self.is_all)

    @property
    def is_all(self) -> bool:
        """Whether everything stands on one page, to be printed."""
        return self.view == ALL

    @property
    def here(self) -> int:
        """Number of the phase that comes next; 0 when nothing is open."""
        action = self.plan.next_action
        return action.phase.number if action else 0

    @property
    def heading(self) -> str:
        """Heading of the view."""
        return HEADINGS.get(self.view, HEADINGS[PHASES])

    @property
    def reasons(self) -> list[str]:
        """How the dates came about."""
        held = [gap_summary(self.gap), *gap_lines(self.gap)] if self.gap and self.gap.entries else []
        return [*plan_phrases.counted_for(self.guide.counted_for), *plan_phrases.reasons(self.plan), *held]


def plan_page(
    guide: Guide,
    plan: Plan,
    view: str,
    page: str = "",
    own_numbers: KeptMoney | None = None,
    tasks: Mapping[str, KeptTask] | None = None,
    phases: Mapping[str, KeptPhase] | None = None,
    held: Mapping[str, int] | None = None,
) -> PlanPage:
    """The rows of a plan; ``tasks`` and ``phases`` are what its owner did and wrote, by today's keys, ``held`` the
    levels of skills that they hold."""
    notes, about = tasks or {}, phases or {}
    rows = tuple(
        PhaseRow(
            phase,
            tuple(TaskRow(task, notes[task.key].note if task.key in notes else "") for task in phase.tasks),
            about.get(phase.key),
        )
        for phase in plan.phases
    )
    return PlanPage(
        guide=guide,
        plan=plan,
        view=view,
        phases=rows,
        number=page,
        money=_money(plan, own_numbers) if view in (MONEY, ALL) else None,
        facts=plan_phrases.plan_facts(plan),
        gap=between(held, guide.required) if held else None,
    )


def view_named(name: str, *more: str) -> str:
    """The view that a query string asks for; the phases for anything else."""
    return name if name in (PHASES, WEEKS, MONEY, ALL, *more) else PHASES


def _week_page(plan: Plan, page: str, *, everything: bool) -> WeekPage:
    if everything:
        return WeekPage(plan.weeks, 1, None, None)
    pages = max(1, -(-len(plan.weeks) // WEEKS_SHOWN))
    current = plan.this_week.number - 1 if plan.this_week else 0
    wanted = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else current // WEEKS_SHOWN + 1
    number = min(max(1, wanted), pages)
    shown = plan.weeks[(number - 1) * WEEKS_SHOWN : number * WEEKS_SHOWN]
    return WeekPage(shown, number, number - 1 if number > 1 else None, number + 1 if number < pages else None)


def _money(plan: Plan, kept: KeptMoney | None) -> MoneyView | None:
    numbers = kept.own_numbers if kept else None
    if numbers is None:
        return None
    end = plan.last_day or plan.begin
    finish = (plan.finish.earliest, plan.finish.latest) if plan.finish else (end, end)
    over = money.over_time(numbers, plan.start, finish)
    return MoneyView(over, money_chart(over))


def phases_shown(page: PlanPage, number: str) -> dict[str, Any]:
    """What templates are told of the phases whose tasks are shown: ``number`` comes from ``open_phase``."""
    numbers = {row.number for row in page.phases} if number == EVERY_PHASE else {number}
    return {"open_phase": number, "open_phases": numbers}


def open_phase(page: PlanPage, asked: str, key: str = "") -> str:
    """The number of the phase whose tasks are shown: the one asked for, else that of the task or phase of ``key``, else
    the one of the next action."""
    if asked == EVERY_PHASE or page.is_all:
        return EVERY_PHASE
    if asked in {str(row.phase.number) for row in page.phases}:
        return asked
    for row in page.phases:
        if key and key in (row.phase.key, *(one.task.key for one in row.tasks)):
            return row.number
    action = page.plan.next_action
    return str(action.phase.number if action else len(page.phases))


# --- Files --------------------------------------------------------------------------------------------------------


def taken(
    page_address: str, ident: str, guide: Guide, plan: Plan, notes: dict[str, str], evidence: dict[str, str]
) -> TakenPlan:
    """A plan as its files name it; ``page_address`` begins with a slash."""
    origin = settings.SITE_URL.rstrip("/")
    return TakenPlan(
        plan=plan,
        ident=ident,
        title=f"Plan: {guide.title}",
        address=f"{origin}{page_address}",
        host=urlsplit(origin).hostname or "localhost",
        notes=notes,
        evidence=evidence,
        caution=guide.caution,
    )


def calendar(of: TakenPlan, name: str) -> HttpResponse:
    """The plan for a calendar."""
    return attachment(
        exports.calendar_file(of, timezone.now().replace(microsecond=0)), "text/calendar; charset=utf-8", f"{name}.ics"
    )


def markdown(of: TakenPlan, name: str) -> HttpResponse:
    """The plan as a text."""
    return attachment(exports.markdown_file(of), "text/markdown; charset=utf-8", f"{name}.md")


def attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to save."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(target: str, start: date) -> str:
    """``plan-ai-artist-2027-01-04``."""
    return f"plan-{target.partition('/')[2].replace('/', '-to-')}-{start.isoformat()}"
