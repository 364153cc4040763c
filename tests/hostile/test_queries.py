"""Whatever stands in an address, a cookie or a header: an answer, never a fault of ours, and nothing of it as markup.

Numbers 4 and 11 of the list in docs/security.md. Requests go through the whole application as gunicorn serves it, the
page cache first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerpaths.public_pages import PAGES
from tests.hostile.amounts import amount
from tests.hostile.markup import PROBE, escaped_out
from tests.hostile.routes import Route, public, routes
from tests.hostile.whole_site import Site, Visitor
from tests.keepers import keeper, only_plan

NASTY = [
    "", " ", "0", "-1", "1e9", "1e999", "NaN", "Infinity", "-0", "0x10", "٣", "²", "½", "1_000", "9" * 30, "1" * 400,
    "0.1", "1,5", "+5", "5 ", "٠٠٠", "true", "false", "null", "None", "undefined", "[]", "[0]", "{}", "()", "*", "%",
    "%25", "_", "?", "#", "&", "=", ";", "a;b", "a&b=c", "..", "../..", "../../etc/passwd", "..\\..\\windows", "/",
    "//evil.example/", "\\\\evil.example\\", "https://evil.example/", "file:///etc/passwd", "javascript:alert(1)",
    "C:\\",
    "'", '"', "`", "''", "' OR 1=1 --", "1; DROP TABLE guides_role", "') UNION SELECT 1,2,3 --", "\"; --",
    "a' AND 'a'='a",
    "sqlite_master", "pg_sleep(9)", "*:*", "a*", '"a" NEAR b', "AND", "NOT", "a OR", "title:", "^a", "-a", "(((",
    "\"\"\"",
    "{{7*7}}", "${7*7}", "{% load x %}", "%s", "%(a)s", "{0}", "{0.__class__}", "%n%n", "$(id)", "`id`", "| id",
    "|| true",
    PROBE, "<script>alert(1)</script>", "&lt;b&gt;", "<!--", "]]>", "\r\nSet-Cookie: a=b", "\n", "\t", "\x0b", "\x7f",
    "\u0085", "\u2028", "\u202e", "\ufeff", "\ufffe", "é", "e\u0301", "ß", "İ", "ﬀ", "\U0001f4a9",
    "\U0001f468\u200d\U0001f469",
    "\u0301" * 50, "ä" * 90, "\\", "\\0", "\\x00", "\\u0000", "2027-02-30", "0001-01-01", "9999-12-31",
    "2024-02-29T25:61",
    "roles/nowhere", "roles/", "transitions/a/b/c", "mon=1", "x" * 2_000, "x " * 900, "con", "__proto__", "constructor",
]  # fmt: skip
"""Texts that programs stumble over."""

BAD_BYTES = [
    "%00",
    "a%00b",
    "%ff",
    "%c0%ae%c0%ae/",
    "%e0%80%af",
    "%ed%a0%80",
    "%u0041",
    "%",
    "%zz",
    "%0d%0aSet-Cookie:a=b",
]
"""Escapes that are no text, or one that no text may hold."""

NAMES = [
    "q", "role", "from", "for", "page", "view", "phase", "note", "milestone", "plan", "new", "category", "said", "now",
    "hours", "start", "mon", "sort", "months", "only", "baseline", "pay", "skill-sql", "day-1a2b3c4d", "background-x",
    "coding", "scope", "free", "had", "next", "_changelist_filters", "o", "p", "all", "e", "is_published__exact",
]  # fmt: skip
"""What pages and the admin read of an address, as far as tests know it; PAGES adds what the page cache knows."""


FIELDS = [
    "key",
    "code",
    "choice",
    "done",
    "skipped",
    "open",
    "take",
    "packed",
    "expected",
    "evidence",
    "weeks_off",
    "notes",
]
"""What forms send besides."""


ADMIN_FIELDS = ["action", "_selected_action", "index", "select_across", "post", "_popup", "_to_field", "username",
    "password", "is_published", "form-0-id", "form-TOTAL_FORMS", "form-INITIAL_FORMS"]  # fmt: skip
"""What forms of the admin send."""


def somebody(site: Site) -> tuple[Visitor, str]:
    """A visitor who keeps skills and a plan, and the id of that plan."""
    owner = keeper("skill-sql=2&for=roles/analyst&mon=3")
    return Visitor(site, like=owner), only_plan(owner).id


def curator(site: Site) -> Visitor:
    """Somebody who may do everything in the admin."""
    client = Visitor(site)
    client.force_login(User.objects.create_superuser("curator"))
    return client


def known_names() -> list[str]:
    """Every parameter that is known to be read somewhere."""
    told = {name for page in PAGES.values() for name in (*page.once, *page.several)}
    return sorted({*NAMES, *told})


def spread(values: Sequence[str], number: int) -> list[str]:
    """So many of the values, from all over the list."""
    return [values[index * len(values) // number] for index in range(number)]


def queries(number: int) -> Iterator[str]:
    """So many query strings, each with a nasty value for several parameters, repeated and unknown ones too."""
    names = cycle(known_names())
    for value in spread([*(quote(value, safe="") for value in NASTY), *BAD_BYTES], number):
        first, second = next(names), next(names)
        yield f"{first}={value}&{second}={value}&{first}={value}&unknown={value}&{value}&=&&b=="


def answered(client: Client, path: str, query: str, **headers: str) -> str:
    """The answer of a GET, which is none of our faults and holds no markup of its visitor."""
    response = client.get(f"{path}?{query}", headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code < 500, f"{response.status_code} {path}?{query}"
    assert "\n" not in response.headers.get("Location", "")
    html = response.getvalue().decode("utf-8", "replace")
    assert not escaped_out(html), f"{path}?{query}"
    return html


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("who", ["anybody", "somebody who keeps"])
def test_every_public_address_stands_any_query(who: str) -> None:
    site = Site()
    client, plan = (Visitor(site), "") if who == "anybody" else somebody(site)
    for route in public():
        for number, query in enumerate(queries(amount(4, 100))):
            headers = {"hx_request": "true"} if number % 3 == 0 else {}
            answered(client, route.of(plan_id=plan), query, **headers)
    # What is one visitor's own never gets there.
    assert (site.cache.size > 0) is (who == "anybody")


@pytest.mark.usefixtures("sample")
def test_every_public_address_stands_any_value_in_its_path() -> None:
    client = Visitor()
    variable = [route for route in public() if route.variables]
    assert len(variable) > 15
    for route in variable:
        for value in [*(quote(text, safe="") for text in NASTY), *BAD_BYTES][:: amount(8, 1)]:
            response = client.get(route.with_value(value)[:3_000])
            assert response.status_code < 500, route.with_value(value)
            assert not escaped_out(response.getvalue().decode("utf-8", "replace"))


def sent(client: Client, path: str, value: str, *names: str) -> None:
    """Sends a form with that value in every field; the answer is none of our faults and holds no markup of it."""
    response = client.post(path, dict.fromkeys([*known_names(), *names, value[:50]], value))
    assert response.status_code < 500, f"{path} {value!r}"
    assert not escaped_out(response.getvalue().decode("utf-8", "replace")), f"{path} {value!r}"


@pytest.mark.usefixtures("sample")
def test_every_form_stands_any_field() -> None:
    site = Site()
    anybody = Visitor(site)
    for route in public():
        owner, plan = somebody(site)
        for value in spread(NASTY, amount(3, 100)):
            for client in (anybody, owner):
                sent(client, route.of(plan_id=plan), value, *FIELDS)


def row_of(route: Route) -> str:
    """The number of a row of the sample site that an address of the admin may be about."""
    label, _, name = route.name.removeprefix("admin:").partition("_")
    model = apps.all_models.get(label, {}).get(name.partition("_")[0])
    row = model._base_manager.first() if model else None
    return str(row.pk) if row else "1"


@pytest.mark.usefixtures("sample")
def test_every_page_of_the_admin_stands_any_query_and_any_field() -> None:
    site = Site()
    client = curator(site)
    pages = [route for route in routes() if route.is_admin and route.name not in ("admin:logout", "admin:login")]
    assert len(pages) > 30
    for route in pages:
        path = route.of(object_id=row_of(route))
        for query in queries(amount(1, 100)):
            answered(client, path, query)
        for value in spread(NASTY, amount(1, 100)):
            sent(client, path, value, *ADMIN_FIELDS)
    assert client.get("/admin/").status_code == 200, "they were signed out, and saw nothing"


HEADERS = [
    "accept", "accept-encoding", "accept-language", "cookie", "referer", "user-agent", "hx-request", "hx-current-url",
    "hx-target", "hx-trigger", "hx-prompt", "hx-boosted", "hx-history-restore-request", "if-none-match",
    "if-modified-since", "range", "origin", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-request-id",
    "x-original-url", "x-rewrite-url", "x-http-method-override", "content-type", "forwarded", "authorization", "te",
]  # fmt: skip


@pytest.mark.usefixtures("sample")
def test_pages_stand_any_header_and_show_none_as_markup() -> None:
    client = Visitor()
    values = [value.encode("utf-8").decode("latin-1") for value in NASTY if "\n" not in value]
    for path in ("/", "/roles/analyst/", "/search/?q=a", "/fit/", "/keep/", "/plan/", "/admin/login/", "/nowhere/"):
        for number, value in enumerate(values[:: amount(12, 1)]):
            for name in (HEADERS[number % len(HEADERS)], HEADERS[(number * 5 + 1) % len(HEADERS)]):
                response = client.get(path, headers={name: value})
                assert response.status_code < 500, f"{path} {name}: {value!r}"
                assert not escaped_out(response.content.decode()), f"{path} {name}: {value!r}"


COOKIES = [
    "", "x", "." * 50, "A" * 28, f"{'A' * 28}.20270101", '"\\000"', "a\\000b", '"\\073"', "é" * 20, "0" * 5_000, "=",
    "{}",
    "; ; ;", "' OR 1=1", PROBE, "..", "null",
]  # fmt: skip


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("name", ["careerpaths-keep", "sessionid", "csrftoken", "messages", "unknown"])
def test_pages_stand_any_cookie(name: str) -> None:
    site = Site()
    for path in ("/", "/roles/analyst/fit/", "/keep/", "/keep/start/", "/ledger/", "/plan/", "/admin/"):
        for value in COOKIES:
            client = Visitor(site)
            response = client.get(path, headers={"cookie": f"{name}={value}".encode().decode("latin-1")})
            assert response.status_code < 500, f"{path} {name}={value!r}"
            assert not escaped_out(response.content.decode())


@pytest.mark.django_db
def test_no_value_of_a_visitor_ever_becomes_part_of_a_statement() -> None:
    """Values travel beside statements: the text of no query holds what was typed."""
    mark = "zq'\"\\;--%zq"
    client = Visitor()
    with CaptureQueriesContext(connection) as asked:
        for path in ("/search/", "/roles/", "/ledger/", "/plan/", "/compare/", "/fit/", "/keep/start/"):
            client.get(path, dict.fromkeys(known_names(), mark))
    statements = [one["sql"] for one in asked.captured_queries]
    assert statements
    # What Django shows here is the statement with its values written in as it would quote them: twice for a quote.
    assert not any("zq'\"" in one for one in statements)
    assert settings.DEBUG is False


def test_the_list_of_addresses_is_the_whole_one() -> None:
    names = {route.name for route in routes()}
    assert {
        "guides:home",
        "guides:keep_upload",
        "guides:shared",
        "admin:login",
        "admin:guides_role_changelist",
    } <= names
    assert all(isinstance(route, Route) and route.path.startswith("/") for route in routes())
