"""Leitner boxes: the weak come back soon, the sure late, and the same deck always asks the same question."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.practice import DAYS, LAST_BOX, RATINGS, Card, Rated, Rating, next_question, rate, standing, weak_spots

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def rated(box: int, due: int = 0, rating: Rating = "ok") -> Rated:
    """A rating whose question comes back ``due`` days from TODAY."""
    return Rated(box=box, due=TODAY + due * DAY, rating=rating, on=TODAY - DAY)


@pytest.mark.parametrize(
    ("before", "rating", "box", "days"),
    [
        (None, "weak", 1, 1),
        (None, "ok", 1, 1),
        (None, "sure", 2, 2),
        (3, "weak", 1, 1),
        (3, "ok", 3, 4),
        (3, "sure", 4, 8),
        (5, "sure", 5, 16),
        (5, "weak", 1, 1),
    ],
)
def test_a_rating_moves_a_question(before: int | None, rating: Rating, box: int, days: int) -> None:
    now = rate(rated(before) if before else None, rating, TODAY)
    assert now == Rated(box=box, due=TODAY + days * DAY, rating=rating, on=TODAY)


def test_a_box_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        rate(rated(6), "ok", TODAY)


@given(st.lists(st.sampled_from(RATINGS), max_size=20))
def test_a_weaker_rating_never_comes_back_later(ratings: list[Rating]) -> None:
    now: Rated | None = None
    for rating in ratings:
        weak, ok, sure = (rate(now, each, TODAY) for each in RATINGS)
        assert weak.due <= ok.due <= sure.due
        now = rate(now, rating, TODAY)
        assert 1 <= now.box <= LAST_BOX
        assert now.due == TODAY + DAYS[now.box - 1] * DAY


def test_due_questions_come_first_the_weakest_of_them_first() -> None:
    deck = [
        Card("unseen", "sql"),
        Card("later", "sql", rated(1, due=1)),
        Card("known", "sql", rated(4, due=-9)),
        Card("fine", "sql", rated(1, due=-5)),
        Card("weak", "sql", rated(1, rating="weak")),
    ]
    asked = []
    while card := next_question(deck, TODAY):
        asked.append(card.key)
        deck = [Card(each.key, each.skill, rate(each.rated, "ok", TODAY)) if each == card else each for each in deck]
    assert asked == ["weak", "fine", "known", "unseen"]


def test_between_equals_the_order_of_the_deck_decides() -> None:
    deck = [Card("b", "sql", rated(1)), Card("a", "sql", rated(1))]
    assert next_question(deck, TODAY) == deck[0]
    assert next_question([], TODAY) is None


def test_a_deck_at_a_glance() -> None:
    done = [Card("a", "sql", rated(2, due=2)), Card("b", "sql", rated(5, due=9))]
    found = standing(done, TODAY)
    assert (found.boxes, found.due, found.unseen, found.next_due) == ((0, 0, 1, 0, 0, 1), 0, 0, TODAY + 2 * DAY)
    more = standing([*done, Card("c", "sql"), Card("d", "sql", rated(1))], TODAY)
    assert (more.boxes, more.due, more.unseen, more.next_due) == ((1, 1, 1, 0, 0, 1), 1, 1, None)
    assert standing([], TODAY).next_due is None


def test_weak_answers_point_to_the_skill_and_to_the_phase_that_teaches_it_most() -> None:
    deck = [
        Card("a", "sql", rated(1, rating="weak")),
        Card("b", "css", rated(1, rating="weak")),
        Card("c", "css", rated(1, rating="weak")),
        Card("d", "html", rated(1, rating="ok")),
        Card("e", "git", rated(1, rating="weak")),
    ]
    found = weak_spots(deck, [("basics", {"css": 1, "sql": 2}), ("depth", {"css": 3.5}), ("end", {"css": 1})])
    assert [(spot.skill, spot.questions, spot.phases) for spot in found] == [
        ("css", ("b", "c"), ("depth", "basics", "end")),
        ("sql", ("a",), ("basics",)),
        ("git", ("e",), ()),
    ]
