"""What the home page and the lists say about the whole site, held in this process until the content moves.

Counting every page and drawing the first roles of each category reads all of them: a quarter of a second at ten
thousand roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .held_by_version import HeldByVersion
from .models import Category, Role, Skill, Transition

SHOWN = 6
"""Moves on the home page."""

STOPS = 8
"""Roles of a category on the home page; more stand on the page of the category."""


@dataclass(frozen=True)
class HomeLine:
    """A category with its first roles; ``count`` counts all of them."""

    category: Category
    roles: list[Role]
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether the category has more roles than are shown."""
        return self.count > len(self.roles)


class Overview:
    """Published pages, counted, the lines of the map, and the first moves: each is read when it is first asked for."""

    @cached_property
    def roles(self) -> int:
        """How many roles there are."""
        return Role.objects.published().count()

    @cached_property
    def transitions(self) -> int:
        """How many written guides to moves there are."""
        return Transition.objects.published().count()

    @cached_property
    def skills(self) -> int:
        """How many skills there are."""
        return Skill.objects.published().count()

    @property
    def questions(self) -> int:
        """How many interview questions the roles have together."""
        return self._map[1]

    @property
    def lines(self) -> tuple[HomeLine, ...]:
        """The categories that have roles, with the first of them."""
        return self._map[0]

    @cached_property
    def moves(self) -> tuple[Transition, ...]:
        """The first written guides to moves."""
        return tuple(Transition.objects.published().for_card().in_order()[:SHOWN])

    @cached_property
    def _map(self) -> tuple[tuple[HomeLine, ...], int]:
        """The lines, and the questions of all roles: both go through all of them, of which few are held afterwards."""
        by_category: dict[int, list[Role]] = {}
        questions = 0
        for role in Role.objects.published().for_card().in_order():
            by_category.setdefault(role.category_id, []).append(role)
            questions += role.question_count
        lines = tuple(
            HomeLine(category, by_category[category.pk][:STOPS], len(by_category[category.pk]))
            for category in Category.objects.published()
            if category.pk in by_category
        )
        return lines, questions


_overview = HeldByVersion(Overview)

forget = _overview.forget


def overview() -> Overview:
    """The overview of the present content: one query when what is asked of it is held already."""
    return _overview.now()
