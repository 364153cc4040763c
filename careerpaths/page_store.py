"""Pages ready to be sent."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import brotli

Headers = list[tuple[str, str]]

BROTLI_QUALITY = 5
"""A page of 60 KB in two milliseconds; the best quality takes a hundred for a tenth less."""

GZIP_LEVEL = 6

OF_A_304 = frozenset({"cache-control", "content-location", "date", "etag", "expires", "vary"})
"""What a 304 says (RFC 9110, section 15.4.5); whoever asked has the other headers with the page."""

OVERHEAD = 1500
"""Bytes that an entry takes besides its body and headers, about."""


@dataclass(frozen=True)
class Rendered:
    """A finished page as it came from the view: ``headers`` without those that a coding decides."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class StoredPage:
    """A page in one coding, with the headers of its full answer and those of its 304."""

    status: str
    etag: str
    headers: Headers
    brief: Headers
    body: bytes

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + OVERHEAD


def stored(page: Rendered, coding: str) -> StoredPage:
    """``page`` as it is sent in that coding.

    Its ETag depends on its text, its other headers and the coding: a 304 leaves headers as they were received, so a
    page with a new policy has to be sent anew.
    """
    etag = f'"{hashlib.sha256(repr(page.headers).encode() + page.body).hexdigest()[:24]}-{coding}"'
    body = compressed(page.body, coding)
    headers = [*page.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    brief = [(name, value) for name, value in headers if name.lower() in OF_A_304]
    return StoredPage(page.status, etag, headers, brief, body)


def compressed(body: bytes, coding: str) -> bytes:
    """A body in a coding."""
    if coding == "br":
        found: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        return found
    return gzip.compress(body, GZIP_LEVEL, mtime=0) if coding == "gzip" else body


def restored(page: StoredPage) -> Rendered:
    """A stored page as it came from the view."""
    own = {"etag", "content-length", "content-encoding"}
    coding = dict(page.headers).get("Content-Encoding", "identity")
    if coding == "br":
        body: bytes = brotli.decompress(page.body)
    else:
        body = gzip.decompress(page.body) if coding == "gzip" else page.body
    return Rendered(page.status, tuple(pair for pair in page.headers if pair[0].lower() not in own), body)
