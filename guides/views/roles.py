"""Role pages: index, role, interview questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from functools import partial
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import phrases
from ..charts import LadderChart, PayStrip, StagePay, ladder_chart, pay_strip, timeline
from ..charts import Percentiles as ChartPercentiles
from ..context import at_path
from ..facts import figure_lines, pay_confidence, role_facts, role_metrics, role_requirements
from ..figures import OfficialFigures
from ..fit_forms import FitForm
from ..fit_phrases import length_words
from ..fit_questions import questions_for
from ..forms import RoleFilterForm
from ..keeping import Kept
from ..models import Phase, Question, Role, Stage, Transition
from ..overview import overview
from ..page_parts import BEGINNING, Beginning, PageParts
from ..pay import PayBasis
from ..role_figures import figures_note, figures_of, sources_by_slug, words_of
from ..role_profiles import profile_of
from ..vocabulary import Importance, QuestionCategory
from .origin import NOBODY, at_address, origins, reader_of, with_query
from .pages import Section, hidden_because, is_fragment, respond, visible
from .skill_gap import gap_view
from .visitor import for_anybody

PREVIEW = 3
"""Interview questions shown on the role page."""

FIRST_QUESTIONS = 3
"""Questions of the fit check that the role page asks already."""


PER_PAGE = 24
"""Roles of the index on one page."""


def role_list(request: HttpRequest) -> HttpResponse:
    """All roles, filtered and ordered by the query string."""
    form = RoleFilterForm(request.GET)
    is_filtered = bool(form.kept().keys() - {"sort"})
    pages = Paginator(form.apply(Role.objects.published().for_card()), PER_PAGE)
    if not is_filtered:
        pages.count = overview().roles
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "roles": shown,
        "shown": shown,
        "role_count": pages.count,
        "is_filtered": is_filtered,
        "left_out": [(form[name].label, errors[0]) for name, errors in form.errors.items()],
        "figures_note": figures_note,
    }
    return respond(request, "guides/role_list.html", "guides/_role_results.html", context)


@for_anybody
def role_detail(request: HttpRequest, kept: Kept | None, slug: str) -> HttpResponse:
    """Everything about a role; to htmx, the gap between the reader's skills and the role."""
    parts = PageParts(request.path, partial(_for_everybody, request, slug))
    reader = reader_of(request, kept)
    if reader.is_stranger and not is_fragment(request):
        context = {"parts": parts, "reader": reader, "hidden": parts.beginning.hidden}
        return respond(request, "guides/role_detail.html", "guides/_skill_gap.html", context)
    if is_fragment(request) or parts.is_kept:
        roles = Role.objects.for_link()
        role = visible(request, roles, roles.published(), slug=slug)
        required = role.required_skills.for_gap()
    else:
        role, required = parts.everything["role"], parts.everything["required"]
    moves_into = Transition.objects.published().for_link().filter(destination=role) if reader.held.role else ()
    part = {"role": role, "reader": reader, "gap": gap_view(reader, role, required, moves_into)}
    if is_fragment(request):
        response = respond(request, "guides/role_detail.html", "guides/_skill_gap.html", part)
        return at_address(request, response, with_query(role.get_absolute_url(), reader.query))
    beginning = parts.beginning
    context = {
        **part,
        "parts": parts,
        "origins": partial(origins, reader),
        "first_questions": FitForm(beginning.questions, {}, kept=reader.answers).fields,
        "fit_length": beginning.length,
        "hidden": beginning.hidden,
    }
    return respond(request, "guides/role_detail.html", "guides/_skill_gap.html", context)


