"""The facts of occupations are those of the releases, in the shape of a file of figures; else file and line."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from guides.figures_file import figures_text
from guides.loader.schema import FiguresFile
from guides.official_data import COLUMNS, ORIGIN, DataProblem
from guides.official_facts import (
    ABILITIES,
    ALL_JOBS_PERCENT,
    APPLICABILITY,
    CROSSWALK,
    FILES,
    HANDBOOK,
    INTERESTS,
    KNOWLEDGE,
    OCCUPATIONS,
    PROJECTED,
    RELEASES,
    REQUIREMENTS,
    SEPARATIONS,
    SKILLS,
    TASK_ACTIVITIES,
    TASK_RATINGS,
    WAGES,
    OccupationFacts,
    OfficialRelease,
    read_release,
)
from guides.pay import TOP_CODE
from tests.official_release import CODES, csv_bytes, restate, tables, write_release

Rows = list[list[Any]]


def changed(tmp_path: Path, file: str, change: Callable[[Rows], Rows]) -> Path:
    """A release with one file changed by those who made it, so that its ORIGIN.md agrees."""
    folder = write_release(tmp_path)
    restate(folder, file, csv_bytes(COLUMNS[file], change([list(row) for row in tables()[file]])))
    return folder


def each(column: str, file: str, value: Callable[[Any], Any]) -> Callable[[Rows], Rows]:
    """A change of one column in every row."""
    place = COLUMNS[file].index(column)
    return lambda rows: [[*row[:place], value(row[place]), *row[place + 1 :]] for row in rows]


def first(column: str, file: str, value: Any) -> Callable[[Rows], Rows]:
    """A change of one column in the first row."""
    place = COLUMNS[file].index(column)
    return lambda rows: [[*rows[0][:place], value, *rows[0][place + 1 :]], *rows[1:]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OfficialRelease:
    return read_release(write_release(tmp_path_factory.mktemp("release")))


def one(release: OfficialRelease, number: int) -> OccupationFacts:
    return release.occupations[CODES[number]]


# --- What is read -------------------------------------------------------------------------------------------------


def test_every_occupation_of_the_classification_is_there_in_order(release: OfficialRelease) -> None:
    assert list(release.occupations) == sorted(CODES)
    assert release.rated == len(CODES)
    third = one(release, 2)
    assert (third.title, third.soc, third.employment) == ("Title 2", CODES[2][:7], 3_000)
    assert third.alternate_titles == ("plan budgets worker, senior",)


def test_pay_is_that_of_the_occupation_and_unknown_where_it_is_not_published(release: OfficialRelease) -> None:
    assert one(release, 0).figures["pay"] == {
        "p10": 30_000,
        "p25": 40_000,
        "median": 50_000,
        "p75": 60_000,
        "p90": 70_000,
        "top_coded": False,
        "published_for": f"{CODES[0][:7]} Title 0",
        "source": "bls-oews-2024",
    }
    assert one(release, 11).figures["pay"] is None


def test_pay_beyond_the_top_code_is_known_to_be_at_least_that(release: OfficialRelease) -> None:
    pay = one(release, 1).figures["pay"]
    assert (pay["p90"], pay["top_coded"]) == (TOP_CODE, True)


def test_the_outlook_has_words_number_and_openings_of_its_page(release: OfficialRelease) -> None:
    outlook = one(release, 4).figures["outlook"]
    assert (outlook["growth_percent"], outlook["words"]) == (8, "Much faster than average")
    assert (outlook["all_jobs_percent"], outlook["openings_per_year"]) == (ALL_JOBS_PERCENT, 304)
    assert (outlook["openings_with"], outlook["source"]) == ("Title 5", "bls-ooh-2024-34")
    assert one(release, 0).figures["outlook"]["words"] == "Decline"


def test_demand_is_ten_times_the_share_of_workers_whose_occupation_grows_less(release: OfficialRelease) -> None:
    assert [one(release, number).figures["outlook"]["growth_rank"] for number in (0, 6, 11)] == [0.0, 5.0, 9.2]


def test_an_occupation_that_adds_up_others_does_not_count_in_the_demand(tmp_path: Path) -> None:
    total = ["15-1010", "Sum of two", 9_000_000, 9_000_000, 0, "", "page-0"]
    found = read_release(changed(tmp_path, PROJECTED, lambda rows: [*rows, total]))
    assert found.occupations[CODES[6]].figures["outlook"]["growth_rank"] == 5.0
    assert found.occupations[CODES[0]].figures["outlook"]["openings_with"] == "Title 1"


def test_where_many_share_their_openings_they_are_counted_instead_of_named(tmp_path: Path) -> None:
    folder = changed(tmp_path, PROJECTED, each("slug", PROJECTED, lambda slug: "page-0"))
    outlook = read_release(folder).occupations[CODES[3]].figures["outlook"]
    assert outlook["openings_with"] == "the 11 other occupations of Title 0"


def test_way_in_transfers_and_licences_are_those_of_the_occupation(release: OfficialRelease) -> None:
    figures = one(release, 3).figures
    own = f"{CODES[3][:7]} Title 3"
    assert figures["entry"] == {
        "education": "Associate's degree",
        "experience": "None",
        "training": "None",
        "published_for": own,
        "source": "bls-ep-2023-33",
    }
    assert figures["transfer"] == {"percent_per_year": 2.3, "published_for": own, "source": "bls-ep-2023-33"}
    assert figures["licence"] == {
        "section": False,
        "page": "https://statistics.example/handbook/page-1.htm",
        "source": "bls-ooh-2024-34",
    }
    assert one(release, 0).figures["licence"]["section"] is True


def test_preparation_is_the_span_of_the_job_zone(release: OfficialRelease) -> None:
    assert one(release, 3).figures["preparation"] == {
        "job_zone": 4,
        "months_low": 24,
        "months_high": 48,
        "source": "onet-30",
    }


def test_exposure_is_a_share_of_tasks_and_a_percentile_of_occupations(release: OfficialRelease) -> None:
    assert one(release, 6).figures["exposure"] == {
        "task_share_percent": 30,
        "task_share_source": "eloundou-2024",
        "observed_use_percentile": 50,
        "observed_use_source": "microsoft-ai-2025",
    }


def test_halves_are_rounded_upwards_whatever_arithmetic_adds(tmp_path: Path) -> None:
    folder = changed(tmp_path, TASK_RATINGS, first("dv_rating_beta", TASK_RATINGS, 0.42499999999999993))
    assert read_release(folder).occupations[CODES[0]].figures["exposure"]["task_share_percent"] == 43


def test_an_unrated_occupation_is_not_filled_in(tmp_path: Path) -> None:
    folder = changed(tmp_path, TASK_RATINGS, lambda rows: rows[1:])
    restate(folder, APPLICABILITY, csv_bytes(COLUMNS[APPLICABILITY], tables()[APPLICABILITY][1:]))
    exposure = read_release(folder).occupations[CODES[0]].figures["exposure"]
    assert (exposure["task_share_percent"], exposure["observed_use_percentile"]) == (None, None)


def test_a_profile_has_every_rating_beside_what_is_usual(release: OfficialRelease) -> None:
    profile = one(release, 0).figures["profile"]
    assert {name: len(profile[name]) for name in profile if name != "source"} == {
        "skills": 3,
        "knowledge": 3,
        "activities": 4,
        "abilities": 4,
        "interests": 6,
    }
    rated = [row for row in tables()[SKILLS] if row[1] == "2.A.1.a"]
    skill = profile["skills"]["Name 2.A.1.a"]
    assert (skill["importance"], skill["level"]) == (rated[0][3], rated[0][4])
    numbers = [float(str(row[3])) for row in rated]
    assert skill["usual"] == pytest.approx(sum(numbers) / len(numbers), abs=0.001)
    assert "1.B.1.g" not in profile["interests"]


def test_what_should_not_be_shown_is_left_out_and_what_is_not_relevant_has_level_0(tmp_path: Path) -> None:
    def change(rows: Rows) -> Rows:
        rows[0][5], rows[1][6] = "Y", "Y"
        return rows

    skills = read_release(changed(tmp_path, SKILLS, change)).occupations[CODES[0]].figures["profile"]["skills"]
    assert "Name 2.A.1.a" not in skills
    assert skills["Name 2.A.1.b"]["level"] == 0


def test_an_occupation_without_rated_skills_has_no_profile(tmp_path: Path) -> None:
    found = read_release(changed(tmp_path, SKILLS, lambda rows: [*rows[:9], *rows[12:]]))
    bare = found.occupations[CODES[3]]
    assert (bare.has_ratings, bare.figures["profile"], found.rated) == (False, None, 11)
    assert bare.figures["work"]["tools"] == {"Tool 15": 2, "Tool 3": 0}, "counted over the rated ones alone"


def test_work_is_ids_and_names_with_how_many_have_them(release: OfficialRelease) -> None:
    assert one(release, 4).figures["work"] == {
        "rated_occupations": 12,
        "intermediate_activities": {f"4.A.15.a.{place}.I01": 3 for place in range(3)},
        "detailed_activities": {f"4.A.15.a.{place}.I01.D01": 1 for place in range(3)},
        "tools": {"Tool 15": 3, "Tool 4": 1},
        "hot_tools": ["Tool 15"],
        "source": "onet-30",
    }


def test_no_sentence_of_the_releases_is_in_the_figures(release: OfficialRelease) -> None:
    said = "".join(figures_text(facts) for facts in release.occupations.values())
    for file in ("onet/occupations.csv.gz", "onet/tasks.csv.gz"):
        for row in tables()[file]:
            assert str(row[2]) not in said


def test_an_occupation_that_is_published_with_others_takes_their_figures_and_names_them(tmp_path: Path) -> None:
    """As 13-1021 to 13-1023 are published as 13-1020: for one of them there is no row of its own."""
    folder = write_release(tmp_path)
    for file, column in ((WAGES, "occ_code"), (PROJECTED, "soc"), (REQUIREMENTS, "soc"), (SEPARATIONS, "soc")):
        made = first(column, file, "11-1018")([list(row) for row in tables()[file]])
        restate(folder, file, csv_bytes(COLUMNS[file], made))
    figures = read_release(folder).occupations["11-1011.00"].figures
    for part in ("pay", "outlook", "transfer", "entry"):
        assert figures[part]["published_for"] == "11-1018 Title 0"


def test_a_combination_stands_only_for_those_without_wages_of_their_own(tmp_path: Path) -> None:
    folder = changed(tmp_path, WAGES, lambda rows: [*rows, ["11-1018", "Several", *rows[0][2:]]])
    restate(
        folder,
        PROJECTED,
        csv_bytes(COLUMNS[PROJECTED], first("soc", PROJECTED, "11-1018")([list(row) for row in tables()[PROJECTED]])),
    )
    assert read_release(folder).occupations["11-1011.00"].figures["outlook"] is None


def test_figures_have_the_shape_of_their_file(release: OfficialRelease) -> None:
    for facts in release.occupations.values():
        FiguresFile.model_validate({"code": facts.code, "title": facts.title, **facts.figures})
        written = yaml.safe_load(figures_text(facts))
        assert written == {"code": facts.code, "title": facts.title, **facts.figures}


def test_names_that_yaml_would_misread_come_back_as_they_are(release: OfficialRelease) -> None:
    facts = one(release, 0)
    odd = dict.fromkeys(("C#", "no", "3.0", "a: b", '"q"', "[x]", "Ünï", "- dash", "null"), 1)
    changed_work = replace(facts, figures={**facts.figures, "work": {**facts.figures["work"], "tools": odd}})
    assert yaml.safe_load(figures_text(changed_work))["work"]["tools"] == odd


def test_the_same_release_gives_the_same_facts_and_the_same_digest(release: OfficialRelease, tmp_path: Path) -> None:
    again = read_release(write_release(tmp_path))
    assert again == release
    other = read_release(changed(tmp_path, PROJECTED, first("title", PROJECTED, "Renamed")))
    assert other.digest != release.digest


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read_release(write_release(tmp_path), lambda file, done, total: told.append((file, done, total)))
    assert told == [(file, number, len(FILES)) for number, file in enumerate(FILES)]


# --- What is refused ----------------------------------------------------------------------------------------------


def refusal(folder: Path) -> str:
    with pytest.raises(DataProblem) as caught:
        read_release(folder)
    return str(caught.value)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    folder = write_release(tmp_path)
    (folder / file).unlink()
    assert refusal(folder) == f"{file}  is missing."


@pytest.mark.parametrize("under", RELEASES)
def test_a_release_that_is_not_the_one_cited_is_refused(tmp_path: Path, under: str) -> None:
    folder = write_release(tmp_path)
    origin = folder / under / ORIGIN
    origin.write_text(origin.read_text(encoding="utf-8").replace(RELEASES[under][0], "another"), encoding="utf-8")
    message = refusal(folder)
    assert message.startswith(f"{under}/{ORIGIN}  ")
    if under != "crosswalks":
        assert "not the release that sources.yaml cites" in message


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (CROSSWALK, lambda rows: rows[1:], "does not have 11-1011.00"),
        (SKILLS, first("code", SKILLS, "99-9999.00"), "2  99-9999.00 is not in"),
        (SKILLS, first("importance", SKILLS, 7), '2  column "importance": 7 is not between 1 and 5'),
        (SKILLS, lambda rows: [rows[0], *rows], '3  "Name 2.A.1.a" stands here a second time'),
        (KNOWLEDGE, lambda rows: rows[3:], "has nothing of 11-1011.00, which onet/skills.csv.gz rates"),
        (INTERESTS, lambda rows: rows[7:], "has nothing of 11-1011.00"),
        (ABILITIES, first("intensity", ABILITIES, -1), "2  column"),
        (OCCUPATIONS, first("code", OCCUPATIONS, "11-1011"), '2  column "code": "11-1011" is not an O*NET-SOC code'),
        (WAGES, first("a_pct10", WAGES, 99_000), "2  its percentiles of yearly wages do not ascend"),
        (WAGES, first("a_median", WAGES, "high"), '2  column "a_median": "high" is not a number'),
        (PROJECTED, first("slug", PROJECTED, "nowhere"), '2  the page "nowhere" is not in'),
        (PROJECTED, first("percent_change", PROJECTED, 0.5), "2  column"),
        (
            HANDBOOK,
            first("has_licence_or_certification_section", HANDBOOK, "maybe"),
            '2  column "has_licence_or_certification_section": "maybe" is neither True nor False',
        ),
        (TASK_ACTIVITIES, first("dwa_id", TASK_ACTIVITIES, "4.A"), '2  column "dwa_id"'),
        (APPLICABILITY, first("ai_applicability_score", APPLICABILITY, 1.5), "2  column"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, file: str, change: Callable[[Rows], Rows], message: str
) -> None:
    said = refusal(changed(tmp_path, file, change))
    assert said.startswith(file)
    assert message in said


# --- The releases themselves, where they are at hand --------------------------------------------------------------


@pytest.mark.skipif("DATA_DIR" not in os.environ, reason="needs the official releases in DATA_DIR")
def test_the_real_releases_give_every_occupation_its_figures() -> None:
    found = read_release(Path(os.environ["DATA_DIR"]))
    assert (len(found.occupations), found.rated) == (1_016, 894)
    developers = found.occupations["15-1252.00"].figures
    assert developers["pay"]["median"] == 133_080
    assert developers["transfer"]["percent_per_year"] == 3.5
    assert developers["outlook"]["growth_rank"] == 9.3
    for facts in found.occupations.values():
        FiguresFile.model_validate({"code": facts.code, "title": facts.title, **facts.figures})
