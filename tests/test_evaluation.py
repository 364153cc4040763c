"""The metrics against orders whose figures can be told by hand; intervals, band table, choices by folds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from guides.evaluation import (
    METRICS,
    Moves,
    RelatedQuestion,
    SimilarQuestion,
    Truths,
    band_table,
    cross_validated,
    hits,
    interval,
    lift_gain,
    measure,
    related_gain,
    related_recall,
    similar_recall,
)
from guides.proximity import Matrix

SIZE = 30


def order(*first: int) -> Matrix:
    """Scores where the row of each origin ranks ``first`` in that order, then the others by number."""
    row = np.array([-float(place) for place in range(SIZE)])
    for rank, place in enumerate(first):
        row[place] = 100.0 - rank
    return np.tile(row, (SIZE, 1))


def moves(people: Matrix) -> Moves:
    count = len(people)
    return Moves(np.eye(count), people, people * 1000, np.full(count, 5000.0))


RELATED = RelatedQuestion(0, frozenset({1, 2, 3, 4}), {1: 3, 2: 3, 3: 2, 4: 2, 20: 1})


def test_recall_is_the_share_of_primary_occupations_in_the_first_ten() -> None:
    assert related_recall(order(1, 2, 3, 4), [RELATED]).tolist() == [1.0]
    assert related_recall(order(*range(10, 19), 1), [RELATED]).tolist() == [0.25]
    assert related_recall(order(*range(10, 21)), [RELATED]).tolist() == [0.0]


def test_an_occupation_is_never_its_own_answer() -> None:
    assert related_recall(order(0, *range(10, 19), 1), [RELATED]).tolist() == [0.25]


def test_gain_rewards_the_nearest_first() -> None:
    best = related_gain(order(1, 2, 3, 4, 20), [RELATED])[0]
    assert best == pytest.approx(1)
    swapped = related_gain(order(20, 4, 3, 2, 1), [RELATED])[0]
    assert 0 < swapped < best
    assert related_gain(order(*range(5, 26)), [RelatedQuestion(0, frozenset({29}), {29: 3})])[0] == 0


def test_gain_of_one_place_is_its_discount() -> None:
    only = RelatedQuestion(0, frozenset({9}), {9: 3})
    assert related_gain(order(1, 2, 9), [only])[0] == pytest.approx(1 / math.log2(4))


def test_siblings_of_a_page_stand_aside() -> None:
    question = SimilarQuestion(0, frozenset({0, 1, 2}), frozenset({12, 13}))
    assert similar_recall(order(1, 2, *range(14, 24), 12), [question]).tolist() == [0.0]
    assert similar_recall(order(1, 2, *range(14, 23), 12, 13), [question]).tolist() == [0.5]
    assert similar_recall(order(1, 2, 12, 13), [question]).tolist() == [1.0]


def test_more_similar_occupations_than_places_can_all_be_hit() -> None:
    question = SimilarQuestion(0, frozenset({0}), frozenset(range(1, 21)))
    assert similar_recall(order(*range(1, 21)), [question]).tolist() == [1.0]


def people_of(first: dict[int, float]) -> Matrix:
    people = np.zeros((SIZE, SIZE))
    for destination, count in first.items():
        people[0, destination] = count
    # Somebody arrives everywhere, so that chance has something to share out.
    people[1:, :] = 0.1
    np.fill_diagonal(people, 0)
    return people


def test_hits_are_shares_of_the_people_who_left() -> None:
    observed = moves(people_of({1: 30, 2: 10, 25: 20}))
    assert observed.questions.tolist() == [0]
    assert hits(order(1, 2), observed)[0] == pytest.approx(40 / 60)
    assert hits(order(25, *range(3, 20)), observed)[0] == pytest.approx(20 / 60)


def test_origins_with_few_movers_are_no_question() -> None:
    assert moves(people_of({1: 29})).questions.tolist() == []


def test_lift_counts_what_is_chosen_more_often_than_by_chance() -> None:
    people = people_of({1: 20, 2: 20, 3: 2})
    people[4:, 1] = 50
    observed = moves(people)
    first = lift_gain(order(2), observed)
    crowded = lift_gain(order(1, *range(5, 14)), observed)
    assert first[0] > crowded[0]
    assert lift_gain(order(3, *range(5, 14)), observed)[0] == 0, "two people are too few to tell"


def test_an_origin_without_lift_tells_nothing() -> None:
    people = np.zeros((SIZE, SIZE))
    people[0, 1:] = 2
    assert math.isnan(lift_gain(order(1), moves(people))[0])


def test_expected_moves_are_as_many_as_observed() -> None:
    observed = moves(people_of({1: 30, 2: 10}))
    assert observed.expected.sum() == pytest.approx(observed.people.sum())
    assert np.diagonal(observed.expected).sum() == 0
    assert moves(np.zeros((3, 3))).expected.sum() == 0


def test_scores_of_census_occupations_are_means_over_their_parts() -> None:
    members = np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
    observed = Moves(members, np.zeros((2, 2)), np.zeros((2, 2)), np.ones(2))
    scores = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 4.0], [2.0, 4.0, 0.0]])
    assert observed.averaged(scores).tolist() == [[0.5, 3.0], [3.0, 0.0]]


def test_every_metric_is_measured_and_employment_moves_the_moves_alone() -> None:
    people = people_of({1: 30, 2: 10, 25: 20})
    big = np.full(SIZE, 1.0)
    big[25] = 1e30
    observed = Moves(np.eye(SIZE), people, people, big)
    similar = SimilarQuestion(0, frozenset({0}), frozenset({1}))
    truths = Truths((RELATED,), (similar,), observed)
    scores = order(*range(1, 12))
    plain, drawn = measure(scores, truths), measure(scores, truths, 0.5)
    assert tuple(plain) == METRICS
    assert drawn["CPS hit@10"][0] > plain["CPS hit@10"][0]
    for metric in METRICS[:3]:
        assert drawn[metric].tolist() == plain[metric].tolist()


def test_an_interval_contains_the_mean_and_is_the_same_each_time() -> None:
    values = np.array([0.1, 0.4, 0.5, 0.9, float("nan")])
    found = interval(values)
    assert found.mean == pytest.approx(0.475)
    assert found.low < found.mean < found.high
    assert interval(values) == found


def test_an_interval_of_nothing_is_no_number() -> None:
    assert math.isnan(interval(np.array([float("nan")])).mean)
    assert math.isnan(interval(np.array([])).low)


def test_equal_values_have_no_width() -> None:
    found = interval(np.full(9, 0.25))
    assert (found.low, found.mean, found.high) == (0.25, 0.25, 0.25)


def test_bands_of_an_order_that_people_follow_rise() -> None:
    chance = np.random.default_rng(4)
    alike = chance.normal(0, 1, (80, 80))
    alike = alike + alike.T
    people = np.exp(alike / 2) * 5
    np.fill_diagonal(people, 0)
    rows = band_table(alike, moves(people))
    times = [row.times for row in rows]
    assert times == sorted(times)
    assert sum(row.pairs for row in rows) <= 80 * 79


def test_a_band_without_pairs_is_no_number() -> None:
    assert all(math.isnan(row.times) for row in band_table(order(1), moves(np.zeros((SIZE, SIZE)))))


def test_folds_choose_what_is_better_and_measure_where_nothing_was_chosen() -> None:
    chance = np.random.default_rng(5)
    reference = {"one": chance.uniform(0.2, 0.4, 50), "two": chance.uniform(0.2, 0.4, 40)}
    better = {metric: values + 0.1 for metric, values in reference.items()}
    worse = {metric: values - 0.1 for metric, values in reference.items()}
    held = cross_validated({"worse": worse, "better": better}, reference, ("one", "two"))
    assert held.chosen == ("better",) * 5
    assert held.values["one"] == pytest.approx(np.full(50, 0.1))


def test_luck_does_not_pass_for_a_gain() -> None:
    chance = np.random.default_rng(6)
    reference = {"one": chance.uniform(0, 1, 200)}
    noise = {f"try {number}": {"one": reference["one"] + chance.normal(0, 0.3, 200)} for number in range(60)}
    best = max(float((values["one"] - reference["one"]).mean()) for values in noise.values())
    held = cross_validated(noise, reference, ("one",))
    assert best > 0.03
    assert interval(held.values["one"]).mean < best
