"""Level meters: a page shows dozens of them, and there are five levels held by five asked."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def gap_meter(held: int, asked: int) -> SafeString:
    """The meter of a skill: how far it is held and how far it is asked for, both from 0 to 4."""
    # While developing, the template may have changed since.
    return _drawn(held, asked) if settings.DEBUG else _drawn_once(held, asked)


def _drawn(held: int, asked: int) -> SafeString:
    return render_to_string("guides/_gap_meter.html", {"held": held, "asked": asked})


_drawn_once = lru_cache(maxsize=25)(_drawn)
