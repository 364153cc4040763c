"""Sentences about moves that nobody wrote a guide for, and about lists of them. Plain values in, text out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .destinations import Destination, Order, Stop, Wish
from .facts import NEAREST, OURS, Fact, SourceLike
from .gap import GapEntry
from .occupation_profile import LEVEL_WORDS
from .pay import PayChange
from .phrases import (
    DASH,
    NAMES,
    Answer,
    count,
    in_sentence,
    indefinite_article,
    listing,
    medians,
    pay_change_value,
    pay_change_words,
    share,
)
from .plan import PhaseFacts, ResourceFacts, TaskFacts, Teaching
from .proximity import RARE, REACHABLE, STRETCH, WELL_TRODDEN, Band, Held, Reason
from .transition import (
    Basis,
    End,
    Gate,
    GateKind,
    Length,
    Match,
    Move,
    Step,
    Stretch,
    StretchKind,
    Study,
    Unknown,
)
from .vocabulary import Education, Importance, Level

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

NOT_REVIEWED = "Computed from public data and our skill levels; nobody has reviewed this pair."

ALIKE_EXPLAINED = (
    "By alikeness: what the work asks for and consists of, the same in both directions. Pay, time and degrees do not "
    "count in the order; they are stated, and can be filtered by."
)
LIKELY_EXPLAINED = (
    "By likely moves: alikeness together with how many people work there, because many openings draw many. An order "
    "of where people go, not of what suits; a role of ours counts the people in the occupations behind it."
)
READY_EXPLAINED = (
    "Readiness is the share of what sets the destination apart, by official ratings of skills and knowledge, that "
    "people bring from the origin. It has a direction: the way back has another one."
)


# -- Names -------------------------------------------------------------------------------------------------------------


def official_in_sentence(title: str) -> str:
    """An official title inside a sentence: ``software developers``, ``all other surgeons``."""
    words = re.sub(r"[\w'’]+", lambda found: found[0] if _keeps_capital(found[0]) else found[0].lower(), title)
    rest = words.removesuffix(", all other")
    return words if rest == words else f"all other {rest}"


def _keeps_capital(word: str) -> bool:
    return word in NAMES or sum(letter.isupper() for letter in word) > 1


def people(stop: Stop) -> str:
    """Those who do the work, inside a sentence: ``backend developers``."""
    return in_sentence(stop.plural) if stop.is_role else official_in_sentence(stop.plural)


def _people_amid(stop: Stop) -> str:
    """The same where the sentence goes on: ``teachers, postsecondary,``; the last item of a list needs no comma."""
    who = people(stop)
    last = who.rpartition(", ")[2]
    return who if last == who or last.startswith(("and ", "or ")) else f"{who},"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def move_title(origin: Stop, destination: Stop) -> str:
    """``From backend developer to AI artist``; in the plural with an official occupation, whose titles stand in it."""
    if origin.is_role and destination.is_role:
        return f"From {in_sentence(origin.title)} to {in_sentence(destination.title)}"
    return f"From {_people_amid(origin)} to {people(destination)}"


def move_summary(origin: Stop, destination: Stop, match: Match | None) -> str:
    """The lead under the title."""
    if match is None:
        return (
            f"How alike the work of {_people_amid(origin)} and of {_people_amid(destination)} is cannot be said: "
            "official ratings of one of the two are missing. What is known stands here."
        )
    return (
        f"{_capital(band_words(match.band))}: the work of {_people_amid(origin)} and of {_people_amid(destination)} is "
        f"more alike than {match_share(match)} of all pairs of occupations."
    )


def counted_for(origin: Stop, held: Mapping[str, int] | None) -> str:
    """Whom the hours of a roadmap are counted for."""
    if origin.is_role:
        return f"{origin.article or indefinite_article(origin.title)} {in_sentence(origin.title)}"
    who = f"somebody who works among {people(origin) if held is not None else _people_amid(origin)}"
    return who if held is not None else f"{who} and holds none of the skills yet"


# -- Match -------------------------------------------------------------------------------------------------------------


def match_value(match: Match) -> str:
    """``about 75–90``, or one number where ratings stand for both ends themselves."""
    if not match.is_range:
        return str(match.low)
    return f"about {match.low}{DASH}{match.high}" if match.low != match.high else f"about {match.low}"


def match_share(match: Match) -> str:
    """``about 75 to 90 %``."""
    if not match.is_range:
        return f"{min(99, match.low)}\N{NO-BREAK SPACE}%"
    high = min(99, match.high)
    return f"about {match.low} to {high}\N{NO-BREAK SPACE}%" if match.low < high else f"about {high}\N{NO-BREAK SPACE}%"


def band_words(band: Band) -> str:
    """The band as a noun: ``a rare move``, ``a stretch``, ``reachable``, ``well-trodden``."""
    return {RARE: "a rare move", STRETCH: "a stretch", REACHABLE: "reachable", WELL_TRODDEN: "well-trodden"}[band.word]


def band_first(match: Match | None) -> str:
    """The band at the beginning of a line: ``A stretch``; empty when the match is not known."""
    return _capital(band_words(match.band)) if match else ""


def band_meaning(band: Band) -> str:
    """``Moves between jobs this alike happen 3.7 times as often as chance.``"""
    return f"Moves between jobs this alike happen {math.floor(band.times * 10 + 0.5) / 10:g} times as often as chance."


MEASURES: Mapping[str, str] = {
    "skills": "skills",
    "knowledge": "fields of knowledge",
    "activities": "what people do all day",
    "intermediate activities": "kinds of tasks",
    "detailed activities": "single tasks",
    "tools": "tools",
    "interests": "what those who do it like",
    "text": "how the work is described",
    "titles": "what the jobs are called",
    "abilities": "abilities",
}

NOTICEABLE = 1.0
"""Points from which a similarity is worth a word."""


@dataclass(frozen=True)
class ReasonWords:
    """What one similarity adds to a match."""

    label: str
    words: str
    effect: str
    speaks_for: bool


def reason_words(reason: Reason) -> ReasonWords:
    """``Fields of knowledge: more alike than in most pairs, +3.1``."""
    if reason.points >= 3:
        words = "far more alike than pairs usually are"
    elif reason.points >= NOTICEABLE / 2:
        words = "more alike than pairs usually are"
    elif reason.points > -NOTICEABLE / 2:
        words = "about as alike as pairs usually are"
    else:
        words = "less alike than pairs usually are"
    return ReasonWords(
        _capital(MEASURES[reason.measure]),
        words,
        f"{reason.points:+.1f}".replace("-", "\N{MINUS SIGN}"),
        reason.points > 0,
    )


def place_reason(reasons: Sequence[Reason]) -> str:
    """Why a destination stands where it does: ``Most alike in tools and skills; least in abilities.``"""
    if not reasons:
        return "Official ratings are missing, so nobody can say how alike the work is."
    most = [MEASURES[one.measure] for one in reasons[:2] if one.points > 0]
    last = reasons[-1]
    least = MEASURES[last.measure] if last.points < 0 else ""
    if not most:
        return f"Less alike than pairs usually are in everything, least in {least}."
    if not least:
        return f"More alike than pairs usually are in everything, most in {listing(most)}."
    return f"Most alike in {listing(most)}; least in {least}."


# -- Facts -------------------------------------------------------------------------------------------------------------


def months_range(length: Length) -> str:
    """``9–15``; ``up to 2``, ``under 1``."""
    if length.high == 0:
        return "0"
    if length.low == 0:
        return f"up to {length.high}"
    return f"{length.low}{DASH}{length.high}" if length.low != length.high else f"{length.low}"


def months_words(length: Length) -> str:
    """``9–15 months``."""
    return f"{months_range(length)} {'month' if length.high == 1 else 'months'}"


def length_note(length: Length) -> str:
    """What a length is counted from."""
    if length.basis is Basis.SKILLS:
        if not length.hours:
            return "Every skill is there at the level asked."
        return (
            f"to first applications: about {count(length.hours, 'hour')} at {length.hours_per_week} hours a week, for "
            "quick and for slow learners."
        )
    if not length.high:
        return "Nothing is missing that the official ratings know of."
    return "of typical preparation, estimated: the part of what is usual at the destination that is not there yet."


NOT_HELD = "Counted as if none of the skills were held yet; with some of them it is less."

DEGREES = {one.label for one in Education if one.rank >= Education.ASSOCIATE.rank}


def time_limits(move: Move) -> str:
    """What a length leaves out: skills that the origin may have, schooling and licences; empty where it is nothing."""
    said = [NOT_HELD] if Unknown.SKILLS_OF_ORIGIN in move.unknown and move.length and move.length.hours else []
    schooling = next((gate.words for gate in move.gates if gate.kind is GateKind.EDUCATION), "")
    if schooling in DEGREES:
        said.append(f"The {_lower(schooling)} that is usual at entry can take years more.")
    elif schooling:
        said.append("The schooling that is usual at entry can take longer.")
    elif any(gate.kind is GateKind.LICENCE for gate in move.gates):
        said.append("Where a licence is required, getting it can take longer.")
    return " ".join(said)


def plan_caution(move: Move) -> str:
    """What stands over a plan whose roadmap is computed."""
    outside = " Schooling, licences and the like that the move may ask for are not in it." if move.gates else ""
    return f"{NOT_REVIEWED}{outside}"


def move_facts(
    origin: Stop,
    destination: Stop,
    move: Move,
    change: PayChange | None,
    pay_confidence: str,
    outlook: Fact,
    sources: Mapping[str, SourceLike | None],
) -> list[Fact]:
    """The facts under the title: match, time, pay change, outlook. ``sources``: ``match``, ``time`` and ``pay``."""
    return [
        _match_fact(move.match, sources["match"]),
        _time_fact(move, sources["time"]),
        Fact(
            "Pay change",
            pay_change_value(change),
            note=pay_note(origin, destination, change),
            source=sources["pay"] if change else None,
            confidence=pay_confidence if change else "",
        ),
        outlook,
    ]


def _match_fact(match: Match | None, source: SourceLike | None) -> Fact:
    if match is None:
        return Fact("Match", "Not known", note="Official ratings of one of the two are missing.")
    return Fact(
        "Match",
        match_value(match),
        unit="of 100",
        note=f"{_capital(band_words(match.band))}. {band_meaning(match.band)}",
        source=source,
        confidence=NEAREST if match.is_range else OURS,
    )


def _time_fact(move: Move, source: SourceLike | None) -> Fact:
    length = move.length
    if length is None:
        return Fact("Time", "Not known", note="Nothing is published to count it from.")
    return Fact(
        "Time",
        months_range(length),
        unit="month" if length.high == 1 else "months",
        note=f"{length_note(length)} {time_limits(move)}".strip(),
        source=source if length.basis is Basis.PREPARATION else None,
        confidence=OURS,
    )


def pay_note(origin: Stop, destination: Stop, change: PayChange | None) -> str:
    """Both medians, or whose is missing."""
    if change is not None:
        return pay_change_words(change)
    missing = [people(stop) for stop in (origin, destination) if stop.medians is None]
    return f"Pay is not published for {listing(missing, 'or')}."


def readiness_words(ready: float | None, destination: Stop) -> str:
    """``72 % of what sets technical writers apart is there.``"""
    if ready is None:
        return ""
    return f"{share(ready)} of what sets {_people_amid(destination)} apart is there."


# -- What carries over, what is missing --------------------------------------------------------------------------------


@dataclass(frozen=True)
class ElementWords:
    """An official skill or field of knowledge and the levels of both ends."""

    name: str
    words: str


def level_word(level: float) -> str:
    """The word of an official level from 0 to 7: ``basic``, ``working``, ``advanced``, ``expert``."""
    return next(word for least, word in LEVEL_WORDS if level >= least)


def element_name(key: str) -> str:
    """``writing``, ``English language``; ``mathematics (knowledge)`` where a skill has the same name."""
    kind, _, name = key.partition("/")
    written = official_in_sentence(name)
    return f"{written} (knowledge)" if kind == "knowledge" and name in BOTH else written


BOTH = ("Mathematics",)
"""Names that O*NET gives a skill and a field of knowledge."""


def carried_element(entry: Held) -> ElementWords:
    """``Programming``, ``advanced at the origin (4.1 of 7), working asked (3.5)``."""
    return ElementWords(
        _capital(element_name(entry.asked.key)),
        f"{level_word(entry.level)} level at the origin ({entry.level:.1f} of 7), "
        f"{level_word(entry.asked.level)} asked ({entry.asked.level:.1f})",
    )


def missing_element(entry: Held) -> ElementWords:
    """``Fine Arts``, ``from basic (0.0 of 7) to working (3.5)``."""
    if not entry.level:
        words = f"from next to nothing to {level_word(entry.asked.level)} ({entry.asked.level:.1f} of 7)"
        return ElementWords(_capital(element_name(entry.asked.key)), words)
    return ElementWords(
        _capital(element_name(entry.asked.key)),
        f"from {level_word(entry.level)} ({entry.level:.1f} of 7) to {level_word(entry.asked.level)} "
        f"({entry.asked.level:.1f})",
    )


def carried_levels(entry: GapEntry) -> str:
    """``Practitioner level held, practitioner asked.``"""
    asked = entry.requirement.level.label.lower()
    return f"{Level(entry.held).label} level held, {asked} asked."


@dataclass(frozen=True)
class StudyWords:
    """A skill to learn on a computed route."""

    study: Study
    priority: str
    levels: str
    hours: str
    short: str

    @property
    def is_essential(self) -> bool:
        """Whether the role cannot be done without it."""
        return self.study.entry.requirement.importance == Importance.ESSENTIAL


def study_words(study: Study) -> StudyWords:
    """Levels, hours on the route and hours to the level asked."""
    entry = study.entry
    held = Level(entry.held).label if entry.held else "Not held"
    hours = f"{count(study.hours, 'hour')} on this route" if study.hours else "Not on this route"
    rest = f"{count(entry.hours, 'hour')} to the level asked" if entry.hours > study.hours else ""
    return StudyWords(
        study,
        "Essential" if entry.requirement.importance == Importance.ESSENTIAL else "Optional",
        f"{held} to {entry.requirement.level.label.lower()}",
        "; ".join(filter(None, [hours, rest])),
        short_words(study),
    )


def short_words(study: Study) -> str:
    """What a route that stops short of the level asked for does bring; empty where it reaches the level."""
    if not study.is_short:
        return ""
    if not study.hours:
        return f"The role{APOSTROPHE}s own roadmap leaves it to practice on the job."
    if study.after > study.entry.held:
        return f"This route brings about {Level(study.after).label.lower()} level; the rest is practice on the job."
    return "This route makes a beginning, and stops short of the next level."


# -- Roadmap -----------------------------------------------------------------------------------------------------------


def phase_facts(
    stretch: Stretch,
    destination: End,
    skills: Mapping[str, Mapping[str, str]],
    resources: Mapping[str, Sequence[ResourceFacts]],
) -> PhaseFacts:
    """A phase in words. ``skills``: slug → what each level of it means; ``resources``: slug → what to learn it from."""
    if stretch.kind is StretchKind.TRY:
        return _try_phase(stretch, destination)
    if stretch.kind is StretchKind.ELEMENTS:
        return _elements_phase(stretch)
    return _skills_phase(stretch, destination, skills, resources)


def _try_phase(stretch: Stretch, destination: End) -> PhaseFacts:
    tasters = {one.title: one for one in destination.tasters}
    chosen = [tasters[step.subject] for step in stretch.steps]
    return PhaseFacts(
        key=stretch.key,
        title="Try the work first",
        weeks=stretch.weeks,
        tasks=tuple(
            TaskFacts(step.key, f"{one.title}: {one.text}", step.hours, step.is_essential)
            for step, one in zip(stretch.steps, chosen, strict=True)
        ),
        milestone=f"You know whether you want more of this. A good sign: {_sentence(chosen[0].encouraging)}",
        stop_signal=_sentence(chosen[0].doubt),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _skills_phase(
    stretch: Stretch,
    destination: End,
    skills: Mapping[str, Mapping[str, str]],
    resources: Mapping[str, Sequence[ResourceFacts]],
) -> PhaseFacts:
    asked = {one.skill: one for one in destination.required}
    names = [asked[slug].name for slug in stretch.subjects]
    reached = {step.subject: int(step.aim) for step in stretch.steps if step.is_reached}
    sentences = [skills.get(slug, {}).get(Level(level).word, "") for slug, level in reached.items()]
    hours = {slug: sum(step.hours for step in stretch.steps if step.subject == slug) for slug in stretch.subjects}
    return PhaseFacts(
        key=stretch.key,
        title=_capital(listing([in_sentence(name) for name in names])) if len(names) < 4 else _shortened(names),
        weeks=stretch.weeks,
        tasks=tuple(
            TaskFacts(step.key, _skill_task(step, asked[step.subject].name), step.hours, step.is_essential)
            for step in stretch.steps
        ),
        teaches=tuple(
            Teaching(slug, asked[slug].name, hours[slug] / destination.hours_per_week, asked[slug].level)
            for slug in stretch.subjects
        ),
        resources=tuple({one.slug: one for slug in stretch.subjects for one in resources.get(slug, ())}.values()),
        goals=tuple(_goal(sentence) for sentence in sentences if sentence),
        milestone=(
            f"A piece of work of your own that needs {listing([in_sentence(name) for name in names])}, looked at by "
            "somebody who does this for a living."
        ),
    )


def _shortened(names: Sequence[str]) -> str:
    return f"{_capital(in_sentence(names[0]))}, {in_sentence(names[1])} and {count(len(names) - 2, 'more skill')}"


def _skill_task(step: Step, name: str) -> str:
    level = Level(int(step.aim)).label.lower()
    return f"{name}: reach {level} level." if step.is_reached else f"{name}: work towards {level} level."


def _goal(sentence: str) -> str:
    """``You can set a leaflet.`` as it stands after "Afterwards you can": ``Set a leaflet.``"""
    return _capital(re.sub(r"^You (can )?", "", sentence))


def _elements_phase(stretch: Stretch) -> PhaseFacts:
    names = [element_name(step.subject) for step in stretch.steps]
    return PhaseFacts(
        key=stretch.key,
        title=_capital(listing(names)),
        weeks=stretch.weeks,
        tasks=tuple(
            TaskFacts(
                step.key,
                _element_task(step),
                step.hours,
                step.is_essential,
            )
            for step in stretch.steps
        ),
        milestone=(f"Somebody who does this work sees {listing(names)} in something you did."),
    )


def _element_task(step: Step) -> str:
    before, after = level_word(step.held) if step.held else "next to nothing", level_word(step.aim)
    levels = f"from {before} to {after} level" if before != after else f"further within {after} level"
    return f"{_capital(element_name(step.subject))}: {levels} ({step.held:.1f} to {step.aim:.1f} of 7)."


def route_note(length: Length | None, destination: Stop, has_route: bool) -> str:
    """What the roadmap is, in a sentence; why there is none."""
    if length is None:
        return "Nothing is published from which a roadmap could be put together."
    if not has_route:
        return "Nothing has to be learned that we or the official ratings know of. What decides is getting in."
    if length.basis is Basis.SKILLS:
        return (
            f"About {count(length.hours, 'hour')} to first applications, put together from the skill guides and what "
            f"the roadmap of {people(destination)} spends on each skill. Tasters of the work come first and are not "
            "counted in."
        )
    return (
        f"About {count(length.hours, 'hour')}, counted as full-time preparation and shared out by how much is missing. "
        "We have no courses for an official occupation, and name none that we do not know."
    )


# -- Gates and what is not known ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GateWords:
    """A gate with its heading."""

    title: str
    words: str
    is_licence: bool = False


def gate_words(gate: Gate, barrier_why: str = "") -> GateWords:
    """What a gate asks, in the statistics office's own words where it has any."""
    match gate.kind:
        case GateKind.EDUCATION:
            usual = f"Usual at entry: {_lower(gate.words)}."
            before = f" Usual where you are: {_lower(gate.before)}." if gate.before else ""
            return GateWords(
                "Education", f"{usual}{before} Months of learning do not replace it where it is asked for."
            )
        case GateKind.LICENCE:
            return GateWords(
                "Licence",
                "The official handbook has a section on licences and certificates for this occupation. Read it before "
                "anything else: some are required by law.",
                is_licence=True,
            )
        case GateKind.EXPERIENCE:
            return GateWords("Experience", f"Usual at entry: {_lower(gate.words)} of work in a related occupation.")
        case GateKind.TRAINING:
            return GateWords("Training", f"Usual after being hired: {_lower(gate.words)}.")
        case GateKind.BARRIER:
            return GateWords("A high barrier", barrier_why)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def unknown_words(unknown: Unknown, origin: Stop, destination: Stop) -> str:
    """What is not known, in a sentence."""
    here, there = people(origin), people(destination)
    return {
        Unknown.MATCH: "How alike the two are: official ratings of one of them are missing.",
        Unknown.PROXY: (
            "The match to the point: no official statistics exist for one of the two titles, so its nearest "
            "occupations stand for it and the number is a range."
        ),
        Unknown.READINESS: "How much of what is asked people bring: official ratings of one of the two are missing.",
        Unknown.SKILLS_OF_ORIGIN: (
            f"Which of our skills {here} hold. The roadmap counts them as not held; say what you know, and it gets "
            "shorter."
        ),
        Unknown.SKILLS_OF_DESTINATION: (
            f"Which skills, in our sense, {there} need. The requirements are those of the official ratings, and no "
            "level of a single program or method is published."
        ),
        Unknown.LENGTH: "How long it takes: there is nothing published to count it from.",
        Unknown.PAY: "What the move does to pay: no wage statistics are published for one of the two.",
        Unknown.STARTING_PAY: "Starting pay. The medians are those of all employees, newcomers and veterans together.",
        Unknown.TIME_OF_OTHERS: (
            "How long others took. No public data say how long people prepared for such a move, so the time is an "
            "estimate that nobody has checked against outcomes."
        ),
        Unknown.NEARBY: "What employers near you ask for. The figures are those of the United States as a whole.",
    }[unknown]


