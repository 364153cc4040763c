"""Static files are found under their hashed names, and the style sheets keep to their rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.test.utils import override_settings

from careerpaths import static_files
from careerpaths.static_files import join
from tests.conftest import ROOT
from tests.pages import KINDS, Page, get

CSS = ROOT / "static/css"
SHEETS = sorted(CSS.rglob("*.css"))
BUDGET = 10 * 1024
"""Bytes of the style sheet of a page as it is sent: its parts in one piece, compressed. A page has one."""

ELSEWHERE = {"chart__axis"}
"""Classes that a block of the other sheet has rules for inside itself alone."""

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


def test_every_page_has_one_sheet_which_knows_whatever_any_sheet_knows_of_its_classes(kinds: dict[str, Page]) -> None:
    """So that no page lacks the look that a block has elsewhere."""
    sheets = {name: join(name, read)[0] for name in static_files.SHEETS}
    known = {name: set(re.findall(r"\.([a-z][\w-]*)", text)) for name, text in sheets.items()}
    everything = set().union(*known.values())
    for kind, page in kinds.items():
        (sheet,) = [one.get("href", "") for one in page.all("link") if one.get("rel") == "stylesheet"]
        used = {name for one in page.root.iter() for name in one.get("class", "").split()}
        lacking = (used & everything) - known[sheet.removeprefix("/static/")]
        assert lacking - ELSEWHERE == set(), kind


def read(name: str) -> str | None:
    file = ROOT / "static" / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


def test_a_sheet_is_written_out_with_what_a_sheet_in_it_imports_and_without_spare_space() -> None:
    files = {
        "css/a.css": '/* about */\n@layer one, two;\n@import "b.css";\n@import "parts/d.css" layer(two);\n',
        "css/b.css": '@import "c.css" layer(one);\n@import "parts/c.css" layer(two);\n',
        "css/c.css": "a { color: red; }\n",
        "css/parts/c.css": ".c > a {\n  margin: calc(1px + 2px) 0;\n}\n",
        "css/parts/d.css": "@media (min-width: 9rem) {\n  .d,\n  .e { top: 0; }\n}\n",
    }
    text, names = join("css/a.css", files.get)
    assert names == set(files) - {"css/a.css"}
    assert text == (
        "@layer one,two;@layer one{a{color:red}}"
        "@layer two{.c > a{margin:calc(1px + 2px) 0}@media (min-width:9rem){.d,.e{top:0}}}\n"
    )
    with pytest.raises(CommandError, match="which is not there"):
        join("css/a.css", {**files, "css/parts/d.css": None}.get)
    with pytest.raises(CommandError, match="refers to a file"):
        join("css/a.css", {**files, "css/parts/d.css": "a { background: url(x.svg); }"}.get)


def test_every_block_is_imported_once_into_its_layer() -> None:
    sheets = "".join(rules(CSS / f"{name}.css") for name in ("shared", "site", "tools"))
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
