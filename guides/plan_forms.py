"""What the query strings and forms of plans, ledgers and practice may say."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .forms import QueryForm, SharedFieldsForm
from .kept import KeptMoney
from .kept.document import LONGEST_EVIDENCE, LONGEST_NOTE, MOST_WEEKS_OFF
from .money import MOST, MOST_MONTHS
from .plan import FIRST_YEAR, LAST_YEAR, LEAST_HOURS, MOST_HOURS, MOST_HOURS_A_DAY, Pace, monday_of
from .plan_phrases import WEEKDAYS
from .vocabulary import Scope

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Fields of the hours of each weekday."""

SPARE = 2
"""Empty fields for weeks off that a form offers beside those already named."""

Choices = Sequence[tuple[str, Any]]


class DayInput(forms.DateInput):
    """A field for a day, which browsers show with a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DaysInput(forms.Widget):
    """Several days of one name, and some empty fields for more."""

    template_name = "guides/_days_input.html"

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        # Django looks for the templates of widgets in apps alone, and those of this site stand in one folder.
        return render_to_string(template_name, context)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Everything that was given under the name."""
        return data.getlist(name) if isinstance(data, QueryDict) else list(data.get(name, []))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The days to show, with empty fields after them."""
        context = super().get_context(name, value, attrs)
        shown = [one.isoformat() if isinstance(one, date) else str(one)[:10] for one in value or [] if one]
        given = context["widget"]["attrs"]
        context["widget"] |= {
            "days": [*dict.fromkeys(shown[:MOST_WEEKS_OFF]), *[""] * SPARE],
            "described_by": given.get("aria-describedby", ""),
            "is_invalid": "aria-invalid" in given,
        }
        return context

    def id_for_label(self, id_: str) -> str:
        """The label belongs to the first field."""
        return f"{id_}_1"


class FlagInput(forms.CheckboxInput):
    """A box to tick, written as ``1`` in addresses."""

    def __init__(self) -> None:
        super().__init__(attrs={"value": "1"})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether it was ticked; any other word than those that mean it does not count."""
        return data.get(name) in ("1", "on", True)


class WeeksOffField(forms.Field):
    """The Mondays of weeks off, each once, from any days of those weeks."""

    widget = DaysInput

    def clean(self, value: Any) -> list[date]:
        """The Mondays; ValidationError names the first day that is none."""
        found: set[date] = set()
        for one in value or []:
            if not str(one).strip():
                continue
            try:
                day = date.fromisoformat(str(one).strip())
            except ValueError:
                raise ValidationError(f"“{str(one)[:20]}” is not a day. Write it as 2027-05-31.") from None
            if not FIRST_YEAR < day.year < LAST_YEAR:
                raise ValidationError(f"Weeks off lie between {FIRST_YEAR + 1} and {LAST_YEAR - 1}.")
            found.add(monday_of(day))
        if len(found) > MOST_WEEKS_OFF:
            raise ValidationError(f"At most {MOST_WEEKS_OFF} weeks off fit into a plan.")
        return sorted(found)


def _between(sentence: str) -> dict[str, str]:
    """The same sentence for a number that is too small, too large or none."""
    return dict.fromkeys(("min_value", "max_value", "invalid"), sentence)


