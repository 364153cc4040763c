"""Static files are found under their hashed names, and the style sheets keep to their rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from tests.conftest import ROOT
from tests.pages import KINDS, get

CSS = ROOT / "static/css"
SHEETS = sorted(CSS.rglob("*.css"))
BUDGET = 10 * 1024
"""Bytes of a style sheet as it is sent: its parts in one piece, compressed."""

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE)
TOKEN = re.compile(r"--[\w-]+\s*:[^;}]*[;}]")


def rules(sheet: Path) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


def selectors(sheet: Path) -> list[str]:
    """What stands before each block of declarations, without at-rules."""
    found = re.findall(r"([^{};]+)\{", rules(sheet))
    return [one.strip() for one in found if not one.strip().startswith("@")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as `make serve` collects them: under names with a hash of their content."""
    made = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=made, STORAGES=hashed()):
        call_command("collectstatic", verbosity=0, interactive=False)
    return made


def hashed() -> dict[str, Any]:
    storage = {"BACKEND": "careerpaths.static_files.OneSheetStorage"}
    return {**settings.STORAGES, "staticfiles": storage}


@pytest.fixture
def collected(folder: Path) -> Iterator[Path]:
    """The folder of the collected files, while pages name what is in it."""
    with override_settings(STATIC_ROOT=folder, STORAGES=hashed()):
        yield folder


def stored(folder: Path) -> dict[str, str]:
    """The hashed name of each static file."""
    names: dict[str, str] = json.loads((folder / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    return names


@pytest.mark.usefixtures("content")
def test_every_page_finds_its_static_files_under_their_hashed_names(collected: Path, client: Client) -> None:
    for address in KINDS.values():
        page = get(client, address)
        named = set(re.findall(r'["\'](?:https?://[^/"\']+)?/static/([^"\'#?]+)', page.html))
        assert named, address
        assert [name for name in named if not (collected / name).is_file()] == [], address
        assert [name for name in named if not re.search(r"\.[0-9a-f]{12}\.", name)] == [], address


def test_every_static_file_that_a_template_names_exists(collected: Path) -> None:
    names = stored(collected)
    for template in sorted((ROOT / "templates").rglob("*.html")):
        for name in re.findall(r"""{% static ["']([^"']+)["']""", template.read_text(encoding="utf-8")):
            assert name in names, f"{template.name} names {name}"


def test_what_style_sheets_name_exists_under_its_hashed_name(collected: Path) -> None:
    for sheet in ("css/site.css", "css/tools.css"):
        made = collected / stored(collected)[sheet]
        text = re.sub(r"/\*.*?\*/", "", made.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r'(?:url\(|@import )["\']([^"\']+)["\']', text):
            assert (made.parent / target).resolve().is_file(), f"{sheet} names {target}"


def test_files_are_ready_compressed(collected: Path) -> None:
    sheet = collected / stored(collected)["css/site.css"]
    assert Path(f"{sheet}.br").is_file()
    assert Path(f"{sheet}.gz").is_file()


@pytest.mark.parametrize("sheet", ["site", "tools"])
def test_each_style_sheet_stays_small(folder: Path, sheet: str) -> None:
    (served,) = folder.glob(f"css/{sheet}.????????????.css.br")
    assert served.stat().st_size <= BUDGET


@pytest.mark.parametrize("sheet", ["site", "tools"])
def test_a_style_sheet_is_served_in_one_piece(folder: Path, sheet: str) -> None:
    (served,) = folder.glob(f"css/{sheet}.????????????.css")
    assert "@import" not in served.read_text(encoding="utf-8")


def test_every_block_is_imported_once_into_its_layer() -> None:
    sheets = rules(CSS / "site.css") + rules(CSS / "tools.css")
    imported = re.findall(r'@import "blocks/([\w-]+)\.css" layer\(blocks\);', sheets)
    assert sorted(imported) == sorted(file.stem for file in (CSS / "blocks").glob("*.css"))


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda one: one.stem)
def test_everything_that_a_style_sheet_imports_exists(sheet: Path) -> None:
    imported = re.findall(r'@import "([^"]+)"', rules(sheet))
    assert [name for name in imported if not (sheet.parent / name).is_file()] == []


@pytest.mark.parametrize("sheet", [one for one in SHEETS if one.name != "tokens.css"], ids=lambda one: one.stem)
def test_colours_are_named_in_the_tokens_alone(sheet: Path) -> None:
    without_tokens = TOKEN.sub("", rules(sheet)) if sheet.name == "print.css" else rules(sheet)
    assert COLOUR.findall(without_tokens) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.stem)
def test_no_rule_shouts_and_none_hangs_on_an_id(sheet: Path) -> None:
    assert "!important" not in rules(sheet)
    assert [one for one in selectors(sheet) if re.search(r"#[a-zA-Z]", one)] == []


def test_every_variable_that_is_used_is_defined() -> None:
    texts = "\n".join(rules(sheet) for sheet in SHEETS)
    defined = set(re.findall(r"(--[\w-]+)\s*:", texts))
    used = set(re.findall(r"var\((--[\w-]+)", texts))
    assert used - defined == set()


def test_motion_is_left_out_for_those_who_ask_for_it() -> None:
    moving = [sheet for sheet in SHEETS if re.search(r"\b(?:animation|transition)\s*:", rules(sheet))]
    texts = "\n".join(rules(sheet) for sheet in SHEETS)
    assert not moving or "prefers-reduced-motion" in texts
