"""Backups: ``python -m careerpaths.backup save [FILE]`` and ``python -m careerpaths.backup restore FILE``.

A backup holds the whole database but sign-ins: what visitors keep, what admins decided, and, beside the content, the
keys by which visitors' ticks find their tasks. It is taken while the site runs. Of SQLite it is a database file of its
own, of PostgreSQL the archive that pg_dump writes.

Restoring puts the database back, brings its tables up to this version of the site, and loads the content files, so a
backup of an older version serves a newer one. What was there before is saved first.

The cache is emptied: of Redis all of the database that CACHE_URL names, so nobody else may share that.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from careerpaths import sqlite_file

SIGN_INS = ("django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog")
"""Tables whose rows are not worth keeping: who is signed in, and who failed to."""


class BackupRefused(Exception):
    """Nothing was changed; the message says why."""


class NotBroughtUp(Exception):
    """The database is that of the backup, but its tables or its content are older; the message says why."""


def save(file: Path) -> None:
    """Writes the database to ``file``, which must not exist.

    BackupRefused when it does, when there is no database with the tables of the site, or when a program is missing.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already; name another file.")
    if not is_there():
        raise BackupRefused(f"There is nothing to save: {_name()} holds no data of this site.")
    file.parent.mkdir(parents=True, exist_ok=True)
    # Whoever reads a backup reads everything, so it is its owner's alone from the first byte.
    old_mask = os.umask(0o077)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        if _is_sqlite():
            _save_sqlite(part)
        else:
            _save_postgres(part)
        part.rename(file)
    finally:
        os.umask(old_mask)
        part.unlink(missing_ok=True)


def restore(file: Path, *, content: Path | None = None) -> None:
    """Puts the database of ``file``, which exists, in the place of the present one. BackupRefused when it is no backup.

    The tables are brought up to this version, and the content of ``content`` (the site's own) is loaded; NotBroughtUp
    when one of these fails.
    """
    if _is_sqlite():
        _restore_sqlite(file)
    else:
        _restore_postgres(file)
    connections.close_all()
    # What other processes keep was made from the database of before.
    cache.clear()
    try:
        call_command("migrate", verbosity=0)
    except (CommandError, DatabaseError) as error:
        raise NotBroughtUp(
            f"The database is that of {file} now, but its tables could not be brought up to this version: {error} "
            "Run manage.py migrate and manage.py load_content when the cause is gone."
        ) from None
    try:
        call_command("load_content", folder=content, verbosity=0)
    except (CommandError, DatabaseError) as error:
        raise NotBroughtUp(
            f"The database is that of {file} now, with the content that it was saved with. The content files were not "
            f"loaded into it (load_content says: {error}). Mend what it names and run manage.py load_content."
        ) from None


def is_there() -> bool:
    """Whether there is a database with the tables of the site; looking makes none. BackupRefused when none answers."""
    if _is_sqlite() and not Path(_database()["NAME"]).is_file():
        return False
    try:
        return "guides_contentversion" in connections["default"].introspection.table_names()
    except DatabaseError as error:
        raise BackupRefused(f"{_name()} does not answer: {error}") from None


def new_name(word: str = "careerpaths") -> Path:
    """Where a backup goes that nobody named: var/backups/careerpaths-20261121-0320.sqlite3."""
    suffix = "sqlite3" if _is_sqlite() else "dump"
    folder: Path = settings.BACKUP_DIR
    return folder / f"{word}-{datetime.now(UTC):%Y%m%d-%H%M%S}.{suffix}"


def _database() -> dict[str, Any]:
    return connections["default"].settings_dict


def _name() -> str:
    """The database in words, without a password."""
    given = _database()
    return f"the file {given['NAME']}" if _is_sqlite() else f"the PostgreSQL database {given['NAME']}"


def _is_sqlite() -> bool:
    return connections["default"].vendor == "sqlite"


# SQLite


def _save_sqlite(file: Path) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        known = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in SIGN_INS:
            if table in known:
                copy.execute(" ".join(["DELETE FROM", table]))
        copy.execute("VACUUM")
        if [problem for (problem,) in copy.execute("PRAGMA integrity_check")] != ["ok"]:
            raise BackupRefused("The copy is damaged, so the database is; restore an older backup.")


