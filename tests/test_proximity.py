"""Proximity is symmetric and nobody is nearer than oneself; readiness has a direction and grows with what is held."""

from __future__ import annotations

import ast
import os
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides import evaluation, proximity
from guides.evaluation import METRICS, band_table, interval, measure
from guides.official_data import read_job_zones, read_occupations, read_requirements, read_truths
from guides.proximity import (
    BANDS,
    BLENDS,
    IMPROVED,
    LIKELY,
    STRUCTURED,
    STRUCTURED_SCALE,
    STRUCTURED_SPREAD,
    SVP_MONTHS,
    WITH_TEXT,
    Asked,
    MatchScale,
    Matrix,
    Months,
    Norm,
    Occupations,
    Part,
    Rarity,
    Space,
    band,
    by_proxies,
    likely_moves,
    nearest,
    norms,
    readiness,
    tools_to_learn,
    weighted_overlap,
    with_neighbours,
    words,
)
from tests.official_release import write_release

DATA_DIR = os.environ.get("DATA_DIR", "")
with_data = pytest.mark.skipif(not DATA_DIR, reason="DATA_DIR does not name the folder of the official releases")
ALIKE = [blend for blend in BLENDS.values() if not blend.employment]


@pytest.fixture(scope="module")
def occupations(tmp_path_factory: pytest.TempPathFactory) -> Occupations:
    return read_occupations(write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture(scope="module")
def space(occupations: Occupations) -> Space:
    return Space(occupations)


@pytest.mark.parametrize("module", [proximity, evaluation], ids=lambda module: str(module.__name__))
def test_the_rules_know_neither_django_nor_files(module: object) -> None:
    source = Path(str(vars(module)["__file__"])).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            tops = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            tops = {(node.module or "").partition(".")[0]}
        else:
            continue
        assert tops <= ({"numpy"} | set(sys.stdlib_module_names)) - {"os", "pathlib", "subprocess", "socket"}


@pytest.mark.parametrize("blend", ALIKE, ids=lambda blend: blend.name)
def test_scores_are_symmetric_and_nothing_is_nearer_than_itself(space: Space, blend: proximity.Blend) -> None:
    scores = space.scores(blend)
    assert np.isfinite(scores).all()
    assert (scores == scores.T).all()
    assert (np.diagonal(scores) >= scores.max(axis=1)).all()


@pytest.mark.parametrize("blend", ALIKE, ids=lambda blend: blend.name)
def test_occupations_of_a_group_are_nearest(space: Space, blend: proximity.Blend) -> None:
    scores = space.scores(blend)
    codes = space.occupations.codes
    for origin, code in enumerate(codes):
        assert {codes[place][:2] for place in nearest(scores[origin], origin, 2).tolist()} == {code[:2]}


def test_the_order_of_the_occupations_does_not_matter(occupations: Occupations) -> None:
    order = [5, 3, 0, 11, 7, 1, 2, 4, 6, 8, 9, 10]
    fields = {name: getattr(occupations, name) for name in vars(occupations) if name != "rarity"}
    moved: dict[str, Any] = {
        name: value[order] if isinstance(value, np.ndarray) else tuple(value[place] for place in order)
        for name, value in fields.items()
    }
    for blend in ALIKE:
        scores = Space(occupations).scores(blend)
        assert Space(Occupations(**moved)).scores(blend) == pytest.approx(scores[np.ix_(order, order)], abs=1e-4)


def test_the_reasons_of_a_pair_add_up_to_its_blended_score(space: Space) -> None:
    blended = space.blended(WITH_TEXT)
    for origin, destination in ((0, 1), (0, 7), (4, 11)):
        reasons = space.reasons(WITH_TEXT, origin, destination)
        assert {reason.measure for reason in reasons} == {part.measure for part in WITH_TEXT.parts}
        assert [reason.points for reason in reasons] == sorted((reason.points for reason in reasons), reverse=True)
        assert sum(reason.points for reason in reasons) == pytest.approx(blended[origin, destination], abs=1e-4)


def test_a_blend_without_a_part_has_all_the_others() -> None:
    assert [part.measure for part in STRUCTURED.without("tools").parts] == [
        part.measure for part in STRUCTURED.parts if part.measure != "tools"
    ]


def test_an_unknown_measure_is_refused(space: Space) -> None:
    with pytest.raises(KeyError):
        space.blended(replace(STRUCTURED, parts=(Part("charm", 1),)))


def test_what_everybody_has_weighs_nothing() -> None:
    alike = weighted_overlap([{"e-mail": 1, "scalpel": 1}, {"e-mail": 1, "scalpel": 1}, {"e-mail": 1}, {}])
    assert alike[0, 1] == pytest.approx(1)
    assert weighted_overlap([{"e-mail": 1}, {"e-mail": 1}])[0, 1] == 0
    assert alike[0, 3] == alike[3, 3] == 0


def test_rare_things_weigh_more_than_common_ones() -> None:
    bags = [{"rare": 1, "common": 1}, {"rare": 1}, {"common": 1}, {"common": 1}, {"else": 1}]
    alike = weighted_overlap(bags)
    assert alike[0, 1] > alike[0, 2] > 0


def test_more_columns_than_a_block_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    bags = [{f"thing {n}": int(n % 3) + 1 for n in chance.choice(40, 15, replace=False)} for _ in range(6)]
    whole = weighted_overlap(bags)
    monkeypatch.setattr(proximity, "BLOCK", 7)
    assert weighted_overlap(bags) == pytest.approx(whole, abs=1e-5)


def test_words_lose_their_commonest_endings() -> None:
    said = words("Designing the designs of the boss’s 3 companies, tested for processes")
    assert said == ["design", "design", "bos", "company", "test", "process"]
    assert words("Class") == ["clas"]
    assert words("") == []


def test_neighbours_correct_an_odd_pair() -> None:
    scores = np.full((6, 6), 0.0)
    scores[:3, :3] = scores[3:, 3:] = 5
    scores[0, 1] = scores[1, 0] = 0
    assert with_neighbours(scores, 2)[0, 1] > with_neighbours(scores, 2)[0, 4]
    assert (with_neighbours(scores, 2) == with_neighbours(scores, 2).T).all()


def test_neighbours_of_a_single_occupation_are_nobody() -> None:
    assert with_neighbours(np.array([[1.0]]), 10).shape == (1, 1)


def test_equal_scores_keep_their_order() -> None:
    assert nearest(np.array([1.0, 2.0, 2.0, 2.0]), 2).tolist() == [1, 3, 0]
    assert nearest(np.array([1.0, 2.0, 3.0]), top=1).tolist() == [2]


def test_more_employment_draws_more_people(space: Space) -> None:
    even = np.full(len(space.index), 1000.0)
    uneven = even.copy()
    uneven[3] = 50_000
    assert (space.scores(LIKELY, uneven)[:, 3] > space.scores(LIKELY, even)[:, 3]).all()
    assert nearest(space.scores(LIKELY, even)[0], 0).tolist() == nearest(space.scores(STRUCTURED)[0], 0).tolist()


def test_likely_moves_need_somebody_employed_everywhere(space: Space) -> None:
    scores = space.scores(STRUCTURED)
    with pytest.raises(ValueError, match="needs the employment"):
        space.scores(LIKELY)
    for wrong in (np.zeros(len(scores)), np.ones(3)):
        with pytest.raises(ValueError, match="one positive number"):
            likely_moves(scores, wrong)


def test_a_role_on_proxies_scores_their_weighted_mean() -> None:
    scores = np.array([[9.0, 1.0, 2.0], [1.0, 9.0, 4.0], [2.0, 4.0, 9.0]])
    assert by_proxies(scores, {0: 3, 1: 1}).tolist() == [7.0, 3.0, 2.5]
    for nothing in ({}, {0: 0.0}):
        with pytest.raises(ValueError, match="at least one proxy"):
            by_proxies(scores, nothing)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=8))
