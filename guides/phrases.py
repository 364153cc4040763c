"""Every sentence that the site writes itself, from facts alone: articles, plurals, ranges, derived answers.

An editor types none of these. Plain values in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .duration import Duration
from .figures import Exposure, OfficialFigures, Outlook
from .pay import PayBasis, PayChange
from .vocabulary import Coding, Difficulty, Effort, EntryBarrier, Remote

DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"

SPELT_WITH_VOWEL_SOUND = set("aefhilmnorsx")
"""Letters whose names begin with a vowel sound: an API, an SEO specialist, but a UX designer."""

SILENT_H = ("hour", "honest", "heir", "honour")
SOUNDS_LIKE_CONSONANT = ("uni", "use", "user", "usa", "eu", "one", "once", "ou")


@dataclass(frozen=True)
class RoleWords:
    """What sentences about a role need to know of it."""

    title: str
    plural: str
    article: str
    difficulty: Difficulty
    entry_barrier: EntryBarrier
    entry_barrier_why: str
    coding: Coding
    coding_why: str
    remote: Remote
    remote_why: str
    has_ai: bool
    duration: Duration

    @property
    def with_article(self) -> str:
        """``an AI technical writer``."""
        return f"{self.article or indefinite_article(self.title)} {in_sentence(self.title)}"


@dataclass(frozen=True)
class Answer:
    """A question readers ask and the answer that the facts give."""

    question: str
    answer: str


def indefinite_article(noun: str) -> str:
    """``a`` or ``an``, by the sound of the first word: an AI artist, a UX designer, an hour, a user."""
    match = re.match(r"[A-Za-z0-9]+", noun)
    word = match[0] if match else ""
    if word[:1].isdigit():
        return "an" if word.startswith(("8", "11", "18")) else "a"
    if len(word) > 1 and word.isupper():
        return "an" if word[0].lower() in SPELT_WITH_VOWEL_SOUND else "a"
    lower = word.lower()
    if lower.startswith(SILENT_H):
        return "an"
    return "an" if lower[:1] in set("aeiou") and not lower.startswith(SOUNDS_LIKE_CONSONANT) else "a"


def in_sentence(title: str) -> str:
    """A title as it stands inside a sentence: lower-case first letter unless the first word is an acronym or a name."""
    first = title.split(" ", 1)[0]
    return title if any(letter.isupper() for letter in first[1:]) else title[:1].lower() + title[1:]


def count(number: float, noun: str, plural: str = "") -> str:
    """``1 week``, ``2 weeks``, ``2.5 weeks``."""
    return f"{number:,g} {noun if number == 1 else plural or noun + 's'}"


def listing(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def money(dollars: int) -> str:
    """``$72,000``."""
    return f"${dollars:,}"


def money_range(low: int, high: int) -> str:
    """``$72,000–$148,000``, or one amount when both are the same."""
    return money(low) if low == high else f"{money(low)}{DASH}{money(high)}"


def signed(percent: int) -> str:
    """``+16 %``, ``−31 %``, ``0 %``."""
    sign = "+" if percent > 0 else MINUS if percent < 0 else ""
    return f"{sign}{abs(percent)}\N{NO-BREAK SPACE}%"


def signed_range(low: int, high: int) -> str:
    """``−54 % to −25 %``, or one value when both are the same."""
    return signed(low) if low == high else f"{signed(low)} to {signed(high)}"


def years(start: int, end: int | None) -> str:
    """``0–2 years``, ``8 years and more``."""
    return f"{count(start, 'year')} and more" if end is None else f"{start}{DASH}{count(end, 'year')}"


def months(duration: Duration) -> str:
    """``about 5 months``."""
    return f"about {count(duration.months, 'month')}"


def pace(duration: Duration) -> str:
    """``21 weeks at 10 hours a week``."""
    return f"{count(duration.weeks, 'week')} at {count(duration.hours_per_week, 'hour')} a week"


def rounded_down(number: int) -> str:
    """A count as a promise that is kept: ``50+`` for 54, ``24`` for 24."""
    tens = number // 10 * 10
    return f"{tens}+" if number > tens >= 10 else str(number)


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)


def as_of(when: str) -> str:
    """The date of a source's data as it is read: ``2024``, ``May 2024``, ``3 May 2024``."""
    year, *rest = when.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def share(part: float) -> str:
    """A part of a whole in per cent: ``70 %``."""
    return f"{round(part * 100)}\N{NO-BREAK SPACE}%"


