"""Skill guides."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..keeping import Kept
from ..models import Skill
from ..vocabulary import Level, SkillKind
from .ledger import LedgerRow
from .pages import Section, hidden_because, visible
from .visitor import for_anybody

MOST = 30
"""Roles or moves of one list. A skill that everybody needs would fill a page that nobody reads to its end."""


class FirstRows:
    """The first rows of a list, and whether there are more, in one query."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        found = list(rows[: MOST + 1])
        self.rows, self.is_cut = found[:MOST], len(found) > MOST


def skill_list(request: HttpRequest) -> HttpResponse:
    """All skills by kind, with the number of roles that ask for each."""
    skills = list(Skill.objects.published().with_role_counts().order_by(Lower("name")))
    groups = [(kind, [skill for skill in skills if skill.kind == kind]) for kind in SkillKind]
    return render(request, "guides/skill_list.html", {"groups": groups, "skill_count": len(skills)})


@for_anybody
def skill_detail(request: HttpRequest, kept: Kept | None, slug: str) -> HttpResponse:
    """What a skill is, what its levels mean, where to learn it, who needs it; here too it can be rated."""
    skill = visible(request, Skill.objects.all(), Skill.objects.published(), slug=slug)
    hours = [skill.hours[level.word] for level in Level]
    levels = [
        {"level": level, "meaning": skill.levels[level.word], "hours": hours[level - 1], "in_all": sum(hours[:level])}
        for level in Level
    ]
    return render(
        request,
        "guides/skill_detail.html",
        {
            "skill": skill,
            "hidden": hidden_because(skill),
            "prose": {section["heading"]: section["html"] for section in skill.sections},
            "levels": levels,
            "row": LedgerRow(skill, kept.document.ledger.get(skill.slug) if kept else None),
            "is_kept": kept is not None,
            "resource_links": skill.resource_links.select_related("resource"),
            "required_by": FirstRows(skill.required_by.in_published_roles()),
            "taught_by": FirstRows(skill.transition_links.to_learn_in_published()),
            "carried_by": FirstRows(skill.transition_links.carried_in_published()),
            "related": Skill.objects.published().filter(slug__in=skill.related),
            "sections": SECTIONS,
        },
    )


SECTIONS = [
    Section("what", "What it is"),
    Section("levels", "What each level means"),
    Section("practice", "In practice"),
    Section("learn", "Where to learn it"),
    Section("roles", "Roles that need it"),
    Section("transitions", "Transitions that teach it"),
]
"""The sections of a skill guide, in the same order on every one."""
