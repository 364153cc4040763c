"""The ledger: every skill that a visitor says they hold, rated once for the whole site."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from .. import gap, keeping
from ..fit_questions import SKILL_LEVELS, SKILL_PREFIX, skill_field
from ..gap import SkillGap
from ..keep_draft import skills_in
from ..keeping import Kept
from ..kept import with_level
from ..kept.document import MOST_SKILLS, KeptDocument
from ..models import RequiredSkill, Role, Skill
from ..role_profiles import levels_of, requirement_of
from ..search import MAX_LENGTH
from ..vocabulary import Level
from .pages import is_fragment
from .plan import role_choices
from .visitor import for_anybody

FOUND = 12
ROLES_SHOWN = 6

STOPS = ((0, "Not yet"), *((level.value, level.label) for level in Level))


@dataclass(frozen=True)
class LedgerRow:
    """A skill and the level held; None when it is not rated."""

    skill: Skill
    level: int | None

    @property
    def field(self) -> str:
        """Name of its field, here and in fit checks."""
        return skill_field(self.skill.slug)

    @property
    def words(self) -> str:
        """What was rated, aloud."""
        return f"{self.skill.name}: {'not rated' if self.level is None else dict(STOPS)[self.level].lower()}"

    @property
    def stops(self) -> list[tuple[int, str, bool, bool]]:
        """Each level with its name, whether it is the one held, and whether the line reaches it."""
        held = -1 if self.level is None else self.level
        return [(value, label, value == held, value <= held) for value, label in STOPS]


@dataclass(frozen=True)
class RoleGap:
    """How far a ledger is from a role."""

    role: Role
    gap: SkillGap


@for_anybody
def ledger(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The skills held; those of a chosen role and of a search can be rated beside them.

    Kept levels are changed by a POST. Without anything kept the levels stand in the address.
    """
    if request.method == "POST":
        return _rated(request, kept)
    held = dict(kept.document.ledger) if kept else {}
    held |= skills_in(request.GET) if kept is None else {}
    return _show(request, kept, held)


def _rated(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """Changes what is kept: one skill to a level or to none, or all skills of a role."""
    if kept is None:
        return redirect("guides:ledger")
    role = Role.objects.published().filter(slug=request.POST.get("take", "")).first()
    if role:
        levels = levels_of(role)
        kept = keeping.change(
            kept,
            lambda document: document.model_copy(
                update={"ledger": {**levels, **document.ledger}, "current_role": role.slug}
            ),
        )
        if is_fragment(request):
            return HttpResponseClientRedirect(reverse("guides:ledger"))
        return redirect("guides:ledger")
    changes = {
        name.removeprefix(SKILL_PREFIX): request.POST[name] for name in request.POST if name.startswith(SKILL_PREFIX)
    }
    known = set(Skill.objects.published().filter(slug__in=list(changes)[:MOST_SKILLS]).values_list("slug", flat=True))

    def edit(document: KeptDocument) -> KeptDocument:
        for slug, word in changes.items():
            if slug in known or slug in document.ledger:
                document = with_level(document, slug, int(word) if word in SKILL_LEVELS else None)
        return document

    kept = keeping.change(kept, edit)
    if is_fragment(request) and changes:
        return _row(request, kept, next(iter(changes)))
    query = urlencode([(name, request.POST[name]) for name in ("role", "q") if request.POST.get(name)])
    place = f"#{SKILL_PREFIX}{next(iter(changes))}" if changes else ""
    return redirect(f"{reverse('guides:ledger')}{'?' if query else ''}{query}{place}")


def _row(request: HttpRequest, kept: Kept, slug: str) -> HttpResponse:
    """The one row that changed, for htmx to put in its place."""
    skill = get_object_or_404(Skill, slug=slug)
    held = kept.document.ledger
    row = LedgerRow(skill, held.get(slug))
    context = {"row": row, "is_kept": True, "is_fragment": True, "count": len(held), "said": row.words}
    response = render(request, "guides/_ledger_row.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return reswap(retarget(response, f"#{row.field}"), "outerHTML")


def _show(request: HttpRequest, kept: Kept | None, held: dict[str, int]) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    role = Role.objects.published().filter(slug=asked.get("role", "")[:90]).first()
    words = asked.get("q", "").strip()[:MAX_LENGTH]
    required = list(RequiredSkill.objects.filter(role=role).select_related("skill")) if role else []
    matches = list(Skill.objects.published().filter(name__icontains=words)[:FOUND]) if words else []
    own = {skill.slug: skill for skill in Skill.objects.filter(slug__in=held)}
    shown = {one.skill.slug for one in required}
    above = shown | {skill.slug for skill in matches}
    context = {
        "role": role,
        "roles": role_choices(),
        "words": words,
        "found": [LedgerRow(skill, held.get(skill.slug)) for skill in matches if skill.slug not in shown],
        "role_rows": [LedgerRow(one.skill, held.get(one.skill.slug)) for one in required],
        "take_query": _query({**{one.skill.slug: one.level for one in required}, **held}),
        "gap": gap.between(held, [requirement_of(one) for one in required]) if required else None,
        "own": [LedgerRow(skill, held[slug]) for slug, skill in own.items() if slug not in above],
        "lost": sorted(slug for slug in held if slug not in own),
        "held": sorted(held.items()),
        "count": len(held),
        "is_kept": kept is not None,
        "query": _query(held),
        "nearest": _nearest(held) if held and not role else [],
        "skill_prefix": SKILL_PREFIX,
    }
    return render(request, "guides/ledger.html", context)


def _query(held: dict[str, int]) -> str:
    """The query string that says the same as a ledger."""
    return urlencode([(skill_field(slug), str(level)) for slug, level in sorted(held.items())])


def _nearest(held: dict[str, int]) -> list[RoleGap]:
    """The roles that the ledger is nearest to, and how far each is away."""
    required: dict[int, list[RequiredSkill]] = {}
    rows = RequiredSkill.objects.in_published_roles().select_related("skill")
    roles: dict[int, Role] = {}
    for row in rows:
        required.setdefault(row.role_id, []).append(row)
        roles[row.role_id] = row.role
    gaps = [RoleGap(roles[key], gap.between(held, map(requirement_of, rows))) for key, rows in required.items()]
    return sorted(gaps, key=lambda one: (-one.gap.readiness, one.gap.hours, one.role.title))[:ROLES_SHOWN]
