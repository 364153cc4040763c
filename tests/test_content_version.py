"""Every process sees the version of the content at once, and goes on when the database is away."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from pytest_django import DjangoCaptureOnCommitCallbacks, DjangoDbBlocker, Settings

from careerpaths import environment
from guides.content_mark import MarkReader, MarkWriter, is_lifted, mark_beside
from guides.content_version import GOOD_FOR_SECONDS, RETRY_SECONDS, ContentVersion, settle
from guides.curation import content_changed
from guides.loader.load import load_content

ROOT = Path(__file__).parent.parent

ALIAS = "of_another_process"


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A database file with a content version of its own, which Django knows under ALIAS."""
    path = tmp_path / "site.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE guides_contentversion (id INTEGER PRIMARY KEY, number INTEGER, loaded_at TEXT)")
        database.execute("INSERT INTO guides_contentversion VALUES (1, 7, '2026-11-20')")
    described = environment.database("NO_SUCH_VARIABLE", default=f"sqlite:///{path}", base=tmp_path)
    connections.databases[ALIAS] = {**connections.databases["default"], **described}
    with django_db_blocker.unblock():
        yield path
    del connections.databases[ALIAS]
    connections[ALIAS].close()
    del connections[ALIAS]


def write(path: Path, number: int) -> None:
    """Somebody writes who does not know of the mark."""
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE guides_contentversion SET number = ?", [number])
    database.close()


def move(path: Path, number: int) -> None:
    """Another process of the site moves the version."""
    mark = MarkWriter(mark_beside(str(path)))
    mark.lift()
    write(path, number)
    mark.put()


def test_a_commit_is_seen_by_the_next_question(file: Path) -> None:
    version, clock = [ContentVersion(ALIAS, Clock()) for _ in range(2)], Clock()
    for number in range(8, 60):
        move(file, number)
        assert [one.current() for one in version] == [(number, "2026-11-20")] * 2
    assert clock.now == Clock.now


def test_what_is_not_committed_is_not_seen_and_is_from_the_commit_on(file: Path) -> None:
    """Before the mark is put again, too: while it is lifted, every request asks."""
    version = ContentVersion(ALIAS, Clock())
    mark = MarkWriter(mark_beside(str(file)))
    for number in range(8, 20):
        writer = sqlite3.connect(file)
        mark.lift()
        writer.execute("UPDATE guides_contentversion SET number = ?", [number])
        assert version.current() == (number - 1, "2026-11-20")
        writer.commit()
        assert version.current() == (number, "2026-11-20")
        mark.put()
        assert version.current() == (number, "2026-11-20")
        writer.close()


