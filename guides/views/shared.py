"""Plans that their owner shows to somebody: read-only, found by nobody who was not given the link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import plan_phrases, sharing
from ..keeping import Unreadable
from ..kept import KeptPlan, placed, placed_phases
from ..phase_facts import guide_at
from .kept_plan import scheduled
from .plan import plan_targets
from .plan_page import EVERY_PHASE, PHASES, phases_shown, plan_page


def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A plan behind a share link, with every phase unfolded; ``?plan=2`` shows the second one."""
    try:
        found = sharing.shared(token)
    except Unreadable:
        found = None
    row = _chosen(found.plans, request.GET.get("plan", "")) if found else None
    guide = guide_at(row.target) if row else None
    if found is None or row is None or guide is None:
        response = render(request, "guides/shared_gone.html", status=404)
        sharing.mark_shared(response)
        return response
    tasks, phases = placed(row, guide.live_tasks), placed_phases(row, guide.live_phases)
    made = scheduled(row, guide, tasks, found.held)
    targets = plan_targets(*(one.target for one in found.plans)) if len(found.plans) > 1 else []
    names = {target: title for _, group in targets for target, title in group}
    page = plan_page(guide, made, PHASES, tasks=tasks.by_key, phases=phases.by_key)
    context = {
        "page": page,
        "progress": plan_phrases.progress(made),
        "others": [
            (number, names.get(other.target, other.target))
            for number, other in enumerate(found.plans, 1)
            if other is not row
        ],
        "shows_notes": found.shows_notes,
        "is_shared": True,
        **phases_shown(page, EVERY_PHASE),
    }
    response = render(request, "guides/plan_shared.html", context)
    sharing.mark_shared(response)
    return response


def _chosen(plans: tuple[KeptPlan, ...], number: str) -> KeptPlan:
    """The plan of that number, counted from 1; the first one for anything else."""
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 1
    return plans[at - 1] if 1 <= at <= len(plans) else plans[0]
