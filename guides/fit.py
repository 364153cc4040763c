"""How well a role suits what somebody answered, with every reason and how much it moved.

Each answer meets one fact of the role and gives or takes points, at most the weight of its matter. The score is the sum
of the points and nothing else; the band compares it with the most that the answered matters could have given, so that
what was left open counts neither way. A limit that the role breaks is a dealbreaker: it is shown and the band is "not
now", whatever the rest says. Nobody has measured these weights. They are our judgement, stated here and shown with each
reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil

from . import fit_questions as asked
from .duration import WEEKS_PER_MONTH
from .fit_questions import ALONE, EITHER, NO, PART, TOGETHER, UNSURE, YES, FitQuestion, Matter
from .gap import SkillGap, between
from .plan import QUICKER, SLOWER
from .profile import RoleProfile
from .vocabulary import Coding, Education, EntryBarrier, FitBand, Level, Liking, Remote


class Finding(StrEnum):
    """Where a figure of the role lies against the one answered; empty where the answer alone tells."""

    NONE = ""
    NEARLY_ALL_EARN_IT = "nearly-all-earn-it"
    MOST_EARN_IT = "most-earn-it"
    HALF_EARN_IT = "half-earn-it"
    DEPENDS_ON_OCCUPATION = "depends-on-occupation"
    A_QUARTER_EARNS_IT = "a-quarter-earns-it"
    FEW_EARN_IT = "few-earn-it"
    HARDLY_ANYBODY_EARNS_IT = "hardly-anybody-earns-it"
    FITS_EVEN_IF_SLOW = "fits-even-if-slow"
    FITS = "fits"
    FITS_IF_FAST = "fits-if-fast"
    TOO_LONG = "too-long"


WEIGHT: Mapping[Matter, int] = {
    Matter.CODING: 10,
    Matter.REMOTE: 10,
    Matter.AI: 6,
    Matter.PAY: 15,
    Matter.TIME: 15,
    Matter.BARRIER: 10,
    Matter.EDUCATION: 6,
    Matter.COMPANY: 6,
    Matter.DAY: 40,
    Matter.BACKGROUND: 6,
    Matter.SKILLS: 20,
}
"""The most points that a matter can give or take.

