"""Sentences about pathways: what speaks against the direct move, what each chain is, and what would have to give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .destinations import Stop
from .pathway import WEAK_MATCH, Limit, Limits, Node, Pathways, Relief, Way, Weakness
from .phrases import count, listing, money
from .transition import Match
from .transition_phrases import band_words, match_value, people

SPACE = "\N{NO-BREAK SPACE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

NOT_KNOWN = "Not known"
SHOWN_NAMES = 4
"""Ends that a sentence names before it counts the others."""

RULES = (
    "A chain has two or three moves, so one or two stops. Stops are looked for among the work that is most alike both "
    "ends or one of them, and none asks for more education than both ends do.",
    "Left out is a chain that is no better than another way within the limits in any of three things: months in all, "
    "lowest pay on the way, match of its least alike move. What is not known is no better than anything.",
    "Months are months of learning, as the page of each move counts them. Getting hired and the time spent at a stop "
    "come on top, and nobody publishes how long those take.",
    "Pay is read against you: the lowest median of each stop as a share of the highest one where you are. Medians are "
    "those of all employees; newcomers usually get less.",
)
"""How chains are found, told on the page."""


def pathways_title(origin: Stop, destination: Stop) -> str:
    """``From backend developers to AI artists, in steps``."""
    return f"From {people(origin)} to {people(destination)}, in steps"


def limits_words(limits: Limits) -> str:
    """``No move takes longer than 18 months, and no stop pays less than 80 % of today's median.``"""
    parts = []
    if limits.months is not None:
        parts.append(f"no move takes longer than {count(limits.months, 'month')} of learning")
    if limits.pay_percent is not None:
        parts.append(f"neither a stop nor the destination pays less than {_percent(limits.pay_percent)} of today")
        parts[-1] += f"{APOSTROPHE}s median"
    return f"{_first(listing(parts))}." if parts else "You set no limit."


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(number: int) -> str:
    return f"{number}{SPACE}%"


# -- The direct move ---------------------------------------------------------------------------------------------------


def direct_words(found: Pathways) -> str:
    """Whether the direct move is weak, in a sentence."""
    if not found.weaknesses:
        return "Nothing speaks against the direct move: the work is alike enough, and it keeps your limits."
    return "The direct move is weak:" if len(found.weaknesses) > 1 else "One thing speaks against the direct move:"


def weakness_words(weakness: Weakness, direct: Way, match: Match | None, limits: Limits) -> str:
    """What speaks against the direct move, with the numbers."""
    months, percent = direct.months, direct.pay_percent
    return {
        Weakness.NO_MATCH: "How alike the work is cannot be said: official ratings of one of the two are missing.",
        Weakness.MATCH: (
            f"The match is {match_value(match) if match else NOT_KNOWN}. Below {WEAK_MATCH}, people make such moves "
            "less often than by chance."
        ),
        Weakness.EDUCATION: "The destination usually asks for more education than the work where you are.",
        Weakness.MONTHS: (
            f"It takes up to {count(months[1] if months else 0, 'month')} of learning, and your limit is "
            f"{limits.months}."
        ),
        Weakness.MONTHS_NOT_KNOWN: "Nothing is published to count its months from, so nobody can say whether it keeps "
        "your limit.",
        Weakness.PAY: (
            f"The destination pays {_percent(percent or 0)} of today{APOSTROPHE}s median, and your limit is "
            f"{_percent(limits.pay_percent or 0)}."
        ),
        Weakness.PAY_NOT_KNOWN: "Pay is not published for one of the two ends, so nobody can say whether it keeps your "
        "limit.",
    }[weakness]


# -- Chains ------------------------------------------------------------------------------------------------------------


def found_words(found: Pathways) -> str:
    """How many chains there are, and how many more are left out as no better."""
    chains, hidden = len(found.chains), found.dominated
    if not chains and not hidden:
        return "No chain keeps your limits"
    if not chains:
        return (
            f"{count(hidden, 'chain keeps', 'chains keep')} your limits, none better than the direct move in anything"
        )
    kept = f"{count(chains, 'chain')} within your limits"
    return f"{kept}; {hidden:,} more left out, because another way is as good in everything" if hidden else kept


def chain_title(way: Way) -> str:
    """``Via Web Developers, then Web Administrators``; ``The direct move``."""
    return f"Via {', then '.join(node.title for node in way.stops)}" if way.stops else "The direct move"


