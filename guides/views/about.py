"""Pages about the site itself: where figures come from and how they are used."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import keeping
from ..models import Role, Source, Transition


def source_list(request: HttpRequest) -> HttpResponse:
    """Every source with what it measures, its date, licence and attribution."""
    return render(request, "guides/source_list.html", {"sources": Source.objects.all()})


def method(request: HttpRequest) -> HttpResponse:
    """How figures are chosen and derived; examples lead to those pages that visitors may see."""
    context = {
        "roles": set(Role.objects.published().values_list("slug", flat=True)),
        "transitions": set(Transition.objects.published().values_list("slugs", flat=True)),
    }
    return render(request, "guides/method.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, where and for how long, and what is not."""
    return render(request, "guides/privacy.html", {"months": keeping.KEEP_MONTHS})
