"""A Redis cache that the site can do without.

Whatever is in the cache can be worked out again, so a Redis server that is away may cost time and never a page.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


def _ask(call: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return call()
    except RedisError as error:
        logger.warning("The cache does not answer, going on without it: %s", error)
        return otherwise


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, which behaves as an empty one while its server cannot be reached."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _ask(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return _ask(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return _ask(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return _ask(lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs), False)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        _ask(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return _ask(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return _ask(lambda: super(ForgivingRedisCache, self).touch(key, *args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a key that is not there, as every cache does, and while the server is away."""
        try:
            return super().incr(key, delta, version)
        except RedisError as error:
            logger.warning("The cache does not answer, going on without it: %s", error)
            raise ValueError(f"Key {key!r} not found") from error

    def delete(self, key: Any, version: int | None = None) -> bool:
        return _ask(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        _ask(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        _ask(lambda: super(ForgivingRedisCache, self).clear(), None)
