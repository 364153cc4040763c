"""What an address says that somebody may want to keep: a plan, skills, fit answers. Nothing is kept by reading it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from . import kept_phrases
from .fit_phrases import question_words, wrong_words
from .fit_questions import ANY, GENERAL, NONE, SKILL_LEVELS, SKILL_PREFIX, UNSURE, read
from .kept import KeptDocument, KeptMoney, KeptPlan, KeptTask, names_of, new_plan_id, with_answers, with_plan
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
MOST_MISTAKES = 10
MOST_FIELDS = 200


@dataclass(frozen=True)
class Draft:
    """What would be kept: ``ledger`` by slug, ``answers`` by field, a plan with the guide it is for.

    ``names`` are those of the skills and the role, as the document keeps them. ``mistakes`` say what was left out.
    """

    ledger: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None
    plan: KeptPlan | None = None
    guide: Guide | None = None
    mistakes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ledger or self.answers or self.role or self.plan)

    def into(self, document: KeptDocument) -> KeptDocument:
        """The document with everything added. Skills that are rated there stay as they are."""
        merged = with_answers(document, dict(self.answers))
        merged = merged.model_copy(
            update={
                "ledger": {**self.ledger, **merged.ledger},
                "current_role": self.role.slug if self.role else merged.current_role,
                "names": {**self.names, **merged.names},
            }
        )
        if self.plan is None:
            return merged
        taken = [plan.id for plan in merged.plans]
        return with_plan(merged, self.plan.model_copy(update={"id": new_plan_id(taken)}))


def draft_of(query: QueryDict, today: date) -> Draft:
    """What a query string says, as far as it is right; what is wrong is left out. Ten queries at most."""
    said, target = query.get("from", "").strip(), query.get("for", "").strip()
    role = Role.objects.published().filter(slug=said[:LONGEST_FIELD]).first() if said else None
    ledger = dict(levels_of(role)) if role else {}
    ledger |= skills_in(query)
    guide = guide_at(target) if target else None
    answers = read(GENERAL, dict(query.lists()))
    mistakes = [kept_phrases.no_role(said)] if said and role is None else []
    mistakes += [kept_phrases.no_roadmap(target)] if target and guide is None else []
    mistakes += wrong_levels(query)
    if guide is None:
        mistakes += [f"{question_words(one.question).question} {wrong_words(one)}" for one in answers.wrong]
    else:
        mistakes += [error for form in (PaceForm(query), MoneyForm(query)) for error in _errors(form)]
    skills = dict(Skill.objects.filter(slug__in=ledger).values_list("slug", "name")) if ledger else {}
    return Draft(
        ledger=ledger,
        names=names_of(skills, {role.slug: role.title} if role else {}),
        answers=_answers(query, answers.values) if guide is None else {},
        role=role,
        plan=_plan(query, guide, today) if guide else None,
        guide=guide,
        mistakes=tuple(mistakes[:MOST_MISTAKES]),
    )


def skills_in(query: QueryDict) -> dict[str, int]:
    """The levels of existing skills in fields like ``skill-sql=2``; of several for one skill, the last counts."""
    return _levels(query)[0]


def wrong_levels(query: QueryDict) -> list[str]:
    """What fields of skills say that ``skills_in`` leaves out, in sentences; at most ten."""
    return _levels(query)[1]


def _levels(query: QueryDict) -> tuple[dict[str, int], list[str]]:
    last = {name: str(query[name]) for name in query if name.startswith(SKILL_PREFIX)}
    slugs = [name.removeprefix(SKILL_PREFIX) for name in last if len(name) <= LONGEST_FIELD][:MOST_SKILLS]
    known = set(Skill.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()
    found: dict[str, int] = {}
    wrong: list[str] = []
    for name, word in last.items():
        slug = name.removeprefix(SKILL_PREFIX)
        if slug in known and word in SKILL_LEVELS:
            found[slug] = int(word)
        elif word.strip() and len(wrong) < MOST_MISTAKES:
            wrong.append(kept_phrases.no_level(name, word))
    return found, wrong


def _errors(form: PaceForm | MoneyForm) -> list[str]:
    """Why fields of a form were left out, each with the name of its field."""
    form.kept()
    return [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]


def _answers(query: QueryDict, general: Mapping[str, str]) -> dict[str, str]:
    """Fit answers: the general ones, and those about work and backgrounds as far as their words are ours."""
    found = dict(general)
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
