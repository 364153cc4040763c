"""The database file is its owner's alone from the start, and only commands make one."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from careerpaths.sqlite_file import ExistingFile, PrivateFile, make
from tests.serving import ROOT, manage, surroundings


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def asked(database: Path, script: str) -> str:
    """What a process that serves the site prints, on that database."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        # Pages need no collected static files with the settings of the tests.
        env=surroundings(database, DJANGO_SETTINGS_MODULE="tests.settings"),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def _open_mask() -> Iterator[None]:
    """A machine on which everybody may read what anybody makes."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_open_mask")
def test_the_tables_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    manage(database, "migrate", "--verbosity=0")
    assert mode(database) == 0o600
    script = """
import os, stat, sys
import django
django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("CREATE TABLE one (id INTEGER)")
    folder = os.path.dirname(connection.settings_dict["NAME"])
    print(sorted((name, oct(stat.S_IMODE(os.stat(f"{folder}/{name}").st_mode))) for name in os.listdir(folder)))
"""
    said = asked(database, script)
    assert all(f"('site.sqlite3{ending}', '0o600')" in said for ending in ("", "-shm", "-wal"))


@pytest.mark.usefixtures("_open_mask")
def test_a_file_that_is_there_keeps_the_mode_that_somebody_gave_it(tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    database.touch(mode=0o640)
    with closing(PrivateFile(str(database))) as connection:
        connection.execute("CREATE TABLE one (id INTEGER)")
    assert mode(database) == 0o640


def test_a_request_makes_no_database_in_the_place_of_one_that_is_away(tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    manage(database, "migrate", "--verbosity=0")
    away = tmp_path / "away"
    away.mkdir()
    script = f"""
import os
from pathlib import Path
from careerpaths import wsgi
from django.db import connections
from django.test import Client
visitor = Client(raise_request_exception=False, SERVER_NAME="localhost")
found = [visitor.get("/readyz").json()["reasons"]]
connections.close_all()
for file in Path({str(tmp_path)!r}).glob("site.sqlite3*"):
    file.rename({str(away)!r} + "/" + file.name)
found += [visitor.get("/roles/").status_code, visitor.post("/keep/start/?skill-sql=2").status_code]
found += [visitor.get("/readyz").status_code, visitor.get("/healthz").status_code]
found += [list(Path({str(tmp_path)!r}).glob("site.sqlite3"))]
for file in Path({str(away)!r}).iterdir():
    file.rename({str(tmp_path)!r} + "/" + file.name)
connections.close_all()
found += [visitor.get("/roles/").status_code, visitor.get("/readyz").json()["reasons"]]
print(found)
"""
    empty = ["No content has been loaded."]
    assert asked(database, script).strip() == str([empty, 503, 503, 503, 200, [], 200, empty])


@pytest.mark.parametrize("name", ["missing.sqlite3", "missing/site.sqlite3"])
def test_a_missing_file_is_an_error_of_the_database(tmp_path: Path, name: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        ExistingFile(str(tmp_path / name))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["plain.sqlite3", "with blank.sqlite3", "50%.sqlite3", "a?b#c.sqlite3", "ö.sqlite3"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    make(tmp_path / name)
    with closing(ExistingFile(str(tmp_path / name))) as connection:
        connection.execute("CREATE TABLE one (id INTEGER)")
    with closing(PrivateFile(str(tmp_path / name))) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("one",)]
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("kind", [PrivateFile, ExistingFile])
@pytest.mark.parametrize("name", [":memory:", "file:of_a_test?mode=memory"])
def test_a_database_in_memory_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[sqlite3.Connection], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(kind(name, uri=True)) as connection:
        connection.execute("CREATE TABLE one (id INTEGER)")
    assert not list(tmp_path.iterdir())
