"""How well a role suits what somebody answered, with every reason and how much it moved.

Each answer meets one fact of the role and gives or takes points, at most the weight of its matter. The score is the sum
of the points and nothing else; the band compares it with the most that the answered matters could have given, so that
what was left open counts neither way. A limit that the role breaks is a dealbreaker: it is shown and the band is "not
now", whatever the rest says. Nobody has measured these weights. They are our judgement, stated here and shown with each
reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from math import ceil
from typing import NamedTuple

from . import fit_questions as asked
from .duration import WEEKS_PER_MONTH
from .fit_questions import ALONE, EITHER, NO, PART, TOGETHER, UNSURE, YES, FitQuestion, Matter
from .gap import LEVEL_WEIGHT, Requirement, SkillGap, between
from .plan import QUICKER, SLOWER
from .profile import RoleProfile
from .vocabulary import Coding, Education, EntryBarrier, FitBand, Importance, Level, Liking, Remote


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
class Standing:
    """Where a role stands by some answers, without the reasons.

    ``possible`` is the most that the answered matters could give, ``asked_weight`` the most that all could. ``unsure``
    counts answers that say so.
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

    @property
    def share(self) -> float:
        """Score of the possible points, -1 to 1; 0 when nothing was answered."""
        return self.score / self.possible if self.possible else 0.0

    @property
    def coverage(self) -> float:
        """Share of the weight asked that was answered, 0 to 1."""
        return self.possible / self.asked_weight if self.asked_weight else 0.0


@dataclass(frozen=True)
class Fit(Standing):
    """The result for one role. The points of all ``reasons`` add up to ``score``, dealbreakers included."""

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


class Outcome(NamedTuple):
    """What an answer gives or takes, of how much at most, and whether it breaks a limit."""

    points: int
    weight: int
    is_dealbreaker: bool = False


Outcomes = Mapping[str, Outcome]
"""By answer. An answer that says nothing, "unsure" among them, has none."""


@dataclass(frozen=True)
class PaySteps:
    """The pay that floors are measured by: amounts with what a floor up to there means, ascending, and what one above
    all of them does."""

    amounts: tuple[int, ...]
    beyond: Finding


@dataclass(frozen=True)
class Sheet:
    """What one role asks and weighs, worked out once for all the answers that are tried on it."""

    profile: RoleProfile
    questions: tuple[FitQuestion, ...]
    weights: Mapping[str, int]
    """Field → weight: hours belong to the months, and all skills are one matter."""
    asked_weight: int
    """Sum of the weights."""
    outcomes: Mapping[str, Outcomes]
    """Field → what each answer does, where the answer alone decides: everything but pay, time and skills."""
    pay: PaySteps | None


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
    outcomes = _of_limits(profile)
    outcomes |= {question.field: _of_piece(piece) for question in questions if question.matter == Matter.DAY}
    if profile.backgrounds:
        outcomes[asked.background_field(profile.slug)] = _OF_BACKGROUND
    return Sheet(profile, questions, weights, sum(weights.values()), outcomes, _pay_steps(profile))


def assess(sheet: Sheet, answers: FitAnswers) -> Fit:
    """The fit of a role, with the answers that would change its band."""
    fit = judge(sheet, answers)
    return replace(fit, would_change=_would_change(sheet, answers, fit))


def judge(sheet: Sheet, answers: FitAnswers) -> Fit:
    """The fit of a role without a look at what would change it."""
    profile, levels = sheet.profile, answers.levels()
    gap = between(levels, profile.required)
    reasons = [one for one in _reasons(sheet, answers, levels, gap) if one]
    reasons.sort(key=lambda one: -abs(one.points))
    standing = _standing(sheet, answers, _Said.of(answers, levels))
    return Fit(**vars(standing), reasons=tuple(reasons), gap=gap)


def rank(sheets: Iterable[Sheet], answers: FitAnswers) -> tuple[Standing, ...]:
    """Where all roles stand by the same answers, the best first; equal ones by title."""
    said = _Said.of(answers, answers.levels())
    return tuple(sorted((_standing(sheet, answers, said) for sheet in sheets), key=_place))


