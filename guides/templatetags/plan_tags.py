"""Doors from templates to the sentences in ``plan_phrases``. No wording and no arithmetic of their own."""

from __future__ import annotations

from django import template

from .. import plan_phrases

register = template.Library()

register.filter("amount", plan_phrases.amount)
register.filter("balance_words", plan_phrases.balance_words)
register.filter("break_even", plan_phrases.break_even)
register.filter("cost_words", plan_phrases.cost)
register.filter("day", plan_phrases.day)
register.filter("dip", plan_phrases.dip)
register.filter("hours", plan_phrases.hours)
register.filter("new_pay_words", plan_phrases.new_pay_words)
register.filter("price", plan_phrases.price)
register.filter("stand_in", plan_phrases.stand_in)
register.filter("week_words", plan_phrases.week)
