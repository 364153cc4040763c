"""Visitors who keep something, and hostile query strings, for the tests of interactive pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.test import Client

from guides import keeping, kept, recovery_code
from guides.kept import KeptDocument, KeptPlan
from guides.models import Keep
from tests import pages
from tests.pages import Page

HX = {"hx_request": "true"}

ROLE = "ai-artist"
TARGET = f"roles/{ROLE}"
MOVE = "transitions/backend-developer/ai-artist"

_VALUES = (
    "",
    "0",
    "-1",
    "1e9",
    "NaN",
    "Infinity",
    "99999999999999999999999999",
    "x" * 900,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%C0%80",
    "%F0%9F%92%A9",
    "../../etc/passwd",
    "2027-02-30",
    "0001-01-01",
    "9999-12-31",
    "roles/nowhere",
    "ä ö ü",
    "true",
    "[]",
)


def hostile_queries(*names: str) -> list[str]:
    """A hundred query strings: each value for some of the names, repeated fields, and fields nobody knows."""
    found = []
    for number in range(100):
        value = quote(_VALUES[number % len(_VALUES)], safe="%")
        name = names[number % len(names)]
        second = names[(number * 7 + 3) % len(names)]
        found.append(f"{name}={value}&{second}={value}&{name}={value}&unknown-{number}={value}&=&&a&b==")
    return found


def keeper(query: str = "") -> Client:
    """A visitor who began to keep what an address says."""
    # How many may begin in an hour is another test's matter.
    cache.clear()
    client = Client()
    answer = client.post(f"/keep/start/{'?' if query else ''}{query}")
    assert answer.status_code == 302
    return client


def document(client: Client) -> KeptDocument:
    """What a visitor keeps."""
    found = kept.read(Keep.objects.get(digest=_digest(client)).document.encode())
    assert isinstance(found, KeptDocument)
    return found


def only_plan(client: Client) -> KeptPlan:
    """The only plan that a visitor keeps."""
    (plan,) = document(client).plans
    return plan


def write(client: Client, content: KeptDocument) -> None:
    """Makes ``content`` what a visitor keeps."""
    Keep.objects.filter(digest=_digest(client)).update(document=kept.written(content).decode())


def _digest(client: Client) -> str:
    key = recovery_code.read(client.cookies[keeping.cookie_name()].value.partition(".")[0])
    assert isinstance(key, bytes)
    return keeping.digest(key)


def get(client: Client, address: str, **headers: str) -> Page:
    """The page at an address."""
    return pages.get(client, address, **headers)


def post(client: Client, address: str, data: Any = None, **headers: str) -> Page:
    """The answer to a form; headers are written as ``hx_request="true"``."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return pages.read(address, client.post(address, data or {}, headers=sent))
