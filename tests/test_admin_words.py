"""What the admin makes of columns: days of review in words, JSON as lists."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from guides.admin.readable import lines, printed, printer, readable
from guides.admin.review import review_words
from guides.models import Role

TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-30, "4 April 2026, 30 days overdue"),
        (-1, "3 May 2026, 1 day overdue"),
        (0, "4 May 2026, due today"),
        (1, "5 May 2026, in 1 day"),
        (30, "3 June 2026, in 30 days"),
        (31, "4 June 2026"),
    ],
)
def test_the_day_of_review_says_how_far_off_it_is(days: int, words: str) -> None:
    with translation.override("en-gb"):
        assert review_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (0, "0"),
        (2034, "2034"),
        (True, "Yes"),
        (False, "No"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        (["one", "<two>"], "<ul><li>one</li><li>&lt;two&gt;</li></ul>"),
        ({"years_to": None}, "<dl><div><dt>Years to</dt><dd>–</dd></div></dl>"),
        (
            {"<key>": {"a": 1}},
            "<dl><div><dt>&lt;key&gt;</dt><dd><dl><div><dt>A</dt><dd>1</dd></div></dl></dd></div></dl>",
        ),
        (
            {"heading": "What <it> is", "html": "<p>One &amp; two.</p>\n<script>alert(1)</script>"},
            "<strong>What &lt;it&gt; is</strong><p>One &amp; two.<br>alert(1)</p>",
        ),
        (
            {"heading": "Code", "html": "<p>&lt;img src=x onerror=alert(1)&gt;</p>"},
            "<strong>Code</strong><p>&lt;img src=x onerror=alert(1)&gt;</p>",
        ),
    ],
)
def test_json_is_readable_and_escaped(value: object, html: str) -> None:
    assert readable(value) == html


def test_cells_hold_one_value_a_line() -> None:
    assert lines(["one", 2]) == "one\n2"
    assert lines([]) == "–"


def test_only_json_columns_are_printed() -> None:
    assert printed(Role, "title") == "title"
    assert printed(Role, "state") == "state"
    assert printed(Role, "good_fit") is printer(Role, "good_fit")
    assert printed(Role, "good_fit").__name__ == "good_fit"
