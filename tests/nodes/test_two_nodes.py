"""Two nodes are one site: what happens on one is true on the other, and one alone carries on."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from deploy.servers import wait_for
from deploy.two_nodes import Node, Nodes
from tests.content_factory import change

WITHIN_SECONDS = 1.0
"""How soon a load on one node has to show on the other."""


class _ThroughSocket(http.client.HTTPConnection):
    def __init__(self, node: Node) -> None:
        super().__init__("127.0.0.1", timeout=20)
        self.node = node

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.node.socket))


class Answer:
    """An answer with its body read."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read().decode()


def ask(
    connection: http.client.HTTPConnection, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """GET, or POST of a form, over a connection of its own."""
    sent = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    connection.request("GET" if body is None else "POST", path, body, {**sent, **(headers or {})})
    try:
        return Answer(connection.getresponse())
    finally:
        connection.close()


def of_node(node: Node, path: str, **sent: str) -> Answer:
    """What one node answers by itself."""
    return ask(_ThroughSocket(node), path, headers={name.replace("_", "-"): value for name, value in sent.items()})


@pytest.fixture
def site(nodes: Nodes) -> Callable[..., Answer]:
    """Asks nginx, which asks one of the nodes."""
    address = urlsplit(nodes.url)

    def get(path: str, body: str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        return ask(connection, path, body, {name.replace("_", "-"): value for name, value in headers.items()})

    return get


def _until(node: Node, path: str) -> None:
    """Returns when the node answers 200 there."""
    wait_for(lambda: of_node(node, path).status == 200, f"{path} of node {node.name}")


@pytest.fixture
def both(nodes: Nodes) -> Iterator[tuple[Node, Node]]:
    """Both nodes, running before and after the test."""
    yield nodes.nodes
    for node in nodes.nodes:
        if node.process is None:
            node.start()
            _until(node, "/healthz")


def test_both_nodes_are_ready(both: tuple[Node, Node]) -> None:
    assert [of_node(node, path).status for node in both for path in ("/healthz", "/readyz")] == [200] * 4


def test_a_load_on_one_node_shows_on_the_other_within_a_second(
    nodes: Nodes, both: tuple[Node, Node], nodes_content: Path
) -> None:
    for node in both:
        # Twice, so that the page is kept.
        assert [of_node(node, "/roles/analyst/").status for _ in range(2)] == [200, 200]
    words = "Written on one node while the other one had kept the page before."
    change(nodes_content, "roles/analyst.md", summary=words)
    nodes.manage("load_content", "--verbosity", "0", "--folder", str(nodes_content))
    loaded = time.monotonic()
    seen = [words in of_node(node, "/roles/analyst/").body for node in both]
    while not all(seen):
        assert time.monotonic() - loaded < WITHIN_SECONDS, "a node still shows the page of before"
        seen = [words in of_node(node, "/roles/analyst/").body for node in both]


class Visitor:
    """Somebody whose requests go now to one node, now to the other."""

    def __init__(self, nodes: Nodes) -> None:
        self.origin = nodes.url
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, node: Node, path: str) -> Answer:
        return self._ask(node, path)

    def post(self, node: Node, path: str, **fields: str) -> Answer:
        """Sends the form of the page that was read last."""
        return self._ask(node, path, urlencode({**fields, "csrfmiddlewaretoken": self.token}))

    def _ask(self, node: Node, path: str, body: str | None = None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Origin": self.origin, "Host": urlsplit(self.origin).netloc, "Cookie": cookies}
        answer = ask(_ThroughSocket(node), path, body, headers)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if token := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body):
            self.token = token[1]
        return answer


def test_what_is_kept_through_one_node_is_read_and_changed_on_the_other(nodes: Nodes, both: tuple[Node, Node]) -> None:
    (one, two), visitor = both, Visitor(nodes)
    begin = "/keep/start/?for=roles/analyst&hours=6"
    visitor.get(one, begin)
    assert visitor.post(two, begin).status == 302
    plan = re.search(r"/plans/([a-z0-9-]+)/", visitor.get(one, "/keep/").body)
    assert plan is not None
    address = f"/plans/{plan[1]}/"
    key = re.search(r'id="task-([0-9a-f]+)"', visitor.get(two, address).body)
    assert key is not None
    assert visitor.post(one, f"{address}note/", key=key[1], note="Written through one").status == 302
    assert "Written through one" in visitor.get(two, address).body


def test_killing_a_node_loses_nothing_that_was_not_in_flight(
    both: tuple[Node, Node], site: Callable[..., Answer]
) -> None:
    statuses: list[int] = []
    stop = threading.Event()

    def visit() -> None:
        while not stop.is_set():
            try:
                statuses.append(site("/roles/").status)
            except OSError:
                statuses.append(0)
            time.sleep(0.05)

    visitors = [threading.Thread(target=visit) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    wait_for(lambda: len(statuses) > 10, "the first answers")
    before = len(statuses)
    both[0].kill()
    wait_for(lambda: len(statuses) > before + 30, "answers after one node is gone")
    stop.set()
    for visitor in visitors:
        visitor.join()
    # A page that is read may be asked for twice, so nginx asks the other node even for what was in flight.
    assert set(statuses) == {200}


def test_without_redis_both_nodes_go_on(nodes: Nodes, both: tuple[Node, Node]) -> None:
    nodes.redis.stop()
    try:
        paths = ("/", "/roles/analyst/", "/roles/engineer/?hours=6", "/search/?q=sql", "/readyz")
        assert {of_node(node, path).status for node in both for path in paths} == {200}
    finally:
        nodes.redis.start()


def test_without_the_database_kept_pages_go_on_and_the_others_say_so(nodes: Nodes, both: tuple[Node, Node]) -> None:
    for node in both:
        assert [of_node(node, "/skills/").status for _ in range(2)] == [200, 200]
    nodes.database.stop()
    try:
        for node in both:
            assert of_node(node, "/skills/").status == 200
            assert of_node(node, "/healthz").status == 200
            assert of_node(node, "/readyz").status == 503
            away = of_node(node, "/search/?q=never+asked+before")
            assert (away.status, bool(away.headers["Retry-After"])) == (503, True)
    finally:
        nodes.database.start()
    for node in both:
        _until(node, "/readyz")


def test_nginx_passes_on_no_address_that_a_visitor_invents(site: Callable[..., Answer]) -> None:
    answer = site("/", X_Forwarded_For="198.51.100.7", X_Forwarded_Proto="https", X_Request_ID="mine")
    assert answer.status == 200
    assert answer.headers.get("X-Request-ID") != "mine"
