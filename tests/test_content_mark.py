"""The mark beside a database: another one after every commit that moves the version, and lifted during it."""

import os
import stat
from pathlib import Path

import pytest

from guides.content_mark import LENGTH, MarkReader, MarkWriter, is_lifted, mark_beside


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file in the place of a database."""
    path = tmp_path / "site.sqlite3"
    path.touch(mode=0o640)
    return path


def writer(database: Path) -> MarkWriter:
    return MarkWriter(mark_beside(str(database)))


def test_a_reader_sees_it_lifted_and_put_again(database: Path) -> None:
    mark = MarkReader(database.with_name("site.sqlite3-mark"))
    seen = {mark.read()}
    for _ in range(20):
        one = writer(database)
        one.lift()
        assert is_lifted(mark.read())
        one.put()
        assert not is_lifted(mark.read())
        seen.add(mark.read())
    assert len(seen) == 21
    assert {len(one) for one in seen} == {LENGTH}


def test_it_stays_lifted_while_another_writer_has_begun(database: Path) -> None:
    first, second = writer(database), writer(database)
    mark = MarkReader(database.with_name("site.sqlite3-mark"))
    first.lift()
    second.lift()
    first.put()
    assert is_lifted(mark.read())
    second.put()
    assert not is_lifted(mark.read())


def test_a_writer_makes_it_too(database: Path) -> None:
    writer(database).lift()
    assert is_lifted(database.with_name("site.sqlite3-mark").read_bytes())


def test_whoever_may_use_the_database_may_use_its_mark(database: Path) -> None:
    mark = database.with_name("site.sqlite3-mark")
    MarkReader(mark)
    assert stat.S_IMODE(os.stat(mark).st_mode) == 0o640
    assert sorted(path.name for path in database.parent.iterdir()) == ["site.sqlite3", "site.sqlite3-mark"]


@pytest.mark.parametrize("name", [":memory:", "file:memorydb_default?mode=memory&cache=shared"])
def test_a_database_in_memory_has_none(name: str) -> None:
    assert mark_beside(name) is None
    MarkWriter(mark_beside(name)).lift()


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one = writer(tmp_path / "away" / "site.sqlite3")
    one.lift()
    one.put()
    assert "The mark of the content cannot be moved, so it is noticed later: No such file or directory" in caplog.text
    with pytest.raises(FileNotFoundError):
        MarkReader(tmp_path / "away" / "site.sqlite3-mark")
