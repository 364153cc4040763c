"""What the query string of a comparison may say: the roles, the baseline, own weights, and whether to hide what is the
same. A wrong value is named and left out; the right ones still count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms

from .compare import FEWEST, MOST, Criterion
from .compare_phrases import CRITERIA, WEIGHTS
from .forms import SharedFieldsForm
from .phrases import listing

SHOWN = 40
"""Characters of an unknown role that are repeated."""
UNKNOWN_SHOWN = 3

FIELDS: Mapping[Criterion, str] = {
    Criterion.PAY: "pay",
    Criterion.TIME: "time",
    Criterion.REMOTE: "remote",
    Criterion.AI_EXPOSURE: "ai",
}
"""The field of each weight."""

DIFFERENCES = "differences"
NO_BASELINE = "none"
"""Says that not even the reader's own role is the baseline."""


class WeightForm(SharedFieldsForm):
    """How much each criterion matters."""

    pay, time, remote, ai = (
        forms.ChoiceField(
            choices=WEIGHTS,
            required=False,
            label=CRITERIA[criterion],
            error_messages={"invalid_choice": f"{CRITERIA[criterion]}: choose one of the four weights."},
        )
        for criterion in FIELDS
    )

    def weights(self) -> dict[Criterion, int]:
        """The weights above nothing."""
        kept = self.kept()
        return {criterion: int(kept[name]) for criterion, name in FIELDS.items() if kept.get(name, "0") != "0"}


@dataclass(frozen=True)
class Selection:
    """What is compared, and how. ``mistakes`` say in sentences what of the query string was left out."""

    roles: tuple[str, ...]
    baseline: str = ""
    weights: tuple[tuple[Criterion, int], ...] = ()
    only_differences: bool = False
    origin: str = ""
    mistakes: tuple[str, ...] = ()

    @property
    def can_be_compared(self) -> bool:
        """Whether there are enough roles."""
        return len(self.roles) >= FEWEST

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names and values that say this selection, for a query string or for hidden fields."""
        said = [("role", slug) for slug in self.roles]
        declined = NO_BASELINE if self.origin in self.roles else ""
        said += [("baseline", self.baseline or declined)] if self.baseline or declined else []
        said += [("only", DIFFERENCES)] if self.only_differences else []
        said += [(FIELDS[criterion], str(weight)) for criterion, weight in self.weights]
        said += [("from", self.origin)] if self.origin else []
        return tuple(said)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The part of ``pairs`` that has no field of its own on the page."""
        return tuple(pair for pair in self.pairs if pair[0] in {"role", "only"})

    @property
    def query(self) -> str:
        """The query string."""
        return urlencode(self.pairs)

    @property
    def canonical_query(self) -> str:
        """The same for every order and look of the same roles."""
        return urlencode([("role", slug) for slug in sorted(self.roles)])

    def with_role(self, slug: str) -> Selection:
        """With one more role."""
        return replace(self, roles=(*self.roles, slug))

    def without_role(self, slug: str) -> Selection:
        """With one role less."""
        roles = tuple(one for one in self.roles if one != slug)
        return replace(self, roles=roles, baseline="" if self.baseline == slug else self.baseline)

    def turned(self) -> Selection:
        """With all rows instead of those that differ, or the other way round."""
        return replace(self, only_differences=not self.only_differences)


def selection(
    given: Mapping[str, Sequence[str]], published: Mapping[str, str], form: WeightForm, origin: str = ""
) -> Selection:
    """What a query string (field → everything given for it) selects among the published roles (slug → title).

    ``origin`` is the published role that the reader comes from; it is the baseline unless another one is chosen.
    """
    said_roles = [text.strip() for text in given.get("role", ()) if text.strip()]
    asked = list(dict.fromkeys(said_roles))
    known = [slug for slug in asked if slug in published]
    roles = tuple(known[:MOST])
    repeated = [slug for slug in known if said_roles.count(slug) > 1]
    said = next((text.strip() for text in reversed(given.get("baseline", ())) if text.strip()), "")
    baseline = said if said in roles else origin if not said and origin in roles else ""
    said = "" if said == NO_BASELINE else said
    return Selection(
        roles=roles,
        baseline=baseline,
        weights=tuple(form.weights().items()),
        only_differences=DIFFERENCES in given.get("only", ()),
        origin=origin,
        mistakes=tuple(_mistakes(asked, known, repeated, published, said if said != baseline else "")),
    )


def _mistakes(
    asked: Sequence[str],
    known: Sequence[str],
    repeated: Sequence[str],
    published: Mapping[str, str],
    baseline: str,
) -> list[str]:
    unknown = [slug for slug in asked if slug not in published]
    found = []
    if unknown:
        named = listing([_quoted(slug) for slug in unknown[:UNKNOWN_SHOWN]])
        more = f" and {len(unknown) - UNKNOWN_SHOWN} more" if len(unknown) > UNKNOWN_SHOWN else ""
        found.append(f"No role is called {named}{more} here.")
    if repeated:
        named = listing([published[slug] for slug in repeated[:UNKNOWN_SHOWN]])
        more = " and more" if len(repeated) > UNKNOWN_SHOWN else ""
        found.append(f"Named more than once, compared once: {named}{more}.")
    if len(known) > MOST:
        left_out = listing([published[slug] for slug in known[MOST : MOST + UNKNOWN_SHOWN]])
        more = " and more" if len(known) > MOST + UNKNOWN_SHOWN else ""
        found.append(f"{MOST} roles can stand side by side; left out: {left_out}{more}.")
    if baseline:
        found.append(f"{_quoted(baseline)} is not among the compared roles, so nothing is measured by it.")
    return found


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text[:SHOWN]}\N{RIGHT DOUBLE QUOTATION MARK}"
