"""The files of deploy/ fit the site: its variables, its addresses, its limits, its commands."""

from __future__ import annotations

import getpass
import grp
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest

from careerpaths import settings as deployment
from deploy import servers
from guides.request_limits import UPLOAD_BYTES
from tests.content_factory import build

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
    named = set(re.findall(r"=-?/srv/careerpaths/deploy/careerpaths (\w+)", commands))
    assert {"serve", "backup", "migrate"} <= named
    for name in named - {"serve", "backup", "migrate"}:
        assert (ROOT / "guides/management/commands" / f"{name}.py").is_file()
    # The variables are read in one place, by one rule.
    assert "EnvironmentFile" not in commands
    assert ".venv" not in commands


@dataclass(frozen=True)
class Machine:
    """A folder that stands for a machine: what the guide names by whole paths lies in it."""

    folder: Path
    variables: dict[str, str]

    def path(self, name: str) -> Path:
        """Where a path of the guide is here."""
        return self.folder / name.lstrip("/")

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """A line of the guide in the checkout, once there is one, with the paths and names of this machine."""
        for name in ("/srv/", "/etc/", "/usr/local/bin"):
            line = line.replace(f" {name}", f" {self.path(name)}{'/' if name.endswith('/') else ''}")
        user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        line = line.replace("-o careerpaths", f"-o {user}").replace("-g careerpaths", f"-g {group}")
        checkout = self.path("/srv/careerpaths")
        return subprocess.run(
            ["sh", "-euc", line.replace("<repository>", str(ROOT))],
            cwd=checkout if checkout.is_dir() else self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )


STAND_INS = {
    # The checkout as it is now, committed or not; the environment of Python of whoever runs this.
    "git": """mkdir "$3" && cd "$2" && cp -R .ci careerpaths deploy guides requirements static templates manage.py \\
    gunicorn.conf.py Makefile "$3" && cp -R "$CONTENT" "$3/content" && ln -s "$ENVIRONMENT" "$3/.venv" """,
    "editor": """case $1 in
    */environment)
        sed -i 's/^SECRET_KEY=.*/SECRET_KEY=a$key;of(50\\&more>signs*which"are|`not`~letters#alone-0123/' "$1" ;;
esac""",
}
"""What the guide calls and a test may not: accounts, services, the network. All others do nothing."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine on which the guide has not begun."""
    folder = tmp_path / "machine"
    for name in ("srv", "etc/systemd/system", "etc/nginx/sites-enabled", "usr/local/bin", "stand-ins"):
        (folder / name).mkdir(parents=True)
    for name in ("adduser", "editor", "git", "systemctl", "usermod"):
        program = folder / "stand-ins" / name
        program.write_text(f"#!/bin/sh\nset -eu\n{STAND_INS.get(name, ':')}\n")
        program.chmod(0o755)
    variables = {
        "PATH": f"{folder / 'stand-ins'}:{folder / 'usr/local/bin'}:{os.environ['PATH']}",
        "CAREERPATHS_USER": getpass.getuser(),
        "CAREERPATHS_ENVIRONMENT": str(folder / "etc/careerpaths/environment"),
        "CONTENT": str(build(tmp_path)),
        "ENVIRONMENT": sys.prefix,
    }
    return Machine(folder, variables)


def guide(heading: str) -> list[str]:
    """The commands of a section of the guide to deployment, in order."""
    section = (ROOT / "docs/deploy.md").read_text(encoding="utf-8").partition(f"# {heading}\n")[2]
    block = re.search(r"(?:^ {4}\S.*\n)+", section, re.MULTILINE)
    assert block is not None
    return [re.sub(r"\s{3,}#.*", "", line).strip() for line in block[0].splitlines()]


def test_the_guide_for_one_machine_works_line_by_line_as_it_is_written(machine: Machine) -> None:
    lines = guide("One machine")
    for line in lines:
        done = machine.run(line)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        if line == "careerpaths backup":
            assert done.stdout.startswith(f"Saved to {machine.path('/srv/careerpaths/var/backups')}")
    assert "systemctl enable --now careerpaths careerpaths-daily.timer" in lines
    database = machine.path("/srv/careerpaths/var/careerpaths.sqlite3")
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    style = next(machine.path("/srv/careerpaths/var/static/css").glob("site.*.css"))
    assert stat.S_IMODE(style.stat().st_mode) & 0o044 == 0o044, "nginx hands it out"
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM guides_role").fetchone()[0] > 0
    assert (machine.path("/etc/nginx/sites-enabled") / "careerpaths.conf").is_symlink()
    assert machine.path("/etc/nginx/careerpaths/pages/429.html").is_file()

    # The site has a database elsewhere now: what is saved is that one.
    file = machine.path("/etc/careerpaths/environment")
    with file.open("a") as written:
        written.write(f'DATABASE_URL="sqlite:///{machine.folder}/another.sqlite3"\n')
    refused = machine.run("careerpaths backup var/another-backup")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"{machine.folder}/another.sqlite3 holds no data of this site" in refused.stderr
    assert not (machine.folder / "another.sqlite3").exists()


def test_the_command_of_an_installed_site_says_what_is_missing(machine: Machine) -> None:
    for line in guide("One machine")[:2]:
        assert machine.run(line).returncode == 0
    without = machine.run("deploy/careerpaths backup")
    assert without.returncode == 1
    assert "environment is not there" in without.stderr
    file = machine.path("/etc/careerpaths/environment")
    file.parent.mkdir()
    file.write_text("SECRET_KEY=x\nnonsense\n")
    wrong = machine.run("deploy/careerpaths backup")
    assert (wrong.returncode, "a line that is not NAME=VALUE" in wrong.stderr) == (1, True)
    file.write_text("SITE_URL=https://careers.example.org\n")
    keyless = machine.run("deploy/careerpaths backup")
    assert keyless.returncode == 1
    assert keyless.stderr.startswith("There is no secret key. ")
    assert machine.run("deploy/careerpaths").returncode == 2


def test_pages_of_nginx_are_html_in_the_manner_of_the_site() -> None:
    styles = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "static/css").rglob("*.css"))
    named = re.findall(r"/_nginx/(\d+\.html)", directives(DEPLOY / "nginx" / "site.conf"))
    files = sorted((DEPLOY / "nginx/pages").iterdir())
    assert sorted(set(named)) == [file.name for file in files]
    for file in files:
        text = file.read_text(encoding="utf-8")
        html5lib.HTMLParser(strict=True).parse(text)
        for word in {word for words in re.findall(r'class="([^"]+)"', text) for word in words.split()}:
            assert f".{word}" in styles, word
        for address in re.findall(r'href="/static/([^"]+)"', text):
            assert (ROOT / "static" / address).is_file()
        assert "<script" not in text
        assert "style=" not in text


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
