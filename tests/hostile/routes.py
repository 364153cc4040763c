"""Every address of the site, from its own list of addresses: a new one is attacked from its first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SLUGS = {"skills/": "sql", "categories/": "data-work"}
"""Slugs of the sample site that are no role's, by the beginning of their address."""

VALUES = {
    "slug": "analyst",
    "origin": "analyst",
    "destination": "engineer",
    "plan_id": "k3f9",
    "token": "Zm9vYmFyYmF6cXV4MTIzNA",
    "pk": "1",
    "object_id": "1",
    "app_label": "guides",
    "content_type_id": "1",
    "url": "nowhere",
    "path": "nowhere",
    "section": "roles",
}
"""A value for each variable part of an address."""


@dataclass(frozen=True)
class Route:
    """An address of the site: its name, its pattern, and the parts that vary."""

    name: str
    pattern: str
    variables: tuple[str, ...]

    @property
    def path(self) -> str:
        """The address of something in the sample site."""
        return self.of()

    def of(self, **values: str) -> str:
        """The address with these values for its variable parts, and ordinary ones for the others."""
        slug = next((slug for start, slug in SLUGS.items() if self.pattern.startswith(start)), VALUES["slug"])
        made = self.pattern
        for variable in self.variables:
            value = values.get(variable) or {**VALUES, "slug": slug}.get(variable, "one")
            made = made.replace(f"%({variable})s", value)
        return f"/{made}"

    def with_value(self, value: str) -> str:
        """The address with that text for every variable part."""
        return self.of(**dict.fromkeys(self.variables, value))

    @property
    def is_admin(self) -> bool:
        return self.pattern.startswith("admin/")


def _walk(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            name = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, name)
        elif one.name:
            yield f"{namespace}{one.name}"


def routes() -> list[Route]:
    """All addresses that have a name."""
    resolver = get_resolver()
    found = {}
    for full in _walk(resolver.url_patterns):
        *namespaces, name = full.split(":")
        inner = resolver
        prefix = ""
        for namespace in namespaces:
            start, inner = inner.namespace_dict[namespace]
            prefix += start
        for possibilities in inner.reverse_dict.getlist(name):
            for pattern, variables in possibilities[0]:
                found[full, pattern] = Route(full, prefix + pattern, tuple(variables))
    return sorted(found.values(), key=lambda route: (route.pattern, route.name))


def public() -> list[Route]:
    """Those outside of the admin."""
    return [route for route in routes() if not route.is_admin]
