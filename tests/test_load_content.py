"""Loading content: all or nothing, only what changed, and never what admins or visitors own."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import DjangoDbBlocker

from guides.fit_questions import day_key
from guides.loader import files, load, parallel
from guides.loader.library import parse
from guides.loader.load import LoadRefused, Report, load_content
from guides.loader.problems import ContentProblems
from guides.models import (
    Category,
    ContentFile,
    ContentVersion,
    FormerAddress,
    Phase,
    Question,
    Role,
    SearchEntry,
    Skill,
    Task,
    Tool,
    Transition,
    TransitionSkill,
)
from tests import content_factory
from tests.content_factory import change, facts, replace

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)

ANALYST, ENGINEER, GUIDE = "roles/analyst.md", "roles/engineer.md", "transitions/analyst/engineer.md"


def loaded(content: Path) -> Report:
    return load_content(content, today=TODAY)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every content table, in the order of the primary keys."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("guides").get_models(include_auto_created=True)
    }


def contents() -> dict[str, list[dict[str, Any]]]:
    """The same without the moment of the last load."""
    rows = everything()
    for row in rows["ContentVersion"]:
        row.pop("loaded_at")
    return rows


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return content_factory.build(tmp_path)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the files that were parsed since the test last cleared the list."""
    paths: list[str] = []

    def counting(found: Any) -> Any:
        paths.append(found.path)
        return parse(found)

    for module in (load, parallel):
        monkeypatch.setattr(module, "parse", counting)
    return paths


# --- All or nothing -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_load_says_what_is_new(content: Path) -> None:
    assert str(loaded(content)) == (
        "2 categories (2 new)\n2 sources (2 new)\n8 tools (8 new)\n5 resources (5 new)\n3 figures files (3 new)\n"
        "13 skills (13 new)\n3 roles (3 new)\n1 transition (1 new)\n3 question sets (3 new)"
    )
    assert ContentVersion.objects.get().number == 1


@pytest.mark.django_db
def test_with_one_fault_nothing_is_written(content: Path) -> None:
    loaded(content)
    before = everything()
    change(content, ANALYST, summary="Everything about this page is different, and this was meant to be published.")
    change(content, "skills/sql.md", kind="carft")
    with pytest.raises(ContentProblems) as refused:
        loaded(content)
    assert "1 error in 1 file." in str(refused.value)
    assert everything() == before


