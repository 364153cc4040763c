"""The settings refuse what would be unsafe or misunderstood, and https in SITE_URL switches the safe ones on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEY = "a-key-for-these-tests-that-is-long-enough-0123456789-abcdefghij"
SHOW = """
import json
from careerpaths import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start Python in the repository with these variables and no others of ours."""
    surroundings = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**surroundings, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings(**variables: str) -> dict[str, Any]:
    done = run("-c", SHOW, **{"SECRET_KEY": KEY, **variables})
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def refusal(**variables: str) -> str:
    """The last line that a start with these variables ends in."""
    done = run("-c", SHOW, **{"SECRET_KEY": KEY, **variables})
    assert done.returncode != 0, "the settings were accepted"
    return done.stderr.strip().splitlines()[-1].removeprefix("django.core.exceptions.ImproperlyConfigured: ")


def test_no_secret_key_stops_the_start_and_says_how_to_make_one(tmp_path: Path) -> None:
    assert refusal(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "none")) == (
        "There is no secret key. Run `.venv/bin/python -m careerpaths.secret_key var/secret-key` to make one, "
        "or set SECRET_KEY to at least 50 random characters."
    )


@pytest.mark.parametrize(
    "key",
    ["short", "development-only-key-of-careerpaths-that-signs-nothing-worth-having", "ab" * 40],
    ids=["short", "the development key", "two letters"],
)
def test_a_secret_key_that_can_be_guessed_is_refused(key: str) -> None:
    assert refusal(SECRET_KEY=key) == (
        "The secret key can be guessed. Set SECRET_KEY to at least 50 random characters, or unset it and run "
        "`.venv/bin/python -m careerpaths.secret_key var/secret-key` to make one."
    )


@pytest.mark.parametrize("command", [["load_content", "--check"], ["export_schemas"]], ids=lambda words: words[0])
def test_commands_that_only_read_content_files_need_no_key(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "schemas"
    arguments = [*command, f"--folder={folder}"] if command == ["export_schemas"] else command
    done = run("manage.py", *arguments, SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "none"))
    assert "secret key" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["load_content", "migrate"])
def test_commands_that_write_to_the_database_need_a_key(tmp_path: Path, command: str) -> None:
    done = run("manage.py", command, SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "none"))
    assert done.returncode != 0
    assert "There is no secret key." in done.stderr


def test_the_secret_key_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")
    assert settings(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == KEY


def test_debug_needs_no_key(tmp_path: Path) -> None:
    found = settings(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "none"), DEBUG="1")
    assert found["DEBUG"] is True
    assert found["SECRET_KEY"].startswith("development-only")


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEBUG": "maybe"}, "DEBUG must be one of 1, true, yes, on, 0, false, no or off, not 'maybe'."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must be host names separated by commas"),
        ({"ALLOWED_HOSTS": "https://a.example"}, "ALLOWED_HOSTS must be host names separated by commas"),
        ({"SITE_URL": "careers.example.org"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "https://careers.example.org/guides"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "https://user:secret@careers.example.org"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "https://careers.example.org:99999"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "ftp://careers.example.org"}, "SITE_URL must be a scheme and a host"),
        ({"DATABASE_URL": "mysql://localhost/site"}, "DATABASE_URL must begin with sqlite: or postgres:, not 'mysql'."),
        ({"DATABASE_URL": "postgres://localhost:many/site"}, "DATABASE_URL is not a database address"),
        ({"CACHE_URL": "memory://"}, "CACHE_URL must begin with one of locmemcache:, dummycache:"),
        ({"TRUSTED_PROXIES": "everybody"}, "TRUSTED_PROXIES must be addresses or networks separated by commas"),
        (
            {"TRUSTED_PROXIES": "10.0.0.1, 0.0.0.0/0"},
            "TRUSTED_PROXIES must be addresses or networks separated by commas",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(variables: dict[str, str], sentence: str) -> None:
    assert refusal(**variables).startswith(sentence)


def test_a_wrong_database_address_is_refused_without_showing_its_password() -> None:
    done = run("-c", SHOW, SECRET_KEY=KEY, DATABASE_URL="postgres://site:hunter2@localhost:many/site")
    assert done.returncode != 0
    assert "hunter2" not in done.stderr.splitlines()[-1]


def test_without_variables_the_site_is_for_this_machine_and_not_in_debug() -> None:
    found = settings()
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SITE_URL"] == "http://127.0.0.1:8000"
    database = found["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(ROOT / "var/careerpaths.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert found["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")
    assert found["STORAGES"]["staticfiles"]["BACKEND"].endswith("OneSheetStorage")
    assert not any(
        name in found for name in ("SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE")
    )


@pytest.mark.parametrize(
    ("url", "most"),
    [("", 100_000), ("filecache:///nowhere", 20_000), ("dbcache://entries", 20_000)],
    ids=["a process", "files", "a table"],
)
def test_a_cache_has_room_for_the_counts_of_everybody_and_keeps_them_for_an_hour(url: str, most: int) -> None:
    found = settings(CACHE_URL=url)["CACHES"]["default"]
    assert found["OPTIONS"]["MAX_ENTRIES"] == most
    assert found["TIMEOUT"] == 3600
    asked = settings(CACHE_URL=f"{url or 'locmemcache://'}?max_entries=7&timeout=60")["CACHES"]["default"]
    assert asked["TIMEOUT"] == 60
    assert list(asked["OPTIONS"].values()) == [7]


def test_https_switches_the_safe_settings_on() -> None:
    found = settings(SITE_URL="https://careers.example.org/")
    assert found["SITE_URL"] == "https://careers.example.org"
    assert "careers.example.org" in found["ALLOWED_HOSTS"]
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 63_072_000
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://careers.example.org"]


def test_with_https_a_proxy_on_this_machine_is_trusted_and_others_when_they_are_named() -> None:
    public = "https://careers.example.org"
    assert settings()["TRUSTED_PROXIES"] == []
    assert settings(SITE_URL=public)["TRUSTED_PROXIES"] == ["127.0.0.1", "::1", "unix"]
    assert settings(SITE_URL=public, TRUSTED_PROXIES="10.0.0.0/8, unix")["TRUSTED_PROXIES"] == ["10.0.0.0/8", "unix"]
    assert settings(SITE_URL=public, TRUSTED_PROXIES="none")["TRUSTED_PROXIES"] == []
    assert settings(SITE_URL=public)["SECURE_SSL_HOST"] == "careers.example.org"


def test_hsts_can_leave_the_subdomains_alone() -> None:
    found = settings(SITE_URL="https://example.org", HSTS_SUBDOMAINS="no")
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    assert found["SECURE_HSTS_PRELOAD"] is False


def test_named_hosts_take_the_place_of_the_default_ones() -> None:
    assert settings(ALLOWED_HOSTS="a.example, .b.example")["ALLOWED_HOSTS"] == ["a.example", ".b.example"]


def test_the_policy_allows_this_origin_and_nothing_inline() -> None:
    directives = settings()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'none'", "'self'", "data:"}


def test_the_deployment_check_has_nothing_to_say_with_https(tmp_path: Path) -> None:
    done = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY=KEY,
        SITE_URL="https://careers.example.org",
        DATABASE_URL=f"sqlite:///{tmp_path}/site.sqlite3",
    )
    assert done.returncode == 0, done.stderr
    assert "System check identified no issues (0 silenced)." in done.stdout + done.stderr
