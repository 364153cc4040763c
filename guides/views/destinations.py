"""Where one can go from a role or an occupation, and from where one can come into a role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .. import transition_phrases
from ..atlas import Atlas, View, atlas
from ..destinations import Destination, Order, Stop, Wishes, rank, time_to
from ..models import Role, Source, Transition
from ..official_facts import OEWS, ONET, PROJECTIONS
from ..source_uses import MOVES
from ..transition import Match, margin
from ..transition_forms import DestinationForm
from .pages import hidden_because, respond, visible

FIGURES = (MOVES, ONET, OEWS, PROJECTIONS)
"""Sources of what a line of the ranking says."""

SHOWN = 20
"""Destinations on one page."""

NEAREST = 10
"""Ways into a role without a written guide that are named."""


@dataclass(frozen=True)
class DestinationLine:
    """A destination in the ranking."""

    stop: Stop
    address: str
    is_written: bool
    match: str
    band: str
    why: str
    time: str
    pay: str
    entry: str


def transitions_from(request: HttpRequest, origin: str) -> HttpResponse:
    """Every destination from a role or an occupation; to htmx, the ranking alone."""
    known = atlas()
    stop = known.by_slug.get(origin)
    if stop is None:
        return _hidden(request, origin)
    form = DestinationForm(request.GET, stop, has_occupations=known.has_occupations)
    (view,) = known.views(stop)
    ranking = rank(
        stop,
        known.seen(stop, view),
        form.wishes,
        form.chosen_order,
        known.scale,
        known.written.get(stop.slug, {}),
    )
    shown = Paginator(ranking.destinations, SHOWN).get_page(request.GET.get("page"))
    context = {
        "stop": stop,
        "form": form,
        "title": transition_phrases.ranking_title(stop),
        "people": transition_phrases.people(stop),
        "found": transition_phrases.found_words(len(ranking.destinations), ranking.total),
        "not_known": transition_phrases.not_known_words(ranking.not_known),
        "left_out": [(form[name].label, errors[0]) for name, errors in form.errors.items()],
        "lines": _lines(known, stop, view, list(shown)),
        "shown": shown,
        "order_explained": transition_phrases.order_explained(form.chosen_order),
        "time_explained": transition_phrases.time_explained(stop),
        "is_likely": form.chosen_order is Order.LIKELY,
        "has_occupations": known.has_occupations,
        "figure_sources": Source.objects.filter(slug__in=FIGURES),
        "transitions": _written(stop),
        "here": reverse("guides:transitions_from", args=[stop.slug]),
        **_pages(form, shown),
    }
    return respond(request, "guides/transitions_from.html", "guides/_destination_ranking.html", context)


def _hidden(request: HttpRequest, slug: str) -> HttpResponse:
    """What staff see of a role that is not public; 404 for visitors."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    if not hidden_because(role):
        raise Http404
    context = {
        "stop": role,
        "title": f"Where {role.plural} can go",
        "people": role.plural,
        "hidden": hidden_because(role),
        "transitions": Transition.objects.published().for_card().filter(origin=role).in_order(),
    }
    return render(request, "guides/transitions_from.html", context)


def _written(stop: Stop) -> Iterable[Transition]:
    if not stop.is_role:
        return ()
    return Transition.objects.published().for_card().filter(origin__slug=stop.slug).in_order()


def _lines(known: Atlas, origin: Stop, view: View | None, shown: Sequence[Destination]) -> list[DestinationLine]:
    return [_line(origin, one, known.match(origin, one.stop, view)) for one in shown]


def _line(origin: Stop, one: Destination, match: Match | None) -> DestinationLine:
    return DestinationLine(
        stop=one.stop,
        address=reverse("guides:transition_detail", args=[origin.slug, one.stop.slug]),
        is_written=one.is_written,
        match=transition_phrases.match_value(match) if match else "Not known",
        band=transition_phrases.band_first(match),
        why=transition_phrases.place_reason(match.reasons if match else ()),
        time=transition_phrases.destination_time(one),
        pay=transition_phrases.destination_pay(one),
        entry=transition_phrases.destination_degree(one),
    )


def _pages(form: DestinationForm, shown: Page[Destination]) -> dict[str, Any]:
    def address(number: int) -> str:
        return f"?{urlencode([*form.pairs, ('page', str(number))])}"

    return {
        "before": address(shown.previous_page_number()) if shown.has_previous() else "",
        "after": address(shown.next_page_number()) if shown.has_next() else "",
    }


@dataclass(frozen=True)
class WayIn:
    """A move into a role that nobody wrote a guide for."""

    stop: Stop
    address: str
    match: str
    why: str
    time: str


def transitions_into(request: HttpRequest, slug: str) -> HttpResponse:
    """From where one can come into a role: written guides, then the nearest ends."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    transitions = Transition.objects.published().for_card().filter(destination=role).in_order()
    context = {
        "role": role,
        "transitions": transitions,
        "hidden": hidden_because(role),
        "ways_in": _ways_in(role.slug),
        "moves_source": Source.objects.filter(slug=MOVES).first(),
    }
    return render(request, "guides/transitions_into.html", context)


def _ways_in(slug: str) -> list[WayIn]:
    """The ends that are most alike a role and have no written guide into it; none for a role that is not public."""
    known = atlas()
    role = known.by_slug.get(slug)
    if role is None or not role.is_role:
        return []
    (view,) = known.views(role)
    near = rank(role, known.seen(role, view), Wishes(), Order.ALIKE, known.scale, {}).destinations
    unwritten = [one for one in near if slug not in known.written.get(one.stop.slug, {}) and one.match]
    return [_way_in(one.stop, role, one.match) for one in unwritten[:NEAREST] if one.match]


def _way_in(origin: Stop, role: Stop, match: Match) -> WayIn:
    length = time_to(origin, role, None)
    return WayIn(
        origin,
        reverse("guides:transition_detail", args=[origin.slug, role.slug]),
        transition_phrases.match_value(Match(match.value, margin(origin.is_uncertain, role.is_uncertain))),
        f"{transition_phrases.band_first(match)}.",
        transition_phrases.months_words(length) if length else "Not known",
    )
