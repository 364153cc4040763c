"""Every end of a move, and how near all are to each: what lists and pages of moves ask, held in this process.

With the classification loaded, the ends are the published roles and all official occupations, and nearness comes from
its packed rows, one for each occupation that stands for the end that is asked about. Without it the ends are the
published roles, and nearness is computed from the figures of the occupations behind them.

What is held is replaced as soon as the content moves. The version of the content is read before the rest, so what is
held is never older than its version. Ends are shared by all requests: nobody changes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .destinations import Scale, Seen, Stop
from .gap import Requirement
from .held_by_version import HeldByVersion
from .models import (
    OccupationNearness,
    OfficialOccupation,
    OfficialRelease,
    Phase,
    RequiredSkill,
    Role,
    RoleOccupation,
    Transition,
)
from .models.content import RoleQuerySet
from .occupation_scores import readiness_of_all, requirements
from .proximity import (
    STRUCTURED,
    STRUCTURED_SCALE,
    STRUCTURED_SPREAD,
    SVP_MONTHS,
    MatchScale,
    Matrix,
    Months,
    Norm,
    Occupations,
    Part,
    Rarity,
    Reason,
    Space,
)
from .role_profiles import TOGETHER, requirement_of
from .transition import Match, Preparation, Teaches, margin, mean_months
from .vocabulary import Education, OccupationMatch, Remote

NEAREST = 99.5
"""Match from which pairs are in the highest band; counts where two ends share an occupation."""

CANDIDATES = 12
"""Ends between two others that are looked at closely."""

Row = NDArray[np.floating[Any]]
"""One number for each occupation that is known, in order of place."""


@dataclass(frozen=True, eq=False)
class View:
    """What an end sees of every occupation: the means of what the occupations behind it see."""

    scores: Row
    readiness: Row
    similarities: Row
    """Parts of the blend by occupations."""


@dataclass(frozen=True, eq=False)
class Table:
    """All pairs of a few occupations, computed from their figures."""

    scores: Row
    readiness: Row
    similarities: Row

    def rows(self, place: int) -> tuple[Row, Row, Row]:
        """Scores, readiness and similarities from one occupation to all."""
        return self.scores[place], self.readiness[place], self.similarities[:, place]


class Atlas:
    """The ends of one version of the content.

    ``places``: code of an occupation → its place in every row. ``proxies``: code of an unrated occupation → codes of
    those that stand for it. ``table``: all pairs where they were computed here, None where they are read from the
    database. ``written``: slug of an origin → slug of a destination → weeks of the written guide.
    """

    def __init__(self) -> None:
        release = OfficialRelease.objects.current()
        roles = Role.objects.published()
        links, known = _behind(roles, with_figures=release is None)
        occupations = list(OfficialOccupation.objects.for_list()) if release else []
        if release:
            self.places = {one.code: one.place for one in occupations}
            self.table: Table | None = None
            self.parts = tuple(Part(**part) for part in release.parts)
            self.match_scale = MatchScale(np.array(release.quantiles, np.float64))
            self.scale = Scale(release.score_mean, release.score_spread)
        else:
            rated = {code: figures for code, figures in sorted(known.items()) if is_rated(figures)}
            self.places = {code: place for place, code in enumerate(rated)}
            self.table = _table(rated)
            self.parts = STRUCTURED.parts
            self.match_scale = STRUCTURED_SCALE
            self.scale = Scale(*STRUCTURED_SPREAD)
        self._nearest = self.match_scale.score(NEAREST)
        self.proxies = {one.code: tuple(one.proxies) for one in occupations if one.proxies}
        self.has_occupations = release is not None
        skills, teaches = _required(roles), _taught(roles)
        employment = {one.code: one.employment for one in occupations}
        stops = [
            self._role_stop(role, links.get(role.pk, []), skills.get(role.pk, []), teaches.get(role.pk, {}), employment)
            for role in roles.select_related("category", "roadmap")
            .only(*_OF_ROLES)
            .order_by("title")
            .iterator(TOGETHER)
        ]
        held_under = _held_under(links, skills)
        taken = {stop.slug for stop in stops}
        zones = {one.code: one.job_zone for one in occupations}
        stops += [
            _occupation_stop(one, held_under.get(one.code), [zones[code] for code in one.proxies])
            for one in occupations
            if one.slug not in taken
        ]
        self.stops = tuple(stops)
        self.by_slug = {stop.slug: stop for stop in stops}
        self.written = _written()
        self._owners = np.array([index for index, stop in enumerate(stops) for _ in stop.places], np.intp)
        self._places = np.array([place for stop in stops for place, _ in stop.places], np.intp)
        self._weights = np.array([weight for stop in stops for _, weight in stop.places])
        self._is_placed = np.array([bool(stop.places) for stop in stops])

    @property
    def roles(self) -> list[tuple[str, str]]:
        """Slug and title of each role, by title."""
        return [(stop.slug, stop.title) for stop in self.stops if stop.is_role]

    def views(self, *ends: Stop) -> list[View | None]:
        """What each end sees, in one query for all of them; None for one that no rated occupation stands for."""
        places = {place for end in ends for place, _ in end.places}
        rows = {place: self.table.rows(place) for place in places} if self.table else _packed(places)
        return [self._view(end, rows) for end in ends]

    def seen(self, end: Stop, view: View | None, among: Iterable[int] | None = None) -> list[Seen]:
        """Every end, or those of these numbers in ``stops``, as ``end`` sees it; itself with the highest match."""
        if view is None:
            return [Seen(stop, None, None, None) for stop in self.stops]
        scores = self._over_stops(view.scores)
        matches = self.match_scale.matches(scores.astype(np.float64))
        ready = self._over_stops(view.readiness)
        highest = float(scores.max())
        found = []
        for index in range(len(self.stops)) if among is None else among:
            stop = self.stops[index]
            if stop.slug == end.slug:
                found.append(Seen(stop, highest, 100.0, 1.0))
            elif stop.places:
                found.append(Seen(stop, float(scores[index]), float(matches[index]), float(ready[index])))
            else:
                found.append(Seen(stop, None, None, None))
        return found

    def between(self, views: tuple[View | None, View | None]) -> list[int]:
        """Numbers in ``stops`` of the ends that are most alike both of two others, the best first."""
        first, second = views
        if first is None or second is None:
            return []
        weaker = np.minimum(self._over_stops(first.scores), self._over_stops(second.scores))
        weaker[~self._is_placed] = -np.inf
        found: list[int] = np.argsort(-weaker, kind="stable")[:CANDIDATES].tolist()
        return found

    def match(self, origin: Stop, destination: Stop, view: View | None) -> Match | None:
        """How alike two ends are, with what each similarity adds; ``view`` is the origin's."""
        if view is None or not destination.places:
            return None
        if origin.slug == destination.slug:
            return Match(100.0)
        places = np.array([place for place, _ in destination.places])
        weights = np.array([weight for _, weight in destination.places])
        value = self.match_scale.match(float(view.scores[places] @ weights))
        alike = view.similarities[:, places] @ weights
        return Match(value, margin(origin.is_uncertain, destination.is_uncertain), self._reasons(alike))

    def _reasons(self, alike: Iterable[float]) -> tuple[Reason, ...]:
        found = []
        for part, similarity in zip(self.parts, alike, strict=True):
            mean, spread = part.mean or 0.0, part.spread or 1.0
            found.append(Reason(part.measure, float(similarity), part.weight * (float(similarity) - mean) / spread))
        return tuple(sorted(found, key=lambda reason: -reason.points))

    def _view(self, end: Stop, rows: Mapping[int, tuple[Row, Row, Row]]) -> View | None:
        if not end.places or any(place not in rows for place, _ in end.places):
            return None
        found = [self._of_one(place, weight, rows[place]) for place, weight in end.places]
        first = found[0]
        for others in found[1:]:
            first = [before + more for before, more in zip(first, others, strict=True)]
        return View(*first)

    def _of_one(self, place: int, weight: float, rows: tuple[Row, Row, Row]) -> list[Row]:
        """What one occupation adds to the view. To itself it is as near as the nearest of others can be: two roles that
        share an occupation are alike, and its full identity would drown the occupations that they do not share."""
        scores, ready, similarities = rows
        scores = scores.copy()
        scores[place] = self._nearest
        return [weight * scores, weight * ready, weight * similarities]

    def _over_stops(self, row: Row) -> Row:
        """The weighted means of a row over the occupations of each end."""
        over = np.bincount(self._owners, self._weights * row[self._places], len(self.stops))
        return over.astype(np.float64)

    def _role_stop(
        self,
        role: Role,
        links: Sequence[Behind],
        required: Sequence[Requirement],
        teaches: Mapping[str, tuple[float, int]],
        employment: Mapping[str, int | None],
    ) -> Stop:
        rated = [link for link in links if link.code in self.places]
        total = sum(link.weight for link in rated)
        people = [(link.weight / total, employment.get(link.code)) for link in rated]
        pace = role.roadmap.hours_per_week if hasattr(role, "roadmap") else 1
        education = next((link.education for link in links if link.education is not None), None)
        return Stop(
            slug=role.slug,
            title=role.title,
            plural=role.plural,
            article=role.article,
            address=role.get_absolute_url(),
            is_role=True,
            line=role.category.line,
            group=role.category.name,
            remote=Remote(role.remote),
            medians=(role.median_low, role.median_high) if role.median_low and role.median_high else None,
            education=education_of(education) if education is not None else None,
            employment=round(sum(weight * number for weight, number in people if number)) or None,
            is_uncertain=any(link.match == OccupationMatch.PROXY or not link.is_rated for link in links),
            places=tuple((self.places[link.code], link.weight / total) for link in rated),
            required=tuple(required),
            teaches={skill: Teaches(weeks * pace, phase) for skill, (weeks, phase) in teaches.items()},
            hours_per_week=pace,
            held={one.skill: one.level for one in required},
        )


