"""Settings of the tests: those of the deployment, with the surroundings fixed and nothing to collect or to wait for."""

import os

# The machine's own variables must not decide what a test sees. DATABASE_URL is kept, so that the same tests can be
# run against PostgreSQL: Django makes a test database of its own beside the one that it names.
for _name in (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "DEBUG",
    "HSTS_SUBDOMAINS",
    "LIVE_CONTENT",
    "SECRET_KEY_FILE",
    "SITE_URL",
    "TRUSTED_PROXIES",
):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "the-key-of-the-tests-which-signs-nothing-outside-of-them-0123456789"

from careerpaths.settings import *

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests change content without moving its version.
PAGE_PARTS_BYTES = 0

# A page that asks the database once for each row of a list fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
# Django itself looks a session up twice when somebody signs out, and an account when an admin looks at their own.
ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "get()"}, {"model": "auth.User", "field": "get()"}]
