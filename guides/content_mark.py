"""Eight bytes beside a SQLite file that change whenever the version of the content does, read without asking SQLite.

Whoever moves the version lifts the mark before the commit and puts another one after it. A process that has the mark
under which it read the version in memory still goes by the right one; while the mark is lifted, it asks the database.
Asking each time would cost four times as much as everything else that a kept page needs, because SQLite lets other
threads of the process run at every question.

A process that dies in between leaves the mark lifted: right, and slower until the version moves again. Who writes to
the database past the site does not move the mark and is noticed a little later.
"""

from __future__ import annotations

import logging
import mmap
import os
import secrets
import tempfile
from pathlib import Path

logger = logging.getLogger(__name__)

ENDING = "-mark"

LENGTH = 8

LIFTED = bytes(4)
"""How a mark begins while the version is being moved."""


def mark_beside(database: str) -> Path | None:
    """Where the mark of a database stands; None for one in memory."""
    return None if ":memory:" in database or "mode=memory" in database else Path(f"{database}{ENDING}")


class MarkReader:
    """The mark of a database, mapped into memory; made when it is not there.

    Raises OSError where that is not possible.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            _make(path)
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), LENGTH, access=mmap.ACCESS_READ)

    def read(self) -> bytes:
        """The mark as it is now."""
        return self._bytes[:LENGTH]


def is_lifted(mark: bytes) -> bool:
    """Whether somebody is moving the version."""
    return mark.startswith(LIFTED)


class MarkWriter:
    """Moves the mark of a database around one commit; none of it where there is no path."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._own = LIFTED + secrets.token_bytes(LENGTH - len(LIFTED))

    def lift(self) -> None:
        """Before the commit, while other writers have to wait."""
        self._write(self._own)

    def put(self) -> None:
        """After the commit, unless another writer has begun meanwhile."""
        if self._path and _read(self._path) == self._own:
            self._write(b"\1" + secrets.token_bytes(LENGTH - 1))

    def _write(self, mark: bytes) -> None:
        if self._path is None:
            return
        try:
            if not self._path.exists():
                _make(self._path)
            with self._path.open("r+b", buffering=0) as file:
                file.write(mark)
        except OSError as error:
            logger.warning("The mark of the content cannot be moved, so it is noticed later: %s", error.strerror)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _make(path: Path) -> None:
    """A file that has its whole length from the moment at which it is there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(b"\1" + secrets.token_bytes(LENGTH - 1))
        # Whoever may read and write the database may do so with its mark.
        os.chmod(name, _database_of(path).stat().st_mode & 0o666)
        os.link(name, path)
    except FileExistsError:
        logger.debug("Another process made the mark first")
    finally:
        os.unlink(name)


def _database_of(mark: Path) -> Path:
    return mark.with_name(mark.name.removesuffix(ENDING))