def _occupation_stop(
    one: OfficialOccupation, held: Mapping[str, int] | None, zones_of_proxies: Sequence[int | None]
) -> Stop:
    zones = [one.job_zone] if one.job_zone else zones_of_proxies
    usual = [Preparation(1.0, Months(*SVP_MONTHS[zone])) for zone in zones if zone]
    return Stop(
        slug=one.slug,
        title=one.title,
        plural=one.title,
        address=one.get_absolute_url(),
        is_role=False,
        medians=(one.median_pay, one.median_pay) if one.median_pay else None,
        education=education_of(one.education),
        employment=one.employment,
        is_uncertain=not one.is_rated,
        places=((one.place, 1.0),),
        preparation=mean_months(usual),
        held=held,
    )


def education_of(words: str) -> Education | None:
    """The education that the statistics office's words mean; None for words that it does not have."""
    return next((one for one in Education if one.label == words), None)


# -- What is read ------------------------------------------------------------------------------------------------------

_OF_ROLES = (
    "slug", "title", "plural", "article", "remote", "median_low", "median_high", "category__name", "category__line",
    "roadmap__hours_per_week",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """An occupation behind a role. ``education``: the usual one at entry, in words; None where none is published."""

    code: str
    weight: float
    match: str
    is_rated: bool
    education: str | None


def _behind(roles: RoleQuerySet, *, with_figures: bool) -> tuple[dict[int, list[Behind]], dict[str, Mapping[str, Any]]]:
    """Role → its occupations, the heaviest first; and code → figures, which are long, where they are wanted."""
    found: dict[int, list[Behind]] = {}
    known: dict[str, Mapping[str, Any]] = {}
    rows = RoleOccupation.objects.filter(role__in=roles).select_related("occupation")
    for link in rows.iterator(TOGETHER):
        figures = link.occupation.figures
        one = Behind(
            link.occupation.code,
            link.weight,
            link.match,
            is_rated(figures),
            figures["entry"]["education"] if figures["entry"] else None,
        )
        found.setdefault(link.role_id, []).append(one)
        if with_figures:
            known.setdefault(one.code, figures)
    return found, known


def _required(roles: RoleQuerySet) -> dict[int, list[Requirement]]:
    found: dict[int, list[Requirement]] = {}
    for one in RequiredSkill.objects.filter(role__in=roles).for_gap().iterator(TOGETHER):
        found.setdefault(one.role_id, []).append(requirement_of(one))
    return found


def _taught(roles: RoleQuerySet) -> dict[int, dict[str, tuple[float, int]]]:
    """Role → skill → weeks that its roadmap spends on it, and the number of the phase that begins with it."""
    found: dict[int, dict[str, tuple[float, int]]] = {}
    rows = Phase.objects.filter(roadmap__role__in=roles).order_by("number")
    for role, number, teaches in rows.values_list("roadmap__role", "number", "teaches").iterator(TOGETHER):
        skills = found.setdefault(role, {})
        for one in teaches:
            skill = intern(one["skill"])
            weeks, phase = skills.get(skill, (0.0, number))
            skills[skill] = (weeks + one["weeks"], phase)
    return found


def _held_under(
    links: Mapping[int, Sequence[Behind]],
    skills: Mapping[int, Sequence[Requirement]],
) -> dict[str, dict[str, int]]:
    """Code of an occupation → levels of our skills that whoever works in it is taken to hold: those that every role
    asks for whose title official statistics count there. Codes that cover no role are left out."""
    found: dict[str, dict[str, int]] = {}
    for role, behind in links.items():
        asked: dict[str, int] = {one.skill: one.level for one in skills.get(role, [])}
        for link in behind:
            if link.match == OccupationMatch.COVERS:
                code = link.code
                before = found.get(code, asked)
                found[code] = {skill: min(level, asked[skill]) for skill, level in before.items() if skill in asked}
    return found


def _written() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = Transition.objects.published().values_list("origin__slug", "destination__slug", "weeks")
    for origin, destination, weeks in rows.iterator(TOGETHER):
        found.setdefault(origin, {})[destination] = weeks
    return found


def _packed(places: Iterable[int]) -> dict[int, tuple[Row, Row, Row]]:
    rows = OccupationNearness.objects.filter(occupation__place__in=list(places)).select_related("occupation")
    return {
        one.occupation.place: (one.score_row, one.readiness_row, one.part_rows)
        for one in rows.only("scores", "readiness", "parts", "occupation__place")
    }


# -- Nearness from figures alone ---------------------------------------------------------------------------------------


def is_rated(figures: Mapping[str, Any]) -> bool:
    """Whether an occupation's figures hold the ratings that nearness is computed from."""
    return bool(figures.get("profile")) and bool(figures.get("work"))


RATED_KINDS = ("skills", "knowledge")


def _table(rated: Mapping[str, Mapping[str, Any]]) -> Table:
    """All pairs by blend B, whose means, spreads and scale are those of all rated occupations."""
    count = len(rated)
    if not count:
        return Table(np.zeros((0, 0)), np.zeros((0, 0)), np.zeros((len(STRUCTURED.parts), 0, 0)))
    space = Space(_occupations(rated))
    similarities = np.stack([space.similarity(part.measure) for part in STRUCTURED.parts])
    profiles = [requirements(figures) for figures in rated.values()]
    usual = {key: Norm(rating["usual"], rating["spread"]) for profile in profiles for key, rating in profile.items()}
    return Table(space.blended(STRUCTURED), readiness_of_all(profiles, usual), similarities)


LEAST = 1.0
"""Importance that counts where O*NET recommends not to show its own; nearly all of those are near to the least."""


def _occupations(rated: Mapping[str, Mapping[str, Any]]) -> Occupations:
    """The figures of some occupations as the measures of nearness take them."""
    figures = list(rated.values())

    def matrix(kind: str, missing: float) -> Matrix:
        names = sorted({name for one in figures for name in one["profile"][kind]})
        parts = [one["profile"][kind] for one in figures]
        return np.array(
            [[_number(part[name]) if name in part else missing for name in names] for part in parts], np.float64
        )

    def bags(kind: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(one["work"][kind]) for one in figures)

    def rarity(kind: str) -> Rarity:
        having = {thing: number for one in figures for thing, number in one["work"][kind].items()}
        return Rarity(figures[0]["work"]["rated_occupations"], having)

    return Occupations(
        codes=tuple(rated),
        skills=matrix("skills", LEAST),
        knowledge=matrix("knowledge", LEAST),
        activities=matrix("activities", 0),
        abilities=matrix("abilities", 0),
        interests=matrix("interests", LEAST),
        intermediate_activities=bags("intermediate_activities"),
        detailed_activities=bags("detailed_activities"),
        tools=bags("tools"),
        text=tuple("" for _ in figures),
        titles=tuple(() for _ in figures),
        rarity={kind.replace("_", " "): rarity(kind) for kind in _BAGS},
    )


_BAGS = ("intermediate_activities", "detailed_activities", "tools")


def _number(rating: float | Mapping[str, float]) -> float:
    return rating["importance"] if isinstance(rating, Mapping) else rating


# -- What is held ------------------------------------------------------------------------------------------------------

_atlas = HeldByVersion(Atlas)

forget = _atlas.forget


def atlas() -> Atlas:
    """The ends of moves that visitors may see now: one query when they are held already."""
    return _atlas.now()
