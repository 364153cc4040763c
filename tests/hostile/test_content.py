"""Content files that were made to end the loader, or to run in a reader's browser.

Numbers 1, 2 and 3 of the list in docs/security.md, together with tests/test_fuzz_content.py, tests/test_yaml_reader.py
and tests/test_prose.py, which `make hostile` runs with more examples.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Dialog

from guides.loader.prose import render
from tests.conftest import ROOT, OpenPage
from tests.test_prose import SCRIPTS

MEASURE = """
import json, resource, time
import django
django.setup()
from tests.test_fuzz_content import hostile_files, written
from tests.test_yaml_reader import HOSTILE

def seconds(kind, raw):
    started = time.process_time()
    assert written(kind, raw).problems or kind == "tools.yaml"
    return time.process_time() - started

written("skills", b"---\\nname: X\\n---\\n## What it is\\n\\nText.\\n")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
bombs = [seconds("skills", f"---\\n{text}\\n---\\n".encode("utf-8", "surrogatepass")) for text in HOSTILE.values()]
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
others = [seconds(kind, raw) for kind, raw in hostile_files()]
print(json.dumps([len(bombs), max(bombs), (after - before) / 1024, len(others), max(others)]))
"""


@pytest.mark.long
def test_hostile_files_are_refused_in_little_time_and_memory() -> None:
    """Bombs of YAML, and beside them whatever else fits into the largest file that is read."""
    ended = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2_000:]
    bombs, slowest_bomb, megabytes, others, slowest = json.loads(ended.stdout)
    assert bombs >= 25
    assert others >= 100
    assert slowest_bomb < 0.1
    assert megabytes < 50
    assert slowest < 1


def test_a_browser_runs_nothing_of_rendered_prose(open_page: OpenPage) -> None:
    """On an empty page, where no policy helps: every payload, rendered, and every element touched."""
    dialogs: list[str] = []

    def opened(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page = open_page()
    page.on("dialog", opened)
    page.set_content("".join(f"<section>{render(text, f'p{number}')}</section>" for number, text in enumerate(SCRIPTS)))
    assert page.locator("section").count() == len(SCRIPTS)
    page.evaluate(
        """() => document.querySelectorAll("*").forEach((element) => {
            for (const name of ["mouseover", "focus", "toggle", "error", "load", "animationstart"]) {
                element.dispatchEvent(new Event(name));
            }
        })"""
    )
    assert page.locator("script, img, svg, iframe, object, embed, form, input, style, link, meta, base").count() <= 1
    assert dialogs == []
