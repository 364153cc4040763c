"""A made-up classification with titles that people type, one occupation of it without ratings."""

from __future__ import annotations

from pathlib import Path

from guides.official_data import COLUMNS
from tests.official_release import CODES, csv_bytes, restate, tables, write_release

UNRATED = "15-1299.00"

TITLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "11-1011.00": ("Marketing Managers", ("Brand Manager", "Marketing Director")),
    "11-1021.00": ("Office Managers", ("Office Manager", "Receptionist Supervisor")),
    "11-2031.00": ("Sales Managers", ("Regional Sales Manager",)),
    "15-1011.00": ("Software Developers", ("Back End Developer", "C++ Developer", "Software Engineer")),
    "15-1021.00": ("Web Developers", ("Front End Developer", "Back End Developer")),
    "15-2031.00": ("Data Scientists", ("Data Analyst", "Machine Learning Scientist")),
    UNRATED: ("Computer Occupations, All Other", ("Prompt Writer", "Software Tamer")),
    "27-1011.00": ("Graphic Designers", ("Graphic Artist", "Logo Designer")),
    "27-1021.00": ("Film Editors", ("Video Editor (Film and Video Editor)",)),
    "27-2031.00": ("Elementary School Teachers, Except Special Education", ("Elementary Teacher", "Primary Teacher")),
    "29-1011.00": ("Registered Nurses", ("Nurse", "Staff Nurse")),
    "29-1021.00": ("Lawyers", ("Attorney", "Trial Lawyer")),
    "29-2031.00": ("Receptionists and Information Clerks", ("Receptionist", "Café Host")),
}

ALL_CODES = sorted([*CODES, UNRATED])


def write_classification(folder: Path, titles: dict[str, tuple[str, tuple[str, ...]]] = TITLES) -> Path:
    """The made-up release of ``official_release`` under these titles; returns ``folder``."""
    write_release(folder)
    made = tables()
    descriptions = {str(row[0]): row[2] for row in made["onet/occupations.csv.gz"]}
    rewritten: dict[str, list[list[object]]] = {
        "onet/occupations.csv.gz": [
            [code, title, descriptions.get(code, "People who write programs that fit nowhere else.")]
            for code, (title, _) in sorted(titles.items())
        ],
        "onet/alternate_titles.csv.gz": [
            [code, title, "", "08"] for code, (_, others) in sorted(titles.items()) for title in others
        ],
        "crosswalks/onet2019_to_soc2018.csv": [
            [code, title, code[:7], title] for code, (title, _) in sorted(titles.items())
        ],
    }
    for file, rows in rewritten.items():
        restate(folder, file, csv_bytes(COLUMNS[file], rows))
    return folder
