"""Full-text search over roles, skills, transitions and their other names.

SQLite answers from an FTS5 table, PostgreSQL from a GIN index over the same columns; both are made in a migration and
follow the table by themselves. Words match from their beginning, whatever their case and accents; those of a title
weigh more than those of other names, and these more than those of a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from django.db import connection

from .models import Role, Skill, Transition

T = TypeVar("T")

MAX_WORDS = 8
MAX_LENGTH = 100
LIMIT = 60

ALIKE = 0.75
"""Similarity (difflib ratio) from which a misspelt name or word is taken for a known one."""

SQLITE = """
    SELECT entry.kind, entry.slug
    FROM guides_search JOIN guides_searchentry entry ON entry.id = guides_search.rowid
    WHERE guides_search MATCH %s
    ORDER BY bm25(guides_search, 10.0, 6.0, 1.0), entry.title LIMIT %s
"""

POSTGRESQL = """
    SELECT kind, slug FROM guides_searchentry
    WHERE guides_search_vector(title, names, text) @@ to_tsquery('simple', %s)
    ORDER BY ts_rank(guides_search_vector(title, names, text), to_tsquery('simple', %s)) DESC, title LIMIT %s
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
    """The words of a query that can be looked for, in lower case and without accents.

    Signs, the operators of the databases among them, and anything beyond the limits are left out.
    """
    return re.findall(r"[^\W_]+", _plain(query[:MAX_LENGTH]))[:MAX_WORDS]


def _plain(text: str) -> str:
    """Without the accents of Latin, Greek and Cyrillic letters, as both databases fold what they index."""
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text.lower()))
    return unicodedata.normalize("NFKC", bare)


def search(query: str) -> Results:
    """Published pages that contain every word of ``query`` or words that begin with it, in at most six queries."""
    terms = words(query)
    found = _match(terms)
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
    if results.count or not terms:
        return results
    return Results(query, (), (), (), suggestion=_suggestion(terms))


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


def _suggestion(terms: Sequence[str]) -> str:
    """The query with its words spelt as in a name of a published page, else the name most like it; or nothing."""
    roles = Role.objects.published().values_list("title", "also_called")
    skills = Skill.objects.published().values_list("name", "also_called")
    pages: list[tuple[str, list[str]]] = [*roles, *skills]
    names = {" ".join(words(name)): name for title, others in pages for name in (title, *others)}
    known = [name.split() for name in names]
    every_word = sorted({word for name in known for word in name})
    right = [_spelt_right(term, every_word) for term in terms]
    if right != terms and any(all(_begins(term, name) for term in right) for name in known):
        spelt = " ".join(right)
        return names.get(spelt, spelt)
    near = get_close_matches(" ".join(terms), names, n=1, cutoff=ALIKE)
    return names[near[0]] if near else ""


def _begins(term: str, known: Iterable[str]) -> bool:
    return any(word.startswith(term) for word in known)


def _spelt_right(term: str, known: Sequence[str]) -> str:
    near = [] if _begins(term, known) else get_close_matches(term, known, n=1, cutoff=ALIKE)
    return near[0] if near else term
