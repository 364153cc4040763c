"""What the query string of pathways may say: both ends and the limits. A wrong value is named and left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms

from .forms import QueryForm
from .pathway import Limits, Relief
from .search import MAX_LENGTH

NONE = "any"
"""Says that there is no such limit."""

MONTHS = {"6": "6 months", "12": "12 months", "18": "18 months", "24": "24 months", "36": "36 months", NONE: "No limit"}
PAY = {
    "100": "As much as today",
    "90": "90 % of today’s",
    "80": "80 % of today’s",
    "70": "70 % of today’s",
    "60": "60 % of today’s",
    NONE: "No limit",
}
DEFAULTS: Mapping[str, str] = {"months": "18", "pay": "80"}
"""Starting points that nobody measured; both can be changed."""


class PathwayForm(QueryForm):
    """Both ends and the limits that every move keeps."""

    origin = forms.CharField(max_length=MAX_LENGTH, required=False, label="From: I am a …", strip=True)
    destination = forms.CharField(max_length=MAX_LENGTH, required=False, label="To: I want to be a …", strip=True)
    months = forms.ChoiceField(
        choices=list(MONTHS.items()),
        required=False,
        label="Months of learning a move, at most",
        help_text="The slow end of the range counts.",
        error_messages={"invalid_choice": "Choose one of the lengths of a move; the usual limit counts instead."},
    )
    pay = forms.ChoiceField(
        choices=list(PAY.items()),
        required=False,
        label="Median pay all the way, at least",
        help_text="Every stop counts, and the destination.",
        error_messages={"invalid_choice": "Choose one of the limits of pay; the usual one counts instead."},
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        names = ("origin", "destination", "months", "pay")
        said = {name: data[name] for name in names if name in data and data[name] != ""}
        super().__init__({**DEFAULTS, **said})
        for name in ("origin", "destination"):
            self.fields[name].widget.attrs.update({"list": "roles", "autocomplete": "off"})

    def show(self, **titles: str) -> None:
        """Puts the titles of the ends that were found into their fields."""
        self.data = {**self.data, **titles}

    @property
    def limits(self) -> Limits:
        """What every move keeps; a wrong value counts as the usual one."""
        said = {**DEFAULTS, **self.kept()}
        months, pay = said["months"], said["pay"]
        return Limits(None if months == NONE else int(months), None if pay == NONE else int(pay))

    def query(self, origin: str, destination: str, **more: str) -> str:
        """The query string of these ends with the same limits; what is empty or usual is left out."""
        kept = self.kept()
        pairs = {"origin": origin, "destination": destination}
        pairs |= {name: kept.get(name, usual) for name, usual in DEFAULTS.items()} | more
        return urlencode({name: value for name, value in pairs.items() if value != DEFAULTS.get(name, "")})

    def query_with(self, relief: Relief, origin: str, destination: str) -> str:
        """The same with the limits loosened as far as ``relief`` needs, by the choices that there are."""
        more = {}
        if relief.months is not None:
            enough = [value for value in MONTHS if value != NONE and int(value) >= relief.months]
            more["months"] = enough[0] if enough else NONE
        if relief.pay_percent is not None:
            enough = [value for value in PAY if value != NONE and int(value) <= relief.pay_percent]
            more["pay"] = enough[0] if enough else NONE
        return self.query(origin, destination, **more)
