"""What is made from the content is made once for each version of it."""

from __future__ import annotations

import threading

import pytest

from guides.curation import content_changed
from guides.held_by_version import HeldByVersion

pytestmark = pytest.mark.django_db


class Counting:
    """Makes numbers, each one greater than the last."""

    made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


def test_it_is_made_once_until_the_content_moves() -> None:
    held = HeldByVersion(Counting())
    assert [held.now(), held.now()] == [1, 1]
    content_changed()
    assert [held.now(), held.now()] == [2, 2]


def test_what_is_forgotten_is_made_again() -> None:
    held = HeldByVersion(Counting())
    assert held.now() == 1
    held.forget()
    assert held.now() == 2


def test_what_may_not_stay_is_made_each_time() -> None:
    held = HeldByVersion(Counting(), is_held=lambda number: number > 2)
    assert [held.now() for _ in range(4)] == [1, 2, 3, 3]


def test_a_fault_while_it_is_made_leaves_nothing_behind() -> None:
    count = Counting()

    def make() -> int:
        if count() == 1:
            raise ValueError("no content")
        return 7

    held = HeldByVersion(make)
    with pytest.raises(ValueError, match="no content"):
        held.now()
    assert held.now() == 7


def test_requests_at_the_same_moment_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that come while it is made wait for it."""
    monkeypatch.setattr("guides.held_by_version.content_version", lambda: (1, None))
    begun, wait = threading.Event(), threading.Event()
    count = Counting()

    def make() -> int:
        begun.set()
        wait.wait(5)
        return count()

    held = HeldByVersion(make)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(held.now())) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(5)
    wait.set()
    for thread in threads:
        thread.join()
    assert found == [1] * 4
