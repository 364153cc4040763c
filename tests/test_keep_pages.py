"""Keeping, as a visitor meets it: beginning, the code, another device, a file, share links, and the end."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from guides import keeping, kept
from guides.kept import KeptDocument
from guides.models import Keep, Role, ShareLink
from tests.keepers import ROLE, TARGET, document, get, keeper, only_plan, post, write
from tests.pages import links

pytestmark = pytest.mark.usefixtures("content")

CODE = r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code_of(owner: Client) -> str:
    """The recovery code that the page shows."""
    (shown,) = [one for one in get(owner, "/keep/").all("p") if one.get("class") == "recovery__code"]
    return (shown.text or "").strip()


def upload(owner: Client, content: bytes) -> str:
    """The page after a file was chosen."""
    answer = owner.post("/keep/upload/", {"file": SimpleUploadedFile("kept.json", content)})
    return answer.content.decode()


def hidden(html: str, name: str) -> str:
    return html.partition(f'name="{name}" value="')[2].partition('"')[0]


# Beginning


@pytest.mark.parametrize("address", ["/keep/", "/privacy/", "/plan/", "/ledger/", f"/practice/{ROLE}/"])
def test_reading_sets_no_cookie(client: Client, address: str) -> None:
    page = get(client, address)
    assert page.status == 200
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.html
    assert not page.faults


def test_what_will_be_kept_is_said_first(client: Client) -> None:
    page = get(client, f"/keep/start/?for={TARGET}&hours=6&from=backend-developer")
    assert "The plan: AI artist" in page.text
    assert "Your role now: Backend developer" in page.text
    assert "24 months" in page.text
    assert not Keep.objects.exists()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_code_comes_before_the_work(client: Client) -> None:
    answer = client.post(f"/keep/start/?for={TARGET}&hours=6", follow=True)
    html = answer.content.decode()
    assert "Write it down before you go on." in html
    plan = only_plan(client)
    assert f'href="/plans/{plan.id}/"' in html
    assert plan.hours_per_week == 6
    cookie = client.cookies[keeping.cookie_name()]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_more_is_added_to_what_is_kept_already() -> None:
    owner = keeper(f"for={TARGET}")
    answer = owner.post("/keep/start/?for=roles/backend-developer&mon=3")
    assert len(document(owner).plans) == 2
    assert answer.headers["Location"] == f"/plans/{document(owner).plans[-1].id}/"
    owner.post("/keep/start/?coding=yes&day-1a2b3c4d=enjoy&day-x=nonsense&remote=maybe&skill-sql=2")
    kept_now = document(owner)
    assert kept_now.fit_answers == {"coding": "yes", "day-1a2b3c4d": "enjoy"}
    assert kept_now.ledger == {"sql": 2}
    assert Keep.objects.count() == 1


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/keep/start/")
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    assert not Keep.objects.exists()


# Another device


def test_the_code_opens_it_on_another_device(client: Client) -> None:
    owner = keeper(f"for={TARGET}")
    sloppy = code_of(owner).lower().replace("-", " ")
    assert client.post("/keep/open/", {"code": sloppy}).status_code == 302
    assert only_plan(client) == only_plan(owner)


def test_wrong_codes_are_explained_and_what_was_typed_stays(client: Client) -> None:
    code = code_of(keeper())
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    for typed, words in (("", "Type the recovery code"), ("abc", "28 characters"), (wrong, "not as it was written")):
        page = post(client, "/keep/open/", {"code": typed})
        assert words in page.text
        assert f'value="{typed}"' in page.html
    assert not client.cookies.get(keeping.cookie_name())


def test_codes_cannot_be_tried_for_ever(client: Client) -> None:
    from guides import recovery_code

    for number in range(keeping.RECOVERIES_OF_ONE.most):
        page = post(client, "/keep/open/", {"code": recovery_code.written(number.to_bytes(16, "big"))})
        assert "Nothing is kept under this code" in page.text
    page = post(client, "/keep/open/", {"code": recovery_code.written(bytes(16))})
    assert page.status == 429
    assert "Try again in" in page.text
    assert int(page.headers["Retry-After"]) > 0


def test_a_device_with_something_of_its_own_is_asked(client: Client) -> None:
    owner, other = keeper(f"for={TARGET}"), keeper("skill-sql=3")
    code = code_of(owner)
    page = post(other, "/keep/open/", {"code": code})
    assert "This device keeps something of its own" in page.text
    assert "SQL" in page.text
    assert document(other).ledger == {"sql": 3}
    post(other, "/keep/open/", {"code": code, "choice": "join"})
    assert document(owner).ledger == {"sql": 3}
    assert code_of(other) == code

    third = keeper("skill-sql=1")
    own = code_of(third)
    post(third, "/keep/open/", {"code": code, "choice": "leave"})
    assert document(third).ledger == {"sql": 3}
    client.post("/keep/open/", {"code": own})
    assert document(client).ledger == {"sql": 1}


def test_forgetting_on_a_device_keeps_it_stored() -> None:
    owner = keeper("skill-sql=3")
    code = code_of(owner)
    assert "still there" in post(owner, "/keep/leave/").text
    assert not owner.cookies[keeping.cookie_name()].value
    owner.post("/keep/open/", {"code": code})
    assert document(owner).ledger == {"sql": 3}


def test_a_new_code_ends_the_old_one(client: Client) -> None:
    owner = keeper()
    old = code_of(owner)
    owner.post("/keep/rekey/")
    assert code_of(owner) != old
    assert "Nothing is kept under this code" in post(client, "/keep/open/", {"code": old}).text


# Files


def test_what_is_downloaded_is_what_is_kept_and_comes_back(client: Client) -> None:
    owner = keeper(f"for={TARGET}&skill-sql=3")
    answer = owner.get("/keep/download/")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert kept.read(answer.content) == document(owner)
    html = upload(client, answer.content)
    assert "What the file changes" in html
    assert not client.cookies.get(keeping.cookie_name())
    sent = {"packed": hidden(html, "packed"), "expected": hidden(html, "expected")}
    assert client.post("/keep/upload/", sent).headers["Location"] == "/keep/?new=1"
    assert client.get("/keep/download/").content == answer.content


def test_an_upload_says_what_changes_and_changes_nothing_yet() -> None:
    owner = keeper("skill-sql=3")
    mine = document(owner)
    theirs = mine.model_copy(update={"ledger": {"sql": 1, "python-scripting": 2}})
    html = upload(owner, kept.written(theirs))
    assert "stays “practitioner”" in html
    assert "“working” is added" in html
    assert document(owner) == mine
    sent = {"packed": hidden(html, "packed"), "expected": hidden(html, "expected")}
    owner.post("/keep/upload/", sent)
    assert document(owner).ledger == {"sql": 3, "python-scripting": 2}


def test_what_changed_meanwhile_is_shown_again() -> None:
    owner = keeper("skill-sql=1")
    html = upload(owner, kept.written(document(owner).model_copy(update={"ledger": {"sql": 2}})))
    write(owner, document(owner).model_copy(update={"ledger": {"sql": 4}}))
    sent = {"packed": hidden(html, "packed"), "expected": hidden(html, "expected")}
    again = owner.post("/keep/upload/", sent).content.decode()
    assert "stays “expert”" in again
    assert document(owner).ledger == {"sql": 4}


@pytest.mark.hostile
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b'{"format": 99}',
        b'{"format": 1, "ledger": {"<script>": 9}}',
        b'{"format": 1, "plans": [{}]}',
        b'{"format": 1, "extra": "<script>alert(1)</script>"}',
        b"[" * 100_000,
        b"x" * 300_000,
        json.dumps({"format": 1, "ledger": {f"s{number}": 1 for number in range(500)}}).encode(),
    ],
    ids=range(12),
)
def test_a_wrong_file_is_explained_and_changes_nothing(data: bytes) -> None:
    owner = keeper("skill-sql=3")
    before = document(owner)
    answer = owner.post("/keep/upload/", {"file": SimpleUploadedFile("kept.json", data)})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert document(owner) == before


@pytest.mark.parametrize("packed", ["", "!!!", "AAAA", "eJw="])
def test_a_broken_preview_is_explained(packed: str) -> None:
    assert keeper().post("/keep/upload/", {"packed": packed, "expected": "x"}).status_code == 400


# Sharing


def share_of(owner: Client, **data: str) -> str:
    """Address of a new link to the only plan."""
    owner.post("/keep/share/", {"plan": only_plan(owner).id, **data})
    (address,) = [one for one in links(get(owner, "/keep/").main) if "/shared/" in one]
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_link_shows_a_plan_and_nothing_else(client: Client) -> None:
    owner = keeper(f"for={TARGET}&skill-sql=4&take_home=31415&new_low=3100&new_high=4000")
    plan = only_plan(owner)
    key = next(iter(plan.tasks))
    owner.post(f"/plans/{plan.id}/note/", {"key": key, "note": "for me alone"})
    owner.post(f"/plans/{plan.id}/tick/", {"done": key})
    page = get(client, share_of(owner))
    assert page.status == 200
    assert "1 of 28 tasks done" in page.text
    assert "for me alone" not in page.html
    assert "31415" not in page.html
    assert "<form" not in page.html.partition("<main")[2]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.cookies
    assert not page.faults


def test_notes_are_shown_when_their_owner_says_so(client: Client) -> None:
    owner = keeper(f"for={TARGET}")
    plan = only_plan(owner)
    owner.post(f"/plans/{plan.id}/note/", {"key": next(iter(plan.tasks)), "note": "look at this"})
    assert "look at this" in get(client, share_of(owner, notes="1")).text


def test_a_link_can_be_taken_back(client: Client) -> None:
    owner = keeper(f"for={TARGET}")
    address = share_of(owner)
    (link,) = ShareLink.objects.all()
    assert keeper().post(f"/keep/share/{link.pk}/revoke/").status_code == 302
    assert get(client, address).status == 200, "nobody else can take it back"
    owner.post(f"/keep/share/{link.pk}/revoke/")
    page = get(client, address)
    assert page.status == 404
    assert "shows nothing" in page.text


def test_a_link_needs_a_plan() -> None:
    owner = keeper(f"for={TARGET}")
    assert "Choose at least one plan." in post(owner, "/keep/share/").text


@pytest.mark.parametrize("token", ["x", "A" * 22, "../keep", "A" * 400, "ä"])
def test_wrong_tokens_show_nothing(client: Client, token: str) -> None:
    assert client.get(f"/shared/{token}/").status_code == 404


# The end


def test_everything_is_deleted_with_one_button(client: Client) -> None:
    owner = keeper(f"for={TARGET}&skill-sql=2")
    address, code = share_of(owner), code_of(owner)
    page = post(owner, "/keep/delete/")
    assert "Everything is deleted" in page.text
    assert not owner.cookies[keeping.cookie_name()].value
    assert not Keep.objects.exists()
    assert get(client, address).status == 404
    assert "Nothing is kept under this code" in post(client, "/keep/open/", {"code": code}).text


def test_a_cookie_of_something_deleted_is_taken_back() -> None:
    owner = keeper()
    Keep.objects.all().delete()
    assert "without an account" in get(owner, "/keep/").text
    assert not owner.cookies[keeping.cookie_name()].value


def test_what_cannot_be_read_can_still_be_taken_away() -> None:
    owner = keeper()
    Keep.objects.update(document='{"format": 2}')
    page = get(owner, "/keep/")
    assert page.status == 409
    assert "untouched" in page.text
    assert owner.get("/keep/download/").content == b'{"format": 2}'


@pytest.mark.parametrize("address", ["share", "rekey", "delete", "leave", "upload"])
def test_changes_are_posts(address: str) -> None:
    assert keeper().get(f"/keep/{address}/").status_code == 405


def test_a_document_that_is_full_says_so() -> None:
    owner = keeper(f"for={TARGET}")
    full = document(owner)
    plans = tuple(full.plans[0].model_copy(update={"id": f"plan{number:04}"}) for number in range(20))
    write(owner, KeptDocument.model_validate(full.model_copy(update={"plans": plans}).model_dump()))
    page = post(owner, f"/keep/start/?for={TARGET}")
    assert page.status == 400
    assert "At most 20 entries" in page.text
    assert len(document(owner).plans) == 20


PUBLIC = [
    "/roles/ai-artist/",
    "/transitions/backend-developer/ai-artist/",
    "/roles/ai-artist/fit/",
    "/fit/",
    "/compare/",
]
PUBLIC += ["/plan/?for=roles/ai-artist", "/ledger/", "/practice/ai-artist/"]


def unreadable() -> Client:
    """A visitor whose document was written by a later version of the site."""
    visitor = keeper("skill-sql=2")
    Keep.objects.update(document='{"format": 2, "new": 1}')
    return visitor


@pytest.mark.parametrize("address", PUBLIC)
def test_a_document_that_cannot_be_read_takes_no_page_away(address: str, client: Client) -> None:
    page = get(unreadable(), address)
    assert page.status == 200
    assert page.heading == get(client, address).heading
    assert "What you keep cannot be read" in page.text
    assert "/keep/" in {one.get("href") for one in page.main.iter("a")}
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.cookies or keeping.cookie_name() not in page.cookies
    assert page.faults == []


def test_a_document_that_cannot_be_read_can_be_taken_left_and_deleted() -> None:
    visitor = unreadable()
    page = get(visitor, "/keep/")
    assert page.heading == "What you keep cannot be read"
    assert {one.get("action") for one in page.main.iter("form")} == {"/keep/leave/", "/keep/delete/"}
    assert visitor.get("/keep/download/").content == b'{"format": 2, "new": 1}'
    assert post(visitor, "/ledger/", {"skill-sql": "3"}).heading == "What you keep cannot be read"
    assert Keep.objects.get().document == '{"format": 2, "new": 1}'
    assert post(visitor, "/keep/delete/").heading == "Everything is deleted"
    assert not Keep.objects.exists()


def test_answers_of_a_file_are_named_by_their_questions(client: Client) -> None:
    piece = Role.objects.get(slug="ai-artist").day[0]
    content = kept.written(KeptDocument(format=1, task_answers={f"day-{piece['key']}": "enjoy"}))
    page = upload(client, content)
    assert f"{escape(piece['task'])}: “enjoy” is added." in page
