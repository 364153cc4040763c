"""The home page: one click to the right place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Category, Role, Skill, Transition

SHOWN = 6


def home(request: HttpRequest) -> HttpResponse:
    """Roles by category to start from, and the written transitions."""
    roles = list(Role.objects.published().for_card().in_order())
    return render(
        request,
        "guides/home.html",
        {
            "roles": roles,
            "categories": Category.objects.published().with_roles(),
            "transitions": Transition.objects.published().for_card().in_order()[:SHOWN],
            "skill_count": Skill.objects.published().count(),
            "question_count": sum(role.question_count for role in roles),
        },
    )
