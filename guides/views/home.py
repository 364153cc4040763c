"""The home page: one click to the right place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..overview import overview


def home(request: HttpRequest) -> HttpResponse:
    """The box that finds one's job, roles by category, and the written transitions."""
    site = overview()
    return render(
        request,
        "guides/home.html",
        {
            "role_count": site.roles,
            "lines": site.lines,
            "transitions": site.moves,
            "skill_count": site.skills,
            "question_count": site.questions,
        },
    )
