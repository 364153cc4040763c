"""The rule of moves: what carries over, what is missing, how long, which gates, and that holding more never costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.gap import Requirement
from guides.proximity import Months, Norm
from guides.transition import (
    MARGIN,
    MOST_TOOLS,
    Basis,
    Element,
    End,
    GateKind,
    Match,
    Preparation,
    Rated,
    StretchKind,
    Taster,
    Teaches,
    Unknown,
    explained,
    margin,
    move,
    readiness_between,
)
from guides.vocabulary import Education, EntryBarrier, Importance, Level
from tests.profile_samples import HOURS, unhurried

NAMES = ("Writing", "Programming", "Design", "Biology")
USUAL = Norm(2.5, 0.8)


def occupation(slug: str, *levels: float, importance: float = 4.0, **more: Any) -> End:
    """An official occupation that asks for ``levels`` of the four elements."""
    elements = tuple(
        Element("skills", name, importance, level, USUAL) for name, level in zip(NAMES, levels, strict=False)
    )
    known: dict[str, Any] = {
        "rated": (Rated(1.0, elements),),
        "preparation": (Preparation(1.0, Months(24, 48)),),
        "has_pay": True,
    }
    return replace(End(slug, is_role=False), **{**known, **more})


def role(slug: str, required: tuple[Requirement, ...], held: dict[str, int] | None = None, **more: Any) -> End:
    """A role whose roadmap spends 60 hours on each of its skills, in their order."""
    known: dict[str, Any] = {
        "required": required,
        "held": held if held is not None else {one.skill: int(one.level) for one in required},
        "teaches": {one.skill: Teaches(60, number) for number, one in enumerate(required)},
        "hours_per_week": 10,
    }
    return replace(End(slug, is_role=True), **{**known, **more})


def skill(name: str, level: Level = Level.PRACTITIONER, importance: Importance = Importance.ESSENTIAL) -> Requirement:
    return Requirement(name, name.title(), level, importance, HOURS)


# -- Properties --------------------------------------------------------------------------------------------------------

levels = st.lists(st.floats(0, 7, allow_nan=False), min_size=4, max_size=4)
importances = st.lists(st.floats(1, 5, allow_nan=False), min_size=4, max_size=4)


@st.composite
def occupations(draw: st.DrawFn) -> End:
    elements = tuple(
        Element("skills", name, importance, level, USUAL)
        for name, importance, level in zip(NAMES, draw(importances), draw(levels), strict=True)
    )
    low = draw(st.integers(0, 48))
    return occupation(
        draw(st.sampled_from("abc")),
        rated=(Rated(1.0, elements),),
        preparation=(Preparation(1.0, Months(low, low * 2)),),
    )


@unhurried
@given(end=occupations())
def test_nobody_is_readier_for_an_occupation_than_those_who_are_in_it(end: End) -> None:
    found = move(end, replace(end, slug="other"), None)
    assert found.ready == 1.0
    assert found.length
    assert (found.length.low, found.length.high, found.length.hours) == (0, 0, 0)
    assert readiness_between(end, end) == 1.0


@unhurried
@given(origin=occupations(), destination=occupations(), number=st.integers(0, 3), more=st.floats(0, 3))
def test_more_of_an_official_requirement_never_lowers_readiness_nor_adds_time(
    origin: End, destination: End, number: int, more: float
) -> None:
    origin, destination = replace(origin, slug="from"), replace(destination, slug="to")
    elements = list(origin.rated[0].elements)
    elements[number] = replace(elements[number], level=elements[number].level + more)
    better = replace(origin, rated=(Rated(1.0, tuple(elements)),))
    before, after = move(origin, destination, None), move(better, destination, None)
    assert before.ready is not None
    assert after.ready is not None
    assert before.length
    assert after.length
    assert after.ready >= before.ready - 1e-9
    assert (after.length.low, after.length.high) <= (before.length.low, before.length.high)
    assert after.length.hours <= before.length.hours


@unhurried
@given(
    held=st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 4)),
    asked=st.lists(st.sampled_from(list(Level)), min_size=3, max_size=3),
    raised=st.sampled_from(["a", "b", "c"]),
)
def test_a_higher_level_of_a_skill_never_adds_time_or_tasks(
    held: dict[str, int], asked: list[Level], raised: str
) -> None:
    destination = role("to", tuple(skill(name, level) for name, level in zip("abc", asked, strict=True)))
    before = move(role("from", (), held=held), destination, None)
    after = move(role("from", (), held={**held, raised: min(4, held.get(raised, 0) + 1)}), destination, None)
    assert before.length
    assert after.length
    assert before.gap
    assert after.gap
    assert after.length.hours <= before.length.hours
    assert (after.length.low, after.length.high) <= (before.length.low, before.length.high)
    assert after.gap.readiness >= before.gap.readiness
    assert sum(stretch.hours for stretch in before.route) == before.length.hours


@unhurried
@given(held=st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 4)), hours=st.integers(1, 300))
def test_keys_of_tasks_are_each_alone_and_depend_on_the_skill_alone(held: dict[str, int], hours: int) -> None:
    required = (skill("a"), skill("b", Level.WORKING), skill("c", Level.EXPERT, Importance.OPTIONAL))
    plain = move(role("from", (), held=held), role("to", required), None)
    longer = {one.skill: Teaches(hours, 2 - number) for number, one in enumerate(required)}
    edited = move(role("elsewhere", (), held=held), role("to", required[::-1], teaches=longer), None)
    for found in (plain, edited):
        keys = [step.key for stretch in found.route for step in stretch.steps]
        assert len(set(keys)) == len(keys)
        assert all(len(key) == 12 and key.isalnum() for key in keys)
    first = {(step.subject, step.aim): step.key for stretch in plain.route for step in stretch.steps}
    second = {(step.subject, step.aim): step.key for stretch in edited.route for step in stretch.steps}
    assert all(first[same] == second[same] for same in first.keys() & second.keys())


# -- Match -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "uncertain", "low", "high"),
    [(83.0, (True, False), 75, 90), (83.0, (False, False), 83, 83), (99.0, (True, False), 90, 100)],
)
def test_where_nearest_occupations_stand_for_an_end_a_match_is_a_range(
    value: float, uncertain: tuple[bool, bool], low: int, high: int
) -> None:
    match = Match(value, margin(*uncertain))
    assert (match.low, match.high, match.is_range) == (low, high, any(uncertain))


def test_two_uncertain_ends_make_a_wider_range_than_one() -> None:
    assert margin(True, False) == MARGIN < margin(True, True) < 2 * MARGIN
    assert margin(False, False) == 0


# -- What is missing ---------------------------------------------------------------------------------------------------


def test_readiness_has_a_direction() -> None:
    low, high = occupation("low", 2, 2, 2, 2), occupation("high", 5, 5, 5, 5)
    assert readiness_between(high, low) == 1.0
    there = readiness_between(low, high)
    assert there == pytest.approx(0.4)


def test_readiness_of_a_role_is_the_mean_over_its_occupations_not_that_of_their_mean() -> None:
    first, second = occupation("a", 7, 0, 0, 0).rated[0], occupation("b", 0, 7, 0, 0).rated[0]
    mixed = End("mixed", is_role=True, rated=(replace(first, weight=0.5), replace(second, weight=0.5)))
    asks = occupation("to", 3.5, 3.5, 0, 0)
    assert readiness_between(mixed, asks) == pytest.approx(0.75)
    averaged = explained(mixed, asks)
    assert averaged
    assert averaged.value == 1.0


def test_a_skill_that_is_not_published_of_the_origin_does_not_count_and_knowledge_counts_as_none() -> None:
    asks = End(
        "to",
        is_role=False,
        rated=(Rated(1.0, tuple(Element(kind, "X", 4, 4, USUAL) for kind in ("skills", "knowledge"))),),
    )
    knows = occupation("from", rated=(Rated(1.0, (Element("knowledge", "X", 4, 4, USUAL),)),))
    can = occupation("from", rated=(Rated(1.0, (Element("skills", "X", 4, 4, USUAL),)),))
    assert readiness_between(knows, asks) == 1.0
    assert readiness_between(can, asks) == pytest.approx(0.5)


def test_the_hours_of_a_skill_are_the_roadmaps_times_the_share_of_the_way_left() -> None:
    # HOURS are 10, 30, 80: from working to practitioner 80 of 120 are left.
    found = move(role("from", (), held={"a": 2}), role("to", (skill("a"),)), None)
    assert [(one.hours, one.entry.hours) for one in found.studies] == [(40, 80)]
    assert found.length
    assert (found.length.hours, found.length.basis) == (40, Basis.SKILLS)


def test_essential_skills_come_first_and_then_the_longer_way() -> None:
    required = (skill("a", importance=Importance.OPTIONAL), skill("b", Level.WORKING), skill("c"))
    teaches = {"a": Teaches(60, 0), "b": Teaches(20, 1), "c": Teaches(60, 2)}
    found = move(role("from", ()), role("to", required, teaches=teaches), None)
    assert [one.entry.requirement.skill for one in found.studies] == ["c", "b", "a"]


def test_a_skill_that_the_roadmap_does_not_teach_is_named_without_hours() -> None:
    found = move(role("from", ()), role("to", (skill("a"), skill("b")), teaches={"a": Teaches(30, 0)}), None)
    assert {one.entry.requirement.skill: one.hours for one in found.studies} == {"a": 30, "b": 0}
    assert {step.subject for stretch in found.route for step in stretch.steps} == {"a"}


def test_the_route_begins_with_tasters_and_follows_the_order_of_the_roadmap() -> None:
    required = tuple(skill(name) for name in "abc")
    tasters = (Taster("Try", 3, "Do it.", "You liked it.", "You did not."),)
    found = move(role("from", ()), role("to", required, tasters=tasters), None)
    assert [stretch.kind for stretch in found.route] == [StretchKind.TRY, *[StretchKind.SKILLS] * 3]
    assert [stretch.subjects for stretch in found.route] == [("Try",), ("a",), ("b",), ("c",)]
    assert [stretch.weeks for stretch in found.route] == [1, 6, 6, 6]


def test_who_holds_everything_has_nothing_to_learn_and_no_tasters() -> None:
    required = (skill("a"),)
    found = move(role("from", required), role("to", required, tasters=(Taster("Try", 3, "", "", ""),)), None)
    assert (found.studies, found.route) == ((), ())
    assert found.length
    assert (found.length.low, found.length.high) == (0, 0)


def test_an_occupation_has_phases_of_its_widest_gaps_that_share_out_the_hours() -> None:
    found = move(occupation("from", 0, 1, 2, 3), occupation("to", 4, 4, 4, 4), None)
    assert found.length
    assert found.length.basis is Basis.PREPARATION
    assert [stretch.kind for stretch in found.route] == [StretchKind.ELEMENTS] * 2
    subjects = [subject for stretch in found.route for subject in stretch.subjects]
    assert subjects == [f"skills/{name}" for name in NAMES]
    assert sum(stretch.hours for stretch in found.route) == pytest.approx(found.length.hours, abs=4)


def test_small_gaps_are_named_where_no_wide_one_is() -> None:
    found = move(occupation("from", 4, 4, 4, 3.8), occupation("to", 4, 4, 4, 4), None)
    assert [stretch.subjects for stretch in found.route] == [("skills/Biology",)]


def test_new_tools_are_those_in_demand_that_the_origin_does_not_use() -> None:
    many = tuple(f"Tool {number}" for number in range(MOST_TOOLS + 5))
    origin = occupation("from", tools=frozenset(many[:3]))
    assert move(origin, occupation("to", hot_tools=many), None).tools == many[3 : 3 + MOST_TOOLS]
    assert move(occupation("from"), occupation("to", hot_tools=many), None).tools == ()


# -- Gates and what is not known ---------------------------------------------------------------------------------------


def test_more_education_than_is_usual_where_one_is_stands_as_a_gate() -> None:
    bachelor = occupation("to", education=Education.BACHELOR)
    school, master = (occupation("from", education=one) for one in (Education.HIGH_SCHOOL, Education.MASTER))
    (gate,) = move(school, bachelor, None).gates
    assert (gate.kind, gate.words, gate.before) == (
        GateKind.EDUCATION,
        "Bachelor's degree",
        "High school diploma or equivalent",
    )
    assert move(master, bachelor, None).gates == ()
    assert [gate.kind for gate in move(occupation("from"), bachelor, None).gates] == [GateKind.EDUCATION]


def test_licence_experience_training_and_a_high_barrier_are_gates() -> None:
    there = occupation("to", has_licence_section=True, experience="Less than 5 years", training="Apprenticeship")
    kinds = [gate.kind for gate in move(occupation("from"), there, None).gates]
    assert kinds == [GateKind.LICENCE, GateKind.EXPERIENCE, GateKind.TRAINING]
    high = role("to", (), barrier=EntryBarrier.HIGH)
    assert [gate.kind for gate in move(occupation("from"), high, None).gates] == [GateKind.BARRIER]


def test_what_is_not_known_is_said() -> None:
    nothing = move(End("a", is_role=False), End("b", is_role=False), None)
    assert {Unknown.MATCH, Unknown.READINESS, Unknown.LENGTH, Unknown.PAY} <= set(nothing.unknown)
    to_role = move(occupation("from"), role("to", (skill("a"),)), Match(80, MARGIN))
    assert {Unknown.PROXY, Unknown.SKILLS_OF_ORIGIN, Unknown.TIME_OF_OTHERS} <= set(to_role.unknown)
    assert Unknown.MATCH not in to_role.unknown
    certain = move(occupation("from", 1, 1, 1, 1), occupation("to", 2, 2, 2, 2), Match(80))
    assert {Unknown.SKILLS_OF_DESTINATION, Unknown.STARTING_PAY, Unknown.NEARBY} <= set(certain.unknown)
    assert Unknown.PROXY not in certain.unknown
