"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..forms import SearchForm
from ..search import search
from .pages import respond


def search_page(request: HttpRequest) -> HttpResponse:
    """Roles, transitions and skills that the words of the query string name."""
    form = SearchForm(request.GET)
    query = form.kept().get("q", "")
    context = {"form": form, "query": query, "results": search(query) if query else None}
    return respond(request, "guides/search.html", "guides/_search_results.html", context)
