"""The way from a fresh clone to a running site: the messages on it, the locks, and what the tools promise."""

import os
import re
import runpy
import socket
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from careerpaths import port, secret_key

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
APART = ROOT / "requirements/scanner.txt"
"""The lock of a program that has an environment of its own."""
SETUP_FILES = [ROOT / "Makefile", ROOT / "pyproject.toml", *sorted((ROOT / ".ci").iterdir()), *LOCKS]
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ]+)", re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pins(lock: Path) -> dict[str, str]:
    return dict(PINNED.findall(lock.read_text()))


# Python and its virtual environment


def find_python(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ROOT / ".ci/python"], env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )


def pretend_python(folder: Path, *, version: str, complete: bool) -> Path:
    """A program that answers the questions of .ci/python as a Python of this version would."""
    old = tuple(map(int, version.split("."))) < (3, 11)
    program = folder / "python3"
    program.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        f"  *ensurepip*) exit {0 if complete else 1} ;;\n"
        f"  *sys.exit*) exit {1 if old else 0} ;;\n"
        f"  *print*) echo {version} ;;\n"
        "esac\n"
    )
    program.chmod(0o755)
    return program


def test_a_complete_python_is_taken(tmp_path: Path) -> None:
    program = pretend_python(tmp_path, version="3.12", complete=True)
    assert find_python(tmp_path).stdout == f"{program}\n"


def test_a_python_without_venv_is_answered_with_the_package_to_install(tmp_path: Path) -> None:
    pretend_python(tmp_path, version="3.12", complete=False)
    done = find_python(tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "Python 3.12 is here, but without its modules venv and ensurepip. On Debian and Ubuntu, install them with\n"
        "    apt install python3.12-venv\n"
    )


@pytest.mark.parametrize("old", [True, False], ids=["an old Python", "no Python"])
def test_without_a_new_enough_python_the_message_says_which_is_needed(tmp_path: Path, old: bool) -> None:
    if old:
        pretend_python(tmp_path, version="3.10", complete=True)
    done = find_python(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("This site needs Python 3.11 or newer, and none was found.")
    assert "apt install python3 python3-venv" in done.stderr


# The port


def test_a_taken_port_is_named_together_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "careerpaths.port", "127.0.0.1", str(number)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    other = number + 1 if number < 65535 else number - 1
    assert done.stderr == (
        f"Port {number} on 127.0.0.1 is taken by another program. "
        f"Stop that program, or add PORT={other} to the command.\n"
    )


def test_a_free_port_is_no_problem() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    assert port.problem("127.0.0.1", str(number)) is None


@pytest.mark.parametrize("number", ["", "http", "0", "65536", "-1", "²"])
def test_a_port_that_is_none_is_refused(number: str) -> None:
    assert port.problem("127.0.0.1", number) == f"PORT must be a number from 1 to 65535, not {number!r}."


def test_make_serve_stops_at_a_taken_port() -> None:
    recipe = (ROOT / "Makefile").read_text().partition("\nserve:")[2].partition("\n\n")[0]
    steps = [line.strip() for line in recipe.splitlines()[1:]]
    assert steps[0] == '@$(python) -m careerpaths.port "$(HOST)" "$(PORT)"'


# The secret key


def test_a_new_key_is_long_random_and_private(tmp_path: Path) -> None:
    first, second = tmp_path / "var/one", tmp_path / "var/two"
    assert secret_key.make(first)
    assert secret_key.make(second)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert len(first.read_text().strip()) >= 50
    assert first.read_text() != second.read_text()


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    path.write_text("mine")
    assert secret_key.make(path) is False
    assert path.read_text() == "mine"


# The locks


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    requirements = lock.read_text().replace("\\\n", " ").splitlines()
    assert len(requirements) > 10
    for requirement in requirements:
        assert re.fullmatch(r"[a-z0-9._-]+==[\w.]+ *(; [^#\\]+?)?( +--hash=sha256:[0-9a-f]{64})+ *", requirement), (
            requirement
        )


@pytest.mark.parametrize("path", SETUP_FILES, ids=named)
def test_no_package_index_is_named(path: Path) -> None:
    text = path.read_text()
    for word in ("--index-url", "--extra-index-url", "--find-links", "--trusted-host", "pypi.", "files.pythonhosted"):
        assert word not in text
    if path in LOCKS:
        assert "://" not in text
        assert "@" not in text


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock != APART], ids=named)
def test_the_locks_agree_on_what_the_site_runs_with(lock: Path) -> None:
    base = pins(ROOT / "requirements/base.txt")
    assert base.items() <= pins(lock).items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^a-z0-9._-]", requirement.lower())[0] for requirement in requirements}

    assert names(project["project"]["dependencies"]) <= pins(ROOT / "requirements/base.txt").keys()
    for group, requirements in project["dependency-groups"].items():
        assert names(requirements) <= pins(ROOT / f"requirements/{group}.txt").keys()
    for extra, requirements in project["project"]["optional-dependencies"].items():
        assert names(requirements) <= pins(ROOT / f"requirements/{extra}.txt").keys()


def test_the_same_python_is_asked_for_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["mypy"]["python_version"] == "3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert "--python-version 3.11" in (ROOT / ".ci/lock").read_text()


# Targets and servers


def test_make_help_lists_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("help", "serve", "dev", "test", "check", "fmt", "lock", "bench", "clean"):
        assert re.search(rf"^  {target} +\S", done.stdout, re.MULTILINE), target


def test_gunicorn_opens_no_control_socket() -> None:
    found = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert found["control_socket_disable"] is True
    assert found["worker_class"] == "gthread"
    assert found["accesslog"] is None


@pytest.mark.parametrize("name", ["run", "browser", "scanner", "python", "environment", "lock"])
def test_scripts_can_be_started(name: str) -> None:
    assert os.access(ROOT / ".ci" / name, os.X_OK)


# The browser


def test_the_browser_starts(browser: Browser) -> None:
    assert browser.is_connected()


def without_browser(**variables: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name != "REQUIRE_BROWSER" and not name.startswith(("PYTEST", "COV_"))
    }
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-k",
            "test_the_browser_starts",
            named(Path(__file__)),
        ],
        cwd=ROOT,
        env={**surroundings, "CHROMIUM": "/nowhere/chromium", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_a_browser_the_run_says_loudly_what_was_left_out() -> None:
    done = without_browser()
    assert done.returncode == 0, done.stdout
    assert "NOT RUN: 1 browser tests, because no Chromium or Chrome was found" in done.stdout
    assert "tests/test_setup.py::test_the_browser_starts" in done.stdout


def test_without_a_browser_the_run_fails_when_one_is_required() -> None:
    done = without_browser(REQUIRE_BROWSER="1")
    assert done.returncode == 1, done.stdout
    assert "no Chromium or Chrome was found, and REQUIRE_BROWSER is set" in done.stdout
