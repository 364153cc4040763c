"""A Redis server that is away leaves the site with an empty cache, not with errors."""

import socket

import pytest

from careerpaths.redis_cache import ForgivingRedisCache


@pytest.fixture
def cache() -> ForgivingRedisCache:
    """A cache whose server does not listen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    return ForgivingRedisCache(f"redis://127.0.0.1:{number}/0", {})


def test_reading_finds_nothing(cache: ForgivingRedisCache) -> None:
    assert cache.get("page") is None
    assert cache.get("page", "otherwise") == "otherwise"
    assert cache.get_many(["page", "other"]) == {}
    assert cache.has_key("page") is False
    assert cache.get_or_set("page", lambda: "worked out") == "worked out"


def test_writing_keeps_nothing(cache: ForgivingRedisCache) -> None:
    cache.set("page", "text", 60)
    cache.delete_many(["page"])
    assert cache.set_many({"page": "text"}) == ["page"]
    assert cache.add("page", "text") is False
    assert cache.touch("page") is False
    assert cache.delete("page") is False
    cache.clear()


def test_counting_behaves_as_for_a_key_that_is_not_there(cache: ForgivingRedisCache) -> None:
    with pytest.raises(ValueError, match="not found"):
        cache.incr("visits")