@pytest.mark.django_db
@pytest.mark.parametrize("moves", [content_changed, lambda: load_content(ROOT / "content")], ids=["decision", "load"])
def test_what_moves_the_version_moves_the_mark(
    moves: Callable[[], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """It is lifted before the commit and another one after it."""
    mark = tmp_path / "site.sqlite3-mark"
    (tmp_path / "site.sqlite3").touch()
    monkeypatch.setattr("guides.content_version._mark_path", lambda alias: mark)
    before = MarkReader(mark).read()
    with django_capture_on_commit_callbacks() as committed:
        moves()
    assert is_lifted(mark.read_bytes())
    for callback in committed:
        callback()
    assert not is_lifted(mark.read_bytes())
    assert mark.read_bytes() != before


def test_a_write_past_the_site_is_noticed_a_moment_later(file: Path) -> None:
    clock = Clock()
    version = ContentVersion(ALIAS, clock)
    assert version.current() == (7, "2026-11-20")
    write(file, 8)
    clock.now += GOOD_FOR_SECONDS["sqlite"]
    assert version.current() == (8, "2026-11-20")


def test_without_a_mark_every_request_asks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the folder of the database belongs to somebody else."""
    monkeypatch.setattr("guides.content_version.MarkReader", _refused)
    version = ContentVersion(ALIAS, Clock())
    for number in range(8, 20):
        write(file, number)
        assert version.current() == (number, "2026-11-20")


def _refused(path: Path) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_writer_that_died_leaves_pages_right(file: Path) -> None:
    version = ContentVersion(ALIAS, Clock())
    MarkWriter(mark_beside(str(file))).lift()
    for number in range(8, 20):
        write(file, number)
        assert version.current() == (number, "2026-11-20")
    move(file, 20)
    assert version.current() == (20, "2026-11-20")


def test_threads_share_the_connection(file: Path) -> None:
    version, found = ContentVersion(ALIAS), []

    def ask() -> None:
        for _ in range(200):
            found.append(version.current())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {(7, "2026-11-20")}
    assert len(found) == 800


def test_a_fork_gets_a_connection_of_its_own(file: Path) -> None:
    version = ContentVersion(ALIAS)
    assert version.current() == (7, "2026-11-20")
    child = os.fork()
    if child == 0:
        os._exit(0 if version._database is None and version.current() == (7, "2026-11-20") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    move(file, 8)
    assert version.current() == (8, "2026-11-20")


def test_a_file_put_in_its_place_is_noticed_within_a_second(file: Path, tmp_path: Path) -> None:
    clock = Clock()
    version = ContentVersion(ALIAS, clock)
    assert version.current() == (7, "2026-11-20")
    copy = tmp_path / "copy.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    move(copy, 3)
    for part in tmp_path.glob("site.sqlite3*"):
        part.unlink()
    shutil.move(copy, file)
    clock.now += 1
    assert version.current() == (3, "2026-11-20")


def test_a_site_without_content_has_a_version_too(file: Path) -> None:
    database = sqlite3.connect(file)
    with database:
        database.execute("DELETE FROM guides_contentversion")
    database.close()
    assert ContentVersion(ALIAS).current() == (0, "")


def test_while_the_database_is_locked_the_version_is_still_read(file: Path) -> None:
    version = ContentVersion(ALIAS)
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    assert version.current() == (7, "2026-11-20")
    writer.close()


def test_a_database_that_is_away_leaves_the_last_version(file: Path) -> None:
    clock = Clock()
    version = ContentVersion(ALIAS, clock)
    assert version.current() == (7, "2026-11-20")
    folder = file.parent
    folder.rename(folder.with_name("away"))
    for _ in range(3):
        clock.now += 2
        assert version.current() == (7, "2026-11-20")
    folder.with_name("away").rename(folder)
    move(file, 8)
    clock.now += RETRY_SECONDS
    assert version.current() == (8, "2026-11-20")


def test_a_database_that_never_answered_has_none(file: Path) -> None:
    folder = file.parent
    folder.rename(folder.with_name("away"))
    assert ContentVersion(ALIAS, Clock()).current() is None
    folder.with_name("away").rename(folder)


def test_a_database_without_tables_has_none(file: Path) -> None:
    database = sqlite3.connect(file)
    with database:
        database.execute("DROP TABLE guides_contentversion")
    database.close()
    assert ContentVersion(ALIAS, Clock()).current() is None


class Answering:
    """A driver of a server that counts its questions."""

    number = 1
    asked = 0
    is_away = False

    def execute(self, statement: str) -> Answering:
        self.asked += 1
        if self.is_away:
            raise OperationalError("no answer")
        return self

    def fetchone(self) -> tuple[int, str]:
        return (self.number, "")


@pytest.fixture
def server(file: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ContentVersion, Clock, Answering]:
    """A version that is read from a server, as PostgreSQL is."""
    driver, clock = Answering(), Clock()
    version = ContentVersion(ALIAS, clock)
    monkeypatch.setattr(version, "_is_sqlite", False)
    monkeypatch.setattr(version, "_good_for", GOOD_FOR_SECONDS["postgresql"])
    monkeypatch.setattr(version, "_opened", lambda: type("Opened", (), {"connection": driver, "close": list})())
    return version, clock, driver


def test_a_server_is_asked_once_in_a_while(server: tuple[ContentVersion, Clock, Answering]) -> None:
    version, clock, driver = server
    for _ in range(100):
        assert version.current() == (1, "")
    assert driver.asked == 1
    clock.now += GOOD_FOR_SECONDS["postgresql"]
    driver.number = 2
    assert version.current() == (2, "")


def test_while_a_server_is_away_nobody_waits_for_it(
    server: tuple[ContentVersion, Clock, Answering], monkeypatch: pytest.MonkeyPatch
) -> None:
    version, clock, driver = server
    assert version.current() == (1, "")
    looking, look_out = threading.Event(), version._look_out
    monkeypatch.setattr(version, "_look_out", looking.set)
    driver.is_away, driver.number = True, 2
    clock.now += 1
    assert version.current() == (1, "")
    assert looking.wait(10)
    asked = driver.asked
    clock.now += 1000
    assert version.current() == (1, "")
    assert driver.asked == asked

    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        driver.is_away = len(slept) < 3

    look_out(sleep)
    assert slept == [RETRY_SECONDS] * 3
    assert version.current() == (2, "")


def test_whoever_moves_the_version_waits_until_nobody_goes_by_the_old_one(
    server: tuple[ContentVersion, Clock, Answering], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked a moment before the commit, an answer counts for less time than the writer waits."""
    version, clock, driver = server
    version.current()
    driver.number = 2
    monkeypatch.setattr("guides.content_version.connections", {"default": type("Server", (), {"vendor": "postgresql"})})
    settle(lambda seconds: setattr(clock, "now", clock.now + seconds))
    assert version.current() == (2, "")


def test_nobody_waits_where_every_request_asks(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("guides.content_version.connections", {"default": type("File", (), {"vendor": "sqlite"})})
    settle(waited.append)
    monkeypatch.setattr("guides.content_version.connections", {"default": type("Server", (), {"vendor": "postgresql"})})
    settings.PAGE_CACHE_BYTES = 0
    settle(waited.append)
    assert waited == []
