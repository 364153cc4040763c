"""The style guide: every block of the site with sample content, for the people who work on its look.

Nothing shown here is published content. The samples are plain values with the names that the fragments ask for.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from .. import charts
from ..facts import Fact
from .pages import Section
from .styleguide_choices import samples
from .styleguide_plans import plan_samples

Sample = dict[str, Any]


class SampleForm(forms.Form):
    """A form with every kind of field."""

    hours = forms.IntegerField(
        label="Hours a week",
        help_text="What you can keep up for months, not in the best week.",
        min_value=2,
        max_value=40,
        error_messages={"max_value": "Hours a week are at most 40"},
    )
    role = forms.ChoiceField(
        label="Your role now",
        choices=[("", "Choose a role"), ("backend-developer", "Backend developer")],
        error_messages={"required": "Choose your role"},
    )
    coding = forms.MultipleChoiceField(
        label="Coding",
        choices=[("none", "No coding"), ("optional", "Coding helps"), ("required", "Coding required")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every block on one page; only while DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    timeline = charts.timeline([("One service", 6), ("Other people’s code", 4), ("Under load", 1)])
    return render(
        request,
        "styleguide.html",
        {
            **SAMPLES,
            "form": SampleForm({"hours": "90", "role": "", "coding": ["optional"]}),
            "pay_strip": charts.pay_strip([DEVELOPERS, WRITERS, DIRECTORS]),
            "timeline": timeline,
            "phases": list(zip(PHASES, timeline.bars, strict=False)),
            "ladder_chart": charts.ladder_chart(LADDER, DEVELOPERS),
            "plans": render_to_string("styleguide_plans.html", plan_samples(BACKEND, SAMPLES["questions"][0]), request),
            "choices": render_to_string("styleguide_choices.html", samples(BACKEND, WRITER, WAGES), request),
        },
    )


DEVELOPERS = charts.Percentiles("Software developers", 79_850, 103_050, 133_080, 169_000, 211_450)
WRITERS = charts.Percentiles("Technical writers", 54_400, 70_000, 91_670, 112_000, 130_430)
DIRECTORS = charts.Percentiles("Art directors", 61_120, 79_150, 111_040, 156_500, 239_200, top_coded=True)

LADDER = [
    charts.StagePay("Junior backend developer", "0–2", 79_000, 105_000),
    charts.StagePay("Backend developer", "2–5", 100_000, 145_000),
    charts.StagePay("Senior backend developer", "5–9", 135_000, 185_000),
    charts.StagePay("Principal engineer", "9+", 170_000, 211_000),
]


def _link(title: str, line: str, name: str, summary: str, **more: Any) -> Sample:
    """A role as lists show it."""
    category = {"name": name, "line": line, "get_absolute_url": "#roles", "slug": line, "pk": line}
    return {
        "title": title,
        "category": category,
        "category_id": line,
        "summary": summary,
        "get_absolute_url": "#roles",
        **more,
    }


def _skill(name: str, why: str, level: int, label: str) -> Sample:
    return {
        "skill": {"name": name, "get_absolute_url": "#skills", "is_published": True},
        "why": why,
        "text": why,
        "level": level,
        "get_level_display": label,
    }


def _resource(title: str, url: str, provider: str, kind: str, price: str, **more: Any) -> Sample:
    resource = {
        "title": title,
        "url": url,
        "provider": provider,
        "get_kind_display": kind,
        "get_price_display": price,
        **more,
    }
    return {"resource": resource}


WAGES: Sample = {
    "slug": "wages",
    "title": "Occupational Employment and Wage Statistics, national",
    "publisher": "U.S. Bureau of Labor Statistics",
    "url": "https://www.bls.gov/oes/",
    "get_kind_display": "Official statistics",
    "region": "United States",
    "as_of": "2024-05",
    "licence": "Public domain",
    "summary": "Wages of employees by official occupation. The self-employed are not in it.",
    "get_absolute_url": "#sources",
}

BACKEND = _link(
    "Backend developer",
    "blue",
    "Software engineering",
    "Builds and runs the part of a product that nobody sees: data, rules and the traffic between them.",
    median_low=133_080,
    median_high=133_080,
    growth_low=16,
    growth_high=16,
    weeks=56,
)
ARTIST = _link(
    "AI image generation specialist",
    "pink",
    "AI design and creative",
    "Answers for pictures that a model draws: reads the brief, steers the results and rejects most of them.",
    median_low=61_300,
    median_high=99_800,
    growth_low=2,
    growth_high=8,
    weeks=30,
)
WRITER = _link(
    "AI technical writer",
    "teal",
    "AI content and documentation",
    "Explains systems with machine learning in them to the people who have to live with them.",
    median_low=None,
    growth_low=None,
    weeks=38,
)

RESOURCES = [
    _resource(
        "The Twelve-Factor App",
        "https://12factor.net/",
        "Adam Wiggins",
        "Article",
        "Free",
        hours=2,
        checked_on=date(2026, 11, 3),
    ),
    _resource(
        "Designing Data-Intensive Applications",
        "",
        "Martin Kleppmann, O’Reilly",
        "Book",
        "Paid",
        note="Chapters 2, 3 and 7 are enough for this phase.",
    ),
]

PHASES: list[Sample] = [
    {
        "title": "One service that stores and returns something",
        "weeks": 6,
        "goals": [
            "Write and run a small program on the server without a tutorial open.",
            "Model a problem in three tables and explain each key.",
        ],
        "tasks": {
            "all": [
                {"text": "Build a lending list for a library of 500 books.", "hours": 30, "is_essential": True},
                {"text": "Make the slowest query on 100,000 rows ten times faster.", "hours": 18, "is_essential": True},
                {"text": "Rewrite one module after reading its tests only.", "hours": 12, "is_essential": False},
            ]
        },
        "resource_links": {"all": RESOURCES},
        "milestone": "Somebody else installs your service from its README and gets a right answer without asking you.",
        "stop_signal": "You look forward to the page, not to what happens behind it.",
        "re_entry": "The tables and queries count in data work and in support engineering.",
    },
    {
        "title": "Other people’s code",
        "weeks": 4,
        "goals": ["Read a change of 300 lines and name the one risk in it."],
        "tasks": {
            "all": [
                {"text": "Fix two small faults in an open project that you use.", "hours": 24, "is_essential": True},
                {"text": "Review six changes and compare your notes.", "hours": 10, "is_essential": True},
            ]
        },
        "resource_links": {"all": RESOURCES[:1]},
        "milestone": "A change of yours is merged into a project that is not yours.",
    },
]

SAMPLES: Sample = {
    "role": BACKEND,
    "guide": {"written_by": "Careerpaths editors", "updated_on": date(2026, 11, 20), "reviewed_by": ""},
    "facts": [
        Fact("Jobs 2024–2034", "+16 %", note="Much faster than average", confidence="High confidence"),
        Fact("AI exposure", "50 to 93 %", unit="of tasks", note="Not the risk of losing the job."),
        Fact("Median pay", "$133,080", unit="a year", note="Eight in ten earn $79,850 to $211,450."),
        Fact("Self-employed", "Not known", note="The survey asks employers only."),
    ],
    "sections": [
        Section("fit", "Is this work for you?"),
        Section("work", "The work"),
        Section("numbers", "By the numbers"),
        Section("skills", "Skills and tools"),
        Section("roadmap", "How to become one"),
        Section("interview", "Interview questions"),
        Section("ladder", "Where it leads"),
        Section("transition", "From role to role"),
        Section("roles", "Lists"),
        Section("forms", "Forms"),
        Section("states", "States and signs"),
        Section("sources", "Sources"),
    ],
    "good_fit": [
        "You would rather find out why something fails than make it look finished.",
        "You do not mind that the best day is one on which nobody notices you.",
    ],
    "poor_fit": ["You want to see the result of your work on a screen the same day."],
    "requirements": [
        Fact("Difficulty", "Advanced", note="The first day asks for code that others rely on."),
        Fact("Coding", "Coding required", note="Most of the day."),
    ],
    "backgrounds": [
        ({"background": "a data analyst", "brings": "Brings SQL and the habit of doubting numbers."}, None),
        ({"background": "an AI technical writer", "brings": "Brings exact reading of APIs."}, WRITER),
    ],
    "tasters": [
        {
            "title": "Question a database",
            "hours": 3,
            "do": "Write five questions about the tables of a lending library and answer them in SQL.",
            "enjoyed_if": "You checked an answer a second way, because plausible was not enough.",
            "dreaded_if": "You did not care whether a row was counted twice.",
        }
    ],
    "day": [
        {"task": "Read what the monitors reported since yesterday.", "mode": "alone"},
        {"task": "Tell the team in two sentences what is stuck and who could help.", "mode": "together"},
        {"task": "Release a change, watch the error rate, write down what you saw.", "mode": "alone"},
    ],
    "essential": [
        _skill("SQL and relational databases", "Schemas, migrations and slow queries are yours.", 3, "Practitioner"),
        _skill("Monitoring and observability", "To find out at night what is wrong.", 2, "Working"),
        _skill("Application security", "Enough to know when to ask somebody who knows more.", 1, "Awareness"),
    ],
    "tool_links": [
        {
            "tool": {
                "name": "PostgreSQL",
                "url": "https://www.postgresql.org/",
                "summary": "The database that most new services start with.",
                "get_price_display": "Free",
            },
            "note": "or MySQL",
        },
        {
            "tool": {
                "name": "Git",
                "url": "https://git-scm.com/",
                "summary": "Keeps every version of the code and who changed it.",
                "get_price_display": "Free",
            }
        },
    ],
    "questions": [
        {
            "number": 13,
            "text": "How do you add a column that must not be empty to a table of 80 million rows?",
            "get_category_display": "Intermediate",
            "skill": {"name": "SQL and relational databases", "get_absolute_url": "#skills", "is_published": True},
            "covers": [
                "Adding the column as nullable first, because a rewrite of the table would hold a lock for minutes.",
                "Filling it in batches, with the application already writing the new value.",
            ],
        }
    ],
    "stages": [
        {
            "titles": ["Junior backend developer"],
            "years_from": 0,
            "years_to": 2,
            "pay_low": 79_000,
            "pay_high": 105_000,
            "responsibilities": ["Small changes inside a service that somebody else designed.", "Tests for them."],
        },
        {
            "titles": ["Senior backend developer", "Tech lead"],
            "years_from": 5,
            "years_to": None,
            "pay_low": None,
            "responsibilities": ["The design of a service and its running costs.", "Reviews that others learn from."],
        },
    ],
    "levels": [
        {"level": {"label": "Awareness"}, "meaning": "You can read a simple query.", "hours": 8, "in_all": 8},
        {"level": {"label": "Working"}, "meaning": "You can write joins and groupings.", "hours": 60, "in_all": 68},
    ],
    "origin": BACKEND,
    "destination": WRITER,
    "carried": [_skill("API development", "You know what a reader of reference pages tries first.", 3, "")],
    "to_learn": [
        (
            {
                **_skill("Technical writing", "Rewrite five pages and watch somebody follow them.", 3, ""),
                "priority": "critical",
                "get_priority_display": "Critical",
                "weeks": 6,
                "resources": {"all": [RESOURCES[0]["resource"]]},
            },
            {"label": "Practitioner", "value": 3},
            "This route brings you to about working; the rest is practice on the job.",
        )
    ],
    "reality": {
        "love": ["A page that ends a hundred support requests."],
        "miss": ["The proof of a running test."],
        "challenges": ["Being brought in after the decisions."],
    },
    "actions": {
        "this_week": ["Rewrite the worst page of a tool you use."],
        "this_month": ["Publish three pages with working examples."],
        "next_90_days": ["Apply to two openings with those pages."],
    },
    "answers": [{"question": "Do I have to leave my team to try this?", "answer": "No. Most teams have pages to own."}],
    "roles": [BACKEND, ARTIST, WRITER],
    "lines": [
        {"category": BACKEND["category"], "roles": [BACKEND]},
        {"category": ARTIST["category"], "roles": [ARTIST], "is_cut": True, "count": 9},
        {"category": WRITER["category"], "roles": [WRITER]},
    ],
    "transitions": [
        {
            "origin": BACKEND,
            "destination": WRITER,
            "summary": "For developers who would rather explain a system than own it at night.",
            "get_effort_display": "Moderate",
            "weeks": 24,
            "get_absolute_url": "#transition",
        }
    ],
    "sources": [WAGES],
    "links": RESOURCES,
}
