"""The two ends of a move with everything that its page says of them: a role, or an official occupation.

An end is found by its slug, and a role before an occupation of the same slug.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .atlas import RATED_KINDS, Atlas, is_rated
from .destinations import Stop
from .figures import official_figures, standing_for
from .models import OfficialOccupation, Role, RoleOccupation
from .pay import basis
from .proximity import Months, Norm
from .role_figures import RoleFigures, figures_of
from .transition import Element, End, Preparation, Rated, Taster
from .vocabulary import EntryBarrier, OccupationMatch

Figures = Mapping[str, Any]
"""The figures of an occupation, as ``schema.FiguresFile`` describes them."""


@dataclass(frozen=True)
class Endpoint:
    """An end of a move. ``role`` is None for an official occupation; ``code`` is empty for a role."""

    stop: Stop
    role: Role | None
    code: str
    figures: RoleFigures
    end: End
    """What the rule of moves needs to know."""


@dataclass(frozen=True)
class _Behind:
    """The figures of an occupation behind an end."""

    code: str
    weight: float
    figures: Figures


def endpoints(atlas: Atlas, *slugs: str) -> list[Endpoint | None]:
    """The ends of these slugs, in at most four queries; None for one that visitors do not find."""
    stops = [atlas.by_slug.get(slug) for slug in slugs]
    names = {stop.slug for stop in stops if stop and stop.is_role}
    roles = _roles(names)
    links: dict[str, list[RoleOccupation]] = {}
    for link in RoleOccupation.objects.filter(role__in=roles.values()).select_related("occupation") if roles else ():
        links.setdefault(next(slug for slug, role in roles.items() if role.pk == link.role_id), []).append(link)
    others = [stop.slug for stop in stops if stop and not stop.is_role]
    occupations = {one.slug: one for one in OfficialOccupation.objects.filter(slug__in=others)} if others else {}
    unrated = _unrated(atlas, links.values(), occupations.values())
    stand_ins = {one.code: one.figures for one in OfficialOccupation.objects.of_codes(unrated)} if unrated else {}
    found: list[Endpoint | None] = []
    for stop in stops:
        if stop and stop.slug in roles:
            found.append(_of_role(stop, roles[stop.slug], links.get(stop.slug, []), atlas, stand_ins))
        elif stop and stop.slug in occupations:
            found.append(_of_occupation(stop, occupations[stop.slug], atlas, stand_ins))
        else:
            found.append(None)
    return found


def _roles(slugs: Iterable[str]) -> dict[str, Role]:
    wanted = list(slugs)
    if not wanted:
        return {}
    rows = Role.objects.published().select_related("category")
    return {
        role.slug: role
        for role in rows.filter(slug__in=wanted).defer("good_fit", "poor_fit", "backgrounds", "day", "faq", "sections")
    }


def _unrated(
    atlas: Atlas, links: Iterable[Sequence[RoleOccupation]], occupations: Iterable[OfficialOccupation]
) -> set[str]:
    """Codes of the occupations that stand in for those without ratings."""
    codes = [link.occupation.code for those in links for link in those] + [one.code for one in occupations]
    return {code for one in codes for code in atlas.proxies.get(one, ())}


def _of_role(
    stop: Stop, role: Role, links: Sequence[RoleOccupation], atlas: Atlas, stand_ins: Mapping[str, Figures]
) -> Endpoint:
    behind = [_Behind(link.occupation.code, link.weight, link.occupation.figures) for link in links]
    heaviest = max(links, key=lambda link: link.weight, default=None)
    entry = heaviest.occupation.figures["entry"] if heaviest else None
    figures = figures_of(links)
    return Endpoint(
        stop=stop,
        role=role,
        code="",
        figures=figures,
        end=End(
            slug=stop.slug,
            is_role=True,
            rated=_rated(behind, atlas, stand_ins),
            preparation=_preparation(behind, atlas, stand_ins),
            education=stop.education,
            experience=entry["experience"] if entry else "",
            training=entry["training"] if entry else "",
            has_pay=figures.pay.medians is not None,
            tools=_tools(behind),
            required=stop.required,
            held=stop.held,
            teaches=stop.teaches,
            tasters=tuple(
                Taster(one["title"], one["hours"], one["do"], one["enjoyed_if"], one["dreaded_if"])
                for one in role.tasters
            ),
            hours_per_week=stop.hours_per_week,
            barrier=EntryBarrier(role.entry_barrier),
        ),
    )


def _of_occupation(stop: Stop, one: OfficialOccupation, atlas: Atlas, stand_ins: Mapping[str, Figures]) -> Endpoint:
    behind = [_Behind(one.code, 1.0, one.figures)]
    entry, licence, work = one.figures["entry"], one.figures["licence"], one.figures["work"]
    official = (official_figures(one.code, one.title, 1.0, OccupationMatch.COVERS, "", one.figures),)
    figures = RoleFigures(official, standing_for(official), basis([official[0].occupation_pay]))
    return Endpoint(
        stop=stop,
        role=None,
        code=one.code,
        figures=figures,
        end=End(
            slug=stop.slug,
            is_role=False,
            rated=_rated(behind, atlas, stand_ins),
            preparation=_preparation(behind, atlas, stand_ins),
            education=stop.education,
            experience=entry["experience"] if entry else "",
            training=entry["training"] if entry else "",
            has_licence_section=licence["section"] if licence else None,
            has_pay=figures.pay.medians is not None,
            tools=_tools(behind),
            hot_tools=_by_use(work) if work else (),
            held=stop.held,
        ),
    )


def _rated(behind: Sequence[_Behind], atlas: Atlas, stand_ins: Mapping[str, Figures]) -> tuple[Rated, ...]:
    """The rated occupations that stand for an end: for one without ratings, those that stand in for it."""
    found: list[Rated] = []
    for one in behind:
        proxies = [stand_ins[code] for code in atlas.proxies.get(one.code, ()) if code in stand_ins]
        for figures in [one.figures] if is_rated(one.figures) else proxies:
            weight = one.weight if is_rated(one.figures) else one.weight / len(proxies)
            found.append(Rated(weight, _elements(figures)))
    return tuple(found)


def _elements(figures: Figures) -> tuple[Element, ...]:
    return tuple(
        Element(kind, name, rating["importance"], rating["level"], Norm(rating["usual"], rating["spread"]))
        for kind in RATED_KINDS
        for name, rating in figures["profile"][kind].items()
    )


def _preparation(behind: Sequence[_Behind], atlas: Atlas, stand_ins: Mapping[str, Figures]) -> tuple[Preparation, ...]:
    """What is usual behind an end; where nothing is published, what is usual in those that stand in."""
    usual = [(one.weight, one.figures["preparation"]) for one in behind if one.figures["preparation"]]
    if not usual:
        codes = [code for one in behind for code in atlas.proxies.get(one.code, ()) if code in stand_ins]
        usual = [(1.0, stand_ins[code]["preparation"]) for code in codes if stand_ins[code]["preparation"]]
    return tuple(Preparation(weight, Months(part["months_low"], part["months_high"])) for weight, part in usual)


def _tools(behind: Sequence[_Behind]) -> frozenset[str]:
    return frozenset(tool for one in behind if one.figures["work"] for tool in one.figures["work"]["tools"])


def _by_use(work: Figures) -> tuple[str, ...]:
    """Tools in demand, those that most occupations use first: they are asked for by name most often."""
    return tuple(sorted(work["hot_tools"], key=lambda tool: (-work["tools"][tool], tool)))
