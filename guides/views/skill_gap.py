"""The gap between what a reader holds and what a role asks, as role and transition pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..gap import Requirement, between
from ..gap_phrases import HOURS_EXPLAINED, PartWords, gap_parts, gap_summary
from ..models import RequiredSkill, Role, Transition
from ..phrases import in_sentence, indefinite_article
from ..role_profiles import requirement_of
from .origin import Reader


@dataclass(frozen=True)
class GapView:
    """A gap in words; ``guide`` is the written guide for the same move where there is one."""

    heading: str
    summary: str
    parts: tuple[PartWords, ...]
    guide: Transition | None
    hours_explained: str = HOURS_EXPLAINED


def gap_view(
    reader: Reader, role: Role, required: Iterable[RequiredSkill], moves_into: Iterable[Transition] = ()
) -> GapView | None:
    """The gap of a reader; None of one who said nothing about skills, and where the role asks none."""
    if reader.held.is_ledger:
        return _view("From your ledger", "You hold", reader.held.levels, required, None)
    if reader.held.role is None:
        return None
    return gap_from(reader.held.role, role, reader.held.levels, required, moves_into)


def gap_of(reader: Reader, role: Role | None, required: Sequence[Requirement]) -> GapView | None:
    """The gap of a reader from requirements that are plain values already; None where ``role`` is not known."""
    if role is None:
        return None
    if reader.held.is_ledger:
        return _seen("From your ledger", "You hold", reader.held.levels, required, None)
    if reader.held.role is None:
        return None
    heading, holder = _as(reader.held.role, role)
    return _seen(heading, holder, reader.held.levels, required, None)


def gap_from(
    origin: Role,
    role: Role,
    levels: Mapping[str, int],
    required: Iterable[RequiredSkill],
    moves_into: Iterable[Transition] = (),
) -> GapView | None:
    """The gap of somebody who works in ``origin`` and holds its levels."""
    guide = next((move for move in moves_into if move.origin_id == origin.pk), None)
    heading, holder = _as(origin, role)
    return _view(heading, holder, levels, required, guide)


def _as(origin: Role, role: Role) -> tuple[str, str]:
    """Heading and beginning of the sentence about somebody who works in ``origin``."""
    holder = f"{origin.article or indefinite_article(origin.title)} {in_sentence(origin.title)}"
    heading = f"As {holder}" if origin.pk != role.pk else f"As {holder}, which is this role"
    return heading, f"{holder[0].upper()}{holder[1:]} holds"


def _view(
    heading: str, holder: str, levels: Mapping[str, int], required: Iterable[RequiredSkill], guide: Transition | None
) -> GapView | None:
    return _seen(heading, holder, levels, [requirement_of(row) for row in required], guide)


def _seen(
    heading: str, holder: str, levels: Mapping[str, int], required: Sequence[Requirement], guide: Transition | None
) -> GapView | None:
    gap = between(levels, required)
    if not gap.entries:
        return None
    return GapView(heading, gap_summary(gap, holder), gap_parts(gap), guide)