# --- Role pages ---------------------------------------------------------------------------------------------------


def what_it_is(role: RoleWords) -> str:
    """Heading: ``What does an AI artist actually do?``"""
    return f"What does {role.with_article} actually do?"


def how_to_become(role: RoleWords) -> str:
    """Heading: ``How to become an AI artist``."""
    return f"How to become {role.with_article}"


def poor_fit(role: RoleWords, own: Sequence[str]) -> list[str]:
    """Reasons against that the facts give away, then the editors' own."""
    derived = []
    if role.coding == Coding.REQUIRED:
        derived.append("You want a role without programming: this one cannot be done without it.")
    if role.difficulty == Difficulty.ADVANCED:
        derived.append("You are looking for a first job in the field: this role usually comes after another one.")
    if role.has_ai:
        derived.append("You do not want to work with AI tools all day, or object to them.")
    if role.remote == Remote.NO:
        derived.append("You need to work from home.")
    return [*derived, *own]


def learning_time(role: RoleWords) -> str:
    """Line above the roadmap."""
    return f"{months(role.duration).capitalize()}: {pace(role.duration)}, {role.duration.hours:,} hours in all."


def answers(role: RoleWords, figures: Sequence[OfficialFigures], is_official: bool) -> list[Answer]:
    """The five questions whose answers stand in the facts already."""
    return [
        Answer(f"Will there be work for {in_sentence(role.plural)}?", _future(role, figures, is_official)),
        Answer(f"Do {in_sentence(role.plural)} need to code?", _coding(role)),
        Answer(f"How long does it take to become {role.with_article}?", _time(role)),
        Answer(f"Can {role.with_article} work remotely?", _remote(role)),
        Answer("Where do the pay figures come from?", _pay_origin(role, is_official)),
    ]


def _future(role: RoleWords, figures: Sequence[OfficialFigures], is_official: bool) -> str:
    outlooks = [(one.title, one.outlook) for one in figures if one.outlook]
    if not outlooks:
        return f"Nobody publishes a projection for {in_sentence(role.plural)} or for an occupation near to it, so we do not guess."
    parts = [f"{title}: {outlook_words(outlook)}" for title, outlook in outlooks]
    lead = (
        ""
        if is_official
        else "No official statistics exist for this title. The nearest occupations are projected as follows. "
    )
    return f"{lead}{'; '.join(parts)}. {exposure_words(figures)}"


def outlook_words(outlook: Outlook) -> str:
    """``+16 % from 2024 to 2034 (all jobs +3 %), much faster than average``."""
    return (
        f"{signed(outlook.growth_percent)} from {outlook.start_year} to {outlook.end_year} "
        f"(all jobs {signed(outlook.all_jobs_percent)}), {outlook.words.lower()}"
    )


def openings(outlook: Outlook) -> str:
    """``129,200 openings a year, counted together with ...``; empty when not published."""
    if outlook.openings_per_year is None:
        return ""
    together = (
        f", counted together with {outlook.openings_with[0].lower()}{outlook.openings_with[1:]}"
        if outlook.openings_with
        else ""
    )
    return f"{outlook.openings_per_year:,} openings a year{together}"


def exposure_words(figures: Sequence[OfficialFigures]) -> str:
    """What the AI measures say, and what they do not."""
    shares = [one.exposure.task_share_percent for one in figures if one.exposure.task_share_percent is not None]
    if not shares:
        return "AI exposure has not been rated."
    share = _percent_range(min(shares), max(shares))
    return (
        f"AI tools could halve the time of about {share} of the tasks. That is exposure, not the risk of losing the job: "
        "it counts neither demand nor law nor what people prefer."
    )


def _percent_range(low: int, high: int) -> str:
    return f"{low}\N{NO-BREAK SPACE}%" if low == high else f"{low} to {high}\N{NO-BREAK SPACE}%"


def exposure_share(figures: Sequence[OfficialFigures]) -> str:
    """``87 %`` or ``50 to 93 %`` of tasks; empty when not rated."""
    shares = [one.exposure.task_share_percent for one in figures if one.exposure.task_share_percent is not None]
    return _percent_range(min(shares), max(shares)) if shares else ""


def observed_use(exposure: Exposure) -> str:
    """``AI is seen in use more than in 87 % of occupations``; empty when not rated."""
    if exposure.observed_use_percentile is None:
        return ""
    return f"AI is seen in use more than in {exposure.observed_use_percentile}\N{NO-BREAK SPACE}% of occupations"


