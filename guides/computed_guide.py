"""The move between two ends that nobody wrote a guide for, put together from what is known of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from .atlas import Atlas, View, atlas
from .destinations import SteppingStone, Stop, stepping_stones
from .endpoints import Endpoint, endpoints
from .models import Resource, Skill, SkillResource
from .plan import PhaseFacts, ResourceFacts
from .resource_facts import resource_facts, with_stand_ins
from .transition import End, Move, Stretch, StretchKind, Study, move
from .transition_phrases import counted_for, move_title, phase_facts


@dataclass(frozen=True, eq=False)
class ComputedGuide:
    """A computed move with its roadmap in words."""

    origin: Endpoint
    destination: Endpoint
    move: Move
    phases: tuple[PhaseFacts, ...]
    map: Atlas
    views: tuple[View | None, View | None]
    """What the origin and the destination see of all occupations."""

    @property
    def target(self) -> str:
        """Its address without slashes around it, by which plans know it."""
        return f"transitions/{self.origin.stop.slug}/{self.destination.stop.slug}"

    @property
    def title(self) -> str:
        """``From backend developer to AI artist``."""
        return move_title(self.origin.stop, self.destination.stop)

    @property
    def counted_for(self) -> str:
        """Whom its hours are counted for."""
        return counted_for(self.origin.stop, self.origin.end.held)

    @cached_property
    def stepping_stones(self) -> tuple[SteppingStone, ...]:
        """Ends that are nearer to both than these are to each other."""
        if self.move.match is None:
            return ()
        here, there = self.origin.stop, self.destination.stop
        among = self.map.between(self.views)
        before, after = (self.map.seen(stop, view, among) for stop, view in zip((here, there), self.views, strict=True))
        return stepping_stones(before, after, here, there, self.move.match)


def computed_guide(origin: str, destination: str) -> ComputedGuide | None:
    """The computed move between the ends of two slugs; None when they are the same or visitors find one of them not.

    At most eleven queries.
    """
    known = atlas()
    if origin == destination or not {origin, destination} <= known.by_slug.keys():
        return None
    first, second = endpoints(known, origin, destination)
    if first is None or second is None:
        return None
    before, after = known.views(first.stop, second.stop)
    found = move(first.end, second.end, known.match(first.stop, second.stop, before))
    return ComputedGuide(first, second, found, _phases(found, second.end), known, (before, after))


def is_pair(origin: str, destination: str) -> bool:
    """Whether a move between two slugs can be computed; one query while the ends are held."""
    return bool(title_of(origin, destination))


def title_of(origin: str, destination: str) -> str:
    """The title of the computed move between two slugs; empty when there is none."""
    ends: list[Stop | None] = [atlas().by_slug.get(slug) for slug in (origin, destination)]
    first, second = ends
    return move_title(first, second) if first and second and origin != destination else ""


def _phases(found: Move, destination: End) -> tuple[PhaseFacts, ...]:
    studies = {study.entry.requirement.skill: study for study in found.studies}
    slugs = _skills_in(found.route)
    skills = list(
        Skill.objects.filter(slug__in=slugs)
        .only("slug", "levels")
        .prefetch_related(Prefetch("resource_links", SkillResource.objects.select_related("resource")))
        if slugs
        else ()
    )
    chosen = {skill.slug: _resources(skill, studies[skill.slug]) for skill in skills}
    known = with_stand_ins(resource for those in chosen.values() for resource in those)
    resources: dict[str, list[ResourceFacts]] = {
        slug: [resource_facts(resource, known) for resource in those] for slug, those in chosen.items()
    }
    levels = {skill.slug: skill.levels for skill in skills}
    return tuple(phase_facts(stretch, destination, levels, resources) for stretch in found.route)


def _skills_in(route: Iterable[Stretch]) -> list[str]:
    return [slug for stretch in route if stretch.kind is StretchKind.SKILLS for slug in stretch.subjects]


def _resources(skill: Skill, study: Study) -> list[Resource]:
    """What teaches the levels that the route works on; what comes nearest where nothing teaches just those."""
    links = list(skill.resource_links.all())
    low, high = study.entry.held + 1, max(study.after, study.entry.held + 1)
    fitting = [link for link in links if low <= link.level <= high]
    nearest = sorted(links, key=lambda link: abs(link.level - low))[:1]
    return [link.resource for link in fitting or nearest]
