"""Reads the folders of official releases: O*NET, BLS, the crosswalks and the observed moves.

Each folder holds an ``ORIGIN.md`` that names its release and, in a table, every file with its bytes, lines and SHA-256.
A file that is cut short, reordered, in another encoding, or of another version than its folder says is refused with
its name and line. Nothing is written here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from .evaluation import Moves, RelatedQuestion, SimilarQuestion, Truths
from .proximity import Asked, Matrix, Occupations

ORIGIN = "ORIGIN.md"


class DataProblem(Exception):
    """A file of the releases cannot be used. ``line`` counts from 1 in the unpacked file; 0: the whole file."""

    def __init__(self, file: str, line: int, message: str) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}:{line}  {message}" if line else f"{file}  {message}")


# -- Files -------------------------------------------------------------------------------------------------------------

COLUMNS: dict[str, tuple[str, ...]] = {
    "onet/occupations.csv.gz": ("code", "title", "description"),
    "onet/skills.csv.gz": (
        "code",
        "element_id",
        "element",
        "importance",
        "level",
        "suppress",
        "not_relevant",
        "date",
        "source",
    ),
    "onet/knowledge.csv.gz": (
        "code",
        "element_id",
        "element",
        "importance",
        "level",
        "suppress",
        "not_relevant",
        "date",
        "source",
    ),
    "onet/work_activities_intensity.csv.gz": ("code", "element", "intensity"),
    "onet/abilities_intensity.csv.gz": ("code", "element", "intensity"),
    "onet/interests.csv.gz": ("code", "element_id", "element", "scale", "value"),
    "onet/tasks.csv.gz": ("code", "task_id", "task", "type", "date", "source"),
    "onet/tasks_to_dwas.csv.gz": ("code", "task_id", "dwa_id"),
    "onet/technology_skills.csv.gz": ("code", "example", "commodity_code", "category", "hot", "in_demand"),
    "onet/alternate_titles.csv.gz": ("code", "alternate_title", "short_title", "sources"),
    "onet/job_zones.csv": ("code", "job_zone", "date", "source"),
    "onet/related_occupations_dev.csv.gz": ("code", "related_code", "tier", "index"),
    "bls-ooh/ooh_page_to_onet.csv": ("slug", "onet_code"),
    "bls-ooh/ooh_similar_dev.csv": ("slug", "similar_slug"),
    "bls-ooh/ooh_projections_2024_34_by_soc.csv": (
        "soc",
        "title",
        "employment_2024",
        "employment_2034",
        "percent_change",
        "numeric_change",
        "slug",
    ),
    "bls-ooh/ooh_summary_2024_34.csv": (
        "slug",
        "title",
        "url",
        "median_pay_annual_2024",
        "median_pay_hourly_2024",
        "entry_education",
        "work_experience",
        "on_the_job_training",
        "jobs_2024",
        "outlook_pct_2024_34",
        "outlook_text",
        "employment_change_2024_34",
        "annual_openings_2024_34",
        "has_licence_or_certification_section",
        "last_modified",
    ),
    "bls-oews/oews_national_may2024.csv": (
        "occ_code",
        "occ_title",
        "o_group",
        "tot_emp",
        "emp_prse",
        "h_mean",
        "a_mean",
        "mean_prse",
        "h_pct10",
        "h_pct25",
        "h_median",
        "h_pct75",
        "h_pct90",
        "a_pct10",
        "a_pct25",
        "a_median",
        "a_pct75",
        "a_pct90",
        "annual",
        "hourly",
    ),
    "bls-projections/ep_2023_33_table_1_2_projections.csv": (
        "title",
        "soc",
        "Occupation type",
        "Employment, 2023",
        "Employment, 2033",
        "Employment distribution, percent, 2023",
        "Employment distribution, percent, 2033",
        "Employment change, numeric, 2023\u201333",
        "Employment change, percent, 2023\u201333",
        "Percent self employed, 2023",
        "Occupational openings, 2023\u201333 annual average",
        "Median annual wage, dollars, 2023",
        "Typical education needed for entry",
        "Work experience in a related occupation",
        "Typical on-the-job training needed to attain competency in the occupation",
        "Related Occupational Outlook Handbook (OOH) content",
    ),
    "bls-projections/ep_2023_33_table_1_10_separations_openings.csv": (
        "title",
        "soc",
        "Occupation type",
        "Employment, 2023",
        "Employment, 2033",
        "Employment change, numeric, 2023\u201333",
        "Employment change, percent, 2023\u201333",
        "Labor force exit rate, 2023\u201333 annual average",
        "Occupational transfer rate, 2023\u201333 annual average",
        "Total occupational separations rate, 2023\u201333 annual average",
        "Labor force exits, 2023\u201333 annual average",
        "Occupational transfers, 2023\u201333 annual average",
        "Total occupational separations, 2023\u201333 annual average",
        "Occupational openings, 2023\u201333 annual average",
    ),
    "ai-exposure/eloundou_gpts_are_gpts_occ_level.csv": (
        "code",
        "title",
        "dv_rating_alpha",
        "dv_rating_beta",
        "dv_rating_gamma",
        "human_rating_alpha",
        "human_rating_beta",
        "human_rating_gamma",
    ),
    "ai-exposure/microsoft_ai_applicability.csv": (
        "soc2018",
        "title",
        "ai_applicability_score",
        "coverage_user",
        "coverage_ai",
        "completion_user",
        "completion_ai",
        "feedback_positive_fraction_user",
        "feedback_positive_fraction_ai",
        "impact_scope_user",
        "impact_scope_ai",
        "ai_applicability_score_user",
        "ai_applicability_score_ai",
    ),
    "crosswalks/onet2019_to_soc2018.csv": ("onet_code", "onet_title", "soc2018", "soc2018_title"),
    "crosswalks/census_occ2010_to_onet2019_computed.csv": ("census2010", "onet_code"),
    "cps-transitions/asec_transitions_2011_2019_dev.csv.gz": (
        "from_occ",
        "to_occ",
        "from_label",
        "to_label",
        "weight",
        "n_obs",
    ),
    "cps-transitions/asec_employment_2011_2019.csv": ("occ", "weight_sum", "avg_employment"),
}
"""The files that are read, with the columns that each must have, in order."""

# One line of the table in ORIGIN.md: | file | bytes | lines (with header) | sha256 |
_STATED = re.compile(r"^\|\s*(\S+)\s*\|\s*(\d+)\s*\|\s*(\d+)\s*\|\s*([0-9a-f]{64})\s*\|\s*$")

_CODE = re.compile(r"\d\d-\d{4}\.\d\d")


@dataclass(frozen=True)
class Stated:
    """What ORIGIN.md says of a file. ``lines`` counts rows with the header; a row of a CSV file may span lines."""

    size: int
    lines: int
    sha256: str


@dataclass(frozen=True)
class Row:
    """One row of a file. Its values are read through methods that say where a wrong one stands."""

    file: str
    line: int
    values: Mapping[str, str]

    def problem(self, message: str) -> DataProblem:
        """A problem at this row."""
        return DataProblem(self.file, self.line, message)

    def text(self, column: str) -> str:
        """A value that must not be empty."""
        if not self.values[column].strip():
            raise self.problem(f'column "{column}" is empty.')
        return self.values[column]

    def code(self, column: str = "code") -> str:
        """An O*NET-SOC code such as 15-1252.00."""
        value = self.values[column]
        if not _CODE.fullmatch(value):
            raise self.problem(f'column "{column}": "{value}" is not an O*NET-SOC code such as 15-1252.00.')
        return value

    def number(self, column: str, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number from ``low`` to ``high``."""
        value = self.values[column]
        try:
            number = float(value)
        except ValueError:
            raise self.problem(f'column "{column}": "{value}" is not a number.') from None
        if not math.isfinite(number):
            raise self.problem(f'column "{column}": "{value}" is not a finite number.')
        if not low <= number <= high:
            raise self.problem(f'column "{column}": {value} is not between {low:g} and {high:g}.')
        return number

    def whole(self, column: str, low: int = 0, high: int = 10**12) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.number(column, low, high)
        if value != int(value):
            raise self.problem(f'column "{column}": {self.values[column]} is not a whole number.')
        return int(value)


