"""Is a page stale? The day by which it has to be looked at again, in words and as a filter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from ..curation import SOON, due_later, due_soon, overdue


def review_words(review_by: date, today: date) -> str:
    """The day of the review and how far off it is, such as "5 May 2026, in 12 days" or "1 May 2026, 3 days overdue"."""
    day = date_format(review_by, "j F Y")
    away = (review_by - today).days
    if away < 0:
        return f"{day}, {_days(-away)} overdue"
    if away == 0:
        return f"{day}, due today"
    return f"{day}, in {_days(away)}" if away <= SOON.days else day


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


class ReviewFilter(admin.SimpleListFilter):
    """Overdue, due in 30 days, later."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return (("overdue", "Overdue"), ("soon", f"Due in {SOON.days} days"), ("later", "Later"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        match self.value():
            case "overdue":
                return queryset.filter(overdue(today))
            case "soon":
                return queryset.filter(due_soon(today))
            case "later":
                return queryset.filter(due_later(today))
        return queryset


class ReviewerFilter(admin.SimpleListFilter):
    """Whether somebody who does the work has read the page."""

    title = "reader from the trade"
    parameter_name = "reader"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return (("yes", "Has read it"), ("no", "Nobody yet"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.exclude(reviewed_by="")
            case "no":
                return queryset.filter(reviewed_by="")
        return queryset