def test_a_higher_score_never_has_a_lower_match(values: list[float]) -> None:
    chance = np.random.default_rng(3).normal(0, 6, (30, 30))
    scale = MatchScale.of(chance)
    matches = [scale.match(value) for value in sorted(values)]
    assert matches == sorted(matches)
    assert all(0 <= match <= 100 for match in matches)
    assert scale.matches(np.array(sorted(values))).tolist() == matches


def test_the_best_pair_matches_fully_and_the_median_pair_half() -> None:
    scores = np.arange(121, dtype=float).reshape(11, 11)
    np.fill_diagonal(scores, 1000)
    scale = MatchScale.of(scores)
    assert scale.match(119) == 100
    assert scale.match(60) == pytest.approx(50, abs=0.5)
    assert scale.match(-5) == 0


def test_bands_cover_all_matches_and_rise() -> None:
    assert [BANDS[0].low, BANDS[-1].high] == [0, 100]
    assert [one.high for one in BANDS[:-1]] == [one.low for one in BANDS[1:]]
    assert [one.times for one in BANDS] == sorted(one.times for one in BANDS)


@pytest.mark.parametrize(
    ("word", "matches"),
    [
        ("rare move", (-1, 0, 49.9)),
        ("a stretch", (50, 75, 89.9)),
        ("reachable", (90, 95, 97.9)),
        ("well-trodden", (98, 99.5, 100, 101)),
    ],
)
def test_each_match_has_its_word(word: str, matches: tuple[float, ...]) -> None:
    assert {band(match).word for match in matches} == {word}


