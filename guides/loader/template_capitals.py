"""What was left of a copied _template.md: words in capitals that ask for a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .files import SourceFile
from .problems import Problem, shorten

MOST = 10
"""Leftovers of one file that are told one by one."""

ASKING = frozenset(
    re.findall(
        r"\w+",
        "THE OF FOR WHAT WHO HOW ONE VERB REASON ANOTHER OTHER FIRST SECOND THIRD SOMETHING TITLE NAME WORDS PERSON "
        "QUESTION SENTENCE SENTENCES PARAGRAPH PARAGRAPHS EDITION SIGN SIGNS EXERCISE GUIDANCE ALONE",
    )
)
"""Words that templates ask with; in capitals they hardly stand in a guide, unlike AND or IN of a query."""

RUN = re.compile(r"\b[A-Z]+(?:[\s\d,.:-]+[A-Z]+)*\b")
SLUG = re.compile(r"(?:THE-)?SLUG(?:-[A-Z0-9]+)*")
DATE = re.compile(r"YYYY-MM-DD")
CODE_SPAN = re.compile(r"`[^`]*`")
ANY = re.compile(rf"SLUG|YYYY-MM-DD|00-0000\.00|\b(?:{'|'.join(sorted(ASKING))})\b")
"""Stands in every file that has something left over, and in few others."""


def is_left_over(text: str) -> bool:
    """Whether a text asks, in the capitals of a template, for the text that belongs there."""
    if SLUG.fullmatch(text.strip()) or DATE.fullmatch(text.strip()) or text.strip() == "00-0000.00":
        return True
    for run in RUN.findall(text):
        words = re.findall(r"[A-Z]+", run)
        asking = ASKING.intersection(words)
        if asking and (len(words) > 1 or "PERSON" in asking):
            return True
    return False


def left_over(file: SourceFile) -> Iterator[Problem]:
    """Facts and lines of the body in which the capitals of the template still stand."""
    if not ANY.search(file.text):
        return
    found = [
        file.problem(location, f'"{shorten(text)}" is from the template; replace the capitals of the template.')
        for location, text in file.document.raw.items()
        if is_left_over(text)
    ]
    found += [
        file.body_problem(number, f'"{shorten(line)}" is from the template; replace the capitals of the template.')
        for number, line in enumerate(file.body.split("\n"))
        if is_left_over(CODE_SPAN.sub("", line))
    ]
    yield from found[:MOST]
    if len(found) > MOST:
        last = found[MOST]
        yield Problem(
            last.path,
            last.line,
            last.column,
            "",
            f"{len(found) - MOST} more places of the template are left to fill in.",
        )
