"""Pages about the site itself: where figures come from and how they are used."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .. import keeping
from ..duration import DAYS_PER_YEAR, HOURS_TOLERANCE
from ..models import OfficialRelease, Role, RoleOccupation, Source, Transition
from ..pay import TOP_CODE, change
from ..phrases import money, outlook_words_key
from ..proximity import BANDS, LEAST_IMPORTANCE, SVP_MONTHS
from ..role_figures import figures_of, sources_by_slug, sources_of_figures
from ..source_uses import MOVES, source_uses

CLAIMS = "career-site-pages"
"""Source of what other sites say."""

EXAMPLE = "backend-developer/ai-technical-writer"
"""The move whose figures are set beside another site's."""


def source_list(request: HttpRequest) -> HttpResponse:
    """Every source with what it measures, its date, licence and attribution."""
    return render(request, "guides/source_list.html", {"sources": Source.objects.all()})


_OF_LINKS = ("slugs", "further_sources", "origin_id", "destination_id")


def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One source, and every public page that rests on it with what it takes from it."""
    source = get_object_or_404(Source, slug=slug)
    # Of all roles and guides, of which there may be thousands, with no more than the links and their reasons take.
    everybody = Role.objects.published().select_related("category").order_by("title")
    everybody = everybody.only("slug", "title", "stages_source", "further_sources", "category__slug", "category__name")
    roles = list(everybody)
    guides = list(Transition.objects.published().only(*_OF_LINKS).order_by("origin__title", "destination__title"))
    by_key = {role.pk: role for role in roles}
    for guide in guides:
        if guide.origin_id in by_key and guide.destination_id in by_key:
            guide.origin, guide.destination = by_key[guide.origin_id], by_key[guide.destination_id]
    uses = source_uses(source, roles, guides)
    context = {
        "source": source,
        "uses": uses,
        "origins": roles if slug == MOVES else [],
        "is_classified": (slug == MOVES or bool(uses.occupations)) and OfficialRelease.objects.exists(),
    }
    return render(request, "guides/source_detail.html", context)


def method(request: HttpRequest) -> HttpResponse:
    """How figures are chosen and derived, with the numbers of the rules themselves; examples are public pages."""
    sources = sources_by_slug()
    context = {
        "roles": set(Role.objects.published().values_list("slug", flat=True)),
        "sources": {kind.name.lower(): found for kind, found in sources_of_figures(sources).items()},
        "moves_source": sources.get(MOVES),
        "claims_source": sources.get(CLAIMS),
        "example": _example(),
        "outlook_words": outlook_words_key(),
        "days_per_year": DAYS_PER_YEAR,
        "tolerance": HOURS_TOLERANCE,
        "bands": BANDS,
        "zones": SVP_MONTHS.items(),
        "readiness_importance": LEAST_IMPORTANCE,
        "top_code": money(TOP_CODE),
    }
    return render(request, "guides/method.html", context)


def _example() -> dict[str, Any] | None:
    """The move whose pay change and outlook the page works out; None while its guide is not public."""
    guide = Transition.objects.published().for_card().filter(slugs=EXAMPLE).first()
    if guide is None:
        return None
    links = RoleOccupation.objects.filter(role__in=(guide.origin_id, guide.destination_id)).select_related("occupation")
    before, after = (
        figures_of(link for link in links if link.role_id == one) for one in (guide.origin_id, guide.destination_id)
    )
    outlooks = [one.outlook for one in after.standing if one.outlook]
    return {"guide": guide, "change": change(before.pay, after.pay), "outlook": outlooks[0] if outlooks else None}


def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, where and for how long, and what is not."""
    return render(request, "guides/privacy.html", {"months": keeping.KEEP_MONTHS, "cookie_days": keeping.COOKIE_DAYS})
