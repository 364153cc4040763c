"""A scanner that nobody here wrote goes over the whole site, over TLS, and finds nothing.

Number 19 of the list in docs/security.md. `make hostile` installs Wapiti in an environment of its own (.ci/scanner);
without it these tests are left out, and that is said at the end of the run.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from deploy.servers import program, wait_for
from tests.hostile.conftest import NO_SCANNER
from tests.hostile.served import ROOT, copied, free_port, gunicorn, is_listening

MODULES = (
    "backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "http_headers", "methods", "permanentxss",
    "redirect", "sql", "upload", "xss",
)  # fmt: skip
"""What Wapiti looks for. Left out: what needs a server outside of this machine, and what is about other programs."""

SECONDS_OF_A_MODULE = 30


@dataclass(frozen=True)
class Finding:
    """Something that the scanner reports: what kind of thing, of which severity (1 to 4), and where."""

    kind: str
    level: int
    place: str
    words: str


@dataclass(frozen=True)
class Scan:
    """What the scanner saw."""

    pages: int
    findings: tuple[Finding, ...]


@pytest.fixture(scope="session")
def wapiti() -> Path:
    """The scanner that WAPITI names or that `make hostile` installed. Nothing is installed here."""
    found = subprocess.run([ROOT / ".ci/scanner", "--installed"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(NO_SCANNER)
    return Path(found.stdout.strip())


def scan(wapiti: Path, address: str, folder: Path) -> Scan:
    """Has Wapiti follow links and forms from an address on, and attack all that it found."""
    report = folder / "report.json"
    done = subprocess.run(
        [
            wapiti, "--url", address, "--scope", "folder", "--module", ",".join(MODULES), "--level", "2",
            # Every plan that is begun has addresses of its own, so there is no end to them.
            "--depth", "3", "--max-files-per-dir", "8", "--max-links-per-page", "60", "--max-scan-time", "120",
            "--max-attack-time", str(SECONDS_OF_A_MODULE), "--verify-ssl", "0", "--timeout", "10", "--tasks", "4",
            "--store-session", folder / "session", "--store-config", folder / "configuration", "--no-bugreport",
            "--format", "json", "--output", report, "--verbose", "0",
        ],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert report.exists(), done.stdout[-2_000:] + done.stderr[-2_000:]
    told: dict[str, Any] = json.loads(report.read_text())
    return Scan(
        pages=told["infos"]["crawled_pages_nbr"],
        findings=tuple(
            Finding(kind, one["level"], f"{one['method']} {one['path']} {one['parameter'] or ''}".strip(), one["info"])
            for group in ("vulnerabilities", "anomalies")
            for kind, found in told[group].items()
            for one in found
        ),
    )


@pytest.mark.long
def test_a_scanner_finds_nothing(wapiti: Path, prepared: Path, tmp_path: Path) -> None:
    """The sample site over TLS; limits count nothing there, so that the scanner is not stopped before it has tried."""
    key, certificate, port = tmp_path / "key.pem", tmp_path / "certificate.pem", free_port()
    subprocess.run(
        [
            program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-keyout", key, "-out", certificate,
        ],
        capture_output=True,
        check=True,
    )  # fmt: skip
    options = f"--bind=127.0.0.1:{port}", f"--keyfile={key}", f"--certfile={certificate}"
    address = f"https://localhost:{port}"
    more = {"SITE_URL": address, "CACHE_URL": "dummycache://", "WEB_ACCESS_LOG": "1"}
    with gunicorn(copied(prepared, tmp_path), tmp_path, *options, **more) as process:
        wait_for(lambda: process.poll() is not None or is_listening(port), "gunicorn")
        found = scan(wapiti, f"{address}/", tmp_path)
        log = (tmp_path / "log").read_text()
    assert not found.findings
    assert found.pages > 100
    statuses = Counter(line.get("status", 0) for line in map(json.loads, log.splitlines()))
    assert statuses[200] > 1_000, "the scanner saw refusals rather than pages"
    assert not [status for status in statuses if status >= 500]


def careless(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A site with what a scanner is for: it shows what it is sent as it came, and has no header of safety."""
    said = parse_qs(environ["QUERY_STRING"]).get("q", ["nothing"])[0]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "session=1")])
    page = f"<!doctype html><title>Search</title><form><input name=q></form><a href='/?q=a'>a</a><p>{said}</p>"
    return [page.encode("utf-8", "replace")]


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""


@pytest.mark.long
def test_the_scanner_would_find_something(wapiti: Path, tmp_path: Path) -> None:
    """A scanner that saw nothing, for whatever reason, would find nothing on our site either."""
    with make_server("127.0.0.1", 0, careless, handler_class=Silent) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = scan(wapiti, f"http://127.0.0.1:{server.server_port}/", tmp_path)
        server.shutdown()
    kinds = {finding.kind for finding in found.findings}
    assert "Reflected Cross Site Scripting" in kinds, kinds
    assert any("HttpOnly" in kind for kind in kinds), kinds
    assert any("Content Security Policy" in kind for kind in kinds), kinds
