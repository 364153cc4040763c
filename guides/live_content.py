"""Reload content while somebody writes it, under `make dev` alone.

A thread compares the listing of the content folder twice a second. New and removed files count as much as changed
ones, which the code reloader of Django would not notice. What the loader reports goes to the console; a file with
mistakes leaves the content as it was and the server running.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.db import connections

from guides.loader.load import load_content
from guides.loader.problems import ContentProblems

Listing = dict[str, tuple[int, int]]

_SECONDS_BETWEEN_LOOKS = 0.5


def listing(folder: Path) -> Listing:
    """Every file below `folder` with the time of its last change (nanoseconds) and its size (bytes).

    Names that begin with a dot or end with ~ are left out: editors keep their working copies under them.
    """
    found: Listing = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(".") or name.endswith("~"):
                continue
            path = os.path.join(place, name)
            try:
                state = os.stat(path)
            except OSError:
                # Removed between the listing and the look at it; the next look sees the folder without it.
                continue
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def watch(
    folder: Path,
    changed: Callable[[], None],
    stop: threading.Event,
    seconds: float = _SECONDS_BETWEEN_LOOKS,
) -> None:
    """Call `changed` after each change below `folder`, until `stop` is set.

    A change counts once two looks in a row agree, so that a checkout of many files is loaded once, when it is complete.
    """
    known = before = listing(folder)
    while not stop.wait(seconds):
        now = listing(folder)
        if now == before and now != known:
            known = now
            changed()
        before = now


def reload(folder: Path) -> bool:
    """Load the content, print what came of it, and have open browsers reload; answers whether it was loaded.

    Never raises: whatever goes wrong is printed, and the server goes on with the content it has.
    """
    try:
        print(load_content(folder), flush=True)
    except ContentProblems as problems:
        print(problems, file=sys.stderr, flush=True)
        return False
    except Exception:
        traceback.print_exc()
        return False
    finally:
        connections.close_all()
    if apps.is_installed("django_browser_reload"):
        from django_browser_reload.views import trigger_reload_soon

        trigger_reload_soon()
    return True


def start(folder: Path) -> threading.Thread:
    """Watch `folder` in a thread that ends with the process."""

    def changed() -> None:
        reload(folder)

    thread = threading.Thread(target=watch, args=(folder, changed, threading.Event()), name="live-content", daemon=True)
    thread.start()
    return thread
