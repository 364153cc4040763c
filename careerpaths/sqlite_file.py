"""The file of SQLite: whoever makes it keeps it to themselves, and a page never makes one.

What visitors keep, sessions and the digests of passwords stand in it. SQLite would let every account of the machine
read it, and gives the files beside it, which hold the latest changes, the mode of the file itself.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

OWNER_ALONE = 0o600


class PrivateFile(sqlite3.Connection):
    """A connection that makes a missing file for its owner alone; a file that is there keeps its mode."""

    def __init__(self, database: str, *arguments: Any, **options: Any) -> None:
        if is_file(database):
            make(Path(database))
        super().__init__(database, *arguments, **options)


class ExistingFile(sqlite3.Connection):
    """A connection to a file that is there, else OperationalError.

    An empty database in the place of one that is away for a moment would answer instead of it, and its log would stand
    beside the right one when that comes back.
    """

    def __init__(self, database: str, *arguments: Any, **options: Any) -> None:
        if is_file(database):
            database = f"{Path(database).absolute().as_uri()}?mode=rw"
            options["uri"] = True
        super().__init__(database, *arguments, **options)


def is_file(database: str) -> bool:
    """Whether a name is the path of a file; one in memory and an address that says how to open it are not."""
    return database != ":memory:" and not database.startswith("file:")


def make(file: Path) -> None:
    """Makes an empty file that its owner alone may read. Where that is not possible, SQLite says so."""
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE))
