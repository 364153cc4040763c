"""What looks the same wherever it stands is rendered once for equal values.

``{% once goals=phase.goals %} … {% endonce %}``: inside, these values alone are known, so what is kept can be wrong for
nobody and grows old with no content.
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

MOST = 200
"""Values that one place of a template is kept for; a kilobyte each, about."""


class OnceNode(Node):
    """A place in a template, and how it looked for the values that it was rendered for; they have to be hashable."""

    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        self._kept: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """As it was rendered before, or now."""
        values = tuple([one.resolve(context) for one in self.values.values()])
        html = self._kept.get(values)
        if html is None:
            html = self.nodelist.render(context.new(dict(zip(self.values, values, strict=True))))
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[values] = html
        return html


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Raises TemplateSyntaxError unless it is told at least one value with its name."""
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words or not values:
        raise template.TemplateSyntaxError("once is written as {% once name=value %}")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(values, nodelist)


@register.simple_tag
@lru_cache(maxsize=50)
def icon(name: str) -> SafeString:
    """An icon of that name."""
    return render_to_string("guides/_icon.html", {"name": name})