def better(fit: Standing, ranked: Iterable[Standing]) -> tuple[Standing, ...]:
    """Those of ``ranked`` that the same answers suit better, the best first; none without a result that tells."""
    known = [
        one
        for one in ranked
        if one.role != fit.role
        and one.band not in {FitBand.NOT_ENOUGH, FitBand.NOT_NOW}
        and (BEST_FIRST.index(one.band), -one.share) < (BEST_FIRST.index(fit.band), -fit.share)
    ]
    return tuple(sorted(known, key=_place))


def is_clear(ranked: Iterable[Standing]) -> bool:
    """Whether the answers point anywhere: at least one role is promising."""
    return any(one.band in {FitBand.STRONG, FitBand.PROMISING} for one in ranked)


def months_needed(profile: RoleProfile, levels: Mapping[str, int], hours_per_week: int) -> float:
    """Months of the role's roadmap at a pace, without the weeks that teach skills held at the level asked."""
    return _months(profile, _weeks_left(profile, levels), hours_per_week)


def _weeks_left(profile: RoleProfile, levels: Mapping[str, int]) -> float:
    """Weeks of the roadmap, without those that teach skills held at the level asked."""
    taught, saved = profile.taught_weeks, 0.0
    for one in profile.required if levels else ():
        if levels.get(one.skill, 0) >= one.level:
            saved += taught.get(one.skill, 0.0)
    return max(0.0, profile.duration.weeks - saved)


def _months(profile: RoleProfile, weeks: float, hours_per_week: int) -> float:
    """Months that weeks of the roadmap take at a pace."""
    return weeks * profile.duration.hours_per_week / hours_per_week / WEEKS_PER_MONTH


def _place(fit: Standing) -> tuple[int, float, float, str, str]:
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


@dataclass(frozen=True)
class _Said:
    """What is the same for every role that is judged by some answers."""

    levels: Mapping[str, int]
    floor: int | None
    months: int | None
    hours: int | None
    unsure: tuple[str, ...]

    @classmethod
    def of(cls, answers: FitAnswers, levels: Mapping[str, int]) -> _Said:
        return cls(
            levels,
            answers.number(asked.PAY),
            answers.number(asked.MONTHS),
            answers.number(asked.HOURS),
            tuple(name for name, text in answers.values.items() if text == UNSURE),
        )


def _standing(sheet: Sheet, answers: FitAnswers, said: _Said) -> Standing:
    """The sums of all outcomes. They are those of the reasons, and quick enough to be made for every role."""
    profile, levels = sheet.profile, said.levels
    found = [
        sheet.outcomes[name][text]
        for name, text in answers.values.items()
        if name in sheet.outcomes and text in sheet.outcomes[name]
    ]
    if said.floor is not None and sheet.pay:
        found.append(_of_pay(sheet.pay, said.floor)[0])
    if said.months is not None:
        needed = months_needed(profile, levels, said.hours or profile.duration.hours_per_week)
        found.append(_of_time(needed, said.months)[0])
    if _role_among_backgrounds(sheet, answers):
        found.append(_OF_BACKGROUND[asked.ANY])
    if levels and any(one.skill in levels for one in profile.required):
        found.append(_of_skills(*_levels_reached(profile, levels)))
    score = possible = 0
    is_broken = False
    for points, weight, is_dealbreaker in found:
        score += points
        possible += weight
        is_broken = is_broken or is_dealbreaker
    return Standing(
        role=sheet.profile.slug,
        title=sheet.profile.title,
        band=_band(score, possible, sheet.asked_weight, is_broken),
        score=score,
        possible=possible,
        asked_weight=sheet.asked_weight,
        answered=len(found),
        unsure=sum(name in sheet.weights for name in said.unsure),
        asked=len(sheet.weights),
    )


