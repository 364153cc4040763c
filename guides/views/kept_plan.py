"""A plan that somebody keeps: ticks, notes, evidence, replanning. Every change is a POST, and the page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from .. import keeping, plan_phrases
from ..curation import content_version
from ..exports import TakenPlan
from ..keep_draft import open_tasks
from ..keeping import Kept
from ..kept import (
    Attached,
    KeptDocument,
    KeptMoney,
    KeptPhase,
    KeptPlan,
    KeptTask,
    Placed,
    Resting,
    Seen,
    placed,
    placed_phases,
    settled,
    ticks_of,
    with_plan,
    with_task,
    without_plan,
)
from ..phase_facts import Guide, guide_at
from ..plan import Plan, schedule
from ..plan_forms import MilestoneForm, MoneyForm, NoteForm, PaceForm, pace_values, settings_of
from ..vocabulary import Scope
from .pages import is_fragment, respond
from .plan_page import (
    EVERY_PHASE,
    SETTINGS,
    VIEWS,
    calendar,
    file_name,
    markdown,
    open_phase,
    phases_shown,
    plan_page,
    taken,
    view_named,
)
from .visitor import for_keepers

Edit = Callable[[KeptPlan], KeptPlan]


@dataclass(frozen=True)
class Opened:
    """A kept plan beside its guide as that is now."""

    kept: Kept
    row: KeptPlan
    guide: Guide
    tasks: Placed[KeptTask]
    phases: Placed[KeptPhase]
    plan: Plan

    @property
    def changes(self) -> GuideChanges:
        """What the guide has otherwise than its owner last saw it."""
        known = self.tasks.by_key
        return GuideChanges(
            new=tuple(text for key, text in self.guide.live_tasks if key not in known),
            reworded=tuple(one for one in self.tasks.attached if one.is_reworded),
            gone=tuple(one for one in self.tasks.resting if not is_worked(one.kept)),
        )

    @property
    def resting(self) -> tuple[Resting[KeptTask], ...]:
        """Tasks that the guide no longer has and that their owner did something with."""
        return tuple(one for one in self.tasks.resting if is_worked(one.kept))

    @property
    def notes(self) -> dict[str, str]:
        """Notes by the key of their task."""
        return {key: task.note for key, task in self.tasks.by_key.items() if task.note}

    @property
    def evidence(self) -> dict[str, str]:
        """Evidence by the key of its phase."""
        return {key: phase.evidence for key, phase in self.phases.by_key.items() if phase.evidence}


@dataclass(frozen=True)
class GuideChanges:
    """What an edit of the guide did to a plan: tasks added, in other words, or removed before they were touched.

    Removed ones that their owner did something with are no news to be seen once: they stay in the plan for good.
    """

    new: tuple[str, ...]
    reworded: tuple[Attached[KeptTask], ...]
    gone: tuple[Resting[KeptTask], ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.reworded or self.gone)


def is_worked(task: KeptTask) -> bool:
    """Whether its owner ever touched a task."""
    return task.state != "open" or task.on is not None or bool(task.note)


@for_keepers
def kept_plan(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """A kept plan as it stands today."""
    row = _row(kept.document, plan_id)
    guide = guide_at(row.target)
    if guide is None:
        return render(request, "guides/plan_away.html", {"row": row, "tasks": _worked(row)})
    return _show(request, _open(kept, row, guide))


@for_keepers
def kept_calendar(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """The kept plan for a calendar."""
    opened = _opened(kept, plan_id)
    return calendar(_taken(opened), file_name(opened.row.target, opened.plan.start))


@for_keepers
def kept_text(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """The kept plan with its notes as a text."""
    opened = _opened(kept, plan_id)
    return markdown(_taken(opened), file_name(opened.row.target, opened.plan.start))


@require_POST
@for_keepers
def tick(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Marks a task as done or skipped, or as open again: ``done``, ``skipped`` or ``open`` names its key."""
    opened = _opened(kept, plan_id)
    state = next((name for name in ("done", "skipped", "open") if name in request.POST), "")
    key = request.POST.get(state, "")
    text = dict(opened.guide.live_tasks).get(key)
    if not state or text is None:
        raise Http404
    today = timezone.localdate()
    changed = _change(opened, lambda row: _with_task(row, opened.guide, key, state=state, on=today, text=text))
    # The button that leaves a task out goes with what it did; the others are still there to go on from.
    focus = key if state == "skipped" and "phase" in request.POST else ""
    return _after(request, changed, plan_phrases.ticked(text, state, changed.plan), f"task-{key}", focus=focus)


