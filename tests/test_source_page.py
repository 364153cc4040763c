"""Every printed figure has a source beside it, and every source names the pages that take figures from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from tests.pages import (
    ROLES,
    SOURCES,
    TRANSITIONS,
    Page,
    figures_facts,
    get,
    in_order,
    links,
    registry,
    role_facts,
    squeezed,
    words,
)

FIGURE = re.compile(r"\$\d|\d\s?%")
"""Amounts of money and shares: nothing else on a page is an official figure without a label of its own."""

OURS = {"skill-gap__summary", "learn-list__resources", "resource-list", "gap-meter"}
"""Classes of what a page computes from skill levels, and of prices on the makers' own pages, which are linked."""

PARTS = {"section", "figure", "table", "dl", "ul", "ol", "li", "p", "details", "form"}
"""What holds a figure together with its source; beyond them a mark belongs to something else."""

COMPARISON = "/compare/?role=ai-artist&role=backend-developer"


def marks(element: Element) -> list[str]:
    """Addresses of the source marks in an element."""
    return [link.get("href", "") for link in element.iter("a") if "source-mark" in (link.get("class") or "").split()]


def names(source: Page, address: str) -> bool:
    """Whether a source's page leads to an address, or to the list of all moves from its origin."""
    parts = address.split("/")
    listed = f"/transitions/{parts[2]}/" if parts[1] == "transitions" and len(parts) > 4 else address
    return bool({address, listed} & links(source.main).keys())


def unmarked(page: Page) -> Iterator[str]:
    """Figures without a source mark in the part of the page that they stand in; lists of roles have one note."""
    around = {child: parent for parent in page.main.iter() for child in parent}
    for element in page.main.iter():
        text = " ".join([element.text or "", *(child.tail or "" for child in element)])
        if not FIGURE.search(text):
            continue
        chain = [element]
        while chain[-1] in around:
            chain.append(around[chain[-1]])
        if any(OURS & set((one.get("class") or "").split()) for one in chain):
            continue
        if any("role-numbers" in (one.get("class") or "") for one in chain):
            holder = next((one for one in page.main.iter("p") if "figures-note" in (one.get("class") or "")), page.main)
        else:
            holder = next((one for one in chain if marks(one)), page.main)
        if not _holds(holder, page):
            yield f"{page.address} {element.tag} {squeezed(text)[:90]}"


def _holds(holder: Element, page: Page) -> bool:
    """Whether an element is a part of the page rather than the page with all its parts."""
    sections = [one for one in page.main.iter("section") if one is not holder]
    return holder.tag in PARTS or not any(one in sections for one in holder.iter("section"))


def test_every_figure_on_every_page_stands_with_its_source(site: dict[str, Page]) -> None:
    """Percentages of rules on the method page are the site's own and have no source."""
    told = [one for address, page in site.items() if address != "/method/" for one in unmarked(page)]
    assert told == []


def test_figures_are_found_where_there_are_any(site: dict[str, Page]) -> None:
    for slug in ROLES:
        assert len(FIGURE.findall(site[f"/roles/{slug}/"].text)) > 20


def test_every_mark_leads_to_the_page_of_its_source_and_that_page_leads_back(site: dict[str, Page]) -> None:
    for address, page in site.items():
        if address.startswith("/sources/"):
            continue
        for mark in set(marks(page.main)):
            assert mark.split("/")[2] in SOURCES, mark
            assert names(site[mark], address), f"{mark} does not name {address}"


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", [COMPARISON, "/roles/ai-artist/fit/?have_pay=yes", "/fit/"])
def test_marks_of_the_tools_lead_to_sources_that_name_the_tools(client: Client, address: str) -> None:
    page = get(client, address)
    assert page.status == 200
    for mark in set(marks(page.main)):
        assert address.partition("?")[0] in links(get(client, mark).main)


@pytest.mark.usefixtures("content")
def test_every_figure_of_a_comparison_stands_with_its_source(client: Client) -> None:
    page = get(client, COMPARISON)
    assert FIGURE.search(page.text)
    assert list(unmarked(page)) == []


@pytest.mark.parametrize("slug", SOURCES)
def test_a_source_says_what_it_is(site: dict[str, Page], slug: str) -> None:
    source, page = registry("sources.yaml")[slug], site[f"/sources/{slug}/"]
    assert page.heading == squeezed(source["title"])
    assert in_order([source["publisher"], "As of", source["region"], squeezed(source["licence"])], page.says("about"))
    assert squeezed(source.get("attribution") or "") in page.says("about")
    assert squeezed(source["summary"]) in page.text
    assert not source["url"] or source["url"] in links(page.main)
    assert "/method/" in links(page.main)


def resting(slug: str) -> list[str]:
    """Roles with pay from the source, by their content."""
    return [
        role
        for role in ROLES
        for one in role_facts(role)["occupations"]
        if (figures_facts(one["code"])["pay"] or {}).get("source") == slug
    ]


def test_the_pages_that_take_pay_from_a_source_are_listed_with_what_they_take(site: dict[str, Page]) -> None:
    page = site["/sources/bls-oews-2024/"]
    roles = set(resting("bls-oews-2024"))
    listed = links(page.part("roles"))
    assert {f"/roles/{slug}/" for slug in roles} <= listed.keys()
    assert "pay;" in page.says("roles")
    guides = {f"/transitions/{slugs}/" for slugs in TRANSITIONS if roles & set(slugs.split("/"))}
    assert set(links(page.part("transitions"))) == guides
    codes = {one["code"] for slug in roles for one in role_facts(slug)["occupations"]}
    assert all(code in page.says("occupations") for code in codes)


def test_the_editors_own_judgement_is_listed_with_the_stages_that_rest_on_it(site: dict[str, Page]) -> None:
    page = site["/sources/careerpaths-editorial/"]
    for slug in ROLES:
        if role_facts(slug)["stages_source"] == "careerpaths-editorial":
            assert f"/roles/{slug}/" in links(page.part("roles"))
    assert "pay by stage" in page.says("roles")


def test_a_source_of_no_figure_lists_no_role(site: dict[str, Page]) -> None:
    page = site["/sources/career-site-pages/"]
    assert "roles" not in page.ids
    assert "/method/" in links(page.part("elsewhere"))


@pytest.mark.usefixtures("content")
def test_a_source_that_does_not_exist_is_not_found(client: Client) -> None:
    assert get(client, "/sources/hearsay/").status == 404


def test_the_index_leads_to_every_source(site: dict[str, Page]) -> None:
    index = site["/sources/"]
    for slug in SOURCES:
        assert words(index.part(slug)).startswith(squeezed(registry("sources.yaml")[slug]["title"]))
        assert f"/sources/{slug}/" in links(index.main)
