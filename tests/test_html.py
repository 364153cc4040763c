"""The HTML of every kind of page is right: it parses without a guess, and its structure can be heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from tests.pages import KINDS, Page, get, words


@pytest.fixture(params=KINDS)
def page(request: pytest.FixtureRequest, kinds: dict[str, Page]) -> Page:
    return kinds[request.param]


@pytest.fixture(params=["/roles/?coding=optional", "/roles/?months=0", "/search/?q=writ", "/search/?q=databaes"])
def fragment(request: pytest.FixtureRequest, content: None, client: Client) -> Page:
    return get(client, request.param, hx_request="true")


def named(page: Page, element: Element) -> str:
    """What a screen reader calls an element: its label, the words it points to, or its own words."""
    if label := element.get("aria-label"):
        return label
    if ids := element.get("aria-labelledby"):
        return " ".join(page.says(id_) for id_ in ids.split())
    return words(element)


def seen(element: Element) -> Iterator[Element]:
    """An element and what is in it, without what is hidden from screen readers."""
    if element.get("aria-hidden") != "true":
        yield element
        for child in element:
            yield from seen(child)


def test_the_page_parses_without_a_guess(page: Page) -> None:
    assert page.html.startswith("<!doctype html>")
    assert page.faults == []


def test_a_fragment_parses_without_a_guess_inside_a_page(fragment: Page) -> None:
    whole = Page(fragment.address, 200, {}, {}, f"<!doctype html><title>x</title><body>{fragment.html}")
    assert whole.faults == []


def test_the_language_is_british_english(page: Page) -> None:
    assert page.root.get("lang") == "en-GB"


def test_there_is_one_main_and_one_h1_in_it(page: Page) -> None:
    assert len(list(page.main.iter("h1"))) == len(page.all("h1")) == 1
    assert page.heading


def test_heading_levels_do_not_jump(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.main.iter() if str(one.tag) in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    jumps = [(above, below) for above, below in pairwise(levels) if below > above + 1]
    assert levels[0] == 1
    assert jumps == []


def test_no_heading_is_empty(page: Page) -> None:
    assert all(words(one) for tag in ("h1", "h2", "h3", "h4") for one in page.all(tag))


def test_no_id_stands_twice(page: Page) -> None:
    assert [id_ for id_, times in Counter(page.ids).items() if times > 1] == []


def test_whatever_points_to_an_id_finds_it(page: Page) -> None:
    pointers = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
    wanted = {id_ for one in page.root.iter() for pointer in pointers for id_ in one.get(pointer, "").split()}
    assert wanted <= set(page.ids)


def test_tables_have_captions_and_headers_with_a_scope(page: Page) -> None:
    for table in page.all("table"):
        assert words(next(table.iter("caption")))
        assert all(one.get("scope") in {"col", "row", "rowgroup"} for one in table.iter("th"))
        assert all(any(True for _ in row.iter("th")) for row in table.iter("tr"))


def test_pictures_have_words_or_are_hidden_from_screen_readers(page: Page) -> None:
    assert [one for one in seen(page.root) if one.tag == "img" and one.get("alt") is None] == []
    drawings = [one for one in seen(page.root) if str(one.tag).endswith(("}svg", "canvas"))]
    assert [one for one in drawings if not one.get("aria-label") and not one.get("aria-labelledby")] == []


def test_a_drawing_that_is_hidden_from_screen_readers_has_its_figures_in_words(page: Page) -> None:
    for figure in page.main.iter("figure"):
        if figure.get("aria-hidden") != "true":
            told = figure if "The table below has the figures" not in words(figure) else page.main
            assert any(True for _ in told.iter("table")), words(figure)


def test_every_link_and_button_says_what_it_is(page: Page) -> None:
    for tag in ("a", "button", "summary"):
        assert all(named(page, one) for one in page.all(tag)), tag


def test_every_field_has_a_label(page: Page) -> None:
    labels = [one for one in page.all("label") if words(one)]
    labelled = {one.get("for") for one in labels} | {inside.get("id") for one in labels for inside in one}
    fields = [one for tag in ("input", "select", "textarea") for one in page.all(tag) if one.get("type") != "hidden"]
    assert [one.attrib for one in fields if one.get("id") not in labelled and not one.get("aria-label")] == []


def test_regions_of_the_same_kind_have_different_names(page: Page) -> None:
    navs = [named(page, one) if one.get("aria-label") or one.get("aria-labelledby") else "" for one in page.all("nav")]
    assert len(navs) == len(set(navs))
    assert "" not in navs


def test_nothing_is_hidden_from_screen_readers_that_can_be_reached_by_keyboard(page: Page) -> None:
    hidden = [one for one in page.root.iter() if one.get("aria-hidden") == "true"]
    assert [one.tag for outer in hidden for one in outer.iter() if one.tag in {"a", "button", "input", "select"}] == []


def test_times_are_readable_by_machines(page: Page) -> None:
    assert all(len(one.get("datetime", "")) == 10 for one in page.all("time"))


def test_lists_of_terms_keep_terms_and_details_together(page: Page) -> None:
    for terms in page.all("dl"):
        for group in [one for one in terms if one.tag == "div"]:
            tags = [one.tag for one in group]
            assert tags[0] == "dt"
            assert set(tags[1:]) == {"dd"}
