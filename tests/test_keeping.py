"""Keeping without an account: the key, the cookie, the code, changes from two tabs, share links, and the end of it."""

import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from guides import keeping, kept, recovery_code, sharing
from guides.keeping import Gone, Kept, Refused, Unreadable
from guides.kept import KeptDocument
from guides.models import FormerAddress, Keep, ShareLink
from guides.rate_limit import TooManyAttempts
from guides.recovery_code import CodeFault
from tests.kept_factory import full_document, plan, task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> "Calendar":
    """The day that the site takes for today; set ``today.day`` to move it."""
    calendar = Calendar()
    monkeypatch.setattr(timezone, "localdate", lambda: calendar.day)
    return calendar


class Calendar:
    day = date(2026, 3, 2)


def request(opened: Kept | None = None, *, address: str = "203.0.113.7") -> HttpRequest:
    """A request from a device, with the cookie that it would have got."""
    made = RequestFactory().get("/", REMOTE_ADDR=address)
    if opened:
        response = HttpResponse()
        keeping.remember(response, opened)
        made.COOKIES[keeping.cookie_name()] = response.cookies[keeping.cookie_name()].value
    return made


def begin(document: KeptDocument | None = None) -> Kept:
    return keeping.begin(request(), document)


# The key and the cookie


def test_the_database_never_holds_the_key() -> None:
    opened = begin(full_document())
    row = Keep.objects.get()
    everything = " ".join(str(getattr(row, field.attname)) for field in Keep._meta.concrete_fields)
    for secret in (opened.key.hex(), opened.code, opened.code.replace("-", "")):
        assert secret not in everything
    assert len(opened.key) == 16
    assert opened.key != begin().key


def test_the_key_outlives_a_change_of_the_secret_key(settings: Settings) -> None:
    opened = begin(full_document())
    settings.SECRET_KEY = "another-key-" * 6
    again = keeping.load(request(opened))
    assert again
    assert again.document == opened.document


@pytest.mark.parametrize(("https", "name"), [(True, "__Host-careerpaths"), (False, "careerpaths-keep")])
def test_the_cookie_can_be_read_by_nobody_else(settings: Settings, https: bool, name: str) -> None:
    settings.HTTPS = https
    response = HttpResponse()
    keeping.remember(response, begin())
    cookie = response.cookies[name]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is https
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    keeping.forget(response)
    assert response.cookies[name]["max-age"] == 0
    assert bool(response.cookies[name]["secure"]) is https


def test_the_cookie_is_renewed_on_another_day_and_not_twice_a_day(today: Calendar) -> None:
    opened = begin()
    at_home = request(opened)
    response = HttpResponse()
    keeping.renew(at_home, response, opened)
    assert not response.cookies
    today.day += timedelta(days=1)
    # Another device was here first today; this one's cookie is renewed all the same.
    assert keeping.load(request(opened))
    keeping.renew(at_home, response, opened)
    assert keeping.cookie_name() in response.cookies


@pytest.mark.parametrize("value", ["", ".", "x", "0" * 28, "0" * 28 + ".20260302", "A" * 4000, "\x00", "é.é"])
def test_a_wrong_cookie_opens_nothing(value: str) -> None:
    begin()
    made = request()
    made.COOKIES[keeping.cookie_name()] = value
    assert keeping.load(made) is None


def test_without_a_cookie_no_database_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert keeping.load(request()) is None
        assert not keeping.has_cookie(request())


def test_opening_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = request(begin(full_document()))
    with django_assert_num_queries(2):
        assert keeping.load(made)


def test_beginning_twice_keeps_what_there_is() -> None:
    opened = begin(full_document())
    again = keeping.begin(request(opened), kept.empty())
    assert again.key == opened.key
    assert again.document == opened.document
    assert Keep.objects.count() == 1


def test_one_address_cannot_fill_the_disk() -> None:
    for _ in range(30):
        begin()
    with pytest.raises(TooManyAttempts):
        begin()
    keeping.begin(request(address="203.0.113.8"))


