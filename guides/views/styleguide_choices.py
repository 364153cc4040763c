"""Sample content of the style guide for the blocks of choosing: fit check, comparison, skill gap."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ..charts import Percentiles, pay_strip
from ..compare_forms import Selection, WeightForm
from ..fit_forms import FitForm
from ..fit_phrases import CAVEAT, ReasonWords
from ..fit_questions import GENERAL, FitQuestion, Matter, QuestionGroup, day_field, skill_field
from ..gap import Requirement, between
from ..gap_phrases import HOURS_EXPLAINED, gap_parts, gap_summary
from ..profile import DayTask
from ..proximity import Reason
from ..transition import MARGIN, Match
from ..transition_phrases import reason_words
from ..vocabulary import FitBand, Importance, Level, Liking, WorkMode

Sample = dict[str, Any]

PIECE = DayTask("Find out why a request that took a tenth of a second takes four since this morning.", WorkMode.ALONE)

QUESTIONS = (
    *GENERAL[:5],
    FitQuestion(day_field(PIECE), Matter.DAY, QuestionGroup.DAY, tuple(Liking.values), subjects=(PIECE.text,)),
    FitQuestion(
        skill_field("sql"),
        Matter.SKILLS,
        QuestionGroup.SKILLS,
        ("0", *(str(level.value) for level in Level)),
        subjects=("SQL and relational databases",),
    ),
)

GIVEN = {"coding": ["yes"], "pay": ["a lot"], day_field(PIECE): ["enjoy"]}

REQUIRED = (
    Requirement("sql", "SQL and relational databases", Level.PRACTITIONER, Importance.ESSENTIAL, (8, 60, 180, 800)),
    Requirement("git", "Version control with Git", Level.WORKING, Importance.ESSENTIAL, (4, 24, 60, 200)),
    Requirement("cloud-platforms", "Cloud platforms", Level.AWARENESS, Importance.OPTIONAL, (10, 60, 200, 800)),
)


def _way() -> Sample:
    """A pathway of two moves."""
    stops: list[Sample] = [
        {"title": title, "address": "#choices", "is_role": is_role, "group": group, "line": line}
        for title, is_role, group, line in (
            ("Backend developer", True, "Software engineering", "blue"),
            ("Technical Writers", False, "", ""),
            ("AI technical writer", True, "Writing", "green"),
        )
    ]
    known: Sample = {"address": "#choices", "match": "about 85–95, reachable", "time": "4–9 months"}
    hops = [
        {
            **known,
            "origin": first,
            "stop": second,
            "guide": f"To {second['title']}",
            "is_written": second["is_role"],
            "pay": "$133,080 to $91,670",
            "why": "Most alike in tools and fields of knowledge; least in abilities.",
            "gates": [] if second["is_role"] else [{"title": "Training", "words": "Usual after being hired: a month."}],
        }
        for first, second in pairwise(stops)
    ]
    return {"title": "Via Technical Writers", "hops": hops}


def samples(backend: Sample, writer: Sample, wages: Sample) -> Sample:
    """What the fragments ask for, about two sample roles and a sample source."""
    gap = between({"sql": 2, "git": 3}, REQUIRED)
    strip = pay_strip(
        [
            Percentiles("Software developers", 79_850, 103_050, 133_080, 169_000, 211_450),
            Percentiles("Technical writers", 54_400, 70_000, 91_670, 112_000, 130_430),
        ]
    )
    line = _line(backend, wages)
    return {
        "role": {**backend, "slug": "backend-developer"},
        "form": FitForm(QUESTIONS, GIVEN, held={"sql": 2}),
        "first_questions": FitForm(QUESTIONS[:3], {}).fields,
        "fit_length": "32 questions, about 6 minutes.",
        "reader": {"slug": "", "held": {"is_ledger": False}, "unknown": "webmaster"},
        "origins": [("backend-developer", "Backend developer"), ("ai-technical-writer", "AI technical writer")],
        "bands": (FitBand.NOT_NOW, FitBand.STRETCH, FitBand.PROMISING, FitBand.STRONG),
        "line": line,
        "lines": [line],
        "changes": [
            ("Do you need to work from home? No, it does not matter. Then: promising, +16 points.", "#choices")
        ],
        "others": [{**line, "role": writer, "standing": {"band": FitBand.PROMISING}}],
        "all_address": "#choices",
        "share_address": "#choices",
        "caveat": CAVEAT,
        "ranking": "Promising: 1 role. Not now: 3 roles.",
        "is_clear": True,
        "shown": {"start_index": 1},
        "gap": {
            "heading": "As a data analyst",
            "summary": gap_summary(gap, "A data analyst holds"),
            "parts": gap_parts(gap),
            "hours_explained": HOURS_EXPLAINED,
        },
        "way": _way(),
        "match": Match(82.5, MARGIN),
        "match_reasons": [reason_words(Reason("knowledge", 0.93, 3.1)), reason_words(Reason("tools", 0.02, -1.2))],
        "weights": WeightForm({"pay": "2", "time": "9"}),
        "selection": Selection(("backend-developer", "ai-technical-writer"), mistakes=("No role is called “x” here.",)),
        "chosen": [
            {"role": {**backend, "slug": "backend-developer"}, "is_baseline": True, "without": "#choices"},
            {"role": {**writer, "slug": "ai-technical-writer"}, "is_baseline": False, "without": "#choices"},
        ],
        "title": "Backend developer and AI technical writer",
        "status": "2 roles compared. They differ in 3 of 4 rows.",
        "order": [
            {
                "words": "First: Backend developer, 200 of 300 points.",
                "contributions": ["Pay: 100 of 100, times 2: 200"],
            },
            {
                "words": "Second: AI technical writer, 100 of 300 points.",
                "contributions": ["Pay: 0 of 100, times 2: 0"],
            },
        ],
        "pay": (strip, [(backend, strip.rows[:1]), (writer, strip.rows[1:])]),
        "wide": 3,
        "turned": "#choices",
        "before": [
            {
                "heading": "Pay",
                "rows": [
                    {
                        "label": "Median pay a year",
                        "sources": [wages],
                        "cells": [
                            {"words": "$133,080", "is_best": True},
                            {"words": "$91,670", "difference": "−$41,410"},
                        ],
                    }
                ],
            },
            {
                "heading": "Skills",
                "rows": [
                    {
                        "label": "Version control with Git",
                        "cells": [
                            {"words": "Practitioner, essential", "level": 3},
                            {"words": "Working, optional", "level": 2, "difference": "−1 level"},
                        ],
                    },
                    {
                        "label": "Technical writing",
                        "cells": [
                            {"words": "Not asked for", "is_soft": True},
                            {"words": "Expert, essential", "level": 4},
                        ],
                    },
                ],
            },
        ],
    }


def _line(role: Sample, source: Sample) -> Sample:
    """A result with a broken limit, a reason for and one against."""
    limit = ReasonWords("On site. Studios review pictures together.", "Yes, all of the week", "Dealbreaker, −10 of 10")
    speaks_for = ReasonWords("Three in four earn $103,050 or more.", "At least $100,000 a year", "+11 of 15")
    against = ReasonWords("About 14 months at 12 hours a week. It only fits if all goes well.", "12 months", "−5 of 15")
    return {
        "fit": {"band": FitBand.NOT_NOW, "answered": 8},
        "role": role,
        "address": "#choices",
        "score": "−4 of 40 possible points. Answered: 3 of 18 topics.",
        "verdict": "This role breaks 1 limit that you set. What else speaks for or against it is below.",
        "status": "Not now. −4 of 40 possible points. Answered: 3 of 18 topics.",
        "dealbreakers": [_reason(limit)],
        "speaks_for": [_reason(speaks_for, source)],
        "speaks_against": [_reason(against)],
    }


def _reason(words: ReasonWords, source: Sample | None = None) -> tuple[str, str, str, Sample | None]:
    return words.fact, words.answer, words.effect, source
