"""How much of an attack is run."""

from __future__ import annotations

import os

IS_LONG = os.environ.get("HOSTILE", "") not in {"", "0"}
"""Whether this is `make hostile`."""


def amount(few: int, many: int) -> int:
    """``few`` in `make test`, ``many`` in `make hostile`."""
    return many if IS_LONG else few
