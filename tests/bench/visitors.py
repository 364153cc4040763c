"""Load on a server of this machine: wrk as fast as it goes, and visitors of our own at a steady pace.

Visitors are plain sockets that stay connected; the time of an answer counts from the moment at which it should have
been asked for, so that a server that stands still cannot hide the requests that waited.
"""

from __future__ import annotations

import random
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection


class LoadGeneratorMissing(Exception):
    """wrk is not on this machine; the message says how to get it."""


@dataclass(frozen=True)
class Answered:
    """How much a server answered, and how fast."""

    number: int
    per_second: float


@dataclass(frozen=True)
class Times:
    """Milliseconds until the answer was there."""

    p50: float
    p99: float


def most_per_second(
    port: int, address: str, headers: Mapping[str, str], connections: int, seconds: int, core: Sequence[str] = ()
) -> Answered:
    """What wrk gets over connections that stay open. ``core``: command in front that picks a processor."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise LoadGeneratorMissing("wrk was not found. Install it (Debian: apt install wrk).")
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    run = subprocess.run(
        [*core, wrk, "-t1", f"-c{connections}", f"-d{seconds}s", *given, f"http://127.0.0.1:{port}{address}"],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx or 3xx" in run.stdout or "Socket errors" in run.stdout:
        raise RuntimeError(f"{address} was not answered:\n{run.stdout}")
    found = re.search(r"(\d+) requests in .*Requests/sec:\s+([\d.]+)", run.stdout, re.DOTALL)
    if found is None:
        raise RuntimeError(run.stdout)
    return Answered(int(found[1]), float(found[2]))


def at_a_pace(port: int, address: str, headers: Mapping[str, str], per_second: float, seconds: float) -> Times:
    """How long answers take while ``per_second`` of them are asked for, evenly, each by a visitor who is free."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _answer(connection, request)
    taken: list[float] = []
    start = time.perf_counter()
    for number in range(int(per_second * seconds)):
        due = start + number / per_second
        while time.perf_counter() < due:
            time.sleep(0)
        _answer(connections[number % len(connections)], request)
        taken.append(time.perf_counter() - due)
    for connection in connections:
        connection.close()
    taken.sort()
    return Times(taken[len(taken) // 2] * 1000, taken[int(len(taken) * 0.99)] * 1000)


def _answer(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    said = b""
    while b"\r\n\r\n" not in said:
        said += connection.recv(65_536)
    head, _, body = said.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    left = int(length[1]) - len(body) if length else 0
    while left > 0:
        left -= len(connection.recv(65_536))


def one_after_the_other(port: int, addresses: Sequence[str], number: int) -> None:
    """So many requests over one connection, for addresses in no order. RuntimeError for an error of the server."""
    random.seed(1)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(number):
        address = random.choice(addresses)
        connection.request("GET", address, headers={"Accept-Encoding": "br"})
        response = connection.getresponse()
        response.read()
        if response.status >= 500:
            raise RuntimeError(f"{address}: {response.status}")
    connection.close()
