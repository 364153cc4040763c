"""What the official releases say of each occupation, in the shape of a file of content/figures.

Values are as published, rounded where a page would round them anyway; what the releases do not publish, or O*NET
recommends not to show, is left out and never filled in. The files are read and judged by ``official_data``; its
DataProblem names the file and the line of whatever cannot be used. Nothing is written here.
"""

from __future__ import annotations

import hashlib
import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .figures import growth_words
from .official_data import ORIGIN, DataProblem, Row, rows, stated
from .pay import TOP_CODE
from .proximity import SVP_MONTHS

Progress = Callable[[str, int, int], None]
"""Called before each file is read with its name, the number of files read so far, and how many there are."""

OEWS, OUTLOOK, PROJECTIONS, ONET = "bls-oews-2024", "bls-ooh-2024-34", "bls-ep-2023-33", "onet-30"
TASK_SHARE, OBSERVED_USE = "eloundou-2024", "microsoft-ai-2025"

OCCUPATIONS = "onet/occupations.csv.gz"
TITLES = "onet/alternate_titles.csv.gz"
SKILLS = "onet/skills.csv.gz"
KNOWLEDGE = "onet/knowledge.csv.gz"
ACTIVITIES = "onet/work_activities_intensity.csv.gz"
ABILITIES = "onet/abilities_intensity.csv.gz"
INTERESTS = "onet/interests.csv.gz"
TASK_ACTIVITIES = "onet/tasks_to_dwas.csv.gz"
TOOLS = "onet/technology_skills.csv.gz"
JOB_ZONES = "onet/job_zones.csv"
CROSSWALK = "crosswalks/onet2019_to_soc2018.csv"
WAGES = "bls-oews/oews_national_may2024.csv"
PROJECTED = "bls-ooh/ooh_projections_2024_34_by_soc.csv"
HANDBOOK = "bls-ooh/ooh_summary_2024_34.csv"
REQUIREMENTS = "bls-projections/ep_2023_33_table_1_2_projections.csv"
SEPARATIONS = "bls-projections/ep_2023_33_table_1_10_separations_openings.csv"
TASK_RATINGS = "ai-exposure/eloundou_gpts_are_gpts_occ_level.csv"
APPLICABILITY = "ai-exposure/microsoft_ai_applicability.csv"

FILES = (
    OCCUPATIONS,
    TITLES,
    SKILLS,
    KNOWLEDGE,
    ACTIVITIES,
    ABILITIES,
    INTERESTS,
    TASK_ACTIVITIES,
    TOOLS,
    JOB_ZONES,
    CROSSWALK,
    WAGES,
    PROJECTED,
    HANDBOOK,
    REQUIREMENTS,
    SEPARATIONS,
    TASK_RATINGS,
    APPLICABILITY,
)
"""The files that the facts are taken from."""

RELEASES: dict[str, tuple[str, ...]] = {
    "onet": ("29.3", "30.0"),
    "crosswalks": ("onet2019_to_soc2018",),
    "bls-oews": ("May 2024",),
    "bls-ooh": ("2024-34",),
    "bls-projections": ("2023-33",),
    "ai-exposure": ("GPTs are GPTs", "Working with AI"),
}
"""Words by which ORIGIN.md tells the release that sources.yaml describes; a newer one needs an entry of its own."""

START_YEAR, END_YEAR = 2024, 2034
"""Years of the projection in PROJECTED."""

ALL_JOBS_PERCENT = 3
"""Projected change of all jobs over those years, as the handbook's pages state beside every occupation's own."""

_NOT_PUBLISHED = {"", "*", "**", "\u2014"}

_NAMED_TOGETHER = 6
"""Occupations that share their openings are named one by one up to so many."""


@dataclass(frozen=True)
class OccupationFacts:
    """What is published of one occupation.

    ``soc`` is its SOC 2018 code, ``employment`` the employees of the occupation that wages are published for (None
    where they are not), ``alternate_titles`` other names of the job in the order of the release. ``figures`` has the
    shape of ``schema.FiguresFile`` without code and title.
    """

    code: str
    title: str
    soc: str
    has_ratings: bool
    employment: int | None
    alternate_titles: tuple[str, ...]
    figures: dict[str, Any]


