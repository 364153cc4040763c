"""Parts of a page that are rendered once for everybody: ``{% part parts "numbers" %} … {% endpart %}``.

Inside, ``PageParts.everything`` alone is known.
"""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from ..page_parts import PageParts

register = template.Library()


class PartNode(Node):
    """A part of a page; ``parts`` is its PageParts."""

    def __init__(self, parts: FilterExpression, name: str, nodelist: NodeList) -> None:
        self.parts = parts
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The part as it was rendered before, or now."""
        parts: PageParts = self.parts.resolve(context)
        html = parts.get(self.name)
        if html is None:
            # Nothing of the page around it can be seen from here, so nothing of one visitor is shown to another.
            html = self.nodelist.render(context.new(dict(parts.everything)))
            parts.put(self.name, html)
        return SafeString(html)


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """Raises TemplateSyntaxError unless it is told the parts of the page and a name in quotation marks."""
    words = token.split_contents()
    if len(words) != 3 or words[2][:1] + words[2][-1:] != '""':
        raise template.TemplateSyntaxError('part is written as {% part parts "name" %}')
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(parser.compile_filter(words[1]), words[2][1:-1], nodelist)
