"""Addresses that pages once had: a renamed page is led to for ever, a removed one says what to read instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.cache import patch_cache_control

from .computed_guide import is_pair
from .models import Category, FormerAddress, Role, Skill, Transition

ADDRESS = re.compile(r"/(?:[a-z0-9-]+/)+")
"""What pages of the site have for an address. Nothing else is looked up and nothing else is led to."""

DEEPEST = 4
"""Parts of the longest address that can have moved, such as /transitions/old/new/plan/."""

REMEMBERED = 24 * 60 * 60
"""Seconds for which a browser may keep a redirect. Without an end, a page renamed there and back would loop in it."""


class FormerAddresses:
    """Middleware: the 404 of a former address becomes a redirect (301) or, for a page gone for good, a farewell (410).

    It is no handler of 404s, because Django asks that one in production alone, and editors try renames while they
    write. A page that exists costs no query, an address that nobody knows one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            return _answer(request) or response
        return response


def _answer(request: HttpRequest) -> HttpResponse | None:
    """The answer for a former address. One whose page is not published stays a 404, so that its name is not given away.

    An address leads on over others when a page was renamed more than once and an editor has dropped the older alias.
    """
    path = request.path_info
    followed: set[str] = set()
    while ADDRESS.fullmatch(path):
        found = _look_up(path)
        if found is None or found[0].path in followed:
            return None
        former, path = found
        followed.add(former.path)
        if former.is_gone:
            return _gone(request, former)
        if _is_public(path):
            return _moved(request, path)
    return None


def _look_up(path: str) -> tuple[FormerAddress, str] | None:
    """The nearest page above ``path`` that has moved or gone, and where ``path`` is now."""
    parts = path.strip("/").split("/")
    pages = {f"/{'/'.join(parts[:length])}/": length for length in range(min(len(parts), DEEPEST), 1, -1)}
    is_move = parts[0] == "transitions" and len(parts) > 1
    # The moves out of a role and into it have the role's name in their address and no entry of their own.
    ends = {f"/roles/{part}/": length for length, part in enumerate(parts[1:3], 2)} if is_move else {}
    rows = {row.path: row for row in FormerAddress.objects.filter(path__in=[*pages, *ends])}
    for page, length in (pages | ends).items():
        if page in rows:
            successor = rows[page].successor
            if page in ends:
                above = "/".join(["", *parts[: length - 1], ""])
                successor = successor.replace("/roles/", above, 1)
            return rows[page], successor + "".join(f"{part}/" for part in parts[length:])
    return None


def _is_public(path: str) -> bool:
    """Whether visitors find a page of this site at ``path``."""
    if not ADDRESS.fullmatch(path) or not is_valid_path(path):
        return False
    match path.strip("/").split("/"):
        case ["roles", slug, *_] | ["transitions", slug]:
            return Role.objects.published().filter(slug=slug).exists()
        case ["transitions", origin, destination]:
            written = Transition.objects.published().filter(slugs=f"{origin}/{destination}").exists()
            return written or is_pair(origin, destination)
        case ["skills", slug]:
            return Skill.objects.published().filter(slug=slug).exists()
        case ["categories", slug]:
            return Category.objects.published().filter(slug=slug).exists()
        case [_]:
            return True
        case _:
            return False


def _below_the_same_prefix(request: HttpRequest, path: str) -> str:
    return request.path.removesuffix(request.path_info) + path


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = _below_the_same_prefix(request, path)
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    patch_cache_control(response, max_age=REMEMBERED)
    return response


def _gone(request: HttpRequest, former: FormerAddress) -> HttpResponse:
    successor = _below_the_same_prefix(request, former.successor) if _is_public(former.successor) else ""
    context = {"title": former.title, "reason": former.reason, "successor": successor}
    return render(request, "410.html", context, status=410)
