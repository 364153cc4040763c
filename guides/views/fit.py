"""Fit checks: of one role, with all its questions, and of all roles by the general ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .. import fit_phrases
from ..fit import Fit, FitAnswers, Reason, Sheet, Standing, assess, better, is_clear, judge, rank, sheet_of
from ..fit_forms import FitForm
from ..fit_questions import GENERAL, FitQuestion
from ..gap_phrases import gap_lines, gap_summary
from ..keeping import Kept
from ..models import Role, Source
from ..profile import RoleProfile
from ..published_roles import PublishedRoles, published_roles
from ..role_profiles import profiles_of
from ..vocabulary import FitBand
from .origin import Reader, at_address, reader_of, with_query
from .pages import hidden_because, respond, visible
from .visitor import for_anybody

BETTER_SHOWN = 3
RANKED_TOGETHER = 6
"""Roles on one page of a ranking."""
REASONS_SHOWN = 2
"""Reasons for and against that a ranking shows of each role, besides every dealbreaker."""

BANDS_ASCENDING = (FitBand.NOT_NOW, FitBand.STRETCH, FitBand.PROMISING, FitBand.STRONG)
"""The stops of the drawing; "not enough to tell" is none of them."""


class ReasonLine(NamedTuple):
    """A reason as it is shown, with the source of its fact where that is not the guide itself."""

    fact: str
    answer: str
    effect: str
    source: Source | None


@dataclass(frozen=True)
class FitLine:
    """The result of one role with what is told of it. ``address`` leads to its own check with the same answers."""

    fit: Fit
    role: Role
    address: str
    score: str
    verdict: str
    dealbreakers: tuple[ReasonLine, ...]
    speaks_for: tuple[ReasonLine, ...]
    speaks_against: tuple[ReasonLine, ...]
    neutral: tuple[ReasonLine, ...]
    gap: tuple[str, ...] = ()
    """What is held of the skills, to deepen and new, with hours; empty where nothing was said about skills."""

    @property
    def status(self) -> str:
        """The result in one sentence."""
        return f"{self.fit.band.label}. {self.score}"


@dataclass(frozen=True)
class OtherLine:
    """A role that suits the same answers better; ``address`` leads to its own check with them."""

    standing: Standing
    role: Role
    address: str
    score: str


@for_anybody
def fit_check(request: HttpRequest, kept: Kept | None, slug: str) -> HttpResponse:
    """All questions of a role and what the answers in the query string say about it."""
    everybody = published_roles()
    role, sheet = _asked_for(request, slug, everybody)
    reader = reader_of(request, kept, everybody)
    form, page = _form(request, sheet.questions, everybody, reader), _check_of(role)
    answers = FitAnswers(form.values, reader.held.levels, reader.current_role)
    fit = assess(sheet, answers)
    suits_better = better(fit, rank(everybody.sheets.values(), answers))[:BETTER_SHOWN] if fit.answered else ()
    query = form.query_of_answers(reader.slug)
    context = {
        "role": role,
        "hidden": hidden_because(role),
        "form": form,
        "reader": reader,
        "origins": everybody.titles,
        "length": fit_phrases.length_words(sheet.questions),
        "line": replace(_line(fit, sheet.profile, role, query, everybody.sources), gap=_gap(fit, answers)),
        "bands": BANDS_ASCENDING,
        "changes": [
            (
                fit_phrases.change_words(one),
                with_query(page, form.query_with(one.question.field, one.answer, reader.slug)),
            )
            for one in fit.would_change
        ],
        "no_change": fit_phrases.no_change_words(fit),
        "others": [_other(one, everybody.roles[one.role], query) for one in suits_better],
        "all_address": with_query(reverse("guides:fit_all"), query),
        "share_address": with_query(page, form.query_to_share()),
        "keep_address": _keep_address(query),
        "caveat": fit_phrases.CAVEAT,
    }
    response = respond(request, "guides/fit_check.html", "guides/_fit_result.html", context)
    return at_address(request, response, with_query(page, form.query(reader.slug)))


@for_anybody
def fit_all(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The general questions once, and all roles in the order in which they suit the answers."""
    everybody = published_roles()
    reader = reader_of(request, kept, everybody)
    form = _form(request, GENERAL, everybody, reader)
    answers = FitAnswers(form.values, reader.held.levels, reader.current_role)
    ranked = rank(everybody.sheets.values(), answers)
    shown = Paginator(ranked, RANKED_TOGETHER).get_page(request.GET.get("page"))
    page, query = reverse("guides:fit_all"), form.query_of_answers(reader.slug)
    context = {
        "form": form,
        "reader": reader,
        "origins": everybody.titles,
        "length": fit_phrases.length_words(GENERAL),
        "ranking": fit_phrases.ranking_words(ranked),
        "is_clear": is_clear(ranked),
        "is_told_all": all(fit.band != FitBand.NOT_ENOUGH for fit in ranked),
        "no_clear_result": fit_phrases.NO_CLEAR_RESULT,
        "shown": shown,
        "lines": [
            _line(
                judge(sheet, answers),
                sheet.profile,
                everybody.roles[sheet.profile.slug],
                query,
                everybody.sources,
                REASONS_SHOWN,
            )
            for sheet in (everybody.sheets[one.role] for one in shown)
        ],
        "before": _page_of(shown.previous_page_number(), form, reader) if shown.has_previous() else "",
        "after": _page_of(shown.next_page_number(), form, reader) if shown.has_next() else "",
        "bands": BANDS_ASCENDING,
        "keep_address": _keep_address(query),
        "caveat": fit_phrases.CAVEAT,
    }
    response = respond(request, "guides/fit_all.html", "guides/_fit_ranking.html", context)
    return at_address(request, response, with_query(page, form.query(reader.slug)))


