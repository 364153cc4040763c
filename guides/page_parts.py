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
class Beginning:
    """What has to be known of a page before its parts are put together.

    ``questions`` are the first ones of its fit check, which everybody is asked, and ``length`` says how long all of it
    takes, in words; answers are not among them. ``hidden`` is why visitors do not see the page, empty when they do.
    """

    questions: tuple[FitQuestion, ...]
    length: str
    hidden: str

    @property
    def size(self) -> int:
        """Bytes, about."""
        return OVERHEAD * (1 + len(self.questions))


BEGINNING = "beginning"

_shelf = Shelf[tuple[Version, str, str], Part | Beginning](settings.PAGE_PARTS_BYTES)


class PageParts:
    """The parts of one page for one request.

    Made before anything of the page is fetched: the version is read here, and no part is older than its version.
    """

    def __init__(self, page: str, everything: Callable[[], Mapping[str, Any]]) -> None:
        """``everything`` raises Http404 for whoever may not see the page; its ``beginning`` is a Beginning."""
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
        return self._kept is not None

    @cached_property
    def beginning(self) -> Beginning:
        """The beginning of the page. One that visitors do not see is never kept, so what is kept is for everybody."""
        if self._kept is not None:
            return self._kept
        made: Beginning = self.everything[BEGINNING]
        if self._version and not made.hidden:
            _shelf.put((self._version, self._page, BEGINNING), made)
        return made

    @cached_property
    def _kept(self) -> Beginning | None:
        found = _shelf.get((self._version, self._page, BEGINNING)) if self._version else None
        return found if isinstance(found, Beginning) else None

    def get(self, name: str) -> str | None:
        """The part of that name as it was rendered before; None when it has to be rendered."""
        found = _shelf.get((self._version, self._page, name)) if self._version else None
        return zlib.decompress(found.data).decode() if isinstance(found, Part) else None

    def put(self, name: str, html: str) -> None:
        """Keeps a rendered part."""
        if self._version:
            _shelf.put((self._version, self._page, name), Part(zlib.compress(html.encode(), QUALITY)))
