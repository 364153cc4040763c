"""What the hostile tests share: a site of its own under gunicorn, and nginx in front of it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from guides import write_limits
from guides.loader.load import load_content
from guides.rate_limit import Limit
from tests import content_factory
from tests.hostile.amounts import IS_LONG
from tests.hostile.served import Served, prepare, served

HERE = Path(__file__).parent
NO_SCANNER = "Wapiti was not found"
NO_POSTGRES = "PostgreSQL was not found"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test here is hostile; the long ones run when they are asked for."""
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for item in ours:
        item.add_marker(pytest.mark.hostile)
    long = [] if IS_LONG else [item for item in ours if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if NO_SCANNER in str(one.longrepr)]
    if skipped:
        terminalreporter.section(f"NOT RUN: {len(skipped)} tests with a scanner", "#", red=True, bold=True)
        terminalreporter.line(f"{NO_SCANNER}. `make hostile` installs it, as `.ci/scanner` does; WAPITI names another.")
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if NO_POSTGRES in str(one.longrepr)]
    if skipped:
        terminalreporter.section(f"NOT RUN: {len(skipped)} tests with PostgreSQL", "#", red=True, bold=True)
        terminalreporter.line(str(skipped[0].longrepr[2]))


@pytest.fixture(autouse=True)
def _nobody_has_tried_anything() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content files of the sample site."""
    return content_factory.build(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def sample(db: None, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample site in the database, for visitors who may send as much as they like."""
    load_content(sample_folder)
    monkeypatch.setattr(write_limits, "WRITES_OF_ONE", Limit("write", most=10**9, seconds=60))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A database with the sample site in it, made once for all workers of the run; to be copied, not to be changed."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared if worker_id == "master" else shared.parent) / "hostile-site"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            prepare(folder)
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def running(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site under gunicorn, on a TCP port and a Unix socket, as for a public https address behind a proxy."""
    with served(prepared, tmp_path_factory.mktemp("served")) as site:
        yield site