class PaceForm(SharedFieldsForm):
    """Start, pace and scope of a plan."""

    start = forms.DateField(
        required=False,
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        help_text="Today, when left empty.",
        error_messages={"invalid": "Write the day as 2027-05-31."},
    )
    hours = forms.FloatField(
        required=False,
        min_value=LEAST_HOURS,
        max_value=MOST_HOURS,
        label="Hours a week",
        help_text="What you can keep up for months, not in the best week.",
        error_messages=_between(f"Hours a week are between {LEAST_HOURS} and {MOST_HOURS}."),
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    mon, tue, wed, thu, fri, sat, sun = (
        forms.FloatField(
            required=False,
            min_value=0,
            max_value=MOST_HOURS_A_DAY,
            label=name,
            error_messages=_between(f"{name}: between 0 and {MOST_HOURS_A_DAY} hours."),
            widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
        )
        for name in WEEKDAYS
    )
    off = WeeksOffField(required=False, label="Weeks off", help_text="Any day of the week will do.")
    scope = forms.ChoiceField(
        choices=[(Scope.ALL.value, Scope.ALL.label), (Scope.ESSENTIAL.value, Scope.ESSENTIAL.label)],
        required=False,
        label="How much of it",
        error_messages={"invalid_choice": "How much of it: choose one of the two."},
    )
    free = forms.BooleanField(required=False, label="Free resources only", widget=FlagInput)

    def clean_start(self) -> date | None:
        """A day that a plan can begin on."""
        day: date | None = self.cleaned_data["start"]
        if day and not FIRST_YEAR < day.year < LAST_YEAR:
            raise ValidationError(f"A plan starts between {FIRST_YEAR + 1} and {LAST_YEAR - 1}.")
        return day

    def clean(self) -> dict[str, Any] | None:
        """Hours of weekdays have to come to at least an hour; else they are left out."""
        days = [self.cleaned_data.get(day) for day in DAYS]
        if any(hours is not None for hours in days) and sum(hours or 0 for hours in days) < LEAST_HOURS:
            if not any(self.has_error(day) for day in DAYS):
                self.add_error("mon", f"The days of a week come to at least {LEAST_HOURS} hour.")
            for day in DAYS:
                self.cleaned_data.pop(day, None)
        return self.cleaned_data

    @property
    def day_fields(self) -> list[forms.BoundField]:
        """The fields of the weekdays."""
        return [self[day] for day in DAYS]

    @property
    def has_days(self) -> bool:
        """Whether anything was said about single weekdays, rightly or not."""
        return any(self.data.get(day, "") for day in DAYS)

    def pace(self, usual: float) -> Pace:
        """The pace asked for: hours by weekday before hours a week before ``usual`` hours a week."""
        kept = self.kept()
        weeks_off = kept.get("off", [])
        if any(day in kept for day in DAYS):
            return Pace.by_weekday([kept.get(day, 0) for day in DAYS], weeks_off)
        return Pace.weekly(kept.get("hours", usual), weeks_off)

    @property
    def scope_chosen(self) -> Scope:
        """The scope asked for; all tasks where nothing was said."""
        return Scope(self.kept().get("scope", Scope.ALL))


class PlanForm(PaceForm):
    """The query string of a plan: also what it is for, and which role the visitor has now."""

    def __init__(self, data: Mapping[str, Any], targets: Choices, roles: Choices) -> None:
        super().__init__(data)
        target = forms.ChoiceField(
            choices=[("", "Choose a role or a move"), *targets],
            required=False,
            label="Plan for",
            error_messages={"invalid_choice": "There is no roadmap of that name."},
        )
        origin = forms.ChoiceField(
            choices=[("", "None of these"), *roles],
            required=False,
            label="My role now",
            help_text="Its skills count as held and make phases that teach them shorter.",
            error_messages={"invalid_choice": "There is no role of that name."},
        )
        # Both names are words of Python, so they cannot be attributes of the class.
        self.fields = {"for": target, **self.fields, "hours": copy.deepcopy(self.fields["hours"]), "from": origin}

    def suggest(self, hours: int) -> None:
        """Shows the guide's own hours a week in the empty field."""
        self.fields["hours"].widget.attrs["placeholder"] = str(hours)

    @property
    def target(self) -> str:
        """What the plan is for; empty when nothing right was chosen."""
        return str(self.kept().get("for", ""))

    def query(self, start: date, money: MoneyForm | None = None, **more: str) -> str:
        """The query string that says the same as this form, with the start written out."""
        values = self.kept() | {"start": start}
        ordered = {name: values[name] for name in self.fields if name in values}
        return urlencode(pairs(ordered | (money.kept() if money else {}) | more))


def pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and values as a query string has them; what is empty, false or the default is left out."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, list):
            found += [(name, one.isoformat()) for one in value]
        elif value is True:
            found.append((name, "1"))
        elif isinstance(value, date):
            found.append((name, value.isoformat()))
        elif isinstance(value, float):
            found.append((name, f"{value:g}"))
        elif value is not False and value not in ("", None, Scope.ALL.value):
            found.append((name, str(value)))
    return found


def _amount(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST,
        label=label,
        help_text=help_text,
        error_messages=_between(f"{label}: a whole number from 0 to {MOST:,}."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _months(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_MONTHS,
        label=label,
        help_text=help_text,
        error_messages=_between(f"{label}: a whole number from 0 to {MOST_MONTHS}."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class MoneyForm(QueryForm):
    """A visitor's own numbers, as ``KeptMoney`` keeps them. ``form_id`` is the form that its fields are sent with."""

    take_home = _amount("Take-home now, a month", "After tax, in whatever currency you count in.")
    new_low = _amount("New take-home, low")
    new_high = _amount("New take-home, high")
    course_costs = _amount("Courses and equipment, in all")
    reduced_months = _months("Months of working less")
    reduced_take_home = _amount("Take-home in those months")
    search_months = _months("Months of looking for work", "Between the last stop of the plan and the first new pay.")

    def __init__(self, data: Mapping[str, Any], form_id: str = "") -> None:
        super().__init__(data)
        if form_id:
            for field in self.fields.values():
                field.widget.attrs["form"] = form_id

    def clean(self) -> dict[str, Any] | None:
        """The low end must not be above the high one."""
        low, high = self.cleaned_data.get("new_low"), self.cleaned_data.get("new_high")
        if low is not None and high is not None and low > high:
            self.add_error("new_high", "The high end is not below the low one.")
        return self.cleaned_data

    @property
    def given(self) -> list[tuple[str, str]]:
        """Name and text of each field that was sent, right or wrong."""
        return [(name, self.data[name]) for name in self.fields if name in self.data]

    @property
    def money(self) -> KeptMoney:
        """The numbers given rightly."""
        return KeptMoney(**self.kept())


class NoteForm(forms.Form):
    """A note on a task."""

    note = forms.CharField(
        max_length=LONGEST_NOTE, required=False, label="Note", widget=forms.Textarea(attrs={"rows": 3})
    )


class MilestoneForm(forms.Form):
    """Evidence of a milestone and a note on its phase."""

    evidence = forms.CharField(
        max_length=LONGEST_EVIDENCE,
        required=False,
        label="What shows that you reached it",
        help_text="A link that begins with https://, or words.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        max_length=LONGEST_NOTE, required=False, label="Note", widget=forms.Textarea(attrs={"rows": 3})
    )


def pace_values(start: date, pace: Pace, scope: Scope, *, free_only: bool) -> dict[str, Any]:
    """What a ``PaceForm`` shows for a plan as it is."""
    hours = [] if pace.is_even else [f"{share:g}" for share in pace.weekday_hours]
    return {
        "start": start,
        "hours": f"{pace.hours_per_week:g}" if pace.is_even else "",
        **dict(zip(DAYS, hours, strict=False)),
        "off": sorted(pace.weeks_off),
        "scope": scope.value,
        "free": free_only,
    }


def settings_of(form: PaceForm, start: date, usual: float) -> dict[str, Any]:
    """The fields of a kept plan that a form of start, pace and scope sets."""
    values = form.kept()
    pace = form.pace(usual)
    has_days = any(day in values for day in DAYS)
    return {
        "start": values.get("start", start),
        "hours_per_week": None if has_days else float(values.get("hours", usual)),
        "hours_per_weekday": tuple(float(values.get(day, 0)) for day in DAYS) if has_days else None,
        "weeks_off": tuple(sorted(pace.weeks_off)),
        "scope": form.scope_chosen,
        "free_only": values.get("free", False),
    }
