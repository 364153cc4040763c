"""Forms that somebody else's page sends, and forms that are sent too often, too large, or broken.

Numbers 14 and 23 of the list in docs/security.md, and the rate limits.
"""

from __future__ import annotations

import base64
import zlib

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from guides import keeping, recovery_code, write_limits
from guides.kept import MOST_BYTES
from guides.models import Keep
from guides.rate_limit import Limit
from guides.request_limits import FORM_BYTES, LONGEST_QUERY, UPLOAD_BYTES
from tests.hostile.routes import routes
from tests.keepers import keeper, only_plan
from tests.pages import read

# --- Forged forms ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sample")
def test_no_address_takes_a_form_without_its_token() -> None:
    owner = keeper("for=roles/analyst&skill-sql=2")
    plan, kept = only_plan(owner).id, Keep.objects.get()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    strict.force_login(User.objects.create_superuser("curator"))
    foreign = {"origin": "https://elsewhere.example"}
    refused = 0
    for route in routes():
        for headers in ({}, foreign, {"origin": "null"}, {"hx-request": "true"})[: 1 if route.is_admin else 4]:
            response = strict.post(route.of(plan_id=plan), {"csrfmiddlewaretoken": "x" * 64}, headers=headers)
            assert response.status_code in (403, 404, 302), f"{response.status_code} {route.path}"
            refused += response.status_code == 403
            if response.status_code == 302:
                # The admin sends addresses that are no page of it to a page; nothing was done.
                assert route.is_admin, route.path
    assert refused > 100
    row = Keep.objects.get()
    assert (row.document, row.digest) == (kept.document, kept.digest)


@pytest.mark.usefixtures("sample")
def test_a_form_with_its_token_is_taken_and_the_same_token_from_elsewhere_is_not() -> None:
    strict = Client(enforce_csrf_checks=True)
    html = strict.get("/keep/start/").content.decode()
    token = html.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    foreign = {"origin": "https://elsewhere.example"}
    assert strict.post("/keep/start/", {"csrfmiddlewaretoken": token}, headers=foreign).status_code == 403
    own = {"origin": "http://testserver"}
    changed = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert strict.post("/keep/start/", {"csrfmiddlewaretoken": changed}, headers=own).status_code == 403
    assert strict.post("/keep/start/", {"csrfmiddlewaretoken": token}, headers=own).status_code == 302


@pytest.mark.usefixtures("sample")
def test_reading_changes_nothing() -> None:
    """No GET writes, so a picture or a link on another page can do nothing: not even one that a visitor follows."""
    owner = keeper("for=roles/analyst&skill-sql=2")
    plan, before = only_plan(owner).id, Keep.objects.get()
    for route in routes():
        if not route.is_admin:
            owner.get(route.of(plan_id=plan))
    after = Keep.objects.get()
    assert (after.document, after.digest) == (before.document, before.digest)
    assert Keep.objects.count() == 1


@pytest.mark.django_db
def test_no_method_but_reading_and_sending_is_taken(client: Client) -> None:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO"):
        response = client.generic(method, "/keep/start/")
        assert response.status_code == 405, method
        assert response.headers["Allow"] == "GET, HEAD, POST"
        assert read("/", response).heading == "This address cannot be used that way"


# --- Too often ------------------------------------------------------------------------------------------------------


