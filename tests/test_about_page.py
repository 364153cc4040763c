"""Pages about the site itself: where figures come from, and how they are chosen."""

from __future__ import annotations

from calendar import month_name

import pytest

from guides.duration import DAYS_PER_YEAR, HOURS_TOLERANCE
from guides.proximity import BANDS, LEAST_IMPORTANCE, SVP_MONTHS
from tests.pages import ROLES, Page, in_order, links, registry, role_facts, squeezed, words

KINDS = {
    "official": "Official statistics",
    "research": "Research",
    "site-claim": "Claim of a career site",
    "editorial": "Our editors’ judgement",
}


@pytest.fixture
def sources(site: dict[str, Page]) -> Page:
    return site["/sources/"]


@pytest.fixture
def method(site: dict[str, Page]) -> Page:
    return site["/method/"]


@pytest.mark.parametrize("slug", sorted(registry("sources.yaml")))
def test_every_source_says_publisher_kind_region_date_licence_and_what_it_measures(sources: Page, slug: str) -> None:
    source = registry("sources.yaml")[slug]
    entry = sources.part(slug)
    kind = KINDS[source["kind"]].replace("’", "'")
    told = [source["title"], source["publisher"], kind, source["region"], f"As of {date(source['as_of'])}"]
    told += [source["licence"], squeezed(source["summary"])]
    assert in_order(told, words(entry).replace("’", "'"))
    assert squeezed(source.get("attribution") or "") in words(entry)
    assert not source["url"] or source["url"] in links(entry)
    assert links(entry)[f"/sources/{slug}/"] == source["title"]


def date(as_of: str) -> str:
    """``2024``, ``May 2024``, ``3 May 2024``."""
    year, month, day = (int(part) for part in (as_of + "-0-0").split("-")[:3])
    named = f"{month_name[month]} {year}" if month else str(year)
    return f"{day} {named}" if day else named


def test_the_method_says_what_each_figure_is_and_what_it_is_not(method: Page) -> None:
    sections = ["pay", "proxies", "outlook", "ai", "entry", "match", "time", "levels", "differences", "people"]
    assert [one.get("id") for one in method.main.iter("section") if one.get("id")] == sections
    assert "five points" in method.says("pay")
    assert "side by side" in method.says("proxies")
    assert "ten times the share of all workers" in method.says("outlook")
    assert "neither is the risk of losing the job" in method.says("ai")
    assert "computed from the weeks" in method.says("time")
    assert in_order(["Awareness", "Working", "Practitioner", "Expert"], method.says("levels"))


def test_the_numbers_of_the_method_are_those_of_the_rules(method: Page) -> None:
    assert f"{DAYS_PER_YEAR} days a year" in method.says("time")
    assert f"by more than {round(HOURS_TOLERANCE * 100)} %" in method.says("time")
    assert "“much faster than average” from +7 %" in method.says("outlook")
    assert f"below {LEAST_IMPORTANCE} of 5" in method.says("match")
    bands = [words(row) for row in next(method.part("match").iter("tbody")).iter("tr")]
    assert [row.split()[-1] for row in bands] == [f"{band.times:.2f}" for band in BANDS]
    assert all(band.word in row.lower() for band, row in zip(BANDS, bands, strict=True))
    for zone, (low, high) in SVP_MONTHS.items():
        assert f"{low:g} to {high:g} months in zone {zone}" in method.says("entry")


def test_every_part_of_the_method_that_uses_figures_names_their_source(method: Page) -> None:
    for part in ("pay", "outlook", "ai", "entry", "match", "differences"):
        assert any(address.startswith("/sources/") for address in links(method.part(part))), part


def test_the_method_says_why_other_sites_differ_claim_by_claim(method: Page) -> None:
    table = next(method.part("differences").iter("table"))
    subjects = [words(next(row.iter("th"))) for row in list(table.iter("tr"))[1:]]
    assert len(subjects) >= 5
    assert any("Risk from AI" in subject for subject in subjects)
    assert any("Length of a move" in subject for subject in subjects)


def test_corrections_agree_with_the_pages_they_correct(method: Page, site: dict[str, Page]) -> None:
    corrected = words(next(one for one in method.part("differences").iter("tr") if "technical writer" in words(one)))
    guide = site["/transitions/backend-developer/ai-technical-writer/"]
    assert "−31 %" in corrected
    assert "−31 %" in guide.says("facts")
    for amount in ("$133,080", "$91,670"):
        assert amount in corrected
        assert amount in guide.says("facts")


def test_role_pages_lead_to_the_part_of_the_method_that_explains_them(site: dict[str, Page]) -> None:
    for slug in ROLES:
        leads = links(site[f"/roles/{slug}/"].part("numbers"))
        covered = any(one["match"] == "covers" for one in role_facts(slug)["occupations"])
        assert "/method/#ai" in leads
        assert ("/method/#proxies" in leads) is not covered


def test_method_and_sources_lead_to_each_other(sources: Page, method: Page) -> None:
    assert "/method/" in links(sources.main)
    assert "/sources/" in links(method.main)
