"""Keeping without an account: the key in a cookie, the recovery code, and the row that the key opens.

No other module touches the cookie or the table ``Keep``.

The key is 128 random bits. The database holds its plain SHA-256: a key that nobody can guess needs no salt and no slow
hash, and a hash that does not depend on SECRET_KEY lets a code that was written down outlive a change of that secret.
Whoever steals the database cannot open anything from outside with it.

The private link is ``/keep/open/#<code>``. What follows "#" never leaves the browser: not to this server, its logs or a
proxy's, and not to the program that draws a preview of a link in a chat. With scripts the page moves the code from the
address into its form; without them it asks for it to be pasted. Either way the code arrives in the body of a POST, and
opening a link alone changes nothing on a device.
"""

from __future__ import annotations

import hashlib
import secrets
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from . import kept, recovery_code
from .at_once import at_once
from .kept import KeptDocument, Moves, Problem
from .models import FormerAddress, Keep
from .models.visitors import KeepQuerySet
from .rate_limit import Limit, TooManyAttempts, attempt, client, network_of, take_back, use_up
from .recovery_code import CodeFault

KEEP_MONTHS = 24
"""Months without a visit after which everything is deleted."""

COOKIE_DAYS = 400
"""The most that browsers keep a cookie (RFC 6265bis, section 5.5). It is renewed on use, and the code outlives it."""

HOUR = 60 * 60
RECOVERIES_OF_ONE = Limit("recovery", most=10, seconds=HOUR)
"""Codes that open nothing, from one address."""

RECOVERIES_OF_NETWORK = Limit("recovery of a network", most=100, seconds=HOUR)
"""The same from the network around it. From then on each of its addresses has one try instead of ten."""

BEGINNINGS_OF_ONE = Limit("beginning", most=30, seconds=HOUR)
"""New documents from one address; a school behind one address can still begin together."""


@dataclass(frozen=True)
class Kept:
    """An opened document, its row, and the key that opened it."""

    key: bytes
    row: Keep
    document: KeptDocument

    @property
    def code(self) -> str:
        """The recovery code, in groups of four."""
        return recovery_code.written(self.key)

    @property
    def expires_on(self) -> date:
        """The first day on which everything may be deleted, unless it is opened before."""
        return _months_later(self.row.visited_on, KEEP_MONTHS)


