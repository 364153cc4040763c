"""Markdown bodies: cut at their headings, judged, rendered and sanitised at load.

Cost is bounded before the renderer sees a text (Python-Markdown needs 48 s for 20,000 square brackets): size, runs of
punctuation, depth of lists. What comes out is limited to an allow-list of elements, so pages print it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import markdown
import nh3

from .files import SourceFile
from .problems import Problem, alternatives, did_you_mean
from .schema import SECTIONS

MAX_RUN = 40
"""Longest run of one punctuation character; longer ones make the renderer quadratic."""

MAX_BRACKETS = 400
"""Most square brackets or asterisks in a body, for the same reason."""

MAX_LIST_DEPTH = 4

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

RAW_HTML = re.compile(r"<(?:[a-zA-Z][\w-]*(?:\s|/?>|$)|/[a-zA-Z]|!--|!DOCTYPE|\?)")
CODE_SPAN = re.compile(r"(`+)(?:(?!\1).)*\1")
LINK = re.compile(r"\]\(\s*<?([^)\s>]*)>?[^)]*\)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]^]+\]:\s*<?(\S+?)>?(?:\s|$)")
AUTOLINK = re.compile(r"<(https?:[^>]*|[^>\s]+@[^>\s]+)>")
IMAGE = re.compile(r"!\[")
RUN = re.compile(rf"([^\w\s])\1{{{MAX_RUN},}}")
FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
LIST_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d+[.)])\s")


@dataclass(frozen=True)
class Section:
    """A known heading, the Markdown below it and the line of the body (from 0) at which it stands."""

    heading: str
    line: int
    text: str


def sections(kind: str, file: SourceFile) -> tuple[list[Section], list[Problem]]:
    """The body cut at its ``##`` headings, with everything that keeps it from being published."""
    known = SECTIONS[kind]
    problems = list(_judge(file))
    found: list[Section] = []
    heading, start, lines = "", 0, [""]
    for number, line, is_code in _lines(file.body):
        if not is_code and re.match(r"##\s", line):
            found.append(Section(heading, start, "\n".join(lines)))
            heading, start, lines = line[2:].strip().rstrip("#").strip(), number, []
        else:
            if not is_code and re.match(r"#\s", line):
                problems.append(
                    file.body_problem(number, "The page's title comes from its facts; begin sections with ##.")
                )
            lines.append(line)
    found.append(Section(heading, start, "\n".join(lines)))
    preface, found = found[0], found[1:]
    if preface.text.strip():
        problems.append(
            file.body_problem(0, f"Text stands before the first heading; begin with ## {next(iter(known))}.")
        )
    problems.extend(_heading_problems(known, found, file))
    return found, problems


def _heading_problems(known: dict[str, bool], found: list[Section], file: SourceFile) -> Iterator[Problem]:
    names = list(known)
    seen: list[str] = []
    for section in found:
        if section.heading not in known:
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
        if required and name not in seen:
            yield file.body_problem(0, f"The section ## {name} is missing.")


def _lines(body: str) -> Iterator[tuple[int, str, bool]]:
    """Number, text and whether it is code, of each line."""
    fence = ""
    for number, line in enumerate(body.split("\n")):
        match = FENCE.match(line)
        if fence:
            yield number, line, True
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            if match:
                fence = match[1]
            yield number, line, bool(match)


def _judge(file: SourceFile) -> Iterator[Problem]:
    indents: list[int] = []
    brackets = 0
    for number, line, is_code in _lines(file.body):
        if RUN.search(line):
            yield file.body_problem(
                number, f"More than {MAX_RUN} equal signs of punctuation in a row; shorten the run."
            )
        if is_code:
            continue
        prose = CODE_SPAN.sub("", line)
        brackets += sum(prose.count(sign) for sign in "[]*_")
        if IMAGE.search(prose):
            yield file.body_problem(number, "Pictures are not used in guides; describe it in words or link to it.")
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
        depth = _list_depth(indents, line)
        if depth == MAX_LIST_DEPTH + 1:
            yield file.body_problem(number, f"Lists go at most {MAX_LIST_DEPTH} levels deep.")
    if brackets > MAX_BRACKETS:
        yield file.body_problem(0, f"More than {MAX_BRACKETS} brackets, asterisks and underscores; simplify the text.")


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
    while indents and indents[-1] >= indent:
        indents.pop()
    indents.append(indent)
    return len(indents)


def render(text: str, prefix: str) -> str:
    """``text`` as safe HTML; ids get ``prefix`` so that they cannot clash with the page's own."""
    converter = markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={"footnotes": {"UNIQUE_IDS": True}, "tables": {"use_align_attribute": True}},
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    html = converter.convert(text.replace("\n# ", "\n### "))
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute_filter(prefix),
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )


def _attribute_filter(prefix: str) -> Any:
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
