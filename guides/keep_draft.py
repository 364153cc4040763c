"""What an address says that somebody may want to keep: a plan, skills, fit answers. Nothing is kept by reading it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from .fit_questions import ANY, GENERAL, NONE, SKILL_LEVELS, SKILL_PREFIX, UNSURE, read
from .kept import KeptDocument, KeptMoney, KeptPlan, KeptTask, new_plan_id, with_answers, with_plan
from .kept.document import MOST_SKILLS
from .models import Role, Skill
from .phase_facts import Guide, guide_at
from .plan_forms import MoneyForm, PaceForm, settings_of
from .role_profiles import levels_of
from .vocabulary import Liking

FIELD = re.compile(r"(day|background)-[a-z0-9]+(?:-[a-z0-9]+)*")
WORDS = {"day": set(Liking.values), "background": {ANY, NONE, UNSURE}}
"""What may be said about a piece of work and about backgrounds."""

LONGEST_FIELD = 90
MOST_FIELDS = 200


@dataclass(frozen=True)
class Draft:
    """What would be kept: ``ledger`` by slug, ``answers`` by field, a plan with the guide it is for."""

    ledger: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None
    plan: KeptPlan | None = None
    guide: Guide | None = None

    def __bool__(self) -> bool:
        return bool(self.ledger or self.answers or self.role or self.plan)

    def into(self, document: KeptDocument) -> KeptDocument:
        """The document with everything added. Skills that are rated there stay as they are."""
        merged = with_answers(document, dict(self.answers))
        merged = merged.model_copy(
            update={
                "ledger": {**self.ledger, **merged.ledger},
                "current_role": self.role.slug if self.role else merged.current_role,
            }
        )
        if self.plan is None:
            return merged
        taken = [plan.id for plan in merged.plans]
        return with_plan(merged, self.plan.model_copy(update={"id": new_plan_id(taken)}))


def draft_of(query: QueryDict, today: date) -> Draft:
    """What a query string says, as far as it is right; what is wrong is left out. Nine queries at most."""
    role = Role.objects.published().filter(slug=query.get("from", "")[:LONGEST_FIELD]).first()
    ledger = dict(levels_of(role)) if role else {}
    ledger |= skills_in(query)
    guide = guide_at(query.get("for", "")) if query.get("for") else None
    return Draft(
        ledger=ledger,
        answers=_answers(query) if guide is None else {},
        role=role,
        plan=_plan(query, guide, today) if guide else None,
        guide=guide,
    )


def skills_in(query: QueryDict) -> dict[str, int]:
    """The levels of existing skills in fields like ``skill-sql=2``; of several for one skill, the last counts."""
    last = {name: str(query[name]) for name in query if name.startswith(SKILL_PREFIX) and len(name) <= LONGEST_FIELD}
    said = {name.removeprefix(SKILL_PREFIX): int(word) for name, word in last.items() if word in SKILL_LEVELS}
    known = set(Skill.objects.published().filter(slug__in=list(said)[:MOST_SKILLS]).values_list("slug", flat=True))
    return {slug: level for slug, level in said.items() if slug in known}


def _answers(query: QueryDict) -> dict[str, str]:
    """Fit answers: the general ones, and those about work and backgrounds as far as their words are ours."""
    found = dict(read(GENERAL, dict(query.lists())).values)
    for name in list(query)[:MOST_FIELDS]:
        kind = FIELD.fullmatch(name)
        if kind and len(name) <= LONGEST_FIELD and query[name] in WORDS[kind[1]]:
            found[name] = str(query[name])
    return found


def _plan(query: QueryDict, guide: Guide, today: date) -> KeptPlan:
    form, money = PaceForm(query), MoneyForm(query).money
    return KeptPlan(
        id=new_plan_id(()),
        target=guide.target,
        tasks=open_tasks(guide),
        money=money if money != KeptMoney() else None,
        created=today,
        **settings_of(form, today, guide.hours_per_week),
    )


def open_tasks(guide: Guide) -> dict[str, KeptTask]:
    """Every task of a guide, open: what a plan knows of it, so that later changes can be told."""
    return {key: KeptTask(text=text) for key, text in guide.live_tasks}
