"""Doors from templates to the sentences in ``phrases``. No wording and no arithmetic of their own."""

from __future__ import annotations

from django import template

from .. import phrases
from ..duration import Duration

register = template.Library()

register.simple_tag(phrases.count)
register.simple_tag(phrases.money_range)
register.simple_tag(phrases.signed_range)
register.simple_tag(phrases.years)

register.filter("as_of", phrases.as_of)
register.filter("as_somebody", phrases.as_somebody)
register.filter("in_sentence", phrases.in_sentence)
register.filter("money", phrases.money)
register.filter("observed_use", phrases.observed_use)
register.filter("on_this_route", phrases.on_this_route)
register.filter("openings", phrases.openings)
register.filter("rounded_down", phrases.rounded_down)
register.filter("share", phrases.share)
register.filter("signed", phrases.signed)


@register.filter
def months(weeks: int) -> str:
    """``about 5 months`` for weeks at whatever pace they are counted."""
    return phrases.months(Duration(weeks, 1))
