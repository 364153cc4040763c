"""Every sentence that the site writes itself, from facts alone: articles, plurals, ranges, derived answers.

An editor types none of these. Plain values in, text out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .duration import Duration
from .figures import DECLINE, OUTLOOK_WORDS, Exposure, FigureKind, OfficialFigures, Outlook
from .pay import TOP_CODE, PayBasis, PayChange
from .vocabulary import Coding, Difficulty, Effort, EntryBarrier, Level, Remote

DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"

SPELT_WITH_VOWEL_SOUND = set("aefhilmnorsx")
"""Letters whose names begin with a vowel sound: an API, an SEO specialist, but a UX designer."""

SPELT_OUT = re.compile(r"[A-Z](?![a-z])|[a-z][A-Z]")
"""Beginning of a word whose first letter is said by its name: AI, APIs, MLOps, X-ray, iOS, mRNA."""

SILENT_H = ("hour", "honest", "heir", "honour", "honor")
SOUNDS_LIKE_CONSONANT = re.compile(
    r"eu|ewe|one|once"
    r"|u(?:$|biq|fo|k|nanim|ni(?!n|mp|mm|de)|r[aeiou]|s[aeu]|t(?:i|o|en|er))"
)
"""Vowels that are said like "you" or "one": a user, a unit, a European, a one-off, but an urban or unintended one."""

OTHER_PACES = (5, 20)
"""Hours a week that an answer about time works out beside those of the roadmap."""

NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        Adobe Android Angular Azure Blender Django Docker Drupal Excel Figma Flutter Go Google Java Julia Kafka Kotlin
        Kubernetes Laravel Linux Magento Microsoft Oracle Perl Python Rails React Ruby Rust Salesforce Scala Shopify
        Spark Swift Tableau Terraform Unity Unix Unreal Webflow Windows Zendesk
        Arabic Chinese Dutch English European French German Italian Japanese Korean Polish Portuguese Russian Spanish
        Swedish Turkish Ukrainian
        """,
    )
)
"""Words that titles begin with and that keep their capital wherever they stand."""


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
    starts_from: str = ""

    @property
    def with_article(self) -> str:
        """``an AI technical writer``."""
        return f"{self.article or indefinite_article(self.title)} {in_sentence(self.title)}"


@dataclass(frozen=True)
class Answer:
    """A question readers ask and the answer that the facts give, with the slugs of the sources of its figures."""

    question: str
    answer: str
    sources: tuple[str, ...] = ()


def indefinite_article(noun: str) -> str:
    """``a`` or ``an``, by the sound of the first word: an AI artist, a UX designer, an hour, a user."""
    match = re.search(r"[A-Za-z0-9]+", unicodedata.normalize("NFKD", noun))
    word = match[0] if match else ""
    number = re.match(r"\d+", word)
    if number:
        is_eleven_or_eighteen = word.startswith(("11", "18")) and len(number[0]) % 3 == 2
        return "an" if word.startswith("8") or is_eleven_or_eighteen else "a"
    if SPELT_OUT.match(word):
        return "an" if word[0].lower() in SPELT_WITH_VOWEL_SOUND else "a"
    lower = word.lower()
    if lower.startswith(SILENT_H):
        return "an"
    return "an" if lower[:1] in set("aeiou") and not SOUNDS_LIKE_CONSONANT.match(lower) else "a"


def in_sentence(title: str) -> str:
    """A title as it stands inside a sentence: ``backend developer``, ``e-commerce manager``.

    A first word that is an acronym, a letter or a name stays as it is: ``AI artist``, ``X-ray technician``, ``Python
    developer``.
    """
    first = title.split(" ", 1)[0]
    keeps = (
        any(letter.isupper() for letter in first[1:])
        or not any(letter.islower() for letter in first)
        or re.match(r"[A-DF-Z]-", first)
        or first.removesuffix("-speaking") in NAMES
    )
    return title if keeps else title[:1].lower() + title[1:]


def count(number: float, noun: str, plural: str = "") -> str:
    """``1 week``, ``2 weeks``, ``2.5 weeks``, ``129,200 openings``; rounded to a tenth."""
    written = f"{number:,.1f}".removesuffix(".0")
    return f"{written} {noun if written == '1' else plural or noun + 's'}"


