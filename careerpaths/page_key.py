"""What a request for a page asks for, told apart from everything that cannot change the answer.

Pure functions on the strings of a request. The page is rendered from the key alone, never from the request, so what is
not in the key cannot get into a page that others are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

LONGEST_PATH = 300
LONGEST_QUERY = 600
"""Characters. Nothing that the site links to is longer."""

CODINGS = ("br", "gzip", "identity")
"""The forms in which a page can be sent, the shortest first."""

FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
"""What decides whether a view answers with a part of its page."""


@dataclass(frozen=True)
class PublicPage:
    """A page that is the same for everybody.

    ``once`` and ``several`` are the parameters of the query string that it reads: the last value of those, all values
    of these. ``only_bare``: with any query string at all it is about the person who asks, and not kept.
    """

    once: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    only_bare: bool = False


@lru_cache(maxsize=4096)
def canonical_query(page: PublicPage, query: str) -> str | None:
    """The one query string for everything that ``page`` answers alike; None when it is not to be kept.

    Django reads the same values from it as from ``query``: parameters that the page does not read are left out, the
    others stand in the order of their names, and of a parameter that counts once the last value stands.
    """
    if not query:
        return ""
    if page.only_bare or len(query) > LONGEST_QUERY or not query.isascii():
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True)
    except ValueError:
        return None
    last = {name: value for name, value in pairs if name in page.once}
    kept = [*last.items(), *((name, value) for name, value in pairs if name in page.several)]
    canonical = urlencode(sorted(kept, key=lambda pair: pair[0]))
    return canonical if len(canonical) <= LONGEST_QUERY else None


def is_fragment(environ: Mapping[str, str]) -> bool:
    """Whether htmx asks for a part of the page; the same rule as that of the views."""
    return (
        environ.get("HTTP_HX_REQUEST") == "true"
        and environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
        and environ.get("HTTP_HX_BOOSTED") != "true"
    )


def may_carry(cookies: str, names: Iterable[str]) -> bool:
    """Whether a Cookie header could hold one of ``names``; a name inside of another one's value counts too."""
    return any(name in cookies for name in names)


@lru_cache(maxsize=512)
def coding_for(accepted: str) -> str:
    """The shortest form that an Accept-Encoding header allows (RFC 9110, section 12.5.3); identity in case of doubt."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        label, _, value = parameter.strip().partition("=")
        weight = 1.0
        if label.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
        weights[name.strip()] = weight
    anything = weights.get("*", 0.0)
    for coding in CODINGS[:-1]:
        if weights.get(coding, anything) > 0:
            return coding
    return "identity"


def is_known(etag: str, none_match: str) -> bool:
    """Whether an If-None-Match header names ``etag``, compared weakly (RFC 9110, section 13.1.2)."""
    if none_match == etag:
        return True
    named = (one.strip().removeprefix("W/") for one in none_match.split(","))
    return any(one in {"*", etag} for one in named)
