"""Every fault that an editor can make is told in one sentence, at the place where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

from guides.loader.check_links import OWN_PAGES
from tests import content_factory, fault_samples
from tests.fault_samples import Sample, reported

SAMPLES = {sample.name: sample for sample in fault_samples.samples()}

FAULTS_OF_OTHER_SITES = {
    "months in the headline disagree with the phases": "text-with-months-in-a-title",
    "months in the text disagree with the phases": "text-with-months-in-a-summary",
    "weeks of skills and of phases do not add up": "phase-skills-take-more-than-its-weeks",
    "a number of months without hours a week": "roadmap-without-hours-a-week",
    "the ladder leaves the range of the headline": "ladder-outside-the-official-range",
    "the pay change contradicts the pay of both roles": "transition-pay-change-against-the-figures",
    "an answer states another pay change": "text-with-a-change-of-pay",
    "an answer states another pay": "text-with-a-pay-figure",
    "sorted by importance, and shown unsorted": "transition-priorities-unsorted",
    "one skill, three names": "name-of-a-skill-in-other-words",
    "one skill, another name in a guide": "transition-label-not-registered",
    "a AI": "text-with-a-wrong-article",
    "Ai Technical Writer": "text-acronym-in-lower-case",
    "a resource without a link": "resource-without-a-link",
    "a resource without a price": "resource-without-a-price",
    "a resource without the day of a check": "resource-without-the-day-of-a-check",
    "a page without an author": "role-without-an-author",
    "a page without a reviewer": "role-without-a-reviewer",
    "a page without a date": "role-without-a-date",
    "a page without a source of its figures": "role-without-a-source",
    "AI exposure without a source": "figures-without-a-source-of-exposure",
    "clock times in a typical day": "type-clock-time-in-a-day",
    "reasons that do not follow on their heading": "type-statement-without-you",
    "fewer questions than promised": "questions-fewer-than-promised",
}
"""Faults seen on other career sites, and the sample that shows how each is refused."""


def test_there_are_samples_of_the_usual_faults() -> None:
    assert len(SAMPLES) >= 60


def test_the_sample_site_itself_is_without_fault() -> None:
    assert reported(content_factory.SAMPLE) == ""


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.name)
def test_a_fault_is_reported_word_for_word(sample: Sample, tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    fault_samples.apply(sample, content)
    assert reported(content) == sample.report


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.name)
def test_messages_are_sentences_about_a_file(sample: Sample) -> None:
    *lines, last = sample.report.split("\n")
    assert lines
    for line in lines:
        assert re.match(r"content/[\w./-]+(:\d+:\d+)?  (warning: )?\S.*[.?\"]$", line), line
    assert re.fullmatch(r"(\d+ errors?)?( and )?(\d+ warnings?)? in \d+ files?\.", last)


@pytest.mark.parametrize("fault", FAULTS_OF_OTHER_SITES)
def test_faults_of_other_sites_cannot_be_published(fault: str) -> None:
    assert SAMPLES[FAULTS_OF_OTHER_SITES[fault]].report


def test_an_empty_folder_loses_no_page(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert reported(tmp_path / "content") == (
        "content/roles  No role file is here; nothing is loaded so that no page is lost.\n1 error in 1 file."
    )


def test_files_that_editors_keep_for_themselves_are_left_alone(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    for name in (
        "README.md",
        "roles/_draft.md",
        "roles/.analyst.md.swp",
        "_notes/idea.txt",
        "schemas/role.schema.json",
    ):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_bytes(b"\xff\x00")
    assert reported(content) == ""


def test_a_file_of_another_encoding(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "skills/sql.md"
    file.write_bytes(file.read_bytes().replace(b"kind: craft", "kind: cräft".encode("latin-1")))
    assert reported(content) == (
        "content/skills/sql.md:3:1  The file is not UTF-8; save it with that encoding.\n1 error in 1 file."
    )


def test_a_file_saved_as_utf_16(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "skills/sql.md"
    file.write_bytes(file.read_text().encode("utf-16"))
    assert reported(content) == (
        "content/skills/sql.md:1:1  The file is not UTF-8; save it with that encoding.\n1 error in 1 file."
    )


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "skills/sql.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n").replace(b"craft", b"carft"))
    assert reported(content) == (
        'content/skills/sql.md:3:7  kind: "carft" is not a kind of skill; use knowledge, craft or people. '
        'Did you mean "craft"?\n1 error in 1 file.'
    )


def test_a_nul_character(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "skills/sql.md"
    file.write_bytes(file.read_bytes().replace(b"kind: craft", b"kind: cr\0ft"))
    assert reported(content) == (
        "content/skills/sql.md:3:1  A NUL character stands in the file; remove it.\n1 error in 1 file."
    )


def test_another_control_character(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    content_factory.replace(content, "skills/sql.md", "kind: craft", "kind: cr\x07ft")
    assert reported(content) == (
        "content/skills/sql.md:3:9  A control character (U+0007) stands in the text; remove it.\n1 error in 1 file."
    )


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "skills/sql.md"
    file.write_text(file.read_text() + "a" * 96 * 1024)
    assert reported(content) == "content/skills/sql.md  The file has 98 KB; at most 96 KB are read.\n1 error in 1 file."


def test_a_list_file_that_is_too_large(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "tools.yaml"
    file.write_text(file.read_text() + "#" * 2 * 1024 * 1024)
    assert (
        reported(content) == "content/tools.yaml  The file has 2050 KB; at most 2048 KB are read.\n1 error in 1 file."
    )


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = content_factory.build(tmp_path)
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "sql.md":
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert reported(content) == (
        "content/skills/sql.md  The file cannot be read: permission denied.\n1 error in 1 file."
    )


def test_text_that_would_be_slow_to_render_is_measured_first(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    file = content / "skills/sql.md"
    file.write_text(file.read_text() + "\n" + "[" * 39 + "\n" + ("[a " * 130 + "\n") * 3)
    assert reported(content) == (
        "content/skills/sql.md:26:1  The text has 435 brackets, asterisks and underscores; at most 400 are read.\n"
        "1 error in 1 file."
    )


def test_a_list_of_nonsense_is_read_no_further_than_helps(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    (content / "tools.yaml").write_text("- nonsense\n" * 5_000)
    lines = reported(content).split("\n")
    assert len(lines) < 210
    assert lines[-2].endswith("The list is not read any further; mend the above first.")


def test_one_fault_of_a_page_hides_no_other(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    content_factory.replace(content, "skills/sql.md", "kind: craft", "kind: carft")
    content_factory.replace(content, "skills/sql.md", "## In practice", "## In practise")
    content_factory.replace(
        content, "tools.yaml", "price: freemium\n  summary: Edits", "price: gratis\n  summary: Edits"
    )
    content_factory.replace(content, "roles/analyst.md", "    weight: 1", "    weight: 0.5")
    assert reported(content).split("\n")[-1] == "4 errors in 3 files."


def test_files_with_errors_come_before_those_with_warnings(tmp_path: Path) -> None:
    content = content_factory.build(tmp_path)
    content_factory.replace(content, "roles/engineer.md", "review_by: 2090-03-01", "review_by: 2026-03-01")
    content_factory.replace(content, "skills/sql.md", "also_called: [Database queries]", "also_called: [Sql queries]")
    content_factory.replace(content, "transitions/analyst/engineer.md", "    label: Database queries\n", "")
    lines = reported(content).split("\n")
    assert [line.split(":")[0] for line in lines[:-1]] == ["content/skills/sql.md", "content/roles/engineer.md"]
    assert lines[-1] == "1 error and 1 warning in 2 files."


@pytest.mark.parametrize("address", OWN_PAGES)
def test_pages_that_guides_may_link_to_exist(address: str) -> None:
    assert resolve(address).url_name
