"""Typed readers of environment variables.

Every reader answers with a value of one type or raises ImproperlyConfigured with a sentence that names the variable,
the value it found and what may stand there. A variable that is set but empty counts as not set.
"""

from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from careerpaths.sqlite_file import PrivateFile

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}

_DATABASES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "careerpaths.postgresql",
    "postgresql": "careerpaths.postgresql",
}

_CACHES = {
    "locmemcache": "django.core.cache.backends.locmem.LocMemCache",
    "dummycache": "django.core.cache.backends.dummy.DummyCache",
    "filecache": "django.core.cache.backends.filebased.FileBasedCache",
    "dbcache": "django.core.cache.backends.db.DatabaseCache",
    "redis": "careerpaths.redis_cache.ForgivingRedisCache",
    "rediss": "careerpaths.redis_cache.ForgivingRedisCache",
}

# By default caches throw entries away beyond 300, and with them the counts of attempts. A full one of a process takes
# 27 MB; the two others look at all of their entries whenever they write one.
_MOST_ENTRIES = {"locmemcache": 100_000, "filecache": 20_000, "dbcache": 20_000}

# Nobody waits longer than this for a lock that another holds, or for a server to let them in. Whoever asked for a page
# waits less (careerpaths/patience.py) and is told to try again (guides/unavailable.py).
_PATIENCE_SECONDS = 4

# WAL lets readers go on while a content load writes. NORMAL is safe with WAL: a power cut may lose the last
# transactions, never the file.
_SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY"


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without blanks around it."""
    value: str = environ.Env().str(name, default="").strip()
    return value or default


def flag(name: str, default: bool) -> bool:
    """A yes-or-no variable; case does not matter."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be one of 1, true, yes, on, 0, false, no or off, not {value!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number that is not below `least`."""
    value = text(name)
    if not value:
        return default
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if found < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more, not {found}.")
    return found


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names separated by commas, as a browser sends them but without a port.

    A leading dot stands for all subdomains. "*" is refused: it would let anybody choose the host a page believes in.
    """
    found = [part.strip() for part in text(name).split(",") if part.strip()] or default
    for host in found:
        if host == "*" or "/" in host or " " in host:
            raise ImproperlyConfigured(
                f"{name} must be host names separated by commas, such as careers.example.org, not {host!r}."
            )
    return found


def proxies(name: str, default: list[str]) -> list[str]:
    """Addresses and networks of proxies separated by commas, and "unix" for those at a Unix socket; "none" for none."""
    value = text(name)
    found = [] if value.lower() == "none" else [part.strip() for part in value.split(",") if part.strip()] or default
    for proxy in found:
        try:
            network = ip_network("127.0.0.1" if proxy == "unix" else proxy)
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            raise ImproperlyConfigured(
                f"{name} must be addresses or networks separated by commas, such as 10.0.0.0/8, unix for a Unix "
                f"socket, or none, not {proxy!r}."
            )
    return found


def origin(name: str, default: str) -> str:
    """Scheme, host and perhaps port of the site, without a slash at the end."""
    value = text(name, default).removesuffix("/")
    wrong = ImproperlyConfigured(
        f"{name} must be a scheme and a host, such as https://careers.example.org, and nothing else, not {value!r}."
    )
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise wrong from None
    rest = parts.path or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in {"http", "https"} or not parts.hostname or rest or port == 0 or set(value) & set(" ,\\?#"):
        raise wrong
    return value


def database(name: str, default: str, *, base: Path) -> dict[str, Any]:
    """Django's description of the database at an address such as sqlite:///var/site.sqlite3 or postgres://....

    A relative SQLite path is relative to `base`.
    """
    value = text(name, default)
    scheme = value.partition(":")[0].lower()
    if scheme not in _DATABASES:
        raise ImproperlyConfigured(f"{name} must begin with sqlite: or postgres:, not {scheme!r}.")
    try:
        found: dict[str, Any] = environ.Env.db_url_config(value)
    except ValueError:
        # The address carries a password, so it is not repeated here.
        raise ImproperlyConfigured(f"{name} is not a database address that can be read.") from None
    found["ENGINE"] = _DATABASES[scheme]
    if not found["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database.")
    options: dict[str, Any] = found.setdefault("OPTIONS", {})
    if scheme == "sqlite":
        if found["NAME"] != ":memory:":
            found["NAME"] = str(base / found["NAME"])
        options.setdefault("timeout", _PATIENCE_SECONDS)
        # A transaction that reads first and writes later would otherwise fail at once instead of waiting its turn.
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("init_command", _SQLITE_PRAGMAS)
        options.setdefault("factory", PrivateFile)
        # Opening costs a millisecond. Kept for a second, so that a file put in its place is noticed soon.
        found.setdefault("CONN_MAX_AGE", 1)
    else:
        if find_spec("psycopg") is None:
            raise ImproperlyConfigured(f"{name} asks for PostgreSQL: install requirements/postgres.txt.")
        # A folder in the place of the host, %2Frun%2Fpostgresql, is where the server's Unix socket lies.
        found["HOST"] = unquote(found["HOST"])
        found.setdefault("CONN_MAX_AGE", 60)
        found.setdefault("CONN_HEALTH_CHECKS", True)
        # PgBouncer in transaction mode would lose a cursor between two rows.
        found.setdefault("DISABLE_SERVER_SIDE_CURSORS", True)
        options.setdefault("connect_timeout", _PATIENCE_SECONDS)
        options.setdefault("options", f"-c lock_timeout={_PATIENCE_SECONDS}s")
    return found


def cache(name: str, default: str) -> dict[str, Any]:
    """Django's description of the cache at an address such as locmemcache:// or redis://localhost:6379/0."""
    value = text(name, default)
    scheme = value.partition(":")[0].lower()
    if scheme not in _CACHES:
        known = ", ".join(f"{word}:" for word in _CACHES)
        raise ImproperlyConfigured(f"{name} must begin with one of {known} not {scheme!r}.")
    if scheme in {"redis", "rediss"} and find_spec("redis") is None:
        raise ImproperlyConfigured(f"{name} asks for Redis: install requirements/redis.txt.")
    found: dict[str, Any] = environ.Env.cache_url_config(value, backend=_CACHES[scheme])
    if scheme in _MOST_ENTRIES:
        options: dict[str, Any] = found.setdefault("OPTIONS", {})
        if not {"max_entries", "MAX_ENTRIES"} & options.keys():
            options["MAX_ENTRIES"] = _MOST_ENTRIES[scheme]
        # Two of these give a count this long to live whenever it grows; the longest window is an hour.
        found.setdefault("TIMEOUT", 60 * 60)
    return found