# -- Readiness ---------------------------------------------------------------------------------------------------------

USUAL = {"writing": Norm(3.0, 0.5), "maths": Norm(2.5, 1.0), "speaking": Norm(3.5, 0.25), "biology": Norm(1.5, 0.0)}
ASKED = (
    Asked("writing", "Writing", 4.0, 5.0),
    Asked("maths", "Mathematics", 3.5, 4.0),
    Asked("speaking", "Speaking", 3.0, 3.0),
    Asked("biology", "Biology", 1.2, 2.0),
)
levels = st.dictionaries(st.sampled_from(sorted(USUAL)), st.floats(0, 7))
asked_lists = st.lists(
    st.builds(Asked, st.sampled_from(sorted(USUAL)), st.just("Name"), st.floats(1, 5), st.floats(0, 7)),
    max_size=6,
)


def test_readiness_counts_what_is_distinctive() -> None:
    found = readiness({"writing": 2.5, "maths": 4.0, "speaking": 2.0}, ASKED, USUAL)
    assert [entry.weight for entry in found.entries] == [2.0, 1.0, 0.0, 0.0]
    assert found.value == pytest.approx((2 * 0.5 + 1 * 1) / 3)
    assert [entry.asked.key for entry in found.transfers] == ["maths"]
    assert [entry.asked.key for entry in found.to_learn] == ["writing", "speaking"]
    assert [found.share(entry) for entry in found.entries] == [1.0, 0.0, 0.0, 0.0]
    months = found.months(4)
    assert [months.low, months.high] == pytest.approx([8, 16])


def test_what_hardly_matters_or_never_varies_does_not_count() -> None:
    assert Norm(1.0, 0.5).distinctive(2.4) == 0
    assert Norm(1.0, 0.5).distinctive(2.5) == 3
    assert Norm(3.0, 0.5).distinctive(2.9) == 0
    assert Norm(3.0, 0.0).distinctive(5.0) == 0


def test_nothing_asked_is_ready_and_nothing_held_is_not() -> None:
    assert readiness({}, (), USUAL).value == 1
    assert readiness({}, ASKED, USUAL).value == 0
    assert readiness({}, (Asked("writing", "Writing", 4, 0),), USUAL).value == 1


