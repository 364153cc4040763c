"""The page of a move that nobody wrote a guide for: everything on it is computed and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .. import phrases, transition_phrases
from ..atlas import atlas
from ..charts import PayStrip, Percentiles, pay_strip, timeline
from ..computed_guide import ComputedGuide, computed_guide
from ..endpoints import Endpoint
from ..facts import FigureLine, figure_lines, least_sure, outlook_fact, pay_confidence
from ..figures import OfficialFigures
from ..keeping import Kept
from ..models import Source
from ..official_facts import ONET
from ..pay import change
from ..role_figures import sources_by_slug
from ..source_uses import MOVES
from ..transition_phrases import StudyWords
from .origin import Reader, at_address, reader_of, with_query
from .pages import Section, is_fragment, respond
from .skill_gap import gap_of
from .visitor import Held

ELEMENTS_SHOWN = 8
"""Official requirements that are named in each list."""


@dataclass(frozen=True)
class Side:
    """The official figures of both ends beside each other."""

    figures: tuple[OfficialFigures, ...]
    lines: list[FigureLine]


def computed_transition(request: HttpRequest, kept: Kept | None, origin: str, destination: str) -> HttpResponse:
    """The computed page of a pair; to htmx, the gap between the reader's skills and a role. 404 for unknown ends."""
    if origin == destination:
        return _same_end(request, origin)
    found = computed_guide(origin, destination)
    if found is None:
        raise Http404
    reader = _coming_from(found, reader_of(request, kept))
    here = reverse("guides:transition_detail", args=[origin, destination])
    part = {
        "reader": reader,
        "gap": gap_of(reader, found.destination.role, found.destination.end.required),
        "title": found.title,
        "page_title": f"{found.title} – Careerpaths",
        "address": here,
    }
    if is_fragment(request):
        response = respond(request, "guides/transition_computed.html", "guides/_skill_gap.html", part)
        return at_address(request, response, with_query(here, reader.query))
    return respond(
        request,
        "guides/transition_computed.html",
        "guides/_skill_gap.html",
        {**part, **_everything(found, sources_by_slug())},
    )


