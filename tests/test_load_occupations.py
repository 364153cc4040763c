"""``load_occupations``: the whole classification or nothing, the same files change nothing, and it goes away again."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from guides import official_facts
from guides.models import (
    ContentVersion,
    OccupationNearness,
    OccupationTitle,
    OfficialOccupation,
    OfficialRelease,
    TitleWord,
    WordInTitle,
    WordTrigram,
)
from guides.occupation_load import load_occupations, occupation_slug
from guides.occupation_scores import requirements
from guides.official_data import COLUMNS
from guides.proximity import Asked, Norm, readiness
from tests.classification import ALL_CODES, TITLES, UNRATED, write_classification
from tests.official_release import csv_bytes, restate, tables

pytestmark = pytest.mark.django_db

DATA_DIR = os.environ.get("DATA_DIR", "")
TABLES = (
    OfficialRelease,
    OfficialOccupation,
    OccupationNearness,
    OccupationTitle,
    TitleWord,
    WordInTitle,
    WordTrigram,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_classification(tmp_path / "release")


def load(*arguments: object, **options: Any) -> str:
    said = StringIO()
    call_command("load_occupations", *map(str, arguments), stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def everything() -> list[list[tuple[Any, ...]]]:
    """Every row of every table."""
    return [sorted(model._base_manager.values_list(), key=repr) for model in TABLES]


def version() -> int:
    return ContentVersion.objects.values_list("number", flat=True).first() or 0


def test_every_occupation_stands_in_its_place(folder: Path) -> None:
    assert "Loaded 13 occupations" in load(folder)
    rows = list(OfficialOccupation.objects.order_by("place"))
    assert [one.code for one in rows] == ALL_CODES
    assert [one.place for one in rows] == list(range(13))
    assert [one.title for one in rows] == [TITLES[one.code][0] for one in rows]
    release = OfficialRelease.objects.get()
    assert (release.count, release.rated_count) == (13, 12)
    assert (
        release.title_count == OccupationTitle.objects.count() == sum(1 + len(others) for _, others in TITLES.values())
    )
    assert "O*NET 29.3 and 30.0" in str(release)


def test_figures_are_those_of_the_release(folder: Path) -> None:
    load(folder)
    facts = official_facts.read_release(folder).occupations
    for one in OfficialOccupation.objects.all():
        assert one.figures == facts[one.code].figures
        assert one.employment == facts[one.code].employment
        pay = one.figures["pay"]
        assert one.median_pay == (pay["median"] if pay else None)
    assert OfficialOccupation.objects.filter(median_pay=None).exists()


def test_rows_are_symmetric_and_nothing_is_nearer_than_itself(folder: Path) -> None:
    load(folder)
    rows = list(OccupationNearness.objects.order_by("occupation__place"))
    scores = np.stack([row.score_row for row in rows])
    assert scores.shape == (13, 13)
    assert np.allclose(scores, scores.T, atol=1e-5)
    assert (scores.max(axis=1) <= np.diagonal(scores) + 1e-6).all()
    ready = np.stack([row.readiness_row for row in rows])
    assert (np.diagonal(ready) == 1).all()
    assert ready.min() >= 0
    assert ready.max() <= 1
    release = OfficialRelease.objects.get()
    parts = np.stack([row.part_rows for row in rows])
    assert parts.shape == (13, len(release.parts), 13)
    assert np.allclose(parts, parts.transpose(2, 1, 0), atol=1e-3)


def test_readiness_is_that_of_the_rule(folder: Path) -> None:
    load(folder)
    release = OfficialRelease.objects.get()
    usual = {name: Norm(mean, spread) for name, (mean, spread) in release.norms.items()}
    rated = list(OfficialOccupation.objects.filter(is_rated=True).select_related("nearness"))
    for origin in rated[:4]:
        held = {key: one["level"] for key, one in requirements(origin.figures).items()}
        for destination in rated:
            asked = [
                Asked(key, key, one["importance"], one["level"])
                for key, one in requirements(destination.figures).items()
            ]
            expected = readiness(held, asked, usual).value
            assert origin.nearness.readiness_row[destination.place] == pytest.approx(expected, abs=1e-6)


def test_an_unrated_occupation_stands_on_rated_ones_and_says_so(folder: Path) -> None:
    load(folder)
    unrated = OfficialOccupation.objects.select_related("nearness").get(code=UNRATED)
    assert not unrated.is_rated
    assert 3 <= len(unrated.proxies) <= 5
    proxies = OfficialOccupation.objects.of_codes(unrated.proxies).select_related("nearness")
    assert all(one.is_rated and not one.proxies for one in proxies)
    mean = np.mean([one.nearness.score_row for one in proxies], axis=0)
    others = [place for place in range(13) if place != unrated.place]
    assert np.allclose(unrated.nearness.score_row[others], mean[others], atol=1e-5)


def test_the_same_files_change_nothing_and_say_so(folder: Path) -> None:
    load(folder)
    before, at = everything(), version()
    assert "Nothing changed" in load(folder)
    assert (everything(), version()) == (before, at)


def test_a_new_release_takes_the_place_of_the_old_one(folder: Path, tmp_path: Path) -> None:
    load(folder)
    changed = {**TITLES, UNRATED: ("Soothsayers", ())}
    load(write_classification(tmp_path / "next", changed))
    assert OfficialOccupation.objects.get(code=UNRATED).slug == "soothsayers"
    assert OfficialRelease.objects.count() == 1
    assert not OccupationTitle.objects.filter(title="Prompt Writer").exists()


def test_a_load_and_a_removal_move_the_version_of_the_content(folder: Path) -> None:
    at = version()
    load(folder)
    loaded = version()
    assert loaded > at
    assert "13 occupations taken away." in load("--remove")
    assert version() > loaded
    assert not any(model._base_manager.exists() for model in TABLES)
    assert "0 occupations taken away." in load("--remove")


def test_steps_are_told_as_lines_where_there_is_no_terminal(folder: Path) -> None:
    said = StringIO()
    call_command("load_occupations", str(folder), stdout=StringIO(), stderr=said)
    lines = said.getvalue().splitlines()
    assert lines[0].startswith("1/")
    total = int(lines[0].split("/")[1].split()[0])
    assert [line.split("/")[0] for line in lines] == [str(number) for number in range(1, total + 1)]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal(folder: Path) -> None:
    said = Terminal()
    call_command("load_occupations", str(folder), stdout=StringIO(), stderr=said)
    assert "\r[" in said.getvalue()
    assert "###" in said.getvalue()


@pytest.mark.parametrize("arguments", [(), ("somewhere", "--remove")])
def test_one_thing_is_asked_for_at_a_time(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="--remove"):
        load(*arguments)


SKILLS, TASKS, WAGES = "onet/skills.csv.gz", "onet/tasks.csv.gz", "bls-oews/oews_national_may2024.csv"


def cut_short(folder: Path) -> str:
    file = folder / SKILLS
    file.write_bytes(file.read_bytes()[:-30])
    return r"onet/skills\.csv\.gz:\d+  ends in the middle"


def another_encoding(folder: Path) -> str:
    rows = [[*row[:2], "Gär", *row[3:]] for row in tables()[TASKS]]
    restate(folder, TASKS, csv_bytes(COLUMNS[TASKS], rows).decode().encode("latin-1"))
    return r"onet/tasks\.csv\.gz:2  is not UTF-8"


def columns_reordered(folder: Path) -> str:
    rows = [[row[1], row[0], *row[2:]] for row in tables()[WAGES]]
    header = [COLUMNS[WAGES][1], COLUMNS[WAGES][0], *COLUMNS[WAGES][2:]]
    restate(folder, WAGES, csv_bytes(header, rows))
    return r"oews_national_may2024\.csv:1  has its columns in another order"


def rows_reordered(folder: Path) -> str:
    (folder / SKILLS).write_bytes(gzip.compress(csv_bytes(COLUMNS[SKILLS], tables()[SKILLS][::-1])))
    return r"onet/skills\.csv\.gz:\d+  is not the file that ORIGIN\.md describes"


def another_version(folder: Path) -> str:
    origin = folder / "onet" / "ORIGIN.md"
    origin.write_text(origin.read_text(encoding="utf-8").replace("30.0", "31.0"), encoding="utf-8")
    return r"onet/ORIGIN\.md  does not name \"30\.0\""


def not_a_number(folder: Path) -> str:
    rows = [list(row) for row in tables()[SKILLS]]
    rows[3][3] = "much"
    restate(folder, SKILLS, csv_bytes(COLUMNS[SKILLS], rows))
    return r'onet/skills\.csv\.gz:5  column "importance": "much" is not a number'


def missing(folder: Path) -> str:
    (folder / WAGES).unlink()
    return r"oews_national_may2024\.csv  is missing"


@pytest.mark.parametrize(
    "damage", [cut_short, another_encoding, columns_reordered, rows_reordered, another_version, not_a_number, missing]
)
def test_a_damaged_release_is_named_with_its_line_and_changes_nothing(
    folder: Path, tmp_path: Path, damage: Any
) -> None:
    load(folder)
    before, at = everything(), version()
    damaged = write_classification(tmp_path / "damaged", {**TITLES, UNRATED: ("Soothsayers", ())})
    message = damage(damaged)
    with pytest.raises(CommandError, match=message) as refusal:
        load(damaged)
    assert "Nothing was changed." in str(refusal.value)
    assert refusal.value.returncode == 1
    assert (everything(), version()) == (before, at)


def test_a_load_that_breaks_off_leaves_what_was_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder)
    before, at = everything(), version()

    def stop(*arguments: object, **options: object) -> Iterator[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(WordTrigram._base_manager, "bulk_create", stop, raising=False)
    monkeypatch.setattr(type(WordTrigram._base_manager), "bulk_create", stop)
    with pytest.raises(KeyboardInterrupt):
        load_occupations(write_classification(tmp_path / "next", {**TITLES, UNRATED: ("Soothsayers", ())}))
    monkeypatch.undo()
    assert (everything(), version()) == (before, at)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Software Developers", "software-developers"),
        (
            "Secondary School Teachers, Except Special and Career/Technical Education",
            "secondary-school-teachers-except-special-and-career",
        ),
    ],
)
def test_an_address_is_readable_and_cut_between_words(title: str, expected: str) -> None:
    assert occupation_slug(title) == expected


def test_occupations_of_like_titles_have_addresses_of_their_own(tmp_path: Path) -> None:
    load(write_classification(tmp_path / "release", {**TITLES, UNRATED: ("Software-Developers", ())}))
    slugs = list(OfficialOccupation.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 13
    assert f"software-developers-{UNRATED.replace('.', '-')}" in slugs


@pytest.mark.skipif(not DATA_DIR, reason="DATA_DIR does not name the folder of the official releases")
def test_the_real_classification_loads_whole() -> None:
    loaded = load_occupations(Path(DATA_DIR))
    assert (loaded.release.count, loaded.release.rated_count) == (1016, 894)
    assert loaded.release.title_count > 57_000
    for one in OfficialOccupation.objects.filter(is_rated=False):
        assert len(one.proxies) >= 3