def move_answers(origin: Stop, destination: Stop, move: Move, change: PayChange | None) -> list[Answer]:
    """The questions about a computed move that the facts answer."""
    return [
        Answer("Will I earn less?", _pay_answer(origin, destination, change)),
        Answer("How long does it take?", _time_answer(move)),
        Answer(f"Do people go from {_people_amid(origin)} to {people(destination)}?", _common_answer(move.match)),
    ]


def _pay_answer(origin: Stop, destination: Stop, change: PayChange | None) -> str:
    if change is None:
        return f"We do not know. {pay_note(origin, destination, None)}"
    if change.origin_is_open and change.destination_is_open:
        return f"We do not know. {pay_change_words(change)}: the survey publishes no more than that of high pay."
    verdict = "Probably" if change.high < 0 else "Probably not" if change.low >= 0 else "It depends"
    return (
        f"{verdict}. {pay_change_words(change)}: a change of {pay_change_value(change)}. Medians are "
        "those of all employees; a first job in a new field is usually below the median."
    )


def _time_answer(move: Move) -> str:
    if move.length is None:
        return "We do not know."
    note = length_note(move.length)
    stop = "." if note[0].isupper() else ""
    return f"{_capital(months_words(move.length))}{stop} {note} {time_limits(move)}".strip()