# Changes


def test_ticks_from_two_tabs_both_count() -> None:
    opened = begin(KeptDocument(format=1, plans=(plan(),)))
    first, second = keeping.load(request(opened)), keeping.load(request(opened))
    assert first
    assert second

    def tick(document: KeptDocument, key: str) -> KeptDocument:
        return kept.with_plan(document, kept.with_task(document.plans[0], key, task()))

    keeping.change(first, lambda document: tick(document, "aaaa"))
    now = keeping.change(second, lambda document: tick(document, "bbbb"))
    assert set(now.document.plans[0].tasks) == {"aaaa", "bbbb"}
    again = keeping.load(request(opened))
    assert again
    assert again.document == now.document


def test_a_change_that_cannot_be_kept_is_refused_and_nothing_is_written() -> None:
    opened = begin(full_document())
    before = Keep.objects.get().document
    with pytest.raises(Refused) as refused:
        keeping.change(opened, lambda document: document.model_copy(update={"ledger": {"python": 9}}))
    assert [problem.kind for problem in refused.value.problems] == ["value"]
    too_large = {f"{number:x}": task(note="n" * 2000) for number in range(200)}
    with pytest.raises(Refused) as refused:
        keeping.change(opened, lambda document: kept.with_plan(document, plan("large1", tasks=too_large)))
    assert [problem.kind for problem in refused.value.problems] == ["too_large"]
    assert Keep.objects.get().document == before
    with pytest.raises(Refused):
        keeping.begin(request(), kept.empty().model_copy(update={"current_role": "NO"}))


def test_a_change_after_everything_was_deleted_says_so() -> None:
    opened = begin()
    keeping.erase(request(opened))
    with pytest.raises(Gone):
        keeping.change(opened, lambda document: document)
    with pytest.raises(Gone):
        keeping.rekey(opened)
    with pytest.raises(Gone):
        sharing.share(with_a_plan(opened), ["first1"], shows_notes=False)


def with_a_plan(opened: Kept) -> Kept:
    return Kept(opened.key, opened.row, KeptDocument(format=1, plans=(plan(),)))


def test_what_cannot_be_read_is_left_untouched() -> None:
    opened = begin(full_document())
    Keep.objects.update(document='{"format": 2, "new": 1}')
    with pytest.raises(Unreadable) as found:
        keeping.load(request(opened))
    assert found.value.data == b'{"format": 2, "new": 1}'
    assert found.value.problems[0].kind == "newer"
    with pytest.raises(Unreadable):
        keeping.change(opened, lambda document: kept.empty())
    assert Keep.objects.get().document == '{"format": 2, "new": 1}'
    keeping.erase(request(opened))
    assert not Keep.objects.exists()


def test_renamed_pages_are_followed_when_it_is_opened_and_removed_ones_are_kept() -> None:
    FormerAddress.objects.create(path="/skills/python/", successor="/skills/python-3/", is_gone=False)
    FormerAddress.objects.create(path="/roles/ai-artist/", successor="/roles/image-maker/", is_gone=False)
    FormerAddress.objects.create(path="/roles/illustrator/", successor="/roles/", is_gone=True)
    opened = keeping.load(request(begin(full_document())))
    assert opened
    assert opened.document.ledger == {"python-3": 3, "colour-theory": 0}
    assert [made.target for made in opened.document.plans] == [
        "roles/image-maker",
        "transitions/illustrator/image-maker",
    ]
    assert opened.document.current_role == "illustrator"
    assert "python-3" not in Keep.objects.get().document
    keeping.change(opened, lambda document: document)
    assert "python-3" in Keep.objects.get().document


# The recovery code


def test_a_code_opens_on_another_device_as_it_was_typed() -> None:
    opened = begin(full_document())
    typed = opened.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    found = keeping.restore(request(), typed)
    assert isinstance(found, Kept)
    assert found.document == opened.document
    assert found.key == opened.key


def test_a_code_of_nothing_opens_nothing() -> None:
    begin()
    assert keeping.restore(request(), recovery_code.written(b"\x01" * 16)) is None


