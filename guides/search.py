"""Full-text search over roles, skills, transitions and their other names.

SQLite answers from an FTS5 table, PostgreSQL from a GIN index over the same columns; both are made in a migration and
follow the table by themselves. Words match from their beginning, the last ones of a title weigh as much as the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from django.db import connection

from .models import Role, SearchEntry, Skill, Transition

T = TypeVar("T")

MAX_WORDS = 8
MAX_LENGTH = 100
LIMIT = 60

SQLITE = """
    SELECT entry.kind, entry.slug
    FROM guides_search JOIN guides_searchentry entry ON entry.id = guides_search.rowid
    WHERE guides_search MATCH %s
    ORDER BY bm25(guides_search, 10.0, 6.0, 1.0), entry.title LIMIT %s
"""

POSTGRESQL = """
    SELECT kind, slug FROM guides_searchentry
    WHERE (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', names), 'B')
           || setweight(to_tsvector('simple', text), 'D')) @@ to_tsquery('simple', %s)
    ORDER BY ts_rank(setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', names), 'B')
           || setweight(to_tsvector('simple', text), 'D'), to_tsquery('simple', %s)) DESC, title LIMIT %s
"""


@dataclass(frozen=True)
class Results:
    """What a search found, best first within each kind; ``suggestion`` is a spelling that would find something."""

    query: str
    roles: Sequence[Role]
    transitions: Sequence[Transition]
    skills: Sequence[Skill]
    suggestion: str = ""

    @property
    def count(self) -> int:
        """Pages found in all."""
        return len(self.roles) + len(self.transitions) + len(self.skills)


def words(query: str) -> list[str]:
    """The words of a query that can be looked for; signs and anything beyond the limits are left out."""
    return re.findall(r"\w+", query[:MAX_LENGTH].lower())[:MAX_WORDS]


def search(query: str) -> Results:
    """Published pages that contain every word of ``query`` or words that begin with it, in at most five queries."""
    found = _match(words(query))
    slugs = {
        kind: [slug for found_kind, slug in found if found_kind == kind] for kind in ("role", "transition", "skill")
    }
    results = Results(
        query=query,
        roles=_ordered(Role.objects.published().for_card().filter(slug__in=slugs["role"]), slugs["role"], "slug"),
        transitions=_ordered(
            Transition.objects.published().for_card().filter(slugs__in=slugs["transition"]),
            slugs["transition"],
            "slugs",
        ),
        skills=_ordered(Skill.objects.published().filter(slug__in=slugs["skill"]), slugs["skill"], "slug"),
    )
    if results.count or not words(query):
        return results
    return Results(query, (), (), (), suggestion=_suggestion(query))


def _ordered(rows: Iterable[T], slugs: Sequence[str], column: str) -> list[T]:
    rank = {slug: index for index, slug in enumerate(slugs)}
    return sorted(rows, key=lambda row: rank[getattr(row, column)])


def _match(terms: Sequence[str]) -> list[tuple[str, str]]:
    if not terms:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " & ".join(f"{term}:*" for term in terms)
            cursor.execute(POSTGRESQL, [query, query, LIMIT])
        else:
            cursor.execute(SQLITE, [" ".join(f'"{term}"*' for term in terms), LIMIT])
        return [(kind, slug) for kind, slug in cursor.fetchall()]


def _suggestion(query: str) -> str:
    """The name of a page that is spelt most like the query, or nothing."""
    names: dict[str, str] = {}
    for title, others in SearchEntry.objects.values_list("title", "names"):
        for name in (title, *others.split(" · ")):
            names.setdefault(name.lower(), name)
    near = get_close_matches(query.lower().strip(), list(names), n=1, cutoff=0.6)
    return names[near[0]] if near else ""
