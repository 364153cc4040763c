"""Reads the official releases and writes the whole classification: every occupation, its titles, all pairs.

Everything is read, judged and computed before the first row is written, and written in one transaction, so a fault in
a file leaves what was there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from . import official_facts
from .curation import content_changed
from .models import (
    OccupationNearness,
    OccupationTitle,
    OfficialOccupation,
    OfficialRelease,
    TitleWord,
    WordInTitle,
    WordTrigram,
)
from .models.content import SLUG_LENGTH
from .models.occupations import WORD_LENGTH
from .occupation_scores import PROXIES, Scores, readiness_of_all, requirements, score_all, spread_over
from .occupation_titles import indexed, main_part, trigrams, words
from .official_data import read_occupations, read_text, stated
from .official_facts import FILES, RELEASES, OccupationFacts, read_release
from .proximity import IMPROVED, Matrix, Norm
from .table_statistics import count_rows_of

BLEND = IMPROVED
"""The rule of nearness whose scores are loaded."""

FORMAT = 1
"""Moves when the same files would give other rows, so that a load after an update of the site is not taken for done."""

TASKS = "tasks.csv.gz"

BATCH = 2000

NAMES = {
    "onet": "O*NET",
    "bls-oews": "BLS Occupational Employment and Wage Statistics",
    "bls-ooh": "BLS Occupational Outlook Handbook",
    "bls-projections": "BLS Employment Projections",
}

Progress = Callable[[str, int, int], None]
"""Called before each step with its words, the number of steps done, and how many there are."""


class _Steps:
    """Counts what is done."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.done = 0
        self.total = len(FILES) + 1 + len(BLEND.parts) + 1 + len(_TABLES)

    def step(self, name: str) -> None:
        if self.progress:
            self.progress(name, self.done, self.total)
        self.done += 1

    def file(self, name: str, done: int, total: int) -> None:
        self.step(name)


@dataclass(frozen=True)
class Loaded:
    """What a load did: nothing when the same release was there already."""

    release: OfficialRelease
    is_new: bool


def load_occupations(folder: Path, progress: Progress | None = None) -> Loaded:
    """Brings the classification in line with the releases under ``folder``; DataProblem at the first fault."""
    steps = _Steps(progress)
    facts = read_release(folder, steps.file)
    digest = _digest(facts, folder)
    current = OfficialRelease.objects.current()
    if current is not None and current.digest == digest:
        return Loaded(current, is_new=False)
    steps.step("tasks and titles")
    rated, text = read_occupations(folder), read_text(folder)
    titles = {code: (*one.alternate_titles, one.title) for code, one in facts.occupations.items()}
    scores = score_all(rated, BLEND, text, titles, steps.step)
    release, rows = _rows(facts, scores, digest)
    with transaction.atomic():
        content_changed()
        _empty()
        for model, those in rows:
            steps.step(str(model._meta.verbose_name_plural))
            model._base_manager.bulk_create(those, batch_size=BATCH)
        count_rows_of(_TABLES, changed=sum(len(those) for _, those in rows))
    return Loaded(release, is_new=True)


def remove_occupations() -> int:
    """Takes the classification away again; returns the number of occupations that were there."""
    with transaction.atomic():
        count = OfficialOccupation.objects.count()
        if count or OfficialRelease.objects.exists():
            content_changed()
            _empty()
    return count


_TABLES: tuple[type[Model], ...] = (
    OfficialRelease,
    OfficialOccupation,
    OccupationNearness,
    OccupationTitle,
    TitleWord,
    WordInTitle,
    WordTrigram,
)


def _empty() -> None:
    """Empties the tables from the last to the first, each at once."""
    for model in reversed(_TABLES):
        model._base_manager.all().delete()


def _digest(facts: official_facts.OfficialRelease, folder: Path) -> str:
    parts = (FORMAT, PROXIES, repr(BLEND), facts.digest, stated(folder, "onet")[TASKS].sha256)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


# -- Rows --------------------------------------------------------------------------------------------------------------


def _rows(
    facts: official_facts.OfficialRelease, scores: Scores, digest: str
) -> tuple[OfficialRelease, list[tuple[type[Model], Sequence[Model]]]]:
    norms = usual_importance(facts)
    occupations = _occupations(facts.occupations, scores)
    titles = _titles(occupations, facts.occupations)
    title_words, links, thirds = _index(titles)
    release = OfficialRelease(
        pk=1,
        names=[{"name": NAMES[folder], "version": " and ".join(RELEASES[folder])} for folder in NAMES],
        digest=digest,
        blend=BLEND.name,
        parts=[asdict(part) for part in scores.parts],
        quantiles=scores.scale.quantiles.tolist(),
        score_mean=scores.mean,
        score_spread=scores.spread,
        norms={name: [norm.mean, norm.spread] for name, norm in norms.items()},
        count=len(occupations),
        rated_count=facts.rated,
        title_count=len(titles),
        loaded_on=timezone.localdate(),
    )
    nearness = _nearness(occupations, facts.occupations, scores, norms)
    return release, list(
        zip(_TABLES, ([release], occupations, nearness, titles, title_words, links, thirds), strict=True)
    )


