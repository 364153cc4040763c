"""A content load that is killed, that runs into another, or that finds no room: the old content or the new, never both.

Numbers 5, 6 and 7 of the list in docs/security.md.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import content_factory
from tests.hostile.amounts import amount
from tests.hostile.served import ROOT, copied, manage, managed, surroundings

STATE = """
    SELECT (SELECT COUNT(*) FROM guides_role), (SELECT COUNT(*) FROM guides_skill),
        (SELECT COUNT(*) FROM guides_question), (SELECT COUNT(*) FROM guides_task),
        (SELECT COUNT(*) FROM guides_searchentry), (SELECT COUNT(*) FROM guides_search),
        (SELECT COUNT(*) FROM guides_contentfile), (SELECT COUNT(DISTINCT slug) FROM guides_role),
        (SELECT summary FROM guides_role WHERE slug = 'analyst')
"""
"""How many rows the tables have, and a text that every load of these tests changes."""

State = tuple[int | str, ...]


def state(database: Path) -> State:
    """What stands in the database; fails when the file is not sound."""
    connection = sqlite3.connect(database, timeout=30)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found: State = connection.execute(STATE).fetchone()
    connection.close()
    return found


def is_writing(database: Path) -> bool:
    """Whether somebody is inside of a transaction that writes."""
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def content(folder: Path, words: str, *, roles: int = 0) -> Path:
    """The sample site with a text of its own and perhaps more roles."""
    made = content_factory.build(folder)
    content_factory.change(made, "roles/analyst.md", summary=words)
    for number in range(roles):
        content_factory.add_role(made, f"role-{number}", f"Role number {number}")
    return made


def begun(database: Path, folder: Path) -> subprocess.Popen[str]:
    """A load that has begun to write, or, on a busy machine, one that was through before anybody looked."""
    load = manage(database, "load_content", f"--folder={folder}")
    while load.poll() is None and not is_writing(database):
        pass
    return load


def seconds_of_writing(database: Path, folder: Path) -> float:
    """How long a load of that folder, which runs to its end, is inside of its transaction; 0 when nobody saw it."""
    load = begun(database, folder)
    started = time.monotonic()
    while is_writing(database):
        pass
    seconds = time.monotonic() - started if load.poll() is None else 0
    load.communicate()
    assert load.returncode == 0
    return seconds


def killed(load: subprocess.Popen[str], database: Path) -> bool:
    """Kills a load with -9; whether that met it inside of its transaction.

    It is stopped first: a stopped process holds its lock, so what it was doing can be seen before it dies.
    """
    load.send_signal(signal.SIGSTOP)
    was_writing = load.returncode is None and os.WIFSTOPPED(os.waitpid(load.pid, os.WUNTRACED)[1])
    was_writing = was_writing and is_writing(database)
    load.send_signal(signal.SIGKILL)
    load.communicate()
    assert load.returncode == -signal.SIGKILL or not was_writing
    return was_writing


def renewed(prepared: Path, folder: Path) -> Path:
    """The database with the old content in place of the one that is there."""
    for part in folder.glob("site.sqlite3*"):
        part.unlink()
    return copied(prepared, folder)


def test_a_load_that_is_killed_leaves_the_old_content_or_the_new(prepared: Path, tmp_path: Path) -> None:
    """At moments all over the transaction, each on what the kills before it left, and once right after it."""
    folder = content(tmp_path, "Spends the day with other tables.", roles=amount(8, 40))
    old = state(renewed(prepared, tmp_path))
    longest = 0.0
    while not longest:
        database = renewed(prepared, tmp_path)
        longest = seconds_of_writing(database, folder)
    new = state(database)
    assert new != old
    database = renewed(prepared, tmp_path)

    chance, wanted, met, found = random.Random(5), amount(2, 50), 0, set[State]()
    for _ in range(5 * wanted):
        load, was_writing = begun(database, folder), False
        try:
            load.wait(chance.uniform(0, longest / amount(2, 1)))
        except subprocess.TimeoutExpired:
            was_writing = killed(load, database)
        now = state(database)
        # A load that was through before the signal came counts for nothing but its content.
        assert now in ((old, new) if was_writing else (new,))
        found.add(now)
        met += was_writing
        if met == wanted:
            break
        if now == new:
            renewed(prepared, tmp_path)
    assert met == wanted, f"only {met} loads were killed while they wrote"

    load = begun(renewed(prepared, tmp_path) if state(database) == new else database, folder)
    while is_writing(database):
        pass
    assert not killed(load, database)
    found.add(state(database))
    assert found == {old, new}


def test_loads_at_the_same_moment_wait_or_give_up_and_write_nothing_twice(prepared: Path, tmp_path: Path) -> None:
    database = copied(prepared, tmp_path)
    before = state(database)
    for turn in range(amount(1, 20)):
        words = f"Spends day {turn} with tables."
        folder = content(tmp_path / str(turn), words)
        loads = [manage(database, "load_content", f"--folder={folder}") for _ in range(amount(3, 8))]
        ended = [(load.communicate(timeout=120), load.returncode) for load in loads]
        assert any(code == 0 for _, code in ended), ended
        for (_, errors), code in ended:
            assert code == 0 or "try again in a minute" in errors, errors
            assert "Traceback" not in errors
        assert state(database) == (*before[:-1], words)


def test_a_load_on_a_full_disk_says_so_and_changes_nothing(prepared: Path, tmp_path: Path) -> None:
    """No file of the process may grow beyond 64 KB, which fails a write as a full disk does."""
    database = copied(prepared, tmp_path)
    before = state(database)
    folder = content(tmp_path, "Spends the day with more tables.", roles=3)
    limit = 64 * 1024
    done = subprocess.run(
        [sys.executable, "manage.py", "load_content", f"--folder={folder}"],
        cwd=ROOT,
        env=surroundings(database),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1
    check_told(done.stderr)
    assert state(database) == before
    code, said = managed(database, "load_content", f"--folder={folder}")
    assert code == 0, said


def check_told(errors: str) -> None:
    """Fails when whoever ran the load is not told in one sentence what is wrong."""
    assert "Traceback" not in errors
    assert "The database could not be written" in errors
    assert "Nothing was changed" in errors


FILL = """
set -e
mount -t tmpfs -o size=12m none "$1"
cp "$2"/site.sqlite3* "$1"
dd if=/dev/zero of="$1/filler" bs=4k status=none 2>/dev/null || true
"$3" manage.py load_content --folder="$4" && exit 9
rm "$1/filler"
cp "$1"/site.sqlite3* "$2"
"""


@pytest.mark.long
def test_a_load_on_a_file_system_without_room_says_so_and_changes_nothing(prepared: Path, tmp_path: Path) -> None:
    """A file system in memory, filled to its last block; only root can make one."""
    assert os.geteuid() == 0, "make hostile makes a file system of its own for this, so it wants to be root"
    disk, safe = tmp_path / "disk", tmp_path / "safe"
    disk.mkdir()
    safe.mkdir()
    before = state(copied(prepared, safe))
    folder = content(tmp_path, "Spends the day with more tables.", roles=3)
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", FILL, "sh", disk, safe, sys.executable, folder],
        cwd=ROOT,
        env=surroundings(disk / "site.sqlite3"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    check_told(done.stderr)
    assert state(safe / "site.sqlite3") == before
