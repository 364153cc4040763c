"""The files of deploy/ fit the site: its variables, its addresses, its limits, its commands."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from careerpaths import settings as deployment
from deploy import servers
from guides.request_limits import UPLOAD_BYTES

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def directives(file: Path) -> str:
    """An nginx file without its comments."""
    return re.sub(r"#[^\n]*", "", file.read_text(encoding="utf-8"))


def service_of(file: Path) -> dict[str, str]:
    """The section Service of a systemd unit; of a key that stands there several times the last one counts."""
    section = file.read_text(encoding="utf-8").partition("[Service]")[2].partition("[Install]")[0]
    return dict(re.findall(r"^(\w+)=(.*)$", section, re.MULTILINE))


def test_every_variable_of_the_example_is_one_the_settings_know() -> None:
    named = set(re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "environment.example").read_text(), re.MULTILINE))
    explained = set(re.findall(r"^([A-Z_]+)\s{2,}|\b(WEB_[A-Z_]+)", deployment.__doc__ or "", re.MULTILINE))
    assert named <= {name for pair in explained for name in pair} | {"SECRET_KEY"}
    assert {"SITE_URL", "SECRET_KEY", "DATABASE_URL", "CACHE_URL", "TRUSTED_PROXIES"} <= named


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_services_may_do_little(file: Path) -> None:
    service = service_of(file)
    assert service["User"] == "careerpaths"
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
        assert service[name] == "yes", name
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["ReadWritePaths"] == "/srv/careerpaths/var"


def test_commands_of_the_units_exist() -> None:
    commands = "\n".join(file.read_text(encoding="utf-8") for file in UNITS)
    for module in re.findall(r"-m (careerpaths\.\w+)", commands):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    for name in re.findall(r"manage\.py (\w+)", commands):
        assert name == "migrate" or (ROOT / "guides/management/commands" / f"{name}.py").is_file()


def test_nginx_takes_what_the_site_takes_and_passes_on_what_it_reads() -> None:
    site = directives(DEPLOY / "nginx" / "site.conf")
    most = re.search(r"client_max_body_size (\d+)m;", site)
    assert most is not None
    assert int(most[1]) * 2**20 > UPLOAD_BYTES
    for header in ("X-Forwarded-For $proxy_add_x_forwarded_for", "X-Forwarded-Proto $scheme", "Host $http_host"):
        assert f"proxy_set_header {header};" in site
    assert "proxy_cache off;" in site
    assert "non_idempotent" not in site, "a form would be sent twice"


def test_nginx_writes_no_address_and_no_key_down() -> None:
    limits = directives(DEPLOY / "nginx" / "limits.conf")
    written = limits.partition("log_format")[2]
    for variable in ("remote_addr", "request_uri", "args", "http_cookie", '"$uri"', "http_referer"):
        assert variable not in written


def test_what_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)
    with pytest.raises(servers.ServerMissing, match=r"redis-server was not found\. Install it \(Debian: apt install"):
        servers.program("redis-server", "redis-server")
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    monkeypatch.setattr(servers, "find_spec", lambda name: None)
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    with pytest.raises(servers.ServerMissing, match=r"requirements/postgres-test\.txt"):
        servers.postgres_programs()


@pytest.mark.parametrize("target", ["backup", "restore", "test-postgres", "test-nodes"])
def test_make_lists_the_commands(target: str) -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.search(rf"^  {target} +\S", done.stdout, re.MULTILINE)


def test_everything_is_run_before_a_change_is_taken() -> None:
    steps = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [step for step in steps if step.startswith("make")] == [
        "make check",
        "make test",
        "make test-postgres",
        "make test-nodes",
    ]