def _reasons(sheet: Sheet, answers: FitAnswers, levels: Mapping[str, int], gap: SkillGap) -> Iterator[Reason | None]:
    profile = sheet.profile
    for question in (asked.CODING, asked.REMOTE, asked.AI):
        yield _limit(sheet, question, answers)
    yield _pay(sheet, answers)
    yield _limit(sheet, asked.BARRIER, answers)
    typical = asked.entry_education(profile)
    if typical and (reason := _limit(sheet, asked.EDUCATION, answers)):
        yield replace(reason, source=typical[1], subject=typical[0].label)
    if reason := _limit(sheet, asked.COMPANY, answers):
        yield replace(reason, amount=round(100 * (profile.together_share or 0.0)))
    yield _time(sheet, answers, levels)
    for question in sheet.questions:
        if question.matter == Matter.DAY and (reason := _limit(sheet, question, answers)):
            yield replace(reason, subject=question.subject)
    yield _background(sheet, answers)
    yield _skills(profile, levels, gap)


def _limit(sheet: Sheet, question: FitQuestion, answers: FitAnswers) -> Reason | None:
    """What an answer that decides alone does; None without one."""
    text = answers.values.get(question.field, "")
    outcome = sheet.outcomes[question.field].get(text) if question.field in sheet.outcomes else None
    return None if outcome is None else Reason(question.matter, question.field, text, *outcome)


# --- What an answer does that decides alone -----------------------------------------------------------------------


