"""The two nodes that the tests of this folder talk to, and what is said where they cannot be started.

They need nginx, Redis and PostgreSQL. Without one the tests are left out and that is said at the end; with
REQUIRE_SERVERS=1, as in `make test-nodes`, they fail.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.two_nodes import Nodes, missing, two_nodes
from tests.content_factory import build

NO_SERVERS = "a server is missing"


@pytest.fixture(scope="session")
def nodes_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder of the two nodes."""
    return build(tmp_path_factory.mktemp("nodes"))


@pytest.fixture(scope="session")
def nodes(nodes_content: Path, unused_tcp_port_of_run: int) -> Iterator[Nodes]:
    """The two nodes, started once for all tests."""
    lacking = missing()
    if lacking and os.environ.get("REQUIRE_SERVERS", "") not in {"", "0"}:
        pytest.fail("\n".join(lacking), pytrace=False)
    if lacking:
        pytest.skip(f"{NO_SERVERS}: {' '.join(lacking)}")
    with two_nodes(unused_tcp_port_of_run, nodes_content) as started:
        yield started


@pytest.fixture(scope="session")
def unused_tcp_port_of_run() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if NO_SERVERS in str(one.longrepr)]
    if skipped:
        terminalreporter.section(f"NOT RUN: {len(skipped)} tests of two nodes", "#", red=True, bold=True)
        terminalreporter.line(str(skipped[0].longrepr[2]))
        terminalreporter.line("`make test-nodes` needs them, and names what to install.")