@require_POST
@for_keepers
def note(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Writes the note of a task."""
    opened = _opened(kept, plan_id)
    key = request.POST.get("key", "")
    text = dict(opened.guide.live_tasks).get(key)
    if text is None:
        raise Http404
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, note_form=form, note_key=key)
    words = form.cleaned_data["note"]
    changed = _change(opened, lambda row: _with_task(row, opened.guide, key, note=words, text=text))
    return _after(request, changed, "The note is kept.", f"task-{key}", focus=key)


@require_POST
@for_keepers
def milestone(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Writes the evidence of a milestone and the note of its phase."""
    opened = _opened(kept, plan_id)
    key = request.POST.get("key", "")
    title = dict(opened.guide.live_phases).get(key)
    if title is None:
        raise Http404
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, milestone_form=form, milestone_key=key)
    evidence = form.cleaned_data["evidence"].strip()
    words = form.cleaned_data["note"]

    def edit(row: KeptPlan) -> KeptPlan:
        found = {one.key: one for one in placed_phases(row, opened.guide.live_phases).attached}
        rest = {name: phase for name, phase in row.phases.items() if key not in found or name != found[key].was_key}
        if evidence or words:
            rest[key] = KeptPhase(evidence=evidence, note=words, title=title)
        return row.model_copy(update={"phases": rest})

    changed = _change(opened, edit)
    return _after(request, changed, "What you wrote about the milestone is kept.", f"milestone-{key}", focus=key)


