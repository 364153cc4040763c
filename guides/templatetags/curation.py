"""What the first page of the admin says about the state of the site."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib import admin
from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils import timezone

from ..curation import due_soon, overdue
from ..models import ContentVersion, Resource, Role, Transition

register = template.Library()


@register.inclusion_tag("admin/_content_state.html", takes_context=True)
def content_state(context: dict[str, Any]) -> dict[str, Any]:
    """The content version, and what waits for somebody: late and due reviews, hidden pages, links nobody has checked.

    Only what the admin at hand may look at; four queries at most.
    """
    today = timezone.localdate()
    waiting: list[tuple[str, int, str]] = []
    for model in (Role, Transition):
        if not admin.site.get_model_admin(model).has_view_permission(context["request"]):
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        found = model._default_manager.aggregate(
            late=Count("pk", filter=overdue(today)),
            due=Count("pk", filter=due_soon(today)),
            hidden=Count("pk", filter=Q(is_published=False)),
        )
        waiting += [
            (f"{address}?review=overdue", found["late"], f"{_noun(model, found['late'])} overdue for review"),
            (f"{address}?review=soon", found["due"], f"{_noun(model, found['due'])} due for review in 30 days"),
            (f"{address}?is_published__exact=0", found["hidden"], f"{_noun(model, found['hidden'])} not published"),
        ]
    if admin.site.get_model_admin(Resource).has_view_permission(context["request"]):
        address = reverse("admin:guides_resource_changelist")
        unchecked = Resource.objects.filter(checked_on=None).count()
        text = f"{_noun(Resource, unchecked)} whose link nobody has checked"
        waiting.append((f"{address}?checked=never", unchecked, text))
    return {
        "version": ContentVersion.objects.filter(pk=1).first(),
        "waiting": [
            {"address": address, "number": number, "text": text} for address, number, text in waiting if number
        ],
        "is_clear": bool(waiting) and not any(number for _, number, _ in waiting),
    }


def _noun(model: type[Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)
