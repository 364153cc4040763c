"""Markdown bodies: cut at their headings, judged, rendered and sanitised at load.

Cost is bounded before the renderer sees a text (Python-Markdown needs 48 s for 20,000 square brackets): size, lines,
punctuation, nesting, columns. What comes out is limited to an allow-list of elements, so pages print it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import local

import markdown
import nh3
from markdown.extensions.footnotes import FootnoteExtension

from .files import SourceFile
from .problems import Problem, alternatives, did_you_mean, nearest
from .schema import SECTIONS

MAX_CHARACTERS = 24_000
"""Longest body; the longest guide has about 4,000."""

MAX_LINES = 800
"""Most lines of a body, which bounds the rows of tables and the items of lists."""

MAX_LINE = 3_000
"""Longest line, so that a search within a line stays cheap."""

MAX_RUN = 40
"""Longest run of one punctuation character; longer ones make the renderer quadratic."""

MAX_SIGNS = {"brackets, asterisks and underscores": ("[]*_", 400), "backticks": ("`", 200), "backslashes": ("\\", 100)}
"""Most signs of each kind in a body outside of code blocks, for the same reason."""

MAX_LIST_DEPTH = 4
"""Levels of lists."""

MAX_MARKS = 4
"""Most marks of lists and quotations before the text of a line."""

MAX_COLUMNS = 12
"""Columns of a table; the renderer fills every row up to the longest."""

EXTENSIONS = ["tables", "footnotes", "abbr", "def_list", "fenced_code", "sane_lists"]
TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "code", "pre", "blockquote", "a", "abbr",
    "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "sup", "div",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class", "id"},
    "abbr": {"title"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
}
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}

RAW_HTML = re.compile(r"<(?:[a-zA-Z][\w:-]*(?:[\s/>]|$)|/[a-zA-Z]|!|\?)")
CODE_SPAN = re.compile(r"(`+)(?:(?!\1).)*\1")
LINK = re.compile(r"\]\(\s*<?((?:[^()\s>]|\([^()\s]*\))*)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]^]+\]:\s*<?(\S+?)>?(?:\s|$)")
AUTOLINK = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]*:|[^<>\s@]+@)")
IMAGE = re.compile(r"!\[")
RUN = re.compile(rf"([^\w\s])\1{{{MAX_RUN},}}")
FENCE = re.compile(r"^(`{3,}|~{3,})[ ]*[\w+#.-]*[ ]*$")
QUOTE = re.compile(r"^(?:\s{0,3}>[ ]?)+")
LIST_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d+[.)])\s")
MARKS = re.compile(r"^(?:\s*(?:>|(?:[-*+:]|\d+[.)])(?=\s)))+")
MARK = re.compile(r">|[-*+:](?=\s)|\d+[.)]")
HEADING = re.compile(r"^#{1,6}")
UNDERLINE = re.compile(r"^(?:=+|-+)\s*$")

DIGIT = re.compile(r"\d")
PAY_FIGURE = re.compile(r"[$€£]\s?\d|\b\d[\d,.]{0,12}\s?(?:k|K)\b(?=.{0,200}(?:pay|salar|year))|\b(?:USD|EUR|GBP)\s?\d")
PAY_PERCENT = re.compile(
    r"(?:pay|salar|earn|wage|income|money)[^.]{0,80}?\d{1,4}\s?(?:%|per cent|percent)"
    r"|\d{1,4}\s?(?:%|per cent|percent)[^.]{0,80}?(?:pay|salar|earn|wage|income|raise)",
    re.IGNORECASE,
)
PAY_STATED = "A pay figure stands in the text; leave it out, the page shows pay with its source."


def states_pay(text: str) -> bool:
    """Whether a text gives an amount or a change of pay, which pages derive from official figures alone."""
    return bool(DIGIT.search(text) and (PAY_FIGURE.search(text) or PAY_PERCENT.search(text)))


@dataclass(frozen=True)
class Section:
    """A known heading, the Markdown below it and the line of the body (from 0) at which it stands."""

    heading: str
    line: int
    text: str


def sections(kind: str, file: SourceFile) -> tuple[list[Section], list[Problem]]:
    """The body cut at its ``##`` headings, with everything that keeps it from being published."""
    known = SECTIONS[kind]
    problems = list(_too_much(file))
    if problems:
        return [], problems
    problems = list(_judge(file))
    found: list[Section] = []
    heading, start, lines = "", 0, [""]
    for number, line, is_code in _lines(file.body):
        if not is_code and re.match(r"##\s", line):
            found.append(Section(heading, start, "\n".join(lines)))
            heading, start, lines = line[2:].strip().rstrip("#").strip(), number, []
        else:
            lines.append(line)
    found.append(Section(heading, start, "\n".join(lines)))
    preface, found = found[0], found[1:]
    if any(line.strip() and not HEADING.match(line) for line in preface.text.split("\n")):
        problems.append(
            file.body_problem(0, f"Text stands before the first heading; begin with ## {next(iter(known))}.")
        )
    problems.extend(_heading_problems(known, found, file))
    return found, problems


