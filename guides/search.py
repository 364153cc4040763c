"""Full-text search over roles, skills, transitions and their other names.

SQLite answers from an FTS5 table, PostgreSQL from a GIN index over the same columns; both are made in a migration and
follow the table by themselves. Words match from their beginning, whatever their case and accents, short ones as a
whole; pages that are named so come before those that only speak of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

from .closest import Closest
from .held_by_version import HeldByVersion
from .models import Role, Skill, Transition

T = TypeVar("T")

MAX_WORDS = 8
MAX_LENGTH = 100
LIMIT = 60

ALIKE = 0.75
"""Similarity (difflib ratio) from which a misspelt name or word is taken for a known one."""

SHORT = 2
"""Letters up to which a word is looked for as it is, in titles and other names alone: "ai" is not "aim"."""

STOP_WORDS = frozenset(["how", "to", "become", "a", "the", "in", "of", "what", "is", "an", "and", "for"])
"""Words that say nothing about a page, left out of a query that has others."""

ENDINGS = ("ers", "ing", "er", "s")
"""Endings that tell who does a thing from the thing: a copywriter's name is found under copywriting."""

LEAST_STEM = 4
"""Letters that have to be left of a word without its ending."""

SQLITE = """
    SELECT entry.kind, entry.slug
    FROM guides_search JOIN guides_searchentry entry ON entry.id = guides_search.rowid
    WHERE guides_search MATCH %s {signs}
    ORDER BY
        guides_search.rowid IN (SELECT rowid FROM guides_search WHERE guides_search MATCH %s) DESC,
        guides_search.rowid IN (SELECT rowid FROM guides_search WHERE guides_search MATCH %s) DESC,
        bm25(guides_search, 10.0, 6.0, 1.0), entry.title
    LIMIT %s
"""

POSTGRESQL = """
    SELECT kind, slug
    FROM guides_searchentry entry, LATERAL (SELECT guides_search_vector(title, names, text) AS vector) indexed
    WHERE guides_search_vector(title, names, text) @@ to_tsquery('simple', %s) {signs}
    ORDER BY
        vector @@ to_tsquery('simple', %s) DESC, vector @@ to_tsquery('simple', %s) DESC,
        ts_rank(vector, to_tsquery('simple', %s)) DESC, title
    LIMIT %s
"""

# The indexes know letters and digits alone; the plus signs and the hash of a name are compared afterwards.
SIGNS = "AND lower(entry.title || ' ' || entry.names) LIKE %s"


@dataclass(frozen=True)
class Results:
    """What a search found, best first within each kind; ``suggestion`` is a spelling that would find something."""

    query: str
    roles: Sequence[Role]
    transitions: Sequence[Transition]
    skills: Sequence[Skill]
    suggestion: str = ""
    is_cut: bool = False
    """Whether there are more pages than are shown."""

    @property
    def count(self) -> int:
        """Pages found in all."""
        return len(self.roles) + len(self.transitions) + len(self.skills)


def words(query: str) -> list[str]:
    """The words of a query that can be looked for, in lower case and without accents.

    Signs, the operators of the databases among them, and anything beyond the limits are left out; so are words that
    say nothing, unless there is no other. The signs of "c++" and "c#" belong to their words.
    """
    return [term.word for term in _terms(query)]


@dataclass(frozen=True)
class _Term:
    """A word to look for. ``is_name``: in titles and other names alone."""

    word: str
    is_name: bool

    @property
    def letters(self) -> str:
        return self.word.rstrip("+#")

    @property
    def is_exact(self) -> bool:
        return len(self.letters) <= SHORT or self.has_signs

    @property
    def has_signs(self) -> bool:
        return self.letters != self.word

    @property
    def stem(self) -> str:
        """The word without its ending; nothing when too little would be left."""
        for ending in ENDINGS:
            if self.word.endswith(ending) and len(self.word) - len(ending) >= LEAST_STEM:
                return self.word.removesuffix(ending)
        return ""


def _terms(query: str) -> list[_Term]:
    found: list[_Term] = []
    for chunk in _plain(query[:MAX_LENGTH]).split():
        parts = re.findall(r"[^\W_]+(?:\+\+|#)?(?![^\W_])", chunk)
        # A short part of a longer word, as in "node.js", is looked for wherever the word may stand.
        is_part = any(len(part) > SHORT for part in parts)
        found += [_Term(part, part[-1] in "+#" or (len(part) <= SHORT and not is_part)) for part in parts]
    return ([term for term in found if term.word not in STOP_WORDS] or found)[:MAX_WORDS]


