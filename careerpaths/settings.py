"""Settings of the deployment, read from environment variables.

Without any variable the site runs for this machine alone, in production mode, with SQLite under var/. A wrong value
stops the start with a sentence that names the variable.

SITE_URL         public origin; https switches secure cookies, HSTS and the redirect on (http://127.0.0.1:8000)
ALLOWED_HOSTS    host names separated by commas (this machine and the host of SITE_URL)
SECRET_KEY       at least 50 random characters; or SECRET_KEY_FILE, a file that holds them (var/secret-key)
DATABASE_URL     sqlite:///path or postgres://user:password@host/name (sqlite:///var/careerpaths.sqlite3)
CACHE_URL        locmemcache://, filecache:///path, dbcache://table, redis://host/0 or dummycache:// (locmemcache://)
BACKUP_DIR       folder that backups go to (var/backups)
TRUSTED_PROXIES  addresses of the proxies in front, "unix" for a Unix socket, or none (with https this machine's own)
PAGE_CACHE_MB    memory in which each process keeps finished pages, a thousand in 16; 0 keeps none (16)
PAGE_PARTS_MB    memory for what pages of visitors who keep something have in common with others; 0 keeps none (4)
HSTS_SUBDOMAINS  whether HSTS covers the subdomains of the host too (yes)
DEBUG            error pages with details, files from static/ as they are; never in public (no)
LIVE_CONTENT     with DEBUG, reload content while it is written (no)

WEB_WORKERS, WEB_THREADS and WEB_ACCESS_LOG are read by gunicorn.conf.py; all but two of the threads of a process may
wait for the database at the same moment.
"""

import secrets
import sys
from datetime import timedelta
from logging import LogRecord
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.log import CallbackFilter

from careerpaths import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
CONTENT_DIR = BASE_DIR / "content"

DEBUG = environment.flag("DEBUG", default=False)

# Reload content while the server runs; `make dev` switches it on.
LIVE_CONTENT = environment.flag("LIVE_CONTENT", default=False)

# The only origin that absolute addresses are built from; the Host header of a request never is.
SITE_URL = environment.origin("SITE_URL", default="http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")


# Secrets and hosts

SECRET_KEY_FILE = BASE_DIR / environment.text("SECRET_KEY_FILE", default="var/secret-key")
_DEVELOPMENT_KEY = "development-only-key-of-careerpaths-that-signs-nothing-worth-having"
_LEAST_KEY_LENGTH = 50


def _signs_nothing(arguments: list[str]) -> bool:
    """Whether the command only reads and writes content files, as editors do in a fresh clone that has no key yet."""
    return arguments[:1] == ["export_schemas"] or (arguments[:1] == ["load_content"] and "--check" in arguments)


def _secret_key() -> str:
    key = environment.text("SECRET_KEY")
    if not key and SECRET_KEY_FILE.is_file():
        key = SECRET_KEY_FILE.read_text(encoding="utf-8").strip()
    if DEBUG:
        return key or _DEVELOPMENT_KEY
    if not key and _signs_nothing(sys.argv[1:]):
        return secrets.token_urlsafe(_LEAST_KEY_LENGTH)
    if not key:
        raise ImproperlyConfigured(
            "There is no secret key. Run `.venv/bin/python -m careerpaths.secret_key var/secret-key` to make one, "
            "or set SECRET_KEY to at least 50 random characters."
        )
    if key == _DEVELOPMENT_KEY or len(key) < _LEAST_KEY_LENGTH or len(set(key)) < 5:
        raise ImproperlyConfigured(
            "The secret key can be guessed. Set SECRET_KEY to at least 50 random characters, or unset it and run "
            "`.venv/bin/python -m careerpaths.secret_key var/secret-key` to make one."
        )
    return key


SECRET_KEY = _secret_key()

_LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
_site_host = urlsplit(SITE_URL).hostname or ""
_site_host = f"[{_site_host}]" if ":" in _site_host else _site_host
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", default=list(dict.fromkeys([*_LOCAL_HOSTS, _site_host])))


# Application

INSTALLED_APPS = [
    "guides.apps.GuidesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
]