def listing(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``; nothing for no words."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def money(dollars: int) -> str:
    """``$72,000``."""
    return f"${dollars:,}"


def money_range(low: int, high: int) -> str:
    """``$72,000–$148,000``, or one amount when both are the same."""
    return money(low) if low == high else f"{money(low)}{DASH}{money(high)}"


def medians(low: int, high: int) -> str:
    """``$61,300–$99,800``; ``$239,200 or more`` where the survey publishes no more than that."""
    return f"{money_range(low, high)}{' or more' if high >= TOP_CODE else ''}"


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


def years_short(start: int, end: int | None) -> str:
    """Years where there is little room: ``0–2``, ``8+``."""
    return f"{start}+" if end is None else f"{start}{DASH}{end}"


def months(duration: Duration) -> str:
    """``about 5 months``."""
    return f"about {count(duration.months, 'month')}"


def pace(duration: Duration) -> str:
    """``21 weeks at 10 hours a week``."""
    return f"{count(duration.weeks, 'week')} at {count(duration.hours_per_week, 'hour')} a week"


def other_paces(duration: Duration) -> str:
    """``The same work takes 48 weeks at 5 hours a week and 12 weeks at 20 hours a week.``, without its own pace."""
    paces = [Duration(duration.weeks_at(hours), hours) for hours in OTHER_PACES if hours != duration.hours_per_week]
    return f"The same work takes {listing([pace(one) for one in paces])}."


def rounded_down(number: int) -> str:
    """A count as a promise that is kept: ``50+`` for 54, ``60`` for 60, ``7`` for 7."""
    tens = number // 10 * 10
    return f"{tens}+" if number > tens >= 10 else str(number)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def as_of(when: str) -> str:
    """The date of a source's data as it is read: ``2024``, ``May 2024``, ``3 May 2024``."""
    year, *rest = when.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def growing_less(low: float, high: float) -> str:
    """What ranks of growth from 0 to 10 say: ``19 to 39 % of workers are in occupations expected to grow less.``"""
    return f"{_percent_range(round(low * 10), round(high * 10))} of workers are in occupations expected to grow less."


def share(part: float) -> str:
    """A part of a whole in per cent: ``70 %``."""
    return f"{round(part * 100)}\N{NO-BREAK SPACE}%"


# --- Role pages ---------------------------------------------------------------------------------------------------


def what_it_is(role: RoleWords) -> str:
    """Heading: ``What does an AI artist actually do?``"""
    return f"What does {role.with_article} actually do?"


def as_somebody(title: str, article: str = "") -> str:
    """``as a backend developer``."""
    return f"as {article or indefinite_article(title)} {in_sentence(title)}"


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
    return (
        f"{months(role.duration).capitalize()}: {pace(role.duration)}, {role.duration.hours:,} hours in all"
        f"{counted_for(role)}. It leads to first applications; the levels above are what doing the job well takes."
    )


def counted_for(role: RoleWords) -> str:
    """``, counted for somebody who already draws``; empty where a page does not say."""
    return f", counted for {role.starts_from}" if role.starts_from else ""


def answers(role: RoleWords, figures: Sequence[OfficialFigures], is_official: bool) -> list[Answer]:
    """The five questions whose answers stand in the facts already."""
    return [
        Answer(
            f"Will there be work for {in_sentence(role.plural)}?",
            _future(role, figures, is_official),
            _sources(figures, FigureKind.OUTLOOK, FigureKind.TASK_SHARE),
        ),
        Answer(f"Do {in_sentence(role.plural)} need to code?", _coding(role)),
        Answer(f"How long does it take to become {role.with_article}?", _time(role)),
        Answer(f"Can {role.with_article} work remotely?", _remote(role)),
        Answer(
            "Where do the pay figures come from?",
            _pay_origin(role, figures, is_official),
            _sources(figures, FigureKind.PAY),
        ),
    ]


def _sources(figures: Sequence[OfficialFigures], *kinds: FigureKind) -> tuple[str, ...]:
    """The sources of those kinds of figures, each once."""
    return tuple(dict.fromkeys(one.source_of[kind] for kind in kinds for one in figures if kind in one.source_of))


def _future(role: RoleWords, figures: Sequence[OfficialFigures], is_official: bool) -> str:
    outlooks = [(one.title, one.outlook) for one in figures if one.outlook]
    if not outlooks:
        return (
            f"Nobody publishes a projection for {in_sentence(role.plural)} or for an occupation near to theirs, and we "
            f"do not guess. {exposure_words(figures)}"
        )
    parts = [f"{title}, {outlook_words(outlook)}" for title, outlook in outlooks]
    lead = (
        "Official statistics count this title in an occupation whose number of jobs is projected: "
        if is_official
        else "No official statistics exist for this title. The number of jobs is projected for the nearest "
        f"{'occupation' if len(parts) == 1 else 'occupations'}: "
    )
    return f"{lead}{'; '.join(parts)}. {exposure_words(figures)}"


def outlook_words(outlook: Outlook) -> str:
    """``+16 % from 2024 to 2034 (all jobs +3 %), much faster than average``."""
    words = "a decline" if outlook.words == DECLINE else outlook.words.lower()
    return (
        f"{signed(outlook.growth_percent)} from {outlook.start_year} to {outlook.end_year} "
        f"(all jobs {signed(outlook.all_jobs_percent)}), {words}"
    )


def outlook_words_key() -> str:
    """``“much faster than average” from +7 %, ..., “decline” below``: what the handbook's words stand for."""
    parts = [f"“{words.lower()}” from {signed(least)}" for least, words in OUTLOOK_WORDS]
    return f"{', '.join(parts)}, “{DECLINE.lower()}” below"


def openings(outlook: Outlook) -> str:
    """``129,200 openings a year, counted together with “...”``; empty when not published.

    The other occupations are quoted, as their official names hold commas and capitals of their own; a mere number of
    them, ``the 16 other occupations of ...``, is not.
    """
    if outlook.openings_per_year is None:
        return ""
    others = outlook.openings_with
    if others and not others.startswith("the "):
        others = f"“{others}”"
    together = f", counted together with {others}" if others else ""
    return f"{count(outlook.openings_per_year, 'opening')} a year{together}"


UNPUBLISHED = "Not known"
UNRATED = "Not rated"


def _within(figures: OfficialFigures, kind: FigureKind) -> str:
    """`` (as part of 15-2051 Data Scientists)``, where a figure is that of a wider occupation."""
    wider = figures.wider(kind)
    return f" (as part of {wider})" if wider else ""


def pay_label(figures: OfficialFigures) -> str:
    """The occupation whose pay it is: ``Software Developers``, or what its pay is published as a part of."""
    return f"{figures.title}{_within(figures, FigureKind.PAY)}"


def outlook_cell(figures: OfficialFigures) -> str:
    """``+16 % from 2024 to 2034 (all jobs +3 %), much faster than average``."""
    if figures.outlook is None:
        return UNPUBLISHED
    return f"{outlook_words(figures.outlook)}{_within(figures, FigureKind.OUTLOOK)}"


def openings_cell(figures: OfficialFigures) -> str:
    """``129,200 openings a year, counted together with “...”``."""
    return (openings(figures.outlook) if figures.outlook else "") or UNPUBLISHED


def transfer_cell(figures: OfficialFigures) -> str:
    """``3.5 % of workers a year``."""
    if figures.transfer is None:
        return UNPUBLISHED
    rate = f"{figures.transfer.percent_per_year:g}\N{NO-BREAK SPACE}%"
    return f"{rate} of workers a year{_within(figures, FigureKind.TRANSFER)}"


def task_share_cell(figures: OfficialFigures) -> str:
    """``87 % of tasks``."""
    share = figures.exposure.task_share_percent
    return UNRATED if share is None else f"{share}\N{NO-BREAK SPACE}% of tasks"


def observed_use_cell(figures: OfficialFigures) -> str:
    """``AI is in use here more than in 87 % of occupations``."""
    return observed_use(figures.exposure) or UNRATED


def entry_cell(figures: OfficialFigures) -> str:
    """``Bachelor's degree; experience: less than 5 years``; the office's "None" is left out."""
    entry = figures.entry
    if entry is None:
        return UNPUBLISHED
    parts = [entry.education]
    parts += [f"experience: {entry.experience.lower()}"] * (entry.experience != "None")
    parts += [f"training: {entry.training.lower()}"] * (entry.training != "None")
    return f"{'; '.join(parts)}{_within(figures, FigureKind.ENTRY)}"


def preparation_cell(figures: OfficialFigures) -> str:
    """``24 to 48 months of schooling and practice (job zone 4 of 5)``."""
    known = figures.preparation
    if known is None:
        return UNRATED
    months = f"{known.months_low} to {count(known.months_high, 'month')}" if known.months_low else ""
    span = months or f"up to {count(known.months_high, 'month')}"
    return f"{span} of schooling and practice (job zone {known.job_zone} of 5)"


def licence_cell(figures: OfficialFigures) -> str:
    """Where licences are described; whether one is needed is never derived."""
    if figures.licence is None:
        return UNPUBLISHED
    return "Section on licences and certificates" if figures.licence.section else "No section on licences"


def exposure_words(figures: Sequence[OfficialFigures]) -> str:
    """What the AI measures say, and what they do not."""
    shares = [one.exposure.task_share_percent for one in figures if one.exposure.task_share_percent is not None]
    if not shares:
        return "AI exposure has not been rated."
    share = _percent_range(min(shares), max(shares))
    return (
        f"With AI tools, about {share} of the tasks could be done in half the time. That is exposure, not the risk of "
        "losing the job: it counts neither demand nor law nor what people prefer."
    )


def _percent_range(low: int, high: int) -> str:
    return f"{low}\N{NO-BREAK SPACE}%" if low == high else f"{low} to {high}\N{NO-BREAK SPACE}%"


def exposure_share(figures: Sequence[OfficialFigures]) -> str:
    """``87 %`` or ``50 to 93 %`` of tasks; empty when not rated."""
    shares = [one.exposure.task_share_percent for one in figures if one.exposure.task_share_percent is not None]
    return _percent_range(min(shares), max(shares)) if shares else ""


def observed_use(exposure: Exposure) -> str:
    """``AI is in use here more than in 87 % of occupations``; empty when not rated."""
    if exposure.observed_use_percentile is None:
        return ""
    return f"AI is in use here more than in {exposure.observed_use_percentile}\N{NO-BREAK SPACE}% of occupations"


def _coding(role: RoleWords) -> str:
    lead = {
        Coding.NONE: "No.",
        Coding.OPTIONAL: "Not to be hired, but it helps.",
        Coding.REQUIRED: "Yes.",
    }[role.coding]
    return f"{lead} {role.coding_why}"


def _time(role: RoleWords) -> str:
    return (
        f"{months(role.duration).capitalize()} on the roadmap of this page: {pace(role.duration)}{counted_for(role)}. "
        f"{other_paces(role.duration)} "
        f"The barrier to entry is {role.entry_barrier.label.lower()}. {role.entry_barrier_why}"
    )


def _remote(role: RoleWords) -> str:
    lead = {Remote.NO: "Rarely.", Remote.HYBRID: "In part.", Remote.YES: "Usually."}[role.remote]
    return f"{lead} {role.remote_why}"


def _pay_origin(role: RoleWords, figures: Sequence[OfficialFigures], is_official: bool) -> str:
    if not any(one.pay for one in figures):
        return (
            f"No wage statistics are published for {in_sentence(role.plural)} or for an occupation near to theirs. Pay "
            "by stage, where the page shows it, is our editors' judgement."
        )
    if is_official:
        return (
            "From the wage survey of the U.S. Bureau of Labor Statistics for the occupation that includes this title: "
            "employees in the United States, without the self-employed. Pay by stage is our editors' split of that "
            "range, because nobody publishes it."
        )
    nearest = "occupation" if len(figures) == 1 else "occupations, side by side and not averaged"
    return (
        f"No official statistics exist for {in_sentence(role.plural)}. The page shows the wage survey of the U.S. "
        f"Bureau of Labor Statistics for the nearest {nearest}. Pay by stage is our editors' judgement inside that "
        "range."
    )


def interview_offer(role: RoleWords, questions: int) -> str:
    """Hand-off from the roadmap to the questions."""
    return f"Practise with {rounded_down(questions)} interview questions for {in_sentence(role.plural)}"


# --- Transitions --------------------------------------------------------------------------------------------------


def transition_title(origin: str, destination: str, duration: Duration, own: str = "") -> str:
    """``From backend developer to AI artist``; ``{months}`` of an editor's own title is filled in."""
    if own:
        return own.replace("{months}", str(duration.months))
    return f"From {in_sentence(origin)} to {in_sentence(destination)}"


def route_length(duration: Duration) -> str:
    """``a 6-month route``."""
    return f"{indefinite_article(str(duration.months))} {duration.months}-month route"


def pay_change_words(change: PayChange | None) -> str:
    """The medians behind a change of pay; says so when one is missing."""
    if change is None:
        return "Pay is not published for one of the two roles."
    return f"Median pay {medians(*change.origin)} in the old role, {medians(*change.destination)} in the new one"


def pay_change_value(change: PayChange | None) -> str:
    """``−54 % to −25 %``; ``+156 % or more`` where a median is only known to be at least so much."""
    if change is None or (change.origin_is_open and change.destination_is_open):
        return "Not known"
    words = signed_range(change.low, change.high)
    if change.destination_is_open:
        return f"{words} or more"
    return f"{words} or lower" if change.origin_is_open else words


def effort_words(effort: Effort) -> str:
    """``A moderate move``."""
    return f"{indefinite_article(effort.label).capitalize()} {effort.label.lower()} move"


def on_this_route(weeks: float) -> str:
    """``6 weeks on this route``."""
    return f"{count(weeks, 'week')} on this route"


def short_of(held: int, reached: int) -> str:
    """What a route that stops short of the level asked for does bring, from level ``held`` to ``reached``."""
    if reached > held:
        return f"This route brings you to about {Level(reached).label.lower()}; the rest is practice on the job."
    if held:
        return f"This route adds to the {Level(held).label.lower()} level you bring, and stops short of the next one."
    return "This route gives you a beginning, and stops short of the first level."


def transition_answers(
    origin: RoleWords,
    destination: RoleWords,
    change: PayChange | None,
    duration: Duration,
    before: PayBasis,
    after: PayBasis,
) -> list[Answer]:
    """The questions about a move that the facts answer."""
    uncovered = [role for role, pay in ((origin, before), (destination, after)) if not pay.is_official]
    return [
        Answer(
            "Will I earn less?",
            _pay_answer(change, uncovered),
            tuple(dict.fromkeys(row.source for row in (*before.rows, *after.rows) if row.pay)) if change else (),
        ),
        Answer("How long does it take?", f"{months(duration).capitalize()}: {pace(duration)}. {other_paces(duration)}"),
        Answer(f"Do I need to code as {destination.with_article}?", _coding(destination)),
        Answer(f"Can I work remotely as {destination.with_article}?", _remote(destination)),
    ]


def _pay_answer(change: PayChange | None, uncovered: Sequence[RoleWords]) -> str:
    if change is None:
        return f"We do not know. {pay_change_words(change)}"
    if change.high < 0:
        verdict = "Probably"
    elif change.low >= 0:
        verdict = "Probably not"
    else:
        verdict = "It depends"
    amount = "no change" if change.low == change.high == 0 else f"a change of {signed_range(change.low, change.high)}"
    caution = "a first job in a new field is usually below the median."
    if not uncovered:
        caution = f"Both are official medians of all employees, not starting pay; {caution}"
    else:
        titles = listing([in_sentence(role.plural) for role in uncovered], "or")
        caution = (
            f"No official statistics exist for {titles}, so their figures are those of the nearest occupations; "
            f"{caution}"
        )
    return f"{verdict}. {pay_change_words(change)}: {amount}. {caution}"


def is_pay_official(origin: PayBasis, destination: PayBasis) -> bool:
    """Whether both sides of a comparison rest on statistics that include the title."""
    return origin.is_official and destination.is_official
