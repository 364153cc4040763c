"""Finds the job that somebody holds among the titles of roles and official occupations, as it is typed.

Words match from their beginning and in any order. Only when nothing has them all is misspelling looked into, then words
that stand in no title are left out. Both databases answer from the same plain tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q

from .models import OfficialOccupation, Role, TitleWord, WordInTitle, WordTrigram
from .occupation_titles import (
    Closeness,
    after_prefix,
    asked,
    closeness,
    forgiven,
    is_exact,
    misspelling,
    spelt_like,
    stem,
    trigrams,
    words,
)

LIMIT = 8
"""Occupations and roles that are offered at most, each."""

TITLES = 240
"""Titles that are looked at for the best ones of each occupation."""

NEAR = 240
"""Known words that share most with all misspelt ones."""

LONG = 6
"""Letters from which a known word has to share more than three letters in a row with a misspelt one."""

LIKE = 40
"""Known words that are compared letter by letter with each misspelt one."""


@dataclass(frozen=True)
class FoundOccupation:
    """An occupation and the title under which it was found; ``title`` is "" when that is its own."""

    occupation: OfficialOccupation
    title: str


@dataclass(frozen=True)
class FoundJobs:
    """What was found, best first in each part."""

    query: str
    roles: tuple[Role, ...]
    occupations: tuple[FoundOccupation, ...]
    instead: str = ""
    """The words that titles were looked for instead, in another spelling or fewer; "" when those that were typed."""
    is_part: bool = False
    """Whether words were left out, because no title has them all."""

    @property
    def count(self) -> int:
        """Jobs found in all."""
        return len(self.roles) + len(self.occupations)


@dataclass(frozen=True)
class _Term:
    """A word that was typed, with the known words (id → word) that may be meant."""

    word: str
    known: dict[int, str]
    titles: int = 0
    """Titles that have one of them, at most."""
    is_respelt: bool = False

    @property
    def likeliest(self) -> str:
        return next(iter(self.known.values())) if self.is_respelt else self.word


def find_jobs(query: str, limit: int = LIMIT) -> FoundJobs:
    """Published roles and occupations whose titles answer ``query``; at most ``limit`` of each."""
    typed = asked(query)
    if not typed:
        return FoundJobs(query, (), ())
    roles = _roles(typed, limit)
    terms, titles = _matching(typed)
    wanted = [term.likeliest for term in terms]
    is_other = bool(titles) and (len(terms) < len(typed) or any(term.is_respelt for term in terms))
    return FoundJobs(
        query,
        roles,
        _occupations(wanted, titles, limit),
        instead=" ".join(wanted) if is_other else "",
        is_part=is_other and len(terms) < len(typed),
    )


# -- Roles -------------------------------------------------------------------------------------------------------------


def _roles(typed: Sequence[str], limit: int) -> tuple[Role, ...]:
    """There are few roles, so each name of each is compared."""
    roles = list(
        Role.objects.published()
        .select_related("category")
        .only("slug", "title", "also_called", "category__slug", "category__name", "category__line")
    )
    ranked = []
    for role in roles:
        found = [
            (mistakes, closeness(typed, name, name == role.title, len(name)))
            for name in (role.title, *role.also_called)
            if (mistakes := _mistakes(typed, words(name))) is not None
        ]
        if found:
            ranked.append((min(found), role.title, role))
    # A rightly spelt name leaves no room for those that would need a mistake.
    least = min((found[0] for found, _, _ in ranked), default=0)
    ranked.sort(key=lambda one: one[:2])
    return tuple(role for found, _, role in ranked if found[0] == least)[:limit]


def _mistakes(typed: Sequence[str], name: Sequence[str]) -> int | None:
    """Wrong letters in all of ``typed`` when every word of it is meant to be one of ``name``; None when one is not."""
    total = 0
    for number, word in enumerate(typed):
        is_last = number == len(typed) - 1
        least = min((_mistakes_in(word, other, is_last) for other in name), default=forgiven(word) + 1)
        if least > forgiven(word):
            return None
        total += least
    return total


def _mistakes_in(word: str, other: str, is_last: bool) -> int:
    if other.startswith(stem(word)):
        return 0
    if not forgiven(word) or not trigrams(word) & trigrams(other):
        return forgiven(word) + 1
    distance = misspelling(word, other)
    return distance.from_beginning if is_last else distance.from_whole


# -- Occupations -------------------------------------------------------------------------------------------------------


_Title = tuple[str, int, bool, int]
"""A title, the key of its occupation, whether it is its own, its rank."""


def _occupations(wanted: Sequence[str], titles: Iterable[_Title], limit: int) -> tuple[FoundOccupation, ...]:
    """The occupations of the titles, each with the title that answers best."""
    best: dict[int, tuple[Closeness, str]] = {}
    for title, occupation, is_own, rank in titles:
        close = closeness(wanted, title, is_own, rank)
        if occupation not in best or close < best[occupation][0]:
            best[occupation] = (close, "" if is_own else title)
    chosen = sorted(best, key=lambda occupation: best[occupation][0])[:limit]
    rows = OfficialOccupation.objects.for_list().in_bulk(chosen)
    return tuple(FoundOccupation(rows[pk], best[pk][1]) for pk in chosen)


def _matching(typed: Sequence[str]) -> tuple[list[_Term], list[_Title]]:
    """What was looked for in the end, and the titles that have it."""
    terms = _beginning_with(typed)
    is_known = all(term.known for term in terms)
    if is_known and (titles := _titles(terms)):
        return terms, titles
    # A word that no title has is meant as another one; where all are known, each may be.
    terms = [term for term in _meant(terms, with_known=is_known) if term.known]
    return _with_most(terms) if terms else ([], [])


def _with_most(terms: list[_Term]) -> tuple[list[_Term], list[_Title]]:
    """The titles that have all of the terms, else all but one, else the one that tells most.

    Doubtful spellings and common words are given up first.
    """
    if titles := _titles(terms):
        return terms, titles
    doubtful = sorted(terms, key=lambda term: (not term.is_respelt, -term.titles))
    for one in doubtful if len(terms) > 2 else ():
        rest = [term for term in terms if term is not one]
        if titles := _titles(rest):
            return rest, titles
    return doubtful[-1:], _titles(doubtful[-1:])


def _beginning_with(typed: Sequence[str]) -> list[_Term]:
    """Each typed word with the known words that begin with it, in one query."""
    wanted = Q()
    for word in typed:
        wanted |= _range(word)
    known = list(TitleWord.objects.filter(wanted).order_by("-title_count").values_list("pk", "word", "title_count"))
    return [_term(word, [one for one in known if _begins(word, one[1])]) for word in typed]


def _range(word: str) -> Q:
    if is_exact(word):
        return Q(word=word)
    beginning = stem(word)
    end = after_prefix(beginning)
    return Q(word__gte=beginning, word__lt=end) if end else Q(word__gte=beginning)


def _begins(typed: str, known: str) -> bool:
    return known == typed if is_exact(typed) else known.startswith(stem(typed))


def _term(word: str, known: Iterable[tuple[int, str, int]]) -> _Term:
    those = list(known)
    return _Term(word, {pk: other for pk, other, _ in those}, sum(count for _, _, count in those))


def _meant(terms: Sequence[_Term], with_known: bool) -> list[_Term]:
    """The terms with the known words that they may have been meant as, in two queries: those that no title has, and
    ``with_known`` the others too."""
    doubtful = [term for term in terms if forgiven(term.word) and (with_known or not term.known)]
    if not doubtful:
        return list(terms)
    least = 2 if all(len(term.word) >= LONG for term in doubtful) else 1
    shared = (
        WordTrigram.objects.filter(trigram__in={one for term in doubtful for one in trigrams(term.word)})
        .values("word")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=least)
        .order_by("-shared", "word")
        .values_list("word", flat=True)[:NEAR]
    )
    near = list(
        TitleWord.objects.filter(pk__in=list(shared))
        .order_by("-title_count", "pk")
        .values_list("pk", "word", "title_count")
    )
    return [_respelt(term, near, term is terms[-1]) if term in doubtful else term for term in terms]


def _respelt(term: _Term, near: Sequence[tuple[int, str, int]], is_last: bool) -> _Term:
    own = trigrams(term.word)
    likest = sorted(near, key=lambda one: -len(own & trigrams(one[1])))[:LIKE]
    by_word = {word: (pk, word, titles) for pk, word, titles in likest}
    meant = _term(term.word, [by_word[word] for word in spelt_like(term.word, list(by_word), is_last)])
    if not term.known:
        return replace(meant, is_respelt=bool(meant.known))
    return replace(term, known={**term.known, **meant.known}, titles=term.titles + meant.titles)


def _titles(terms: Sequence[_Term]) -> list[_Title]:
    """Titles that have a word of every term, best rank first, each with its occupation, whether it is its own, rank."""
    if not terms:
        return []
    rarest, *others = sorted(terms, key=lambda term: term.titles)
    links = WordInTitle.objects.filter(word__in=list(rarest.known))
    for other in others:
        same = WordInTitle.objects.filter(title=OuterRef("title"), word__in=list(other.known))
        links = links.filter(Exists(same))
    return list(
        links.order_by("rank").values_list("title__title", "title__occupation", "title__is_own", "rank")[:TITLES]
    )