@pytest.mark.django_db
def test_a_failure_in_the_middle_leaves_everything_as_it_was(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(content)
    before = everything()

    def broken(*arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(load, "_remember", broken)
    change(content, ANALYST, title="Data reader")
    with pytest.raises(OSError, match="disk"):
        loaded(content)
    assert everything() == before


@pytest.mark.django_db
def test_an_empty_folder_does_not_delete_the_site(content: Path, tmp_path: Path) -> None:
    loaded(content)
    before = everything()
    empty = tmp_path / "empty" / "content"
    empty.mkdir(parents=True)
    with pytest.raises(ContentProblems, match="No role file is here; nothing is loaded so that no page is lost"):
        loaded(empty)
    assert everything() == before


# --- Only what changed --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_loading_twice_changes_nothing(content: Path, parsed: list[str]) -> None:
    loaded(content)
    before = contents()
    parsed.clear()
    report = loaded(content)
    assert parsed == []
    assert report.is_unchanged
    assert str(report).split("\n")[6] == "3 roles (3 unchanged)"
    assert contents() == before


@pytest.mark.django_db
def test_an_empty_list_file_is_not_read_again(content: Path, parsed: list[str]) -> None:
    (content / "removed.yaml").write_text("# Nothing was removed yet.\n")
    for _ in range(3):
        parsed.clear()
        loaded(content)
    assert parsed == []
    assert ContentVersion.objects.get().number == 1


@pytest.mark.django_db
def test_an_unchanged_folder_is_opened_for_its_digests_alone(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(content)

    def fail(found: Any) -> None:
        raise AssertionError(f"{found.path} was opened")

    monkeypatch.setattr("guides.loader.library.open_file", fail)
    assert loaded(content).is_unchanged


@pytest.mark.django_db
def test_one_changed_file_is_parsed_alone(content: Path, parsed: list[str]) -> None:
    loaded(content)
    keys = {model.__name__: set(model._default_manager.values_list("pk", flat=True)) for model in (Role, Skill, Task)}
    parsed.clear()
    change(content, "skills/sql.md", summary="Asks a database.")
    report = loaded(content)
    assert parsed == ["content/skills/sql.md"]
    assert str(report).split("\n")[5:7] == ["13 skills (1 changed, 12 unchanged)", "3 roles (3 unchanged)"]
    assert Skill.objects.get(slug="sql").summary == "Asks a database."
    assert ContentVersion.objects.get().number == 2
    for model in (Role, Skill, Task):
        assert set(model._default_manager.values_list("pk", flat=True)) == keys[model.__name__]


@pytest.mark.django_db
def test_one_changed_entry_of_a_list_counts_as_one(content: Path) -> None:
    loaded(content)
    content_factory.change_entry(content, "tools.yaml", "editor", summary="Edits plain text.")
    assert str(loaded(content)).split("\n")[2] == "8 tools (1 changed, 7 unchanged)"
    assert Tool.objects.get(slug="editor").summary == "Edits plain text."


@pytest.mark.django_db
def test_new_code_reads_everything_again(content: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(content)
    files = len(parsed)
    parsed.clear()
    monkeypatch.setattr(load, "_code_digest", lambda: "another version of the loader")
    before = contents()
    report = loaded(content)
    assert len(parsed) == files
    assert [row["title"] for row in contents()["Role"]] == [row["title"] for row in before["Role"]]
    assert report.counts["skills"].total == 13


@pytest.mark.django_db
def test_the_report_reads_as_a_sentence(content: Path) -> None:
    content_factory.add_role(content, "webmaster", "Webmaster")
    (content / "removed.yaml").unlink()
    content_factory.remove_role(content, "illustrator")
    _drop_what_only_illustrators_use(content)
    loaded(content)
    (content / "roles/webmaster.md").unlink()
    (content / "questions/webmaster.yaml").unlink()
    content_factory.add_role(content, "reporter", "Reporter")
    change(content, ANALYST, difficulty="beginner")
    lines = str(loaded(content)).split("\n")
    assert lines[6] == "3 roles (1 new, 1 changed, 1 unchanged), 1 removed: /roles/webmaster/"
    assert lines[8] == "3 question sets (1 new, 2 unchanged), 1 removed: /roles/webmaster/interview/"


@pytest.mark.django_db
def test_a_page_that_leaves_without_a_word_is_told_after_the_report(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded(content)
    (content / GUIDE).unlink()
    call_command("load_content", folder=content)
    said = capsys.readouterr()
    assert "1 removed: /transitions/analyst/engineer/" in said.out
    assert (
        "/transitions/analyst/engineer/ is gone without a successor; add aliases to the page that takes its place "
        "or an entry to removed.yaml."
    ) in said.err
    call_command("load_content", folder=content)
    assert "is gone without" not in capsys.readouterr().err


def _drop_what_only_illustrators_use(content: Path) -> None:
    for name in ("drawing", "composition", "colour", "print-production", "client-briefs", "picture-editing"):
        (content / f"skills/{name}.md").unlink()


@pytest.mark.django_db
def test_new_figures_move_the_roles_that_rest_on_them(content: Path, parsed: list[str]) -> None:
    loaded(content)
    parsed.clear()
    replace(content, "figures/99-1001.00.yaml", "  median: 80000", "  median: 84000")
    report = loaded(content)
    assert sorted(parsed) == ["content/figures/99-1001.00.yaml", "content/roles/analyst.md"]
    assert Role.objects.get(slug="analyst").median_low == 84_000
    assert Role.objects.get(slug="engineer").median_low == 100_000
    assert report.counts["figures"].changed == 1


@pytest.mark.django_db
def test_a_change_of_questions_alone_moves_the_counts_of_their_role(content: Path, parsed: list[str]) -> None:
    loaded(content)
    asked = facts("questions/analyst.yaml", content)["questions"]
    content_factory.write(content, "questions/analyst.yaml", {"questions": asked[1:]})
    parsed.clear()
    report = loaded(content)
    assert parsed == ["content/questions/analyst.yaml"]
    assert Role.objects.get(slug="analyst").question_counts["beginner"] == 9
    assert Question.objects.filter(role__slug="analyst").count() == 49
    assert str(report).split("\n")[8] == "3 question sets (1 changed, 2 unchanged)"


@pytest.mark.django_db
def test_a_new_title_reaches_the_search_entries_of_transitions(content: Path) -> None:
    loaded(content)
    change(content, ENGINEER, title="Program maker", plural="Program makers")
    loaded(content)
    assert SearchEntry.objects.get(kind="transition").title == "From Analyst to Program maker"


@pytest.mark.django_db
def test_warnings_come_with_every_load_and_stop_none(content: Path) -> None:
    replace(content, ANALYST, "review_by: 2090-03-01", "review_by: 2026-03-01")
    for _ in range(2):
        assert [str(warning) for warning in loaded(content).warnings] == [
            "content/roles/analyst.md:182:12  warning: review_by: The page was due for review on 2026-03-01."
        ]


# --- What admins own ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_admins_decided_outlives_every_load(content: Path) -> None:
    loaded(content)
    own = {"is_published": False, "is_featured": True, "position": 7}
    for model in (Role, Skill, Transition, Category):
        model._default_manager.update(**own)
    change(content, ANALYST, difficulty="beginner")
    change(content, "skills/sql.md", summary="Asks a database.")
    change(content, GUIDE, effort="easy")
    content_factory.change_entry(content, "categories.yaml", "data-work", name="Working with data")
    loaded(content)
    for model in (Role, Skill, Transition, Category):
        for row in model._default_manager.values(*own):
            assert row == own
    assert Role.objects.get(slug="analyst").difficulty == "beginner"


@pytest.mark.django_db
def test_a_renamed_role_keeps_its_row_and_its_old_address_leads_on(content: Path) -> None:
    loaded(content)
    role = Role.objects.get(slug="analyst")
    guide = Transition.objects.get()
    Role.objects.filter(pk=role.pk).update(is_published=False, position=3)
    Transition.objects.update(is_featured=True)
    keys = set(Task.objects.values_list("key", flat=True)) | set(Question.objects.values_list("key", flat=True))
    content_factory.rename_role(content, "analyst", "data-reader")
    report = loaded(content)
    renamed = Role.objects.get(slug="data-reader")
    assert (renamed.pk, renamed.is_published, renamed.position) == (role.pk, False, 3)
    moved = Transition.objects.get()
    assert (moved.pk, moved.slugs, moved.is_featured) == (guide.pk, "data-reader/engineer", True)
    assert set(Task.objects.values_list("key", flat=True)) | set(Question.objects.values_list("key", flat=True)) == keys
    assert report.counts["roles"].removed == []
    former = {row.path: (row.is_gone, row.successor) for row in FormerAddress.objects.all()}
    assert former["/roles/analyst/"] == (False, "/roles/data-reader/")
    assert former["/transitions/analyst/engineer/"] == (False, "/transitions/data-reader/engineer/")


@pytest.mark.django_db
def test_a_skill_and_a_category_are_renamed_in_the_same_way(content: Path) -> None:
    loaded(content)
    keys = {row.slug: row.pk for row in Skill.objects.all()} | {row.slug: row.pk for row in Category.objects.all()}
    for file in sorted(content.rglob("*.*")):
        text = file.read_text()
        text = text.replace("skill: colour\n", "skill: colours\n").replace("related: [colour]", "related: [colours]")
        file.write_text(text.replace("category: picture-work", "category: pictures"))
    (content / "skills/colour.md").rename(content / "skills/colours.md")
    change(content, "skills/colours.md", aliases=["colour"])
    content_factory.change_entry(content, "categories.yaml", "picture-work", slug="pictures", aliases=["picture-work"])
    loaded(content)
    assert Skill.objects.get(slug="colours").pk == keys["colour"]
    assert Category.objects.get(slug="pictures").pk == keys["picture-work"]
    assert FormerAddress.objects.get(path="/skills/colour/").successor == "/skills/colours/"
    assert FormerAddress.objects.get(path="/categories/picture-work/").successor == "/categories/pictures/"


@pytest.mark.django_db
def test_a_page_renamed_twice_leads_on_from_both_addresses(content: Path) -> None:
    loaded(content)
    content_factory.rename_role(content, "analyst", "data-reader")
    loaded(content)
    content_factory.rename_role(content, "data-reader", "figure-reader")
    loaded(content)
    for path in ("/roles/analyst/", "/roles/data-reader/"):
        assert FormerAddress.objects.get(path=path).successor == "/roles/figure-reader/"


# --- Removal ------------------------------------------------------------------------------------------------------


def _remove_illustrator(content: Path) -> None:
    content_factory.remove_role(content, "illustrator")
    _drop_what_only_illustrators_use(content)


@pytest.mark.django_db
def test_a_removed_page_is_gone_and_remembered(content: Path) -> None:
    loaded(content)
    _remove_illustrator(content)
    report = loaded(content)
    assert not Role.objects.filter(slug="illustrator").exists()
    assert not Question.objects.filter(role__slug="illustrator").exists()
    assert not SearchEntry.objects.filter(kind="role", slug="illustrator").exists()
    assert not ContentFile.objects.filter(path="content/roles/illustrator.md").exists()
    assert report.counts["roles"].removed == ["/roles/illustrator/"]
    former = FormerAddress.objects.get(path="/roles/illustrator/")
    assert (former.is_gone, former.successor) == (True, "/roles/")
    skill = FormerAddress.objects.get(path="/skills/drawing/")
    assert (skill.is_gone, skill.successor) == (True, "/skills/")
    assert ContentVersion.objects.get().number == 2


@pytest.mark.django_db
def test_a_removed_role_takes_its_transitions_along(content: Path) -> None:
    loaded(content)
    content_factory.remove_role(content, "analyst")
    (content / "skills/spreadsheets.md").unlink()
    loaded(content)
    assert not Transition.objects.exists()
    assert not TransitionSkill.objects.exists()
    former = FormerAddress.objects.get(path="/transitions/analyst/engineer/")
    assert (former.is_gone, former.successor) == (True, "")


@pytest.mark.django_db
def test_a_removed_transition_leads_to_what_its_origin_offers(content: Path) -> None:
    loaded(content)
    (content / GUIDE).unlink()
    loaded(content)
    former = FormerAddress.objects.get(path="/transitions/analyst/engineer/")
    assert (former.is_gone, former.successor) == (True, "/transitions/analyst/")


@pytest.mark.django_db
def test_removed_yaml_says_why_and_what_to_read_instead(content: Path) -> None:
    loaded(content)
    former = FormerAddress.objects.get(path="/roles/webmaster/")
    assert (former.is_gone, former.successor, former.reason) == (
        True,
        "/roles/engineer/",
        "The title is hardly used any more.",
    )


@pytest.mark.django_db
def test_a_page_that_comes_back_is_no_former_address(content: Path) -> None:
    loaded(content)
    _remove_illustrator(content)
    loaded(content)
    kept = content_factory.SAMPLE
    for path in ["roles/illustrator.md", "questions/illustrator.yaml"]:
        (content / path).write_text((kept / path).read_text())
    for name in ("drawing", "composition", "colour", "print-production", "client-briefs", "picture-editing"):
        (content / f"skills/{name}.md").write_text((kept / f"skills/{name}.md").read_text())
    loaded(content)
    assert Role.objects.filter(slug="illustrator").exists()
    assert not FormerAddress.objects.filter(path="/roles/illustrator/").exists()


@pytest.mark.django_db
def test_removed_questions_leave_the_role(content: Path) -> None:
    loaded(content)
    (content / "questions/illustrator.yaml").unlink()
    report = loaded(content)
    assert report.counts["questions"].removed == ["/roles/illustrator/interview/"]
    assert Role.objects.get(slug="illustrator").question_counts == {}


# --- What visitors ticked -----------------------------------------------------------------------------------------


def tasks(role: str = "analyst") -> dict[str, str]:
    """Keys of a role's tasks by their texts."""
    return dict(Task.objects.filter(phase__roadmap__role__slug=role).values_list("text", "key"))


@pytest.mark.django_db
def test_an_edited_or_moved_task_stays_the_same_task(content: Path) -> None:
    loaded(content)
    before = tasks()
    roadmap = facts(ANALYST, content)["roadmap"]
    first, second, third = roadmap["phases"][0]["tasks"]
    second["do"] = "Do eight exercises in tables and keep them."
    roadmap["phases"][0]["tasks"] = [third, first, second]
    change(content, ANALYST, roadmap=roadmap)
    loaded(content)
    after = tasks()
    assert after["Do eight exercises in tables and keep them."] == before["Do six exercises in tables and keep them."]
    assert after[third["do"]] == before[third["do"]]
    assert set(after.values()) == set(before.values())


@pytest.mark.django_db
def test_a_rewritten_task_is_a_new_one(content: Path) -> None:
    loaded(content)
    before = tasks()
    replace(content, ANALYST, "Do six exercises in tables and keep them.", "Build a small archive of old bus tickets.")
    loaded(content)
    assert tasks()["Build a small archive of old bus tickets."] not in before.values()
    assert len(set(tasks().values()) & set(before.values())) == len(before) - 1


def day() -> dict[str, str]:
    """Key by text of each piece of an analyst's day."""
    return {piece["task"]: piece["key"] for piece in Role.objects.get(slug="analyst").day}


@pytest.mark.django_db
def test_a_piece_of_the_day_keeps_its_key_through_an_edit_and_another_one_gets_a_key_of_its_own(content: Path) -> None:
    loaded(content)
    before = day()
    assert before == {text: day_key(text) for text in before}
    first, second, *_ = before
    replace(content, ANALYST, first, f"{first.rstrip('.')} twice.")
    replace(content, ANALYST, second, "Ride a bicycle.")
    loaded(content)
    assert day()[f"{first.rstrip('.')} twice."] == before[first]
    assert day()["Ride a bicycle."] not in before.values()


@pytest.mark.django_db
def test_a_day_that_was_loaded_without_keys_keeps_those_that_its_texts_had(content: Path) -> None:
    loaded(content)
    before = day()
    Role.objects.filter(slug="analyst").update(day=[{"task": text, "mode": "alone"} for text in before])
    first = next(iter(before))
    replace(content, ANALYST, first, f"{first.rstrip('.')} twice.")
    loaded(content)
    assert day()[f"{first.rstrip('.')} twice."] == before[first]


@pytest.mark.django_db
def test_a_phase_with_a_new_title_word_keeps_its_key_and_the_ticks_below_it(content: Path) -> None:
    loaded(content)
    before = tasks()
    phases = dict(Phase.objects.filter(roadmap__role__slug="analyst").values_list("title", "key"))
    replace(content, ANALYST, "    - title: Pictures of numbers", "    - title: Pictures of the numbers")
    loaded(content)
    after = dict(Phase.objects.filter(roadmap__role__slug="analyst").values_list("title", "key"))
    assert after["Pictures of the numbers"] == phases["Pictures of numbers"]
    assert tasks() == before


@pytest.mark.django_db
def test_an_edited_or_moved_question_keeps_its_key(content: Path) -> None:
    loaded(content)
    before = dict(Question.objects.filter(role__slug="analyst").values_list("text", "key"))
    asked = facts("questions/analyst.yaml", content)["questions"]
    asked[0], asked[1] = asked[1], asked[0]
    asked[2]["question"] = "What is the very first thing that you notice about an axis that starts above zero?"
    asked[3]["question"] = "Why did you apply here and not elsewhere, if one may ask?"
    content_factory.write(content, "questions/analyst.yaml", {"questions": asked})
    loaded(content)
    after = dict(Question.objects.filter(role__slug="analyst").values_list("text", "key"))
    old = "What is the first thing that you notice about an axis that starts above zero?"
    assert after[asked[2]["question"]] == before[old]
    assert after[asked[0]["question"]] == before[asked[0]["question"]]
    assert after[asked[3]["question"]] not in before.values()


# --- The command --------------------------------------------------------------------------------------------------


def run(*arguments: str, **options: Any) -> tuple[str, str]:
    """What the command says on either channel; CommandError when it fails."""
    out, err = io.StringIO(), io.StringIO()
    call_command("load_content", *arguments, stdout=out, stderr=err, no_color=True, **options)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_it_did(content: Path) -> None:
    out, err = run("--folder", str(content))
    assert out.endswith("1 transition (1 new)\n3 question sets (3 new)\n")
    assert err == ""
    assert run("--folder", str(content), verbosity=0) == ("", "")


@pytest.mark.django_db
def test_the_command_names_every_fault_and_fails(content: Path) -> None:
    change(content, "skills/sql.md", kind="carft")
    err = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was written") as failed:
        call_command("load_content", "--folder", str(content), stderr=err, no_color=True)
    assert failed.value.returncode == 1
    assert err.getvalue() == (
        'content/skills/sql.md:3:7  kind: "carft" is not a kind of skill; use knowledge, craft or people. '
        'Did you mean "craft"?\n1 error in 1 file.\n'
    )
    assert not Role.objects.exists()


@pytest.mark.django_db
def test_the_command_prints_warnings_and_loads(content: Path) -> None:
    replace(content, ANALYST, "review_by: 2090-03-01", "review_by: 2024-04-01")
    out, err = run("--folder", str(content))
    assert "warning: review_by" in err
    assert "3 roles (3 new)" in out


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"There is no folder {tmp_path}/nowhere."):
        run("--folder", str(tmp_path / "nowhere"))


def test_a_check_needs_no_database(content: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.block():
        out, err = run("--check", "--folder", str(content))
    assert (out, err) == ("No errors: 3 roles, 1 transition, 13 skills.\n", "")


def test_a_check_makes_no_database_file(content: Path, tmp_path: Path) -> None:
    database = tmp_path / "none.sqlite3"
    change(content, "skills/sql.md", kind="carft")
    ended = manage(database, "load_content", "--check", "--folder", str(content))
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.endswith("1 error in 1 file.\nCommandError: Nothing was written.\n")
    assert not database.exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.django_db
def test_a_progress_bar_is_drawn_in_terminals_alone(tmp_path: Path) -> None:
    content = content_factory.generate(tmp_path, roles=12)
    pipe, terminal = io.StringIO(), Terminal()
    call_command("load_content", "--folder", str(content), stdout=io.StringIO(), stderr=pipe)
    assert pipe.getvalue() == ""
    ContentFile.objects.all().delete()
    call_command("load_content", "--folder", str(content), stdout=io.StringIO(), stderr=terminal)
    bars = terminal.getvalue().split("\r")[1:]
    assert bars[0].startswith("[....")
    assert bars[-1].startswith("[##############################] ")
    assert bars[-1].endswith(" files\n")


# --- Two at once --------------------------------------------------------------------------------------------------


def manage(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _start(database, *arguments)()


def _start(database: Path, *arguments: str) -> Callable[[], subprocess.CompletedProcess[str]]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{database}?timeout=1",
    }
    started = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def end() -> subprocess.CompletedProcess[str]:
        out, err = started.communicate()
        return subprocess.CompletedProcess(started.args, started.returncode, out, err)

    return end


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database in a file, for processes of their own."""
    file = tmp_path_factory.mktemp("database") / "site.sqlite3"
    assert manage(file, "migrate", "--verbosity", "0").returncode == 0
    return file


def test_a_load_beside_another_is_refused_in_words(content: Path, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = manage(database, "load_content", "--folder", str(content))
        other.execute("ROLLBACK")
        assert other.execute("SELECT count(*) FROM guides_role").fetchone() == (0,)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == "CommandError: Another load is writing to the database; try again in a minute.\n"


def test_loads_at_the_same_time_end_in_one_whole_state(content: Path, database: Path) -> None:
    ends = [end() for end in [_start(database, "load_content", "--folder", str(content)) for _ in range(3)]]
    for ended in ends:
        refused = "CommandError: Another load is writing to the database; try again in a minute.\n"
        assert (ended.returncode, ended.stderr) in {(0, ""), (1, refused)}
    assert any(ended.returncode == 0 for ended in ends)
    with closing(sqlite3.connect(database)) as seen:
        assert seen.execute("SELECT count(*), count(DISTINCT slug) FROM guides_role").fetchone() == (3, 3)
        assert seen.execute("SELECT count(*) FROM guides_question").fetchone() == (150,)
        assert seen.execute("SELECT number FROM guides_contentversion").fetchall() == [(1,)]


@pytest.mark.django_db
def test_a_load_starts_over_when_another_one_has_finished(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    find = files.find

    def overtaken(folder: Path) -> Any:
        result = find(folder)
        reads.append(folder)
        if len(reads) == 1:
            ContentVersion.objects.update_or_create(pk=1, defaults={"number": 5})
        return result

    monkeypatch.setattr("guides.loader.load.find", overtaken)
    assert loaded(content).counts["roles"].new == 3
    assert len(reads) == 2
    assert ContentVersion.objects.get().number == 6


@pytest.mark.django_db
def test_a_load_that_is_always_overtaken_gives_up_in_words(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_write", lambda library, parsed, version: None)
    with pytest.raises(LoadRefused, match="Other loads keep finishing first; try again in a minute"):
        loaded(content)


@pytest.mark.django_db
def test_other_errors_of_the_database_are_not_called_a_second_load(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(load, "_write", full)
    with pytest.raises(OperationalError, match="disk is full"):
        loaded(content)