def _same_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that there is no move from an end to itself."""
    stop = atlas().by_slug.get(slug)
    if stop is None:
        raise Http404
    context = {"stop": stop, "words": transition_phrases.same_end(stop), "people": transition_phrases.people(stop)}
    return render(request, "guides/transition_same.html", context)


def _coming_from(found: ComputedGuide, reader: Reader) -> Reader:
    """Whoever says nothing else comes from the origin of the move, when that is a role."""
    role = found.origin.role
    if reader.is_known or role is None:
        return reader
    return replace(reader, held=Held(found.origin.end.held or {}, role), slug=role.slug)


def _everything(found: ComputedGuide, sources: dict[str, Source]) -> dict[str, object]:
    origin, destination, move = found.origin, found.destination, found.move
    before, after = origin.figures, destination.figures
    pay_change = change(before.pay, after.pay)
    drawn = timeline([(phase.title, phase.weeks) for phase in found.phases]) if found.phases else None
    used = before.sources | after.sources | {MOVES, ONET}
    learned = move.elements.to_learn[:ELEMENTS_SHOWN] if move.elements else ()
    carried_skills = move.gap.carried if move.gap else ()
    carried = move.elements.transfers[:ELEMENTS_SHOWN] if move.elements else ()
    return {
        "origin": origin,
        "destination": destination,
        "target": found.target,
        "move": move,
        "summary": transition_phrases.move_summary(origin.stop, destination.stop, move.match),
        "not_reviewed": transition_phrases.NOT_REVIEWED,
        "facts": transition_phrases.move_facts(
            origin.stop,
            destination.stop,
            move,
            pay_change,
            least_sure(_pay_confidence(origin), _pay_confidence(destination)),
            outlook_fact(destination.stop, after.standing, after.pay, sources),
            {
                "match": sources.get(MOVES),
                "time": sources.get(ONET),
                "pay": sources.get(before.pay.rows[0].source) if before.pay.rows else None,
            },
        ),
        "reasons": [transition_phrases.reason_words(one) for one in move.match.reasons] if move.match else [],
        "meaning": transition_phrases.band_meaning(move.match.band) if move.match else "",
        "moves_source": sources.get(MOVES),
        "ratings_source": sources.get(ONET),
        "readiness": transition_phrases.readiness_words(move.ready, destination.stop),
        "ready_explained": transition_phrases.READY_EXPLAINED,
        "carried_skills": [(one, transition_phrases.carried_levels(one)) for one in carried_skills],
        "carried_elements": [transition_phrases.carried_element(one) for one in carried],
        "studies": _studies(found),
        "missing_elements": [transition_phrases.missing_element(one) for one in learned],
        "tools": move.tools,
        "phases": list(zip(found.phases, drawn.bars, strict=True)) if drawn else [],
        "timeline": drawn,
        "route_note": transition_phrases.route_note(move.length, destination.stop, bool(found.phases)),
        "gates": [transition_phrases.gate_words(gate, _barrier(destination)) for gate in move.gates],
        "licence_page": next((one.licence.page for one in after.standing if one.licence and one.licence.section), ""),
        "unknown": [transition_phrases.unknown_words(one, origin.stop, destination.stop) for one in move.unknown],
        "stones": _stones(found),
        "side": Side(
            (*before.standing, *after.standing),
            figure_lines(
                destination.stop,
                (*before.standing, *after.standing),
                after.pay if before.pay.is_official else before.pay,
                sources,
            ),
        ),
        "pay_strip": _pay_strip((*before.standing, *after.standing)),
        "pay_sources": [sources[slug] for slug in {row.source for row in after.pay.rows} if slug in sources],
        "pay_confidence": least_sure(_pay_confidence(origin), _pay_confidence(destination)),
        "answers": transition_phrases.move_answers(origin.stop, destination.stop, move, pay_change),
        "sources": [source for slug, source in sources.items() if slug in used],
        "origins": found.map.roles,
        "back": reverse("guides:transition_detail", args=[destination.stop.slug, origin.stop.slug]),
        "sections": SECTIONS,
    }


SECTIONS = [
    Section("overview", "How alike the work is"),
    Section("carried", "What carries over"),
    Section("to-learn", "What you would learn"),
    Section("roadmap", "Roadmap"),
    Section("reality", "Before you decide"),
    Section("side", "Side by side"),
    Section("stones", "Stepping stones"),
    Section("questions", "Common questions"),
    Section("next", "Next steps"),
    Section("sources", "Sources"),
]
"""The sections of a computed move, in the same order on every one."""


@dataclass(frozen=True)
class StoneWords:
    """An end between two others, with the address of each half of the way."""

    title: str
    address: str
    line: str
    first: str
    first_address: str
    second: str
    second_address: str


def _stones(found: ComputedGuide) -> list[StoneWords]:
    here, there = found.origin.stop.slug, found.destination.stop.slug
    return [
        StoneWords(
            one.stop.title,
            one.stop.address,
            one.stop.line,
            transition_phrases.match_value(one.from_origin),
            reverse("guides:transition_detail", args=[here, one.stop.slug]),
            transition_phrases.match_value(one.to_destination),
            reverse("guides:transition_detail", args=[one.stop.slug, there]),
        )
        for one in found.stepping_stones
    ]


def _studies(found: ComputedGuide) -> list[StudyWords]:
    return [transition_phrases.study_words(one) for one in found.move.studies]


def _barrier(end: Endpoint) -> str:
    return end.role.entry_barrier_why if end.role else ""


def _pay_confidence(end: Endpoint) -> str:
    return pay_confidence(end.stop, end.figures.standing, end.figures.pay)


def _pay_strip(standing: Sequence[OfficialFigures]) -> PayStrip | None:
    rows = {one.code: Percentiles(phrases.pay_label(one), *astuple(one.pay)) for one in standing if one.pay}
    return pay_strip(list(rows.values())) if rows else None
