"""What the site is measured against: bare WSGI applications, a minimal Django view, Django's own page cache, and the
same page without what makes it quick. Each is served as ``tests.bench.references:name``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def hello(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The least that a server can be asked for."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return (b"hello",)


def known(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The same, answering that nothing changed."""
    start_response("304 Not Modified", [("ETag", '"1"')])
    return ()


def greeting(request: HttpRequest) -> HttpResponse:
    """A view that does nothing."""
    return HttpResponse("hello")


urlpatterns = [path("", greeting)]


def _minimal() -> Application:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.bench.references",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        # What startproject writes.
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
    )
    application: Application = get_wsgi_application()
    return application


def _cache_page() -> Application:
    from django.core.wsgi import get_wsgi_application

    application: Application = get_wsgi_application()
    from django.views.decorators.cache import cache_page

    from guides.urls import urlpatterns as pages

    role = next(one for one in pages if one.name == "role_detail")
    role.callback = cache_page(600)(role.callback)
    return application


def _naive() -> Application:
    """Rows are fetched when a template comes to them, one by one."""
    from django.core.wsgi import get_wsgi_application

    application: Application = get_wsgi_application()
    from django.db.models import QuerySet

    def all_of_it(self: QuerySet[Any], *_: Any) -> QuerySet[Any]:
        return self.all()

    for method in ("select_related", "prefetch_related", "defer", "only"):
        setattr(QuerySet, method, all_of_it)
    return application


MADE = {"minimal": _minimal, "cache_page": _cache_page, "naive": _naive}


def __getattr__(name: str) -> Application:
    """The applications that need Django are made when a server asks for them."""
    if name not in MADE:
        raise AttributeError(name)
    return MADE[name]()
