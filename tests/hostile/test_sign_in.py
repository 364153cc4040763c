"""Guessing the password of an admin: five tries, then a quarter of an hour, whichever way the requests come in.

Number 13 of the list in docs/security.md.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from careerpaths.json_log import JsonLines
from guides.models import Role
from guides.sign_ins import FAILURES_OF_ALL
from tests.hostile.served import ADMIN, HOST, PASSWORD, VISITOR, Served, managed, nginx
from tests.pages import read

WRONG = "wrong-password-of-somebody"


@pytest.fixture
def accounts(db: None, settings: Settings) -> None:
    """Two people who run the site, and a proxy on this machine or at a Unix socket."""
    settings.TRUSTED_PROXIES = ["127.0.0.1", "unix"]
    User.objects.create_superuser(ADMIN, password=PASSWORD)
    User.objects.create_superuser("editor", password=PASSWORD)


def sign_in(name: str, password: str, address: str, peer: str) -> int:
    """The status of the answer to a password, from an address through a proxy at ``peer``."""
    client = Client(REMOTE_ADDR=peer, headers={"x-forwarded-for": address})
    return client.post("/admin/login/", {"username": name, "password": password}).status_code


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("peer", ["127.0.0.1", ""], ids=["TCP", "Unix socket"])
def test_the_sixth_try_is_refused_with_the_right_password_too(peer: str) -> None:
    statuses = [sign_in(ADMIN, WRONG, "198.51.100.1", peer) for _ in range(5)]
    assert statuses[:4] == [200] * 4
    assert statuses[4] == 429
    assert sign_in(ADMIN, PASSWORD, "198.51.100.1", peer) == 429
    assert not AccessAttempt.objects.filter(ip_address=None).exists()
    # Others are not locked out with them, nor is this account elsewhere, nor this address for other accounts.
    assert sign_in("editor", PASSWORD, "198.51.100.1", peer) == 302
    assert sign_in(ADMIN, PASSWORD, "198.51.100.2", peer) == 302


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("peer", ["127.0.0.1", ""], ids=["TCP", "Unix socket"])
def test_all_addresses_of_an_ipv6_network_have_five_tries_together(peer: str) -> None:
    """Whoever has IPv6 has a /64 of addresses at least, and may send each request from another one."""
    statuses = [sign_in(ADMIN, WRONG, f"2001:db8:1:2::{number:x}", peer) for number in range(1, 8)]
    assert statuses == [200] * 4 + [429] * 3
    assert sign_in(ADMIN, PASSWORD, "2001:db8:1:2:ffff:ffff:ffff:ffff", peer) == 429
    assert sign_in(ADMIN, PASSWORD, "2001:db8:1:3::1", peer) == 302


@pytest.mark.usefixtures("accounts")
def test_guesses_from_everywhere_are_slowed_down_and_lock_nobody_out() -> None:
    def tried_at(network: int) -> list[int]:
        return [sign_in(ADMIN, WRONG, f"2001:db8:{network:x}::{number}", "") for number in range(5)]

    assert [tried_at(network) for network in range(10)] == [[200] * 4 + [429]] * (FAILURES_OF_ALL // 5)
    # From now on one address has one try instead of five.
    assert [tried_at(network) for network in range(10, 14)] == [[429] * 5] * 4
    assert AccessAttempt.objects.filter(ip_address="2001:db8:d::").get().failures_since_start == 1
    assert sign_in("editor", PASSWORD, "2001:db8:1::1", "") == 302
    assert sign_in(ADMIN, PASSWORD, "198.51.100.9", "") == 302


@pytest.mark.usefixtures("accounts")
def test_an_invented_address_is_no_way_around_it() -> None:
    for number in range(5):
        sign_in(ADMIN, WRONG, f"203.0.113.{number}, 198.51.100.1", "")
    assert sign_in(ADMIN, PASSWORD, "203.0.113.77, 198.51.100.1", "") == 429


@pytest.mark.usefixtures("accounts")
def test_whoever_has_no_address_at_all_is_locked_out_too(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    for _ in range(5):
        sign_in(ADMIN, WRONG, "198.51.100.1", "")
    assert sign_in(ADMIN, PASSWORD, "198.51.100.2", "") == 429


@pytest.mark.usefixtures("accounts")
def test_the_wait_ends_after_a_quarter_of_an_hour_and_is_not_prolonged() -> None:
    for _ in range(8):
        sign_in(ADMIN, WRONG, "198.51.100.1", "")
    long_ago = timezone.now() - timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    assert sign_in(ADMIN, PASSWORD, "198.51.100.1", "") == 302
    assert not AccessAttempt.objects.exists()


@pytest.mark.usefixtures("accounts")
def test_the_page_says_how_long_to_wait_and_nothing_of_the_account() -> None:
    for name in (ADMIN, "nobody-of-that-name"):
        client = Client(REMOTE_ADDR="203.0.113.50")
        for _ in range(5):
            response = client.post("/admin/login/", {"username": name, "password": WRONG})
        page = read("/admin/login/", response)
        assert page.status == 429
        assert int(response.headers["Retry-After"]) == 15 * 60
        assert "Try again in 15 minutes." in page.text
        assert name not in page.html
        assert WRONG not in page.html


@pytest.mark.usefixtures("accounts")
def test_many_accounts_cannot_be_tried_from_one_address() -> None:
    statuses = [sign_in(f"guess-{number}", WRONG, "198.51.100.1", "") for number in range(32)]
    assert statuses[:30] == [200] * 30
    assert statuses[30:] == [429, 429]
    assert sign_in(ADMIN, PASSWORD, "198.51.100.9", "") == 302


@pytest.mark.usefixtures("accounts")
def test_an_account_that_is_there_cannot_be_told_from_one_that_is_not() -> None:
    def words(name: str) -> str:
        client = Client(REMOTE_ADDR="203.0.113.60")
        return read("/", client.post("/admin/login/", {"username": name, "password": WRONG})).html.replace(name, "")

    def without_token(html: str) -> str:
        before, _, after = html.partition('name="csrfmiddlewaretoken" value="')
        return before + after.partition('"')[2]

    assert without_token(words(ADMIN)) == without_token(words("unknown"))


# --- The log --------------------------------------------------------------------------------------------------------


@pytest.fixture
def lines() -> Iterator[list[dict[str, str]]]:
    """What the log says of sign-ins."""
    found: list[dict[str, str]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonLines().format(record)))

    handler = Kept()
    logger = logging.getLogger("guides.sign_ins")
    logger.addHandler(handler)
    yield found
    logger.removeHandler(handler)


@pytest.mark.usefixtures("accounts")
def test_every_sign_in_is_logged_with_account_and_network_and_no_name(lines: list[dict[str, str]]) -> None:
    number = str(User.objects.get(username=ADMIN).pk)
    sign_in(ADMIN, WRONG, "198.51.100.77", "")
    sign_in("typed the password here", WRONG, "2001:db8:1:2::3", "")
    client = Client(REMOTE_ADDR="", headers={"x-forwarded-for": "198.51.100.77"})
    client.post("/admin/login/", {"username": ADMIN, "password": PASSWORD})
    client.post("/admin/logout/")
    told = [(line["message"], line["account"], line["network"]) for line in lines]
    assert told == [
        ("Sign-in refused.", number, "198.51.100.0/24"),
        ("Sign-in refused.", "unknown", "2001:db8:1::/48"),
        ("Signed in.", number, "198.51.100.0/24"),
        ("Signed out.", number, "198.51.100.0/24"),
    ]
    said = json.dumps(lines)
    for private in (ADMIN, WRONG, PASSWORD, "typed the password", "100.77", "2::3"):
        assert private not in said


@pytest.mark.usefixtures("sample", "accounts")
def test_what_an_admin_changes_is_written_down_with_who_and_when() -> None:
    client = Client()
    client.force_login(User.objects.get(username=ADMIN))
    role = Role.objects.earliest("slug")
    client.post("/admin/guides/role/", {"action": "unpublish", "_selected_action": [str(role.pk)]})
    entry = LogEntry.objects.get()
    assert (entry.user.get_username(), entry.object_id) == (ADMIN, str(role.pk))


# --- Through a proxy ------------------------------------------------------------------------------------------------


def tried(port: int, passwords: list[str]) -> list[int]:
    """The statuses of the answers to passwords, each with another invented address, through what listens at a port.

    They come from another address than the proxy's own, which is believed.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(VISITOR, 0))
    connection.request("GET", "/admin/login/", headers={"Host": HOST})
    form = connection.getresponse()
    html, cookie = form.read().decode(), str(form.headers["Set-Cookie"]).partition(";")[0]
    token = html.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    found = []
    for number, password in enumerate(passwords):
        body = urlencode({"username": ADMIN, "password": password, "csrfmiddlewaretoken": token})
        headers = {
            "Host": HOST,
            "X-Forwarded-For": f"203.0.113.{number}",
            "Cookie": cookie,
            "Origin": f"https://{HOST}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", "/admin/login/", body, headers)
        answer = connection.getresponse()
        answer.read()
        found.append(answer.status)
    connection.close()
    return found


@pytest.mark.long
@pytest.mark.parametrize("kind", ["TCP", "Unix socket"])
def test_the_lock_holds_through_nginx(running: Served, kind: str) -> None:
    """All requests come from one address, whatever they say of themselves."""
    upstream = f"127.0.0.1:{running.port}" if kind == "TCP" else f"unix:{running.socket}"
    with nginx(upstream) as port:
        assert managed(running.database, "axes_reset")[0] == 0
        assert tried(port, [*[WRONG] * 5, PASSWORD]) == [200, 200, 200, 200, 429, 429]
    with nginx(upstream) as port:
        assert managed(running.database, "axes_reset")[0] == 0
        assert tried(port, [PASSWORD]) == [302]
