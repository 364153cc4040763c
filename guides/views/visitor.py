"""Whom a page is for: somebody who keeps a ledger, somebody who says which role they have, or anybody.

A page that shows what somebody keeps is theirs alone: never cached, never indexed, its cookie renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from .. import keeping
from ..context import VisitorRequest
from ..keeping import Gone, Kept, Refused, Unreadable, mark_private
from ..kept_phrases import problem_sentence
from ..models import Role
from ..published_roles import PublishedRoles
from ..rate_limit import TooManyAttempts
from ..role_profiles import levels_of
from ..write_limits import too_often

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
KeptView = Callable[Concatenate[HttpRequest, Kept, P], HttpResponse]
MaybeKeptView = Callable[Concatenate[HttpRequest, Kept | None, P], HttpResponse]


@dataclass(frozen=True)
class Held:
    """Skills held (slug → level) and whose they are: the visitor's own ledger, those of ``role``, or nobody's."""

    levels: Mapping[str, int] = field(default_factory=dict)
    role: Role | None = None
    is_ledger: bool = False


def held_by(kept: Kept | None, role_slug: str, everybody: PublishedRoles | None = None) -> Held:
    """What a visitor holds: their ledger when they keep one, else the skills of the role they say they have.

    Nothing is asked of the database for a role whose levels ``everybody`` holds.
    """
    if kept and kept.document.ledger:
        return Held(kept.document.ledger, is_ledger=True)
    if everybody:
        named = everybody.roles.get(role_slug)
        return Held(everybody.levels(role_slug), named) if named else Held()
    role = Role.objects.published().filter(slug=role_slug).first() if role_slug else None
    return Held(levels_of(role), role) if role else Held()


def for_keepers(view: KeptView[P]) -> View[P]:
    """A page of those who keep something; everybody else is told how to begin."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        def show() -> HttpResponse:
            kept = keeping.load(request)
            if kept is None:
                response: HttpResponse = redirect("guides:keep")
                keeping.forget(response)
                return response
            return _renewed(request, view(request, kept, *args, **kwargs), kept)

        return _answer(request, show)

    return guarded


def for_anybody(view: MaybeKeptView[P]) -> View[P]:
    """A page that is the same for everybody who keeps nothing, and shows what somebody keeps to them alone.

    Those whose document cannot be read get the page of everybody, with a notice that leads to what can be done.
    """
    return _for_visitors(view, is_public=True)


def about_keeping(view: MaybeKeptView[P]) -> View[P]:
    """The same for a page about what is kept: when that cannot be read, there is nothing else to show."""
    return _for_visitors(view, is_public=False)


def _for_visitors(view: MaybeKeptView[P], *, is_public: bool) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not keeping.has_cookie(request):
            response = view(request, None, *args, **kwargs)
            patch_vary_headers(response, ["Cookie"])
            return response

        def show() -> HttpResponse:
            try:
                kept = keeping.load(request)
            except Unreadable:
                if not is_public or request.method not in ("GET", "HEAD"):
                    raise
                cast(VisitorRequest, request).kept_is_unreadable = True
                return view(request, None, *args, **kwargs)
            response = view(request, kept, *args, **kwargs)
            if kept is None:
                keeping.forget(response)
                return response
            return _renewed(request, response, kept)

        return _answer(request, show)

    return guarded


def explained(view: View[P]) -> View[P]:
    """A page that begins, opens or deletes: what can go wrong is said on a page, and none of it is cached."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return _answer(request, lambda: view(request, *args, **kwargs))

    return guarded


def _renewed(request: HttpRequest, response: HttpResponse, kept: Kept) -> HttpResponse:
    # A view that set the cookie itself, or took it back, knows better.
    if keeping.cookie_name() not in response.cookies:
        keeping.renew(request, response, kept)
    return response


def _answer(request: HttpRequest, show: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, or the one that says why there is none."""
    try:
        response = show()
    except TooManyAttempts as error:
        response = too_often(request, error)
    except Gone:
        response = redirect("guides:keep")
        keeping.forget(response)
    except Refused as error:
        sentences = [problem_sentence(problem) for problem in error.problems]
        response = render(request, "guides/keep_refused.html", {"sentences": sentences}, status=400)
    except Unreadable as error:
        context = {"sentences": [problem_sentence(problem) for problem in error.problems]}
        response = render(request, "guides/keep_unreadable.html", context, status=409)
    mark_private(response)
    return response
