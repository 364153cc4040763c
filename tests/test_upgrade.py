"""A database of every earlier version of the tables moves to this one, with everything that is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps
from pytest_django import DjangoDbBlocker

ALIAS = "upgrade"

STATES = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "guides")
"""The migrations in their order; each leaves a state that some site may be in."""

VALUES: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.TextField, "text"),
    (models.BooleanField, False),
    (models.IntegerField, 1),
    (models.FloatField, 1.0),
    (models.DateTimeField, datetime(2026, 1, 2, tzinfo=UTC)),
    (models.DateField, date(2026, 1, 2)),
    (models.JSONField, []),
)
"""What stands in a required column that a test says nothing about."""


@pytest.fixture
def empty(db: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A second database on the server of the tests, without any table."""
    default = connections["default"]
    name = str(tmp_path / "old.sqlite3")
    if default.vendor != "sqlite":
        name = f"{default.settings_dict['NAME']}_{ALIAS}_{os.getpid()}"
    connections.settings[ALIAS] = {**default.settings_dict, "NAME": name}
    old = connections[ALIAS]
    with django_db_blocker.unblock():
        if default.vendor != "sqlite":
            with old._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}"')
        yield old
        old.close()
        if default.vendor != "sqlite":
            with old._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')
    del connections[ALIAS]
    del connections.settings[ALIAS]


def migrate(database: BaseDatabaseWrapper, name: str) -> StateApps:
    """Brings the tables to a state; returns its models."""
    MigrationExecutor(database).migrate([("guides", name)])
    return MigrationExecutor(database).loader.project_state([("guides", name)]).apps


def make(apps: StateApps, model: str, **given: Any) -> Any:
    """A row of a historical model, with something in every column that asks for it."""
    kind = apps.get_model("guides", model)
    known = {field.name: field for field in kind._meta.concrete_fields}
    values = {
        field.name: "text"[: field.max_length]
        if isinstance(field, models.CharField)
        else next(value for sort, value in VALUES if isinstance(field, sort))
        for field in known.values()
        if not (field.primary_key or field.null or field.has_default() or field.is_relation or field.name in given)
    }
    fitting = {name: value for name, value in given.items() if name in known}
    return kind._base_manager.using(ALIAS).create(**values, **fitting)


def fill(apps: StateApps) -> None:
    """A small site: two roles with what belongs to them, decisions of admins, and what a visitor keeps."""
    category = make(apps, "Category", slug="data", name="Data", is_published=False, position=7)
    source = make(apps, "Source", slug="editors", title="Editors")
    skill = make(apps, "Skill", slug="sql", name="SQL", is_featured=True)
    day = [{"task": "Read the mail", "mode": "alone"}]
    named = {"category": category, "stages_source": source, "day": day}
    roles = [make(apps, "Role", slug=slug, title=slug.upper(), is_featured=slug == "b", **named) for slug in "ab"]
    make(apps, "Transition", slugs="a/b", origin=roles[0], destination=roles[1], is_published=False)
    make(apps, "RequiredSkill", role=roles[0], skill=skill)
    occupation = make(apps, "Occupation", code="99-0001.00", figures={"pay": None})
    make(apps, "RoleOccupation", role=roles[0], occupation=occupation)
    roadmap = make(apps, "Roadmap", role=roles[0])
    phase = make(apps, "Phase", roadmap=roadmap, key="phase-key", title="Learn")
    make(apps, "Task", phase=phase, key="task-key", text="Read one book")
    make(apps, "Question", role=roles[0], skill=skill, key="question-key", text="Why?")
    make(apps, "FormerAddress", path="/roles/old/", is_gone=False, successor="/roles/a/")
    make(apps, "SearchEntry", kind="role", slug="a", title="Analyst of tables", names="", text="")
    make(apps, "ContentFile", path="content/roles/a.md", kind="roles", slug="a", digest="0", items=[])
    make(apps, "ContentVersion", number=41)
    if "keep" in apps.all_models["guides"]:
        keep = make(apps, "Keep", digest="d" * 64, document='{"what": "a visitor keeps"}')
        make(apps, "ShareLink", keep=keep, digest="e" * 64, plan_ids=["one"])


def found(apps: StateApps) -> dict[str, list[tuple[Any, ...]]]:
    """What must not be lost, as it stands in the tables."""
    columns = {
        "Category": ("slug", "is_published", "position"),
        "Skill": ("slug", "is_featured"),
        "Role": ("slug", "category__slug", "is_featured"),
        "Transition": ("slugs", "is_published"),
        "RequiredSkill": ("role__slug", "skill__slug"),
        "Phase": ("roadmap__role__slug", "key", "title"),
        "Task": ("phase__key", "key", "text"),
        "Question": ("role__slug", "key", "text"),
        "FormerAddress": ("path", "is_gone", "successor"),
        "ContentVersion": ("number",),
        "Keep": ("digest", "document"),
        "ShareLink": ("keep__digest", "digest", "plan_ids"),
    }
    return {
        model: list(apps.get_model("guides", model)._base_manager.using(ALIAS).order_by("pk").values_list(*names))
        for model, names in columns.items()
        if model.lower() in apps.all_models["guides"]
    }


@pytest.mark.parametrize("state", STATES)
def test_a_database_of_an_earlier_version_moves_on_with_all_it_has(empty: BaseDatabaseWrapper, state: str) -> None:
    old = migrate(empty, state)
    fill(old)
    before = found(old)
    assert len(before) >= 10
    assert all(before.values())
    new = migrate(empty, STATES[-1])
    after = found(new)
    assert {model: after[model] for model in before} == before
    # In the first version there was no index yet, and SQLite's is filled by the first load of a newer one.
    assert hits(empty, "analyst") == (empty.vendor != "sqlite" or state != STATES[0])


def hits(database: BaseDatabaseWrapper, word: str) -> int:
    """Entries that the index of the search has for a word."""
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT rowid FROM guides_search WHERE guides_search MATCH %s", [word])
        else:
            cursor.execute(
                "SELECT id FROM guides_searchentry "
                "WHERE guides_search_vector(title, names, text) @@ to_tsquery('simple', %s)",
                [word],
            )
        return len(cursor.fetchall())


def test_the_models_are_those_of_the_last_state() -> None:
    loader = MigrationLoader(None)
    assert loader.graph.leaf_nodes("guides") == [("guides", STATES[-1])]
