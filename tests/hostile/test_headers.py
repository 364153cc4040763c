"""Every answer carries every header of safety, whoever gives it: a page, a file, a refusal, a fault of ours.

Number 18 of the list in docs/security.md.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.views.generic import View

from careerpaths import urls as site_urls
from guides import write_limits
from guides.models import FormerAddress
from guides.rate_limit import Limit
from tests.hostile.routes import routes
from tests.hostile.served import HOST, Served, ask, nginx, raw
from tests.keepers import keeper
from tests.test_settings import run

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

GIVEN_AWAY = ("X-Powered-By", "Access-Control-Allow-Origin", "X-Debug", "Via")
"""Headers that tell too much, or open the site to other origins."""

OF_A_304 = {"cache-control", "connection", "date", "etag", "server", "vary"}
"""All that a 304 of a page says; the browser has the other headers with the page, under the same ETag."""

STRICT_TRANSPORT = "max-age=63072000; includeSubDomains; preload"


def check(headers: Any, about: str, *, is_secure: bool = False) -> None:
    """Fails when a header of safety is missing or says something else."""
    found = {name.lower(): value for name, value in headers.items()}
    policy = dict(part.strip().split(" ", 1) for part in found.get("content-security-policy", "x y").split(";"))
    assert policy == POLICY, about
    for name, value in ALWAYS.items():
        assert found.get(name.lower()) == value, f"{about}: {name}"
    # A shared plan says even less of where its readers come from.
    assert found.get("referrer-policy") in ("same-origin", "no-referrer"), about
    refused = found.get("permissions-policy", "")
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(refused.split(", ")), about
    for name in GIVEN_AWAY:
        assert name.lower() not in found, f"{about}: {name}"
    if is_secure:
        assert found.get("strict-transport-security") == STRICT_TRANSPORT, about


def test_the_policy_lets_nothing_inline_run_and_no_other_origin_in() -> None:
    words = " ".join(POLICY.values())
    assert "unsafe" not in words
    assert "*" not in words
    assert "http" not in words
    assert {name: " ".join(value) for name, value in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()} == POLICY


@pytest.mark.usefixtures("sample")
def test_every_address_answers_with_every_header() -> None:
    anybody, owner, curator = Client(), keeper("skill-sql=2"), Client()
    curator.force_login(User.objects.create_superuser("curator"))
    seen = set()
    for route in routes():
        who = [curator] if route.is_admin else [anybody, owner]
        if route.is_admin and route.variables:
            continue
        for client in who:
            response = client.get(route.path)
            check(response.headers, route.path)
            seen.add(response.status_code)
    assert {200, 302, 404, 405} <= seen


# --- Answers that do not come from a page ---------------------------------------------------------------------------


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


urlpatterns = [path("broken/", broken), path("away/", away), path("view/", View.as_view()), *site_urls.urlpatterns]
handler400 = site_urls.handler400
handler403 = site_urls.handler403
handler404 = site_urls.handler404
handler500 = site_urls.handler500


@pytest.mark.urls("tests.hostile.test_headers")
@pytest.mark.usefixtures("sample")
def test_refusals_redirects_and_faults_answer_with_every_header(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    FormerAddress.objects.create(path="/roles/server-developer/", is_gone=False, successor="/roles/analyst/")
    monkeypatch.setattr(write_limits, "UPLOADS_OF_ONE", Limit("upload", most=0, seconds=60))
    answers = {
        301: client.get("/roles/analyst"),
        400: client.get("/", headers={"host": "elsewhere.example"}),
        403: client.post("/keep/start/"),
        404: client.get("/nowhere/"),
        405: client.generic("TRACE", "/"),
        410: client.get("/roles/webmaster/"),
        413: client.post("/keep/open/", {"code": "x" * 70_000}),
        414: client.get("/?" + "a" * 5_000),
        429: client.post("/keep/upload/"),
        500: client.get("/broken/"),
        503: client.get("/away/"),
    }
    for status, response in answers.items():
        assert response.status_code == status
        check(response.headers, str(status))
        assert response.headers["X-Request-ID"], status
    moved = client.get("/roles/server-developer/")
    assert moved.status_code == 301
    check(moved.headers, "a renamed page")
    check(client.head("/").headers, "HEAD")
    check(client.get("/healthz").headers, "the health of the process")
    check(client.get("/readyz").headers, "the health of the site")


@pytest.mark.django_db
def test_files_answer_with_every_header_when_they_are_new_and_when_they_are_known() -> None:
    client = Client()
    for file in ("css/site.css", "js/requests.js", "img/favicon.svg", "fonts/instrument-sans-latin.woff2"):
        response = client.get(f"/static/{file}")
        assert response.status_code == 200
        check(response.headers, file)
        known = client.get(f"/static/{file}", headers={"if-modified-since": response.headers["Last-Modified"]})
        assert known.status_code == 304
        check(known.headers, f"{file}, known")
    check(client.get("/static/nowhere.css").headers, "no file")
    check(client.get("/static/../manage.py").headers, "no file of ours")


def test_what_is_served_over_tls_stays_there(running: Served) -> None:
    """The deployment itself, with its page cache: pages when they are made and when they are kept, files, refusals."""
    for address in ("/", "/", "/roles/analyst/", "/roles/analyst/", "/nowhere/", "/robots.txt", "/static/css/site.css"):
        answer = running.get(address, accept_encoding="br")
        check(answer.headers, address, is_secure=True)
    known = running.get("/", if_none_match=running.get("/").headers["ETag"])
    assert known.status == 304
    assert not known.text
    assert {name.lower() for name in known.headers} <= OF_A_304
    for address in ("/admin/", "/keep/start/", "/?q=" + "a" * 3_900):
        check(running.get(address).headers, address, is_secure=True)
    check(running.get("/", Host="elsewhere.example").headers, "another host", is_secure=True)


@pytest.mark.long
def test_files_that_nginx_hands_out_have_the_headers_too(running: Served) -> None:
    with nginx(f"127.0.0.1:{running.port}") as port:
        check(ask(port, "/").headers, "a page", is_secure=True)
        for address in ("/static/img/favicon.svg", "/static/nowhere.css"):
            headers = ask(port, address).headers
            assert {name: headers[name] for name in ALWAYS} == ALWAYS, address
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Strict-Transport-Security"] == STRICT_TRANSPORT
            assert headers["Content-Security-Policy"].startswith("default-src 'none';")
            assert headers["Server"] == "nginx"


def test_without_tls_everything_leads_to_the_public_name_over_tls(running: Served) -> None:
    for host in (HOST, "elsewhere.example"):
        answer = running.get("/roles/?sort=pay", Host=host, X_Forwarded_Proto="http")
        assert answer.status == 301
        assert answer.headers["Location"] == f"https://{HOST}/roles/?sort=pay"
        check(answer.headers, "to https")


def test_the_settings_are_those_of_a_deployment() -> None:
    done = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY="a-key-for-these-tests-that-is-long-enough-0123456789-abcdefghij",
        SITE_URL=f"https://{HOST}",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_what_gunicorn_answers_by_itself_tells_nothing_and_is_no_page(running: Served) -> None:
    said = raw(running.port, b"GET / HTTP/9.9\r\n\r\n")
    assert b" 400 " in said.split(b"\r\n")[0] or b" 505 " in said.split(b"\r\n")[0]
    assert b"Traceback" not in said
    assert b"Python" not in said


# --- The score of MDN's HTTP Observatory ----------------------------------------------------------------------------


def observatory(site: Served) -> dict[str, int]:
    """What each test of MDN's HTTP Observatory gives the front page, by its published table (version 1.4 of 2025).

    A header that does not earn the points named here counts as the worst of its table; bonuses of lists that a site has
    to be entered in (HSTS preloading) are left out.
    """
    page = site.get("/")
    found = {name.lower(): value for name, value in page.headers.items()}
    plain = site.get("/", X_Forwarded_Proto="http")
    policy = dict(part.strip().split(" ", 1) for part in found.get("content-security-policy", "x y").split(";"))
    told = " ".join(policy.values())
    scripts = policy.get("script-src", policy.get("default-src", "*"))
    is_strict = (
        policy.get("default-src") == "'none'"
        and policy.get("form-action") in ("'none'", "'self'")
        and "unsafe" not in told
        and "http:" not in told
        and not {"data:", "https:", "*"} & set(scripts.split())
    )
    cookies = page.headers.get_all("Set-Cookie") or []
    are_safe = all({"Secure", "HttpOnly", "SameSite=Lax"} <= set(one.split("; ")) for one in cookies)
    lasts = re.search(r"max-age=(\d+)", found.get("strict-transport-security", ""))
    elsewhere = re.findall(r"<script[^>]*\bsrc=(?![\"']?/[^/])", page.text)
    return {
        "content policy": 10 if is_strict else -25,
        "cookies": (5 if cookies else 0) if are_safe else -40,
        "other origins may read": -50 if "access-control-allow-origin" in found else 0,
        "to https": 0 if plain.status == 301 and plain.headers["Location"] == f"https://{HOST}/" else -20,
        "referrer": 5 if found.get("referrer-policy") in ("no-referrer", "same-origin", "strict-origin") else -5,
        "strict transport": 0 if lasts and int(lasts[1]) >= 15_768_000 else -20,
        "scripts of others": -50 if elsewhere else 0,
        "content types": 0 if found.get("x-content-type-options") == "nosniff" else -5,
        "frames": 5 if policy.get("frame-ancestors") == "'none'" else -20,
        "other origins may embed": 10 if found.get("cross-origin-resource-policy") == "same-origin" else -5,
    }


def test_the_observatory_would_give_the_best_grade(running: Served) -> None:
    given = observatory(running)
    # Bonuses count for those who lose less than ten points.
    assert not [name for name, points in given.items() if points < 0]
    assert 100 + sum(given.values()) >= 125, given


# --- Cookies --------------------------------------------------------------------------------------------------------


def test_cookies_of_the_deployment_are_for_this_host_over_tls_and_for_no_script(running: Served) -> None:
    form = running.get("/admin/login/")
    cookies = form.headers.get_all("Set-Cookie") or []
    assert len(cookies) == 1
    name, _, rest = cookies[0].partition("=")
    assert name == "__Host-csrftoken"
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in rest
    assert "Domain" not in rest


@pytest.mark.django_db
def test_what_a_visitor_keeps_hangs_on_a_cookie_for_no_script() -> None:
    cookie = keeper().cookies["careerpaths-keep"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


@pytest.mark.django_db
def test_a_session_is_new_after_signing_in_and_gone_after_signing_out() -> None:
    User.objects.create_superuser("curator", password="the password of the curator")
    client = Client()
    client.cookies["sessionid"] = "chosenbyanattackerchosenbyanatt1"
    client.get("/admin/login/")
    sent = {"username": "curator", "password": "the password of the curator"}
    response = client.post("/admin/login/", sent)
    assert response.status_code == 302
    session = response.cookies["sessionid"]
    assert session.value != "chosenbyanattackerchosenbyanatt1"
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert not session["max-age"], "it ends with the browser"
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    stolen = Client()
    stolen.cookies["sessionid"] = session.value
    assert stolen.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_a_session_lasts_eight_hours_at_most() -> None:
    user = User.objects.create_superuser("curator")
    client = Client()
    client.force_login(user)
    assert settings.SESSION_COOKIE_AGE == 8 * 60 * 60
    assert settings.SESSION_SAVE_EVERY_REQUEST is False
    before = client.session.get_expiry_date()
    assert client.get("/admin/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_session")
        assert cursor.fetchone()[0] == 1
    assert abs((client.session.get_expiry_date() - before).total_seconds()) < 60


@pytest.mark.django_db
def test_the_admin_is_kept_by_no_cache_and_read_by_no_search_engine() -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("curator"))
    for address in ("/admin/", "/admin/guides/role/", "/admin/login/"):
        control = client.get(address).headers["Cache-Control"]
        assert "no-store" in control
        assert "private" in control
    assert "Disallow: /admin/" in Client().get("/robots.txt").content.decode()
    cache.clear()


def test_no_page_prints_a_style_or_a_handler_of_its_own() -> None:
    """The policy would refuse it; the pages do not rely on that. Sheets and scripts of pages are files."""
    request = RequestFactory().get("/")
    assert request.path == "/"
    inline = re.compile(r"\s(?:on[a-z]+|style)\s*=\s*[\"']|<style|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
    for file in (settings.BASE_DIR / "templates").rglob("*.html"):
        if "admin" in file.parts:
            continue
        assert not inline.search(file.read_text(encoding="utf-8")), file.name
