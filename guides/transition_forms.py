"""What the query string of a list of destinations may say. A wrong value is named and left out; right ones count."""

from __future__ import annotations

from typing import Any

from django import forms

from .destinations import Order, Stop, Wishes
from .forms import QueryForm
from .plan_forms import FlagInput
from .transition_phrases import pay_help
from .vocabulary import Remote

MOST_PAY = 1_000_000
MOST_MONTHS = 240


class DestinationForm(QueryForm):
    """Filters and order of the destinations from an end."""

    pay = forms.IntegerField(
        min_value=0,
        max_value=MOST_PAY,
        required=False,
        label="Median pay not lower than",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "1000"}),
        error_messages={"invalid": "Write whole US dollars a year, such as 60000."},
    )
    months = forms.IntegerField(
        min_value=0,
        max_value=MOST_MONTHS,
        required=False,
        label="Months at most",
        help_text="The slow end of the range counts.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Write a whole number of months."},
    )
    remote = forms.ChoiceField(
        choices=[("", "Any"), (Remote.HYBRID.value, "Partly remote or more"), (Remote.YES.value, Remote.YES.label)],
        required=False,
        label="Remote work",
        help_text="Known of our roles alone.",
    )
    degree = forms.BooleanField(
        required=False,
        label="No new degree",
        help_text="By the usual level at entry. Its subject is not known, and licences are not looked at.",
        widget=FlagInput,
    )
    roles = forms.BooleanField(required=False, label="Roles with a guide only", widget=FlagInput)
    order = forms.ChoiceField(
        choices=[("", "Most alike first"), (Order.LIKELY.value, "Most likely moves first")], required=False
    )

    def __init__(self, data: Any, origin: Stop, *, has_occupations: bool) -> None:
        super().__init__(data)
        self.fields["pay"].help_text = f"US dollars a year. {pay_help(origin)}".strip()
        if not has_occupations:
            # How many people work in an occupation is known with the whole classification alone.
            del self.fields["order"], self.fields["roles"]

    @property
    def wishes(self) -> Wishes:
        """What the destinations have to offer."""
        kept = self.kept()
        return Wishes(
            pay_at_least=kept.get("pay"),
            months_at_most=kept.get("months"),
            remote=Remote(kept["remote"]) if "remote" in kept else None,
            no_new_degree=kept.get("degree", False),
            roles_only=kept.get("roles", False),
        )

    @property
    def chosen_order(self) -> Order:
        """By what they are put in order."""
        return Order(self.kept().get("order", Order.ALIKE.value))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values that say the same, for a query string."""
        kept = self.kept()
        return [
            (name, "1" if kept[name] is True else str(kept[name]))
            for name in self.fields
            if name in kept and kept[name] is not False
        ]

    @property
    def is_filtered(self) -> bool:
        """Whether anything was wished for."""
        return self.wishes != Wishes()
