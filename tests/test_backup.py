"""A backup brings back what cannot be made again: what visitors keep, what admins decided, whose tasks were ticked."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from careerpaths import backup
from tests.content_factory import build, change

ROOT = Path(__file__).resolve().parent.parent

SITE = """
import sys
import django
django.setup()
from django.core.management import call_command
from pathlib import Path
"""
FILL = (
    SITE
    + """
from datetime import date
from django.contrib.sessions.models import Session
from django.utils import timezone
from guides.loader.load import load_content
from guides.models import Keep, Role
call_command("migrate", verbosity=0)
load_content(Path(sys.argv[1]))
Role.objects.filter(slug="analyst").update(is_published=False, position=3)
today = date(2026, 11, 21)
Keep.objects.create(digest="d" * 64, document="{}", created_on=today, visited_on=today)
Session.objects.create(session_key="somebody", session_data="", expire_date=timezone.now())
"""
)
SHOW = (
    SITE
    + """
from guides.models import Keep, Role, Task
from django.contrib.sessions.models import Session
print(list(Role.objects.order_by("slug").values_list("slug", "is_published", "position", "summary")))
print(list(Keep.objects.values_list("digest", "document")))
print(sorted(Task.objects.values_list("key", flat=True)))
print(Session.objects.count())
"""
)
LOSE = (
    SITE
    + """
from guides.models import Keep, Role
Role.objects.update(is_published=True, position=100)
Keep.objects.all().delete()
"""
)
RESTORE = (
    SITE
    + """
from careerpaths import backup
backup.restore(Path(sys.argv[1]), content=Path(sys.argv[2]))
"""
)
RESTORE_IN_WORDS = (
    SITE
    + """
from careerpaths import backup
try:
    backup.restore(Path(sys.argv[1]), content=Path(sys.argv[2]))
except backup.NotBroughtUp as sentence:
    print(sentence)
"""
)


class Site:
    """A site with a database of its own; each command is a process, as on a server."""

    def __init__(self, url: str, folder: Path) -> None:
        self.variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": url,
            "BACKUP_DIR": str(folder / "kept"),
        }

    def run(self, script: str, *arguments: Path) -> str:
        return self._start("-c", script, *map(str, arguments)).stdout

    def backup(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._start("-m", "careerpaths.backup", *arguments, check=False)

    def _start(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.variables, check=check, capture_output=True, text=True
        )


@pytest.fixture
def site(db: None, tmp_path: Path) -> Iterator[Site]:
    """A site with nothing in its database, which is of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield Site(f"sqlite:///{tmp_path / 'site.sqlite3'}", tmp_path)
        return
    name = f"{connection.settings_dict['NAME']}_backup"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    address = urlsplit(os.environ["DATABASE_URL"])
    yield Site(address._replace(path=f"/{name}").geturl(), tmp_path)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def test_what_was_saved_comes_back_with_the_content_of_today(site: Site, tmp_path: Path) -> None:
    content = build(tmp_path)
    site.run(FILL, content)
    before = site.run(SHOW).splitlines()
    file = tmp_path / "backups" / "one"
    saved = site.backup("save", str(file))
    assert saved.stdout.startswith(f"Saved to {file}"), saved.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "a backup is its owner's alone"
    site.run(LOSE)
    assert site.run(SHOW).splitlines() != before
    change(content, "roles/analyst.md", summary="Another summary, written after the backup was taken.")
    site.run(RESTORE, file, content)
    roles, keeps, tasks, sessions = site.run(SHOW).splitlines()
    assert "('analyst', False, 3, 'Another summary, written after the backup was taken.')" in roles
    assert [keeps, tasks] == before[1:3]
    assert sessions == "0", "who was signed in is not kept"


def test_a_file_that_is_no_backup_changes_nothing(site: Site, tmp_path: Path) -> None:
    site.run(FILL, build(tmp_path))
    before = site.run(SHOW)
    wrong = tmp_path / "wrong"
    wrong.write_text("no database")
    refused = site.backup("restore", str(wrong))
    assert refused.returncode == 1
    assert "wrong" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert site.run(SHOW) == before


def test_no_backup_is_written_over(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_text("an older backup")
    refused = site.backup("save", str(file))
    assert (refused.returncode, refused.stderr) == (1, f"{file} exists already; name another file.\n")
    assert file.read_text() == "an older backup"


def test_a_missing_file_is_told_in_words(site: Site, tmp_path: Path) -> None:
    site.run(SITE + 'call_command("migrate", verbosity=0)')
    refused = site.backup("restore", str(tmp_path / "none"))
    assert refused.returncode == 1
    assert refused.stderr == f"There is no file {tmp_path / 'none'}.\n"


def test_a_restore_saves_what_was_there_before(site: Site, tmp_path: Path) -> None:
    site.run(SITE + 'call_command("migrate", verbosity=0)')
    file = tmp_path / "empty"
    site.backup("save", str(file))
    done = site.backup("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert [kept.name.startswith("before-restore-") for kept in (tmp_path / "kept").iterdir()] == [True]
    assert f"Restored from {file}" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["restore"], ["save", "a", "b"], ["forget"]])
def test_the_usage_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert backup.main(arguments) == 2
    assert capsys.readouterr().err.startswith("Usage:")


def test_where_no_database_is_nothing_is_saved_and_none_is_made(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "empty"
    refused = site.backup("save", str(file))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is nothing to save: the ")
    assert refused.stderr.count("\n") == 1
    assert not file.exists()
    assert not (tmp_path / "site.sqlite3").exists()


def test_a_backup_is_put_where_nothing_was(site: Site, tmp_path: Path) -> None:
    content = build(tmp_path)
    site.run(FILL, content)
    before = site.run(SHOW)
    file = tmp_path / "one"
    assert site.backup("save", str(file)).returncode == 0
    elsewhere = Site(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", tmp_path)
    if connection.vendor == "sqlite":
        done = elsewhere.backup("restore", str(file))
        assert (done.returncode, done.stdout.splitlines()[0]) == (
            0,
            "There was nothing here before, so nothing was saved.",
        )
        assert elsewhere.run(SHOW).splitlines()[1] == before.splitlines()[1]


def test_without_a_secret_key_one_sentence_says_so(tmp_path: Path) -> None:
    site = Site(f"sqlite:///{tmp_path / 'site.sqlite3'}", tmp_path)
    site.variables |= {"DJANGO_SETTINGS_MODULE": "careerpaths.settings", "SECRET_KEY_FILE": str(tmp_path / "none")}
    site.variables.pop("SECRET_KEY", None)
    refused = site.backup("save")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no secret key. ")
    assert refused.stderr.count("\n") == 1


def test_a_restore_into_which_the_content_does_not_load_says_what_is_there_now(site: Site, tmp_path: Path) -> None:
    content = build(tmp_path)
    site.run(FILL, content)
    before = site.run(SHOW)
    file = tmp_path / "one"
    assert site.backup("save", str(file)).returncode == 0
    site.run(LOSE)
    change(content, "roles/analyst.md", category="no-such-category")
    said = site.run(RESTORE_IN_WORDS, file, content)
    assert f"The database is that of {file} now" in said
    assert "The content files were not loaded into it" in said
    # Of what FILE holds, sign-ins alone are not restored.
    assert site.run(SHOW).splitlines()[:3] == before.splitlines()[:3]