def _restore_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as backup:
        try:
            tables = {name for (name,) in backup.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            is_whole = [problem for (problem,) in backup.execute("PRAGMA integrity_check")] == ["ok"]
        except sqlite3.DatabaseError:
            raise BackupRefused(f"{file} is not a backup of SQLite.") from None
        if not {"django_migrations", "guides_contentversion"} <= tables or not is_whole:
            raise BackupRefused(f"{file} is not a whole backup of this site.")
        present = Path(_database()["NAME"])
        present.parent.mkdir(parents=True, exist_ok=True)
        sqlite_file.make(present)
        with closing(sqlite3.connect(present, timeout=30)) as target:
            # In one transaction of SQLite's own: whoever reads meanwhile sees the old database, then the new one.
            backup.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode = WAL")


# PostgreSQL


def _program(name: str) -> str:
    """One of the client's programs; they are looked for beside the server that tests start, too."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("POSTGRES_BIN", ""), os.environ.get("PATH", "")]))
    if found is None:
        raise BackupRefused(f"{name} was not found. Install it (Debian: apt install postgresql-client).")
    return found


def _target() -> tuple[list[str], dict[str, str]]:
    """The arguments that name the database, and the environment with its password, which no list of processes shows."""
    given = _database()
    options = given.get("OPTIONS", {})
    arguments = [f"--dbname={given['NAME']}"]
    for option, value in (
        ("host", given["HOST"] or options.get("host")),
        ("port", given["PORT"] or options.get("port")),
        ("username", given["USER"] or options.get("user")),
    ):
        if value:
            arguments.append(f"--{option}={value}")
    variables = dict(os.environ)
    if given["PASSWORD"]:
        variables["PGPASSWORD"] = str(given["PASSWORD"])
    for option, variable in (("sslmode", "PGSSLMODE"), ("sslrootcert", "PGSSLROOTCERT")):
        if option in options:
            variables[variable] = str(options[option])
    return arguments, variables


def _save_postgres(file: Path) -> None:
    arguments, variables = _target()
    left_out = [f"--exclude-table-data={table}" for table in SIGN_INS]
    command = [_program("pg_dump"), *arguments, "--format=custom", "--no-owner", "--no-privileges", *left_out]
    _run([*command, f"--file={file}"], variables)


def _restore_postgres(file: Path) -> None:
    try:
        listed = _run([_program("pg_restore"), "--list", str(file)], dict(os.environ))
    except BackupRefused as refused:
        raise BackupRefused(f"{file} cannot be read. {refused}") from None
    if "guides_contentversion" not in listed:
        raise BackupRefused(f"{file} is not a backup of this site.")
    arguments, variables = _target()
    script = file.with_name(f".{file.name}.sql")
    try:
        _run([_program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(file)], variables)
        # All or nothing, tables that the backup does not know included.
        first = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        # A database that nobody left cannot be emptied; whoever waits for an answer gets one within seconds.
        command = [
            _program("psql"),
            *arguments,
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
        ]
        _run([*command, f"--command={first}", f"--file={script}"], variables)
    finally:
        script.unlink(missing_ok=True)


def _run(command: Sequence[str], variables: dict[str, str]) -> str:
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefused(f"{Path(command[0]).name} says: {done.stderr.strip()}")
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["save", *rest] if len(rest) <= 1:
            word, name = "save", next(iter(rest), "")
        case ["restore", name] if name:
            word = "restore"
        case _:
            print("Usage: python -m careerpaths.backup save [FILE], or restore FILE", file=sys.stderr)
            return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpaths.settings")
    try:
        django.setup()
        if word == "save":
            file = Path(name) if name else new_name()
            save(file)
            print(f"Saved to {file} ({file.stat().st_size / 2**20:.1f} MB).")
        else:
            if not Path(name).is_file():
                raise BackupRefused(f"There is no file {name}.")
            if is_there():
                before = new_name("before-restore")
                save(before)
                print(f"What is there now was saved to {before}.")
            else:
                print("There was nothing here before, so nothing was saved.")
            restore(Path(name))
            print(f"Restored from {name}, with the content of this version.")
    except (BackupRefused, NotBroughtUp, ImproperlyConfigured) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