The day weighs most, because it is what one does all week. Pay and time decide whether the move can be made at all.
Skills can be learned, and their time is counted under time already. Education and backgrounds describe who usually
comes, not who may come.
"""

DAY_PIECES = 8
"""Most pieces of a day that share its weight equally; each piece gives at least a point."""

FINE_SHARE = 0.25
"""What a piece of work that is just fine gives of what an enjoyed one gives: it does no harm, but draws nobody."""

CODING_POINTS: Mapping[tuple[Coding, str], int] = {
    (Coding.NONE, YES): 0,
    (Coding.NONE, NO): 10,
    (Coding.OPTIONAL, YES): 5,
    (Coding.OPTIONAL, NO): -3,
    (Coding.REQUIRED, YES): 10,
    (Coding.REQUIRED, NO): -10,
}
"""Willing or not, by what the role asks. Being willing is no advantage where nothing is to be programmed."""

REMOTE_POINTS: Mapping[tuple[Remote, str], int] = {
    (Remote.NO, YES): -10,
    (Remote.NO, PART): -10,
    (Remote.NO, NO): 5,
    (Remote.HYBRID, YES): -6,
    (Remote.HYBRID, PART): 10,
    (Remote.HYBRID, NO): 5,
    (Remote.YES, YES): 10,
    (Remote.YES, PART): 10,
    (Remote.YES, NO): 5,
}
"""Half the weight for those who do not mind: there is no obstacle, and no attraction either. Partly remote is no
dealbreaker for those who need all of it, because employers differ."""

AI_POINTS: Mapping[tuple[bool, str], int] = {(True, YES): 6, (True, NO): -6, (False, YES): 0, (False, NO): 6}
"""By whether the role works with AI tools all day, and whether that is wanted."""

PAY_POINTS: Mapping[Finding, int] = {
    Finding.NEARLY_ALL_EARN_IT: 15,
    Finding.MOST_EARN_IT: 11,
    Finding.HALF_EARN_IT: 6,
    Finding.DEPENDS_ON_OCCUPATION: 0,
    Finding.A_QUARTER_EARNS_IT: -6,
    Finding.FEW_EARN_IT: -11,
    Finding.HARDLY_ANYBODY_EARNS_IT: -15,
}
"""By how many earn at least the floor that somebody needs: nine in ten, three in four, half, a quarter, one in ten.
Official medians are those of all employees, so a floor at the median is no safe ground for a beginner. The last is a
dealbreaker."""

TIME_POINTS: Mapping[Finding, int] = {
    Finding.FITS_EVEN_IF_SLOW: 15,
    Finding.FITS: 8,
    Finding.FITS_IF_FAST: -5,
    Finding.TOO_LONG: -15,
}
"""By whether the time at hand holds the slow end, the middle or only the fast end of the time that a plan would state;
else a dealbreaker."""

BARRIER_POINTS: Mapping[int, int] = {0: 6, 1: 10, 2: 10}
BARRIER_TOO_HIGH = -10
"""By how many steps the barrier lies under the highest one accepted; a higher one is a dealbreaker."""

BACKGROUND_POINTS: Mapping[str, int] = {asked.ANY: 6, asked.NONE: -2}
"""Coming from elsewhere takes little: the list names usual ways in, not the only ones."""

SKILLS_AGAINST = 5
"""The most that missing skills take; they can be learned."""

ONE_STEP_SHORT = -2
FURTHER_SHORT = -4
"""Less than the typical education: statistics say what is usual, not what is required, so it is never a dealbreaker."""

ENOUGH = 1 / 3
"""Share of the weight asked that has to be answered before there is a band."""

ENOUGH_FOR_STRONG = 1 / 2
"""Share of the weight asked that has to be answered before "strong" is said."""

STRONG_FROM, PROMISING_FROM, STRETCH_FROM = 0.55, 0.2, -0.2
"""Least share of the possible points for each band."""

BEST_FIRST = (FitBand.STRONG, FitBand.PROMISING, FitBand.STRETCH, FitBand.NOT_ENOUGH, FitBand.NOT_NOW)
"""Bands in the order of a ranking: not knowing is better than knowing that it does not go."""

CHANGES_SHOWN = 3
PACES_TRIED = (5, 8, 10, 15, 20, 30, 40)
"""Hours a week that are tried when looking for what would change a result."""


@dataclass(frozen=True)
class FitAnswers:
    """What is known of somebody: ``values`` by field of a question, ``held`` skills by slug, the slug of their role.

    Values that no question understands count as not answered. An answer about a skill replaces the level in ``held``.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    current_role: str = ""

    def levels(self) -> dict[str, int]:
        """Levels by skill, the answers included."""
        levels = dict(self.held)
        for name, value in self.values.items():
            if name.startswith(asked.SKILL_PREFIX) and value in asked.SKILL_LEVELS:
                levels[name.removeprefix(asked.SKILL_PREFIX)] = int(value)
        return levels

    def choice(self, question: FitQuestion) -> str | None:
        """The option chosen, "unsure" included; None when nothing usable was."""
        return asked.choice(question, self.values.get(question.field, ""))

    def number(self, question: FitQuestion) -> int | None:
        """The number given; None when nothing usable was."""
        return asked.number(question, self.values.get(question.field, ""))


@dataclass(frozen=True)
class Reason:
    """One answer met one fact and moved the score by ``points`` of at most ``weight``.

    ``source`` is the slug of the source of the fact, empty for what this site's guide says itself. ``subject`` is the
    piece of work it is about. ``amount`` is the figure of the role that decided: dollars a year for pay, months for
    time, levels reached in per cent for skills; 0 elsewhere. ``pace`` is hours a week behind a time.
    """

    matter: Matter
    field: str
    answer: str
    points: int
    weight: int
    is_dealbreaker: bool = False
    source: str = ""
    subject: str = ""
    finding: Finding = Finding.NONE
    amount: int = 0
    pace: int = 0


@dataclass(frozen=True)
class Change:
    """What the result would be if one answer were another; ``points`` is the difference to the score."""

    question: FitQuestion
    answer: str
    band: FitBand
    score: int
    points: int