def test_recovery_is_limited_for_one_address() -> None:
    opened = begin()
    wrong = recovery_code.written(b"\x01" * 16)
    for _ in range(50):
        assert keeping.restore(request(), "not a code!") == CodeFault("character", "!")
    for _ in range(10):
        assert keeping.restore(request(), wrong) is None
    with pytest.raises(TooManyAttempts) as refused:
        keeping.restore(request(), opened.code)
    assert 0 < refused.value.wait <= 3600
    # Whoever has the cookie gets on, and so does everybody else.
    assert keeping.load(request(opened))
    assert keeping.restore(request(address="198.51.100.200"), opened.code)


def test_right_codes_do_not_count_so_that_a_school_behind_one_address_can_open_its_own() -> None:
    opened, wrong = begin(), recovery_code.written(b"\x01" * 16)
    for _ in range(9):
        assert keeping.restore(request(), wrong) is None
    for _ in range(30):
        assert keeping.restore(request(), opened.code)
    assert keeping.restore(request(), wrong) is None
    with pytest.raises(TooManyAttempts):
        keeping.restore(request(), wrong)


def test_what_cannot_be_read_was_opened_by_a_right_code_too() -> None:
    opened = begin()
    Keep.objects.update(document='{"format": 2, "new": 1}')
    for _ in range(12):
        with pytest.raises(Unreadable):
            keeping.restore(request(), opened.code)


def test_a_new_key_ends_the_old_one_and_all_links() -> None:
    opened = begin(full_document())
    link = sharing.share(opened, ["first1"], shows_notes=False)
    now = keeping.rekey(opened)
    assert now.document == opened.document
    assert keeping.load(request(opened)) is None
    assert keeping.load(request(now))
    assert sharing.shared(link.token) is None
    with pytest.raises(Gone):
        keeping.change(opened, lambda document: document)


# Pages


def test_a_private_page_is_in_no_cache_and_no_search_engine_and_its_forms_work() -> None:
    response = HttpResponse()
    keeping.mark_private(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["Vary"] == "Cookie"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Referrer-Policy" not in response.headers
    sharing.mark_shared(response)
    assert response.headers["Referrer-Policy"] == "no-referrer"


# Share links


def test_a_link_shows_the_chosen_plans_and_nothing_else() -> None:
    opened = begin(full_document())
    link = sharing.share(opened, ["first1", "unknown"], shows_notes=False)
    found = sharing.shared(link.token)
    assert found
    assert [made.id for made in found.plans] == ["first1"]
    shown = found.plans[0]
    assert shown.money is None
    assert shown.phases == {}
    assert {key: each.state for key, each in shown.tasks.items()} == {"aaaa": "done", "bbbb": "skipped"}
    assert all(each.note == "" for each in shown.tasks.values())
    with_notes = sharing.shared(sharing.share(opened, ["first1"], shows_notes=True).token)
    assert with_notes
    assert with_notes.plans[0].tasks["aaaa"].note
    assert with_notes.plans[0].phases["cccc"].evidence
    assert with_notes.plans[0].money is None


def test_the_owner_alone_can_see_a_link_again() -> None:
    opened = begin(full_document())
    first = sharing.share(opened, ["first1"], shows_notes=False)
    second = sharing.share(opened, ["second2"], shows_notes=True)
    assert [share.token for share in sharing.shares(opened)] == [second.token, first.token]
    assert len(first.token) == 22
    rows = " ".join(str(vars(row)) for row in ShareLink.objects.all())
    assert first.token not in rows
    assert second.token not in rows


def test_a_revoked_link_shows_nothing_and_others_cannot_revoke_it() -> None:
    opened, other = begin(full_document()), begin(full_document())
    link = sharing.share(opened, ["first1"], shows_notes=False)
    assert not sharing.revoke(other, link.pk)
    assert sharing.shared(link.token)
    assert sharing.revoke(opened, link.pk)
    assert sharing.shared(link.token) is None
    assert not sharing.revoke(opened, link.pk)


def test_a_link_to_a_deleted_plan_shows_nothing() -> None:
    opened = begin(full_document())
    link = sharing.share(opened, ["first1"], shows_notes=False)
    opened = keeping.change(opened, lambda document: kept.without_plan(document, "first1"))
    assert sharing.shared(link.token) is None
    assert [share.plans for share in sharing.shares(opened)] == [()]


def test_links_have_a_limit_and_a_plan() -> None:
    opened = begin(full_document())
    with pytest.raises(ValueError, match="one plan"):
        sharing.share(opened, ["unknown"], shows_notes=False)
    for _ in range(sharing.MOST_LINKS):
        sharing.share(opened, ["first1"], shows_notes=False)
    with pytest.raises(sharing.TooManyLinks):
        sharing.share(opened, ["first1"], shows_notes=False)


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "A" * 23, "é" * 22, "../" * 7 + "a", "A" * 5000, "A" * 22 + "\n"])
def test_a_wrong_token_shows_nothing(token: str) -> None:
    assert sharing.shared(token) is None