@require_POST
@for_keepers
def plan_settings(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Changes start, pace and scope; a plan that has begun takes them from today on."""
    opened = _opened(kept, plan_id)
    form = PaceForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, settings_form=form, view=SETTINGS)
    values = settings_of(form, opened.row.start, opened.plan.pace.hours_per_week)
    today = timezone.localdate()

    def edit(row: KeptPlan) -> KeptPlan:
        is_begun = values["start"] == row.start and row.start <= today
        return row.model_copy(update={**values, "replanned_on": today if is_begun else None})

    changed = _change(opened, edit)
    return _after(request, changed, plan_phrases.announcement(changed.plan), focus="heading")


@require_POST
@for_keepers
def replan(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Lays out what is open from today on."""
    opened = _opened(kept, plan_id)
    today = timezone.localdate()
    changed = _change(opened, lambda row: row.model_copy(update={"replanned_on": today}))
    return _after(request, changed, plan_phrases.announcement(changed.plan), focus="heading")


@require_POST
@for_keepers
def plan_money(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Keeps the visitor's own numbers, or forgets them when all fields are empty."""
    opened = _opened(kept, plan_id)
    form = MoneyForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, money_form=form, view="money")
    own = form.money
    changed = _change(opened, lambda row: row.model_copy(update={"money": own if own != KeptMoney() else None}))
    return _after(request, changed, "Your numbers are kept.", view="money")


@require_POST
@for_keepers
def seen(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Takes note of what changed in the guide; what was done with tasks that are gone stays."""
    opened = _opened(kept, plan_id)
    guide, today = opened.guide, timezone.localdate()
    version, _ = content_version()

    def edit(document: KeptDocument) -> KeptDocument:
        row = settled(_row(document, plan_id), guide.live_tasks, guide.live_phases)
        live = {key for key, _ in guide.live_tasks}
        stays = {key: task for key, task in row.tasks.items() if key in live or is_worked(task)}
        row = row.model_copy(update={"tasks": {**open_tasks(guide), **stays}})
        return with_plan(document, row).model_copy(update={"seen": Seen(version=version, on=today)})

    changed = _open(keeping.change(opened.kept, edit), None, guide, plan_id)
    return _after(request, changed, "The changes are noted.", focus="heading")


@require_POST
@for_keepers
def delete(request: HttpRequest, kept: Kept, plan_id: str) -> HttpResponse:
    """Deletes one plan."""
    keeping.change(kept, lambda document: without_plan(document, _row(document, plan_id).id))
    return redirect("guides:keep")


# --- How a plan is opened, changed and shown ------------------------------------------------------------------------


def scheduled(row: KeptPlan, guide: Guide, tasks: Placed[KeptTask], held: Mapping[str, int]) -> Plan:
    """The dates of a kept plan."""
    return schedule(
        guide.phases,
        row.start,
        row.pace,
        timezone.localdate(),
        held=held,
        scope=Scope(row.scope),
        free_only=row.free_only,
        ticks=ticks_of(tasks.by_key),
        replanned_on=row.replanned_on,
    )


def _row(document: KeptDocument, plan_id: str) -> KeptPlan:
    row = document.plan(plan_id)
    if row is None:
        raise Http404
    return row


def _opened(kept: Kept, plan_id: str) -> Opened:
    """A kept plan with its guide; 404 when one of them is not there."""
    row = _row(kept.document, plan_id)
    guide = guide_at(row.target)
    if guide is None:
        raise Http404
    return _open(kept, row, guide)


def _open(kept: Kept, row: KeptPlan | None, guide: Guide, plan_id: str = "") -> Opened:
    row = row or _row(kept.document, plan_id)
    tasks = placed(row, guide.live_tasks)
    made = scheduled(row, guide, tasks, kept.document.ledger)
    return Opened(kept, row, guide, tasks, placed_phases(row, guide.live_phases), made)


def _change(opened: Opened, edit: Edit) -> Opened:
    """The plan after ``edit``, which works on it as it is at that moment."""
    ident = opened.row.id
    kept = keeping.change(opened.kept, lambda document: with_plan(document, edit(_row(document, ident))))
    return _open(kept, None, opened.guide, ident)


def _with_task(row: KeptPlan, guide: Guide, key: str, **changes: Any) -> KeptPlan:
    """The plan with a changed task under its key of today, wherever it was kept before."""
    found = next((one for one in placed(row, guide.live_tasks).attached if one.key == key), None)
    if found is None:
        return with_task(row, key, KeptTask(**changes))
    rest = row.model_copy(update={"tasks": {name: one for name, one in row.tasks.items() if name != found.was_key}})
    return with_task(rest, key, found.kept.model_copy(update=changes))


def _worked(row: KeptPlan) -> list[KeptTask]:
    return [task for task in row.tasks.values() if is_worked(task)]


def _taken(opened: Opened) -> TakenPlan:
    address = reverse("guides:kept_plan", args=[opened.row.id])
    return taken(address, opened.row.id, opened.guide, opened.plan, opened.notes, opened.evidence)


def _after(
    request: HttpRequest, opened: Opened, said: str, place: str = "", view: str = "", focus: str = ""
) -> HttpResponse:
    """What follows a change: the changed part for htmx, else the page at the place of the change.

    ``focus`` is the key of the task or phase that keyboards go on from, or ``heading``, where the control is gone.
    """
    if is_fragment(request):
        return _show(request, opened, said=said, view=view, focus=focus)
    address = reverse("guides:kept_plan", args=[opened.row.id])
    phase = request.POST.get("phase", "")
    if not place or not (phase == EVERY_PHASE or re.fullmatch(r"[0-9]{1,3}", phase)):
        # The board above the plan names no phase: what it changed is followed by what comes next.
        return redirect(f"{address}?view={view}" if view else address)
    return redirect(f"{address}?phase={phase}#{place}")


def _show(
    request: HttpRequest,
    opened: Opened,
    *,
    said: str = "",
    view: str = "",
    focus: str = "",
    note_key: str = "",
    milestone_key: str = "",
    **forms: Any,
) -> HttpResponse:
    """The page of a kept plan, or its changing part. The two keys name what is being written about."""
    asked = request.POST if request.method == "POST" else request.GET
    note_key = note_key or request.GET.get("note", "")
    milestone_key = milestone_key or request.GET.get("milestone", "")
    # What somebody is still writing stays open beside the answer to something else, which keeps the focus.
    is_note_carried = not note_key and bool(asked.get("open_note"))
    is_milestone_carried = not milestone_key and bool(asked.get("open_milestone"))
    note_key = note_key or asked.get("open_note", "")
    milestone_key = milestone_key or asked.get("open_milestone", "")
    row, plan = opened.row, opened.plan
    view = view or view_named(asked.get("view", ""), SETTINGS)
    page = plan_page(
        opened.guide,
        plan,
        view,
        asked.get("page", ""),
        row.money,
        opened.tasks.by_key,
        opened.phases.by_key,
        opened.kept.document.ledger,
    )
    context = {
        "row": row,
        "page": page,
        "views": (*VIEWS, (SETTINGS, "Start and pace")),
        "base_url": f"{reverse('guides:kept_plan', args=[row.id])}?",
        **phases_shown(page, open_phase(page, asked.get("phase", ""), focus or note_key or milestone_key)),
        "note_key": note_key,
        "milestone_key": milestone_key,
        "is_note_carried": is_note_carried,
        "is_milestone_carried": is_milestone_carried,
        "focus": focus,
        "announcement": said or plan_phrases.announcement(plan),
        "replan_offer": plan_phrases.replan_offer(plan),
        "changes": opened.changes,
        "resting": opened.resting,
        "resting_phases": opened.phases.resting,
        "settings_form": PaceForm(pace_values(row.start, row.pace, Scope(row.scope), free_only=row.free_only)),
        "money_form": MoneyForm(row.money.model_dump() if row.money else {}),
        "is_owner": True,
        **forms,
    }
    context.setdefault("note_form", NoteForm({"note": opened.notes.get(context["note_key"], "")}))
    about = opened.phases.by_key.get(context["milestone_key"])
    context.setdefault(
        "milestone_form",
        MilestoneForm({"evidence": about.evidence, "note": about.note} if about else {}),
    )
    return respond(request, "guides/plan_kept.html", "guides/_plan_result.html", context)