@dataclass(frozen=True)
class OfficialRelease:
    """Every occupation of the classification by code, in the order of the codes.

    ``rated`` is the number of occupations whose skills are rated, ``digest`` a SHA-256 that is the same for the same
    files.
    """

    occupations: Mapping[str, OccupationFacts]
    rated: int
    digest: str


def read_release(folder: Path, progress: Progress | None = None) -> OfficialRelease:
    """The facts of all occupations from the releases under ``folder``; DataProblem at the first fault."""
    _check_releases(folder)
    read: dict[str, list[Row]] = {}
    for number, file in enumerate(FILES):
        if progress:
            progress(file, number, len(FILES))
        read[file] = rows(folder, file)
    digest = hashlib.sha256()
    for file in FILES:
        under, _, name = file.partition("/")
        digest.update(f"{file} {stated(folder, under)[name].sha256}\n".encode())
    titles = {row.code(): row.text("title") for row in read[OCCUPATIONS]}
    for file in FILES:
        column = "code" if "code" in (read[file][0].values if read[file] else ()) else "onet_code"
        for row in read[file] if file.startswith(("onet/", "crosswalks/")) else ():
            if row.code(column) not in titles:
                raise row.problem(f"{row.code(column)} is not in {OCCUPATIONS}: another version of the classification.")
    return _joined(titles, read, digest.hexdigest())


def _check_releases(folder: Path) -> None:
    for under, marks in RELEASES.items():
        stated(folder, under)
        text = (folder / under / ORIGIN).read_text(encoding="utf-8")
        for mark in marks:
            if mark not in text:
                raise DataProblem(
                    f"{under}/{ORIGIN}", 0, f'does not name "{mark}": it is not the release that sources.yaml cites.'
                )


def _joined(titles: Mapping[str, str], read: Mapping[str, list[Row]], digest: str) -> OfficialRelease:
    soc = {row.code("onet_code"): row.text("soc2018") for row in read[CROSSWALK]}
    profiles = _profiles(read)
    work = _work(read, frozenset(profiles))
    zones = {row.code(): row.whole("job_zone", 1, 5) for row in read[JOB_ZONES]}
    combined = _combined(read[WAGES], frozenset(soc.values()))
    wages = _Published(_by_code(read[WAGES], "occ_code"), combined)
    projected = _Published(_by_code(read[PROJECTED], "soc"), combined)
    requirements = _Published(_by_code(read[REQUIREMENTS], "soc"), combined)
    separations = _Published(_by_code(read[SEPARATIONS], "soc"), combined)
    outlooks = _Outlooks(read)
    task_shares = {row.code(): row.number("dv_rating_beta", 0, 1) for row in read[TASK_RATINGS]}
    use = _Published(_by_code(read[APPLICABILITY], "soc2018"), combined)
    scores = sorted(row.number("ai_applicability_score", 0, 1) for row in read[APPLICABILITY])
    alternates: dict[str, list[str]] = {}
    for row in read[TITLES]:
        alternates.setdefault(row.code(), []).append(row.text("alternate_title"))
    found: dict[str, OccupationFacts] = {}
    for code, title in sorted(titles.items()):
        if code not in soc:
            raise DataProblem(CROSSWALK, 0, f"does not have {code}: another version of the classification.")
        wage = wages.of(soc[code])
        found[code] = OccupationFacts(
            code=code,
            title=title,
            soc=soc[code],
            has_ratings=code in profiles,
            employment=_employment(wage),
            alternate_titles=tuple(alternates.get(code, ())),
            figures={
                "pay": _pay(wage),
                "outlook": outlooks.of(projected.of(soc[code])),
                "transfer": _transfer(separations.of(soc[code])),
                "entry": _entry(requirements.of(soc[code])),
                "licence": outlooks.licence(projected.of(soc[code])),
                "preparation": _preparation(zones.get(code)),
                "exposure": _exposure(task_shares.get(code), use.of(soc[code]), scores),
                "profile": profiles.get(code),
                "work": work.get(code),
            },
        )
    return OfficialRelease(found, len(profiles), digest)


