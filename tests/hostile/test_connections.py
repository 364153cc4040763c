"""Requests that are no HTTP, that never end, or that come by the hundred: 4xx, and the site goes on.

Numbers 9, 10 and 23 of the list in docs/security.md.
"""

from __future__ import annotations

import random
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.hostile.amounts import amount
from tests.hostile.served import HOST, Served, ask, nginx, raw

LINE = f"GET /robots.txt HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
END = "Connection: close\r\n\r\n"
POST = f"POST /keep/open/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
CHUNKED = f"{POST}Transfer-Encoding: chunked\r\n{END}"

MALFORMED = [
    b"", b"\r\n", b"\r\n\r\n\r\n", b"\n", b" ", b"\x00" * 50, b"\xff\xfe\xfd" * 20, b"GET", b"GET /", b"GET / HTTP/1.1",
    b"GET\t/ HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\n\n", b"GET  / HTTP/1.1\r\n\r\n", b"GET / / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1.1\r\n\r\n", b"GET / http/1.1\r\n\r\n", b"GET / FTP/1.1\r\n\r\n",
    b"G\x00T / HTTP/1.1\r\n\r\n", b"G@T / HTTP/1.1\r\n\r\n", b"get / HTTP/1.1\r\n\r\n",
    b"A" * 100 + b" / HTTP/1.1\r\n\r\n",
    b"GET http:// HTTP/1.1\r\n\r\n", b"GET //// HTTP/1.1\r\n\r\n", b"GET * HTTP/1.1\r\n\r\n",
    b"CONNECT a.example:443 HTTP/1.1\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\n\r\n", b"GET /%zz HTTP/1.1\r\n\r\n",
    b"GET /\r HTTP/1.1\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 80,
    b"SSH-2.0-x\r\n",
    b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\n\r\n", b"GET /?" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n",
    *(f"{LINE}{header}\r\n{END}".encode("latin-1") for header in (
        ": no name", " : blank", "no colon", "Name : value", "Na me: value", "Nam\x00e: value", "N\xe4me: value",
        "Name: a\x00b",
        "Name: a\rb", "Name: a\nb: c", "\tfolded: 1", "X: 1\r\n folded", "X-Long: " + "a" * 9_000, "()<>: 1",
        "Host: a\r\nHost: b",
        "Host:", "Content-Length: -1", "Content-Length: 1e3", "Content-Length: +5", "Content-Length: 0x10",
        "Content-Length: 5, 6", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 99999999999999999999",
        "Content-Length: \xb2", "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: \x0bchunked",
        "Transfer-Encoding : chunked", "Transfer-Encoding: gzip", "Expect: 200-ok", "Upgrade: h2c\r\nHTTP2-Settings: x",
        "Cookie: " + "a=b; " * 1_700, "Range: bytes=" + "0-1," * 1_500, "Accept-Encoding: " + "x," * 3_000,
    )),
    *(LINE.encode() + b"".join(b"H%d: 1\r\n" % number for number in range(count)) + b"\r\n" for count in (70, 500)),
    *(f"{CHUNKED}{chunks}".encode("latin-1") for chunks in (
        "zz\r\nabc\r\n0\r\n\r\n", "-1\r\n\r\n", "5\r\nabc", "5 \r\nabcde\r\n0\r\n\r\n", "\r\n",
        "fffffffffffffffff\r\nabc", "5;" + "e" * 9_000 + "\r\nabcde\r\n0\r\n\r\n", "5\nabcde\n0\n\n",
        "0x5\r\nabcde\r\n0\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n",
    )),
]  # fmt: skip


def statuses(said: bytes) -> list[int]:
    """The status of every answer in what came back."""
    return [
        int(line.split(b" ")[1]) for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.") and line.count(b" ")
    ]


def mutated(number: int) -> bytes:
    """A proper request with some of its bytes changed; the same number gives the same bytes."""
    chance = random.Random(number)
    request = bytearray(f"{LINE}Cookie: a=b\r\nContent-Length: 0\r\n{END}".encode())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(request))
        what = chance.choice(("byte", "cut", "double", "insert"))
        if what == "byte":
            request[at] = chance.randrange(256)
        elif what == "cut":
            del request[at : at + chance.randint(1, 12)]
        elif what == "double":
            request[at:at] = request[at : at + chance.randint(1, 40)]
        else:
            request[at:at] = bytes(chance.choice((0, 9, 10, 11, 13, 32, 58, 127, 160, 255)) for _ in range(3))
    return bytes(request)