def usual_importance(facts: official_facts.OfficialRelease) -> dict[str, Norm]:
    """How important each skill and field of knowledge is over all rated occupations: ``skills/Writing``, ..."""
    found: dict[str, Norm] = {}
    for one in facts.occupations.values():
        for key, asked in requirements(one.figures).items():
            found[key] = Norm(asked["usual"], asked["spread"])
    return dict(sorted(found.items()))


def _occupations(facts: Mapping[str, OccupationFacts], scores: Scores) -> list[OfficialOccupation]:
    slugs: set[str] = set()
    found = []
    for place, code in enumerate(scores.codes):
        one = facts[code]
        slug = occupation_slug(one.title)
        if slug in slugs:
            ending = code.replace(".", "-")
            slug = f"{occupation_slug(one.title, SLUG_LENGTH - len(ending) - 1)}-{ending}"
        slugs.add(slug)
        pay, outlook = one.figures["pay"], one.figures["outlook"]
        entry, preparation = one.figures["entry"], one.figures["preparation"]
        found.append(
            OfficialOccupation(
                pk=place + 1,
                code=code,
                slug=slug,
                title=one.title,
                place=place,
                is_rated=one.has_ratings,
                proxies=list(scores.proxies.get(code, ())),
                employment=one.employment,
                median_pay=pay and pay["median"],
                growth_percent=outlook and outlook["growth_percent"],
                education=entry["education"] if entry else "",
                job_zone=preparation and preparation["job_zone"],
                figures=one.figures,
            )
        )
    return found


def occupation_slug(title: str, most: int = SLUG_LENGTH) -> str:
    """A title in an address, cut between words so that it has ``most`` characters at most."""
    slug = slugify(title.replace("/", " "))
    return slug if len(slug) <= most else slug[: most + 1].rpartition("-")[0] or slug[:most]


def _nearness(
    occupations: Sequence[OfficialOccupation],
    facts: Mapping[str, OccupationFacts],
    scores: Scores,
    norms: Mapping[str, Norm],
) -> list[OccupationNearness]:
    readiness = _readiness(facts, scores, norms)
    return [
        OccupationNearness(
            occupation=one,
            scores=scores.scores[one.place].astype("<f4").tobytes(),
            readiness=readiness[one.place].astype("<f4").tobytes(),
            parts=b"".join(table[one.place].astype("<f2").tobytes() for table in scores.similarities),
        )
        for one in occupations
    ]


def _readiness(facts: Mapping[str, OccupationFacts], scores: Scores, norms: Mapping[str, Norm]) -> Matrix:
    rated = [code for code in scores.codes if code not in scores.proxies]
    of_rated = readiness_of_all([requirements(facts[code].figures) for code in rated], norms)
    readiness = spread_over(of_rated, scores.shares)
    np.fill_diagonal(readiness, 1)
    return readiness


def _titles(occupations: Iterable[OfficialOccupation], facts: Mapping[str, OccupationFacts]) -> list[OccupationTitle]:
    """Every title of every occupation once, by rank."""
    found = []
    for one in occupations:
        own = one.title.casefold()
        others = {title.casefold(): title for title in facts[one.code].alternate_titles}
        found.append(OccupationTitle(occupation=one, title=one.title, is_own=True))
        found += [
            OccupationTitle(occupation=one, title=title, is_own=False)
            for folded, title in others.items()
            if folded != own
        ]
    found.sort(key=_rank)
    for number, title in enumerate(found, start=1):
        title.pk = title.rank = number
    return found


def _rank(title: OccupationTitle) -> tuple[int, int, int, str, str]:
    """Few words before many, then many people before few (by doublings), then few letters before many.

    Occupations that gather what has no name of its own come after all that have one.
    """
    occupation = title.occupation
    people = 0 if occupation.title.endswith("All Other") else (occupation.employment or 0).bit_length()
    return (len(words(main_part(title.title))), -people, len(title.title), title.title, occupation.code)


def _index(titles: Iterable[OccupationTitle]) -> tuple[list[TitleWord], list[WordInTitle], list[WordTrigram]]:
    found = [(title, [word for word in indexed(title.title) if len(word) <= WORD_LENGTH]) for title in titles]
    counts = Counter(word for _, those in found for word in those)
    title_words = {
        word: TitleWord(pk=number, word=word, title_count=counts[word])
        for number, word in enumerate(sorted(counts), start=1)
    }
    links = [
        WordInTitle(word=title_words[word], title=title, rank=title.rank) for title, those in found for word in those
    ]
    thirds = [
        WordTrigram(trigram=trigram, word=one) for one in title_words.values() for trigram in sorted(trigrams(one.word))
    ]
    return list(title_words.values()), links, thirds
