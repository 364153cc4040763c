"""Some threads of a process may wait for the database; the others stay free for pages that do not ask it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError

from careerpaths.database_queue import STUCK_SECONDS, DatabaseQueue


class Clock:
    """A clock that stands still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def busy(queue: DatabaseQueue, count: int = 1) -> Iterator[None]:
    """Other threads that have their turn, for as long as the block runs."""
    done, entered = threading.Event(), threading.Barrier(count + 1)

    def hold() -> None:
        with queue.turn():
            entered.wait(10)
            done.wait(10)

    threads = [threading.Thread(target=hold) for _ in range(count)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(10)


def test_whoever_is_one_too_many_is_refused_while_the_others_are_stuck(clock: Clock) -> None:
    queue = DatabaseQueue(2, clock)
    with busy(queue, 2):
        clock.now += STUCK_SECONDS
        with pytest.raises(OperationalError), queue.turn():
            pytest.fail("there was no place")
    with queue.turn():
        pass


def test_one_who_is_stuck_does_not_stop_the_others(clock: Clock) -> None:
    queue = DatabaseQueue(2, clock)
    with busy(queue):
        clock.now += 60
        for _ in range(3):
            with queue.turn():
                pass


def test_whoever_comes_while_the_others_get_on_waits_for_their_place(clock: Clock) -> None:
    queue, came = DatabaseQueue(1, clock), threading.Event()

    def come() -> None:
        with queue.turn():
            came.set()

    with busy(queue):
        visitor = threading.Thread(target=come)
        visitor.start()
        assert not came.is_set()
    visitor.join(10)
    assert came.is_set()


def test_nobody_waits_for_themselves(clock: Clock) -> None:
    queue = DatabaseQueue(1, clock)
    with queue.turn(), queue.turn():
        clock.now += 60
        with queue.turn():
            pass


def test_a_place_is_given_back_after_a_fault(clock: Clock) -> None:
    queue = DatabaseQueue(1, clock)
    with pytest.raises(OperationalError), queue.turn():
        raise OperationalError("database is locked")
    clock.now += 60
    with queue.turn():
        pass