# -- Statistics of occupations -----------------------------------------------------------------------------------------


def _by_code(found: Iterable[Row], column: str) -> dict[str, Row]:
    """Rows by their code. Where a broad occupation is its own only detailed one it stands twice, with equal values."""
    return {row.text(column): row for row in found}


def _combined(wages: Iterable[Row], classification: frozenset[str]) -> dict[str, str]:
    """The code that each occupation without wages of its own is published under together with others.

    Such a code begins with the same five digits and stands beside the classification's own; one that ends in 0 is the
    whole broad occupation, the others are narrower.
    """
    published = {row.text("occ_code") for row in wages}
    found: dict[str, str] = {}
    for soc in classification - published:
        within = [code for code in published - classification if code[:6] == soc[:6]]
        if within:
            found[soc] = min(within, key=lambda code: (code.endswith("0"), code))
    return found


@dataclass(frozen=True)
class _Published:
    """A table by SOC code, with the codes that occupations are combined under."""

    table: Mapping[str, Row]
    combined: Mapping[str, str]

    def of(self, soc: str) -> Row | None:
        """The row of the occupation alone, else of its combination, else of the broad occupation, else None."""
        codes = (soc, self.combined.get(soc, ""), f"{soc[:6]}0")
        return next((self.table[code] for code in codes if code in self.table), None)


def _named(row: Row, code: str, title: str) -> str:
    """Code and title of what a row is published for, without the marks of footnotes."""
    return f"{row.text(code)} {row.text(title).strip().split('[', 1)[0]}"


def _employment(row: Row | None) -> int | None:
    if row is None or row.values["tot_emp"] in _NOT_PUBLISHED:
        return None
    return row.whole("tot_emp")


