"""Transition pages: index, lists from and into a role, and the guides."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .. import phrases
from ..charts import timeline
from ..duration import Duration
from ..facts import outlook_fact, transition_facts
from ..models import Phase, RequiredSkill, Role, RoleOccupation, Transition, TransitionSkill
from ..pay import PayChange, change
from ..role_figures import RoleFigures, figures_of, sources_by_slug, words_of
from ..vocabulary import Effort, Level
from .pages import Section, visible


def transition_list(request: HttpRequest) -> HttpResponse:
    """All written guides, grouped by origin; ``?origin=`` leads on to the page of that role."""
    if origin := Role.objects.published().filter(slug=request.GET.get("origin", "")).first():
        return redirect("guides:transitions_from", origin.slug)
    transitions = Transition.objects.published().for_card().order_by("origin__title", "destination__title")
    groups = [(origin, list(group)) for origin, group in groupby(transitions, key=lambda one: one.origin)]
    return render(request, "guides/transition_list.html", {"groups": groups})


def transitions_from(request: HttpRequest, origin: str) -> HttpResponse:
    """Where one can go from a role."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=origin)
    transitions = Transition.objects.published().for_card().filter(origin=role).in_order()
    return render(request, "guides/transitions_from.html", {"role": role, "transitions": transitions})


def transitions_into(request: HttpRequest, slug: str) -> HttpResponse:
    """From where one can come into a role."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    transitions = Transition.objects.published().for_card().filter(destination=role).in_order()
    return render(request, "guides/transitions_into.html", {"role": role, "transitions": transitions})


def transition_detail(request: HttpRequest, origin: str, destination: str) -> HttpResponse:
    """A written guide for one move."""
    everything = Transition.objects.select_related("origin__category", "destination__category")
    guide = visible(request, everything, everything.published(), slugs=f"{origin}/{destination}")
    phases = list(Phase.objects.for_page().filter(roadmap__transition=guide))
    drawn = timeline([(phase.title, phase.weeks) for phase in phases])
    duration = Duration(guide.weeks, phases[0].roadmap.hours_per_week)
    before, after = _figures(guide)
    pay_change = _pay_change(guide, before, after)
    official = phrases.is_pay_official(before.pay, after.pay)
    sources = sources_by_slug()
    links = list(guide.skill_links.select_related("skill").prefetch_related("resources"))
    origin_words = words_of(guide.origin, duration.hours_per_week)
    destination_words = words_of(guide.destination, duration.hours_per_week)
    used = before.sources | after.sources | {*guide.further_sources}
    return render(
        request,
        "guides/transition_detail.html",
        {
            "transition": guide,
            "origin": guide.origin,
            "destination": guide.destination,
            "title": phrases.transition_title(guide.origin.title, guide.destination.title, duration, guide.own_title),
            "route_length": phrases.route_length(duration),
            "facts": transition_facts(
                duration,
                Effort(guide.effort),
                guide.effort_why,
                pay_change,
                official,
                outlook_fact(after.standing, after.pay, sources),
                sources.get(before.pay.rows[0].source) if before.pay.rows else None,
            ),
            "prose": {section["heading"]: section["html"] for section in guide.sections},
            "carried": [link for link in links if link.is_carried],
            "to_learn": _with_levels(guide, [link for link in links if not link.is_carried]),
            "phases": list(zip(phases, drawn.bars, strict=True)),
            "timeline": drawn,
            "duration": duration,
            "learning_time": phrases.pace(duration),
            "reality": guide.reality,
            "actions": guide.actions,
            "answers": phrases.transition_answers(
                origin_words, destination_words, pay_change, duration, before.pay, after.pay
            ),
            "others": Transition.objects.published()
            .for_card()
            .filter(origin=guide.origin)
            .exclude(pk=guide.pk)
            .in_order(),
            "sources": [source for slug, source in sources.items() if slug in used],
            "sections": SECTIONS,
        },
    )


SECTIONS = [
    Section("overview", "Overview"),
    Section("carried", "What carries over"),
    Section("to-learn", "What you will learn"),
    Section("roadmap", "Roadmap"),
    Section("reality", "Reality check"),
    Section("actions", "First steps"),
    Section("questions", "Common questions"),
    Section("next", "Next steps"),
    Section("sources", "Sources"),
]
"""The sections of a guide, in the same order on every one."""


def _figures(guide: Transition) -> tuple[RoleFigures, RoleFigures]:
    """Figures of both sides, in one query."""
    links = list(
        RoleOccupation.objects.filter(role__in=(guide.origin_id, guide.destination_id)).select_related("occupation")
    )
    before = figures_of(link for link in links if link.role_id == guide.origin_id)
    after = figures_of(link for link in links if link.role_id == guide.destination_id)
    return before, after


def _pay_change(guide: Transition, before: RoleFigures, after: RoleFigures) -> PayChange | None:
    """The derived change, narrowed down where the editors gave their own."""
    derived = change(before.pay, after.pay)
    own = guide.own_pay_change
    if derived is None or own is None:
        return derived
    return PayChange(own["low"], own["high"], derived.origin, derived.destination)


def _with_levels(guide: Transition, links: list[TransitionSkill]) -> list[tuple[TransitionSkill, Level]]:
    """Each skill to learn with the level that the destination asks for, in one query."""
    levels = dict(RequiredSkill.objects.filter(role=guide.destination_id).values_list("skill_id", "level"))
    return [(link, Level(levels[link.skill_id])) for link in links]
