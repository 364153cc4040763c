"""Keeping without an account: begin, open on another device, take away, bring back, share, delete."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from .. import fit_phrases, keeping, kept_phrases, sharing
from ..fit_questions import GENERAL
from ..keep_draft import draft_of
from ..keeping import Kept, Unreadable
from ..kept import MOST_BYTES, Change, Merge, empty, merge, read, renamed, written
from ..models import Question, Role, Skill
from ..published_roles import published_roles
from ..recovery_code import CodeFault
from ..sharing import MOST_LINKS, TooManyLinks
from .plan import kept_plan_lines, kept_targets, plan_targets
from .plan_page import attachment
from .visitor import about_keeping, explained, for_keepers

FILE_NAME = "careerpaths-kept.json"
CHANGES_SHOWN = 200


@about_keeping
def keep(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """What keeping is; for those who keep something, all of it and what can be done with it."""
    if kept is None:
        return render(request, "guides/keep_offer.html", {"months": keeping.KEEP_MONTHS})
    return _hub(request, kept)


@explained
def keep_start(request: HttpRequest) -> HttpResponse:
    """Says what will be kept; the POST from there begins."""
    draft = draft_of(request.GET, timezone.localdate())
    already = keeping.load(request)
    if request.method != "POST":
        facts = kept_phrases.draft_facts(draft.ledger, draft.answers)
        context = {
            "draft": draft,
            "facts": facts,
            "is_kept": already is not None,
            "months": keeping.KEEP_MONTHS,
        }
        return render(request, "guides/keep_start.html", context)
    kept = already or keeping.begin(request)
    kept = keeping.change(kept, draft.into)
    made = kept.document.plans[-1] if draft.plan else None
    address = reverse("guides:kept_plan", args=[made.id]) if made else reverse("guides:keep")
    if already is None:
        # The code comes before the work: whoever begins sees it once in full before anything else.
        address = f"{reverse('guides:keep')}?new={made.id if made else 1}"
    response: HttpResponse = redirect(address)
    keeping.remember(response, kept)
    return response


@explained
def keep_open(request: HttpRequest) -> HttpResponse:
    """Opens what is kept under a recovery code; where the device has something of its own, asks what becomes of it."""
    code = request.POST.get("code", "")
    if request.method != "POST":
        return render(request, "guides/keep_open.html", {"is_kept": keeping.has_cookie(request)})
    found = keeping.restore(request, code)
    if found is None or isinstance(found, CodeFault):
        sentence = kept_phrases.code_sentence(found) if found else kept_phrases.NOTHING_UNDER_CODE
        return render(request, "guides/keep_open.html", {"error": sentence, "code": code[:200]})
    mine = keeping.load(request)
    choice = request.POST.get("choice", "")
    if mine and mine.row.pk != found.row.pk and choice not in ("join", "leave"):
        joined = merge(found.document, mine.document)
        context = {"code": found.code, "changes": _sentences(joined.changes), "problems": _problems(joined)}
        return render(request, "guides/keep_join.html", context)
    if mine and choice == "join":
        document = mine.document
        found = keeping.change(found, lambda theirs: merge(theirs, document).document)
    response: HttpResponse = redirect("guides:keep")
    keeping.remember(response, found)
    return response


@explained
def keep_download(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, as a file; also when this version of the site cannot read it."""
    try:
        kept = keeping.load(request)
    except Unreadable as error:
        return attachment(error.data, "application/json", FILE_NAME)
    if kept is None:
        return redirect("guides:keep")
    return attachment(written(kept.document), "application/json", FILE_NAME)


@require_POST
@explained
def keep_upload(request: HttpRequest) -> HttpResponse:
    """Shows what a file would change; a second POST, with what was shown, keeps it."""
    data = _uploaded(request)
    found = read(data) if data is not None else ()
    if isinstance(found, tuple):
        sentences = [kept_phrases.problem_sentence(one) for one in found] or [kept_phrases.NO_FILE]
        return render(request, "guides/keep_refused.html", {"sentences": sentences, "is_file": True}, status=400)
    uploaded = renamed(found, keeping.current_moves())
    kept = keeping.load(request)
    preview = merge(kept.document if kept else empty(), uploaded)
    expected = hashlib.sha256(written(preview.document)).hexdigest()
    if request.POST.get("expected") != expected or preview.problems:
        context = {
            "changes": _sentences(preview.changes[:CHANGES_SHOWN]),
            "more": max(0, len(preview.changes) - CHANGES_SHOWN),
            "problems": _problems(preview),
            "packed": base64.b64encode(zlib.compress(written(uploaded), 9)).decode(),
            "expected": expected,
            "is_kept": kept is not None,
        }
        return render(request, "guides/keep_upload.html", context)
    if kept:
        keeping.change(kept, lambda document: merge(document, uploaded).document)
        return redirect("guides:keep")
    response: HttpResponse = redirect(f"{reverse('guides:keep')}?new=1")
    keeping.remember(response, keeping.begin(request, preview.document))
    return response


