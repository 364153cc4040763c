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


class Shelf(Generic[K, V]):
    """As many values as fit into ``most`` bytes; the one that was not asked for the longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value of that key; None without one."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Keeps a value, unless it would need more than an eighth of the room."""
        if value.size > self.most // 8:
            return
        with self._lock:
            before = self._values.pop(key, None)
            self.size += value.size - (before.size if before else 0)
            self._values[key] = value
            while self.size > self.most:
                _, oldest = self._values.popitem(last=False)
                self.size -= oldest.size