class Refused(Exception):
    """A change would make a document that cannot be kept; ``problems`` says why. Nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class Unreadable(Exception):
    """What is kept cannot be read by this version of the site. It is left untouched; ``data`` is all of it."""

    def __init__(self, problems: tuple[Problem, ...], data: bytes) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
        self.data = data


class Gone(Exception):
    """What was opened a moment ago was deleted since, from this device or another one."""


def cookie_name() -> str:
    """Over https a name that a browser accepts from this very host alone, over an encrypted connection alone."""
    return "__Host-careerpaths" if settings.HTTPS else "careerpaths-keep"


def has_cookie(request: HttpRequest) -> bool:
    """Whether the request carries a key, of something that still exists or not; asks no database."""
    return _cookie(request) is not None


def load(request: HttpRequest) -> Kept | None:
    """What the cookie of a request opens, under today's slugs; None without a cookie and when it was deleted.

    Counts as a visit. Raises Unreadable. Two queries, and one write on the first visit of a day,
    which is left for the next one while somebody else holds the database.
    """
    found = _cookie(request)
    return _open(found[0]) if found else None


def begin(request: HttpRequest, document: KeptDocument | None = None) -> Kept:
    """Begins to keep, or returns what is kept already, unchanged; the answer then needs ``remember``.

    Raises Refused for a document that cannot be kept, and TooManyAttempts.
    """
    already = load(request)
    if already:
        return already
    content = _checked(document or kept.empty())
    attempt(BEGINNINGS_OF_ONE, client(request))
    key, today = secrets.token_bytes(recovery_code.KEY_BYTES), timezone.localdate()
    row = Keep.objects.create(
        digest=digest(key), document=kept.written(content).decode(), created_on=today, visited_on=today
    )
    return Kept(key, row, content)


def restore(request: HttpRequest, code: str) -> Kept | CodeFault | None:
    """What a recovery code opens: None when nothing is kept under it, a fault when it is no code at all.

    The answer needs ``remember`` to keep it on the device; where the device has something of its own, ask first and
    offer ``kept.merge``. Raises Unreadable, and TooManyAttempts after 10 codes an hour from one address that opened
    nothing. A right code does not count, and neither does a mistyped one, which tells nothing of what exists. Whatever
    others try, an address that has not failed yet has a try: nobody can lock anybody else out.
    """
    key = recovery_code.read(code)
    if isinstance(key, CodeFault):
        return key
    who = client(request)
    # Counted before it is looked up, so that tries at the same moment do not all come before the limit.
    attempt(RECOVERIES_OF_ONE, who)
    if Keep.objects.filter(digest=digest(key)).exists():
        take_back(RECOVERIES_OF_ONE, who)
        return _open(key)
    try:
        attempt(RECOVERIES_OF_NETWORK, network_of(who))
    except TooManyAttempts:
        use_up(RECOVERIES_OF_ONE, who)
        raise
    return None


def change(opened: Kept, edit: Callable[[KeptDocument], KeptDocument]) -> Kept:
    """Writes what ``edit`` makes of the document as it is now, not as it was when it was opened.

    So two tabs, or two devices, that tick at the same moment both count. Raises Refused, Unreadable and Gone.
    """
    with transaction.atomic():
        row = lock(opened)
        document = _checked(edit(document_of(row)))
        text = kept.written(document).decode()
        if text != row.document:
            row.document = text
            row.save(update_fields=["document"])
    return Kept(opened.key, row, document)


def rekey(opened: Kept) -> Kept:
    """The same document under a new key: old code, other devices and share links stop working. Raises Gone."""
    key = secrets.token_bytes(recovery_code.KEY_BYTES)
    with transaction.atomic():
        row = lock(opened)
        row.digest = digest(key)
        row.save(update_fields=["digest"])
        row.share_links.all().delete()
    return Kept(key, row, document_of(row))


def lock(opened: Kept) -> Keep:
    """The row as it is now, which nobody else writes until the transaction around this ends. Raises Gone."""
    row = Keep.objects.select_for_update().filter(pk=opened.row.pk, digest=opened.row.digest).first()
    if row is None:
        raise Gone
    return row


def erase(request: HttpRequest) -> None:
    """Deletes everything that the cookie of a request opens, share links included; the answer then needs ``forget``.

    Nothing is read for it, so that what cannot be read can be deleted too.
    """
    found = _cookie(request)
    if found:
        Keep.objects.filter(digest=digest(found[0])).delete()


def expire(today: date) -> int:
    """Deletes what nobody opened for 24 months; returns how many documents that were."""
    _, deleted = _unvisited(today).delete()
    return deleted.get(Keep._meta.label, 0)


def count_expired(today: date) -> int:
    """How many documents ``expire`` would delete."""
    return _unvisited(today).count()


def remember(response: HttpResponseBase, opened: Kept) -> None:
    """Sets the cookie. It carries the day on which it was set, which tells when to renew it and nothing else."""
    response.set_cookie(
        cookie_name(),
        f"{opened.code.replace('-', '')}.{timezone.localdate():%Y%m%d}",
        max_age=COOKIE_DAYS * 24 * 60 * 60,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def renew(request: HttpRequest, response: HttpResponseBase, opened: Kept) -> None:
    """Sets the cookie anew when this device got it on another day, or holds another key."""
    found = _cookie(request)
    if found is None or found != (opened.key, f"{timezone.localdate():%Y%m%d}"):
        remember(response, opened)


def forget(response: HttpResponseBase) -> None:
    """Takes the cookie back."""
    response.set_cookie(cookie_name(), "", max_age=0, path="/", secure=settings.HTTPS, httponly=True, samesite="Lax")


def mark_private(response: HttpResponseBase) -> None:
    """Keeps a page with somebody's own state out of caches and search engines.

    The referrer policy stays "same-origin": under "no-referrer" browsers send ``Origin: null`` with the page's own
    forms, which the protection against forged requests has to refuse.
    """
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Cookie"])
    response.headers["X-Robots-Tag"] = "noindex, nofollow"


def document_of(row: Keep) -> KeptDocument:
    """What a row keeps, under today's slugs. Raises Unreadable."""
    data = row.document.encode()
    document = kept.read(data)
    if isinstance(document, tuple):
        raise Unreadable(document, data)
    return kept.renamed(document, current_moves())


def current_moves() -> Moves:
    """Where renamed and merged pages are now; an uploaded document goes through ``kept.renamed`` with it first."""
    return kept.moves_of(FormerAddress.objects.filter(is_gone=False).values_list("path", "successor"))


def digest(key: bytes) -> str:
    """What the database knows of a key."""
    return hashlib.sha256(key).hexdigest()


def _cookie(request: HttpRequest) -> tuple[bytes, str] | None:
    """The key that a request carries and the day on which its cookie was set."""
    code, _, day = request.COOKIES.get(cookie_name(), "").partition(".")
    key = recovery_code.read(code)
    return None if isinstance(key, CodeFault) else (key, day)


def _open(key: bytes) -> Kept | None:
    row = Keep.objects.filter(digest=digest(key)).first()
    if row is None:
        return None
    document = document_of(row)
    today = timezone.localdate()
    if row.visited_on < today:
        _note_visit(row, today)
    return Kept(key, row, document)


def _note_visit(row: Keep, today: date) -> None:
    """Writes down that somebody was here, unless that would make them wait; their next visit writes it as well."""
    try:
        with at_once():
            Keep.objects.filter(pk=row.pk).update(visited_on=today)
    except OperationalError:
        return
    row.visited_on = today


def _unvisited(today: date) -> KeepQuerySet:
    return Keep.objects.unvisited_since(_months_later(today, -KEEP_MONTHS))


def _checked(document: KeptDocument) -> KeptDocument:
    """What will be read later is read now, so that nothing is written that could not be opened again."""
    checked = kept.read(kept.written(document))
    if isinstance(checked, tuple):
        raise Refused(checked)
    return checked


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or the last one that month has."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
