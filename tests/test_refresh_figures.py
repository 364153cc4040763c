"""``manage.py refresh_figures`` writes the files of the occupations that roles name: always the same, or nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides.figures_file import HEAD
from guides.official_data import COLUMNS
from guides.official_facts import SKILLS, WAGES
from tests.content_factory import build, change, entries, facts, write
from tests.official_release import CODES, csv_bytes, restate, tables, write_release

OLD = "99-1001.00"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The sample site, whose roles name occupations of the made-up release."""
    content = build(tmp_path)
    for place, slug in enumerate(("analyst", "engineer", "illustrator")):
        change(
            content,
            f"roles/{slug}.md",
            occupations=[{**facts("roles/analyst.md")["occupations"][0], "code": CODES[place]}],
        )
    slugs = {one["slug"] for one in entries("sources.yaml")}
    real = ("bls-oews-2024", "bls-ooh-2024-34", "bls-ep-2023-33", "onet-30", "eloundou-2024", "microsoft-ai-2025")
    like = entries("sources.yaml")[0]
    write(
        content,
        "sources.yaml",
        [*entries("sources.yaml"), *({**like, "slug": slug} for slug in real if slug not in slugs)],
    )
    return content


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return write_release(tmp_path / "release")


def refresh(release: Path, content: Path, *options: str) -> str:
    """What the command says, on either channel."""
    out = io.StringIO()
    call_command("refresh_figures", str(release), "--folder", str(content), *options, stdout=out, stderr=out)
    return out.getvalue()


def files(content: Path) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in (content / "figures").iterdir()}


def test_every_code_that_a_role_names_gets_its_file(release: Path, content: Path) -> None:
    said = refresh(release, content)
    assert "3 figures files (3 new, 0 changed, 0 unchanged)." in said
    found = files(content)
    assert {CODES[0], CODES[1], CODES[2]} <= found.keys()
    assert CODES[3] not in found
    assert found[CODES[0]].startswith(f'{HEAD}\ncode: {CODES[0]}\ntitle: "Title 0"\npay:\n  p10: 30000\n')


def test_the_same_input_gives_the_same_bytes(release: Path, content: Path, tmp_path: Path) -> None:
    refresh(release, content)
    before = files(content)
    assert "(0 new, 0 changed, 3 unchanged)" in refresh(write_release(tmp_path / "again"), content)
    assert files(content) == before


def test_a_new_release_is_a_readable_difference(release: Path, content: Path) -> None:
    refresh(release, content)
    before = files(content)
    made = [list(row) for row in tables()[WAGES]]
    made[0][15] = 51_000
    restate(release, WAGES, csv_bytes(COLUMNS[WAGES], made))
    said = refresh(release, content, "--check")
    assert f"--- content/figures/{CODES[0]}.yaml" in said
    assert "-  median: 50000\n+  median: 51000" in said
    assert "(0 new, 1 changed, 2 unchanged), nothing written." in said
    assert files(content) == before
    refresh(release, content)
    assert {code for code, text in files(content).items() if before[code] != text} == {CODES[0]}


def test_a_file_that_no_role_names_is_left_and_told(release: Path, content: Path) -> None:
    before = files(content)
    said = refresh(release, content)
    assert f"content/figures/{OLD}.yaml is left as it is: no role names {OLD}." in said
    assert files(content)[OLD] == before[OLD]


def test_what_is_written_can_be_loaded(release: Path, content: Path) -> None:
    refresh(release, content)
    for code in CODES[:3]:
        assert (content / "figures" / f"{code}.yaml").exists()
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("load_content", "--check", "--folder", str(content), stdout=out, stderr=out)
    assert "figures/11-" not in out.getvalue(), "only the stages' pay is outside the made-up range"


def test_a_fault_in_the_release_is_told_with_its_line_and_nothing_is_written(release: Path, content: Path) -> None:
    before = files(content)
    made = [list(row) for row in tables()[SKILLS]]
    made[4][3] = 9
    restate(release, SKILLS, csv_bytes(COLUMNS[SKILLS], made))
    with pytest.raises(CommandError, match=rf"{SKILLS}:6  column .* is not between 1 and 5\.\nNothing was written\."):
        refresh(release, content)
    assert files(content) == before


def test_a_code_that_does_not_exist_is_told_with_its_role(release: Path, content: Path) -> None:
    before = files(content)
    one = facts("roles/analyst.md", content)["occupations"][0]
    change(content, "roles/analyst.md", occupations=[{**one, "code": "12-3456.00"}])
    with pytest.raises(CommandError, match=r"content/roles/analyst\.md  12-3456\.00 is not a code"):
        refresh(release, content)
    assert files(content) == before


def test_roles_that_cannot_be_read_stop_it(release: Path, content: Path) -> None:
    (content / "roles/analyst.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(CommandError, match="Roles cannot be read: analyst"):
        refresh(release, content)
    for file in (content / "roles").iterdir():
        file.unlink()
    with pytest.raises(CommandError, match="There are no roles"):
        refresh(release, content)