def test_a_requirement_without_a_norm_is_refused() -> None:
    with pytest.raises(KeyError):
        readiness({}, (Asked("juggling", "Juggling", 4, 4),), USUAL)


def test_a_job_zone_beyond_five_is_refused() -> None:
    assert readiness({}, ASKED, USUAL).months(5) == Months(48, 120)
    with pytest.raises(KeyError):
        readiness({}, ASKED, USUAL).months(6)


@given(asked=asked_lists)
def test_a_role_is_fully_ready_for_itself(asked: list[Asked]) -> None:
    own: dict[str, float] = {}
    for one in asked:
        own[one.key] = max(one.level, own.get(one.key, 0))
    found = readiness(own, asked, USUAL)
    assert found.value == 1
    assert found.to_learn == ()
    assert all(found.months(zone) == Months(0, 0) for zone in SVP_MONTHS)


@given(held=levels, asked=asked_lists, key=st.sampled_from(sorted(USUAL)), more=st.floats(0, 7))
def test_a_higher_level_never_lowers_readiness_nor_adds_months(
    held: dict[str, float], asked: list[Asked], key: str, more: float
) -> None:
    before = readiness(held, asked, USUAL)
    after = readiness({**held, key: held.get(key, 0) + more}, asked, USUAL)
    assert 0 <= before.value <= after.value <= 1
    for zone in SVP_MONTHS:
        assert after.months(zone).low <= before.months(zone).low
        assert after.months(zone).high <= before.months(zone).high
    assert len(after.to_learn) <= len(before.to_learn)
    assert len(after.transfers) >= len(before.transfers)


@given(held=levels, asked=asked_lists)
def test_the_shares_of_the_preparation_add_up(held: dict[str, float], asked: list[Asked]) -> None:
    found = readiness(held, asked, USUAL)
    total = sum(found.share(entry) for entry in found.entries)
    assert total == pytest.approx(1) or total == 0


def test_norms_are_those_of_all_occupations() -> None:
    found = norms(["a", "b"], np.array([[1.0, 2.0], [3.0, 2.0]]))
    assert found == {"a": Norm(2.0, 1.0), "b": Norm(2.0, 0.0)}


def test_tools_to_learn_are_the_ones_in_demand_and_not_used() -> None:
    assert tools_to_learn({"Git"}, ["SQL", "Git", "SQL", "Rust"]) == ("SQL", "Rust")


# -- With the official releases ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Space:
    return Space(read_occupations(Path(DATA_DIR)))


def means(space: Space, blend: proximity.Blend) -> dict[str, float]:
    truths = read_truths(Path(DATA_DIR), space.occupations.codes)
    values = measure(space.scores(replace(blend, employment=0.0)), truths, blend.employment)
    return {metric: interval(values[metric]).mean for metric in METRICS}