def test_requests_that_are_no_http_get_4xx_and_the_site_goes_on(running: Served) -> None:
    worker = running.worker
    requests = [*MALFORMED, *map(mutated, range(500 - len(MALFORMED)))]
    assert len(requests) == 500
    answered = 0
    for request in requests[:: amount(4, 1)]:
        found = statuses(raw(running.port, request, seconds=2))
        answered += bool(found)
        # 501: a coding of the body that the server does not know (RFC 9112, section 6.1).
        assert all(status < 500 or status == 501 for status in found), request[:200]
    assert answered > len(requests[:: amount(4, 1)]) / 2
    assert running.worker == worker, "the worker ended"
    assert "127.0.0.1" not in running.log.read_text()
    assert "Traceback" not in running.log.read_text()
    assert running.get("/robots.txt").status == 200


def test_two_servers_cannot_be_made_to_see_different_requests(running: Served) -> None:
    """Smuggling (CL.TE, TE.CL, TE.TE): what follows an ambiguous request is never answered as one of its own."""
    hidden = f"GET /hidden HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n"
    for headers, body in (
        ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", f"0\r\n\r\n{hidden}"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", f"0\r\n\r\n{hidden}"),
        ("Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n", f"0\r\n\r\n{hidden}"),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", f"0\r\n\r\n{hidden}"),
        ("Transfer-Encoding: identity, chunked\r\n", f"0\r\n\r\n{hidden}"),
        ("Content-Length: 0\r\nContent-Length: 44\r\n", hidden),
        ("Content-Length : 0\r\n", hidden),
    ):
        found = statuses(raw(running.port, f"{POST}{headers}\r\n{body}".encode(), seconds=2))
        assert 404 not in found, headers
        assert found, headers
        assert all(400 <= status < 500 or status == 501 for status in found), headers


def test_long_lines_and_headers_are_refused_by_the_server(running: Served) -> None:
    assert statuses(raw(running.port, b"GET /?" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n"))[0] in (400, 414)
    long = f"{LINE}X-Long: {'a' * 9_000}\r\n{END}"
    assert statuses(raw(running.port, long.encode()))[0] in (400, 431)
    many = LINE + "".join(f"H{number}: 1\r\n" for number in range(100)) + END
    assert statuses(raw(running.port, many.encode()))[0] in (400, 431)


def test_a_body_that_is_announced_and_never_sent_or_far_too_long_holds_nobody_up(running: Served) -> None:
    post = f"POST /keep/open/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nContent-Type: text/plain\r\n"
    found = statuses(raw(running.port, f"{post}Content-Length: 100000000\r\n\r\nabc".encode()))
    assert found[:1] == [413]
    assert running.get("/robots.txt").status == 200


def slow(port: int, number: int, stack: ExitStack) -> list[socket.socket]:
    """So many connections that have begun a request and go on with a byte now and then."""
    made = []
    for index in range(number):
        # The proxy lets one visitor have forty connections.
        origin = (f"127.0.1.{index // 20 + 1}", 0)
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10, origin))
        # Half of them are slow with their headers, half with their body.
        head = f"POST /keep/open/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n"
        connection.sendall((head if index % 2 else f"{head}\r\na").encode())
        made.append(connection)
    return made


@pytest.mark.long
def test_slow_clients_behind_nginx_hold_nobody_up(running: Served) -> None:
    """Eighty of them; twenty ordinary requests are answered within a second each meanwhile."""
    with nginx(f"127.0.0.1:{running.port}") as port, ExitStack() as stack:
        slow_ones = slow(port, 80, stack)
        for _ in range(20):
            for one in slow_ones:
                one.sendall(b"b")
            started = time.monotonic()
            assert ask(port, "/roles/analyst/").status == 200
            assert time.monotonic() - started < 1


@pytest.mark.long
def test_a_hundred_at_once_are_all_answered(running: Served) -> None:
    with ThreadPoolExecutor(100) as pool:
        found = list(pool.map(lambda number: running.get(f"/roles/?months={number}").status, range(300)))
    assert set(found) == {200}
