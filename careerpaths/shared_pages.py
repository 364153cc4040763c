"""Rendered pages that several processes and machines share through the cache of CACHE_URL.

It saves rendering a page once per process; it is asked only for pages that the process does not have. Without such a
cache, and while it is away, each process renders for itself.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches

from careerpaths.page_store import Rendered

SECONDS = 24 * 60 * 60

OF_ONE_PROCESS = ("LocMemCache", "DummyCache")
"""Caches that share nothing."""

CODE = (("careerpaths", "*.py"), ("guides", "*.py"), ("templates", "*.html"))
"""What pages are made by, besides the content."""


class SharedPages:
    """The shared cache, or nothing where there is none."""

    def __init__(self) -> None:
        self._exists = not settings.CACHES[DEFAULT_CACHE_ALIAS]["BACKEND"].endswith(OF_ONE_PROCESS)
        self._release = release() if self._exists else ""

    def get(self, key: tuple[object, ...]) -> Rendered | None:
        """The page of that key."""
        found: Any = caches[DEFAULT_CACHE_ALIAS].get(self._name(key)) if self._exists else None
        return Rendered(*found) if found else None

    def put(self, key: tuple[object, ...], page: Rendered) -> None:
        """Keeps a page for a day at most."""
        if self._exists:
            caches[DEFAULT_CACHE_ALIAS].set(self._name(key), (page.status, page.headers, page.body), SECONDS)

    def _name(self, key: tuple[object, ...]) -> str:
        return f"page:{hashlib.sha256(repr((self._release, *key)).encode()).hexdigest()}"


def release() -> str:
    """A name for the program as it is: another one for other code, templates, static files or another public origin."""
    root = Path(settings.BASE_DIR)
    found = hashlib.sha256(f"{settings.SITE_URL} {settings.LANGUAGE_CODE}".encode())
    files = [file for folder, pattern in CODE for file in sorted((root / folder).rglob(pattern))]
    for file in [*files, Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        if file.is_file():
            found.update(file.relative_to(root).as_posix().encode() if file.is_relative_to(root) else b"")
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()
