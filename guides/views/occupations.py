"""Pages of official occupations, and the box that finds the job somebody holds."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from .. import occupation_phrases
from ..charts import PayStrip, pay_strip
from ..charts import Percentiles as ChartPercentiles
from ..figures import OfficialFigures, official_figures
from ..forms import JobForm, OccupationForm
from ..models import OccupationTitle, OfficialOccupation, OfficialRelease
from ..occupation_facts import occupation_facts, occupation_metrics, pay_confidence
from ..occupation_groups import MAJOR_GROUPS, group_name
from ..occupation_neighbours import neighbours_of
from ..occupation_profile import profile_of, tools_of
from ..occupation_search import FoundJobs, find_jobs
from ..published_roles import published_roles
from ..role_figures import sources_by_slug
from ..source_uses import MOVES
from ..vocabulary import OccupationMatch
from .origin import with_query
from .pages import Section, respond

PER_PAGE = 50
"""Occupations on one page of a list."""

FOUND = 20
"""Occupations that a search of the classification shows."""


# -- The box -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """A job that may be meant: where its moves stand, and the title under which it was found if not its own."""

    title: str
    address: str
    about: str
    found_as: str = ""
    line: str = ""


def start(request: HttpRequest) -> HttpResponse:
    """Jobs that answer the words typed, each leading to the moves out of it, or to the one move to ``?to=``."""
    form = JobForm(request.GET)
    kept = form.kept()
    query, to = kept.get("q", ""), kept.get("to", "")
    found = find_jobs(query) if query else None
    is_loaded = OfficialRelease.objects.exists()
    destination = _title_of(to)
    return respond(
        request,
        "guides/start.html",
        "guides/_job_results.html",
        {
            "form": form,
            "query": query,
            "to": to if destination else "",
            "destination": destination,
            "found": found,
            "roles": _roles(found, to if destination else "") if found else (),
            "occupations": _occupations(found, to if destination else "") if found else (),
            "said": _said(found) if found else "",
            "instead": occupation_phrases.instead_sentence(query, found.instead, found.is_part) if found else "",
            "not_loaded": "" if is_loaded else occupation_phrases.NOT_LOADED,
        },
    )


def _said(found: FoundJobs) -> str:
    return occupation_phrases.found_sentence(len(found.roles), len(found.occupations), found.query)


def _title_of(slug: str) -> str:
    """The title of a role or occupation that one wants to get to; "" without one."""
    if not slug:
        return ""
    role = published_roles().roles.get(slug)
    if role:
        return role.title
    return OfficialOccupation.objects.filter(slug=slug).values_list("title", flat=True).first() or ""


def _moves(slug: str, to: str, about: str) -> str:
    """Where the moves out of a job stand; whoever is there already is led to the page about it."""
    if slug == to:
        return about
    return (
        reverse("guides:transition_detail", args=[slug, to]) if to else reverse("guides:transitions_from", args=[slug])
    )


def _roles(found: FoundJobs, to: str) -> list[Job]:
    return [
        Job(role.title, _moves(role.slug, to, about), about, line=role.category.line)
        for role in found.roles
        for about in (role.get_absolute_url(),)
    ]


def _occupations(found: FoundJobs, to: str) -> list[Job]:
    return [
        Job(one.occupation.title, _moves(one.occupation.slug, to, about), about, found_as=one.title)
        for one in found.occupations
        for about in (one.occupation.get_absolute_url(),)
    ]


# -- The classification ------------------------------------------------------------------------------------------------


def occupation_list(request: HttpRequest) -> HttpResponse:
    """The classification: its groups, one of them, or what a search finds in it."""
    form = OccupationForm(request.GET)
    kept = form.kept()
    query, group = kept.get("q", ""), kept.get("group", "")
    release = OfficialRelease.objects.current()
    found = find_jobs(query, FOUND) if query and release else None
    context = {
        "form": form,
        "query": query,
        "group": group,
        "group_name": group_name(group) if group else "",
        "release": release,
        "found": found,
        "instead": occupation_phrases.instead_sentence(query, found.instead, found.is_part) if found else "",
    }
    if release and not query:
        sources = sources_by_slug()
        context["sources"] = [source for slug, source in sources.items() if slug in LIST_SOURCES]
        if group:
            rows = OfficialOccupation.objects.for_list().in_group(group).order_by("title")
            context["shown"] = shown = Paginator(rows, PER_PAGE).get_page(kept.get("page", 1))
            context["before"] = _page(group, shown.previous_page_number()) if shown.has_previous() else ""
            context["after"] = _page(group, shown.next_page_number()) if shown.has_next() else ""
        else:
            context["groups"] = _groups()
    return respond(request, "guides/occupation_list.html", "guides/_occupation_results.html", context)


LIST_SOURCES = ("bls-oews-2024", "bls-ooh-2024-34", "bls-ep-2023-33")
"""Where the figures in lists of occupations come from."""


def _page(group: str, number: int) -> str:
    return with_query(reverse("guides:occupation_list"), urlencode({"group": group, "page": number}))


def _groups() -> list[tuple[str, str, int]]:
    counted = (
        OfficialOccupation.objects.order_by()
        .annotate(major=Substr("code", 1, 2))
        .values_list("major")
        .annotate(count=Count("pk"))
    )
    counts = dict(counted)
    return [(code, name, counts[code]) for code, name in MAJOR_GROUPS.items() if code in counts]


SECTIONS = [
    Section("numbers", "By the numbers"),
    Section("asks", "What it asks for"),
    Section("near", "Work that is alike"),
    Section("titles", "Other titles"),
    Section("sources", "Sources"),
]
"""The sections of the page of an occupation."""


def occupation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is known about an occupation."""
    occupation = get_object_or_404(OfficialOccupation, slug=slug)
    release = OfficialRelease.objects.get()
    figures = official_figures(occupation.code, occupation.title, 1, OccupationMatch.COVERS, "", occupation.figures)
    profile, tools = profile_of(occupation.figures), tools_of(occupation.figures)
    titles = list(OccupationTitle.objects.filter(occupation=occupation, is_own=False).order_by("title"))
    sources = sources_by_slug()
    used = {*figures.sources, *(part.source for part in (profile, tools) if part), CLASSIFICATION, MOVES}
    return render(
        request,
        "guides/occupation_detail.html",
        {
            "occupation": occupation,
            "release": release,
            "lead": occupation_phrases.occupation_lead(occupation.code, group_name(occupation.code), len(titles)),
            "group_name": group_name(occupation.code),
            "facts": occupation_facts(figures, sources),
            "metrics": occupation_metrics(figures, occupation.employment, sources),
            "figures": figures,
            "pay_strip": _pay_strip(figures),
            "pay_sources": [source for slug, source in sources.items() if slug == figures.pay_source],
            "pay_confidence": pay_confidence(figures),
            "profile": profile,
            "needs": [
                ("Skills", [occupation_phrases.need_words(one) for one in profile.skills]),
                ("Knowledge", [occupation_phrases.need_words(one) for one in profile.knowledge]),
            ]
            if profile
            else [],
            "proxies": () if profile else _proxies(occupation),
            "unrated": occupation_phrases.UNRATED,
            "interests": occupation_phrases.interests_sentence(profile.interests) if profile else "",
            "tools": tools,
            "more_tools": occupation_phrases.more_tools(tools.more) if tools else "",
            "near": neighbours_of(occupation),
            "titles": titles,
            "ratings": sources.get(CLASSIFICATION),
            "moves": sources.get(MOVES),
            "sources": [source for slug, source in sources.items() if slug in used],
            "sections": SECTIONS,
        },
    )


CLASSIFICATION = "onet-30"
"""Where titles and ratings come from."""


def _proxies(occupation: OfficialOccupation) -> list[OfficialOccupation]:
    """The rated occupations that stand for one without ratings, nearest first."""
    found = {one.code: one for one in OfficialOccupation.objects.for_list().of_codes(occupation.proxies)}
    return [found[code] for code in occupation.proxies]


def _pay_strip(figures: OfficialFigures) -> PayStrip | None:
    pay = figures.pay
    if pay is None:
        return None
    strip = ChartPercentiles(figures.title, pay.p10, pay.p25, pay.median, pay.p75, pay.p90, pay.top_coded)
    return pay_strip([strip])
