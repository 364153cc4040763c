"""The gap: three parts that share out the requirements, hours that only shrink, a readiness that adds up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.gap import Requirement, between, level_after
from guides.vocabulary import GapKind, Importance, Level
from tests.profile_samples import HOURS, SKILLS, ledgers, requirements, unhurried

PYTHON = Requirement("python", "Python", Level.PRACTITIONER, Importance.ESSENTIAL, HOURS)
SQL = Requirement("sql", "SQL", Level.WORKING, Importance.ESSENTIAL, HOURS)
DEVOPS = Requirement("devops", "DevOps", Level.AWARENESS, Importance.OPTIONAL, HOURS)


@pytest.mark.parametrize(
    ("held", "kind", "hours", "reached"),
    [
        (0, GapKind.NEW, 120, 0),
        (1, GapKind.TO_DEEPEN, 110, 2),
        (2, GapKind.TO_DEEPEN, 80, 4),
        (3, GapKind.CARRIED, 0, 6),
        (4, GapKind.CARRIED, 0, 6),
        (9, GapKind.CARRIED, 0, 6),
        (-1, GapKind.NEW, 120, 0),
    ],
)
def test_a_level_held_decides_part_hours_and_levels_reached(held: int, kind: GapKind, hours: int, reached: int) -> None:
    (entry,) = between({"python": held}, [PYTHON]).entries
    assert (entry.kind, entry.hours, entry.reached, entry.asked) == (kind, hours, reached, 6)


def test_the_parts_keep_the_order_of_the_role() -> None:
    gap = between({"python": 1, "sql": 3}, [PYTHON, SQL, DEVOPS])
    assert [[one.requirement.skill for one in part] for part in (gap.carried, gap.to_deepen, gap.new)] == [
        ["sql"],
        ["python"],
        ["devops"],
    ]
    assert (gap.hours, gap.essential_hours) == (120, 110)


def test_an_essential_level_counts_twice_an_optional_one() -> None:
    assert between({"python": 3}, [PYTHON, SQL, DEVOPS]).readiness == 6 / 11
    assert between({"devops": 1}, [PYTHON, SQL, DEVOPS]).readiness == 1 / 11


def test_a_role_that_asks_nothing_is_open_to_everybody() -> None:
    gap = between({}, [])
    assert (gap.readiness, gap.hours) == (1.0, 0)


@unhurried
@given(held=ledgers, required=requirements)
def test_every_requirement_stands_in_one_part_and_the_entries_add_up(
    held: dict[str, int], required: tuple[Requirement, ...]
) -> None:
    gap = between(held, required)
    parts = [*gap.carried, *gap.to_deepen, *gap.new]
    assert sorted(one.requirement.skill for one in parts) == sorted(one.skill for one in required)
    assert gap.hours == sum(one.hours for one in gap.to_deepen) + sum(one.hours for one in gap.new)
    assert 0 <= gap.essential_hours <= gap.hours
    assert 0 <= gap.readiness <= 1
    assert (gap.readiness == 1) == (len(gap.carried) == len(required))


@unhurried
@given(held=ledgers, required=requirements, skill=st.sampled_from(SKILLS), more=st.integers(1, 4))
def test_holding_more_never_lowers_readiness_or_adds_hours(
    held: dict[str, int], required: tuple[Requirement, ...], skill: str, more: int
) -> None:
    before = between(held, required)
    after = between({**held, skill: held.get(skill, 0) + more}, required)
    assert after.readiness >= before.readiness
    assert after.hours <= before.hours
    assert after.essential_hours <= before.essential_hours
    assert len(after.carried) >= len(before.carried)


@pytest.mark.parametrize(
    ("held", "studied", "reached"),
    [(0, 0, 0), (0, 7, 0), (0, 8, 1), (0, 29, 1), (0, 30, 2), (2, 0, 2), (2, 60, 3), (2, 59, 2), (4, 500, 4)],
)
def test_hours_lead_to_the_level_that_three_quarters_of_its_hours_reach(held: int, studied: int, reached: int) -> None:
    assert level_after(held, studied, (10, 30, 80, 200)) == reached
