"""Made-up official releases: the files and columns of the real ones, a dozen occupations that nobody has."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from guides.official_data import COLUMNS, ORIGIN
from guides.official_facts import RELEASES

CODES = [f"{group}-{number}.00" for group in (11, 15, 27, 29) for number in (1011, 1021, 2031)]
GROUP_WORDS = {
    "11": ["plan budgets", "lead meetings", "hire staff"],
    "15": ["write programs", "test software", "store data"],
    "27": ["draw pictures", "design pages", "edit films"],
    "29": ["treat patients", "give medicine", "keep records"],
}
SKILLS = ["2.A.1.a", "2.A.1.b", "2.B.3.e"]
KNOWLEDGE = ["2.C.1.a", "2.C.3.a", "2.C.7.b"]
INTERESTS = [f"1.B.1.{letter}" for letter in "abcdef"]


def tables(seed: int = 1) -> dict[str, list[list[object]]]:
    """The rows of every file, without the header. Occupations of one group resemble each other."""
    chance = random.Random(seed)
    made: dict[str, list[list[object]]] = {file: [] for file in COLUMNS}
    centre = {group: [chance.uniform(1.5, 4.5) for _ in range(12)] for group in GROUP_WORDS}

    def near(code: str, place: int, low: float, high: float) -> float:
        return round(min(high, max(low, centre[code[:2]][place] + chance.uniform(-0.5, 0.5))), 2)

    for number, code in enumerate(CODES):
        said = GROUP_WORDS[code[:2]]
        made["onet/occupations.csv.gz"].append([code, f"Title {number}", f"People who {said[0]} and {said[1]}."])
        for file, elements in (("skills", SKILLS), ("knowledge", KNOWLEDGE)):
            for place, element in enumerate(elements):
                rating = [near(code, place, 1, 5), near(code, place + 3, 0, 7), "N", "N", "08/2023", "Analyst"]
                made[f"onet/{file}.csv.gz"].append([code, element, f"Name {element}", *rating])
        for file in ("work_activities_intensity", "abilities_intensity"):
            made[f"onet/{file}.csv.gz"] += [[code, f"Part {place}", near(code, place + 6, 0, 10)] for place in range(4)]
        for place, element in enumerate(INTERESTS):
            made["onet/interests.csv.gz"].append([code, element, element, "OI", near(code, place + 6, 1, 7)])
        made["onet/interests.csv.gz"].append([code, "1.B.1.g", "First", "IH", 3])
        for place, task in enumerate(said):
            made["onet/tasks.csv.gz"].append([code, number * 10 + place, f"{task} {number}", "Core", "08/2023", "x"])
            activity = f"4.A.{code[:2]}.a.{place}.I01.D0{number % 3}"
            made["onet/tasks_to_dwas.csv.gz"].append([code, number * 10 + place, activity])
        made["onet/technology_skills.csv.gz"].append([code, f"Tool {code[:2]}", "43232202", "Software", "Y", "N"])
        made["onet/technology_skills.csv.gz"].append([code, f"Tool {number}", "43232203", "Software", "N", "N"])
        made["onet/alternate_titles.csv.gz"].append([code, f"{said[0]} worker, senior", "", "08"])
        made["onet/job_zones.csv"].append([code, number % 5 + 1, "08/2023", "Analyst"])
        others = [other for other in CODES if other != code and other[:2] == code[:2]]
        for index, other in enumerate(others, start=1):
            made["onet/related_occupations_dev.csv.gz"].append([code, other, "Primary-Short", index])
        made["bls-ooh/ooh_page_to_onet.csv"].append([f"page-{number // 2}", code])
        _add_statistics(made, number, code)
        made["crosswalks/census_occ2010_to_onet2019_computed.csv"].append([100 + number // 2, code])
    for page in range(6):
        made["bls-ooh/ooh_similar_dev.csv"].append([f"page-{page}", f"page-{(page + 1) % 6}"])
        made["cps-transitions/asec_employment_2011_2019.csv"].append([100 + page, 9000, 1000.0 * (page + 1)])
        for next_page in range(6):
            seen = 500 if next_page == page else 20 if abs(next_page - page) == 1 else 5
            made["cps-transitions/asec_transitions_2011_2019_dev.csv.gz"].append(
                [100 + page, 100 + next_page, "From", "To", seen * 1000.0, seen]
            )
    return made


def _add_statistics(made: dict[str, list[list[object]]], number: int, code: str) -> None:
    """What statistics offices and researchers publish of one occupation; the last one's wages are not published."""
    soc, title, page = code[:7], f"Title {number}", f"page-{number // 2}"
    made["crosswalks/onet2019_to_soc2018.csv"].append([code, title, soc, title])
    pay: list[object] = [30_000 + 5_000 * number + 10_000 * place for place in range(5)]
    yearly = ["*"] * 5 if number == len(CODES) - 1 else [*pay[:4], "#"] if number == 1 else pay
    hourly: list[object] = [0.5, 20, 40_000, 0.5, 10, 15, 20, 25, 30]
    made["bls-oews/oews_national_may2024.csv"].append(
        [soc, title, "detailed", 1000 * (number + 1), *hourly, *yearly, "", ""]
    )
    growth = 3 * number - 4
    made["bls-ooh/ooh_projections_2024_34_by_soc.csv"].append([soc, title, 1000, 1000 + 10 * growth, growth, "", page])
    if number % 2 == 0:
        address = f"https://statistics.example/handbook/{page}.htm"
        quick: list[object] = [40_000, 20, "Bachelor's degree", "None", "None", 2000, growth, "", 20, 300.0 + number]
        made["bls-ooh/ooh_summary_2024_34.csv"].append([page, title, address, *quick, number % 4 == 0, "2025-08-28"])
    employed: list[object] = [1.0, 1.1, 0.1, 10.0]
    asked: list[object] = ["Bachelor's degree" if number % 3 else "Associate's degree", "None", "None"]
    made["bls-projections/ep_2023_33_table_1_2_projections.csv"].append(
        [f"  {title}[1]", soc, "Line item", 1.0, 1.1, 0.0, 0.0, 0.1, 10.0, 5.0, 0.1, 50_000, *asked, title]
    )
    made["bls-projections/ep_2023_33_table_1_10_separations_openings.csv"].append(
        [title, soc, "Line item", *employed, 3.0, round(2 + number / 10, 1), 5.0, 0.1, 0.1, 0.1, 0.1]
    )
    made["ai-exposure/eloundou_gpts_are_gpts_occ_level.csv"].append([code, title, *[round(number / 20, 2)] * 6])
    made["ai-exposure/microsoft_ai_applicability.csv"].append([soc, title, *[round(number / 40, 3)] * 11])


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file as the releases have it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def pack(file: str, content: bytes) -> bytes:
    """The bytes that lie in the folder for the content of a file."""
    return gzip.compress(content, mtime=0) if file.endswith(".gz") else content