def _of_limits(profile: RoleProfile) -> dict[str, Outcomes]:
    """The outcomes of the general questions that the facts of a role let us ask, by field."""
    found = {
        asked.CODING.field: _of_coding(profile.coding),
        asked.REMOTE.field: _of_remote(profile.remote),
        asked.AI.field: _of_ai(profile.has_ai),
        asked.BARRIER.field: _of_barrier(profile.entry_barrier),
    }
    typical, together = asked.entry_education(profile), profile.together_share
    if typical:
        found[asked.EDUCATION.field] = _of_education(typical[0])
    if together is not None:
        most = WEIGHT[Matter.COMPANY]
        found[asked.COMPANY.field] = {
            ALONE: Outcome(round(most * (1 - 2 * together)), most),
            TOGETHER: Outcome(round(most * (2 * together - 1)), most),
            EITHER: Outcome(most // 2, most),
        }
    return found


# Roles with the same fact share what answers do.


@cache
def _of_coding(needed: Coding) -> Outcomes:
    weight = WEIGHT[Matter.CODING]
    return {
        answer: Outcome(points, weight, needed == Coding.REQUIRED and answer == NO)
        for (coding, answer), points in CODING_POINTS.items()
        if coding == needed
    }


@cache
def _of_remote(possible: Remote) -> Outcomes:
    weight = WEIGHT[Matter.REMOTE]
    return {
        answer: Outcome(points, weight, possible == Remote.NO and answer in {YES, PART})
        for (remote, answer), points in REMOTE_POINTS.items()
        if remote == possible
    }


@cache
def _of_ai(has_ai: bool) -> Outcomes:
    weight = WEIGHT[Matter.AI]
    return {
        answer: Outcome(points, weight, has_ai and answer == NO)
        for (role_has_ai, answer), points in AI_POINTS.items()
        if role_has_ai == has_ai
    }


@cache
def _of_barrier(barrier: EntryBarrier) -> Outcomes:
    weight, heights = WEIGHT[Matter.BARRIER], list(EntryBarrier)
    spare = {highest.value: heights.index(highest) - heights.index(barrier) for highest in heights}
    return {
        answer: Outcome(BARRIER_POINTS.get(steps, BARRIER_TOO_HIGH), weight, steps < 0)
        for answer, steps in spare.items()
    }


@cache
def _of_education(usual: Education) -> Outcomes:
    weight = WEIGHT[Matter.EDUCATION]
    missing = {own.value: usual.rank - own.rank for own in Education}
    return {
        answer: Outcome(weight if steps <= 0 else ONE_STEP_SHORT if steps == 1 else FURTHER_SHORT, weight)
        for answer, steps in missing.items()
    }


@cache
def _of_piece(weight: int) -> Outcomes:
    return {
        Liking.ENJOY.value: Outcome(weight, weight),
        Liking.FINE.value: Outcome(round(weight * FINE_SHARE), weight),
        Liking.AVOID.value: Outcome(-weight, weight),
    }


_OF_BACKGROUND: Outcomes = {
    answer: Outcome(points, WEIGHT[Matter.BACKGROUND]) for answer, points in BACKGROUND_POINTS.items()
}


def _role_among_backgrounds(sheet: Sheet, answers: FitAnswers) -> str:
    """The background that the visitor's own role is, where they did not answer the question; empty without one."""
    known = answers.values.get(asked.background_field(sheet.profile.slug), "")
    if known in BACKGROUND_POINTS or not answers.current_role:
        return ""
    return next((one.words for one in sheet.profile.backgrounds if one.role == answers.current_role), "")


def _background(sheet: Sheet, answers: FitAnswers) -> Reason | None:
    field = asked.background_field(sheet.profile.slug)
    if subject := _role_among_backgrounds(sheet, answers):
        return Reason(Matter.BACKGROUND, field, asked.ANY, *_OF_BACKGROUND[asked.ANY], subject=subject)
    text = answers.values.get(field, "")
    if not sheet.profile.backgrounds or text not in BACKGROUND_POINTS:
        return None
    return Reason(Matter.BACKGROUND, field, text, *_OF_BACKGROUND[text])


# --- Pay, time and skills: figures against figures ----------------------------------------------------------------

_UP_TO = (
    Finding.NEARLY_ALL_EARN_IT,
    Finding.MOST_EARN_IT,
    Finding.HALF_EARN_IT,
    Finding.DEPENDS_ON_OCCUPATION,
    Finding.A_QUARTER_EARNS_IT,
    Finding.FEW_EARN_IT,
)
"""What a floor up to each of the amounts of ``PaySteps`` means."""


def _pay_steps(profile: RoleProfile) -> PaySteps | None:
    """From the percentiles of the occupations: the least favourable floor and the most favourable ceiling are used.
    None when pay is not known."""
    medians, envelope, all_pay = profile.pay.medians, profile.pay.envelope, profile.pay.percentiles
    if medians is None or envelope is None:
        return None
    quarters = min(pay.p25 for pay in all_pay), max(pay.p75 for pay in all_pay)
    is_open = any(pay.top_coded and pay.p90 == envelope[1] for pay in all_pay)
    return PaySteps(
        (envelope[0], quarters[0], *medians, quarters[1], envelope[1]),
        Finding.FEW_EARN_IT if is_open else Finding.HARDLY_ANYBODY_EARNS_IT,
    )


_OF_PAY: Mapping[Finding, Outcome] = {
    finding: Outcome(points, WEIGHT[Matter.PAY], finding == Finding.HARDLY_ANYBODY_EARNS_IT)
    for finding, points in PAY_POINTS.items()
}


def _of_pay(steps: PaySteps, floor: int) -> tuple[Outcome, Finding, int]:
    """What a floor does, what it means, and the amount that decided."""
    place = bisect_left(steps.amounts, floor)
    if place == len(_UP_TO):
        return _OF_PAY[steps.beyond], steps.beyond, steps.amounts[-1]
    return _OF_PAY[_UP_TO[place]], _UP_TO[place], steps.amounts[place]


def _pay(sheet: Sheet, answers: FitAnswers) -> Reason | None:
    floor = answers.number(asked.PAY)
    if floor is None or sheet.pay is None:
        return None
    outcome, finding, amount = _of_pay(sheet.pay, floor)
    source = sheet.profile.pay_source
    return Reason(Matter.PAY, asked.PAY.field, str(floor), *outcome, source=source, finding=finding, amount=amount)


def _pace(sheet: Sheet, answers: FitAnswers) -> int:
    """Hours a week; without an answer about them the roadmap's own."""
    return answers.number(asked.HOURS) or sheet.profile.duration.hours_per_week


_OF_TIME: Mapping[Finding, tuple[Outcome, Finding]] = {
    finding: (Outcome(points, WEIGHT[Matter.TIME], finding == Finding.TOO_LONG), finding)
    for finding, points in TIME_POINTS.items()
}
_QUICK, _SLOW = float(QUICKER), float(SLOWER)


def _of_time(needed: float, months: int) -> tuple[Outcome, Finding]:
    """What so many months at hand do for a role that needs so many."""
    if needed * _SLOW <= months:
        return _OF_TIME[Finding.FITS_EVEN_IF_SLOW]
    if needed <= months:
        return _OF_TIME[Finding.FITS]
    return _OF_TIME[Finding.FITS_IF_FAST if needed * _QUICK <= months else Finding.TOO_LONG]


def _time(sheet: Sheet, answers: FitAnswers, levels: Mapping[str, int]) -> Reason | None:
    months = answers.number(asked.MONTHS)
    if months is None:
        return None
    pace = _pace(sheet, answers)
    needed = months_needed(sheet.profile, levels, pace)
    outcome, finding = _of_time(needed, months)
    return Reason(
        Matter.TIME, asked.MONTHS.field, str(months), *outcome, finding=finding, amount=ceil(needed), pace=pace
    )


_ESSENTIAL, _OPTIONAL = LEVEL_WEIGHT[Importance.ESSENTIAL], LEVEL_WEIGHT[Importance.OPTIONAL]


def _levels_reached(profile: RoleProfile, levels: Mapping[str, int]) -> tuple[int, int]:
    """``reached`` and ``asked`` of the gap between levels and a role, without its entries."""
    reached = in_all = 0
    for one in profile.required:
        weight = _ESSENTIAL if one.importance is Importance.ESSENTIAL else _OPTIONAL
        in_all += one.level * weight
        held = levels.get(one.skill, 0)
        if held > 0:
            reached += min(held, one.level) * weight
    return reached, in_all


def _of_skills(reached: int, in_all: int) -> Outcome:
    """What so many of the weighted levels asked do. Once one skill of the role is rated, the others count as not held:
    that is what their owner would be told too."""
    most = WEIGHT[Matter.SKILLS]
    readiness = reached / in_all if in_all else 1.0
    return Outcome(round((most + SKILLS_AGAINST) * readiness) - SKILLS_AGAINST, most)


def _skills(profile: RoleProfile, levels: Mapping[str, int], gap: SkillGap) -> Reason | None:
    if not any(one.skill in levels for one in profile.required):
        return None
    outcome, name = _of_skills(gap.reached, gap.asked), Matter.SKILLS.value
    return Reason(Matter.SKILLS, name, str(len(gap.carried)), *outcome, amount=round(100 * gap.readiness))


# --- What would change the result ---------------------------------------------------------------------------------

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
    moved = {reason.field: reason for reason in fit.reasons}
    broken = len(fit.dealbreakers)
    known = _Known.of(sheet, answers)
    found: list[tuple[int, Change]] = []
    for question in sheet.questions:
        if question.is_past and question.field in moved:
            continue
        # What this question has no part in stays as it is, whatever is answered.
        own = [moved[name] for name in _touched(question) if name in moved]
        score, possible = fit.score - sum(one.points for one in own), fit.possible - sum(one.weight for one in own)
        rest = broken - sum(one.is_dealbreaker for one in own)
        best: tuple[bool, int] = (False, 0)
        change: tuple[int, Change] | None = None
        for text, outcomes in _tried(sheet, answers, known, question):
            total, most, is_broken = score, possible, rest > 0
            for points, weight, is_dealbreaker in outcomes:
                total += points
                most += weight
                is_broken = is_broken or is_dealbreaker
            band = _band(total, most, fit.asked_weight, is_broken)
            if band is fit.band:
                continue
            rise = _HEIGHT[band] - _HEIGHT[fit.band]
            # Of equal ones the first: those to try come from the smallest step to the largest.
            if rise and (rise > 0, abs(rise)) > best:
                best = (rise > 0, abs(rise))
                change = (rise, Change(question, text, band, total, total - fit.score))
        if change:
            found.append(change)
    found.sort(key=lambda pair: (pair[0] < 0, -abs(pair[0]), -abs(pair[1].points)))
    return tuple(change for _, change in found[:CHANGES_SHOWN])


@dataclass(frozen=True)
class _Known:
    """What several questions have in common: the levels held, time, pace, and the weeks that the role needs."""

    levels: Mapping[str, int]
    months: int | None
    pace: int
    weeks: float
    reached: int
    in_all: int
    required: Mapping[str, Requirement]
    """By field of the question about the skill."""

    @classmethod
    def of(cls, sheet: Sheet, answers: FitAnswers) -> _Known:
        levels, pace = answers.levels(), _pace(sheet, answers)
        weeks = _weeks_left(sheet.profile, levels)
        required = {asked.skill_field(one.skill): one for one in sheet.profile.required}
        reached, in_all = _levels_reached(sheet.profile, levels)
        return cls(levels, answers.number(asked.MONTHS), pace, weeks, reached, in_all, required)


def _touched(question: FitQuestion) -> tuple[str, ...]:
    """Fields of the reasons that an answer to a question may change."""
    if question.matter == Matter.SKILLS:
        return Matter.SKILLS.value, asked.MONTHS.field
    return (asked.MONTHS.field,) if question.field == asked.HOURS.field else (question.field,)


def _tried(
    sheet: Sheet, answers: FitAnswers, known: _Known, question: FitQuestion
) -> Iterator[tuple[str, Sequence[Outcome]]]:
    """Answers to try instead of the one given, the smallest step first, with what they do to ``_touched``."""
    now = answers.values.get(question.field, "")
    if question.matter == Matter.SKILLS:
        yield from _tried_levels(sheet.profile, known, known.required[question.field])
    elif question.matter == Matter.PAY and sheet.pay:
        edges = {
            edge for pay in sheet.profile.pay.percentiles for edge in (pay.p10, pay.p25, pay.median, pay.p75, pay.p90)
        }
        for amount in sorted(edges, reverse=True):
            if str(amount) != now:
                yield str(amount), [_of_pay(sheet.pay, amount)[0]] if amount <= question.most else []
    elif question.field == asked.MONTHS.field:
        needed = _months(sheet.profile, known.weeks, known.pace)
        for months in sorted({max(1, ceil(needed * factor)) for factor in (_QUICK, 1, _SLOW)}):
            if months <= question.most and str(months) != now:
                yield str(months), [_of_time(needed, months)[0]]
    elif question.field == asked.HOURS.field:
        for pace in PACES_TRIED:
            if str(pace) != now:
                needed = _months(sheet.profile, known.weeks, pace)
                yield str(pace), [] if known.months is None else [_of_time(needed, known.months)[0]]
    else:
        table = sheet.outcomes[question.field]
        for option in question.options:
            if option not in (now, UNSURE):
                yield option, [table[option]] if option in table else []


def _tried_levels(
    profile: RoleProfile, known: _Known, required: Requirement
) -> Iterator[tuple[str, Sequence[Outcome]]]:
    """The levels of a skill up to the one asked that are not held yet."""
    held, weight = known.levels.get(required.skill, 0), LEVEL_WEIGHT[required.importance]
    elsewhere = known.reached - min(max(0, held), required.level) * weight
    for level in Level:
        if not held < level <= required.level:
            continue
        outcomes = [_of_skills(elsewhere + level * weight, known.in_all)]
        if known.months is not None:
            weeks = known.weeks
            if level == required.level and required.skill in profile.taught_weeks:
                weeks = _weeks_left(profile, {**known.levels, required.skill: level})
            outcomes.append(_of_time(_months(profile, weeks, known.pace), known.months)[0])
        yield str(level.value), outcomes
