"""The log: one JSON object a line, without anything that visitors typed, keep, or are known by.

A request is named by its id and by the pattern of its address (``shared/<str:token>/``), because addresses hold answers
and secret links. Of an exception during a request the line has the kind and the places in the code; its words may
repeat what was typed, so they are left out, except where the database or the configuration itself is what is wrong.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpRequest

from careerpaths import request_id

NO_ROUTE = "(no page)"
MOST_FRAMES = 30
LONGEST = 2_000

FACTS = ("account", "network", "limit")
"""What our own lines say besides their message: whose account, from which network, at which limit."""

OUTSPOKEN = (OperationalError, ImproperlyConfigured)
"""Exceptions whose words are about the deployment."""

_QUERY = re.compile(r"\?[^\s'\"]+")
_CODE = re.compile(r"\b[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){6}\b|\b(?=\S*[0-9A-Z])[0-9A-Za-z_-]{22,28}\b")
_FRAME_FOLDERS = 3

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class JsonLines(logging.Formatter):
    """Formats a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        ident = request_id.current.get()
        if ident:
            line["request_id"] = ident
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            line |= {"method": request.method or "", "route": route(request)}
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = _exceptions(record.exc_info, is_public=not ident)
        return json.dumps(line, ensure_ascii=True, default=str)


def route(request: HttpRequest) -> str:
    """The pattern of the address of a request, with names where the address has values."""
    match = request.resolver_match
    return f"/{match.route}" if match else NO_ROUTE


def without_private_parts(text: str) -> str:
    """A text without query strings, recovery codes and the tokens of share links, and not longer than a line may be."""
    return _CODE.sub("…", _QUERY.sub("?…", text))[:LONGEST]


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or not isinstance(record.args, tuple):
        return without_private_parts(record.getMessage())
    # Django's own lines about a request name its path.
    parts = tuple(route(request) if part == request.path else part for part in record.args)
    return without_private_parts(str(record.msg) % parts if parts else str(record.msg))


def _exceptions(caught: Caught, *, is_public: bool) -> list[dict[str, Any]]:
    """The exception and those that led to it, the last one first."""
    found: list[dict[str, Any]] = []
    error = caught[1]
    while error is not None and len(found) < MOST_FRAMES:
        one: dict[str, Any] = {"kind": f"{type(error).__module__}.{type(error).__qualname__}"}
        if is_public or isinstance(error, OUTSPOKEN):
            one["message"] = without_private_parts(str(error))
        frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
        one["at"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        found.append(one)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _short(path: str) -> str:
    return "/".join(path.split("/")[-_FRAME_FOLDERS:])