def write_release(folder: Path, seed: int = 1) -> Path:
    """All folders with their ORIGIN.md; returns ``folder``."""
    stated: dict[str, list[str]] = {}
    for file, rows in tables(seed).items():
        under, _, name = file.partition("/")
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = pack(file, csv_bytes(COLUMNS[file], rows))
        path.write_bytes(packed)
        digest = hashlib.sha256(packed).hexdigest()
        stated.setdefault(under, []).append(f"| {name} | {len(packed)} | {len(rows) + 1} | {digest} |")
    for under, lines in stated.items():
        head = [
            "# Made up",
            "",
            *RELEASES.get(under, ()),
            "",
            "| file | bytes | lines (with header) | sha256 |",
            "|---|---|---|---|",
        ]
        (folder / under / ORIGIN).write_text("\n".join([*head, *lines, ""]), encoding="utf-8")
    return folder


def restate(folder: Path, file: str, content: bytes) -> None:
    """Puts other content into a file and has ORIGIN.md describe it, as somebody who made the release so would."""
    under, _, name = file.partition("/")
    packed = pack(file, content)
    (folder / file).write_bytes(packed)
    origin = folder / under / ORIGIN
    lines = [line for line in origin.read_text(encoding="utf-8").splitlines() if not line.startswith(f"| {name} ")]
    digest = hashlib.sha256(packed).hexdigest()
    lines.append(f"| {name} | {len(packed)} | {content.count(10)} | {digest} |")
    origin.write_text("\n".join([*lines, ""]), encoding="utf-8")
