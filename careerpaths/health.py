"""Two addresses for the programs that watch the site: whether the process lives, and whether it can do its work.

``/healthz`` asks nothing but the process itself, so a proxy does not take a node out that still has pages in its cache.
``/readyz`` asks the database too: it tells a deployment when a node may be put in front of visitors, and a monitor why
pages fail. Both are asked by address and over http, so neither the host nor the scheme of the request is looked at.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from guides.models import ContentVersion


class HealthChecks:
    """Middleware: answers both addresses itself, before any other looks at the host, the scheme or a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._is_migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            response: HttpResponse = HttpResponse("alive\n", content_type="text/plain; charset=utf-8")
        elif request.path_info == "/readyz":
            reasons = self._reasons()
            response = JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)
        else:
            return self.get_response(request)
        add_never_cache_headers(response)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _reasons(self) -> list[str]:
        """What keeps this process from its work; nothing when it is ready. No names, no addresses: anybody may ask."""
        try:
            # Tables only move on: once they fit this code, they need not be compared again.
            self._is_migrated = self._is_migrated or _is_migrated()
            if not self._is_migrated:
                return ["The database has not been migrated to this version."]
            if not ContentVersion.objects.filter(loaded_at__isnull=False).exists():
                return ["No content has been loaded."]
        except (DatabaseError, InterfaceError):
            return ["The database does not answer."]
        return []


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