def _check_of(role: Role) -> str:
    return reverse("guides:fit_check", args=[role.slug])


def _asked_for(request: HttpRequest, slug: str, everybody: PublishedRoles) -> tuple[Role, Sheet]:
    """A role and what is asked about it; else 404. What staff preview is not among the published ones."""
    if slug in everybody.roles and slug in everybody.sheets:
        return everybody.roles[slug], everybody.sheets[slug]
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    return role, sheet_of(profiles_of(Role.objects.filter(pk=role.pk))[role.slug])


def _keep_address(query: str) -> str:
    """Where the answers of the query string can be kept; empty while there are none."""
    return with_query(reverse("guides:keep_start"), query) if query else ""


def _gap(fit: Fit, answers: FitAnswers) -> tuple[str, ...]:
    rated = answers.levels()
    if not any(one.requirement.skill in rated for one in fit.gap.entries):
        return ()
    return (gap_summary(fit.gap), *gap_lines(fit.gap))


def _page_of(number: int, form: FitForm, reader: Reader) -> str:
    """A page of the ranking by the same answers."""
    return with_query(reverse("guides:fit_all"), form.query_with("page", str(number), reader.slug))


def _form(
    request: HttpRequest, questions: tuple[FitQuestion, ...], everybody: PublishedRoles, reader: Reader
) -> FitForm:
    """The questions of the page, with what was answered on the pages of other roles."""
    given = dict(request.GET.lists())
    # Only answers are worth the questions of all other roles.
    elsewhere = everybody.questions if given or reader.answers else {}
    return FitForm(questions, given, elsewhere, reader.answers, reader.held.levels)


def _line(
    fit: Fit,
    profile: RoleProfile,
    role: Role,
    query: str,
    sources: Mapping[str, Source],
    most: int | None = None,
) -> FitLine:
    """A result in words, with at most ``most`` reasons for and against besides the dealbreakers; ``query`` says the
    answers it comes from."""

    def told(reasons: Iterable[Reason], most: int | None = most) -> tuple[ReasonLine, ...]:
        words = [(fit_phrases.reason_words(profile, one), one.source) for one in list(reasons)[:most]]
        return tuple(ReasonLine(one.fact, one.answer, one.effect, sources.get(source)) for one, source in words)

    return FitLine(
        fit=fit,
        role=role,
        address=with_query(_check_of(role), query),
        score=fit_phrases.score_words(fit),
        verdict=fit_phrases.verdict(fit),
        dealbreakers=told(fit.dealbreakers, None),
        speaks_for=told(fit.reasons_for),
        speaks_against=told(one for one in fit.reasons_against if not one.is_dealbreaker),
        neutral=told(fit.neutral),
    )


def _other(standing: Standing, role: Role, query: str) -> OtherLine:
    return OtherLine(standing, role, with_query(_check_of(role), query), fit_phrases.score_words(standing))