def test_looking_at_a_link_is_no_visit_of_its_owner(today: Calendar) -> None:
    opened = begin(full_document())
    link = sharing.share(opened, ["first1"], shows_notes=False)
    today.day += timedelta(days=100)
    assert sharing.shared(link.token)
    assert Keep.objects.get().visited_on == date(2026, 3, 2)


# The end


def test_deleting_takes_everything_with_it() -> None:
    opened, other = begin(full_document()), begin(full_document())
    link = sharing.share(opened, ["first1"], shows_notes=False)
    keeping.erase(request(opened))
    assert keeping.load(request(opened)) is None
    assert keeping.has_cookie(request(opened))
    assert sharing.shared(link.token) is None
    assert not ShareLink.objects.exists()
    assert keeping.load(request(other))


def test_a_visit_counts_once_a_day(today: Calendar, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    opened = begin()
    today.day += timedelta(days=1)
    made = request(opened)
    # A server is told in a transaction that this write waits for nobody.
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 6):
        found = keeping.load(made)
    assert found
    assert found.row.visited_on == today.day
    with django_assert_num_queries(2):
        keeping.load(made)
    assert found.expires_on == date(2028, 3, 3)


@pytest.mark.parametrize(
    ("begun", "last_day"),
    [
        (date(2026, 3, 2), date(2028, 3, 2)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2028, 12, 31)),
    ],
)
def test_what_nobody_opened_for_24_months_is_deleted(today: Calendar, begun: date, last_day: date) -> None:
    today.day = begun
    old = begin(full_document())
    sharing.share(old, ["first1"], shows_notes=False)
    assert old.expires_on == last_day
    today.day = begun + timedelta(days=30)
    recent = begin()

    assert keeping.expire(last_day) == 0
    assert keeping.count_expired(last_day + timedelta(days=1)) == 1
    assert keeping.expire(last_day + timedelta(days=1)) == 1
    assert list(Keep.objects.values_list("pk", flat=True)) == [recent.row.pk]
    assert not ShareLink.objects.exists()


def test_the_command_says_how_many_there_were(today: Calendar) -> None:
    begin()
    begin()
    today.day += timedelta(days=3 * 365)

    def said(*arguments: str) -> str:
        out = io.StringIO()
        call_command("expire_keeps", *arguments, stdout=out)
        return out.getvalue()

    assert said("--dry-run") == "2 kept documents to delete, unvisited for 24 months.\n"
    assert said() == "2 kept documents deleted, unvisited for 24 months.\n"
    assert said("--verbosity=0") == ""
    assert said() == "0 kept documents deleted, unvisited for 24 months.\n"


def test_words_for_admins_name_no_secret() -> None:
    opened = begin(full_document())
    link = sharing.share(opened, ["first1"], shows_notes=False)
    assert str(opened.row).startswith("Kept since ")
    assert str(link.row).startswith("Link of ")