def _plain(text: str) -> str:
    """Without the accents of Latin, Greek and Cyrillic letters, as both databases fold what they index."""
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text.lower()))
    return unicodedata.normalize("NFKC", bare)


def search(query: str) -> Results:
    """Published pages that contain every word of ``query`` or words that begin with it, in at most six queries."""
    terms = _terms(query)
    found = _match(terms)
    is_cut, found = len(found) > LIMIT, found[:LIMIT]
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
        is_cut=is_cut,
    )
    if results.count or not terms:
        return results
    return Results(query, (), (), (), suggestion=_names.now().suggestion([term.word for term in terms]))


def _ordered(rows: Iterable[T], slugs: Sequence[str], column: str) -> list[T]:
    rank = {slug: index for index, slug in enumerate(slugs)}
    return sorted(rows, key=lambda row: rank[getattr(row, column)])


def _match(terms: Sequence[_Term]) -> list[tuple[str, str]]:
    """Kinds and slugs, those that are named so first; one more than the limit when there are more."""
    if not terms:
        return []
    is_postgresql = connection.vendor == "postgresql"
    write, conjunction = (_for_postgresql, " & ") if is_postgresql else (_for_sqlite, " AND ")
    anywhere = conjunction.join(write(term, term.is_name, True) for term in terms)
    named = conjunction.join(write(term, True, False) for term in terms)
    nearly_named = conjunction.join(write(term, True, True) for term in terms)
    signs = [f"%{term.word}%" for term in terms if term.has_signs]
    template = POSTGRESQL if is_postgresql else SQLITE
    ranked = [named, nearly_named, *([anywhere] if is_postgresql else [])]
    with connection.cursor() as cursor:
        cursor.execute(template.format(signs=" ".join([SIGNS] * len(signs))), [anywhere, *signs, *ranked, LIMIT + 1])
        return [(kind, slug) for kind, slug in cursor.fetchall()]


def _for_sqlite(term: _Term, in_names: bool, with_stem: bool) -> str:
    place = "{title names} : " if in_names else ""
    written = f'{place}"{term.letters}"{"" if term.is_exact else " *"}'
    return f'({written} OR {{title names}} : "{term.stem}" *)' if with_stem and term.stem else f"({written})"


def _for_postgresql(term: _Term, in_names: bool, with_stem: bool) -> str:
    flags = ("" if term.is_exact else "*") + ("AB" if in_names else "")
    written = f"{term.letters}:{flags}" if flags else term.letters
    return f"({written} | {term.stem}:*AB)" if with_stem and term.stem else written


class Names:
    """The names of all published pages, as a misspelt query is compared with them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.spelt = {" ".join(words(name)): name for name in names}
        """The words of a name → the name."""
        self._words = sorted({word for plain in self.spelt for word in plain.split()})
        self._having: dict[str, set[str]] = {}
        for plain in self.spelt:
            for word in plain.split():
                self._having.setdefault(word, set()).add(plain)
        self._near_word = Closest(self._words)
        self._near_name = Closest(tuple(self.spelt))

    def suggestion(self, terms: Sequence[str]) -> str:
        """The query with its words spelt as in a name of a page, else the name most like it; or nothing."""
        right = [term if self._begun_by(term) else self._near_word.find(term, ALIKE) or term for term in terms]
        if right != list(terms) and self._is_name_with(right):
            spelt = " ".join(right)
            return self.spelt.get(spelt, spelt)
        near = self._near_name.find(" ".join(terms), ALIKE)
        return self.spelt[near] if near else ""

    def _begun_by(self, term: str) -> Sequence[str]:
        """The words that a term begins; a short one has to be the whole word."""
        start = bisect_left(self._words, term)
        if len(term) <= SHORT:
            return self._words[start : start + 1] if self._words[start : start + 1] == [term] else ()
        end = start
        while end < len(self._words) and self._words[end].startswith(term):
            end += 1
        return self._words[start:end]

    def _is_name_with(self, terms: Sequence[str]) -> bool:
        """Whether the words of one name begin with all of the terms."""
        having = [set().union(*(self._having[word] for word in self._begun_by(term))) for term in terms]
        return bool(set.intersection(*having))


def _published_names() -> Names:
    roles = Role.objects.published().order_by().values_list("title", "also_called")
    skills = Skill.objects.published().order_by().values_list("name", "also_called")
    return Names(name for title, others in roles.union(skills, all=True) for name in (title, *others))


_names = HeldByVersion(_published_names)

forget = _names.forget