def _common_answer(match: Match | None) -> str:
    if match is None:
        return "We cannot say. Official ratings of one of the two are missing."
    return (
        f"We know how alike the work is, not who moved. {band_meaning(match.band)} That was measured on people in the "
        "United States who changed occupation within a year."
    )


# -- Lists of destinations ---------------------------------------------------------------------------------------------


def ranking_title(origin: Stop) -> str:
    """``Where backend developers can go``."""
    return f"Where {_people_amid(origin)} can go"


def found_words(found: int, total: int) -> str:
    """``37 of 1,027 destinations``."""
    return f"{count(found, 'destination')}" if found == total else f"{found:,} of {count(total, 'destination')}"


WISHES: Mapping[Wish, str] = {
    Wish.PAY: "pay is not published",
    Wish.MONTHS: "time cannot be counted",
    Wish.REMOTE: "remote work is known for our roles alone",
    Wish.DEGREE: "usual education is not published for one of the two",
}


def not_known_words(not_known: Mapping[Wish, int]) -> str:
    """How many destinations are left out because a wish could not be judged; empty when there are none."""
    if not not_known:
        return ""
    parts = [f"{WISHES[wish]} ({number:,})" for wish, number in not_known.items()]
    return f"Left out, because it is not known whether they fit: {'; '.join(parts)}."