def _pay(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    values: dict[str, Any] = {}
    names = {"p10": "a_pct10", "p25": "a_pct25", "median": "a_median", "p75": "a_pct75", "p90": "a_pct90"}
    for name, column in names.items():
        if row.values[column] in _NOT_PUBLISHED:
            return None
        values[name] = TOP_CODE if row.values[column] == "#" else row.whole(column, 1_000, TOP_CODE)
    if sorted(values.values()) != list(values.values()):
        raise row.problem("its percentiles of yearly wages do not ascend.")
    return values | {
        "top_coded": row.values["a_pct90"] == "#",
        "published_for": _named(row, "occ_code", "occ_title"),
        "source": OEWS,
    }


class _Outlooks:
    """Projections by occupation, with what is stated once for a page of the handbook."""

    def __init__(self, read: Mapping[str, list[Row]]) -> None:
        self.pages = {row.text("slug"): row for row in read[HANDBOOK]}
        self.on_page: dict[str, list[Row]] = {}
        self.growths: list[tuple[int, int]] = []
        codes = {row.text("soc") for row in read[PROJECTED]}
        for row in read[PROJECTED]:
            if row.text("slug") not in self.pages:
                raise row.problem(f'the page "{row.text("slug")}" is not in {HANDBOOK}: another edition.')
            if not _is_total(row.text("soc"), codes):
                self.on_page.setdefault(row.text("slug"), []).append(row)
                self.growths.append((_growth(row), row.whole("employment_2024")))
        self.workers = sum(employed for _, employed in self.growths)

    def of(self, row: Row | None) -> dict[str, Any] | None:
        """The outlook of a row of PROJECTED."""
        if row is None:
            return None
        growth, page = _growth(row), self.pages[row.text("slug")]
        openings = page.values["annual_openings_2024_34"]
        return {
            "growth_percent": growth,
            "all_jobs_percent": ALL_JOBS_PERCENT,
            "words": growth_words(growth),
            "start_year": START_YEAR,
            "end_year": END_YEAR,
            "openings_per_year": page.whole("annual_openings_2024_34") if openings not in _NOT_PUBLISHED else None,
            "openings_with": self._openings_with(row, page),
            "growth_rank": self._rank(growth),
            "published_for": _named(row, "soc", "title"),
            "source": OUTLOOK,
        }

    def licence(self, row: Row | None) -> dict[str, Any] | None:
        """Where the handbook speaks of licences and certificates; whether one is needed stands there in words."""
        if row is None:
            return None
        page = self.pages[row.text("slug")]
        section = page.text("has_licence_or_certification_section")
        if section not in ("True", "False"):
            message = f'column "has_licence_or_certification_section": "{section}" is neither True nor False.'
            raise page.problem(message)
        return {"section": section == "True", "page": page.text("url"), "source": OUTLOOK}

    def _openings_with(self, row: Row, page: Row) -> str | None:
        here = self.on_page.get(row.text("slug"), ())
        others = [other.text("title") for other in here if other is not row]
        if len(others) > _NAMED_TOGETHER:
            return f"the {len(others)} other occupations of {page.text('title')}"
        return "; ".join(others) or None

    def _rank(self, growth: int) -> float:
        """10 times the share of workers whose occupation is projected to grow less."""
        less = sum(employed for other, employed in self.growths if other < growth)
        return round(10 * less / self.workers, 1)


def _is_total(soc: str, codes: Iterable[str]) -> bool:
    """Whether a code adds up others of ``codes``, which would count their workers twice."""
    within = soc[:4] if soc.endswith("000") else soc[:6]
    return soc.endswith("0") and any(code.startswith(within) and code != soc for code in codes)


def _growth(row: Row) -> int:
    return row.whole("percent_change", -100, 300)


_TRANSFER_RATE = "Occupational transfer rate, 2023\u201333 annual average"


def _transfer(row: Row | None) -> dict[str, Any] | None:
    if row is None or row.values[_TRANSFER_RATE] in _NOT_PUBLISHED:
        return None
    return {
        "percent_per_year": row.number(_TRANSFER_RATE, 0, 100),
        "published_for": _named(row, "soc", "title"),
        "source": PROJECTIONS,
    }


_ENTRY = {
    "education": "Typical education needed for entry",
    "experience": "Work experience in a related occupation",
    "training": "Typical on-the-job training needed to attain competency in the occupation",
}


def _entry(row: Row | None) -> dict[str, Any] | None:
    if row is None or any(row.values[column] in _NOT_PUBLISHED for column in _ENTRY.values()):
        return None
    said = {name: row.text(column) for name, column in _ENTRY.items()}
    return {**said, "published_for": _named(row, "soc", "title"), "source": PROJECTIONS}


def _preparation(zone: int | None) -> dict[str, Any] | None:
    if zone is None:
        return None
    low, high = SVP_MONTHS[zone]
    return {"job_zone": zone, "months_low": int(low), "months_high": int(high), "source": ONET}


def _exposure(task_share: float | None, use: Row | None, scores: Sequence[float]) -> dict[str, Any]:
    percentile = None
    if use is not None:
        score = use.number("ai_applicability_score", 0, 1)
        percentile = _whole(100 * sum(other < score for other in scores) / len(scores))
    return {
        "task_share_percent": None if task_share is None else _whole(100 * task_share),
        "task_share_source": TASK_SHARE,
        "observed_use_percentile": percentile,
        "observed_use_source": OBSERVED_USE,
    }


def _whole(value: float) -> int:
    """The nearest whole number, halves upwards; what arithmetic adds in the last places does not count."""
    return math.floor(round(value, 6) + 0.5)


# -- What the work asks for and consists of ----------------------------------------------------------------------------


def _profiles(read: Mapping[str, list[Row]]) -> dict[str, dict[str, Any]]:
    """Ratings by code; an occupation is rated when its skills are, and then everything else has to be there."""
    parts: dict[str, tuple[str, Mapping[str, Mapping[str, Any]]]] = {
        "skills": (SKILLS, _ratings(read[SKILLS])),
        "knowledge": (KNOWLEDGE, _ratings(read[KNOWLEDGE])),
        "activities": (ACTIVITIES, _intensities(read[ACTIVITIES])),
        "abilities": (ABILITIES, _intensities(read[ABILITIES])),
        "interests": (INTERESTS, _interests(read[INTERESTS])),
    }
    found: dict[str, dict[str, Any]] = {}
    for code in sorted(parts["skills"][1]):
        found[code] = {}
        for name, (file, rated) in parts.items():
            if code not in rated:
                raise DataProblem(file, 0, f"has nothing of {code}, which {SKILLS} rates: another version.")
            found[code][name] = rated[code]
        found[code]["source"] = ONET
    return found


def _ratings(found: Iterable[Row]) -> dict[str, dict[str, dict[str, float]]]:
    """Importance (1 to 5) and level (0 to 7) by code and element, beside the element's usual importance: mean and
    standard deviation over all rated occupations. What O*NET recommends not to show is left out."""
    importance: dict[str, list[float]] = {}
    kept: list[tuple[Row, str]] = []
    codes: dict[str, dict[str, dict[str, float]]] = {}
    seen: set[tuple[str, str]] = set()
    for row in found:
        element = row.text("element")
        if (row.code(), element) in seen:
            raise row.problem(f'"{element}" stands here a second time for {row.code()}.')
        seen.add((row.code(), element))
        importance.setdefault(element, []).append(row.number("importance", 1, 5))
        codes.setdefault(row.code(), {})
        if row.values["suppress"] != "Y":
            kept.append((row, element))
    usual = {
        element: {"usual": round(statistics.fmean(values), 3), "spread": round(statistics.pstdev(values), 3)}
        for element, values in importance.items()
    }
    for row, element in kept:
        level = 0.0 if row.values["not_relevant"] == "Y" else row.number("level", 0, 7)
        codes[row.code()][element] = {"importance": row.number("importance", 1, 5), "level": level, **usual[element]}
    return codes


def _intensities(found: Iterable[Row]) -> dict[str, dict[str, float]]:
    codes: dict[str, dict[str, float]] = {}
    for row in found:
        codes.setdefault(row.code(), {})[row.text("element")] = row.number("intensity", 0, 10)
    return codes


def _interests(found: Iterable[Row]) -> dict[str, dict[str, float]]:
    codes: dict[str, dict[str, float]] = {}
    for row in found:
        # OI is the score, IH the order of the highest ones.
        if row.text("scale") == "OI":
            codes.setdefault(row.code(), {})[row.text("element")] = row.number("value", 1, 7)
    return codes


def _work(read: Mapping[str, list[Row]], rated: frozenset[str]) -> dict[str, dict[str, Any]]:
    """Ids of activities and names of products by code, each with the number of rated occupations that have it (0 where
    only others do), so that their rarity is known without the release."""
    intermediate: dict[str, set[str]] = {}
    detailed: dict[str, set[str]] = {}
    for row in read[TASK_ACTIVITIES]:
        activity = row.text("dwa_id")
        above, point, _ = activity.rpartition(".D")
        if not point:
            raise row.problem(f'column "dwa_id": "{activity}" is not the id of a detailed work activity.')
        detailed.setdefault(row.code(), set()).add(activity)
        intermediate.setdefault(row.code(), set()).add(above)
    tools: dict[str, set[str]] = {}
    hot: dict[str, set[str]] = {}
    for row in read[TOOLS]:
        tools.setdefault(row.code(), set()).add(row.text("example"))
        if row.text("hot") == "Y":
            hot.setdefault(row.code(), set()).add(row.text("example"))
    counts = [_count(bags, rated) for bags in (intermediate, detailed, tools)]
    found: dict[str, dict[str, Any]] = {}
    for code in sorted({*detailed, *tools}):
        bags = (intermediate, detailed, tools)
        by_name = [
            {thing: count[thing] for thing in sorted(bag.get(code, ()))}
            for bag, count in zip(bags, counts, strict=True)
        ]
        found[code] = {
            "rated_occupations": len(rated),
            "intermediate_activities": by_name[0],
            "detailed_activities": by_name[1],
            "tools": by_name[2],
            "hot_tools": sorted(hot.get(code, ())),
            "source": ONET,
        }
    return found


def _count(bags: Mapping[str, set[str]], rated: frozenset[str]) -> Counter[str]:
    return Counter(thing for code, bag in bags.items() if code in rated for thing in bag)
