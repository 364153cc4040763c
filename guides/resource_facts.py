"""Resources as the plain values that plans and roadmaps take, with those that do for them or took their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .models import Resource
from .plan import ResourceFacts
from .vocabulary import Price

LONGEST_CHAIN = 3
"""How often a resource may be replaced by one that was replaced itself before nobody follows any further."""


def resource_facts(row: Resource, known: Mapping[str, Resource]) -> ResourceFacts:
    """A resource, or the one that took its place, with what does for it without pay."""
    seen = {row.slug}
    while row.replaced_by in known and row.replaced_by not in seen:
        row = known[row.replaced_by]
        seen.add(row.slug)
    other = known.get(row.alternative)
    return _plain(row, _plain(other) if other else None)


def _plain(row: Resource, alternative: ResourceFacts | None = None) -> ResourceFacts:
    return ResourceFacts(row.slug, row.title, row.provider, row.url, Price(row.price), row.cost_usd, alternative)


def with_stand_ins(rows: Iterable[Resource]) -> dict[str, Resource]:
    """The resources and all that they name, by slug; one query for each link of the chain."""
    known = {row.slug: row for row in rows}
    for _ in range(LONGEST_CHAIN):
        named = {slug for row in known.values() for slug in (row.replaced_by, row.alternative) if slug}
        missing = named - known.keys()
        if not missing:
            break
        known |= {row.slug: row for row in Resource.objects.filter(slug__in=missing)}
    return known
