"""Official releases are read whole or refused with file and line."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from guides.official_data import (
    COLUMNS,
    ORIGIN,
    DataProblem,
    occupation_titles,
    read_employment,
    read_job_zones,
    read_occupations,
    read_requirements,
    read_truths,
    rows,
)
from tests.official_release import CODES, csv_bytes, pack, restate, tables, write_release

SKILLS = "onet/skills.csv.gz"
PAGES = "bls-ooh/ooh_page_to_onet.csv"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return write_release(tmp_path)


def plain(release: Path, file: str) -> bytes:
    packed = (release / file).read_bytes()
    return gzip.decompress(packed) if file.endswith(".gz") else packed


def refusal(release: Path, file: str = SKILLS) -> DataProblem:
    with pytest.raises(DataProblem) as caught:
        rows(release, file)
    assert str(caught.value).startswith(f"{caught.value.file}:{caught.value.line}  " if caught.value.line else file[:4])
    return caught.value


def put(release: Path, file: str, content: bytes) -> None:
    """Other content, about which ORIGIN.md knows nothing."""
    (release / file).write_bytes(pack(file, content))


@pytest.mark.parametrize("file", COLUMNS)
def test_every_file_is_read_whole(release: Path, file: str) -> None:
    found = rows(release, file)
    assert len(found) == len(tables()[file])
    assert [row.line for row in found] == list(range(2, len(found) + 2))


def test_occupations_carry_what_the_files_say(release: Path) -> None:
    found = read_occupations(release)
    assert found.codes == tuple(CODES)
    assert found.skills.shape == (12, 3)
    assert found.interests.shape == (12, 6)
    made = tables()
    assert found.skills[0].tolist() == [row[3] for row in made[SKILLS][:3]]
    assert found.detailed_activities[4] == {"4.A.15.a.0.I01.D01", "4.A.15.a.1.I01.D01", "4.A.15.a.2.I01.D01"}
    assert found.intermediate_activities[4] == {"4.A.15.a.0.I01", "4.A.15.a.1.I01", "4.A.15.a.2.I01"}
    assert found.tools[4] == {"Tool 15", "Tool 4"}
    assert found.titles[4] == ("write programs worker, senior", "Title 4")
    assert "test software 4" in found.text[4]
    assert occupation_titles(release)[CODES[4]] == "Title 4"


def test_requirements_are_skills_and_knowledge(release: Path) -> None:
    asked = read_requirements(release)[CODES[0]]
    assert [one.key for one in asked] == ["2.A.1.a", "2.A.1.b", "2.B.3.e", "2.C.1.a", "2.C.3.a", "2.C.7.b"]
    assert asked[0].name == "Name 2.A.1.a"
    assert read_job_zones(release)[CODES[7]] == 3


def test_truths_are_those_of_the_known_occupations(release: Path) -> None:
    truths = read_truths(release, CODES)
    assert [question.origin for question in truths.related] == list(range(12))
    assert truths.related[0].primary == {1, 2}
    assert truths.similar[0].siblings == {0, 1}
    assert truths.similar[0].targets == {2, 3}
    assert truths.moves.members.sum(axis=1).tolist() == [1.0] * 6
    assert truths.moves.people[0].tolist() == [0, 20, 5, 5, 5, 5]
    assert truths.moves.weight[0, 1] == 20_000
    fewer = read_truths(release, CODES[:6])
    assert len(fewer.moves.employment) == 3
    assert [question.origin for question in fewer.related] == list(range(6))


def test_employment_is_that_of_the_census_occupation(release: Path) -> None:
    assert read_employment(release, CODES).tolist() == [1000.0 * (number // 2 + 1) for number in range(12)]
    assert read_employment(release, ["99-9999.00", *CODES[:2]])[0] == 1000
    with pytest.raises(DataProblem, match="none of the occupations"):
        read_employment(release, ["99-9999.00"])


def test_a_missing_file_is_named(release: Path) -> None:
    (release / SKILLS).unlink()
    assert str(refusal(release)) == f"{SKILLS}  is missing."


def test_a_missing_or_silent_origin_is_named(release: Path) -> None:
    origin = release / "onet" / ORIGIN
    origin.write_text(
        origin.read_text(encoding="utf-8").replace("| skills.csv.gz ", "| other.csv.gz "), encoding="utf-8"
    )
    assert "says nothing of skills.csv.gz" in str(refusal(release))
    origin.write_bytes(b"\xff\xfe")
    assert "cannot be read" in str(refusal(release))
    origin.unlink()
    assert "the release of this folder is not known" in str(refusal(release))


def test_a_packed_file_cut_short_names_the_line(release: Path) -> None:
    path = release / SKILLS
    # Stored rather than squeezed, so that the cut falls in the middle of the text.
    packed = gzip.compress(plain(release, SKILLS), compresslevel=0)
    path.write_bytes(packed[: len(packed) // 2])
    found = refusal(release)
    assert "cut short" in str(found)
    assert 10 < found.line < 30


def test_a_damaged_file_names_a_line(release: Path) -> None:
    path = release / SKILLS
    packed = bytearray(path.read_bytes())
    packed[len(packed) // 2] ^= 0xFF
    path.write_bytes(packed)
    assert refusal(release).line >= 1


@pytest.mark.parametrize(
    ("packed", "message"), [(b"code,title\n", "not a gzip file"), (b"", "not a gzip file"), (b"\x1f\x8b", "cut short")]
)
def test_what_is_not_gzip_is_refused(release: Path, packed: bytes, message: str) -> None:
    (release / SKILLS).write_bytes(packed)
    assert message in str(refusal(release))


def test_something_after_the_end_is_refused(release: Path) -> None:
    path = release / SKILLS
    path.write_bytes(path.read_bytes() + b"more")
    assert "goes on after its end" in str(refusal(release))


@pytest.mark.parametrize("file", [SKILLS, PAGES])
def test_a_file_cut_at_a_row_is_noticed(release: Path, file: str) -> None:
    lines = plain(release, file).splitlines(keepends=True)
    put(release, file, b"".join(lines[:-2]))
    found = refusal(release, file)
    assert "it is cut short" in str(found)
    assert found.line == len(lines) - 2


def test_a_file_cut_within_a_row_names_the_row(release: Path) -> None:
    content = plain(release, SKILLS)
    put(release, SKILLS, content[:-30])
    found = refusal(release)
    assert "values in place of 9" in str(found)
    assert found.line == content.count(b"\n")


def test_more_rows_than_stated_are_another_version(release: Path) -> None:
    content = plain(release, PAGES)
    put(release, PAGES, content + content.splitlines(keepends=True)[-1])
    assert "another version" in str(refusal(release, PAGES))


def test_reordered_rows_name_the_first_out_of_order(release: Path) -> None:
    lines = plain(release, SKILLS).splitlines(keepends=True)
    put(release, SKILLS, b"".join([lines[0], *lines[7:], *lines[1:7]]))
    found = refusal(release)
    assert "reordered" in str(found)
    assert found.line == len(lines) - 5


def test_reordered_columns_are_named(release: Path) -> None:
    header, *values = plain(release, PAGES).decode().splitlines()
    turned = [",".join(reversed(line.split(","))) for line in [header, *values]]
    put(release, PAGES, "\n".join([*turned, ""]).encode())
    assert str(refusal(release, PAGES)) == f"{PAGES}:1  has its columns in another order: onet_code, slug."


@pytest.mark.parametrize("header", [b"code,name", b"", b"slug"])
def test_other_columns_are_named(release: Path, header: bytes) -> None:
    put(release, PAGES, header + b"\na,b\n")
    found = refusal(release, PAGES)
    assert "slug, onet_code are wanted" in str(found)
    assert found.line == 1


def test_another_encoding_names_the_line(release: Path) -> None:
    lines = plain(release, PAGES).splitlines(keepends=True)
    lines[3] = "café,11-1011.00\n".encode("latin-1")
    put(release, PAGES, b"".join(lines))
    found = refusal(release, PAGES)
    assert "not UTF-8" in str(found)
    assert found.line == 4


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_whole_file_in_another_encoding_is_refused(release: Path, encoding: str) -> None:
    put(release, PAGES, plain(release, PAGES).decode().encode(encoding))
    found = refusal(release, PAGES)
    assert "another encoding" in str(found)
    assert found.line == 1


def test_a_changed_value_is_another_version(release: Path) -> None:
    put(release, PAGES, plain(release, PAGES).replace(b"page-0", b"page-9", 1))
    assert "its SHA-256 differs" in str(refusal(release, PAGES))


def test_an_open_quote_names_its_row(release: Path) -> None:
    content = plain(release, PAGES)
    restate(release, PAGES, content.replace(b"page-3", b'"page-3', 1))
    found = refusal(release, PAGES)
    assert found.line == 8
    assert "not a row of a CSV file" in str(found) or "values in place of 2" in str(found)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (3, "5.1", "5.1 is not between 1 and 5"),
        (3, "nan", "not a finite number"),
        (3, "inf", "not a finite number"),
        (3, "high", '"high" is not a number'),
        (3, "", "is not a number"),
        (0, "15-1252", "is not an O*NET-SOC code"),
        (1, " ", 'column "element_id" is empty'),
        (1, "2.A.1.b", "a second time"),
    ],
)
def test_a_wrong_value_names_its_line(release: Path, column: int, value: str, message: str) -> None:
    made = tables()[SKILLS]
    made[3][column] = value
    if message == "a second time":
        made[4][column] = value
    restate(release, SKILLS, csv_bytes(COLUMNS[SKILLS], made))
    with pytest.raises(DataProblem) as caught:
        read_occupations(release)
    assert message in str(caught.value)
    assert caught.value.line in {5, 6}


def test_a_job_zone_that_is_no_whole_number_is_refused(release: Path) -> None:
    restate(release, "onet/job_zones.csv", csv_bytes(COLUMNS["onet/job_zones.csv"], [["11-1011.00", "2.5", "", ""]]))
    with pytest.raises(DataProblem, match="not a whole number"):
        read_job_zones(release)


def test_an_occupation_of_another_version_is_named(release: Path) -> None:
    file = "onet/tasks.csv.gz"
    made = tables()[file]
    made[7][0] = "15-9999.00"
    restate(release, file, csv_bytes(COLUMNS[file], made))
    with pytest.raises(DataProblem, match="another version of the classification") as caught:
        read_occupations(release)
    assert (caught.value.file, caught.value.line) == (file, 9)


def test_ratings_of_a_stranger_are_refused(release: Path) -> None:
    made = [[code if code != CODES[0] else "10-0000.00", *rest] for code, *rest in tables()[SKILLS]]
    restate(release, SKILLS, csv_bytes(COLUMNS[SKILLS], made))
    with pytest.raises(DataProblem, match="rates 10-0000"):
        read_occupations(release)


@pytest.mark.parametrize("file", ["onet/knowledge.csv.gz", "onet/interests.csv.gz"])
def test_a_rating_that_is_missing_names_occupation_and_element(release: Path, file: str) -> None:
    made = tables()[file]
    gone = made.pop(1)
    restate(release, file, csv_bytes(COLUMNS[file], made))
    with pytest.raises(DataProblem, match=str(gone[0])) as caught:
        read_occupations(release)
    assert str(gone[1]) in str(caught.value)


def test_an_empty_table_is_refused(release: Path) -> None:
    file = "onet/knowledge.csv.gz"
    restate(release, file, csv_bytes(COLUMNS[file], []))
    with pytest.raises(DataProblem, match="no value of anything"):
        read_occupations(release)


def test_an_activity_id_without_its_parent_is_refused(release: Path) -> None:
    file = "onet/tasks_to_dwas.csv.gz"
    restate(release, file, csv_bytes(COLUMNS[file], [[CODES[0], 1, "4.A.1"]]))
    with pytest.raises(DataProblem, match="not the id of a detailed work activity"):
        read_occupations(release)


def test_a_value_may_span_lines(release: Path) -> None:
    file = "onet/occupations.csv.gz"
    made = tables()[file]
    made[0][2] = "One line.\nAnother, “quoted” line."
    content = csv_bytes(COLUMNS[file], made)
    restate(release, file, content)
    found = rows(release, file)
    assert [row.line for row in found[:2]] == [2, 4]
    assert np.isfinite(read_occupations(release).skills).all()
