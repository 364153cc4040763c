"""The ledger: every skill that a visitor says they hold, rated once for the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from .. import gap, keeping, kept_phrases
from ..curation import content_version
from ..fit_questions import SKILL_LEVELS, SKILL_PREFIX, skill_field
from ..gap import SkillGap
from ..gap_phrases import HOURS_EXPLAINED
from ..keep_draft import skills_in, wrong_levels
from ..keeping import Kept
from ..kept import Seen, names_of, news, noted, with_level, with_names
from ..kept.document import MOST_SKILLS, KeptDocument
from ..kept_phrases import SHOWN
from ..models import RequiredSkill, Role, Skill
from ..published_roles import published_roles
from ..role_profiles import levels_of, requirement_of
from ..search import MAX_LENGTH, Names
from ..search import words as words_of
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
    return _show(request, kept, held, wrong_levels(request.GET) if kept is None else [])


def _rated(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """Changes what is kept: one skill to a level or to none, or all skills of a role."""
    if kept is None:
        return redirect("guides:ledger")
    if "seen" in request.POST:
        return _noted(kept)
    role = Role.objects.published().filter(slug=request.POST.get("take", "")).first()
    if role:
        levels = levels_of(role)
        names = names_of(_names(levels), {role.slug: role.title})

        def take(document: KeptDocument) -> KeptDocument:
            held = {"ledger": {**levels, **document.ledger}, "current_role": role.slug}
            return with_names(document.model_copy(update=held), names)

        keeping.change(kept, take)
        if is_fragment(request):
            return HttpResponseClientRedirect(reverse("guides:ledger"))
        return redirect("guides:ledger")
    changes = {
        name.removeprefix(SKILL_PREFIX): request.POST[name] for name in request.POST if name.startswith(SKILL_PREFIX)
    }
    rated = Skill.objects.filter(slug__in=list(changes)[:MOST_SKILLS])
    known = dict(rated.values_list("slug", "name"))

    def edit(document: KeptDocument) -> KeptDocument:
        for slug, word in changes.items():
            if slug in known or slug in document.ledger:
                document = with_level(document, slug, int(word) if word in SKILL_LEVELS else None)
        held = {slug: name for slug, name in known.items() if slug in document.ledger}
        return with_names(document, names_of(held, {}))

    kept = keeping.change(kept, edit)
    if is_fragment(request) and changes:
        return _row(request, kept, next(iter(changes)))
    if request.POST.get("at") in changes:
        return redirect(f"{reverse('guides:skill_detail', args=[request.POST['at']])}#levels")
    query = urlencode([(name, request.POST[name]) for name in ("role", "q") if request.POST.get(name)])
    place = f"#{SKILL_PREFIX}{next(iter(changes))}" if changes else ""
    return redirect(f"{reverse('guides:ledger')}{'?' if query else ''}{query}{place}")


def _noted(kept: Kept) -> HttpResponse:
    """Takes note of what changed in the guides; no level is lost."""
    live, (version, _) = _live(kept.document), content_version()
    now = Seen(version=version, on=timezone.localdate())
    keeping.change(kept, lambda document: noted(document, live).model_copy(update={"seen": now}))
    return redirect("guides:ledger")


def _live(document: KeptDocument) -> dict[str, str]:
    """The names of today of what somebody rated and of their role."""
    role = dict(Role.objects.filter(slug=document.current_role or "").values_list("slug", "title"))
    return names_of(_names(document.ledger), role)


def _names(slugs: Iterable[str]) -> dict[str, str]:
    return dict(Skill.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))


def _news(kept: Kept | None) -> list[str]:
    """What the visitor has not been told yet, in sentences."""
    if kept is None or not kept.document.names:
        return []
    found = news(kept.document, keeping.current_moves(), _live(kept.document))
    return [kept_phrases.news_sentence(one) for one in found]


def _row(request: HttpRequest, kept: Kept, slug: str) -> HttpResponse:
    """The one row that changed, for htmx to put in its place."""
    skill = get_object_or_404(Skill, slug=slug)
    held = kept.document.ledger
    row = LedgerRow(skill, held.get(slug))
    context = {"row": row, "is_kept": True, "is_fragment": True, "count": len(held), "said": row.words}
    response = render(request, "guides/_ledger_row.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return reswap(retarget(response, f"#{row.field}"), "outerHTML")


def _show(request: HttpRequest, kept: Kept | None, held: dict[str, int], left_out: list[str]) -> HttpResponse:
    said = request.GET.get("role", "").strip()
    role = Role.objects.published().filter(slug=said[:90]).first() if said else None
    words = request.GET.get("q", "").strip()[:MAX_LENGTH]
    required = list(RequiredSkill.objects.filter(role=role).select_related("skill")) if role else []
    names = _skill_names() if words else {}
    matches = _named(words, names)
    meant = _meant(words, names) if words and not matches else ""
    kept_address = [] if kept else [(skill_field(slug), str(level)) for slug, level in sorted(held.items())]
    own = {skill.slug: skill for skill in Skill.objects.filter(slug__in=held)}
    shown = {one.skill.slug for one in required}
    above = shown | {skill.slug for skill in matches}
    context = {
        "role": role,
        "unknown_role": said[:SHOWN] if role is None else "",
        "left_out": left_out,
        "roles": role_choices(),
        "words": words,
        "meant": meant,
        "meant_query": urlencode([("q", meant), *([("role", role.slug)] if role else []), *kept_address]),
        "found": [LedgerRow(skill, held.get(skill.slug)) for skill in matches if skill.slug not in shown],
        "role_rows": [LedgerRow(one.skill, held.get(one.skill.slug)) for one in required],
        "take_query": _query({**{one.skill.slug: one.level for one in required}, **held}),
        "hours_explained": HOURS_EXPLAINED,
        "gap": gap.between(held, [requirement_of(one) for one in required]) if required else None,
        "own": [LedgerRow(skill, held[slug]) for slug, skill in own.items() if slug not in above],
        "lost": sorted(slug for slug in held if slug not in own),
        "held": sorted(held.items()),
        "count": len(held),
        "is_kept": kept is not None,
        "query": _query(held),
        "news": _news(kept),
        "nearest": _nearest(held) if held and not role else [],
        "skill_prefix": SKILL_PREFIX,
    }
    return render(request, "guides/ledger.html", context)


def _skill_names() -> dict[str, tuple[str, ...]]:
    """All names of each published skill, by its slug."""
    found = Skill.objects.published().values_list("slug", "name", "also_called")
    return {slug: (name, *others) for slug, name, others in found}


def _slugs_named(words: str, names: Mapping[str, tuple[str, ...]]) -> list[str]:
    said = words.casefold()
    return [slug for slug, known in names.items() if any(said in one.casefold() for one in known)]


def _named(words: str, names: Mapping[str, tuple[str, ...]]) -> list[Skill]:
    """The published skills that have the words in their name or in another name of theirs."""
    slugs = _slugs_named(words, names) if words else []
    return list(Skill.objects.filter(slug__in=slugs[:FOUND])) if slugs else []


def _meant(words: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """A spelling of the words that finds a skill, or nothing."""
    terms = words_of(words)
    meant = Names(name for known in names.values() for name in known).suggestion(terms) if terms else ""
    return meant if meant and _slugs_named(meant, names) else ""


def _query(held: dict[str, int]) -> str:
    """The query string that says the same as a ledger."""
    return urlencode([(skill_field(slug), str(level)) for slug, level in sorted(held.items())])


def _nearest(held: dict[str, int]) -> list[RoleGap]:
    """The roles that the ledger is nearest to, and how far each is away."""
    everybody = published_roles()
    gaps = [
        RoleGap(everybody.roles[slug], gap.between(held, sheet.profile.required))
        for slug, sheet in everybody.sheets.items()
    ]
    return sorted(gaps, key=lambda one: (-one.gap.readiness, one.gap.hours, one.role.title))[:ROLES_SHOWN]