def _coding(role: RoleWords) -> str:
    lead = {
        Coding.NONE: "No.",
        Coding.OPTIONAL: "Not to be hired, but it helps.",
        Coding.REQUIRED: "Yes.",
    }[role.coding]
    return f"{lead} {role.coding_why}"


def _time(role: RoleWords) -> str:
    return (
        f"{months(role.duration).capitalize()} on the roadmap of this page: {pace(role.duration)}. With other hours it is "
        f"{count(role.duration.weeks_at(5), 'week')} at 5 hours or {count(role.duration.weeks_at(20), 'week')} at 20. "
        f"The barrier to entry is {role.entry_barrier.label.lower()}. {role.entry_barrier_why}"
    )


def _remote(role: RoleWords) -> str:
    lead = {Remote.NO: "Rarely.", Remote.HYBRID: "In part.", Remote.YES: "Usually."}[role.remote]
    return f"{lead} {role.remote_why}"


def _pay_origin(role: RoleWords, is_official: bool) -> str:
    if is_official:
        return (
            "From the wage survey of the U.S. Bureau of Labor Statistics for the occupation that includes this title: "
            "employees in the United States, without the self-employed. Pay by stage is our editors' split of that range, "
            "because nobody publishes it."
        )
    return (
        f"No official statistics exist for {in_sentence(role.plural)}. The page shows the wage survey of the U.S. Bureau of "
        "Labor Statistics for the nearest occupations, side by side and not averaged. Pay by stage is our editors' judgement "
        "inside those ranges."
    )


def interview_offer(role: RoleWords, questions: int) -> str:
    """Hand-off from the roadmap to the questions."""
    return f"Practise with {rounded_down(questions)} interview questions for {in_sentence(role.plural)}"


# --- Transitions --------------------------------------------------------------------------------------------------


def transition_title(origin: str, destination: str, duration: Duration, own: str = "") -> str:
    """``From backend developer to AI artist: a 6-month route``; ``{months}`` of an editor's own title is filled in."""
    if own:
        return own.replace("{months}", str(duration.months))
    return f"From {in_sentence(origin)} to {in_sentence(destination)}"


def route_length(duration: Duration) -> str:
    """``a 6-month route``."""
    return f"{indefinite_article(str(duration.months))} {duration.months}-month route"


def pay_change_words(change: PayChange | None) -> str:
    """What happens to pay, with both medians; says so when it is not known."""
    if change is None:
        return "Not known: pay is not published for one of the two roles."
    before, after = money_range(*change.origin), money_range(*change.destination)
    return f"Median pay {before} in the old role, {after} in the new one"


def effort_words(effort: Effort) -> str:
    """``A moderate move``."""
    return f"{indefinite_article(effort.label).capitalize()} {effort.label.lower()} move"


def transition_answers(
    origin: RoleWords, destination: RoleWords, change: PayChange | None, duration: Duration, official: bool
) -> list[Answer]:
    """The questions about a move that the facts answer."""
    return [
        Answer("Will I earn less?", _pay_answer(change, official)),
        Answer(
            "How long does it take?",
            f"{months(duration).capitalize()}: {pace(duration)}. At 5 hours a week it is "
            f"{count(duration.weeks_at(5), 'week')}, at 20 hours {count(duration.weeks_at(20), 'week')}.",
        ),
        Answer(f"Will I still write code as {destination.with_article}?", _coding(destination)),
        Answer(f"Can I work remotely as {destination.with_article}?", _remote(destination)),
    ]


def _pay_answer(change: PayChange | None, official: bool) -> str:
    if change is None:
        return "We do not know: pay is not published for one of the two roles."
    if change.high < 0:
        verdict = "Probably"
    elif change.low > 0:
        verdict = "Probably not"
    else:
        verdict = "It depends"
    caution = (
        "Both are official medians of all employees, not starting pay: a first job in a new field is usually below the median."
        if official
        else "The new role has no official statistics, so the figures are those of its nearest occupations; a first job in a "
        "new field is usually below the median."
    )
    return f"{verdict}: {signed_range(change.low, change.high)} by the medians. {pay_change_words(change)}. {caution}"


def is_pay_official(origin: PayBasis, destination: PayBasis) -> bool:
    """Whether both sides of a comparison rest on statistics that include the title."""
    return origin.is_official and destination.is_official
