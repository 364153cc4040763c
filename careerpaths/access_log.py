"""gunicorn's logs: one JSON object for each answer and for each error of the server, without anything personal.

Neither the address of the visitor nor query strings nor the parts of an address that open somebody's plan are written
down; the browser, the page before and cookies are not either.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from gunicorn.glogging import Logger

OPENING = ("plans", "shared")
"""First parts of addresses whose second part is a key."""

LONGEST_PATH = 300


ADDRESS = re.compile(r"\bip=\S*?(?=:? )")
"""How gunicorn names whoever sent what it could not read. What was sent stands behind it, in quotation marks."""

QUOTED = re.compile(r"(?P<quote>['\"]).*(?P=quote)", re.DOTALL)


class ErrorLines(logging.Formatter):
    """Formats what the server itself says as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if said["message"].startswith("Invalid request from "):
            said["message"] = QUOTED.sub("…", ADDRESS.sub("…", said["message"]))
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said)


class AccessLog(Logger):
    """gunicorn's logger with a line of its own for each answer."""

    def setup(self, cfg: Any) -> None:
        """Gives the error log its form, at the start and after each reload."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(ErrorLines())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Writes the line; whatever is wrong with it, the answer has been sent."""
        if self.access_log_enabled:
            self.access_log.info("%s", line(resp.status, resp.sent, dict(resp.headers), environ, request_time))


def line(status: str, sent: int, headers: dict[str, str], environ: dict[str, Any], took: timedelta) -> str:
    """What the log says of an answer: ``sent`` in bytes of the body, the time taken in milliseconds."""
    said: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": environ.get("REQUEST_METHOD", ""),
        "path": without_keys(environ.get("PATH_INFO", "")),
        "status": int(status[:3]),
        "bytes": sent,
        "milliseconds": round(took.total_seconds() * 1000, 1),
    }
    ident = headers.get("X-Request-ID")
    return json.dumps(said | ({"request_id": ident} if ident else {}))


def without_keys(path: str) -> str:
    """A path without what would open somebody's plan."""
    parts = path[:LONGEST_PATH].split("/")
    if len(parts) > 2 and parts[1] in OPENING and parts[2]:
        parts[2] = "…"
    return "/".join(parts)
