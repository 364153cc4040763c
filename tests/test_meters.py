"""A meter shows how far a skill is held and how far it is asked for, whichever meters were drawn before."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from guides.templatetags.meters import gap_meter


@pytest.mark.parametrize("is_debug", [False, True])
def test_the_stops_of_a_meter_are_those_of_its_levels(settings: Settings, is_debug: bool) -> None:
    settings.DEBUG = is_debug
    for _ in range(2):
        for held in range(5):
            for asked in range(5):
                drawn = gap_meter(held, asked)
                assert drawn.count("gap-meter__stop--held") == held
                assert drawn.count("gap-meter__stop--asked") == max(asked - held, 0)
                assert ("gap-meter__held" in drawn) == (held > 1)
                assert ("gap-meter__asked" in drawn) == (asked > 1)
