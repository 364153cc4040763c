"""Links in bodies to pages of this site lead to pages that are there."""

from __future__ import annotations

from collections.abc import Iterator

from .library import Item, Library
from .problems import Problem, did_you_mean
from .schema import RoleFile, SkillFile, TransitionFile

OWN_PAGES = (
    "/",
    "/categories/",
    "/compare/",
    "/fit/",
    "/keep/",
    "/ledger/",
    "/method/",
    "/plan/",
    "/privacy/",
    "/roles/",
    "/search/",
    "/skills/",
    "/sources/",
    "/transitions/",
)
"""Pages that the site has whatever its content."""


def check_links(library: Library) -> Iterator[Problem]:
    """Unknown addresses, with the nearest known one; former ones still lead on, so they are only remarked upon."""
    known, former = _pages(library), _former(library)
    bodies: list[Item[RoleFile] | Item[TransitionFile] | Item[SkillFile]] = [
        *library.roles.values(),
        *library.transitions.values(),
        *library.skills.values(),
    ]
    for item in bodies:
        for line, link in item.links:
            address, _, fragment = link.partition("#")
            address = address.partition("?")[0]
            if address in former:
                yield item.body_warning(line, f'"{address}" is a former address; link to "{former[address]}".')
            elif address not in known and not _is_broken(library, address):
                yield item.body_problem(
                    line, f'"{address}" is not a page of this site.{did_you_mean(address, sorted(known))}'
                )
            elif address == "/sources/" and fragment and not library.knows("sources", fragment):
                near = did_you_mean(fragment, library.sources)
                yield item.body_problem(line, f'"{fragment}" is not a source in content/sources.yaml.{near}')


def _pages(library: Library) -> set[str]:
    """Every address that a guide may lead to."""
    known = set(OWN_PAGES)
    for kind in ("categories", "skills", "roles", "transitions"):
        known.update(f"/{kind}/{slug}/" for slug in library.shelf(kind))
    known.update(f"/sources/{slug}/" for slug in library.sources)
    for slug in library.roles:
        known.update((f"/roles/{slug}/interview/", f"/roles/{slug}/into/", f"/roles/{slug}/fit/"))
        known.update((f"/practice/{slug}/", f"/transitions/{slug}/"))
    return known


def _former(library: Library) -> dict[str, str]:
    """Former addresses and the pages that took their place."""
    return {
        f"/{kind}/{alias}/": f"/{kind}/{slug}/"
        for kind in ("categories", "skills", "roles", "transitions")
        for slug, item in library.shelf(kind).items()
        for alias in getattr(item.entry, "aliases", [])
        if alias not in library.shelf(kind)
    }


def _is_broken(library: Library, address: str) -> bool:
    """Whether the address belongs to an entry that is there and cannot be read: that has been said already."""
    kind, _, rest = address.strip("/").partition("/")
    kind = "roles" if kind == "practice" else kind
    names = {rest, rest.split("/")[0]}
    if kind == "transitions" and any(library.knows("roles", part) and part not in library.roles for part in names):
        return True
    return any((kind, name) in library.broken for name in (*names, "*"))
