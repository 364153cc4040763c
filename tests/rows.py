"""Rows of the content tables with nothing in them but what a test names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify

from guides.models import Category, Role, SearchEntry, Skill, Source, Transition


def category(slug: str = "software", **fields: Any) -> Category:
    """The category of that slug, made when it is not there yet."""
    made, _ = Category.objects.get_or_create(
        slug=slug, defaults={"name": slug.capitalize(), "line": "blue", "summary": "Some roles.", **fields}
    )
    return made


def role(title: str, names: Sequence[str] = (), text: str = "", **fields: Any) -> Role:
    """A role that the search knows too; its slug is made of the title."""
    slug = slugify(title)
    source, _ = Source.objects.get_or_create(slug="editors", defaults={"title": "Editors", "kind": "editorial"})
    made = Role.objects.create(
        **{
            "slug": slug,
            "title": title,
            "plural": f"{title}s",
            "also_called": list(names),
            "category": fields.pop("category", None) or category(),
            "difficulty": "intermediate",
            "entry_barrier": "medium",
            "coding": "optional",
            "remote": "hybrid",
            "good_fit": [],
            "poor_fit": [],
            "backgrounds": [],
            "day": [],
            "tasters": [],
            "sections": [],
            "stages_source": source,
            "updated_on": date(2026, 1, 1),
            "review_by": date(2027, 1, 1),
            "weeks": 26,
            **fields,
        }
    )
    SearchEntry.objects.create(kind="role", slug=slug, title=title, names=" · ".join(names), text=text)
    return made


def skill(name: str, names: Sequence[str] = (), text: str = "", **fields: Any) -> Skill:
    """A skill that the search knows too; its slug is made of the name."""
    slug = slugify(name)
    made = Skill.objects.create(
        slug=slug,
        name=name,
        kind="craft",
        also_called=list(names),
        levels={},
        hours={},
        sections=[],
        updated_on=date(2026, 1, 1),
        **fields,
    )
    SearchEntry.objects.create(kind="skill", slug=slug, title=name, names=" · ".join(names), text=text)
    return made


def transition(origin: Role, destination: Role, **fields: Any) -> Transition:
    """A move between two roles that the search knows too."""
    slugs = f"{origin.slug}/{destination.slug}"
    made = Transition.objects.create(
        slugs=slugs,
        origin=origin,
        destination=destination,
        effort="moderate",
        reality={},
        actions={},
        sections=[],
        updated_on=date(2026, 1, 1),
        review_by=date(2027, 1, 1),
        weeks=26,
        **fields,
    )
    SearchEntry.objects.create(
        kind="transition", slug=slugs, title=f"From {origin.title} to {destination.title}", names="", text=""
    )
    return made
