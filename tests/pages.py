"""The site's pages as tests read them: their addresses, and a page as words, sections, links and parts.

The addresses come from the files in content/, so that a new guide is tested from its first day. Words are what a screen
reader would say: what is hidden from it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from django.conf import settings
from django.test import Client

from tests.content_factory import Facts, body, entries, facts

CONTENT = settings.CONTENT_DIR


def _slugs(folder: str) -> list[str]:
    return sorted(file.stem for file in (CONTENT / folder).glob("*.md") if not file.name.startswith("_"))


ROLES = _slugs("roles")
SKILLS = _slugs("skills")
TRANSITIONS = sorted(
    f"{file.parent.name}/{file.stem}" for file in (CONTENT / "transitions").glob("*/*.md") if file.parent.name[0] != "_"
)
"""``origin/destination`` of each written guide."""
SOURCES = [one["slug"] for one in entries("sources.yaml", CONTENT)]
CATEGORIES = [one["slug"] for one in entries("categories.yaml", CONTENT)]

INDEXES = ["/", "/roles/", "/categories/", "/transitions/", "/skills/", "/search/", "/sources/", "/method/"]
INDEXES += ["/start/", "/occupations/", "/pathways/"]
INDEXES += ["/fit/", "/compare/", "/plan/", "/ledger/", "/keep/", "/privacy/"]

KINDS = {
    "home": "/",
    "roles": "/roles/",
    "no role found": "/roles/?difficulty=beginner&coding=required&remote=no&months=1",
    "wrong filter": "/roles/?category=nowhere&months=many&sort=pay",
    "role": "/roles/ai-artist/",
    "role with official pay": "/roles/backend-developer/",
    "interview": "/roles/ai-artist/interview/",
    "ways into a role": "/roles/ai-artist/into/",
    "no way in": "/roles/backend-developer/into/",
    "categories": "/categories/",
    "category": "/categories/software-engineering/",
    "transitions": "/transitions/",
    "moves from a role": "/transitions/backend-developer/",
    "no move from a role": "/transitions/ai-artist/",
    "transition": "/transitions/backend-developer/ai-artist/",
    "computed transition": "/transitions/data-analyst/graphic-designer/",
    "the same at both ends": "/transitions/ai-artist/ai-artist/",
    "moves that fit": "/transitions/ai-artist/?pay=60000&months=24&degree=1",
    "wrong wishes": "/transitions/ai-artist/?pay=much&remote=moon&months=0",
    "no ends yet": "/pathways/",
    "pathways": "/pathways/?origin=secondary-school-teacher&destination=ux-designer&months=36&pay=any",
    "no pathway": "/pathways/?origin=data-analyst&destination=ai-artist",
    "wrong pathway": "/pathways/?origin=teacher&destination=nowhere&months=many&pay=81",
    "skills": "/skills/",
    "skill": "/skills/sql/",
    "search": "/search/",
    "search results": "/search/?q=writ",
    "no search result": "/search/?q=databaes",
    "jobs found": "/start/?q=teacher&to=ux-designer",
    "no classification": "/occupations/",
    "sources": "/sources/",
    "source": "/sources/bls-oews-2024/",
    "source of no figure": "/sources/career-site-pages/",
    "method": "/method/",
    "not found": "/nowhere/",
    "fit check": "/roles/ai-artist/fit/",
    "fit result": "/roles/ai-artist/fit/?coding=no&pay=60000&months=24&barrier=low&company=alone&from=graphic-designer",
    "wrong fit answers": "/roles/ai-artist/fit/?coding=perhaps&pay=much&barrier=high&from=nowhere",
    "fit of all roles": "/fit/",
    "roles in order": "/fit/?coding=no&remote=part&pay=60000&months=24&barrier=high&company=alone",
    "no clear fit": "/fit/?coding=no&remote=yes&pay=1900000&months=1&hours=1&barrier=low",
    "nothing to compare": "/compare/",
    "two roles compared": "/compare/?role=ai-artist&role=ux-designer&baseline=ai-artist&from=graphic-designer&pay=2",
    "four roles compared": "/compare/?role=ai-artist&role=backend-developer&role=ux-designer&role=data-analyst",
    "wrong comparison": "/compare/?role=ai-artist&role=nowhere&pay=9&baseline=x&from=nowhere",
    "plan to be chosen": "/plan/",
    "plan": "/plan/?for=transitions/backend-developer/ai-artist&start=2027-01-04&mon=2&sat=4&free=1",
    "plan with money": "/plan/?for=roles/ai-artist&view=money&take_home=3000&new_low=2000&new_high=9999",
    "wrong plan": "/plan/?for=roles/ai-artist&start=soon&hours=999&off=never&from=nowhere",
    "ledger": "/ledger/?role=ai-artist&skill-sql=2&skill-nowhere=1",
    "keeping": "/keep/",
    "begin to keep": "/keep/start/?for=roles/ai-artist&skill-sql=2",
    "open what is kept": "/keep/open/",
    "practice": "/practice/ai-artist/",
    "practice set": "/practice/ai-artist/set/?category=beginner",
    "privacy": "/privacy/",
}
"""An address of each kind of page, empty and wrong ones among them."""

SENT_BY_POST = {"begin to keep", "open what is kept"}
"""Kinds of pages with a form that keeps or opens something; the others are the same for everybody."""


DIFFICULTY = {"beginner": "Beginner", "intermediate": "Intermediate", "advanced": "Advanced"}
CODING = {"none": "No coding", "optional": "Coding helps", "required": "Coding required"}
REMOTE = {"no": "On site", "hybrid": "Partly remote", "yes": "Remote friendly"}
PRICES = {"free": "Free", "freemium": "Free in part", "paid": "Paid", "unknown": "Price not known"}


def addresses() -> list[str]:
    """Every address of the site that a visitor can be led to, without query strings."""
    return [
        *INDEXES,
        *(f"/roles/{slug}/{part}" for slug in ROLES for part in ("", "interview/", "into/", "fit/")),
        *(f"/categories/{slug}/" for slug in CATEGORIES),
        *(f"/transitions/{slug}/" for slug in ROLES),
        *(f"/transitions/{slugs}/" for slugs in TRANSITIONS),
        *(f"/skills/{slug}/" for slug in SKILLS),
        *(f"/sources/{slug}/" for slug in SOURCES),
    ]


@cache
def role_facts(slug: str) -> Facts:
    """What the editors wrote about a role."""
    return facts(f"roles/{slug}.md", CONTENT)


@cache
def role_questions(slug: str) -> list[Facts]:
    """The interview questions of a role as the editors wrote them."""
    asked: list[Facts] = facts(f"questions/{slug}.yaml", CONTENT)["questions"]
    return asked


@cache
def skill_facts(slug: str) -> Facts:
    """What the editors wrote about a skill."""
    return facts(f"skills/{slug}.md", CONTENT)


@cache
def transition_facts(slugs: str) -> Facts:
    """What the editors wrote about a move."""
    return facts(f"transitions/{slugs}.md", CONTENT)


def prose(path: str) -> dict[str, str]:
    """The first words of each part of a guide's text, by heading, as far as they are without Markdown's signs."""
    parts = body(path, CONTENT).split("\n## ")
    texts = {
        part.partition("\n")[0].removeprefix("## ").strip(): part.partition("\n")[2] for part in parts if part.strip()
    }
    return {
        heading: re.split(r"[*_\[`\-]", squeezed(text).lstrip("*-_ "))[0].strip() for heading, text in texts.items()
    }


@cache
def registry(name: str) -> dict[str, Facts]:
    """The entries of a list file ("tools.yaml") by slug."""
    return {one["slug"]: one for one in entries(name, CONTENT)}


@cache
def figures_facts(code: str) -> Facts:
    """The official figures of an occupation."""
    return facts(f"figures/{code}.yaml", CONTENT)


# --- One page -----------------------------------------------------------------------------------------------------

BLOCKS = frozenset(
    {
        "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "header", "label", "legend", "li", "main",
        "nav", "ol", "option", "p", "section", "select", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
SILENT = frozenset({"script", "style", "template"})


def squeezed(text: str) -> str:
    """One space where there is any white space, no-break spaces too."""
    return re.sub(r"\s+", " ", text).strip()


def words(element: Element) -> str:
    """What a screen reader says of an element."""
    return squeezed("".join(_spoken(element)))


def _spoken(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in SILENT or element.get("aria-hidden") == "true":
        return
    around = " " if element.tag in BLOCKS else ""
    yield around
    yield element.text or ""
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""
    yield around


def links(element: Element) -> dict[str, str]:
    """Words by address of the links in an element."""
    return {link.get("href", ""): words(link) for link in element.iter("a")}


def in_order(parts: Iterable[str], text: str) -> bool:
    """Whether all parts stand in the text, one after the other."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def counted(number: int, noun: str) -> str:
    """``1 week``, ``2 weeks``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def usd(amount: int) -> str:
    """``$72,000``."""
    return f"${amount:,}"


def usd_range(amounts: Sequence[int]) -> str:
    """``$60,560–$99,800``; one amount when all are the same."""
    low, high = min(amounts), max(amounts)
    return usd(low) if low == high else f"{usd(low)}\N{EN DASH}{usd(high)}"


def signed(percent: int) -> str:
    """``+16 %``, ``−31 %``."""
    sign = "+" if percent > 0 else "\N{MINUS SIGN}" if percent < 0 else ""
    return f"{sign}{abs(percent)} %"


def months(weeks: int) -> int:
    """Calendar months of so many weeks, to the nearest."""
    return round(weeks * 7 / 365.2425 * 12)


def in_sentence(title: str) -> str:
    """A title inside a sentence; those in content/ begin with AI, AIGC or an ordinary word."""
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def with_article(title: str) -> str:
    """``an AI artist``, ``a backend developer``; none in content/ begins with a vowel that is said otherwise."""
    return f"{'an' if title[0] in 'aeiouAEIO' else 'a'} {in_sentence(title)}"


class Page:
    """An answer of the site with its HTML."""

    def __init__(self, address: str, status: int, headers: Mapping[str, str], cookies: Mapping[str, Any], html: str):
        self.address = address
        self.status = status
        self.headers = headers
        self.cookies = cookies
        self.html = html

    def __repr__(self) -> str:
        return f"<Page {self.address} {self.status}>"

    @cached_property
    def _parsed(self) -> tuple[Element, list[Any]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        return parser.parse(self.html), parser.errors

    @property
    def root(self) -> Element:
        """The html element."""
        return self._parsed[0]

    @property
    def faults(self) -> list[str]:
        """Everything at which an HTML parser had to guess."""
        return [f"{line}:{column} {name} {data}" for (line, column), name, data in self._parsed[1]]

    def all(self, tag: str) -> list[Element]:
        """Elements with that tag, in order."""
        return list(self.root.iter(tag))

    def one(self, tag: str) -> Element:
        """The only element with that tag."""
        found = self.all(tag)
        assert len(found) == 1, f"{self.address} has {len(found)} {tag} elements"
        return found[0]

    @cached_property
    def ids(self) -> list[str]:
        """Every id, as often as it stands there."""
        return [element.get("id", "") for element in self.root.iter() if element.get("id")]

    def part(self, id_: str) -> Element:
        """The element with that id."""
        found = [element for element in self.root.iter() if element.get("id") == id_]
        assert len(found) == 1, f"{self.address} has {len(found)} elements with the id {id_}"
        return found[0]

    def says(self, id_: str) -> str:
        """The words of the element with that id."""
        return words(self.part(id_))

    @property
    def main(self) -> Element:
        """The content of the page without what stands on every page."""
        return self.one("main")

    @cached_property
    def text(self) -> str:
        """The words of the content."""
        return words(self.main)

    @property
    def title(self) -> str:
        """What the tab is called."""
        return words(self.one("title"))

    @property
    def heading(self) -> str:
        """The words of the only h1."""
        return words(self.one("h1"))

    def meta(self, name: str) -> str:
        """Content of the only meta element of that name."""
        found = [one.get("content", "") for one in self.all("meta") if one.get("name") == name]
        assert len(found) == 1, f"{self.address} has {len(found)} meta elements called {name}"
        return found[0]

    @property
    def canonical(self) -> str:
        """The address that this page wants to be known by."""
        return next(one.get("href", "") for one in self.all("link") if one.get("rel") == "canonical")

    @property
    def breadcrumbs(self) -> list[tuple[str, str | None]]:
        """Words and address of each step; the page itself, the last, has no address."""
        nav = next(one for one in self.all("nav") if one.get("aria-label") == "Breadcrumbs")
        return [(words(item), next((link.get("href") for link in item.iter("a")), None)) for item in nav.iter("li")]

    @cached_property
    def internal_links(self) -> set[tuple[str, str]]:
        """Path (with its query) and fragment of every link to a page of this site."""
        found = set()
        for link in self.all("a"):
            target, fragment = urldefrag(urljoin(self.address, link.get("href", "")))
            if not urlsplit(target).scheme:
                found.add((target, fragment))
        return found


def read(address: str, response: Any) -> Page:
    """The page that a test client's response holds."""
    html = response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""
    return Page(address, response.status_code, response.headers, response.cookies, html)


def get(client: Client, address: str, **headers: str) -> Page:
    """The page at an address; headers are written as ``hx_request="true"``."""
    return read(
        address, client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    )
