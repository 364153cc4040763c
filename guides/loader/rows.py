"""The rows of each kind of entry: parents keep their keys and curated columns, children are made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.utils.html import strip_tags

from ..fit_questions import day_key
from ..identity import keep_keys
from ..models import (
    CURATED_FIELDS,
    Category,
    Occupation,
    RequiredSkill,
    Resource,
    Role,
    RoleOccupation,
    RoleTool,
    SearchEntry,
    Skill,
    SkillResource,
    Source,
    Stage,
    Tool,
    Transition,
    TransitionSkill,
)
from ..vocabulary import Level
from . import schema
from .addresses import former_slugs, write_addresses
from .check_pay import pay_basis
from .insertion import insert
from .library import Item, Library
from .roadmap_rows import write_questions, write_roadmaps

PAGES: dict[str, tuple[type[models.Model], str]] = {
    "categories": (Category, "slug"),
    "sources": (Source, "slug"),
    "tools": (Tool, "slug"),
    "resources": (Resource, "slug"),
    "figures": (Occupation, "code"),
    "skills": (Skill, "slug"),
    "roles": (Role, "slug"),
    "transitions": (Transition, "slugs"),
}
"""Tables in the order in which they may refer to each other, with the column that holds the slug."""

DELETION_ORDER = ("transitions", "roles", "skills", "figures", "resources", "tools", "sources", "categories")

ADDRESSES = {"categories", "skills", "roles", "transitions"}
"""Kinds that have a page of their own."""


class RowWriter:
    """Writes a checked library. ``changed``: paths of the files that were parsed anew."""

    def __init__(self, library: Library, changed: set[str]) -> None:
        self.library = library
        self.changed = changed
        self.ids: dict[str, dict[str, int]] = {}
        self.counts: dict[str, dict[str, Any]] = {}
        self.lost: list[str] = []
        self.known_days: dict[str, list[dict[str, str]]] = {}

    def write(self) -> dict[str, dict[str, Any]]:
        """Upserts and deletes; returns total, new, changed and removed addresses for each kind."""
        self._rename()
        fresh = [item.slug for item in self._fresh("roles")]
        self.known_days = dict(Role.objects.filter(slug__in=fresh).values_list("slug", "day"))
        existing = {kind: self._slugs(kind) for kind in PAGES}
        for kind in PAGES:
            self._upsert(kind, existing[kind])
        roles = self._fresh("roles")
        self._skill_children(self._fresh("skills"))
        self._role_children(roles)
        self._transition_children(self._fresh("transitions"))
        write_roadmaps(self._fresh("roles"), self.ids["roles"], "role")
        write_roadmaps(self._fresh("transitions"), self.ids["transitions"], "transition")
        self.counts["questions"] = write_questions(
            self.library.questions, self._fresh("questions"), self.ids["roles"], self.ids["skills"]
        )
        self._question_counts()
        removed = self._delete(existing)
        self.lost = write_addresses(self.library, removed)
        self._search_entries()
        return self.counts

    def _fresh(self, kind: str) -> list[Item[Any]]:
        return [item for item in self.library.shelf(kind).values() if item.found.path in self.changed]

    def _slugs(self, kind: str) -> set[str]:
        model, column = PAGES[kind]
        return set(model._default_manager.values_list(column, flat=True))

    def _rename(self) -> None:
        """A page whose file was moved keeps its row, and with it what admins decided."""
        for kind in ("categories", "skills", "roles", "transitions"):
            model, column = PAGES[kind]
            shelf, rows = self.library.shelf(kind), self._slugs(kind)
            for slug, item in shelf.items():
                if slug in rows:
                    continue
                for alias in former_slugs(self.library, kind, item):
                    if alias in rows and alias not in shelf:
                        model._default_manager.filter(**{column: alias}).update(**{column: slug})
                        rows.discard(alias)
                        rows.add(slug)
                        break

    def _upsert(self, kind: str, existing: set[str]) -> None:
        model, column = PAGES[kind]
        shelf = self.library.shelf(kind)
        before = self._before(kind, model, column)
        rows = [ROWS[kind](self, item) for item in self._fresh(kind)]
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if not field.primary_key and field.name != column and field.name not in CURATED_FIELDS
        ]
        if rows:
            model._default_manager.bulk_create(
                rows, update_conflicts=True, unique_fields=[column], update_fields=fields, batch_size=200
            )
        self.ids[kind] = dict(model._default_manager.values_list(column, "pk"))
        slugs = [getattr(row, column) for row in rows]
        changed = [row for row in rows if getattr(row, column) in existing]
        if before is not None:
            changed = [row for row in changed if before.get(getattr(row, column)) != _values(row, fields)]
        self.counts[kind] = {
            "total": len(shelf),
            "new": sum(slug not in existing for slug in slugs),
            "changed": len(changed),
            "removed": [],
        }

    def _before(self, kind: str, model: type[models.Model], column: str) -> dict[str, Any] | None:
        """Entries of a list file as they were: the file changed, most of its entries did not."""
        if kind not in ("categories", "sources", "tools", "resources") or not self._fresh(kind):
            return None
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if not field.primary_key and field.name != column and field.name not in CURATED_FIELDS
        ]
        return {getattr(row, column): _values(row, fields) for row in model._default_manager.all()}

    def _delete(self, existing: dict[str, set[str]]) -> dict[str, str]:
        """Deletes rows whose entry is gone; returns the addresses of their pages with the titles."""
        addresses: dict[str, str] = {}
        for kind in DELETION_ORDER:
            model, column = PAGES[kind]
            gone = sorted(existing[kind] - set(self.library.shelf(kind)))
            if not gone:
                continue
            names = [f"/{kind}/{slug}/" if kind in ADDRESSES else slug for slug in gone]
            self.counts[kind]["removed"] = names
            if kind in ADDRESSES:
                rows = model._default_manager.filter(**{f"{column}__in": gone})
                addresses |= {f"/{kind}/{getattr(row, column)}/": str(row) for row in rows}
            if kind == "roles":
                Transition.objects.filter(origin__slug__in=gone).delete()
                Transition.objects.filter(destination__slug__in=gone).delete()
            model._default_manager.filter(**{f"{column}__in": gone}).delete()
        return addresses

    # --- Children -----------------------------------------------------------------------------------------------

    def _skill_children(self, items: Sequence[Item[schema.SkillFile]]) -> None:
        ids, resources = self.ids["skills"], self.ids["resources"]
        self._forget(SkillResource, "skill", items)
        insert(
            SkillResource,
            ("skill", "resource", "number", "level", "why"),
            (
                (ids[item.slug], resources[row.resource], number, Level.from_word(row.level), row.why)
                for item in items
                for number, row in enumerate(item.entry.resources)
            ),
        )

    def _role_children(self, items: Sequence[Item[schema.RoleFile]]) -> None:
        ids, skills, tools, codes = (self.ids[kind] for kind in ("roles", "skills", "tools", "figures"))
        for model in (RequiredSkill, RoleTool, RoleOccupation, Stage):
            self._forget(model, "role", items)
        insert(
            RequiredSkill,
            ("role", "skill", "number", "level", "importance", "why"),
            (
                (ids[item.slug], skills[row.skill], number, Level.from_word(row.level), row.importance, row.why)
                for item in items
                for number, row in enumerate(item.entry.skills)
            ),
        )
        insert(
            RoleTool,
            ("role", "tool", "number", "note"),
            (
                (ids[item.slug], tools[row.tool], number, row.note or "")
                for item in items
                for number, row in enumerate(item.entry.tools)
            ),
        )
        insert(
            RoleOccupation,
            ("role", "occupation", "weight", "match", "why"),
            (
                (ids[item.slug], codes[row.code], row.weight, row.match, row.why)
                for item in items
                for row in item.entry.occupations
            ),
        )
        insert(
            Stage,
            ("role", "number", "titles", "years_from", "years_to", "pay_low", "pay_high", "responsibilities"),
            (
                (
                    ids[item.slug],
                    number,
                    row.titles,
                    row.years_from,
                    row.years_to,
                    row.pay.low if row.pay else None,
                    row.pay.high if row.pay else None,
                    row.responsibilities,
                )
                for item in items
                for number, row in enumerate(item.entry.stages)
            ),
        )

    def _transition_children(self, items: Sequence[Item[schema.TransitionFile]]) -> None:
        ids, resources = self.ids["transitions"], self.ids["resources"]
        self._forget(TransitionSkill, "transition", items)
        insert(
            TransitionSkill,
            ("transition", "skill", "number", "is_carried", "label", "priority", "text", "weeks"),
            (row for item in items for row in self._transition_skills(item)),
        )
        mine = {ids[item.slug] for item in items}
        links = {
            (transition, number): pk
            for pk, transition, number in TransitionSkill.objects.filter(is_carried=False).values_list(
                "pk", "transition_id", "number"
            )
            if transition in mine
        }
        insert(
            TransitionSkill.resources.through,
            ("transitionskill", "resource"),
            (
                (links[ids[item.slug], number], resources[slug])
                for item in items
                for number, row in enumerate(item.entry.to_learn)
                for slug in dict.fromkeys(row.resources)
            ),
        )

    def _transition_skills(self, item: Item[schema.TransitionFile]) -> Iterator[tuple[Any, ...]]:
        pk, skills = self.ids["transitions"][item.slug], self.ids["skills"]
        taught: dict[str, float] = {}
        for phase in item.entry.roadmap.phases:
            for share in phase.teaches:
                taught[share.skill] = taught.get(share.skill, 0) + share.weeks
        for number, carried in enumerate(item.entry.carried):
            yield pk, skills[carried.skill], number, True, carried.label or "", "", carried.why, None
        for number, row in enumerate(item.entry.to_learn):
            yield pk, skills[row.skill], number, False, row.label or "", row.priority, row.how, taught.get(row.skill)

    def _forget(self, model: type[models.Model], owner: str, items: Sequence[Item[Any]]) -> None:
        """Deletes the children of changed pages."""
        kind = f"{owner}s"
        pks = [self.ids[kind][item.slug] for item in items]
        model._default_manager.filter(**{f"{owner}_id__in": pks}).delete()

    def _question_counts(self) -> None:
        """A question file that changed alone still moves the counts of its role."""
        seen = [item.slug for kind in ("roles", "questions") for item in self.library.shelf(kind).values()]
        roles = Role.objects.only("slug", "question_counts")
        for role in roles if len(seen) >= len(self.library.roles) else roles.filter(slug__in=seen):
            counts = _question_counts(self.library, role.slug)
            if role.slug in self.library.roles and role.question_counts != counts:
                Role.objects.filter(pk=role.pk).update(question_counts=counts)

    # --- Search -------------------------------------------------------------------------------------------------

    def _search_entries(self) -> None:
        """One entry a page. A transition's entry is made again with its roles', whose names it carries."""
        roles = {item.slug for item in self._fresh("roles")}
        entries: list[SearchEntry] = []
        for item in self._fresh("roles"):
            entry = item.entry
            names = [entry.plural, *entry.also_called, *(title for stage in entry.stages for title in stage.titles)]
            entries.append(_search("role", item.slug, entry.title, names, [entry.summary, *_texts(item)]))
        for item in self._fresh("skills"):
            entry = item.entry
            entries.append(_search("skill", item.slug, entry.name, entry.also_called, [entry.summary, *_texts(item)]))
        for slug, transition in self.library.transitions.items():
            sides = slug.split("/")
            if transition.found.path in self.changed or roles & set(sides):
                origin, destination = (self.library.roles[side].entry for side in sides)
                title = f"From {origin.title} to {destination.title}"
                names = [*origin.also_called, *destination.also_called]
                entries.append(_search("transition", slug, title, names, [transition.entry.summary]))
        SearchEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["kind", "slug"],
            update_fields=["title", "names", "text"],
            batch_size=200,
        )
        for kind, shelf in (("role", "roles"), ("skill", "skills"), ("transition", "transitions")):
            known = SearchEntry.objects.filter(kind=kind)
            gone = set(known.values_list("slug", flat=True)).difference(self.library.shelf(shelf))
            known.filter(slug__in=gone).delete()


def _values(row: models.Model, fields: Iterable[str]) -> list[Any]:
    return [getattr(row, name) for name in fields]


def _texts(item: Item[Any]) -> list[str]:
    return [strip_tags(part.html) for part in item.prose]


def _search(kind: str, slug: str, title: str, names: Sequence[str], texts: Sequence[str]) -> SearchEntry:
    return SearchEntry(kind=kind, slug=slug, title=title, names=" · ".join(names), text=" ".join(texts))


def _prose(item: Item[Any]) -> list[dict[str, str]]:
    return [{"heading": part.heading, "html": part.html} for part in item.prose]


def _plain(entries: Iterable[schema.Entry]) -> list[dict[str, Any]]:
    return [entry.model_dump(mode="json") for entry in entries]


def _category(writer: RowWriter, item: Item[schema.CategoryEntry]) -> Category:
    entry = item.entry
    return Category(
        slug=item.slug,
        source_path=item.found.path,
        name=entry.name,
        line=entry.line,
        summary=entry.summary,
        has_ai=entry.ai,
    )


def _source(writer: RowWriter, item: Item[schema.SourceEntry]) -> Source:
    entry = item.entry
    return Source(
        slug=item.slug,
        source_path=item.found.path,
        title=entry.title,
        publisher=entry.publisher,
        url=entry.url or "",
        kind=entry.kind,
        as_of=entry.as_of,
        region=entry.region,
        licence=entry.licence,
        attribution=entry.attribution or "",
        summary=entry.summary,
    )


def _tool(writer: RowWriter, item: Item[schema.ToolEntry]) -> Tool:
    entry = item.entry
    return Tool(
        slug=item.slug,
        source_path=item.found.path,
        name=entry.name,
        url=entry.url or "",
        price=entry.price,
        summary=entry.summary,
    )


def _resource(writer: RowWriter, item: Item[schema.ResourceEntry]) -> Resource:
    entry = item.entry
    return Resource(
        slug=item.slug,
        source_path=item.found.path,
        title=entry.title,
        provider=entry.provider,
        url=entry.url or "",
        kind=entry.kind,
        price=entry.price,
        cost_usd=entry.cost_usd,
        hours=entry.hours,
        language=entry.language,
        checked_on=entry.checked_on,
        replaced_by=entry.replaced_by or "",
        alternative=entry.alternative or "",
        note=entry.note or "",
    )


def _occupation(writer: RowWriter, item: Item[schema.FiguresFile]) -> Occupation:
    figures = item.entry.model_dump(mode="json", exclude={"code", "title"})
    return Occupation(code=item.slug, source_path=item.found.path, title=item.entry.title, figures=figures)


def _skill(writer: RowWriter, item: Item[schema.SkillFile]) -> Skill:
    entry = item.entry
    return Skill(
        slug=item.slug,
        source_path=item.found.path,
        name=entry.name,
        kind=entry.kind,
        also_called=entry.also_called,
        summary=entry.summary,
        levels=entry.levels.model_dump(),
        hours=entry.hours.model_dump(),
        sections=_prose(item),
        related=entry.related,
        updated_on=entry.updated_on,
    )


def _role(writer: RowWriter, item: Item[schema.RoleFile]) -> Role:
    entry = item.entry
    official = pay_basis(writer.library, entry)
    medians = official.medians or (None, None)
    outlooks = [writer.library.figures[row.code].entry.outlook for row in official.rows]
    growth = [outlook.growth_percent for outlook in outlooks if outlook]
    return Role(
        slug=item.slug,
        source_path=item.found.path,
        title=entry.title,
        plural=entry.plural,
        article=entry.article or "",
        also_called=entry.also_called,
        category_id=writer.ids["categories"][entry.category],
        summary=entry.summary,
        difficulty=entry.difficulty,
        entry_barrier=entry.entry_barrier,
        entry_barrier_why=entry.entry_barrier_why,
        coding=entry.coding,
        coding_why=entry.coding_why,
        remote=entry.remote,
        remote_why=entry.remote_why,
        good_fit=entry.good_fit,
        poor_fit=entry.poor_fit,
        backgrounds=_plain(entry.backgrounds),
        similar=entry.similar,
        day=_day(item, writer.known_days.get(item.slug, [])),
        tasters=_plain(entry.tasters),
        faq=_plain(entry.faq),
        sections=_prose(item),
        stages_source_id=writer.ids["sources"][entry.stages_source],
        further_sources=entry.sources,
        written_by=entry.written_by,
        reviewed_by=entry.reviewed_by or "",
        updated_on=entry.updated_on,
        review_by=entry.review_by,
        median_low=medians[0],
        median_high=medians[1],
        growth_low=min(growth, default=None),
        growth_high=max(growth, default=None),
        weeks=sum(phase.weeks for phase in entry.roadmap.phases),
        question_counts=_question_counts(writer.library, item.slug),
    )


def _day(item: Item[schema.RoleFile], known: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    """The pieces of the day with keys; an edited one keeps that of ``known``, the pieces before."""
    pieces = _plain(item.entry.day)
    before = [(piece.get("key") or day_key(piece["task"]), piece["task"]) for piece in known]
    keys = keep_keys(f"roles/{item.slug}/day", before, [piece["task"] for piece in pieces], day_key)
    return [{**piece, "key": key} for piece, key in zip(pieces, keys, strict=True)]


def _question_counts(library: Library, slug: str) -> dict[str, int]:
    item = library.questions.get(slug)
    counts: dict[str, int] = {}
    for question in item.entry.questions if item else []:
        counts[question.category] = counts.get(question.category, 0) + 1
    return counts


def _transition(writer: RowWriter, item: Item[schema.TransitionFile]) -> Transition:
    entry = item.entry
    origin, destination = item.slug.split("/")
    return Transition(
        slugs=item.slug,
        source_path=item.found.path,
        origin_id=writer.ids["roles"][origin],
        destination_id=writer.ids["roles"][destination],
        own_title=entry.title or "",
        summary=entry.summary,
        effort=entry.effort,
        effort_why=entry.effort_why,
        own_pay_change=entry.pay_change.model_dump() if entry.pay_change else None,
        reality=entry.reality.model_dump(),
        actions=entry.actions.model_dump(),
        faq=_plain(entry.faq),
        sections=_prose(item),
        further_sources=entry.sources,
        written_by=entry.written_by,
        reviewed_by=entry.reviewed_by or "",
        updated_on=entry.updated_on,
        review_by=entry.review_by,
        weeks=sum(phase.weeks for phase in entry.roadmap.phases),
    )


ROWS: dict[str, Callable[[RowWriter, Item[Any]], models.Model]] = {
    "categories": _category,
    "sources": _source,
    "tools": _tool,
    "resources": _resource,
    "figures": _occupation,
    "skills": _skill,
    "roles": _role,
    "transitions": _transition,
}