def _heading_problems(known: dict[str, bool], found: list[Section], file: SourceFile) -> Iterator[Problem]:
    names = list(known)
    seen: list[str] = []
    meant: set[str | None] = set()
    for section in found:
        if section.heading not in known:
            meant.add(nearest(section.heading, names))
            hint = did_you_mean(section.heading, names) or f" Use {alternatives([f'## {name}' for name in names])}."
            yield file.body_problem(section.line, f'"{section.heading}" is not a heading of this kind of page.{hint}')
            continue
        if section.heading in seen:
            yield file.body_problem(section.line, f"The heading {section.heading} stands here a second time.")
        elif seen and names.index(section.heading) < names.index(seen[-1]):
            yield file.body_problem(section.line, f"{section.heading} belongs before {seen[-1]}.")
        if not section.text.strip():
            yield file.body_problem(section.line, f"Nothing stands below {section.heading}.")
        seen.append(section.heading)
    for name, required in known.items():
        if required and name not in seen and name not in meant:
            yield file.body_problem(0, f"The section ## {name} is missing.")


def _lines(body: str) -> Iterator[tuple[int, str, bool]]:
    """Number, text and whether it is code, of each line."""
    fence = ""
    for number, line in enumerate(body.split("\n")):
        if fence:
            yield number, line, True
            if line.rstrip() == fence:
                fence = ""
        else:
            match = FENCE.match(line)
            if match:
                fence = match[1]
            yield number, line, bool(match)


def _unclosed(body: str) -> int | None:
    """Line of a code block that does not end; everything below it would count as code."""
    fence, opened = "", 0
    for number, line in enumerate(body.split("\n")):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif match := FENCE.match(line):
            fence, opened = match[1], number
    return opened if fence else None


def _too_much(file: SourceFile) -> Iterator[Problem]:
    """What would make rendering slow. Each measure is linear in the text, and any excess keeps it from the renderer."""
    opened = _unclosed(file.body)
    if opened is not None:
        yield file.body_problem(opened, "A code block begins here and does not end; close it with the same signs.")
    if len(file.body) > MAX_CHARACTERS:
        yield file.body_problem(0, f"The text has {len(file.body):,} characters; at most {MAX_CHARACTERS:,} are read.")
    if file.body.count("\n") > MAX_LINES:
        yield file.body_problem(0, f"The text has {file.body.count(chr(10)):,} lines; at most {MAX_LINES} are read.")
    counts = dict.fromkeys(MAX_SIGNS, 0)
    indents: list[int] = []
    is_wide = False
    for number, line, is_code in _lines(file.body):
        if len(line) > MAX_LINE:
            yield file.body_problem(number, f"The line has {len(line):,} characters; break it below {MAX_LINE:,}.")
            continue
        if RUN.search(line):
            yield file.body_problem(number, f"More than {MAX_RUN} times the same sign in a row; shorten the run.")
        if is_code:
            continue
        for name, (signs, _) in MAX_SIGNS.items():
            counts[name] += sum(line.count(sign) for sign in signs)
        marks = MARKS.match(line)
        if marks and len(MARK.findall(line, 0, marks.end() + 1)) > MAX_MARKS:
            yield file.body_problem(number, f"Quotations and lists are nested more than {MAX_MARKS} deep; simplify.")
        elif _list_depth(indents, QUOTE.sub("", line)) == MAX_LIST_DEPTH + 1:
            yield file.body_problem(number, f"Lists go at most {MAX_LIST_DEPTH} levels deep.")
        if line.count("|") > MAX_COLUMNS + 1 and not is_wide:
            is_wide = True
            yield file.body_problem(number, f"Tables have at most {MAX_COLUMNS} columns.")
    for name, (_, most) in MAX_SIGNS.items():
        if counts[name] > most:
            yield file.body_problem(0, f"The text has {counts[name]} {name}; at most {most} are read.")


