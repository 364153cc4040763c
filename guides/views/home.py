"""The home page: one click to the right place."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Category, Role, Skill, Transition

SHOWN = 6
"""Moves on the home page."""

STOPS = 8
"""Roles of a category on the home page; more stand on the page of the category."""


@dataclass(frozen=True)
class HomeLine:
    """A category with its first roles; ``count`` counts all of them."""

    category: Category
    roles: list[Role]
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether the category has more roles than are shown."""
        return self.count > len(self.roles)


def home(request: HttpRequest) -> HttpResponse:
    """Roles by category to start from, and the written transitions."""
    roles = list(Role.objects.published().for_card().in_order())
    left = set(Transition.objects.published().order_by().values_list("origin_id", flat=True).distinct())
    return render(
        request,
        "guides/home.html",
        {
            "role_count": len(roles),
            "origins": sorted((role for role in roles if role.pk in left), key=lambda role: role.title.casefold()),
            "lines": _lines(roles),
            "transitions": Transition.objects.published().for_card().in_order()[:SHOWN],
            "skill_count": Skill.objects.published().count(),
            "question_count": sum(role.question_count for role in roles),
        },
    )


def _lines(roles: list[Role]) -> list[HomeLine]:
    by_category: dict[int, list[Role]] = {}
    for role in roles:
        by_category.setdefault(role.category_id, []).append(role)
    return [
        HomeLine(category, by_category[category.pk][:STOPS], len(by_category[category.pk]))
        for category in Category.objects.published()
        if category.pk in by_category
    ]
