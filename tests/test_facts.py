"""Facts set large: no figure without its unit, its source and how sure we are; what nobody publishes is not known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from guides.duration import Duration
from guides.facts import (
    NEAREST,
    OFFICIAL,
    OURS,
    RESEARCH,
    WIDER,
    Fact,
    confidence,
    least_sure,
    outlook_fact,
    role_facts,
    role_metrics,
    transition_facts,
)
from guides.figures import Exposure, OfficialFigures, Outlook, standing_for
from guides.pay import PayBasis, PayChange, Percentiles, basis
from guides.phrases import RoleWords
from guides.vocabulary import Coding, Difficulty, Effort, EntryBarrier, OccupationMatch, Remote


@dataclass
class Source:
    """A source as facts know it."""

    slug: str
    publisher: str = "Publisher"
    as_of: str = "2024"


SOURCES = {slug: Source(slug) for slug in ("wages", "projections", "ratings", "use")}
COVERED = OfficialFigures(
    code="15-1252.00",
    title="Software Developers",
    weight=1,
    match=OccupationMatch.COVERS,
    why="The title is one of theirs.",
    pay=Percentiles(79_850, 103_050, 133_080, 169_000, 211_450),
    pay_source="wages",
    published_for="",
    outlook=Outlook(16, 3, "Much faster than average", 2024, 2034, 129_200, None, 9.4, "projections"),
    entry=None,
    exposure=Exposure(87, "ratings", 83, "use"),
)
NEIGHBOUR = replace(COVERED, code="a", weight=0.6, match=OccupationMatch.PROXY)
OTHER = replace(
    NEIGHBOUR,
    code="b",
    weight=0.4,
    pay=Percentiles(40_000, 50_000, 60_000, 70_000, 80_000),
    outlook=Outlook(-2, 3, "Decline", 2024, 2034, None, None, 1.9, "projections"),
    exposure=Exposure(42, "ratings", 68, "use"),
)
BARE = replace(COVERED, pay=None, outlook=None, exposure=Exposure(None, "ratings", None, "use"))
ROLE = RoleWords(
    title="Backend developer",
    plural="Backend developers",
    article="",
    difficulty=Difficulty.ADVANCED,
    entry_barrier=EntryBarrier.MEDIUM,
    entry_barrier_why="Interviews include live programming.",
    coding=Coding.REQUIRED,
    coding_why="Code is the work itself.",
    remote=Remote.YES,
    remote_why="A connection is enough.",
    has_ai=False,
    duration=Duration(56, 12),
)


def facts_of(*figures: OfficialFigures) -> dict[str, Fact]:
    """All facts of a role with these figures, by label."""
    standing, pay = standing_for(figures), basis([one.occupation_pay for one in figures])
    return {
        fact.label: fact
        for fact in [*role_facts(ROLE, standing, pay, SOURCES), *role_metrics(ROLE, standing, pay, SOURCES)]
    }


def shown(fact: Fact) -> str:
    return f"{fact.value} {fact.unit}".strip().replace("\N{NO-BREAK SPACE}", " ")


def test_a_covered_title_shows_the_figures_of_its_occupation() -> None:
    facts = facts_of(COVERED)
    assert {label: shown(fact) for label, fact in facts.items()} == {
        "Change in jobs 2024–2034": "+16 %",
        "AI exposure": "87 % of tasks",
        "Median pay": "$133,080 a year",
        "Time to learn": "13 months",
        "Demand": "9.4 of 10",
        "AI in use": "83 of 100",
        "Difficulty": "Advanced",
        "Remote work": "Remote friendly",
    }
    assert facts["Median pay"].note == "United States, Software Developers. Eight in ten earn $79,850 to $211,450."
    assert facts["Change in jobs 2024–2034"].note == "Much faster than average"
    assert facts["AI in use"].note == "occupations see less AI in use than this one."


def test_an_uncovered_title_shows_ranges_over_its_neighbours() -> None:
    facts = facts_of(OTHER, NEIGHBOUR)
    assert {
        label: shown(facts[label]) for label in ("Change in jobs 2024–2034", "AI exposure", "Median pay", "Demand")
    } == {
        "Change in jobs 2024–2034": "−2 % to +16 %",
        "AI exposure": "42 to 87 % of tasks",
        "Median pay": "$60,000–$133,080 a year",
        "Demand": "1.9–9.4 of 10",
    }
    assert shown(facts["AI in use"]) == "68–83 of 100"
    assert facts["AI in use"].note == "occupations see less AI in use than these."
    assert "in the nearest occupations: no statistics exist" in facts["Median pay"].note


def test_one_neighbour_is_not_called_several() -> None:
    facts = facts_of(OTHER)
    assert shown(facts["Median pay"]) == "$60,000 a year"
    assert "in the nearest occupation: no statistics exist" in facts["Median pay"].note


def test_what_is_not_published_is_called_unknown_without_source_and_confidence() -> None:
    facts = facts_of(BARE)
    for label in ("Change in jobs", "AI exposure", "Pay", "Demand", "AI in use"):
        assert (facts[label].value, facts[label].source, facts[label].confidence) == ("Not known", None, "")


def test_an_open_top_is_said_to_be_open() -> None:
    assert COVERED.pay is not None
    open_top = replace(COVERED, pay=replace(COVERED.pay, p90=239_200, top_coded=True))
    assert facts_of(open_top)["Median pay"].note.endswith("$79,850 to $239,200 or more.")


def test_statistics_about_the_title_itself_are_sure_and_research_is_less_so() -> None:
    facts = facts_of(replace(COVERED, title="Backend Developers"))
    assert "Backend Developers" not in facts["Median pay"].note
    assert {label: fact.confidence for label, fact in facts.items() if fact.confidence} == {
        "Change in jobs 2024–2034": OFFICIAL,
        "AI exposure": RESEARCH,
        "Median pay": OFFICIAL,
        "Time to learn": OURS,
        "Demand": OFFICIAL,
        "AI in use": RESEARCH,
    }


def test_nothing_about_neighbours_is_surer_than_that_they_are_neighbours() -> None:
    facts = facts_of(NEIGHBOUR, OTHER)
    for label in ("Change in jobs 2024–2034", "AI exposure", "Median pay", "Demand", "AI in use"):
        assert facts[label].confidence == NEAREST


@pytest.mark.parametrize("figures", [(COVERED,), (NEIGHBOUR, OTHER), (OTHER,)], ids=["covered", "two", "one"])
def test_every_published_figure_names_its_source(figures: tuple[OfficialFigures, ...]) -> None:
    facts = facts_of(*figures)
    sources = {label: getattr(facts[label].source, "slug", None) for label in facts}
    assert sources == {
        "Change in jobs 2024–2034": "projections",
        "AI exposure": "ratings",
        "Median pay": "wages",
        "Time to learn": None,
        "Demand": "projections",
        "AI in use": "use",
        "Difficulty": None,
        "Remote work": None,
    }


def test_the_source_is_that_of_an_occupation_that_has_the_figure() -> None:
    unrated = replace(NEIGHBOUR, exposure=Exposure(None, "", None, ""))
    facts = facts_of(unrated, OTHER)
    assert facts["AI exposure"].source is SOURCES["ratings"]
    assert shown(facts["AI exposure"]) == "42 % of tasks"


def test_a_month_is_one_month() -> None:
    assert shown(role_facts(replace(ROLE, duration=Duration(4, 10)), [], PayBasis((), False), SOURCES)[3]) == "1 month"


def transition(change: PayChange | None, pay_confidence: str = OFFICIAL) -> list[Fact]:
    outlook = outlook_fact(ROLE, [COVERED], basis([COVERED.occupation_pay]), SOURCES)
    return transition_facts(
        Duration(24, 10), Effort.MODERATE, "Little is technical.", change, pay_confidence, outlook, SOURCES["wages"]
    )


def test_a_transition_shows_effort_time_pay_and_the_outlook_of_where_it_leads() -> None:
    facts = transition(PayChange(-31, -31, (133_080, 133_080), (91_670, 91_670)))
    assert [(fact.label, shown(fact)) for fact in facts] == [
        ("Effort", "Moderate"),
        ("Time", "6 months"),
        ("Pay change", "−31 %"),
        ("Change in jobs 2024–2034", "+16 %"),
    ]
    assert facts[1].note == "24 weeks at 10 hours a week"
    assert facts[2].note == "Median pay $133,080 in the old role, $91,670 in the new one"
    assert [fact.confidence for fact in facts] == ["", OURS, OFFICIAL, WIDER]


def test_a_pay_change_that_rests_on_neighbours_is_a_range_of_low_confidence() -> None:
    fact = transition(PayChange(-54, -25, (133_080, 133_080), (60_560, 99_800)), pay_confidence=NEAREST)[2]
    assert (shown(fact), fact.confidence) == ("−54 % to −25 %", NEAREST)


def test_an_unknown_pay_change_says_why_and_claims_nothing() -> None:
    fact = transition(None)[2]
    assert fact == Fact("Pay change", "Not known", note="Pay is not published for one of the two roles.")


def test_statistics_of_a_wider_occupation_name_it_and_are_less_sure() -> None:
    facts = facts_of(COVERED)
    assert {facts[label].confidence for label in ("Change in jobs 2024–2034", "Median pay", "Demand")} == {WIDER}
    assert facts["AI exposure"].confidence == RESEARCH
    assert "Software Developers" in facts["Median pay"].note


def test_a_figure_of_two_roles_is_as_sure_as_the_less_sure_of_them() -> None:
    exact = replace(COVERED, title="Backend developers")
    of = [confidence(ROLE, basis([one.occupation_pay])) for one in (exact, COVERED, NEIGHBOUR)]
    assert of == [OFFICIAL, WIDER, NEAREST]
    assert [least_sure(of[0], one) for one in of] == of
    assert least_sure(of[2], of[1]) == NEAREST


def test_demand_is_told_as_a_share_of_workers() -> None:
    note = facts_of(OTHER, NEIGHBOUR)["Demand"].note.replace("\N{NO-BREAK SPACE}", " ")
    assert note == "19 to 94 % of workers are in occupations expected to grow less."
