"""What is rendered once looks as if it were rendered each time, and knows nothing of the page around it."""

from __future__ import annotations

import pytest
from django.template import Engine, Template, TemplateSyntaxError
from django.template.context import Context

from guides.templatetags import once


def template(text: str) -> Template:
    return Template("{% load once %}" + text, engine=Engine.get_default())


def test_equal_values_are_rendered_once_and_others_anew() -> None:
    rendered: list[str] = []

    class Word(str):
        __slots__ = ()

        def shown(self) -> str:
            rendered.append(self)
            return f"<{self}>"

    place = template("{% once word=word %}{{ word.shown }}{% endonce %}")
    shown = [place.render(Context({"word": Word(word)})) for word in ("a", "b", "a", "b")]
    assert shown == ["&lt;a&gt;", "&lt;b&gt;"] * 2
    assert rendered == ["a", "b"]


def test_nothing_of_the_page_around_it_is_known() -> None:
    place = template("{% once word=word %}{{ word }}{{ visitor }}{% endonce %}")
    assert place.render(Context({"word": "a", "visitor": "somebody"})) == "a"


def test_it_keeps_no_more_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "MOST", 2)
    place = template("{% once word=word %}{{ word }}{% endonce %}")
    (node,) = [one for one in place.nodelist if isinstance(one, once.OnceNode)]
    for word in "abcab":
        assert place.render(Context({"word": word})) == word
        assert len(node._kept) <= 2


@pytest.mark.parametrize("tag", ["{% once %}", "{% once word %}", "{% once word=word other %}"])
def test_a_wrong_tag_is_named(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="once"):
        template(tag + "{% endonce %}")


def test_an_icon_is_the_one_of_its_template() -> None:
    assert once.icon("check") == template('{% include "guides/_icon.html" with name="check" %}').render(Context())
