"""What a process makes once from the content and holds until the content moves."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

from .curation import Version, content_version

V = TypeVar("V")


class HeldByVersion(Generic[V]):
    """The value of the present version of the content.

    The version is read before the value is made, so what is held is never older than its version. ``is_held`` says of a
    value whether it may stay in memory; one that may not is made for each request.
    """

    def __init__(self, make: Callable[[], V], is_held: Callable[[V], bool] = lambda value: True) -> None:
        self._make = make
        self._is_held = is_held
        self._lock = RLock()
        self._held: tuple[Version, V] | None = None

    def now(self) -> V:
        """The value, made if need be by one request while the others wait; one query when it is held."""
        version = content_version()
        held = self._held
        if held is None or held[0] != version:
            with self._lock:
                held = self._held
                if held is None or held[0] != version:
                    # Let go of first: two of them at once would be the most memory that the process ever needs.
                    self._held = None
                    held = (version, self._make())
                    self._held = held if self._is_held(held[1]) else None
        return held[1]

    def forget(self) -> None:
        """Lets go of what is held: of a version that is over, or of a database that is another one now."""
        self._held = None
