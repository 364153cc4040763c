"""Read-only links to chosen plans, for somebody whose advice a visitor wants.

A link's token is made of the visitor's key and a random nonce, and the database holds its SHA-256 alone: the visitor
can see a link again, nobody can make one from the database, and deleting its row makes it worthless at once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.http.response import HttpResponseBase
from django.utils import timezone

from .keeping import Kept, digest, document_of, lock, mark_private
from .kept import KeptDocument, KeptPlan
from .models import ShareLink

MOST_LINKS = 20

TOKEN_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class TooManyLinks(Exception):
    """A visitor has as many links as one may have; one has to be revoked first."""


@dataclass(frozen=True)
class Share:
    """A link as its owner sees it; ``token`` is the secret part of its address."""

    pk: int
    token: str
    row: ShareLink
    plans: tuple[KeptPlan, ...]
    """The plans that it shows now; a deleted one is shown no more."""


@dataclass(frozen=True)
class Shared:
    """What a link shows. ``held`` is for working out dates alone; the ledger itself is not shared."""

    plans: tuple[KeptPlan, ...]
    shows_notes: bool
    held: Mapping[str, int]


def share(opened: Kept, plan_ids: Collection[str], *, shows_notes: bool) -> Share:
    """A new link to those of the plans that exist; ValueError without any, TooManyLinks, and keeping.Gone."""
    ids = [plan.id for plan in opened.document.plans if plan.id in plan_ids]
    if not ids:
        raise ValueError("A link shows one plan at least.")
    nonce = secrets.token_hex(TOKEN_BYTES)
    with transaction.atomic():
        keep = lock(opened)
        if keep.share_links.count() >= MOST_LINKS:
            raise TooManyLinks
        row = keep.share_links.create(
            digest=digest(_token(opened.key, nonce)),
            nonce=nonce,
            plan_ids=ids,
            shows_notes=shows_notes,
            created_on=timezone.localdate(),
        )
    return _share(opened, row)


def shares(opened: Kept) -> tuple[Share, ...]:
    """All links of the visitor, the newest first."""
    return tuple(_share(opened, row) for row in ShareLink.objects.filter(keep_id=opened.row.pk))


def revoke(opened: Kept, pk: int) -> bool:
    """Makes a link of this visitor worthless; False when there is no such link (any more)."""
    count, _ = ShareLink.objects.filter(keep_id=opened.row.pk, pk=pk).delete()
    return bool(count)


def shared(token: str) -> Shared | None:
    """What a link shows; None for a token that is none, was revoked, or leads to deleted plans alone.

    Money and the ledger are never shared, notes and evidence only where the visitor said so. It is no visit of the
    owner. Raises keeping.Unreadable.
    """
    if not TOKEN.fullmatch(token):
        return None
    key = urlsafe_b64decode(f"{token}==")
    row = ShareLink.objects.select_related("keep").filter(digest=digest(key)).first()
    if row is None:
        return None
    document = document_of(row.keep)
    plans = tuple(_for_others(plan, shows_notes=row.shows_notes) for plan in _plans(document, row))
    return Shared(plans, row.shows_notes, document.ledger) if plans else None


def mark_shared(response: HttpResponseBase) -> None:
    """Keeps a shared page out of caches and search engines, and its address out of the referrer of its links."""
    mark_private(response)
    response.headers["Referrer-Policy"] = "no-referrer"


def _share(opened: Kept, row: ShareLink) -> Share:
    token = urlsafe_b64encode(_token(opened.key, row.nonce)).decode().rstrip("=")
    return Share(row.pk, token, row, _plans(opened.document, row))


def _token(key: bytes, nonce: str) -> bytes:
    return hmac.digest(key, f"share {nonce}".encode(), hashlib.sha256)[:TOKEN_BYTES]


def _plans(document: KeptDocument, row: ShareLink) -> tuple[KeptPlan, ...]:
    return tuple(plan for plan in document.plans if plan.id in row.plan_ids)


def _for_others(plan: KeptPlan, *, shows_notes: bool) -> KeptPlan:
    if shows_notes:
        return plan.model_copy(update={"money": None})
    tasks = {key: task.model_copy(update={"note": ""}) for key, task in plan.tasks.items()}
    return plan.model_copy(update={"money": None, "tasks": tasks, "phases": {}})
