"""The computed plan: everything it says stands in its address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from .. import plan_phrases
from ..exports import TakenPlan
from ..keeping import Kept
from ..phase_facts import Guide, computed_title, guide_at
from ..plan import Plan, schedule
from ..plan_forms import Choices, MoneyForm, PlanForm
from ..published_roles import PublishedRoles, published_roles
from .pages import is_fragment, respond
from .plan_page import (
    UNKEPT,
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
from .visitor import Held, for_anybody, held_by


@dataclass(frozen=True)
class Asked:
    """What a query string asks for: the plan, what it is made from, and the forms that read it."""

    form: PlanForm
    money: MoneyForm
    guide: Guide
    held: Held
    plan: Plan

    @property
    def query(self) -> str:
        """The query string that says the same, and nothing that is wrong or left out."""
        return self.form.query(self.plan.start, self.money)


@for_anybody
def plan(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """A dated plan; without a roadmap to plan, the choice of one."""
    everybody = published_roles()
    targets = plan_targets(request.GET.get("for", ""), *(kept_targets(kept) if kept else ()), everybody=everybody)
    form = PlanForm(request.GET, targets, everybody.titles)
    asked = _asked(request, form, kept, everybody)
    if asked is None:
        lines = kept_plan_lines(kept, targets) if kept else []
        context = {"form": form, "kept_plans": lines, "is_kept": kept is not None}
        return render(request, "guides/plan_start.html", context)
    view = view_named(request.GET.get("view", ""))
    number, own, query = request.GET.get("page", ""), asked.money.money, asked.query
    page = plan_page(asked.guide, asked.plan, view, number, own, held=asked.held.levels)
    context = {
        "form": form,
        "money_form": asked.money,
        "page": page,
        **phases_shown(page, open_phase(page, request.GET.get("phase", ""))),
        "views": VIEWS,
        "base_url": f"{reverse('guides:plan')}?{query}&",
        "query": query,
        "held": asked.held,
        "announcement": plan_phrases.announcement(asked.plan),
        "shows_form": bool(form.errors) or "had" in request.GET,
        "is_kept": kept is not None,
        # Looking for a word that is not there takes templates longer than anything else.
        **UNKEPT,
    }
    response = respond(request, "guides/plan.html", "guides/_plan_result.html", context)
    if is_fragment(request):
        shown = "".join(f"&{name}={request.GET[name]}" for name in ("view", "phase", "page") if _is_word(request, name))
        response.headers["HX-Push-Url"] = f"{reverse('guides:plan')}?{query}{shown}"
    return response


def _is_word(request: HttpRequest, name: str) -> bool:
    """Whether a part of the address may be repeated as it is."""
    word = request.GET.get(name, "")
    return word.isascii() and word.isalnum() and len(word) < 10


@for_anybody
def plan_calendar(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The plan of the same query string for a calendar."""
    asked = _asked_alone(request, kept)
    if asked is None:
        return redirect("guides:plan")
    return calendar(_taken(asked), file_name(asked.guide.target, asked.plan.start))


@for_anybody
def plan_text(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The plan of the same query string as a text."""
    asked = _asked_alone(request, kept)
    if asked is None:
        return redirect("guides:plan")
    return markdown(_taken(asked), file_name(asked.guide.target, asked.plan.start))


def _asked_alone(request: HttpRequest, kept: Kept | None) -> Asked | None:
    """The plan of a query string, to be taken along."""
    everybody = published_roles()
    targets = plan_targets(request.GET.get("for", ""), everybody=everybody)
    return _asked(request, PlanForm(request.GET, targets, everybody.titles), kept, everybody)


def _asked(request: HttpRequest, form: PlanForm, kept: Kept | None, everybody: PublishedRoles) -> Asked | None:
    """The plan that a query string asks for, from what is right in it; None when it names no roadmap."""
    guide = guide_at(form.target, everybody) if form.target else None
    if guide is None:
        return None
    form.suggest(guide.hours_per_week)
    values = form.kept()
    today = timezone.localdate()
    held = held_by(kept, values.get("from", ""), everybody)
    made = schedule(
        guide.phases,
        values.get("start", today),
        form.pace(guide.hours_per_week),
        today,
        held=held.levels,
        scope=form.scope_chosen,
        free_only=values.get("free", False),
    )
    return Asked(form, MoneyForm(request.GET, "plan-inputs"), guide, held, made)


def _taken(asked: Asked) -> TakenPlan:
    # A calendar replaces what it read before under the same name, so the name stands for role and start.
    ident = hashlib.sha256(f"{asked.guide.target} {asked.plan.start}".encode()).hexdigest()[:16]
    return taken(f"{reverse('guides:plan')}?{asked.query}", ident, asked.guide, asked.plan, {}, {})


def plan_targets(*named: str, everybody: PublishedRoles | None = None) -> Choices:
    """Every published roadmap, roles before moves; computed moves are too many, so only those ``named`` are added."""
    everybody = everybody or published_roles()
    written = [(f"transitions/{slugs}", title) for slugs, title in everybody.moves]
    known = {target for target, _ in written}
    computed = [(target, computed_title(target)) for target in dict.fromkeys(named) if target not in known]
    return [
        ("Roles", [(f"roles/{slug}", title) for slug, title in everybody.titles]),
        ("Moves", [*written, *((target, title) for target, title in computed if title)]),
    ]


def role_choices() -> Choices:
    """Every published role."""
    return published_roles().titles


@dataclass(frozen=True)
class KeptPlanLine:
    """A kept plan in a list."""

    ident: str
    title: str
    start: date


def kept_targets(kept: Kept) -> list[str]:
    """What the plans are for that somebody keeps."""
    return [one.target for one in kept.document.plans]


def kept_plan_lines(kept: Kept, targets: Choices) -> list[KeptPlanLine]:
    """The plans that somebody keeps, the newest first; one whose guide is away keeps the name of its address."""
    names = {target: title for _, group in targets for target, title in group}
    lines = [KeptPlanLine(one.id, names.get(one.target, one.target), one.start) for one in kept.document.plans]
    return lines[::-1]
