"""``rank_occupations`` and ``evaluate_proximity``: whole tables or a clear refusal."""

from __future__ import annotations

import csv
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides.evaluation import METRICS
from guides.proximity import BLENDS
from tests.official_release import CODES, write_release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_release(tmp_path_factory.mktemp("release"))


def ranked(release: Path, out: Path, *options: str) -> list[dict[str, str]]:
    call_command("rank_occupations", str(release), "--out", str(out), "--verbosity", "0", *options)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("variant", sorted(BLENDS))
def test_every_ordered_pair_stands_once_by_falling_score(release: Path, tmp_path: Path, variant: str) -> None:
    found = ranked(release, tmp_path / "ranks.csv", "--variant", variant)
    assert list(found[0]) == ["origin", "destination", "rank", "score"]
    assert len(found) == 12 * 11
    rows = defaultdict(list)
    for row in found:
        rows[row["origin"]].append(row)
    assert list(rows) == CODES
    for origin, those in rows.items():
        assert {row["destination"] for row in those} == set(CODES) - {origin}
        assert [int(row["rank"]) for row in those] == list(range(1, 12))
        scores = [float(row["score"]) for row in those]
        assert scores == sorted(scores, reverse=True)


def test_scores_are_the_same_both_ways(release: Path, tmp_path: Path) -> None:
    found = ranked(release, tmp_path / "ranks.csv", "--variant", "improved")
    score = {(row["origin"], row["destination"]): row["score"] for row in found}
    assert all(score[destination, origin] == value for (origin, destination), value in score.items())


def test_top_keeps_the_nearest(release: Path, tmp_path: Path) -> None:
    whole = ranked(release, tmp_path / "whole.csv")
    assert ranked(release, tmp_path / "top.csv", "--top", "3") == [row for row in whole if int(row["rank"]) <= 3]


def test_the_same_release_gives_the_same_bytes(release: Path, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        ranked(release, tmp_path / name, "--variant", "E")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_it_says_what_it_wrote(release: Path, tmp_path: Path) -> None:
    said = StringIO()
    call_command("rank_occupations", str(release), "--out", str(tmp_path / "ranks.csv"), stdout=said)
    assert "132 pairs of 12 occupations, order B." in said.getvalue()


@pytest.mark.parametrize("top", ["0", "-1", "many", "1.5"])
def test_a_top_that_is_no_count_is_refused(release: Path, tmp_path: Path, top: str) -> None:
    with pytest.raises(CommandError, match="not a whole number from 1 on"):
        ranked(release, tmp_path / "ranks.csv", f"--top={top}")


def test_an_unknown_variant_is_refused(release: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        ranked(release, tmp_path / "ranks.csv", "--variant", "Z")


def test_a_folder_that_is_not_there_is_refused(release: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        ranked(release, tmp_path / "nowhere" / "ranks.csv")
    with pytest.raises(CommandError, match=r"ORIGIN\.md  is missing"):
        ranked(tmp_path, tmp_path / "ranks.csv")


@pytest.mark.parametrize("command", ["rank_occupations", "evaluate_proximity"])
def test_a_damaged_release_leaves_everything_as_it_was(tmp_path: Path, command: str) -> None:
    damaged = write_release(tmp_path / "release")
    file = damaged / "onet/job_zones.csv"
    file.write_bytes(file.read_bytes()[:-20])
    skills = damaged / "onet/skills.csv.gz"
    skills.write_bytes(skills.read_bytes()[:-20])
    out = tmp_path / "ranks.csv"
    out.write_text("as it was", encoding="utf-8")
    options = ["--out", str(out)] if command == "rank_occupations" else []
    with pytest.raises(CommandError, match=r"onet/skills\.csv\.gz:\d+  ends in the middle"):
        call_command(command, str(damaged), *options)
    assert out.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ranks.csv", "release"]


def evaluated(release: Path, *options: str) -> str:
    said = StringIO()
    call_command("evaluate_proximity", str(release), *options, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("variant", sorted(BLENDS))
def test_the_evaluation_names_metrics_parts_and_bands(release: Path, variant: str) -> None:
    said = evaluated(release, "--variant", variant)
    for expected in (*METRICS, "95 % interval", "well-trodden", "12 questions of O*NET", "6 census occupations"):
        assert expected in said
    for part in BLENDS[variant].parts:
        assert f"without {part.measure} " in said


def test_two_orders_are_compared_question_by_question(release: Path) -> None:
    said = evaluated(release, "--variant", "improved", "--against", "E", "--no-ablations")
    assert "gain of improved over E" in said
    assert "without" not in said


def test_settings_are_chosen_by_folds(release: Path) -> None:
    said = evaluated(release, "--no-ablations", "--cross-validate")
    assert "gain over E on questions left out" in said
    assert said.count("  fold ") == 5


def test_what_standing_on_others_costs_is_measured(release: Path) -> None:
    said = evaluated(release, "--no-ablations", "--proxies")
    assert [said.count(f"unrated, {count} by titles and tasks") for count in (1, 3, 4, 5, 7)] == [1] * 5
    assert said.count("points on average") == 5