@with_data
@pytest.mark.parametrize(
    ("blend", "least"),
    [(STRUCTURED, (0.64, 0.455, 0.17)), (WITH_TEXT, (0.76, 0.49, 0.185)), (IMPROVED, (0.76, 0.51, 0.195))],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_orders_keep_their_figures(real: Space, blend: proximity.Blend, least: tuple[float, float, float]) -> None:
    found = means(real, blend)
    assert found["O*NET nDCG@20"] >= least[0]
    assert found["OOH recall@10"] >= least[1]
    assert found["CPS hit@10"] >= least[2]


@with_data
def test_likely_moves_find_more_movers(real: Space) -> None:
    assert means(real, LIKELY)["CPS hit@10"] >= 0.26


@with_data
@pytest.mark.parametrize("blend", ALIKE, ids=lambda blend: blend.name)
def test_the_band_table_is_monotone(real: Space, blend: proximity.Blend) -> None:
    truths = read_truths(Path(DATA_DIR), real.occupations.codes)
    times = [row.times for row in band_table(real.scores(blend), truths.moves)]
    assert times == sorted(times)


@with_data
def test_the_stated_scales_are_those_of_the_release(real: Space) -> None:
    for part in STRUCTURED.parts:
        measured = real.scale(replace(part, mean=None, spread=None))
        assert measured == pytest.approx((part.mean, part.spread), abs=6e-5)


@with_data
def test_known_examples_of_readiness(real: Space) -> None:
    asked, zones = read_requirements(Path(DATA_DIR)), read_job_zones(Path(DATA_DIR))
    keys = sorted(one.key for one in asked["15-1252.00"])
    importance: Matrix = np.array(
        [[one.importance for one in sorted(asked[code], key=lambda one: one.key)] for code in real.occupations.codes]
    )
    usual = norms(keys, importance)
    held = {one.key: one.level for one in asked["15-1252.00"]}
    for code, value, low, high in (
        ("27-3042.00", 0.72, 7, 14),
        ("27-1014.00", 0.64, 9, 17),
        ("15-1212.00", 0.87, 3, 6),
    ):
        found = readiness(held, asked[code], usual)
        assert found.value == pytest.approx(value, abs=0.005)
        assert found.months(zones[code]).low == pytest.approx(low, abs=0.6)
        assert found.months(zones[code]).high == pytest.approx(high, abs=0.6)


@with_data
@pytest.mark.bench
def test_all_pairs_take_seconds() -> None:
    space = Space(read_occupations(Path(DATA_DIR)))
    started = time.perf_counter()
    space.scores(IMPROVED)
    assert time.perf_counter() - started < 10


@settings(max_examples=25)
@given(st.integers(1, 11), st.floats(0, 3))
def test_views_of_neighbours_stay_symmetric(neighbours: int, weight: float) -> None:
    chance = np.random.default_rng(neighbours).normal(0, 1, (12, 12))
    scores = chance + chance.T
    smoothed = with_neighbours(scores, neighbours, weight)
    assert smoothed == pytest.approx(smoothed.T)
    assert (np.diagonal(smoothed) >= smoothed.max(axis=1)).all()


def test_a_part_of_a_set_that_knows_how_common_things_are_compares_as_the_whole_does(
    space: Space, occupations: Occupations
) -> None:
    some = [0, 4, 7, 9]
    names = {
        "intermediate activities": occupations.intermediate_activities,
        "detailed activities": occupations.detailed_activities,
        "tools": occupations.tools,
    }
    rarity = {name: Rarity(len(bags), Counter(thing for bag in bags for thing in bag)) for name, bags in names.items()}
    part = Space(_only(occupations, some, rarity))
    for name in names:
        whole = space.similarity(name)[np.ix_(some, some)]
        assert part.similarity(name) == pytest.approx(whole, abs=1e-6)


def _only(occupations: Occupations, places: list[int], rarity: dict[str, Rarity]) -> Occupations:
    fields = {name: getattr(occupations, name) for name in vars(occupations) if name != "rarity"}
    kept: dict[str, Any] = {
        name: value[places] if isinstance(value, np.ndarray) else tuple(value[place] for place in places)
        for name, value in fields.items()
    }
    return Occupations(**kept, rarity=rarity)


def test_the_scale_of_blend_b_rises_and_turns_both_ways() -> None:
    assert (np.diff(STRUCTURED_SCALE.quantiles) > 0).all()
    for match in (0, 12.5, 50, 99.5, 100):
        assert STRUCTURED_SCALE.match(STRUCTURED_SCALE.score(match)) == pytest.approx(match)
    assert [STRUCTURED_SCALE.match(score) for score in (-99, 99)] == [0, 100]


@with_data
def test_the_scale_of_blend_b_is_that_of_the_release(real: Space) -> None:
    scores = real.scores(STRUCTURED)
    expected = np.quantile(proximity.pairs_of_two(scores), np.linspace(0, 1, len(STRUCTURED_SCALE.quantiles)))
    assert pytest.approx(expected, abs=0.006) == STRUCTURED_SCALE.quantiles
    assert pytest.approx(proximity.spread_of_pairs(scores), abs=1e-3) == STRUCTURED_SPREAD
