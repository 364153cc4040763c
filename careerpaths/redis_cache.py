"""A Redis cache that the site can do without.

Whatever is in the cache can be worked out again, so a Redis server that is away, or that hangs, may cost a moment and
never a page. One question in some seconds finds out whether it is back; all others go on without it at once.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

TIMEOUT_SECONDS = 0.2
"""How long an answer may take, and a connection; on the same network they take less than a millisecond."""

PAUSE_SECONDS = 5.0
"""For how long a server that did not answer is left alone."""


class Pause:
    """When a server may be asked again, for all threads of a process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0

    def is_over(self) -> bool:
        """Whether to ask. After a pause the first one to want to know asks for all."""
        if not self._until:
            return True
        now = self._clock()
        if now < self._until:
            return False
        self._until = now + PAUSE_SECONDS
        return True

    def begin(self) -> None:
        """To be said when there was no answer."""
        self._until = self._clock() + PAUSE_SECONDS

    def end(self) -> None:
        """To be said when there was one."""
        if self._until:
            logger.info("The cache answers again.")
            self._until = 0.0


_pauses: dict[str, Pause] = {}


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, which behaves as an empty one while its server does not answer."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        given = {
            "socket_connect_timeout": TIMEOUT_SECONDS,
            "socket_timeout": TIMEOUT_SECONDS,
            # Of its own accord the driver tries again and again.
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": given})
        # Each thread has a cache of its own; what they know of the server they share.
        self._pause = _pauses.setdefault(str(server), Pause())

    def _asked(self, call: Callable[[], Answer]) -> Answer:
        """The answer; RedisError without one, and at once during a pause."""
        if not self._pause.is_over():
            raise NoConnection("It did not answer a moment ago.")
        try:
            answer = call()
        except (NoConnection, NoAnswer) as error:
            logger.warning("The cache does not answer, going on without it: %s", type(error).__name__)
            self._pause.begin()
            raise
        self._pause.end()
        return answer

    def _ask(self, call: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            return self._asked(call)
        except (NoConnection, NoAnswer):
            return otherwise
        except RedisError as error:
            logger.warning("The cache refuses, going on without it: %s", error)
            return otherwise

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return self._ask(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs), False)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return self._ask(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).touch(key, *args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a key that is not there, as every cache does, and while the server is away."""
        try:
            return self._asked(lambda: super(ForgivingRedisCache, self).incr(key, delta, version))
        except RedisError as error:
            raise ValueError(f"Key {key!r} not found") from error

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).clear(), None)
