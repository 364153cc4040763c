"""The key of a kept page: everything that can change the page is in it, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from careerpaths.page_key import (
    LONGEST_QUERY,
    PublicPage,
    canonical_query,
    coding_for,
    is_fragment,
    is_known,
    may_carry,
)

PAGE = PublicPage(frozenset({"sort", "from"}), several=frozenset({"role"}))
READ = sorted(PAGE.once | PAGE.several)

names = st.sampled_from([*READ, "utm_source", "x", "Role", "sort "]) | st.text(max_size=4)
pairs = st.lists(st.tuples(names, st.text(max_size=6)), max_size=8)
written = (
    pairs.map(urlencode)
    | st.text(st.characters(codec="ascii", exclude_categories=["Cs"]), max_size=60)
    | st.lists(
        st.sampled_from(["role=a", "role=b", "sort=%FF", "sort=+", "from", "=", "&", ";", "%", "x=1", "role"])
    ).map("&".join)
)


def seen(query: str) -> dict[str, str | list[str]]:
    """What a view sees of a query string when it reads what PAGE says it reads."""
    found = QueryDict(query)
    return {name: found.getlist(name) if name in PAGE.several else found[name] for name in READ if name in found}


@given(written)
def test_the_view_sees_the_same_in_the_canonical_query_as_in_the_one_that_was_sent(query: str) -> None:
    canonical = canonical_query(PAGE, query)
    assert canonical is not None
    assert seen(canonical) == seen(query)


@given(written)
def test_nothing_but_what_the_view_reads_is_left(query: str) -> None:
    canonical = canonical_query(PAGE, query)
    assert canonical is not None
    assert set(QueryDict(canonical)) <= set(READ)


@given(written)
def test_the_canonical_query_is_its_own_canonical_query(query: str) -> None:
    canonical = canonical_query(PAGE, query)
    assert canonical is not None
    assert canonical_query(PAGE, canonical) == canonical


@given(pairs)
def test_the_order_of_the_names_does_not_matter(those: list[tuple[str, str]]) -> None:
    last = list(dict(those).items())
    assert canonical_query(PAGE, urlencode(last)) == canonical_query(PAGE, urlencode(last[::-1]))


@given(pairs, pairs)
def test_queries_that_a_view_reads_differently_are_kept_apart(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    first, second = urlencode(one), urlencode(other)
    same = canonical_query(PAGE, first) == canonical_query(PAGE, second)
    assert same == (seen(first) == seen(second))


def test_the_order_of_several_values_of_one_name_does() -> None:
    assert canonical_query(PAGE, "role=a&role=b") != canonical_query(PAGE, "role=b&role=a")


def test_a_page_that_reads_nothing_has_one_key() -> None:
    assert canonical_query(PublicPage(), "utm_source=mail&gclid=1") == ""


@pytest.mark.parametrize(
    "query",
    [f"sort={'x' * LONGEST_QUERY}", "sort=\xe4", f"sort={'%FF' * (LONGEST_QUERY // 4)}"],
    ids=["too long", "not ASCII", "too long when written out"],
)
def test_what_no_link_of_the_site_looks_like_is_not_kept(query: str) -> None:
    assert canonical_query(PAGE, query) is None


@pytest.mark.parametrize("query", ["skill-sql=3", "utm_source=mail", "="])
def test_a_page_about_the_person_who_asks_is_kept_without_a_query_alone(query: str) -> None:
    assert canonical_query(PublicPage(only_bare=True), query) is None
    assert canonical_query(PublicPage(only_bare=True), "") == ""


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("BR;q=1.0, gzip;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br ; q=0.001", "br"),
        ("br;q=nonsense", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("", "identity"),
        ("brotli, gzipped", "identity"),
        (",;,=,", "identity"),
    ],
)
def test_the_shortest_form_that_is_accepted_is_sent(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


@given(st.text(max_size=80))
def test_no_accept_encoding_header_is_too_odd(accepted: str) -> None:
    assert coding_for(accepted) in {"br", "gzip", "identity"}


@pytest.mark.parametrize("none_match", ['"a-br"', 'W/"a-br"', '"x", W/"a-br"', "*", ' "y" ,"a-br" '])
def test_a_page_that_the_browser_has_is_known(none_match: str) -> None:
    assert is_known('"a-br"', none_match)


@pytest.mark.parametrize("none_match", ['"a-gzip"', "a-br", "", '"a-br', 'w/"a-br"'])
def test_another_one_is_not(none_match: str) -> None:
    assert not is_known('"a-br"', none_match)


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HTTP_HX_REQUEST": "true"}, True),
        ({"HTTP_HX_REQUEST": "yes"}, False),
        ({"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}, False),
        ({"HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, False),
    ],
)
def test_a_fragment_is_what_the_views_answer_with_one(headers: dict[str, str], fragment: bool) -> None:
    assert is_fragment(headers) is fragment


@pytest.mark.parametrize("cookies", ["sessionid=1", "a=b; sessionid=1", "a=b,sessionid=1", "sessionid", "x=sessionid"])
def test_a_cookie_that_could_be_somebodys_counts_as_theirs(cookies: str) -> None:
    assert may_carry(cookies, ["sessionid", "keep"])


@pytest.mark.parametrize("cookies", ["", "_ga=GA1.1.1; csrftoken=abc", "theme=dark"])
def test_other_cookies_do_not_matter(cookies: str) -> None:
    assert not may_carry(cookies, ["sessionid", "keep"])
