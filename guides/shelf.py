"""A bounded place for what was made once and may be asked for again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def size(self) -> int:
        """Bytes, about."""


K = TypeVar("K")
V = TypeVar("V", bound=Sized)


class _Kept(Generic[V]):
    """A value on a shelf, and whether somebody asked for it since it was last looked at."""

    __slots__ = ("is_wanted", "value")

    def __init__(self, value: V) -> None:
        self.value = value
        self.is_wanted = False


class Shelf(Generic[K, V]):
    """As many values as fit into ``most`` bytes; the oldest that nobody has asked for lately goes first.

    Asking takes no lock and moves nothing, since it happens for every request; values that were asked for get a second
    round when room is needed (the clock algorithm, Corbató 1968).
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._values: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value of that key; None without one."""
        kept = self._values.get(key)
        if kept is None:
            return None
        kept.is_wanted = True
        return kept.value

    def put(self, key: K, value: V) -> None:
        """Keeps a value, unless it would need more than an eighth of the room."""
        if value.size > self.most // 8:
            return
        with self._lock:
            before = self._values.pop(key, None)
            self.size += value.size - (before.value.size if before else 0)
            self._values[key] = _Kept(value)
            while self.size > self.most:
                oldest, kept = self._values.popitem(last=False)
                if kept.is_wanted:
                    kept.is_wanted = False
                    self._values[oldest] = kept
                else:
                    self.size -= kept.value.size