@pytest.fixture
def few(sample: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three forms a minute and no more."""
    monkeypatch.setattr(write_limits, "WRITES_OF_ONE", Limit("write", most=3, seconds=3600))


@pytest.mark.usefixtures("few")
def test_every_address_that_takes_forms_has_a_limit() -> None:
    client = Client()
    for _ in range(3):
        client.post("/keep/open/", {"code": ""})
    for route in routes():
        response = client.post(route.path)
        assert response.status_code == 429, route.path
        assert 0 < int(response.headers["Retry-After"]) <= 3600
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.usefixtures("few")
def test_whoever_is_stopped_loses_nothing_and_can_send_it_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = strict.get("/keep/start/").content.decode().partition('value="')[2].partition('"')[0]
    for _ in range(3):
        strict.post("/keep/open/", {"code": ""})
    sent = {"code": '7GQ2 "and more"', "choice": ["join", "leave"], "csrfmiddlewaretoken": token}
    page = read("/keep/open/", strict.post("/keep/open/?a=1&b=2", sent))
    assert page.status == 429
    (form,) = [one for one in page.main.iter("form") if one.get("method") == "post"]
    assert form.get("action") == "/keep/open/?a=1&b=2"
    fields = [(one.get("name"), one.get("value")) for one in form.iter("input")]
    assert fields == [
        ("code", '7GQ2 "and more"'), ("choice", "join"), ("choice", "leave"), ("csrfmiddlewaretoken", token),
    ]  # fmt: skip
    assert not page.faults
    monkeypatch.setattr(write_limits, "WRITES_OF_ONE", Limit("write", most=99, seconds=3600))
    assert strict.post("/keep/open/?a=1&b=2", dict(fields)).status_code == 200


@pytest.mark.usefixtures("few")
def test_the_page_that_stops_makes_no_forged_form_valid() -> None:
    """It sends back the token that came, not a good one."""
    strict = Client(enforce_csrf_checks=True)
    for _ in range(4):
        response = strict.post("/keep/delete/", {"csrfmiddlewaretoken": "forged" * 10})
    assert response.status_code == 429
    assert "forgedforged" in response.content.decode()
    assert "csrftoken" not in response.cookies


@pytest.mark.usefixtures("few")
def test_passwords_and_files_are_not_sent_back() -> None:
    client = Client()
    for _ in range(3):
        client.post("/keep/open/")
    page = read("/admin/login/", client.post("/admin/login/", {"username": "curator", "password": "hunter2hunter2"}))
    assert page.status == 429
    assert "hunter2" not in page.html
    assert "what you typed is still there" in page.text
    file = SimpleUploadedFile("kept.json", b"{}")
    assert "what you typed is still there" in read("/", client.post("/keep/upload/", {"file": file})).text


@pytest.mark.usefixtures("few")
def test_one_visitor_who_is_stopped_stops_nobody_else(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    first = Client(headers={"x-forwarded-for": "198.51.100.1"})
    for _ in range(3):
        assert first.post("/keep/open/").status_code == 200
    assert first.post("/keep/open/").status_code == 429
    spoofed = Client(headers={"x-forwarded-for": "203.0.113.9, 198.51.100.1"})
    assert spoofed.post("/keep/open/").status_code == 429
    assert Client(headers={"x-forwarded-for": "198.51.100.2"}).post("/keep/open/").status_code == 200
    assert first.get("/roles/").status_code == 200


@pytest.mark.usefixtures("sample")
def test_recovery_codes_and_files_have_limits_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    for number in range(keeping.RECOVERIES_OF_ONE.most):
        code = recovery_code.written(number.to_bytes(16, "big"))
        assert client.post("/keep/open/", {"code": code}).status_code == 200
    assert client.post("/keep/open/", {"code": recovery_code.written(bytes(16))}).status_code == 429
    monkeypatch.setattr(write_limits, "UPLOADS_OF_ONE", Limit("upload", most=2, seconds=3600))
    statuses = [client.post("/keep/upload/").status_code for _ in range(3)]
    assert statuses == [400, 400, 429]


# --- Too much -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sample")
def test_a_form_that_is_too_large_is_refused_before_it_is_read() -> None:
    client = Client()
    for path in ("/keep/open/", "/ledger/", "/nowhere/", "/roles/analyst/"):
        page = read(path, client.post(path, {"code": "x" * FORM_BYTES}))
        assert (page.status, page.heading) == (413, "That is more than the site takes")
        assert "64 KB" in page.text
    unread = client.generic("POST", "/keep/open/", b"", headers={"content-length": str(10**12)})
    assert unread.status_code == 413
    file = SimpleUploadedFile("kept.json", b"x" * (UPLOAD_BYTES + 1))
    assert client.post("/keep/upload/", {"file": file}).status_code == 413


@pytest.mark.usefixtures("sample")
def test_a_file_that_is_somewhat_too_large_is_told_its_size() -> None:
    file = SimpleUploadedFile("kept.json", b" " * (MOST_BYTES + 1))
    page = read("/", Client().post("/keep/upload/", {"file": file}))
    assert page.status == 400
    assert "257 KB; at most 256 KB can be kept" in page.text


@pytest.mark.usefixtures("sample")
def test_a_body_that_unpacks_to_gigabytes_is_never_unpacked() -> None:
    packed = base64.b64encode(zlib.compress(b" " * 30_000_000, 9)).decode()
    response = Client().post("/keep/upload/", {"packed": packed})
    assert response.status_code == 400
    assert "at most 256 KB can be kept" in response.content.decode()


@pytest.mark.usefixtures("sample")
def test_a_form_with_too_many_fields_or_files_is_refused() -> None:
    client = Client()
    form = "application/x-www-form-urlencoded"
    page = read("/", client.post("/keep/open/", "&".join(f"a{n}=" for n in range(1_001)), content_type=form))
    assert (page.status, page.heading) == (413, "This form has too many fields")
    files = {f"f{number}": SimpleUploadedFile("x", b"x") for number in range(9)}
    assert client.post("/keep/upload/", files).status_code == 413


BROKEN = {
    "no boundary": ("multipart/form-data", b"x"),
    "an empty boundary": ("multipart/form-data; boundary=", b"x"),
    "an odd boundary": ("multipart/form-data; boundary=\xe9", b"x"),
    "no end": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nx',
    ),
    "headers without end": ("multipart/form-data; boundary=b", b"--b\r\n" + b"A: b\r\n" * 2_000),
    "base64 that is none": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n\xff!\r\n--b--\r\n",
    ),
    "an unknown charset": ("application/x-www-form-urlencoded; charset=klingon", b"a=b"),
    "UTF-16": ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    "JSON": ("application/json", b'{"a": ' * 1_000),
    "no type": ("", b"\xff\xfe\x00"),
    "XML": ("text/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    "NUL": ("application/x-www-form-urlencoded", b"code=a%00b&role=%00"),
    "broken escapes": ("application/x-www-form-urlencoded", b"code=%zz%&%ff=%c0%af"),
}


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_form_is_refused_or_read_as_empty(name: str) -> None:
    content_type, body = BROKEN[name]
    for client in (Client(), keeper()):
        for path in ("/keep/open/", "/keep/upload/", "/ledger/", "/keep/start/", "/admin/login/"):
            response = client.generic("POST", path, body, content_type=content_type)
            assert response.status_code in (200, 302, 400, 413), f"{response.status_code} {path}"
            assert b"root:" not in response.content


@pytest.mark.usefixtures("sample")
def test_an_address_that_is_too_long_is_refused() -> None:
    client = Client()
    assert client.get("/search/", {"q": "x" * (LONGEST_QUERY - 10)}).status_code == 200
    for address in ("/search/?q=" + "x" * LONGEST_QUERY, "/roles/" + "x" * 600 + "/"):
        page = read(address, client.get(address))
        assert (page.status, page.heading) == (414, "This address is too long")


@pytest.mark.usefixtures("sample")
def test_a_character_that_no_text_may_hold_is_refused_wherever_it_stands() -> None:
    client = Client()
    assert client.get("/search/?q=a%00b").status_code == 200
    assert client.get("/roles/a%00b/").status_code == 404
    assert client.get("/shared/a%00b/").status_code == 404
    assert client.post("/keep/open/", {"code": "a\0b"}).status_code == 400
    assert client.post("/ledger/", {"a\0b": "1"}).status_code == 400
    assert client.get("/keep/", headers={"cookie": 'careerpaths-keep="a\\000b"'}).status_code == 400
