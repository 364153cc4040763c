"""The whole official classification, when the site was given it: occupations, how near each is to each, their titles.

Everything here is written by one command from the official releases, in one transaction, and can be taken away again;
roles and guides do not need it. The tables are only ever emptied together, so no row follows another when it goes.
Occupations stand in one order (``place``), and every packed row of numbers of an occupation has one number for each
occupation in that order, so that all that is asked from one origin is one row.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

import numpy as np
from django.db import models
from django.urls import reverse
from numpy.typing import NDArray

from .content import SLUG_LENGTH

TITLE_LENGTH = 150
"""The longest official title has 128 characters."""

WORD_LENGTH = 40

Row = NDArray[np.float32]
"""One number for each occupation, in order of place."""


class OfficialReleaseQuerySet(models.QuerySet["OfficialRelease"]):
    """Finding the release."""

    def current(self) -> OfficialRelease | None:
        """The release that is loaded; None without one."""
        return self.first()


class OfficialRelease(models.Model):
    """One row while the classification is loaded: what it is, and what is needed to read its scores."""

    names = models.JSONField()
    """List of {name, version} of the releases that the numbers come from."""
    digest = models.CharField(max_length=64)
    """SHA-256 of everything that was read and of the rules it was computed with: the same gives the same."""
    blend = models.CharField(max_length=30)
    """Name of the rule of nearness, one of ``proximity.BLENDS``."""
    parts = models.JSONField()
    """The similarities in the rule: list of {measure, weight, mean, spread}, in the order of the packed parts."""
    quantiles = models.JSONField()
    """Scores that the rising shares of all pairs of rated occupations do not exceed: the scale of matches."""
    score_mean = models.FloatField()
    """Mean of the scores of all pairs of different rated occupations."""
    score_spread = models.FloatField()
    """Their standard deviation."""
    norms = models.JSONField()
    """``skills/Writing``, ``knowledge/Mathematics``, ... → [mean, standard deviation] of its importance over all."""
    count = models.PositiveSmallIntegerField()
    rated_count = models.PositiveSmallIntegerField()
    title_count = models.PositiveIntegerField()
    loaded_on = models.DateField()

    objects = OfficialReleaseQuerySet.as_manager()

    def __str__(self) -> str:
        return ", ".join(f"{one['name']} {one['version']}" for one in self.names)


class OfficialOccupationQuerySet(models.QuerySet["OfficialOccupation"]):
    """Finding occupations."""

    def for_list(self) -> Self:
        """Enough for a line in a list or a ranking: everything but the figures."""
        return self.defer("figures")

    def in_group(self, group: str) -> Self:
        """Those of a major group of the classification, such as "15"."""
        return self.filter(code__startswith=f"{group}-")

    def at_places(self, places: Collection[int]) -> Self:
        """Those at these places of the packed rows."""
        return self.filter(place__in=places)

    def of_codes(self, codes: Collection[str]) -> Self:
        """Those with these codes."""
        return self.filter(code__in=codes)


class OfficialOccupation(models.Model):
    """An occupation of the O*NET-SOC classification."""

    code = models.CharField(max_length=10, unique=True)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    """From the title. A role with the same slug is found first."""
    title = models.CharField(max_length=TITLE_LENGTH)
    place = models.PositiveSmallIntegerField(unique=True)
    """0 to count - 1: where it stands in every packed row."""
    is_rated = models.BooleanField()
    """Whether its skills and knowledge were rated; if not, ``proxies`` stand for it in every comparison."""
    proxies = models.JSONField(default=list)
    """Codes of the rated occupations, nearest by titles and tasks, whose mean stands for one without ratings."""
    employment = models.PositiveIntegerField("people employed", null=True, blank=True)
    median_pay = models.PositiveIntegerField("median pay a year in US dollars", null=True, blank=True)
    growth_percent = models.SmallIntegerField("projected growth in per cent", null=True, blank=True)
    education = models.CharField("usual education at entry", max_length=60, blank=True)
    job_zone = models.PositiveSmallIntegerField(null=True, blank=True)
    """1 to 5; how much preparation is usual."""
    figures = models.JSONField()
    """As ``schema.FiguresFile`` describes them, like those of ``content.Occupation``."""

    objects = OfficialOccupationQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("guides:occupation_detail", args=[self.slug])

    @property
    def group(self) -> str:
        """The major group of the classification, the first two digits of the code."""
        return self.code[:2]


class OccupationNearness(models.Model):
    """Everything that is precomputed from one occupation to all: packed rows, little-endian, in order of place."""

    occupation = models.OneToOneField(
        OfficialOccupation, on_delete=models.DO_NOTHING, primary_key=True, related_name="nearness"
    )
    scores = models.BinaryField()
    """Score of the pair with each occupation, 4 bytes each; with itself the highest. The same both ways."""
    readiness = models.BinaryField()
    """Readiness of somebody of this occupation for each, 0 to 1, 4 bytes each; for itself 1. Not the same both ways."""
    parts = models.BinaryField()
    """The similarity in each of the release's parts, one part after the other, 2 bytes each."""

    class Meta:
        verbose_name_plural = "nearness of occupations"

    def __str__(self) -> str:
        return f"Nearness of {self.occupation_id}"

    @property
    def score_row(self) -> Row:
        """The scores, unpacked."""
        return np.frombuffer(self.scores, "<f4")

    @property
    def readiness_row(self) -> Row:
        """The readiness for each, unpacked."""
        return np.frombuffer(self.readiness, "<f4")

    @property
    def part_rows(self) -> Row:
        """The similarities unpacked: parts by occupations."""
        unpacked = np.frombuffer(self.parts, "<f2").astype(np.float32)
        return unpacked.reshape(-1, len(self.score_row))


class OccupationTitle(models.Model):
    """A title that people of an occupation have; the same title may belong to several."""

    occupation = models.ForeignKey(OfficialOccupation, on_delete=models.DO_NOTHING, related_name="titles")
    title = models.CharField(max_length=TITLE_LENGTH)
    is_own = models.BooleanField()
    """Whether it is the official title itself, not an alternate."""
    rank = models.PositiveIntegerField()
    """Among titles that match a search equally well, those with the lower rank come first."""

    class Meta:
        ordering = ("rank",)

    def __str__(self) -> str:
        return self.title


class TitleWord(models.Model):
    """A word that stands in titles, as the search folds it."""

    word = models.CharField(max_length=WORD_LENGTH, unique=True)
    title_count = models.PositiveIntegerField()

    class Meta:
        ordering = ("word",)

    def __str__(self) -> str:
        return self.word


class WordInTitle(models.Model):
    """A word in a title."""

    word = models.ForeignKey(TitleWord, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    title = models.ForeignKey(OccupationTitle, on_delete=models.DO_NOTHING, related_name="word_links", db_index=False)
    rank = models.PositiveIntegerField()
    """That of the title, so that the first titles of a word are found without looking at the others."""

    class Meta:
        verbose_name_plural = "words in titles"
        indexes = (
            models.Index(fields=("word", "rank", "title"), name="titles_of_word"),
            models.Index(fields=("title", "word"), name="words_of_title"),
        )

    def __str__(self) -> str:
        return f"{self.word_id} in {self.title_id}"


class WordTrigram(models.Model):
    """Three letters in a row of a word, its beginning marked: how a misspelt word finds the ones like it."""

    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(TitleWord, on_delete=models.DO_NOTHING, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("trigram", "word"), name="words_of_trigram"),)

    def __str__(self) -> str:
        return self.trigram