def months_words(months: tuple[int, int] | None) -> str:
    """``9–15 months``."""
    if months is None:
        return NOT_KNOWN
    low, high = months
    if not high:
        return "0 months"
    said = f"{low}\N{EN DASH}{high}" if 0 < low < high else str(high) if low else f"up to {high}"
    return f"{said} {'month' if high == 1 else 'months'}"


def lowest_pay_words(way: Way) -> str:
    """``$61,300 (92 % of today)``."""
    if way.lowest_pay is None:
        return NOT_KNOWN
    share = f" ({_percent(way.pay_percent)} of today)" if way.pay_percent is not None else ""
    return f"{money(way.lowest_pay)}{share}"


def weakest_words(match: Match | None) -> str:
    """``about 90–95, reachable``: the least alike move of a way."""
    return f"{match_value(match)}, {band_words(match.band)}" if match else NOT_KNOWN


def education_words(way: Way) -> str:
    """How many of its moves usually ask for more education than the work before."""
    pairs = list(zip(way.nodes, way.nodes[1:], strict=False))
    if any(node.education is None for node in way.nodes):
        return NOT_KNOWN
    more = sum((after.education or 0) > (before.education or 0) for before, after in pairs)
    return f"More education in {count(more, 'move')}" if more else "No more education than before"


LIMIT_WORDS: Mapping[tuple[Limit, bool | None], str] = {
    (Limit.MONTHS, False): "too long",
    (Limit.MONTHS, None): "months not known",
    (Limit.PAY, False): "pays too little",
    (Limit.PAY, None): "pay not known",
}


def verdict_words(way: Way, limits: Limits) -> str:
    """Whether a way keeps the limits, and which not."""
    broken = [LIMIT_WORDS[limit, verdict] for limit, verdict in way.verdicts(limits).items() if verdict is not True]
    return f"No: {listing(broken)}" if broken else "Yes"


# -- What is missing ---------------------------------------------------------------------------------------------------


def not_known_words(not_known: Mapping[Limit, Sequence[Node]], origin: Stop, destination: Stop) -> list[str]:
    """Who was left out because nobody can say whether they keep a limit, a sentence for each limit."""
    said = []
    for limit, nodes in not_known.items():
        ends = {node.slug for node in nodes} & {origin.slug, destination.slug}
        between = [node.title for node in nodes if node.slug not in ends]
        what = "Pay is not published" if limit is Limit.PAY else "Nothing is published to count months from"
        if ends:
            names = [people(stop) for stop in (origin, destination) if stop.slug in ends]
            said.append(
                f"{what} for {listing(names)}, so nobody can say whether any way keeps that limit. Choose "
                "\N{LEFT DOUBLE QUOTATION MARK}No limit\N{RIGHT DOUBLE QUOTATION MARK} to see ways without it."
            )
        if between:
            named = between[:SHOWN_NAMES]
            more = len(between) - len(named)
            said.append(
                f"{what} for {listing([*named, *([f'{more} more'] if more else [])])}: left out as "
                f"{'a stop' if len(between) == 1 else 'stops'}, because nobody can say whether they keep that limit."
            )
    return said


def nothing_words(found: Pathways, limits: Limits, looked_at: int) -> str:
    """Why there is no chain, in a sentence."""
    if not looked_at:
        return "No work with official ratings lies between the two, so no chain can be computed."
    if found.direct.verdicts(limits).get(Limit.PAY) is False:
        return (
            f"The destination itself pays {_percent(found.direct.pay_percent or 0)} of today{APOSTROPHE}s median. No "
            "stop on the way changes that, so the limit of pay blocks every way."
        )
    if found.reliefs:
        blocking = "Each of the two limits blocks" if len(found.reliefs) > 1 else "The limit blocks"
        if found.reliefs[0].months is not None and found.reliefs[0].pay_percent is not None:
            blocking = "Both limits together block"
        return f"{count(looked_at, 'stop was', 'stops were')} looked at. {blocking} every chain."
    return f"{count(looked_at, 'stop was', 'stops were')} looked at, and no chain can be judged by your limits."


def relief_words(relief: Relief) -> str:
    """``Allow 20 months a move.``"""
    months = f"allow {count(relief.months, 'month')} a move" if relief.months is not None else ""
    pay = (
        f"accept {_percent(relief.pay_percent)} of today{APOSTROPHE}s median" if relief.pay_percent is not None else ""
    )
    return f"{_first(listing([part for part in (months, pay) if part]))}, and there is a chain."


def meant_words(text: str, has_suggestions: bool) -> str:
    """What is said of words that name no end."""
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
    if has_suggestions:
        return f"Which of these do you mean by {quoted}?"
    return f"No role or occupation with a title like {quoted} is known here. Try another title."
