"""The parts of a page that are the same for everybody, kept as they were rendered until the content moves.

A visitor who keeps something gets a page of their own, but most of it is that of everybody else. Those parts are
rendered once for a version of the content; what they are made from is not even fetched while all of them are kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings

from .content_version import Version, of_this_process
from .fit_questions import FitQuestion
from .shelf import Shelf

Questions = tuple[tuple[FitQuestion, ...], str]
"""The first questions of a fit check, and how long all of it takes, in words."""

QUALITY = 3
"""Of the compression: three parts in four are saved in a millisecond, and read back in a third of one."""

OVERHEAD = 400
"""Bytes that an entry takes besides its text, about."""


@dataclass(frozen=True)
class Part:
    """A rendered part, compressed."""

    data: bytes

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.data) + OVERHEAD


@dataclass(frozen=True)
class Asked:
    """Questions that a page begins with."""

    questions: Questions

    @property
    def size(self) -> int:
        """Bytes, about."""
        return OVERHEAD * (1 + len(self.questions[0]))


_shelf = Shelf[tuple[Version, str, str], Part | Asked](settings.PAGE_PARTS_BYTES)


class PageParts:
    """The parts of one page for one request.

    Made before anything of the page is fetched: the version is read here, and no part is older than its version.
    """

    def __init__(self, page: str, everything: Callable[[], Mapping[str, Any]]) -> None:
        self._version = of_this_process().current() if _shelf.most else None
        self._page = page
        self._make = everything

    @cached_property
    def everything(self) -> Mapping[str, Any]:
        """What the parts are rendered from, fetched when the first one is missing."""
        return self._make()

    @property
    def is_kept(self) -> bool:
        """Whether the page was rendered before, so that its parts are likely to be there."""
        return self._version is not None and _shelf.get((self._version, self._page, "questions")) is not None

    def questions(self, make: Callable[[], Questions]) -> Questions:
        """The first questions of the page, which everybody is asked; answers are not among them."""
        key = (self._version, self._page, "questions") if self._version else None
        found = _shelf.get(key) if key else None
        if isinstance(found, Asked):
            return found.questions
        questions = make()
        if key:
            _shelf.put(key, Asked(questions))
        return questions

    def get(self, name: str) -> str | None:
        """The part of that name as it was rendered before; None when it has to be rendered."""
        found = _shelf.get((self._version, self._page, name)) if self._version else None
        return zlib.decompress(found.data).decode() if isinstance(found, Part) else None

    def put(self, name: str, html: str) -> None:
        """Keeps a rendered part."""
        if self._version:
            _shelf.put((self._version, self._page, name), Part(zlib.compress(html.encode(), QUALITY)))
