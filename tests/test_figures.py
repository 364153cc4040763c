"""Official figures: what is stored becomes typed, and one choice of occupations serves pay, outlook and exposure."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.figures import (
    FigureKind,
    Licence,
    OfficialFigures,
    Preparation,
    Transfer,
    growth_words,
    official_figures,
    standing_for,
)
from guides.pay import basis

PAY = {
    "p10": 40_000,
    "p25": 50_000,
    "median": 60_000,
    "p75": 70_000,
    "p90": 80_000,
    "top_coded": False,
    "published_for": "99-1001 Analysts",
    "source": "wages",
}
OUTLOOK = {
    "growth_percent": 4,
    "all_jobs_percent": 3,
    "words": "As fast as average",
    "start_year": 2024,
    "end_year": 2034,
    "openings_per_year": 1_200,
    "openings_with": None,
    "growth_rank": 5.5,
    "source": "projections",
}
ENTRY = {"education": "Bachelor's degree", "experience": "None", "training": "None", "source": "entry"}
TRANSFER = {"percent_per_year": 3.5, "published_for": "99-1000 Workers", "source": "projections"}
LICENCE = {"section": True, "page": "https://statistics.example/analysts.htm", "source": "handbook"}
PREPARATION = {"job_zone": 4, "months_low": 24, "months_high": 48, "source": "ratings"}
EXPOSURE = {
    "task_share_percent": 50,
    "task_share_source": "ratings",
    "observed_use_percentile": 80,
    "observed_use_source": "wages",
}


def stored(**changes: Any) -> dict[str, Any]:
    return {"pay": PAY, "outlook": OUTLOOK, "entry": ENTRY, "exposure": EXPOSURE, **changes}


def figures(code: str, weight: float, match: str, **changes: Any) -> OfficialFigures:
    return official_figures(code, f"Occupation {code}", weight, match, "Near enough.", stored(**changes))


def test_stored_figures_become_typed_ones() -> None:
    found = figures("99-1001.00", 0.6, "covers")
    assert found.pay is not None
    assert found.outlook is not None
    assert found.entry is not None
    assert (found.pay.median, found.published_for, found.pay_source) == (60_000, "99-1001 Analysts", "wages")
    assert (found.outlook.growth_percent, found.outlook.openings_per_year) == (4, 1_200)
    assert found.entry.experience == "None"
    assert found.exposure.task_share_percent == 50


def test_what_is_not_published_stays_unknown() -> None:
    found = figures("99-1001.00", 1, "proxy", pay=None, outlook=None, entry=None)
    assert (found.pay, found.outlook, found.entry, found.pay_source) == (None, None, None, "")
    assert found.occupation_pay.pay is None


def test_each_source_is_named_once() -> None:
    assert figures("99-1001.00", 1, "covers").sources == ("wages", "projections", "entry", "ratings")
    assert figures("99-1001.00", 1, "covers", pay=None, outlook=None, entry=None).sources == ("ratings", "wages")


def test_figures_that_are_not_rated_name_no_source() -> None:
    unrated = {**EXPOSURE, "task_share_percent": None, "observed_use_percentile": None}
    found = figures("99-1001.00", 1, "covers", exposure=unrated)
    assert found.sources == ("wages", "projections", "entry")
    assert FigureKind.TASK_SHARE not in found.source_of


def test_transfer_licence_and_preparation_are_known_where_they_are_stored() -> None:
    found = figures("99-1001.00", 1, "covers", transfer=TRANSFER, licence=LICENCE, preparation=PREPARATION)
    assert found.transfer == Transfer(3.5, "projections", "99-1000 Workers")
    assert found.licence == Licence(True, "https://statistics.example/analysts.htm", "handbook")
    assert found.preparation == Preparation(4, 24, 48, "ratings")
    assert found.source_of[FigureKind.LICENCE] == "handbook"
    bare = figures("99-1001.00", 1, "covers", licence=None)
    assert (bare.transfer, bare.licence, bare.preparation) == (None, None, None)


def test_a_figure_of_a_wider_occupation_is_known_as_such() -> None:
    found = figures("99-1001.00", 1, "covers", transfer=TRANSFER)
    assert found.wider(FigureKind.TRANSFER) == "99-1000 Workers"
    assert found.wider(FigureKind.PAY) == "99-1001 Analysts"
    own = {**PAY, "published_for": "99-1001 occupation 99-1001.00"}
    assert figures("99-1001.00", 1, "covers", pay=own).wider(FigureKind.PAY) == ""
    assert found.wider(FigureKind.OUTLOOK) == ""
    assert found.wider(FigureKind.TASK_SHARE) == ""


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (16, "Much faster than average"),
        (7, "Much faster than average"),
        (6, "Faster than average"),
        (4, "As fast as average"),
        (3, "As fast as average"),
        (2, "Slower than average"),
        (0, "Little or no change"),
        (-1, "Decline"),
    ],
)
def test_growth_is_told_in_the_handbooks_words(percent: int, words: str) -> None:
    assert growth_words(percent) == words


def test_an_unknown_match_is_refused() -> None:
    with pytest.raises(ValueError, match="nearly"):
        figures("99-1001.00", 1, "nearly")


def test_neighbours_stand_side_by_side_heaviest_first() -> None:
    rows = [figures("a", 0.3, "proxy"), figures("b", 0.7, "proxy")]
    assert [one.code for one in standing_for(rows)] == ["b", "a"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 99).map(str),
            st.sampled_from([0.2, 0.3, 0.5]),
            st.sampled_from(["covers", "proxy"]),
            st.sampled_from([PAY, None]),
        ),
        max_size=5,
        unique_by=lambda row: row[0],
    )
)
def test_outlook_and_exposure_come_from_the_occupations_that_pay_comes_from(
    rows: list[tuple[str, float, str, dict[str, Any] | None]],
) -> None:
    known = [figures(code, weight, match, pay=pay) for code, weight, match, pay in rows]
    chosen = basis([one.occupation_pay for one in known])
    assert tuple(one.occupation_pay for one in standing_for(known)) == chosen.rows