def _for_everybody(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What a role page shows to whoever may read it and said nothing. Raises Http404 for the others."""
    everything = Role.objects.select_related("category", "stages_source")
    role = visible(request, everything, everything.published(), slug=slug)
    required = role.required_skills.for_gap()
    phases = list(Phase.objects.for_page().filter(roadmap__role=role))
    drawn = timeline([(phase.title, phase.weeks) for phase in phases])
    stages = list(role.stages.all())
    tool_links = list(role.tool_links.select_related("tool"))
    others = _others([*role.similar, *(one["role"] for one in role.backgrounds if one["role"])])
    figures = figures_of(role.occupation_links.select_related("occupation"))
    sources = sources_by_slug()
    roadmap = phases[0].roadmap
    words = words_of(role, roadmap.hours_per_week, roadmap.starts_from)
    used = figures.sources | {role.stages_source.slug, *role.further_sources}
    questions = questions_for(
        profile_of(role, figures, required, phases, words.duration.hours_per_week, tool_links, stages)
    )
    beginning = Beginning(questions[:FIRST_QUESTIONS], length_words(questions), hidden_because(role))
    return {
        **at_path(request.path),
        "role": role,
        "required": required,
        "reader": NOBODY,
        "origins": partial(origins, NOBODY),
        BEGINNING: beginning,
        "first_questions": FitForm(beginning.questions, {}).fields,
        "fit_length": beginning.length,
        "words": words,
        "facts": role_facts(words, figures.standing, figures.pay, sources),
        "metrics": role_metrics(words, figures.standing, figures.pay, sources),
        "requirements": role_requirements(words),
        "figures": figures,
        "figure_lines": figure_lines(words, figures.standing, figures.pay, sources),
        "pay_strip": _pay_strip(figures.standing),
        "pay_sources": [source for slug, source in sources.items() if slug in {r.source for r in figures.pay.rows}],
        "pay_confidence": pay_confidence(words, figures.standing, figures.pay),
        "poor_fit": phrases.poor_fit(words, role.poor_fit),
        "prose": {section["heading"]: section["html"] for section in role.sections},
        "exposure": phrases.exposure_words(figures.standing),
        "backgrounds": [(one, others.get(one["role"] or "")) for one in role.backgrounds],
        "essential": [one for one in required if one.importance == Importance.ESSENTIAL],
        "optional": [one for one in required if one.importance == Importance.OPTIONAL],
        "tool_links": tool_links,
        "phases": list(zip(phases, drawn.bars, strict=True)),
        "timeline": drawn,
        "learning_time": phrases.learning_time(words),
        "stages": stages,
        "ladder_chart": _ladder_chart(stages, figures.pay),
        "question_counts": [(QuestionCategory(word), number) for word, number in role.question_counts.items()],
        "interview_offer": phrases.interview_offer(words, role.question_count),
        "question_preview": role.questions.for_page()[:PREVIEW],
        "answers": phrases.answers(words, figures.standing, figures.pay.is_official),
        "similar": [others[slug] for slug in role.similar if slug in others],
        "moves_into": Transition.objects.published().for_link().filter(destination=role).in_order(),
        "sources": [source for slug, source in sources.items() if slug in used],
        "sections": _sections(words),
    }


def _others(slugs: Iterable[str]) -> dict[str, Role]:
    """The published ones of the roles that the page names, by slug."""
    roles = Role.objects.published().filter(slug__in=slugs).select_related("category")
    return {one.slug: one for one in roles.only("slug", "title", "category__slug", "category__name", "category__line")}


def _sections(words: phrases.RoleWords) -> list[Section]:
    """The sections of a role page, in the same order on every one."""
    return [
        Section("fit", "Is this work for you?"),
        Section("work", phrases.what_it_is(words)),
        Section("numbers", "By the numbers"),
        Section("skills", "Skills and tools"),
        Section("roadmap", phrases.how_to_become(words)),
        Section("interview", "Interview questions"),
        Section("ladder", "Where it leads"),
        Section("questions", "Common questions"),
        Section("next", "Next steps"),
        Section("sources", "Sources"),
    ]


def _pay_strip(standing: Iterable[OfficialFigures]) -> PayStrip | None:
    rows = [ChartPercentiles(phrases.pay_label(one), *astuple(one.pay)) for one in standing if one.pay]
    return pay_strip(rows) if rows else None


def _ladder_chart(stages: list[Stage], pay: PayBasis) -> LadderChart | None:
    rungs = [
        StagePay(stage.titles[0], phrases.years_short(stage.years_from, stage.years_to), stage.pay_low, stage.pay_high)
        for stage in stages
    ]
    if not pay.is_official or not pay.percentiles:
        return ladder_chart(rungs)
    only = pay.percentiles[0]
    band = ChartPercentiles(pay.rows[0].title, only.p10, only.p25, only.median, only.p75, only.p90, only.top_coded)
    return ladder_chart(rungs, band)


def interview(request: HttpRequest, slug: str) -> HttpResponse:
    """All interview questions of a role by category."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    questions = list(Question.objects.filter(role=role).for_page())
    groups = [
        (QuestionCategory(category), list(group))
        for category, group in groupby(questions, key=lambda one: one.category)
    ]
    context = {"role": role, "groups": groups, "question_count": len(questions), "hidden": hidden_because(role)}
    return render(request, "guides/interview.html", context)
