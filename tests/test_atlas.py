"""How near all ends are to each: symmetric, nearest to themselves, the same from packed rows and from figures alone."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides import curation
from guides.atlas import NEAREST, Atlas, atlas
from guides.destinations import Stop
from guides.models import Occupation, OfficialOccupation, Role
from guides.occupation_load import load_occupations
from guides.transition import Match
from tests.classification import UNRATED, write_classification

KNOWN = {"15-1252.00": "15-1011.00", "27-1024.00": "27-1011.00", "15-1254.00": "15-1021.00"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_classification(tmp_path_factory.mktemp("release"))


@pytest.fixture(params=["figures alone", "classification"])
def known(request: pytest.FixtureRequest, content: None, folder: Path) -> Atlas:
    """The ends with and without the classification."""
    if request.param == "classification":
        for ours, theirs in KNOWN.items():
            Occupation.objects.filter(code=ours).update(code=theirs)
        load_occupations(folder)
    return Atlas()


def match(known: Atlas, origin: Stop, destination: Stop) -> Match | None:
    (view,) = known.views(origin)
    return known.match(origin, destination, view)


def test_the_match_is_the_same_both_ways_and_readiness_lies_between_none_and_all(known: Atlas) -> None:
    placed = [stop for stop in known.stops if stop.places]
    assert len(placed) > 5
    for one, other in combinations(placed, 2):
        there, back = match(known, one, other), match(known, other, one)
        assert there
        assert back
        assert there.value == pytest.approx(back.value, abs=0.2)
        assert 0 <= there.value <= 100
    for stop in placed:
        (view,) = known.views(stop)
        ready = [seen.ready for seen in known.seen(stop, view) if seen.ready is not None]
        assert min(ready) >= 0
        assert max(ready) <= 1 + 1e-6


def test_every_end_is_nearest_to_itself(known: Atlas) -> None:
    for stop in known.stops:
        (view,) = known.views(stop)
        seen = {one.stop.slug: one for one in known.seen(stop, view)}
        if not stop.places:
            assert view is None
            assert all(one.match is None for one in seen.values())
            continue
        itself = seen[stop.slug]
        assert (itself.match, itself.ready) == (100.0, 1.0)
        assert itself.score == max(one.score for one in seen.values() if one.score is not None)
        assert match(known, stop, stop) == Match(100.0)


def test_the_reasons_of_a_match_are_its_similarities_largest_first(known: Atlas) -> None:
    first, second = [stop for stop in known.stops if stop.places][:2]
    found = match(known, first, second)
    assert found
    assert {reason.measure for reason in found.reasons} == {part.measure for part in known.parts}
    points = [reason.points for reason in found.reasons]
    assert points == sorted(points, reverse=True)


def test_an_occupation_counts_to_itself_as_the_nearest_of_others(known: Atlas) -> None:
    place = known.by_slug["graphic-designer"].places[0][0]
    (view,) = known.views(Stop("alone", "Alone", "Alone", "/", False, places=((place, 1.0),)))
    assert view
    assert float(view.scores[place]) == pytest.approx(known.match_scale.score(NEAREST), rel=1e-4)


@pytest.mark.usefixtures("content")
def test_without_the_classification_the_roles_are_the_ends() -> None:
    known = Atlas()
    assert {stop.slug for stop in known.stops} == set(Role.objects.values_list("slug", flat=True))
    assert all(stop.places for stop in known.stops)
    assert not known.has_occupations


@pytest.mark.usefixtures("content")
def test_with_it_every_occupation_is_an_end_with_what_lists_say_of_it(folder: Path) -> None:
    load_occupations(folder)
    known = Atlas()
    for one in OfficialOccupation.objects.all():
        stop = known.by_slug[one.slug]
        assert (stop.title, stop.is_role, stop.address) == (one.title, False, one.get_absolute_url())
        assert stop.is_uncertain is (one.code == UNRATED)
        assert (stop.medians is None) is (one.median_pay is None)
        assert stop.preparation


@pytest.mark.usefixtures("content")
def test_the_ends_are_read_once_for_a_version_of_the_content_in_few_queries() -> None:
    with CaptureQueriesContext(connection) as first:
        before = atlas()
    with CaptureQueriesContext(connection) as again:
        assert atlas() is before
    assert len(first) <= 9
    assert len(again) == 1
    Role.objects.filter(slug="ai-artist").update(is_published=False)
    curation.content_changed()
    assert "ai-artist" not in atlas().by_slug


@pytest.mark.usefixtures("content")
def test_what_lies_between_two_ends_is_near_to_both() -> None:
    known = atlas()
    origin, destination = known.by_slug["secondary-school-teacher"], known.by_slug["backend-developer"]
    first, second = known.views(origin, destination)
    among = known.between((first, second))
    weaker = [
        min(one.score or 0, other.score or 0)
        for one, other in zip(known.seen(origin, first, among), known.seen(destination, second, among), strict=True)
        if one.stop.slug not in (origin.slug, destination.slug)
    ]
    assert (np.diff(weaker) <= 1e-9).all()
