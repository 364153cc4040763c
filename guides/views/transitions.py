"""Transition pages: the index and the guides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .. import phrases
from ..charts import timeline
from ..duration import Duration
from ..facts import confidence, least_sure, outlook_fact, transition_facts
from ..gap import level_after
from ..keeping import Kept
from ..models import Phase, RequiredSkill, Role, RoleOccupation, Transition, TransitionSkill
from ..overview import overview
from ..pay import PayChange, change
from ..role_figures import RoleFigures, figures_of, sources_by_slug, words_of
from ..role_profiles import levels_of, requirement_of
from ..vocabulary import Effort, Level
from .computed_transition import computed_transition
from .origin import Reader, at_address, origins, reader_of, with_query
from .pages import Section, hidden_because, is_fragment, respond
from .skill_gap import gap_view
from .visitor import Held, for_anybody

PER_PAGE = 30
"""Guides of the index on one page."""


def transition_list(request: HttpRequest) -> HttpResponse:
    """All written guides, grouped by origin; ``?origin=`` leads on to the page of that role."""
    if origin := Role.objects.published().filter(slug=request.GET.get("origin", "")).first():
        return redirect("guides:transitions_from", origin.slug)
    # By slugs, which are made of the titles and have an index: what one page shows is all that is read.
    pages = Paginator(Transition.objects.published().for_card().order_by("slugs"), PER_PAGE)
    pages.count = overview().transitions
    shown = pages.get_page(request.GET.get("page"))
    groups = [(role, list(group)) for role, group in groupby(shown, key=lambda one: one.origin)]
    return render(request, "guides/transition_list.html", {"groups": groups, "shown": shown})


@for_anybody
def transition_detail(request: HttpRequest, kept: Kept | None, origin: str, destination: str) -> HttpResponse:
    """One move, by its written guide or, where there is none for the reader, computed; to htmx, the skill gap."""
    guide = _written(request, f"{origin}/{destination}")
    if guide is None:
        return computed_transition(request, kept, origin, destination)
    duration = Duration(guide.weeks, guide.roadmap.hours_per_week)
    required = list(RequiredSkill.objects.filter(role=guide.destination_id).select_related("skill"))
    origin_levels = levels_of(guide.origin)
    reader = _coming_from(guide, origin_levels, reader_of(request, kept))
    part = {
        "reader": reader,
        "gap": gap_view(reader, guide.destination, required),
        "transition": guide,
        "title": phrases.transition_title(guide.origin.title, guide.destination.title, duration, guide.own_title),
        "route_length": phrases.route_length(duration),
    }
    if is_fragment(request):
        response = respond(request, "guides/transition_detail.html", "guides/_skill_gap.html", part)
        return at_address(request, response, with_query(guide.get_absolute_url(), reader.query))
    phases = list(Phase.objects.for_page().filter(roadmap__transition=guide))
    drawn = timeline([(phase.title, phase.weeks) for phase in phases])
    before, after = _figures(guide)
    pay_change = _pay_change(guide, before, after)
    sources = sources_by_slug()
    links = list(guide.skill_links.select_related("skill").prefetch_related("resources"))
    origin_words = words_of(guide.origin, duration.hours_per_week)
    destination_words = words_of(guide.destination, duration.hours_per_week)
    used = before.sources | after.sources | {*guide.further_sources}
    return respond(
        request,
        "guides/transition_detail.html",
        "guides/_skill_gap.html",
        {
            **part,
            "origins": origins(reader),
            "hidden": hidden_because(guide),
            "origin": guide.origin,
            "destination": guide.destination,
            "facts": transition_facts(
                duration,
                Effort(guide.effort),
                guide.effort_why,
                pay_change,
                least_sure(confidence(origin_words, before.pay), confidence(destination_words, after.pay)),
                outlook_fact(destination_words, after.standing, after.pay, sources),
                sources.get(before.pay.rows[0].source) if before.pay.rows else None,
            ),
            "prose": {section["heading"]: section["html"] for section in guide.sections},
            "carried": [link for link in links if link.is_carried],
            "to_learn": _to_learn(required, origin_levels, links, duration.hours_per_week),
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


def _written(request: HttpRequest, slugs: str) -> Transition | None:
    """The written guide, to visitors when it is published, to staff in any case."""
    everything = Transition.objects.select_related("origin__category", "destination__category", "roadmap")
    guide = everything.published().filter(slugs=slugs).first()
    return everything.filter(slugs=slugs).first() if guide is None and request.user.is_staff else guide


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


def _to_learn(
    required: Iterable[RequiredSkill],
    held: Mapping[str, int],
    links: Iterable[TransitionSkill],
    hours_per_week: int,
) -> list[tuple[TransitionSkill, Level, str]]:
    """Each skill to learn, the level that the destination asks for, and what is left where the route stops short."""
    asked = {one.skill_id: requirement_of(one) for one in required}
    rows = []
    for link in links:
        if link.is_carried:
            continue
        requirement = asked[link.skill_id]
        before = held.get(requirement.skill, 0)
        after = level_after(before, (link.weeks or 0) * hours_per_week, requirement.hours)
        is_short = bool(link.weeks) and after < requirement.level
        rows.append((link, requirement.level, phrases.short_of(before, after) if is_short else ""))
    return rows


def _coming_from(guide: Transition, origin_levels: dict[str, int], reader: Reader) -> Reader:
    """Whoever says nothing else comes from the origin of the guide."""
    if reader.is_known:
        return reader
    return replace(reader, held=Held(origin_levels, guide.origin), slug=guide.origin.slug)
