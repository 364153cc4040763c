"""Parts of a page that are rendered once for everybody: ``{% part parts "numbers" %} … {% endpart %}``.

Inside, ``PageParts.everything`` alone is known. What is the same for some visitors alone stands in
``{% part parts "answers" if nobody_answered %} … {% endpart %}``: for the others, and on pages without parts, it is
rendered as if the tag were not there.
"""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from ..page_parts import PageParts

register = template.Library()


class PartNode(Node):
    """A part of a page; ``parts`` is its PageParts, ``condition`` what has to hold for it to be everybody's."""

    def __init__(
        self, parts: FilterExpression, name: str, condition: FilterExpression | None, nodelist: NodeList
    ) -> None:
        self.parts = parts
        self.name = name
        self.condition = condition
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The part as it was rendered before, or now."""
        parts = self.parts.resolve(context, ignore_failures=True)
        if not isinstance(parts, PageParts) or (
            self.condition and not self.condition.resolve(context, ignore_failures=True)
        ):
            return self.nodelist.render(context)
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
    is_conditional = len(words) == 5 and words[3] == "if"
    if not (len(words) == 3 or is_conditional) or words[2][:1] + words[2][-1:] != '""':
        raise template.TemplateSyntaxError('part is written as {% part parts "name" %}, with or without an if')
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    condition = parser.compile_filter(words[4]) if is_conditional else None
    return PartNode(parser.compile_filter(words[1]), words[2][1:-1], condition, nodelist)
