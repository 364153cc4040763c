"""Category pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Category, Role, Transition
from ..role_figures import figures_note
from .pages import hidden_because, visible


def category_list(request: HttpRequest) -> HttpResponse:
    """All categories with their roles."""
    roles = Role.objects.published().for_card().in_order()
    by_category: dict[int, list[Role]] = {}
    for role in roles:
        by_category.setdefault(role.category_id, []).append(role)
    groups = [(category, by_category.get(category.pk, [])) for category in Category.objects.published()]
    return render(request, "guides/category_list.html", {"groups": groups, "figures_note": figures_note()})


def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The roles of a category and the moves into them."""
    category = visible(request, Category.objects.all(), Category.objects.published(), slug=slug)
    return render(
        request,
        "guides/category_detail.html",
        {
            "category": category,
            "hidden": hidden_because(category),
            "figures_note": figures_note(),
            "roles": Role.objects.published().for_card().filter(category=category).in_order(),
            "transitions": Transition.objects.published().for_card().filter(destination__category=category).in_order(),
        },
    )