def stated(data_dir: Path, folder: str) -> dict[str, Stated]:
    """What the ORIGIN.md of a folder says of its files."""
    name = f"{folder}/{ORIGIN}"
    try:
        text = (data_dir / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataProblem(name, 0, "is missing, so the release of this folder is not known.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataProblem(name, 0, f"cannot be read: {error}.") from None
    found = {}
    for line in text.splitlines():
        if match := _STATED.match(line):
            found[match[1]] = Stated(int(match[2]), int(match[3]), match[4])
    return found


def _unpacked(data_dir: Path, file: str) -> tuple[bytes, str]:
    """The content of a file as it is unpacked, and the SHA-256 of the file as it lies there."""
    try:
        packed = (data_dir / file).read_bytes()
    except FileNotFoundError:
        raise DataProblem(file, 0, "is missing.") from None
    except OSError as error:
        raise DataProblem(file, 0, f"cannot be read: {error.strerror}.") from None
    digest = hashlib.sha256(packed).hexdigest()
    if not file.endswith(".gz"):
        return packed, digest
    # Unpacked piece by piece, so that the message can name the line up to which the file is whole.
    plain = bytearray()
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        if packed[:2] != b"\x1f\x8b":
            raise DataProblem(file, 1, "is not a gzip file.")
        for start in range(0, len(packed), 4096):
            plain += machine.decompress(packed[start : start + 4096])
    except zlib.error:
        raise DataProblem(file, plain.count(b"\n") + 1, "is damaged from about this line on.") from None
    if not machine.eof:
        raise DataProblem(file, plain.count(b"\n") + 1, "ends in the middle: the file is cut short.")
    if machine.unused_data:
        raise DataProblem(file, plain.count(b"\n") + 1, "goes on after its end: something was added to the file.")
    return bytes(plain), digest


def rows(data_dir: Path, file: str) -> list[Row]:
    """All rows of one of COLUMNS' files; DataProblem at the first fault.

    Faults are: missing, damaged or cut short, not UTF-8, other columns or another order of columns, rows of another
    length, and anything else by which the file is not the one that ORIGIN.md describes.
    """
    folder, _, name = file.partition("/")
    said = stated(data_dir, folder).get(name)
    if said is None:
        raise DataProblem(f"{folder}/{ORIGIN}", 0, f"says nothing of {name}, so its release is not known.")
    content, digest = _unpacked(data_dir, file)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataProblem(file, line, "is not UTF-8: the file was saved in another encoding.") from None
    if text.startswith("\ufeff"):
        raise DataProblem(file, 1, "starts with a byte order mark: the file was saved in another encoding.")
    found = list(_parsed(file, text))
    if digest != said.sha256:
        last = found[-1].line if found else 1
        if len(found) + 1 < said.lines:
            raise DataProblem(
                file, last, f"ends here after {len(found) + 1} rows; {ORIGIN} states {said.lines}: it is cut short."
            )
        if len(found) + 1 > said.lines:
            raise DataProblem(file, last, f"has {len(found) + 1} rows; {ORIGIN} states {said.lines}: another version.")
        raise DataProblem(
            file,
            _first_out_of_order(found),
            f"is not the file that {ORIGIN} describes (its SHA-256 differs): changed, reordered or another version.",
        )
    return found


def _parsed(file: str, text: str) -> Iterator[Row]:
    wanted = COLUMNS[file]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if tuple(header) != wanted:
            if sorted(header) == sorted(wanted):
                raise DataProblem(file, 1, f"has its columns in another order: {', '.join(header)}.")
            raise DataProblem(
                file, 1, f"has the columns {', '.join(header) or 'of nothing'}; {', '.join(wanted)} are wanted."
            )
        line = reader.line_num + 1
        for values in reader:
            if len(values) != len(wanted):
                raise DataProblem(file, line, f"has {len(values)} values in place of {len(wanted)}.")
            yield Row(file, line, dict(zip(wanted, values, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataProblem(file, line, f"is not a row of a CSV file: {error}.") from None


def _first_out_of_order(found: Sequence[Row]) -> int:
    """The line where the first column falls back below the row before; the first row when it never does."""
    column = next(iter(COLUMNS[found[0].file])) if found else ""
    for before, after in pairwise(found):
        if after.values[column] < before.values[column]:
            return after.line
    return found[0].line if found else 1


# -- Occupations -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Table:
    """Values by code and element."""

    file: str
    cells: Mapping[str, Mapping[str, float]]

    def matrix(self, codes: Sequence[str]) -> Matrix:
        """Codes by elements in alphabetical order; every code needs every element."""
        elements = sorted({element for of_code in self.cells.values() for element in of_code})
        for code in codes:
            missing = set(elements) - set(self.cells.get(code, ()))
            if missing or not elements:
                what = f'"{min(missing)}"' if missing else "anything"
                raise DataProblem(self.file, 0, f"has no value of {what} for {code}: another version than the others.")
        return np.array([[self.cells[code][element] for element in elements] for code in codes])


def _table(data_dir: Path, file: str, element: str, value: str, bounds: tuple[float, float]) -> _Table:
    cells: dict[str, dict[str, float]] = {}
    for row in rows(data_dir, file):
        of_code = cells.setdefault(row.code(), {})
        if row.text(element) in of_code:
            raise row.problem(f'"{row.text(element)}" stands here a second time for {row.code()}.')
        of_code[row.text(element)] = row.number(value, *bounds)
    return _Table(file, cells)


def occupation_titles(data_dir: Path) -> dict[str, str]:
    """The titles of all occupations of the classification by code, in the order of the file."""
    return {row.code(): row.text("title") for row in rows(data_dir, "onet/occupations.csv.gz")}


def _known(row: Row, titles: Mapping[str, str], column: str = "code") -> str:
    code = row.code(column)
    if code not in titles:
        raise row.problem(f"{code} is not in onet/occupations.csv.gz: another version of the classification.")
    return code


def _collected(data_dir: Path, file: str, column: str, titles: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(data_dir, file):
        found.setdefault(_known(row, titles), []).append(row.text(column))
    return found


def _bags(found: Mapping[str, Sequence[str]], codes: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(found.get(code, ())) for code in codes)


def read_text(data_dir: Path) -> dict[str, str]:
    """Tasks, description and title of each occupation of the classification in one text, by code."""
    occupations = rows(data_dir, "onet/occupations.csv.gz")
    said = {row.code(): [row.text("description"), row.text("title")] for row in occupations}
    tasks = _collected(data_dir, "onet/tasks.csv.gz", "task", dict.fromkeys(said, ""))
    return {code: " ".join([*tasks.get(code, ()), *words]) for code, words in said.items()}


def read_occupations(data_dir: Path) -> Occupations:
    """Every occupation with ratings of its skills, ordered by code; DataProblem at the first fault."""
    titles = occupation_titles(data_dir)
    text = read_text(data_dir)
    skills = _table(data_dir, "onet/skills.csv.gz", "element_id", "importance", (1, 5))
    knowledge = _table(data_dir, "onet/knowledge.csv.gz", "element_id", "importance", (1, 5))
    activities = _table(data_dir, "onet/work_activities_intensity.csv.gz", "element", "intensity", (0, 10))
    abilities = _table(data_dir, "onet/abilities_intensity.csv.gz", "element", "intensity", (0, 10))
    for table in (skills, knowledge, activities, abilities):
        strangers = set(table.cells) - set(titles)
        if strangers:
            message = f"rates {min(strangers)}, which is not in onet/occupations.csv.gz: another version."
            raise DataProblem(table.file, 0, message)
    codes = tuple(sorted(skills.cells))
    detailed: dict[str, list[str]] = {}
    intermediate: dict[str, list[str]] = {}
    for row in rows(data_dir, "onet/tasks_to_dwas.csv.gz"):
        activity = row.text("dwa_id")
        above, point, _ = activity.rpartition(".D")
        if not point:
            raise row.problem(f'column "dwa_id": "{activity}" is not the id of a detailed work activity.')
        code = _known(row, titles)
        detailed.setdefault(code, []).append(activity)
        intermediate.setdefault(code, []).append(above)
    tools = _collected(data_dir, "onet/technology_skills.csv.gz", "example", titles)
    alternates = _collected(data_dir, "onet/alternate_titles.csv.gz", "alternate_title", titles)
    return Occupations(
        codes=codes,
        skills=skills.matrix(codes),
        knowledge=knowledge.matrix(codes),
        activities=activities.matrix(codes),
        abilities=abilities.matrix(codes),
        interests=_interests(data_dir).matrix(codes),
        intermediate_activities=_bags(intermediate, codes),
        detailed_activities=_bags(detailed, codes),
        tools=_bags(tools, codes),
        text=tuple(text[code] for code in codes),
        titles=tuple((*alternates.get(code, ()), titles[code]) for code in codes),
    )


def _interests(data_dir: Path) -> _Table:
    file = "onet/interests.csv.gz"
    cells: dict[str, dict[str, float]] = {}
    for row in rows(data_dir, file):
        # OI is the score, IH the order of the highest ones.
        if row.text("scale") == "OI":
            cells.setdefault(row.code(), {})[row.text("element_id")] = row.number("value", 1, 7)
    return _Table(file, cells)


def read_requirements(data_dir: Path) -> dict[str, tuple[Asked, ...]]:
    """Skills and knowledge that each rated occupation asks for, with importance (1 to 5) and level (0 to 7)."""
    found: dict[str, list[Asked]] = {}
    for file in ("onet/skills.csv.gz", "onet/knowledge.csv.gz"):
        for row in rows(data_dir, file):
            found.setdefault(row.code(), []).append(
                Asked(
                    row.text("element_id"),
                    row.text("element"),
                    row.number("importance", 1, 5),
                    row.number("level", 0, 7),
                )
            )
    return {code: tuple(asked) for code, asked in found.items()}


def read_job_zones(data_dir: Path) -> dict[str, int]:
    """The job zone (1 to 5) of each occupation that has one."""
    return {row.code(): row.whole("job_zone", 1, 5) for row in rows(data_dir, "onet/job_zones.csv")}


# -- Truths ------------------------------------------------------------------------------------------------------------


def read_truths(data_dir: Path, codes: Sequence[str]) -> Truths:
    """The development halves of the three truths, for the occupations ``codes``; what is not among them is left out."""
    place = {code: index for index, code in enumerate(codes)}
    return Truths(_related(data_dir, place), _similar(data_dir, place), _moves(data_dir, place))


def _related(data_dir: Path, place: Mapping[str, int]) -> tuple[RelatedQuestion, ...]:
    primary: dict[int, set[int]] = {}
    gains: dict[int, dict[int, int]] = {}
    for row in rows(data_dir, "onet/related_occupations_dev.csv.gz"):
        rank = row.whole("index", 1, 20)
        origin, other = place.get(row.code()), place.get(row.code("related_code"))
        if origin is None or other is None:
            continue
        gains.setdefault(origin, {})[other] = 3 if rank <= 5 else 2 if rank <= 10 else 1
        if rank <= 10:
            primary.setdefault(origin, set()).add(other)
    return tuple(RelatedQuestion(origin, frozenset(near), gains[origin]) for origin, near in primary.items())


def _similar(data_dir: Path, place: Mapping[str, int]) -> tuple[SimilarQuestion, ...]:
    on_page: dict[str, set[int]] = {}
    pages: set[str] = set()
    for row in rows(data_dir, "bls-ooh/ooh_page_to_onet.csv"):
        pages.add(row.text("slug"))
        if row.code("onet_code") in place:
            on_page.setdefault(row.text("slug"), set()).add(place[row.code("onet_code")])
    similar: dict[str, set[int]] = {}
    for row in rows(data_dir, "bls-ooh/ooh_similar_dev.csv"):
        similar.setdefault(row.text("slug"), set()).update(on_page.get(row.text("similar_slug"), ()))
    found: list[SimilarQuestion] = []
    for slug, near in similar.items():
        siblings = frozenset(on_page.get(slug, ()))
        targets = frozenset(near - siblings)
        found.extend(SimilarQuestion(origin, siblings, targets) for origin in sorted(siblings) if targets)
    return tuple(found)


def _census(data_dir: Path, place: Mapping[str, int]) -> dict[int, list[int]]:
    """Places of the rated occupations of each census occupation."""
    found: dict[int, list[int]] = {}
    for row in rows(data_dir, "crosswalks/census_occ2010_to_onet2019_computed.csv"):
        if row.code("onet_code") in place:
            found.setdefault(row.whole("census2010"), []).append(place[row.code("onet_code")])
    return found


def _employment(data_dir: Path) -> dict[int, float]:
    file = "cps-transitions/asec_employment_2011_2019.csv"
    return {row.whole("occ"): row.number("avg_employment", 1) for row in rows(data_dir, file)}


def _moves(data_dir: Path, place: Mapping[str, int]) -> Moves:
    consists, employed = _census(data_dir, place), _employment(data_dir)
    observed = [
        (row.whole("from_occ"), row.whole("to_occ"), row.whole("n_obs", 1), row.number("weight", 0))
        for row in rows(data_dir, "cps-transitions/asec_transitions_2011_2019_dev.csv.gz")
    ]
    seen = {occupation for origin, destination, _, _ in observed for occupation in (origin, destination)}
    census = sorted(seen & set(consists) & set(employed))
    index = {occupation: number for number, occupation in enumerate(census)}
    members = np.zeros((len(census), len(place)))
    for occupation in census:
        members[index[occupation], consists[occupation]] = 1 / len(consists[occupation])
    people = np.zeros((len(census), len(census)))
    weight = np.zeros_like(people)
    for origin, destination, count, stands_for in observed:
        if origin != destination and origin in index and destination in index:
            people[index[origin], index[destination]] += count
            weight[index[origin], index[destination]] += stands_for
    return Moves(members, people, weight, np.array([employed[occupation] for occupation in census]))


def read_employment(data_dir: Path, codes: Sequence[str]) -> Matrix:
    """People employed in the census occupation that each occupation belongs to, 2011 to 2019 on average.

    The mean where it belongs to several, the median of all where it belongs to none.
    """
    place = {code: index for index, code in enumerate(codes)}
    employed = _employment(data_dir)
    found: dict[int, list[float]] = {}
    for occupation, places in _census(data_dir, place).items():
        if occupation in employed:
            for one in places:
                found.setdefault(one, []).append(employed[occupation])
    if not found:
        raise DataProblem("crosswalks/census_occ2010_to_onet2019_computed.csv", 0, "reaches none of the occupations.")
    usual = float(np.median([np.mean(numbers) for numbers in found.values()]))
    return np.array([float(np.mean(found[one])) if one in found else usual for one in range(len(codes))])