@require_POST
@for_keepers
def keep_share(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Makes a read-only link to the chosen plans."""
    try:
        sharing.share(kept, request.POST.getlist("plan"), shows_notes="notes" in request.POST)
    except ValueError:
        return _hub(request, kept, share_error="Choose at least one plan.")
    except TooManyLinks:
        return _hub(request, kept, share_error=f"There are {MOST_LINKS} links already. Revoke one of them first.")
    return redirect(f"{reverse('guides:keep')}#share")


@require_POST
@for_keepers
def keep_revoke(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    """Makes a link worthless."""
    sharing.revoke(kept, pk)
    return redirect(f"{reverse('guides:keep')}#share")


@require_POST
@for_keepers
def keep_rekey(request: HttpRequest, kept: Kept) -> HttpResponse:
    """A new recovery code; the old one, other devices and share links stop working."""
    response: HttpResponse = redirect(f"{reverse('guides:keep')}?new=1")
    keeping.remember(response, keeping.rekey(kept))
    return response


@require_POST
@explained
def keep_leave(request: HttpRequest) -> HttpResponse:
    """Takes the cookie off this device; what is kept stays and opens with the code."""
    response: HttpResponse = render(request, "guides/keep_gone.html", {"is_left": True})
    keeping.forget(response)
    return response


@require_POST
@explained
def keep_delete(request: HttpRequest) -> HttpResponse:
    """Deletes everything, at once and for good, whether it can be read or not."""
    if not keeping.has_cookie(request):
        return redirect("guides:keep")
    keeping.erase(request)
    response: HttpResponse = render(request, "guides/keep_gone.html")
    keeping.forget(response)
    return response


# --- Parts of these pages -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShareLine:
    """A share link as its owner sees it."""

    pk: int
    address: str
    titles: tuple[str, ...]
    shows_notes: bool
    created_on: date


def _hub(request: HttpRequest, kept: Kept, share_error: str = "") -> HttpResponse:
    lines = kept_plan_lines(kept, plan_targets(*kept_targets(kept)))
    titles = {line.ident: line.title for line in lines}
    origin = settings.SITE_URL.rstrip("/")
    new = request.GET.get("new", "")
    context = {
        "kept": kept,
        "plans": lines,
        "new_plan": new if new in titles else "",
        "is_new": bool(new),
        "facts": kept_phrases.kept_facts(kept.document),
        "private_link": f"{origin}{reverse('guides:keep_open')}#{kept.code}",
        "shares": [
            ShareLine(
                one.pk,
                f"{origin}{reverse('guides:shared', args=[one.token])}",
                tuple(titles[plan.id] for plan in one.plans if plan.id in titles),
                one.row.shows_notes,
                one.row.created_on,
            )
            for one in sharing.shares(kept)
        ],
        "share_error": share_error,
        "months": keeping.KEEP_MONTHS,
    }
    return render(request, "guides/keep.html", context)


def _uploaded(request: HttpRequest) -> bytes | None:
    """The bytes of the file, or of what a preview packed; None when there is neither."""
    packed = request.POST.get("packed", "")
    if packed:
        return _unpacked(packed)
    file = request.FILES.get("file")
    return file.read(MOST_BYTES + 1) if file else None


def _unpacked(packed: str) -> bytes | None:
    """At most one byte more than may be kept, whatever the text grows to when it is unpacked."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        return None


def _problems(preview: Merge) -> list[str]:
    return [kept_phrases.problem_sentence(one) for one in preview.problems]


def _sentences(changes: tuple[Change, ...]) -> list[str]:
    names = _names(changes)
    return [kept_phrases.change_sentence(change, names) for change in changes]


def _names(changes: tuple[Change, ...]) -> Mapping[str, str]:
    """Words for the slugs, targets, fields and keys that changes name."""
    named = ("skill", "role", "practice", "answer")
    parts = {part: {one.name for one in changes if one.part == part} for part in named}
    roles = parts["role"] | {one.mine for one in changes if one.part == "role"}
    names: dict[str, str] = {}
    if parts["skill"]:
        names |= dict(Skill.objects.filter(slug__in=parts["skill"]).values_list("slug", "name"))
    if roles:
        names |= dict(Role.objects.filter(slug__in=roles).values_list("slug", "title"))
    if parts["practice"]:
        names |= dict(Question.objects.filter(key__in=parts["practice"]).values_list("key", "text"))
    if plans := [one.name for one in changes if one.part in ("plan", "money")]:
        names |= {target: title for _, group in plan_targets(*plans) for target, title in group}
    if parts["answer"]:
        asked = {one.field: one for one in GENERAL} | dict(published_roles().questions)
        wanted = parts["answer"] & asked.keys()
        names |= {field: fit_phrases.question_words(asked[field]).question for field in wanted}
    return names
