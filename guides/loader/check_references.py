"""Every name that points at another entry points at one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import schema
from .library import Item, Library
from .problems import Problem, did_you_mean

Location = tuple[str | int, ...]

PLACES = {
    "categories": "content/categories.yaml",
    "tools": "content/tools.yaml",
    "resources": "content/resources.yaml",
    "sources": "content/sources.yaml",
}


def check_references(library: Library) -> Iterator[Problem]:
    """Unknown slugs, with the nearest known one."""
    places: dict[tuple[str, str, str], list[tuple[Item[schema.Entry], Location]]] = {}
    for item, kind, location, slug in _references(library):
        if not library.knows(kind, slug):
            places.setdefault((item.found.path, kind, slug), []).append((item, location))
    for (_, kind, slug), found in places.items():
        item, location = found[0]
        again = f" It stands in this file {len(found)} times." if len(found) > 1 else ""
        yield item.problem(location, f"{_unknown(library, kind, slug)}{again}")
    for slug, questions in library.questions.items():
        if not library.knows("roles", slug):
            yield questions.problem((), _unknown(library, "roles", slug))
    for slug, transition in library.transitions.items():
        origin, destination = slug.split("/")
        for role in (origin, destination):
            if not library.knows("roles", role):
                yield transition.problem((), _unknown(library, "roles", role))
    yield from _repeated(library)


def _unknown(library: Library, kind: str, slug: str) -> str:
    noun = {"categories": "category"}.get(kind, kind.removesuffix("s") if kind != "figures" else "figures file")
    article = "an" if noun[0] in "aeiou" else "a"
    place = PLACES.get(kind, f"content/{kind}/")
    renamed = next((new for new, item in library.shelf(kind).items() if slug in _aliases(item)), None)
    near = f' It is now called "{renamed}".' if renamed else did_you_mean(slug, library.shelf(kind))
    return f'"{slug}" is not {article} {noun} in {place}.{near}'


def _aliases(item: Item[schema.Entry]) -> list[str]:
    return list(getattr(item.entry, "aliases", []))


def _references(library: Library) -> Iterator[tuple[Item[Any], str, Location, str]]:
    for kind in ("roles", "transitions", "skills", "resources", "figures", "questions"):
        for item in library.shelf(kind).values():
            for referred, location, slug in references_of(item.entry):
                yield item, referred, location, slug


def references_of(entry: schema.Entry) -> Iterator[tuple[str, Location, str]]:
    """Kind, place and slug of everything that an entry refers to."""
    match entry:
        case schema.RoleFile():
            yield from _of_role(entry)
        case schema.TransitionFile():
            yield from _of_transition(entry)
        case schema.SkillFile():
            for index, link in enumerate(entry.resources):
                yield "resources", ("resources", index, "resource"), link.resource
            for index, slug in enumerate(entry.related):
                yield "skills", ("related", index), slug
        case schema.ResourceEntry():
            for name in ("replaced_by", "alternative"):
                if named := getattr(entry, name):
                    yield "resources", (name,), named
        case schema.FiguresFile():
            for part in ("pay", "outlook", "transfer", "entry", "licence", "preparation", "profile", "work"):
                if getattr(entry, part):
                    yield "sources", (part, "source"), getattr(entry, part).source
            for name in ("task_share_source", "observed_use_source"):
                yield "sources", ("exposure", name), getattr(entry.exposure, name)
        case schema.QuestionsFile():
            for index, question in enumerate(entry.questions):
                yield "skills", ("questions", index, "skill"), question.skill


def _of_role(entry: schema.RoleFile) -> Iterator[tuple[str, Location, str]]:
    yield "categories", ("category",), entry.category
    yield "sources", ("stages_source",), entry.stages_source
    for index, occupation in enumerate(entry.occupations):
        yield "figures", ("occupations", index, "code"), occupation.code
    for index, slug in enumerate(entry.similar):
        yield "roles", ("similar", index), slug
    for index, background in enumerate(entry.backgrounds):
        if background.role:
            yield "roles", ("backgrounds", index, "role"), background.role
    for index, skill in enumerate(entry.skills):
        yield "skills", ("skills", index, "skill"), skill.skill
    for index, tool in enumerate(entry.tools):
        yield "tools", ("tools", index, "tool"), tool.tool
    for index, slug in enumerate(entry.sources):
        yield "sources", ("sources", index), slug
    yield from _of_roadmap(entry.roadmap)


def _of_transition(entry: schema.TransitionFile) -> Iterator[tuple[str, Location, str]]:
    for index, carried in enumerate(entry.carried):
        yield "skills", ("carried", index, "skill"), carried.skill
    for index, to_learn in enumerate(entry.to_learn):
        yield "skills", ("to_learn", index, "skill"), to_learn.skill
        for number, slug in enumerate(to_learn.resources):
            yield "resources", ("to_learn", index, "resources", number), slug
    for index, slug in enumerate(entry.sources):
        yield "sources", ("sources", index), slug
    yield from _of_roadmap(entry.roadmap)


def _of_roadmap(roadmap: schema.RoadmapEntry) -> Iterator[tuple[str, Location, str]]:
    for index, phase in enumerate(roadmap.phases):
        for number, slug in enumerate(phase.resources):
            yield "resources", ("roadmap", "phases", index, "resources", number), slug


def _repeated(library: Library) -> Iterator[Problem]:
    """Entries that name the same thing twice in one list."""
    for role in library.roles.values():
        entry = role.entry
        lists: list[tuple[str, str, list[str]]] = [
            ("skills", "skill", [row.skill for row in entry.skills]),
            ("tools", "tool", [row.tool for row in entry.tools]),
            ("occupations", "code", [row.code for row in entry.occupations]),
        ]
        for field, name, slugs in lists:
            for index in _repeats(slugs):
                yield role.problem((field, index, name), f'"{slugs[index]}" stands in this list twice.')
        own_slug = role.slug
        for index, slug in enumerate(entry.similar):
            if slug == own_slug or slug in entry.similar[:index]:
                reason = "is this role itself" if slug == own_slug else "stands in this list twice"
                yield role.problem(("similar", index), f'"{slug}" {reason}.')
    for transition in library.transitions.values():
        for field in ("carried", "to_learn"):
            slugs = [row.skill for row in getattr(transition.entry, field)]
            for index in _repeats(slugs):
                yield transition.problem((field, index, "skill"), f'"{slugs[index]}" stands in this list twice.')
    for skill in library.skills.values():
        slugs = [row.resource for row in skill.entry.resources]
        for index in _repeats(slugs):
            yield skill.problem(("resources", index, "resource"), f'"{slugs[index]}" stands in this list twice.')
        for index, slug in enumerate(skill.entry.related):
            if slug == skill.slug:
                yield skill.problem(("related", index), f'"{slug}" is this skill itself.')


def _repeats(slugs: list[str]) -> list[int]:
    return [index for index, slug in enumerate(slugs) if slug in slugs[:index]]


def check_resources(library: Library) -> Iterator[Problem]:
    """Prices agree with themselves, alternatives are free, nobody sends readers to a resource that is gone."""
    for resource in library.resources.values():
        entry = resource.entry
        if entry.price == "free" and entry.cost_usd:
            yield resource.problem(("cost_usd",), f"{entry.cost_usd} contradicts price: free.")
        other = library.resources.get(entry.alternative or "")
        if other and other.entry.price not in ("free", "freemium"):
            yield resource.problem(("alternative",), f'"{other.slug}" is not free; name a free resource.')
        if resource.slug in (entry.alternative, entry.replaced_by):
            yield resource.problem(("slug",), f'"{resource.slug}" names itself as its replacement or alternative.')
    for item, kind, location, slug in _references(library):
        target = library.resources.get(slug) if kind == "resources" else None
        if target and target.entry.replaced_by and location[0] != "replaced_by":
            yield item.problem(location, f'"{slug}" is gone; use "{target.entry.replaced_by}" instead.')


def check_orphans(library: Library) -> Iterator[Problem]:
    """Entries that nothing refers to are probably misspelt somewhere or left over; a file that cannot be read may."""
    if library.broken:
        return
    used = {(kind, slug) for _, kind, _, slug in _references(library)}
    # An entry that is misspelt where it is used would be told a second time here.
    doubtful = {kind for _, kind, _, slug in _references(library) if not library.knows(kind, slug)}
    for kind in ("skills", "tools", "resources", "figures", "categories"):
        if kind in doubtful:
            continue
        for slug, item in sorted(library.shelf(kind).items()):
            if (kind, slug) not in used:
                yield item.warning((), f'"{slug}" is used nowhere.')
