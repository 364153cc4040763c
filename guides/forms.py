"""What query strings may say. A wrong value is named beside its field and left out; the right ones still count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import F

from .duration import most_weeks
from .models import Category
from .models.content import SLUG_LENGTH, RoleQuerySet
from .occupation_groups import MAJOR_GROUPS
from .search import MAX_LENGTH
from .vocabulary import Coding, Difficulty, Remote

SORTS = {
    "title": ("Title", ("title",)),
    "pay": ("Median pay, highest first", (F("median_high").desc(nulls_last=True), "title")),
    "time": ("Time to learn, shortest first", ("weeks", "title")),
    "outlook": ("Growth, highest first", (F("growth_high").desc(nulls_last=True), "title")),
}
"""Orders of the role index: label and columns. Unknown figures stand at the end on every database."""

ANY = [("", "Any")]


class QueryForm(forms.Form):
    """A GET form that keeps what is right in a query string."""

    def kept(self) -> dict[str, Any]:
        """Values of the fields that were filled in rightly."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class _Shared(dict[str, forms.Field]):
    """The fields of a class of forms, which its forms do not copy."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class SharedFieldsForm(QueryForm):
    """A GET form whose fields are those of its class: copying them takes longer than reading what they say.

    Nobody may change a field of such a form, only put another one in its place.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        # Django copies what it finds here, and a dictionary of this kind comes with the same fields.
        vars(self)["base_fields"] = _Shared(self.base_fields)
        super().__init__(data)


class RoleFilterForm(QueryForm):
    """Filters and order of the role index."""

    category = forms.ModelChoiceField(
        Category.objects.published(), to_field_name="slug", required=False, empty_label="Any"
    )
    difficulty = forms.ChoiceField(choices=[*ANY, *Difficulty.choices], required=False)
    coding = forms.ChoiceField(choices=[*ANY, *Coding.choices], required=False)
    remote = forms.ChoiceField(choices=[*ANY, *Remote.choices], required=False, label="Remote work")
    months = forms.IntegerField(min_value=1, max_value=120, required=False, label="Months to learn, at most")
    sort = forms.ChoiceField(
        choices=[("", "Recommended"), *((key, label) for key, (label, _) in SORTS.items())],
        required=False,
        label="Order",
    )

    def apply(self, roles: RoleQuerySet) -> RoleQuerySet:
        """``roles`` filtered and ordered as the query string says."""
        kept = self.kept()
        for name in ("category", "difficulty", "coding", "remote"):
            if name in kept:
                roles = roles.filter(**{name: kept[name]})
        if "months" in kept:
            roles = roles.taking_at_most(most_weeks(kept["months"]))
        return roles.order_by(*SORTS[kept["sort"]][1]) if "sort" in kept else roles.in_order()


class SearchForm(QueryForm):
    """The search box."""

    q = forms.CharField(max_length=MAX_LENGTH, required=False, label="Search", strip=True)


class JobForm(QueryForm):
    """The box "I am a ..."; ``to`` names the role or occupation that one wants to get to."""

    q = forms.CharField(max_length=MAX_LENGTH, required=False, label="I am a …", strip=True)
    to = forms.SlugField(max_length=SLUG_LENGTH, required=False)


class OccupationForm(QueryForm):
    """The search of the official classification, or one of its groups."""

    q = forms.CharField(max_length=MAX_LENGTH, required=False, label="Search all titles", strip=True)
    group = forms.ChoiceField(choices=[("", "All groups"), *MAJOR_GROUPS.items()], required=False, label="Group")
    page = forms.IntegerField(min_value=1, required=False)