@dataclass(frozen=True)
class Fit:
    """The result for one role.

    The points of all ``reasons`` add up to ``score``, dealbreakers included. ``possible`` is the most that the answered
    matters could give, ``asked_weight`` the most that all could. ``unsure`` counts answers that say so.
    """

    role: str
    title: str
    band: FitBand
    score: int
    possible: int
    asked_weight: int
    answered: int
    unsure: int
    asked: int
    reasons: tuple[Reason, ...]
    gap: SkillGap
    would_change: tuple[Change, ...] = ()

    @property
    def reasons_for(self) -> tuple[Reason, ...]:
        """What speaks for the role, the strongest first."""
        return tuple(one for one in self.reasons if one.points > 0)

    @property
    def reasons_against(self) -> tuple[Reason, ...]:
        """What speaks against it, dealbreakers first, then the strongest."""
        against = [one for one in self.reasons if one.points < 0]
        return tuple(sorted(against, key=lambda one: not one.is_dealbreaker))

    @property
    def neutral(self) -> tuple[Reason, ...]:
        """Answers that moved nothing."""
        return tuple(one for one in self.reasons if one.points == 0)

    @property
    def dealbreakers(self) -> tuple[Reason, ...]:
        """Limits that the role breaks; they stand among the reasons against too."""
        return tuple(one for one in self.reasons if one.is_dealbreaker)

    @property
    def share(self) -> float:
        """Score of the possible points, -1 to 1; 0 when nothing was answered."""
        return self.score / self.possible if self.possible else 0.0

    @property
    def coverage(self) -> float:
        """Share of the weight asked that was answered, 0 to 1."""
        return self.possible / self.asked_weight if self.asked_weight else 0.0


def assess(profile: RoleProfile, answers: FitAnswers) -> Fit:
    """The fit of a role, with the answers that would change its band."""
    sheet = sheet_of(profile)
    fit = _judge(sheet, answers)
    return replace(fit, would_change=_would_change(sheet, answers, fit))


@dataclass(frozen=True)
class Sheet:
    """What one role asks and weighs, worked out once for all the answers that are tried on it."""

    profile: RoleProfile
    questions: tuple[FitQuestion, ...]
    weights: Mapping[str, int]
    """Field → weight: hours belong to the months, and all skills are one matter."""


