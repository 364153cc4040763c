"""A load after a small edit looks at what the edit touches, and ends as if it had looked at everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.forms.models import model_to_dict
from django.utils import timezone

from guides.loader import load
from guides.loader.load import load_content
from guides.loader.problems import ContentProblems, Problem, Severity
from guides.loader.remarks import Remark, remarks_in, written
from guides.models import ContentFile, ContentVersion, Role, content
from tests.content_factory import build, change, change_entry, facts, replace

pytestmark = pytest.mark.django_db

CHANGED = "Another summary, long enough to be one, written by another hand."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The sample site, loaded."""
    folder = build(tmp_path)
    load_content(folder)
    return folder


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each load that looks at everything."""
    looks: list[str] = []
    original = load._read_all

    def counted(*arguments: Any) -> Any:
        looks.append("all")
        return original(*arguments)

    monkeypatch.setattr(load, "_read_all", counted)
    return looks


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything in the content tables but the version and the keys of children, which are made anew."""
    tables = [
        model
        for model in apps.get_app_config("guides").get_models(include_auto_created=True)
        if model.__module__ == content.__name__ and model is not ContentVersion
    ]
    found = {}
    for model in tables:
        dicts = [model_to_dict(row) | {"id": None, "pk": None} for row in model._base_manager.order_by("pk")]
        children = {"roadmap", "phase", "transitionskill"}
        kept = [{name: value for name, value in row.items() if name not in children} for row in dicts]
        found[model.__name__] = sorted(kept, key=repr)
    return found


def edit_role(folder: Path) -> None:
    change(folder, "roles/analyst.md", summary=CHANGED)


def edit_body(folder: Path) -> None:
    file = folder / "roles/analyst.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nOne more sentence at the end.\n", encoding="utf-8")


def edit_levels(folder: Path) -> None:
    """What the role asks for decides whether its transition is still right."""
    skills = facts("roles/engineer.md", folder)["skills"]
    skills[0]["importance"] = "optional" if skills[0]["importance"] == "essential" else "essential"
    change(folder, "roles/engineer.md", skills=skills)


def edit_review(folder: Path) -> None:
    change(folder, "roles/analyst.md", updated_on="2020-01-01", review_by="2020-06-01")


def edit_transition(folder: Path) -> None:
    change(folder, "transitions/analyst/engineer.md", summary=CHANGED)


def edit_skill(folder: Path) -> None:
    change(folder, "skills/sql.md", summary=CHANGED)


def edit_nothing(folder: Path) -> None:
    file = folder / "roles/analyst.md"
    file.write_bytes(file.read_bytes())


SMALL = [edit_role, edit_body, edit_levels, edit_review, edit_transition, edit_skill, edit_nothing]


@pytest.mark.parametrize("edit", SMALL, ids=lambda edit: edit.__name__)
def test_it_ends_as_if_everything_had_been_looked_at(
    site: Path, whole: list[str], edit: Callable[[Path], None]
) -> None:
    edit(site)
    small = load_content(site)
    assert not whole, "the edit was thought to be a large one"
    after = rows()
    ContentFile.objects.update(digest="")
    everything = load_content(site)
    assert whole
    assert rows() == after
    assert sorted(small.warnings) == sorted(set(everything.warnings))
    assert str(small.counts["roles"].total) == str(everything.counts["roles"].total)


def rename(folder: Path) -> None:
    change(folder, "roles/analyst.md", title="Analyst of tables")


def refer(folder: Path) -> None:
    change(folder, "roles/analyst.md", similar=[])


def price(folder: Path) -> None:
    change_entry(folder, "tools.yaml", "editor", summary=CHANGED)


def ask(folder: Path) -> None:
    asked = facts("questions/analyst.yaml", folder)
    asked["questions"][0]["question"] = "What would you do on the first morning of all mornings?"
    change(folder, "questions/analyst.yaml", questions=asked["questions"])


def add(folder: Path) -> None:
    file = folder / "skills/sql.md"
    (folder / "skills/sql-for-others.md").write_text(
        file.read_text(encoding="utf-8").replace("name: SQL", "name: Asking others", 1), encoding="utf-8"
    )
    change(folder, "skills/sql-for-others.md", name="Asking others", also_called=[])


def remove(folder: Path) -> None:
    (folder / "transitions/analyst/engineer.md").unlink()


@pytest.mark.parametrize("edit", [rename, refer, price, ask, add, remove], ids=lambda edit: edit.__name__)
def test_what_others_are_compared_with_is_looked_at_as_a_whole(
    site: Path, whole: list[str], edit: Callable[[Path], None]
) -> None:
    edit(site)
    load_content(site)
    assert whole


def test_the_first_load_of_a_day_looks_at_everything(site: Path, whole: list[str]) -> None:
    ContentVersion.objects.update(loaded_at=timezone.now() - timedelta(days=1))
    load_content(site)
    assert whole


def test_an_error_is_told_with_all_others(site: Path) -> None:
    replace(site, "skills/sql.md", "kind: craft", "kind: kraft")
    (site / "roles/engineer.md").write_text("no guide", encoding="utf-8")
    before = rows()
    with pytest.raises(ContentProblems) as caught:
        load_content(site)
    assert {problem.path for problem in caught.value.problems if problem.severity == "error"} >= {
        "content/skills/sql.md",
        "content/roles/engineer.md",
    }
    assert rows() == before


def test_an_error_that_an_edit_makes_elsewhere_is_found(site: Path) -> None:
    skills = facts("roles/engineer.md", site)["skills"][1:]
    change(site, "roles/engineer.md", skills=skills)
    with pytest.raises(ContentProblems):
        load_content(site)


def test_warnings_stay_until_their_reason_is_gone(site: Path) -> None:
    edit_review(site)
    due = [one for one in load_content(site).warnings if "was due for review" in one.message]
    assert len(due) == 1
    edit_transition(site)
    assert [one for one in load_content(site).warnings if "was due for review" in one.message] == due
    change(site, "roles/analyst.md", updated_on="2026-01-01", review_by="2999-01-01")
    assert not [one for one in load_content(site).warnings if "was due for review" in one.message]


def test_what_admins_decided_stays(site: Path) -> None:
    Role.objects.filter(slug="analyst").update(is_published=False, position=2)
    edit_role(site)
    load_content(site)
    assert Role.objects.values_list("is_published", "position", "summary").get(slug="analyst") == (False, 2, CHANGED)


def test_remarks_are_read_as_they_were_written() -> None:
    remarks = [Remark(3, 1, "skills[2].skill", 'It "is": 1, 2', False), Remark(0, 0, "", "Used nowhere.", True)]
    assert list(remarks_in(written([*remarks, remarks[0]]))) == remarks
    assert list(remarks_in("")) == []
    assert remarks[0].problem("a.md") == Problem("a.md", 3, 1, "skills[2].skill", 'It "is": 1, 2', Severity.WARNING)
