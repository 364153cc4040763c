"""A Redis server that is away or hangs leaves the site with an empty cache, not with errors."""

import socket

import pytest

from careerpaths.redis_cache import PAUSE_SECONDS, ForgivingRedisCache, Pause


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


def test_a_server_that_says_nothing_is_asked_once() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        server = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        # Each thread of a process has a cache of its own.
        for cache in (ForgivingRedisCache(server, {}), ForgivingRedisCache(server, {})):
            assert cache.get("page") is None
            cache.set("page", "text", 60)
            with pytest.raises(ValueError, match="not found"):
                cache.incr("visits")
        listener.accept()[0].close()
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_after_a_pause_one_asks_for_all() -> None:
    clock = iter([100.0, 101.0, 100.0 + PAUSE_SECONDS, 100.1 + PAUSE_SECONDS, 200.0]).__next__
    pause = Pause(clock)
    assert pause.is_over()
    pause.begin()
    assert not pause.is_over()
    assert pause.is_over()
    assert not pause.is_over()
    pause.end()
    assert pause.is_over()
