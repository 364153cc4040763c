"""Interview practice: one question at a time. Without anything kept, what was said stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from .. import keeping, practice_phrases
from ..keeping import Kept
from ..kept import KeptRating, with_rating
from ..kept_phrases import SHOWN
from ..models import Phase, Question, Role, Skill
from ..practice import (
    RATINGS,
    Card,
    Rated,
    Rating,
    WeakSpot,
    next_question,
    rate,
    standing,
    weak_spots,
)
from ..vocabulary import QuestionCategory
from .pages import hidden_because, respond, visible
from .visitor import for_anybody

MOST_SAID = 600
"""Ratings that an address may carry; more than any role has questions."""


@dataclass(frozen=True)
class Spot:
    """A weak skill with its questions and the phases that teach it."""

    skill: Skill
    questions: tuple[Question, ...]
    phases: tuple[tuple[int, str], ...]


@for_anybody
def practice(request: HttpRequest, kept: Kept | None, slug: str) -> HttpResponse:
    """The next question of a role; a POST rates one where ratings are kept."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    if request.method == "POST":
        return _rate(request, kept, role)
    category = _category(request.GET.get("category", ""))
    questions = _questions(role, category)
    said = [] if kept else _said(_given(request), {one.key for one in questions})
    deck, now = (_kept_deck(questions, kept), timezone.localdate()) if kept else _said_deck(questions, said)
    return _show(request, kept, role, category, questions, deck, now, said)


@for_anybody
def practice_set(request: HttpRequest, kept: Kept | None, slug: str) -> HttpResponse:
    """All questions of a category, or those that went badly, on one page to be printed."""
    everything = Role.objects.select_related("category")
    role = visible(request, everything, everything.published(), slug=slug)
    category = _category(request.GET.get("category", ""))
    questions = _questions(role, category)
    weak = "weak" in request.GET
    if weak:
        said = _said(_given(request), {one.key for one in questions})
        deck = _kept_deck(questions, kept) if kept else _said_deck(questions, said)[0]
        keys = {card.key for card in deck if card.rated and card.rated.rating == "weak"}
        questions = [one for one in questions if one.key in keys]
    context = {
        "role": role,
        "hidden": hidden_because(role),
        "category": category,
        "questions": questions,
        "unknown_category": request.GET.get("category", "")[:SHOWN] if category is None else "",
        "is_weak": weak,
    }
    return render(request, "guides/practice_set.html", context)


def _rate(request: HttpRequest, kept: Kept | None, role: Role) -> HttpResponse:
    """Keeps how a question went, then asks the next one."""
    if kept is None:
        return redirect("guides:practice", role.slug)
    key, _, word = request.POST.get("said", "").partition(".")
    rating = next((one for one in RATINGS if one == word), None)
    category = _category(request.POST.get("category", ""))
    if rating is None or not Question.objects.filter(role=role, key=key).exists():
        raise Http404
    today = timezone.localdate()

    def again(before: KeptRating | None) -> KeptRating:
        return KeptRating.of(rate(before.rated if before else None, rating, today))

    kept = keeping.change(kept, lambda document: with_rating(document, key, again(document.practice.get(key))))
    query = f"?category={category}" if category else ""
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('guides:practice', args=[role.slug])}{query}#practice")
    questions = _questions(role, category)
    return _show(request, kept, role, category, questions, _kept_deck(questions, kept), today, [])


def _show(
    request: HttpRequest,
    kept: Kept | None,
    role: Role,
    category: QuestionCategory | None,
    questions: list[Question],
    deck: list[Card],
    now: date,
    said: list[str],
) -> HttpResponse:
    by_key = {one.key: one for one in questions}
    card = next_question(deck, now)
    stands = standing(deck, now)
    rated = sum(one.rated is not None for one in deck)
    spots = _spots(role, deck, by_key)
    context = {
        "role": role,
        "hidden": hidden_because(role),
        "category": category,
        "unknown_category": request.GET.get("category", "")[:SHOWN] if category is None else "",
        "categories": [one for one in QuestionCategory if one.value in role.question_counts],
        "question": by_key[card.key] if card else None,
        "came_back": bool(card and card.rated),
        "ratings": [(one, practice_phrases.RATING_WORDS[one]) for one in RATINGS],
        "standing": stands,
        "boxes": list(enumerate(stands.boxes[1:], 1)),
        "progress": practice_phrases.progress(stands, rated, len(deck), is_kept=kept is not None),
        "finished": practice_phrases.finished(stands, is_kept=kept is not None),
        "spots": spots,
        "said": said,
        "said_query": urlencode([("said", one) for one in said]),
        "is_kept": kept is not None,
        "question_count": len(questions),
    }
    return respond(request, "guides/practice.html", "guides/_practice_card.html", context)


def _category(word: str) -> QuestionCategory | None:
    return next((one for one in QuestionCategory if one.value == word), None)


def _questions(role: Role, category: QuestionCategory | None) -> list[Question]:
    questions = Question.objects.filter(role=role).for_page()
    return list(questions.filter(category=category) if category else questions)


def _kept_deck(questions: list[Question], kept: Kept) -> list[Card]:
    rated = kept.document.practice
    return [Card(one.key, one.skill.slug, rated[one.key].rated if one.key in rated else None) for one in questions]


def _given(request: HttpRequest) -> list[str]:
    """What an address says: ``said`` for earlier questions, ``now`` for the one on the page."""
    return [*request.GET.getlist("said"), *request.GET.getlist("now")]


def _said(given: list[str], keys: set[str]) -> list[str]:
    """What an address says of questions (``key.weak``): the last word on each, in the order of those words."""
    last: dict[str, str] = {}
    for one in given[:MOST_SAID]:
        key, _, word = one.partition(".")
        if key in keys and word in RATINGS:
            last.pop(key, None)
            last[key] = one
    return list(last.values())


def _said_deck(questions: list[Question], said: list[str]) -> tuple[list[Card], date]:
    """A deck of one sitting, and its day: every question once, then the weak ones again, the longest ago first.

    An address remembers no days, so each rating counts as a day of its own; what went well stays away.
    """
    first = date(2000, 1, 3)
    now = first + timedelta(days=len(said) + 1)
    unseen = len(questions) > len(said)
    rated: dict[str, Rated] = {}
    for number, one in enumerate(said):
        key, _, word = one.partition(".")
        rating: Rating = next(known for known in RATINGS if known == word)
        on = first + timedelta(days=number)
        comes_back = rating == "weak" and not unseen
        rated[key] = Rated(1 if rating == "weak" else 2, on if comes_back else now + timedelta(days=1), rating, on)
    return [Card(one.key, one.skill.slug, rated.get(one.key)) for one in questions], now


def _spots(role: Role, deck: list[Card], by_key: dict[str, Question]) -> list[Spot]:
    """Weak skills, each with the phases of the role's roadmap that teach it."""
    phases = list(Phase.objects.filter(roadmap__role=role).only("key", "title", "teaches"))
    teaches = [(phase.key, {one["skill"]: float(one["weeks"]) for one in phase.teaches}) for phase in phases]
    titles = {phase.key: (number, phase.title) for number, phase in enumerate(phases, 1)}
    return [_spot(spot, by_key, titles) for spot in weak_spots(deck, teaches)]


def _spot(spot: WeakSpot, by_key: dict[str, Question], titles: dict[str, tuple[int, str]]) -> Spot:
    questions = tuple(by_key[key] for key in spot.questions)
    return Spot(questions[0].skill, questions, tuple(titles[key] for key in spot.phases))