MIDDLEWARE = [
    "careerpaths.middleware.EmptyHeadBody",
    "careerpaths.client_address.ClientAddress",
    "careerpaths.request_id.RequestId",
    # Headers of safety come before whatever may answer by itself, so that every answer has them.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "careerpaths.same_origin.SameOriginResources",
    "django.middleware.security.SecurityMiddleware",
    "careerpaths.health.HealthChecks",
    "guides.request_limits.RequestLimits",
    "guides.write_limits.WriteLimits",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "guides.unavailable.Unavailable",
    # The last one sees a 404 first, so all others add their headers to what it answers instead.
    "guides.former_addresses.FormerAddresses",
]

if LIVE_CONTENT and DEBUG:
    INSTALLED_APPS.append("django_browser_reload")
    MIDDLEWARE.append("django_browser_reload.middleware.BrowserReloadMiddleware")

ROOT_URLCONF = "careerpaths.urls"
WSGI_APPLICATION = "careerpaths.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guides.context.site",
            ],
        },
    },
]


# Data

DATABASES = {
    "default": environment.database("DATABASE_URL", default="sqlite:///var/careerpaths.sqlite3", base=BASE_DIR)
}
# As gunicorn.conf.py reads it.
WEB_THREADS = environment.number("WEB_THREADS", default=4, least=1)
BACKUP_DIR = BASE_DIR / environment.text("BACKUP_DIR", default="var/backups")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.cache("CACHE_URL", default="locmemcache://")}

# Finished pages that each process keeps; while developing, templates change without the content.
PAGE_CACHE_BYTES = 0 if DEBUG else environment.number("PAGE_CACHE_MB", default=16) * 2**20
# Parts of pages that are otherwise somebody's own.
PAGE_PARTS_BYTES = 0 if DEBUG else environment.number("PAGE_PARTS_MB", default=4) * 2**20

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 4


# Files served as they are

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "careerpaths.static_files.OneSheetStorage"
    },
}
# While developing, files are read from static/ itself, so that nothing has to be collected.
WHITENOISE_AUTOREFRESH = DEBUG
# Other sites have no business with our files; by default any page may read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = DEBUG


# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True


# Accounts: only the people who run the site have one.

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

# After some wrong passwords an account waits a quarter of an hour, for the address they came from alone: nobody can
# lock others out. Waiting is not prolonged by further tries, and the page says how long it is.
AXES_FAILURE_LIMIT = "guides.sign_ins.tries"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "guides.rate_limit.client"
AXES_LOCKOUT_CALLABLE = "guides.sign_ins.locked_out"
# What is counted is forgotten when the wait is over; the log says what happened.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]


# Security of requests and answers

# Whose X-Forwarded-For, X-Forwarded-Proto and X-Request-ID are believed. Behind https there is a proxy, most often on
# this machine; without https there need not be one.
TRUSTED_PROXIES = environment.proxies("TRUSTED_PROXIES", default=["127.0.0.1", "::1", "unix"] if HTTPS else [])

# Nothing a session does makes it last longer: it ends eight hours after signing in, or with the browser.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

if HTTPS:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # A browser accepts these names only from this very host, over https: no neighbouring subdomain can plant one.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SECURE_SSL_REDIRECT = True
    # To the public name, whatever name the visitor used.
    SECURE_SSL_HOST = urlsplit(SITE_URL).netloc
    # Health checks ask the process directly, over http.
    SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]
    # A trusted proxy must set this header itself, whatever the visitor sent; from others it is not believed.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("HSTS_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}


# Log: one line an event, to the console; whatever runs the process keeps it. Readable while developing, else JSON
# without personal data.


def _without_traceback(record: LogRecord) -> bool:
    record.exc_info = None
    record.exc_text = None
    return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_traceback": {"()": CallbackFilter, "callback": _without_traceback}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "careerpaths.json_log.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line" if DEBUG else "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # A request for an address that does not exist is an everyday event, not a warning.
        "django.request": {"level": "ERROR"},
        # Its lines name accounts and addresses; guides.sign_ins says the same without them.
        "axes": {"level": "ERROR"},
        # Whoever scans the internet sends wrong hosts all day; a line each tells as much as a traceback.
        "django.security.DisallowedHost": {"filters": ["without_traceback"]},
    },
}
