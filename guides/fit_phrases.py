"""What a fit check says: its questions, its result and every reason, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import fit_questions as asked
from .fit import Change, Finding, Fit, Reason, Standing
from .fit_questions import FitQuestion, Matter, QuestionGroup, Wrong, WrongAnswer
from .phrases import MINUS, count, in_sentence, listing, money
from .profile import RoleProfile
from .vocabulary import Coding, Education, EntryBarrier, FitBand, Level, Liking

SECONDS_PER_QUESTION = 12
"""Reading a line and choosing one of four answers, our estimate."""


@dataclass(frozen=True)
class QuestionWords:
    """A question as it is asked: the question, why it is asked or how to answer, and its options as (value, label)."""

    question: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class ReasonWords:
    """A reason as it is shown: the role's fact, the visitor's answer, what it moved."""

    fact: str
    answer: str
    effect: str


@dataclass(frozen=True)
class GroupWords:
    """The heading over a part of the questionnaire and a line below it."""

    heading: str
    lead: str


GROUPS: Mapping[QuestionGroup, GroupWords] = {
    QuestionGroup.LIMITS: GroupWords(
        "What has to be right", "Limits of yours. A role that breaks one is marked, whatever else speaks for it."
    ),
    QuestionGroup.DAY: GroupWords("The typical day", "What would you think of doing this most weeks?"),
    QuestionGroup.BACKGROUND: GroupWords("Where you come from", "People come into this role in several ways."),
    QuestionGroup.SKILLS: GroupWords("What you can do already", "Rate what you know; leave the rest open."),
}

_UNSURE = (asked.UNSURE, "I\N{RIGHT SINGLE QUOTATION MARK}m not sure")
_YES_NO = ((asked.YES, "Yes"), (asked.NO, "No"), _UNSURE)

_GENERAL: Mapping[str, QuestionWords] = {
    asked.CODING.field: QuestionWords("Are you willing to write code at work?", options=_YES_NO),
    asked.REMOTE.field: QuestionWords(
        "Do you need to work from home?",
        options=(
            (asked.YES, "Yes, all of the week"),
            (asked.PART, "Yes, part of the week"),
            (asked.NO, "No, it does not matter"),
            _UNSURE,
        ),
    ),
    asked.AI.field: QuestionWords("Would you work with AI tools all day?", options=_YES_NO),
    asked.PAY.field: QuestionWords(
        "What is the least you have to earn?",
        "Before tax. Compared with official pay in the United States.",
        unit="US dollars a year",
    ),
    asked.MONTHS.field: QuestionWords("How long can you keep learning before you change?", unit="months"),
    asked.HOURS.field: QuestionWords(
        "How many hours a week can you learn?",
        "Left open, the pace of the roadmap is used.",
        unit="hours a week",
    ),
    asked.BARRIER.field: QuestionWords(
        "How high a barrier to entry would you take on?",
        "Degrees, licences, portfolios and competition together.",
        (
            (EntryBarrier.LOW.value, "Only a low one"),
            (EntryBarrier.MEDIUM.value, "Up to a medium one"),
            (EntryBarrier.HIGH.value, "Even a high one"),
            _UNSURE,
        ),
    ),
    asked.EDUCATION.field: QuestionWords(
        "What is your highest education?",
        "Compared with what newcomers usually have. It is never a dealbreaker.",
        (*((one.value, one.label) for one in Education), _UNSURE),
    ),
    asked.COMPANY.field: QuestionWords(
        "How would you rather work?",
        options=(
            (asked.ALONE, "Mostly on my own"),
            (asked.TOGETHER, "Mostly with others"),
            (asked.EITHER, "Either is fine"),
            _UNSURE,
        ),
    ),
}

_LIKING = tuple((one.value, one.label) for one in Liking)
_BACKGROUND = ((asked.ANY, "Yes, one of them or close to it"), (asked.NONE, "No, none of them"), _UNSURE)
_LEVELS = (("0", "Not yet"), *((str(level.value), level.label) for level in Level))


def question_words(question: FitQuestion) -> QuestionWords:
    """A question as it is asked."""
    if question.matter == Matter.DAY:
        return QuestionWords(question.subject, options=_LIKING)
    if question.matter == Matter.BACKGROUND:
        return QuestionWords(f"Are you {listing(question.subjects, 'or')}?", options=_BACKGROUND)
    if question.matter == Matter.SKILLS:
        return QuestionWords(question.subject, options=_LEVELS)
    return _GENERAL[question.field]


def length_words(questions: Sequence[FitQuestion]) -> str:
    """What to expect before the first question: ``25 questions, about 5 minutes. ...``"""
    minutes = max(1, round(len(questions) * SECONDS_PER_QUESTION / 60))
    length = f"{count(len(questions), 'question')}, about {count(minutes, 'minute')}."
    return f"{length} None has to be answered, and every answer can be changed."


def wrong_words(wrong: WrongAnswer) -> str:
    """What stands beside the field of an answer that was left out."""
    given = f"\N{LEFT DOUBLE QUOTATION MARK}{wrong.given}\N{RIGHT DOUBLE QUOTATION MARK}"
    question = wrong.question
    if wrong.wrong == Wrong.SEVERAL:
        return f"Several answers were given ({wrong.given}); choose one."
    if wrong.wrong == Wrong.NOT_OFFERED:
        return f"{given} is not one of the answers; choose one of those shown."
    limits = f"from {question.least:,} to {question.most:,}"
    if wrong.wrong == Wrong.NOT_A_NUMBER:
        return f"{given} is not a whole number; give one {limits}."
    return f"{given} is outside the range; give a number {limits}."


# --- The result ---------------------------------------------------------------------------------------------------

_BANDS: Mapping[FitBand, str] = {
    FitBand.STRONG: "Most of what you answered speaks for this role.",
    FitBand.PROMISING: "More speaks for this role than against it.",
    FitBand.STRETCH: "About as much speaks against this role as for it.",
    FitBand.NOT_NOW: "More speaks against this role than for it.",
    FitBand.NOT_ENOUGH: "Too few answers to say anything honest about this role.",
}


def verdict(fit: Fit) -> str:
    """The sentence under the band."""
    broken = len(fit.dealbreakers)
    if broken:
        return f"This role breaks {count(broken, 'limit')} that you set. What else speaks for or against it is below."
    if fit.band == FitBand.NOT_ENOUGH and fit.unsure > fit.answered:
        return "You are not sure about most of it yet. Trying the work for an evening tells more than any question."
    return _BANDS[fit.band]


def score_words(fit: Standing) -> str:
    """``+34 of 52 possible points. Answered: 8 of 19 topics; not sure about 2.``"""
    score = f"{points_words(fit.score)} of {fit.possible} possible points. " if fit.possible else ""
    unsure = f"; not sure about {fit.unsure}" if fit.unsure else ""
    return f"{score}Answered: {fit.answered} of {count(fit.asked, 'topic')}{unsure}."


def ranking_words(ranked: Sequence[Standing]) -> str:
    """What an order of roles amounts to: ``Strong fit: 1 role. Promising: 2 roles. Not now: 3 roles.``; empty while
    nothing was answered."""
    if not any(fit.answered for fit in ranked):
        return ""
    found = [(band, sum(fit.band == band for fit in ranked)) for band in FitBand]
    return " ".join(f"{band.label}: {count(number, 'role')}." for band, number in found if number)


def points_words(points: int) -> str:
    """``+8``, ``−3``, ``0``."""
    return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points else "0"


CAVEAT = (
    "This compares your answers with what the guide says of a typical post. It does not know you, and it says nothing "
    "about the openings near you. The weights are our judgement."
)

NO_CLEAR_RESULT = (
    "None of the roles stands out. That is a result too: perhaps a limit rules many of them out, or your answers speak "
    "as much against them as for them. Loosen one limit, or take a role that interests you and go through its day."
)


def reason_words(profile: RoleProfile, reason: Reason) -> ReasonWords:
    """A reason in words."""
    effect = f"{points_words(reason.points)} of {reason.weight}"
    if reason.is_dealbreaker:
        effect = f"Dealbreaker, {effect}"
    return ReasonWords(_fact(profile, reason), _answer(reason), effect)


def _fact(profile: RoleProfile, reason: Reason) -> str:
    matter = reason.matter
    if matter == Matter.DAY:
        return reason.subject
    if matter == Matter.CODING:
        lead = {
            Coding.NONE: "No coding is asked for.",
            Coding.OPTIONAL: "Coding helps and is not required.",
            Coding.REQUIRED: "Coding is required.",
        }[profile.coding]
        return f"{lead} {profile.coding_why}"
    if matter == Matter.REMOTE:
        return f"{profile.remote.label}. {profile.remote_why}"
    if matter == Matter.AI:
        return (
            "People in this role work with AI tools all day."
            if profile.has_ai
            else "This is not a role of working with AI tools all day."
        )
    if matter == Matter.BARRIER:
        return f"{profile.entry_barrier.label} barrier to entry. {profile.entry_barrier_why}"
    if matter == Matter.EDUCATION:
        return f"Typical education at entry: {in_sentence(reason.subject)}. It is usual, not a rule."
    if matter == Matter.COMPANY:
        share = {0: "None", 100: "All"}.get(reason.amount, f"About {reason.amount}\N{NO-BREAK SPACE}%")
        return f"{share} of the pieces of a typical day are done with others."
    if matter == Matter.PAY:
        return _pay(profile, reason)
    if matter == Matter.TIME:
        return _time(reason)
    if matter == Matter.BACKGROUND:
        people = [one.words for one in profile.backgrounds]
        return f"Usual ways in: {reason.subject or listing(people, 'or')}."
    skills = count(len(profile.required), "skill")
    if int(reason.answer) == len(profile.required):
        return f"You hold all of its {skills} at the level asked."
    share = f"{reason.amount}\N{NO-BREAK SPACE}% of all levels"
    return f"You hold {reason.answer} of {skills} at the level asked, {share}. Skills can be learned."


def _pay(profile: RoleProfile, reason: Reason) -> str:
    amount = money(reason.amount)
    where = "in the occupation that includes this title" if profile.pay.is_official else "in the nearest occupations"
    says = {
        Finding.NEARLY_ALL_EARN_IT: f"Nine in ten earn {amount} or more",
        Finding.MOST_EARN_IT: f"Three in four earn {amount} or more",
        Finding.HALF_EARN_IT: f"Half earn {amount} or more",
        Finding.DEPENDS_ON_OCCUPATION: f"Whether half earn as much depends on the post: the highest median is {amount}",
        Finding.A_QUARTER_EARNS_IT: f"Only one in four earns {amount} or more",
        Finding.FEW_EARN_IT: f"Only one in ten earns {amount} or more",
        Finding.HARDLY_ANYBODY_EARNS_IT: f"Fewer than one in ten earn more than {amount}",
    }[reason.finding]
    return f"{says} {where}, in the United States."


def _time(reason: Reason) -> str:
    says = {
        Finding.FITS_EVEN_IF_SLOW: "With room for a slow stretch.",
        Finding.FITS: "Without much room for a slow stretch.",
        Finding.FITS_IF_FAST: "It only fits if everything goes well.",
        Finding.TOO_LONG: "It does not fit even if everything goes well.",
    }[reason.finding]
    if not reason.amount:
        return "You hold what the roadmap teaches already."
    return f"About {count(reason.amount, 'month')} at {count(reason.pace, 'hour')} a week. {says}"


def _answer(reason: Reason) -> str:
    if reason.matter == Matter.PAY:
        return f"At least {money(int(reason.answer))} a year"
    if reason.matter == Matter.TIME:
        return count(int(reason.answer), "month")
    if reason.matter == Matter.SKILLS:
        return "The skills you rated; the others count as not yet"
    if reason.matter == Matter.DAY:
        return Liking(reason.answer).label
    if reason.matter == Matter.BACKGROUND:
        return dict(_BACKGROUND)[reason.answer]
    return dict(_GENERAL[reason.field].options)[reason.answer]


def change_words(change: Change) -> str:
    """``Are you willing to write code at work? Yes. Then: promising, +20 points.``"""
    question = question_words(change.question)
    label = dict(question.options).get(change.answer) or _quantity(change.question, change.answer)
    is_skill = change.question.matter == Matter.SKILLS
    text = f"Your level in {in_sentence(question.question)}:" if is_skill else question.question
    points = f"{points_words(change.points)} {'point' if abs(change.points) == 1 else 'points'}"
    return f"{text} {label}. Then: {change.band.label.lower()}, {points}."


def no_change_words(fit: Fit) -> str:
    """What stands in the place of the changes when no single answer makes any; empty when one does."""
    if fit.would_change:
        return ""
    if len(fit.dealbreakers) > 1:
        return "No single answer changes this: each of the limits above rules the role out by itself."
    return "No single answer changes this result."


def _quantity(question: FitQuestion, answer: str) -> str:
    if question.field == asked.PAY.field:
        return f"{money(int(answer))} a year"
    if question.field == asked.HOURS.field:
        return f"{count(int(answer), 'hour')} a week"
    return count(int(answer), "month")