def sheet_of(profile: RoleProfile) -> Sheet:
    """The sheet of a role."""
    questions = asked.questions_for(profile)
    pieces = sum(question.matter == Matter.DAY for question in questions)
    piece = max(1, WEIGHT[Matter.DAY] // max(1, min(DAY_PIECES, pieces)))
    weights = {
        question.field: piece if question.matter == Matter.DAY else WEIGHT[question.matter]
        for question in questions
        if question.matter != Matter.SKILLS and question.field != asked.HOURS.field
    }
    if profile.required:
        weights[Matter.SKILLS.value] = WEIGHT[Matter.SKILLS]
    return Sheet(profile, questions, weights)


def judge(profile: RoleProfile, answers: FitAnswers) -> Fit:
    """The fit of a role without a look at what would change it."""
    return _judge(sheet_of(profile), answers)


def _judge(sheet: Sheet, answers: FitAnswers, gap: SkillGap | None = None) -> Fit:
    profile, matters, levels = sheet.profile, sheet.weights, answers.levels()
    gap = gap or between(levels, profile.required)
    unsure = sum(answers.values.get(name) == UNSURE for name in matters)
    reasons = [one for one in _reasons(sheet, answers, levels, gap) if one]
    reasons.sort(key=lambda one: -abs(one.points))
    score = sum(one.points for one in reasons)
    possible = sum(one.weight for one in reasons)
    asked_weight = sum(matters.values())
    return Fit(
        role=profile.slug,
        title=profile.title,
        band=_band(score, possible, asked_weight, any(one.is_dealbreaker for one in reasons)),
        score=score,
        possible=possible,
        asked_weight=asked_weight,
        answered=len(reasons),
        unsure=unsure,
        asked=len(matters),
        reasons=tuple(reasons),
        gap=gap,
    )


def rank(sheets: Iterable[Sheet], answers: FitAnswers) -> tuple[Fit, ...]:
    """All roles judged by the same answers, the best first; equal ones by title. Their ``would_change`` stays empty."""
    return tuple(sorted((_judge(sheet, answers) for sheet in sheets), key=_place))


def better(fit: Fit, ranked: Iterable[Fit]) -> tuple[Fit, ...]:
    """Those of ``ranked`` that the same answers suit better, the best first; none without a result that tells."""
    known = [
        one
        for one in ranked
        if one.role != fit.role
        and one.band not in {FitBand.NOT_ENOUGH, FitBand.NOT_NOW}
        and (BEST_FIRST.index(one.band), -one.share) < (BEST_FIRST.index(fit.band), -fit.share)
    ]
    return tuple(sorted(known, key=_place))


def is_clear(ranked: Iterable[Fit]) -> bool:
    """Whether the answers point anywhere: at least one role is promising."""
    return any(one.band in {FitBand.STRONG, FitBand.PROMISING} for one in ranked)


def months_needed(profile: RoleProfile, levels: Mapping[str, int], hours_per_week: int) -> float:
    """Months of the role's roadmap at a pace, without the weeks that teach skills held at the level asked."""
    saved = sum(
        profile.taught_weeks.get(one.skill, 0.0) for one in profile.required if levels.get(one.skill, 0) >= one.level
    )
    weeks = max(0.0, profile.duration.weeks - saved)
    return weeks * profile.duration.hours_per_week / hours_per_week / WEEKS_PER_MONTH


def _place(fit: Fit) -> tuple[int, float, float, str, str]:
    return BEST_FIRST.index(fit.band), -fit.share, -fit.coverage, fit.title, fit.role


def _band(score: int, possible: int, asked_weight: int, is_broken: bool) -> FitBand:
    if is_broken:
        return FitBand.NOT_NOW
    if not possible or possible < ENOUGH * asked_weight:
        return FitBand.NOT_ENOUGH
    share = score / possible
    if share >= STRONG_FROM and possible >= ENOUGH_FOR_STRONG * asked_weight:
        return FitBand.STRONG
    if share >= PROMISING_FROM:
        return FitBand.PROMISING
    return FitBand.STRETCH if share >= STRETCH_FROM else FitBand.NOT_NOW


def _reasons(sheet: Sheet, answers: FitAnswers, levels: Mapping[str, int], gap: SkillGap) -> Iterator[Reason | None]:
    profile = sheet.profile
    for rule in _LIMITS:
        yield rule(profile, answers)
    yield _time(profile, answers, levels)
    for question in sheet.questions:
        if question.matter == Matter.DAY:
            yield _piece(question, answers, sheet.weights[question.field])
    yield _background(profile, answers)
    yield _skills(profile, levels, gap)


def _told(question: FitQuestion, answers: FitAnswers) -> str | None:
    """The option chosen, unless it says "unsure"."""
    chosen = answers.choice(question)
    return None if chosen == UNSURE else chosen


def _coding(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    chosen = _told(asked.CODING, answers)
    if chosen is None:
        return None
    broken = profile.coding == Coding.REQUIRED and chosen == NO
    return _limit(asked.CODING, chosen, CODING_POINTS[profile.coding, chosen], broken)


def _remote(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    chosen = _told(asked.REMOTE, answers)
    if chosen is None:
        return None
    broken = profile.remote == Remote.NO and chosen in {YES, PART}
    return _limit(asked.REMOTE, chosen, REMOTE_POINTS[profile.remote, chosen], broken)


def _ai(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    chosen = _told(asked.AI, answers)
    if chosen is None:
        return None
    return _limit(asked.AI, chosen, AI_POINTS[profile.has_ai, chosen], profile.has_ai and chosen == NO)


def _pay(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    """Against the percentiles of the occupations: the least favourable floor and the most favourable ceiling are
    used."""
    floor, medians, envelope = answers.number(asked.PAY), profile.pay.medians, profile.pay.envelope
    if floor is None or medians is None or envelope is None:
        return None
    all_pay = profile.pay.percentiles
    steps = (
        (envelope[0], Finding.NEARLY_ALL_EARN_IT),
        (min(pay.p25 for pay in all_pay), Finding.MOST_EARN_IT),
        (medians[0], Finding.HALF_EARN_IT),
        (medians[1], Finding.DEPENDS_ON_OCCUPATION),
        (max(pay.p75 for pay in all_pay), Finding.A_QUARTER_EARNS_IT),
        (envelope[1], Finding.FEW_EARN_IT),
    )
    is_open = any(pay.top_coded and pay.p90 == envelope[1] for pay in all_pay)
    beyond = Finding.FEW_EARN_IT if is_open else Finding.HARDLY_ANYBODY_EARNS_IT
    amount, finding = next((step for step in steps if floor <= step[0]), (envelope[1], beyond))
    return Reason(
        matter=Matter.PAY,
        field=asked.PAY.field,
        answer=str(floor),
        points=PAY_POINTS[finding],
        weight=WEIGHT[Matter.PAY],
        is_dealbreaker=finding == Finding.HARDLY_ANYBODY_EARNS_IT,
        source=profile.pay_source,
        finding=finding,
        amount=amount,
    )


def _barrier(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    chosen = _told(asked.BARRIER, answers)
    if chosen is None:
        return None
    heights = list(EntryBarrier)
    spare = heights.index(EntryBarrier(chosen)) - heights.index(profile.entry_barrier)
    return _limit(asked.BARRIER, chosen, BARRIER_POINTS.get(spare, BARRIER_TOO_HIGH), spare < 0)


def _education(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    typical, chosen = asked.entry_education(profile), _told(asked.EDUCATION, answers)
    if typical is None or chosen is None:
        return None
    usual, source = typical
    missing = usual.rank - Education(chosen).rank
    points = WEIGHT[Matter.EDUCATION] if missing <= 0 else ONE_STEP_SHORT if missing == 1 else FURTHER_SHORT
    return replace(_limit(asked.EDUCATION, chosen, points, False), source=source, subject=usual.label)


def _company(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    together, chosen = profile.together_share, _told(asked.COMPANY, answers)
    if together is None or chosen is None:
        return None
    most = WEIGHT[Matter.COMPANY]
    points = {
        ALONE: round(most * (1 - 2 * together)),
        TOGETHER: round(most * (2 * together - 1)),
        EITHER: most // 2,
    }[chosen]
    return replace(_limit(asked.COMPANY, chosen, points, False), amount=round(100 * together))


_LIMITS: tuple[Callable[[RoleProfile, FitAnswers], Reason | None], ...] = (
    _coding,
    _remote,
    _ai,
    _pay,
    _barrier,
    _education,
    _company,
)


def _limit(question: FitQuestion, chosen: str, points: int, is_dealbreaker: bool) -> Reason:
    return Reason(question.matter, question.field, chosen, points, WEIGHT[question.matter], is_dealbreaker)


def _time(profile: RoleProfile, answers: FitAnswers, levels: Mapping[str, int]) -> Reason | None:
    """Without an answer about hours the pace is the roadmap's own."""
    months = answers.number(asked.MONTHS)
    if months is None:
        return None
    pace = answers.number(asked.HOURS) or profile.duration.hours_per_week
    needed = months_needed(profile, levels, pace)
    if needed * SLOWER <= months:
        finding = Finding.FITS_EVEN_IF_SLOW
    elif needed <= months:
        finding = Finding.FITS
    else:
        finding = Finding.FITS_IF_FAST if needed * QUICKER <= months else Finding.TOO_LONG
    return Reason(
        matter=Matter.TIME,
        field=asked.MONTHS.field,
        answer=str(months),
        points=TIME_POINTS[finding],
        weight=WEIGHT[Matter.TIME],
        is_dealbreaker=finding == Finding.TOO_LONG,
        finding=finding,
        amount=ceil(needed),
        pace=pace,
    )


def _piece(question: FitQuestion, answers: FitAnswers, weight: int) -> Reason | None:
    points = {Liking.ENJOY.value: weight, Liking.FINE.value: round(weight * FINE_SHARE), Liking.AVOID.value: -weight}
    value = answers.values.get(question.field, "")
    if value not in points:
        return None
    return Reason(Matter.DAY, question.field, value, points[value], weight, subject=question.subject)


def _background(profile: RoleProfile, answers: FitAnswers) -> Reason | None:
    if not profile.backgrounds:
        return None
    name = asked.background_field(profile.slug)
    value, subject = answers.values.get(name, ""), ""
    same = [one for one in profile.backgrounds if one.role and one.role == answers.current_role]
    if value not in BACKGROUND_POINTS and same:
        value, subject = asked.ANY, same[0].words
    if value not in BACKGROUND_POINTS:
        return None
    return Reason(Matter.BACKGROUND, name, value, BACKGROUND_POINTS[value], WEIGHT[Matter.BACKGROUND], subject=subject)


def _skills(profile: RoleProfile, levels: Mapping[str, int], gap: SkillGap) -> Reason | None:
    """Once one skill of the role is rated, the others count as not held: that is what their owner would be told too."""
    if not any(one.skill in levels for one in profile.required):
        return None
    most = WEIGHT[Matter.SKILLS]
    points = round((most + SKILLS_AGAINST) * gap.readiness) - SKILLS_AGAINST
    name = Matter.SKILLS.value
    return Reason(Matter.SKILLS, name, str(len(gap.carried)), points, most, amount=round(100 * gap.readiness))


_HEIGHT = {
    FitBand.NOT_NOW: 0,
    FitBand.STRETCH: 2,
    FitBand.NOT_ENOUGH: 3,
    FitBand.PROMISING: 4,
    FitBand.STRONG: 6,
}
"""How far bands lie apart; not knowing lies in the middle."""


def _would_change(sheet: Sheet, answers: FitAnswers, fit: Fit) -> tuple[Change, ...]:
    """The single answers that move the band most: upwards before downwards, one for each question."""
    settled = {reason.field for reason in fit.reasons}
    found: list[tuple[int, Change]] = []
    for question in sheet.questions:
        if question.is_past and question.field in settled:
            continue
        tried = []
        # Most of the work, and the same for all answers but those about skills.
        gap = None if question.matter == Matter.SKILLS else fit.gap
        for text in _others(sheet.profile, answers, question):
            other = _judge(sheet, replace(answers, values={**answers.values, question.field: text}), gap)
            rise = _HEIGHT[other.band] - _HEIGHT[fit.band]
            if rise:
                tried.append((rise, Change(question, text, other.band, other.score, other.score - fit.score)))
        if tried:
            # Of equal ones max takes the first, and those to try come from the smallest step to the largest.
            found.append(max(tried, key=lambda pair: (pair[0] > 0, abs(pair[0]))))
    found.sort(key=lambda pair: (pair[0] < 0, -abs(pair[0]), -abs(pair[1].points)))
    return tuple(change for _, change in found[:CHANGES_SHOWN])


def _others(profile: RoleProfile, answers: FitAnswers, question: FitQuestion) -> Sequence[str]:
    """Answers to try instead of the one given, the smallest step first."""
    now = answers.values.get(question.field, "")
    if question.matter == Matter.SKILLS:
        required = next(one for one in profile.required if asked.skill_field(one.skill) == question.field)
        held = answers.levels().get(required.skill, 0)
        return [str(level.value) for level in Level if held < level <= required.level]
    if question.matter == Matter.PAY:
        amounts = {edge for pay in profile.pay.percentiles for edge in (pay.p10, pay.p25, pay.median, pay.p75, pay.p90)}
        return [str(amount) for amount in sorted(amounts, reverse=True) if str(amount) != now]
    if question.field == asked.MONTHS.field:
        pace = answers.number(asked.HOURS) or profile.duration.hours_per_week
        needed = months_needed(profile, answers.levels(), pace)
        months = sorted({max(1, ceil(needed * factor)) for factor in (QUICKER, 1, SLOWER)})
        return [str(number) for number in months if number <= question.most and str(number) != now]
    if question.field == asked.HOURS.field:
        return [str(pace) for pace in PACES_TRIED if str(pace) != now]
    return [option for option in question.options if option not in {now, UNSURE}]