def time_explained(origin: Stop) -> str:
    """What the times in a list of destinations are, and what they leave out."""
    to_roles = (
        "" if origin.held is not None else " To our roles it is counted as if none of their skills were held yet."
    )
    return f"Time is typical and estimated; required schooling or a licence can take years more.{to_roles}"


def order_explained(order: Order) -> str:
    """What an order goes by."""
    return ALIKE_EXPLAINED if order is Order.ALIKE else LIKELY_EXPLAINED


def destination_time(destination: Destination) -> str:
    """``9–15 months``; ``Not known``."""
    return months_words(destination.length) if destination.length else "Not known"


def destination_pay(destination: Destination) -> str:
    """``$61,300 (−54 %)``."""
    if not destination.stop.medians:
        return "Not known"
    pay = medians(*destination.stop.medians)
    change = destination.change
    return f"{pay} ({in_sentence(pay_change_value(change))})" if change else pay


def destination_degree(destination: Destination) -> str:
    """What is usual at entry, and whether it is more than at the origin."""
    if destination.stop.education is None:
        return "Not known"
    return f"{destination.stop.education.label}{', more than now' if destination.more_education else ''}"


def pay_help(origin: Stop) -> str:
    """What the origin pays, as help beside the field."""
    return f"Median now: {medians(*origin.medians)}." if origin.medians else ""


def same_end(stop: Stop) -> str:
    """Why there is no move from an end to itself."""
    return (
        f"This is where {people(stop)} are already: match 100, readiness 100\N{NO-BREAK SPACE}%, nothing to learn. "
        "Choose another destination."
    )
