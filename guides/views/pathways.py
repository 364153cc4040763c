"""Pathways: from one end to another in up to three moves, beside the direct one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .. import pathway_phrases, transition_phrases
from ..atlas import Atlas, atlas
from ..computed_pathway import ComputedPathways, Moves, computed_pathways
from ..destinations import Stop
from ..end_search import Meant, Suggestion, meant, suggested
from ..endpoints import Endpoint, endpoints
from ..models import Source
from ..official_facts import OEWS, ONET, PROJECTIONS
from ..pathway import Hop, Limits, Way
from ..pathway_forms import PathwayForm
from ..pay import change_of_medians
from ..phrases import medians, pay_change_value
from ..source_uses import MOVES
from ..transition import gates
from .origin import at_address, with_query
from .pages import respond

FIGURES = (MOVES, ONET, OEWS, PROJECTIONS)
"""Sources of what is said of a way."""

SHOWN = 5
"""Chains on one page."""


@dataclass(frozen=True)
class HopWords:
    """A move of a way in words, and its ends."""

    origin: Stop
    stop: Stop
    address: str
    guide: str
    is_written: bool
    match: str
    why: str
    time: str
    pay: str
    gates: Sequence[transition_phrases.GateWords]


@dataclass(frozen=True)
class WayWords:
    """A way in words: a row of the table, and the route with a line for each move."""

    title: str
    is_direct: bool
    moves: int
    months: str
    lowest_pay: str
    weakest: str
    education: str
    keeps: str
    hops: Sequence[HopWords]


def pathways_page(request: HttpRequest) -> HttpResponse:
    """The ways between two ends within the limits; to htmx, those alone. Without two ends, what is missing."""
    form = PathwayForm(request.GET)
    known = atlas()
    said, page = form.kept(), request.GET.get("page")
    origin, destination = (meant(known, said.get(name, "")) for name in ("origin", "destination"))
    form.show(origin=origin.title, destination=destination.title)
    here = reverse("guides:pathways")
    context = {
        "form": form,
        "roles": known.roles,
        "left_out": [(form[name].label, errors[0]) for name, errors in form.errors.items()],
        "rules": pathway_phrases.RULES,
        "has_occupations": known.has_occupations,
        "here": here,
    }
    if origin.stop and destination.stop and origin.stop is not destination.stop:
        context |= _ways(known, form, origin.stop, destination.stop, page)
    else:
        context |= _without_two_ends(known, form, origin, destination)
    response = respond(request, "guides/pathways.html", "guides/_pathways.html", context)
    return at_address(request, response, with_query(here, form.query(_name(origin), _name(destination))))


def _name(end: Meant) -> str:
    return end.stop.slug if end.stop else end.text


def _without_two_ends(known: Atlas, form: PathwayForm, origin: Meant, destination: Meant) -> dict[str, Any]:
    """What is shown while an end is missing, unknown, or the same as the other."""
    if origin.stop and destination.stop:
        return {"same": origin.stop, "same_words": transition_phrases.same_end(origin.stop)}
    unknown = [end for end in (origin, destination) if end.is_unknown]
    if not unknown:
        return {"one_end": origin.stop or destination.stop}
    # One after the other: looking titles up is the dearest thing that this page does.
    ends = [(_query(form, origin, destination, unknown[0], one), one) for one in suggested(known, unknown[0].text)]
    return {"unknown": pathway_phrases.meant_words(unknown[0].text, bool(ends)), "ends": ends}


def _query(form: PathwayForm, origin: Meant, destination: Meant, unknown: Meant, chosen: Suggestion) -> str:
    """The query string with a suggestion in the place of what is not known."""
    names = [chosen.stop.slug if end is unknown else _name(end) for end in (origin, destination)]
    return form.query(*names)


def _ways(known: Atlas, form: PathwayForm, origin: Stop, destination: Stop, page: str | None) -> dict[str, Any]:
    limits = form.limits
    computed = computed_pathways(known, origin, destination, limits)
    found = computed.found
    shown = Paginator(found.chains, SHOWN).get_page(page)
    ends = _ends(known, [found.direct, *shown])
    direct = _way(computed.moves, found.direct, limits, ends)
    match = computed.moves.match(found.direct.hops[0])
    return {
        "origin": origin,
        "destination": destination,
        "title": pathway_phrases.pathways_title(origin, destination),
        "limits": pathway_phrases.limits_words(limits),
        "found": pathway_phrases.found_words(found),
        "direct": direct,
        "verdict": pathway_phrases.direct_words(found),
        "weaknesses": [pathway_phrases.weakness_words(one, found.direct, match, limits) for one in found.weaknesses],
        "chains": [_way(computed.moves, way, limits, ends) for way in shown],
        "shown": shown,
        "not_known": pathway_phrases.not_known_words(found.not_known, origin, destination),
        "nothing": "" if found.chains or found.dominated else _nothing(computed, limits),
        "reliefs": [
            (pathway_phrases.relief_words(one), form.query_with(one, origin.slug, destination.slug))
            for one in found.reliefs
        ],
        "figure_sources": Source.objects.filter(slug__in=FIGURES),
        **_pages(form, computed, shown),
    }


def _nothing(computed: ComputedPathways, limits: Limits) -> str:
    return pathway_phrases.nothing_words(computed.found, limits, computed.looked_at)


def _pages(form: PathwayForm, computed: ComputedPathways, shown: Any) -> dict[str, str]:
    def address(number: int) -> str:
        query = form.query(computed.origin.slug, computed.destination.slug)
        return f"?{query}&{urlencode({'page': number})}"

    return {
        "before": address(shown.previous_page_number()) if shown.has_previous() else "",
        "after": address(shown.next_page_number()) if shown.has_next() else "",
    }


def _ends(known: Atlas, ways: Iterable[Way]) -> Mapping[str, Endpoint]:
    """Everything about the ends of some ways, by slug."""
    slugs = list(dict.fromkeys(node.slug for way in ways for node in way.nodes))
    return {slug: end for slug, end in zip(slugs, endpoints(known, *slugs), strict=True) if end}


def _way(moves: Moves, way: Way, limits: Limits, ends: Mapping[str, Endpoint]) -> WayWords:
    least = min(way.hops, key=lambda hop: -1 if hop.match is None else hop.match)
    return WayWords(
        title=pathway_phrases.chain_title(way),
        is_direct=not way.stops,
        moves=len(way.hops),
        months=pathway_phrases.months_words(way.months),
        lowest_pay=pathway_phrases.lowest_pay_words(way),
        weakest=pathway_phrases.weakest_words(moves.match(least)),
        education=pathway_phrases.education_words(way),
        keeps=pathway_phrases.verdict_words(way, limits),
        hops=[_hop(moves, hop, ends) for hop in way.hops],
    )


def _hop(moves: Moves, hop: Hop, ends: Mapping[str, Endpoint]) -> HopWords:
    before, after = moves.stops[hop.origin], moves.stops[hop.destination]
    match, length = moves.match(hop), moves.length(hop)
    change = change_of_medians(before.medians, after.medians)
    first, second = ends.get(hop.origin), ends.get(hop.destination)
    written = moves.map.written.get(hop.origin, {}).get(hop.destination) if after.is_role else None
    pay = [medians(*stop.medians) if stop.medians else "not known" for stop in (before, after)]
    found = gates(first.end, second.end) if first and second else ()
    barrier = second.role.entry_barrier_why if second and second.role else ""
    return HopWords(
        origin=before,
        stop=after,
        address=reverse("guides:transition_detail", args=[hop.origin, hop.destination]),
        guide=transition_phrases.move_title(before, after),
        is_written=written is not None,
        match=pathway_phrases.weakest_words(match),
        why=transition_phrases.place_reason(match.reasons if match else ()),
        time=transition_phrases.months_words(length) if length else pathway_phrases.NOT_KNOWN,
        pay=f"{pay[0]} to {pay[1]}" + (f" ({pay_change_value(change)})" if change else ""),
        gates=[transition_phrases.gate_words(gate, barrier) for gate in found],
    )