def _judge(file: SourceFile) -> Iterator[Problem]:
    previous = ""
    for number, line, is_code in _lines(file.body):
        if states_pay(line):
            yield file.body_problem(number, PAY_STATED)
        if is_code:
            previous = ""
            continue
        prose = CODE_SPAN.sub("", line)
        heading = HEADING.match(line)
        if heading and not re.match(r"#{2,4}\s", line):
            if heading[0] == "#":
                yield file.body_problem(number, "The page's title comes from its facts; begin sections with ##.")
            else:
                yield file.body_problem(number, "A heading is ## (a section), ### or ####, then a space and its text.")
        elif UNDERLINE.match(line) and previous.strip():
            yield file.body_problem(number, "Headings are not underlined; write ### before the text instead.")
        previous = line
        if IMAGE.search(prose):
            yield file.body_problem(number, "Pictures are not used in guides; describe it in words or link to it.")
            continue
        for address in (*LINK.findall(prose), *REFERENCE.findall(prose)):
            if not _may_link(address):
                yield file.body_problem(
                    number,
                    f'"{address}" cannot be linked; use https:// or an address of this site such as /skills/sql/.',
                )
        if AUTOLINK.search(prose):
            yield file.body_problem(number, "Write the link with a text: [text](https://...).")
        elif RAW_HTML.search(prose):
            yield file.body_problem(number, "HTML is not used in guides; write Markdown.")


def site_links(body: str) -> Iterator[tuple[int, str]]:
    """Lines of a body (from 0) and the addresses of this site that they link to."""
    for number, line, is_code in _lines(body):
        if is_code or len(line) > MAX_LINE:
            continue
        prose = CODE_SPAN.sub("", line)
        for address in (*LINK.findall(prose), *REFERENCE.findall(prose)):
            if address.startswith("/") and _may_link(address):
                yield number, address


def _may_link(address: str) -> bool:
    if address.startswith("/"):
        return not address.startswith("//") and "\\" not in address
    return address.startswith(("https://", "#"))


def _list_depth(indents: list[int], line: str) -> int:
    """Depth of the list item on this line, 0 for other lines; ``indents`` remembers the items around it."""
    match = LIST_ITEM.match(line)
    if not match:
        if line.strip() and not line.startswith(" "):
            indents.clear()
        return 0
    indent = len(match[1].expandtabs(4))
    if indent >= 4 * MAX_LIST_DEPTH:
        return MAX_LIST_DEPTH + 1
    while indents and indents[-1] >= indent:
        indents.pop()
    indents.append(indent)
    return len(indents)


def render(text: str, prefix: str) -> str:
    """``text`` as safe HTML; ids get ``prefix`` so that they cannot clash with the page's own."""
    converter: markdown.Markdown = getattr(_idle, "converter", None) or _converter()
    # It is put back when it is done: an error would leave it in the middle of a text.
    _idle.converter = None
    html = converter.convert(text)
    _begin_anew(converter)
    _idle.converter = converter
    return _cleaner(prefix).clean(html)


_idle = local()
"""The converter of this thread: making one takes longer than converting a section."""


def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={"footnotes": {"UNIQUE_IDS": True}, "tables": {"use_align_attribute": True}},
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    _begin_anew(converter)
    return converter


def _begin_anew(converter: markdown.Markdown) -> None:
    """Forgets the last text, so that the next one is numbered as if it were the first."""
    for extension in converter.registeredExtensions:
        if isinstance(extension, FootnoteExtension):
            extension.unique_prefix = 1
    converter.reset()


@cache
def _cleaner(prefix: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute_filter(prefix),
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )


def _attribute_filter(prefix: str) -> Callable[[str, str, str], str | None]:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            return f"{prefix}-{value}"
        if attribute == "class":
            return value if value in CLASSES.get(tag, set()) else None
        if attribute == "href":
            if value.startswith("#"):
                return f"#{prefix}-{value[1:]}"
            return value if _may_link(value) else None
        return value

    return keep
