"""The comparison: the same rows for any order of columns, honest differences, and an order that adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import compare_phrases
from guides.compare import Cell, Comparison, Criterion, Difference, Row, RowGroup, RowKey, Viewer, compare
from guides.fit import FitAnswers, judge, sheet_of
from guides.profile import RoleProfile
from guides.vocabulary import Level
from tests.profile_samples import ARTIST, DEVELOPER, UNMEASURED, ledgers, profiles, required, unhurried

BOTH = (DEVELOPER, ARTIST)


@st.composite
def several(draw: st.DrawFn) -> list[RoleProfile]:
    slugs = ("role-a", "role-b", "role-c", "role-d")[: draw(st.integers(2, 4))]
    return [draw(profiles(slug)) for slug in slugs]


weights = st.dictionaries(st.sampled_from(Criterion), st.integers(0, 3))


def row(comparison: Comparison, key: RowKey, subject: str = "") -> Row:
    return next(one for one in comparison.rows if one.key == key and one.subject == subject)


def told(found: Row) -> list[str]:
    return [compare_phrases.cell_words(found, cell) for cell in found.cells]


@pytest.mark.parametrize(
    "roles",
    [
        (),
        (DEVELOPER,),
        (DEVELOPER, DEVELOPER),
        (DEVELOPER, ARTIST, UNMEASURED, replace(ARTIST, slug="d"), replace(ARTIST, slug="e")),
    ],
    ids=["none", "one", "twice the same", "five"],
)
def test_two_to_four_different_roles_can_be_compared(roles: tuple[RoleProfile, ...]) -> None:
    with pytest.raises(ValueError):
        compare(roles)


def test_a_baseline_is_one_of_the_roles_and_a_weight_is_0_to_3() -> None:
    with pytest.raises(ValueError, match="baseline"):
        compare(BOTH, baseline="prompt-gardener")
    with pytest.raises(ValueError, match="weight"):
        compare(BOTH, {Criterion.PAY: 4})


def test_the_rows_of_two_real_roles_read_well() -> None:
    found = compare(BOTH, baseline="backend-developer")
    assert told(row(found, RowKey.MEDIAN_PAY)) == ["$133,080", "$60,560–$99,000"]
    assert told(row(found, RowKey.PAY_RANGE)) == ["$79,850–$211,450", "$26,420–$170,000"]
    assert told(row(found, RowKey.MONTHS)) == ["9 months", "6 months"]
    assert told(row(found, RowKey.GROWTH)) == [
        "+16\N{NO-BREAK SPACE}%",
        "−1\N{NO-BREAK SPACE}% to +2\N{NO-BREAK SPACE}%",
    ]
    assert told(row(found, RowKey.REMOTE)) == ["Remote friendly", "On site"]
    assert told(row(found, RowKey.SKILL, "Python")) == ["Practitioner, essential", "Not asked for"]
    assert told(row(found, RowKey.TOOL, "Git")) == ["Used", "Used"]
    assert told(row(found, RowKey.STEP, "1")) == [
        "Junior backend developer: $75,000–$105,000",
        "AI artist: $40,000–$90,000",
    ]
    assert told(row(found, RowKey.STEP, "3")) == ["Principal engineer / Staff engineer: pay not known", "–"]


def test_differences_are_measured_from_the_baseline() -> None:
    found = compare(BOTH, baseline="backend-developer")
    pay = row(found, RowKey.MEDIAN_PAY)
    assert [cell.difference for cell in pay.cells] == [None, Difference(60_560 - 133_080, 99_000 - 133_080)]
    assert compare_phrases.difference_words(pay, pay.cells[1]) == "−$72,520 to −$34,080"
    months = row(found, RowKey.MONTHS)
    assert compare_phrases.difference_words(months, months.cells[1]) == "−3 months"
    python = row(found, RowKey.SKILL, "Python")
    assert compare_phrases.difference_words(python, python.cells[1]) == ""
    growth = row(found, RowKey.GROWTH)
    assert compare_phrases.difference_words(growth, growth.cells[1]) == "−17 to −14 percentage points"
    pace = row(found, RowKey.PACE)
    assert compare_phrases.difference_words(pace, pace.cells[1]) == "the same"
    assert row(found, RowKey.PAY_RANGE).cells[1].difference is None


def test_levels_differ_only_where_both_roles_ask_for_the_skill() -> None:
    lighter = replace(ARTIST, required=(required("python", Level.WORKING), required("sql")))
    found = compare((DEVELOPER, lighter), baseline="backend-developer")
    words = {
        one.subject: compare_phrases.difference_words(one, one.cells[1]) for one in found.of_group(RowGroup.SKILLS)
    }
    assert words == {"Python": "−1 level", "Sql": "the same level", "Devops": ""}


def test_without_a_baseline_nothing_is_measured() -> None:
    assert all(cell.difference is None for one in compare(BOTH).rows for cell in one.cells)


def test_what_nobody_publishes_is_said_to_be_not_known() -> None:
    found = compare((DEVELOPER, UNMEASURED), {Criterion.PAY: 2}, "backend-developer")
    pay = row(found, RowKey.MEDIAN_PAY)
    assert told(pay) == ["$133,080", "Not known"]
    assert pay.cells[1] == Cell()
    unknown = found.order[-1].contributions[0]
    assert (unknown.is_known, unknown.points) == (False, 0)
    assert compare_phrases.contribution_words(unknown) == "Pay: not known, 0 points"


def test_figures_name_their_source_and_whether_they_are_those_of_nearest_occupations() -> None:
    cells = row(compare(BOTH), RowKey.MEDIAN_PAY).cells
    assert [(cell.source, cell.is_nearest) for cell in cells] == [("wages", False), ("wages", True)]
    assert row(compare(BOTH), RowKey.AI_EXPOSURE).cells[0].source == "exposure"


def test_overlapping_ranges_have_no_best() -> None:
    assert [cell.is_best for cell in row(compare(BOTH), RowKey.MEDIAN_PAY).cells] == [True, False]
    wide = replace(DEVELOPER, slug="wide", pay=replace(DEVELOPER.pay, rows=(*DEVELOPER.pay.rows, *ARTIST.pay.rows)))
    middle = replace(ARTIST, slug="middle", pay=replace(ARTIST.pay, rows=ARTIST.pay.rows[:1]))
    assert [cell.is_best for cell in row(compare((wide, middle)), RowKey.MEDIAN_PAY).cells] == [False, False]


def test_shared_skills_come_first() -> None:
    also_sql = replace(ARTIST, required=(*ARTIST.required, DEVELOPER.required[1]))
    rows = compare((also_sql, DEVELOPER)).of_group(RowGroup.SKILLS)
    assert [one.subject for one in rows] == ["Sql", "Python", "Drawing", "Colour", "Devops"]


def test_only_differences_leaves_out_what_is_the_same() -> None:
    found = compare(BOTH)
    assert RowKey.DIFFICULTY in {one.key for one in found.of_group(RowGroup.FACTS)}
    assert RowKey.DIFFICULTY not in {one.key for one in found.of_group(RowGroup.FACTS, only_differences=True)}


def test_a_ledger_and_fit_checks_add_rows_for_their_owner() -> None:
    assert compare(BOTH).of_group(RowGroup.YOU) == ()
    fit = judge(sheet_of(DEVELOPER), FitAnswers({"coding": "no"}))
    found = compare(BOTH, viewer=Viewer({"python": 3}, {"backend-developer": fit}))
    assert told(row(found, RowKey.READINESS)) == ["55\N{NO-BREAK SPACE}%", "0\N{NO-BREAK SPACE}%"]
    assert told(row(found, RowKey.HOURS_LEFT)) == ["50 hours", "50 hours"]
    assert told(row(found, RowKey.FIT)) == ["Not now", "Not known"]


def test_own_weights_give_an_order_that_says_how_it_came_about() -> None:
    first, second = compare(BOTH, {Criterion.PAY: 3, Criterion.TIME: 1, Criterion.AI_EXPOSURE: 0}).order
    assert (first.slug, first.points, first.possible) == ("backend-developer", 300, 400)
    assert (second.slug, second.points) == ("ai-artist", 100)
    assert [compare_phrases.contribution_words(one) for one in first.contributions] == [
        "Pay: 100 of 100, times 3: 300 points",
        "Little time to learn: 0 of 100, times 1: 0 points",
    ]
    assert compare_phrases.place_words(first) == "First: Backend developer, 300 of 400 points."


def test_equal_points_share_a_place() -> None:
    twin = replace(DEVELOPER, slug="twin", title="Twin")
    assert [one.place for one in compare((DEVELOPER, twin), {Criterion.PAY: 3}).order] == [1, 1]


@unhurried
@given(roles=several(), chosen=weights, held=st.none() | ledgers, data=st.data())
def test_a_comparison_does_not_depend_on_the_order_except_for_its_columns(
    roles: list[RoleProfile], chosen: dict[Criterion, int], held: dict[str, int] | None, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(roles))))
    baseline = data.draw(st.sampled_from(["", roles[0].slug]))
    here = compare(roles, chosen, baseline, Viewer(held))
    there = compare([roles[index] for index in order], chosen, baseline, Viewer(held))
    assert there.columns == tuple(here.columns[index] for index in order)
    assert there.rows == tuple(replace(one, cells=tuple(one.cells[index] for index in order)) for one in here.rows)
    assert there.order == here.order


@unhurried
@given(roles=several(), chosen=weights)
def test_every_row_has_a_cell_for_every_role_and_groups_keep_their_order(
    roles: list[RoleProfile], chosen: dict[Criterion, int]
) -> None:
    found = compare(roles, chosen, roles[0].slug)
    assert all(len(one.cells) == len(roles) for one in found.rows)
    groups = [one.group for one in found.rows]
    assert groups == sorted(groups, key=list(RowGroup).index)
    assert len({(one.key, one.slug or one.subject) for one in found.rows}) == len(found.rows)
    for one in found.rows:
        assert compare_phrases.row_label(one)
        assert one.is_same == (one not in found.differing)
        for cell in one.cells:
            assert cell.is_known or not cell.source
            assert compare_phrases.cell_words(one, cell)
            assert "None" not in compare_phrases.difference_words(one, cell)


@unhurried
@given(roles=several(), chosen=weights)
def test_contributions_add_up_and_the_order_follows_them(
    roles: list[RoleProfile], chosen: dict[Criterion, int]
) -> None:
    order = compare(roles, chosen).order
    assert bool(order) == any(chosen.values())
    assert [one.points for one in order] == sorted((one.points for one in order), reverse=True)
    for one in order:
        assert one.points == sum(part.weight * part.standing for part in one.contributions)
        assert 0 <= one.points <= one.possible
        assert all(0 <= part.standing <= 100 for part in one.contributions)
