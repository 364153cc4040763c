"""Journeys 9, 10 and 11: another device by code and by link, a file taken away and brought back, a mentor's link."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from guides import keeping, recovery_code
from guides.models import Keep
from guides.rate_limit import Limit
from tests.conftest import PageErrors
from tests.journeys.conftest import Carry
from tests.journeys.visitors import Visitor
from tests.keepers import TARGET, document, keeper, only_plan


def code_of(visitor: Visitor) -> str:
    """The recovery code on the page."""
    return visitor.page.locator(".recovery__code").inner_text()


def test_the_code_and_the_private_link_open_it_elsewhere(
    visitor: Visitor,
    somebody_else: Visitor,
    carry: Carry,
    page_errors: PageErrors,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = keeper(f"for={TARGET}&skill-sql=3")
    carry(owner, somebody_else)
    somebody_else.go("/keep/")
    code = code_of(somebody_else)
    monkeypatch.setattr(keeping, "RECOVERIES_OF_ONE", Limit("recovery", most=1, seconds=keeping.HOUR))

    page = visitor.page
    field, send = page.get_by_label("Recovery code"), page.get_by_role("button", name="Open it")
    visitor.go("/keep/")
    visitor.follow(page.get_by_role("link", name="I have a code or a file"))
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    visitor.type(field, wrong)
    visitor.follow(send)
    expect(page.get_by_role("alert").first).to_contain_text("not as it was written")
    expect(field).to_have_value(wrong)
    visitor.audit()
    visitor.type(field, recovery_code.written(bytes(16)))
    visitor.follow(send)
    expect(page.get_by_role("alert").first).to_contain_text("Nothing is kept under this code")
    visitor.type(field, recovery_code.written(bytes(15) + b"1"))
    visitor.follow(send)
    page_errors.expect("429")
    expect(page.locator("main")).to_contain_text("Nothing was changed")
    visitor.audit()
    assert not visitor.keeps_something

    monkeypatch.undo()
    cache.clear()
    visitor.go("/keep/open/")
    visitor.type(field, code.lower().replace("-", " "))
    visitor.follow(send)
    assert code_of(visitor) == code
    expect(page.get_by_role("link", name="AI artist").first).to_be_visible()
    visitor.audit()

    # On a device that keeps something of its own already, the private link asks what becomes of that.
    cache.clear()
    somebody_else.page.context.clear_cookies()
    carry(keeper("skill-python-scripting=2"), somebody_else)
    link = page.locator("#link-title ~ .recovery__link").inner_text()
    other = somebody_else.page
    somebody_else.go(f"/keep/open/#{link.partition('#')[2]}")
    if somebody_else.has_scripts:
        expect(other.get_by_label("Recovery code")).to_have_value(code)
        expect(other.get_by_role("button", name="Open it")).to_be_focused()
        assert "#" not in other.url
    else:
        somebody_else.type(other.get_by_label("Recovery code"), link.partition("#")[2])
    somebody_else.follow(other.get_by_role("button", name="Open it"))
    expect(other.locator("h1")).to_have_text("This device keeps something of its own")
    expect(other.locator("main")).to_contain_text("Python scripting")
    somebody_else.audit()
    assert document(owner).ledger == {"sql": 3}
    somebody_else.follow(other.get_by_role("button", name="Add it, then open"))
    assert code_of(somebody_else) == code
    assert document(owner).ledger == {"sql": 3, "python-scripting": 2}


def test_a_file_is_taken_away_edited_and_brought_back(visitor: Visitor, carry: Carry, page_errors: PageErrors) -> None:
    owner = keeper(f"for={TARGET}&skill-sql=3")
    carry(owner, visitor)
    before = document(owner)
    page = visitor.page
    field, look = (
        page.get_by_label("A file that was downloaded here"),
        page.get_by_role("button", name="Look at the file"),
    )
    visitor.go("/keep/")
    name, content = visitor.download(page.get_by_role("link", name="Download everything (JSON)"))
    assert name == "careerpaths-kept.json"

    for hostile in (
        b'{"format": 1, "ledger": {"<script>alert(1)</script>": 9}, "plans": []}',
        b"[" * 50_000,
    ):
        visitor.choose_file(field, "kept.json", hostile)
        visitor.follow(look)
        page_errors.expect("400")
        expect(page.locator("h1")).to_have_text("This file cannot be taken")
        visitor.audit()
        visitor.follow(page.get_by_role("link", name="Back"))
        assert document(owner) == before

    edited = json.loads(content)
    edited["ledger"] = {"sql": 1, "python-scripting": 2}
    mine = json.dumps(edited).encode()
    visitor.choose_file(field, name, mine)
    visitor.follow(look)
    expect(page.locator("h1")).to_have_text("What the file changes")
    expect(page.locator("main")).to_contain_text("stays “practitioner”")
    expect(page.locator("main")).to_contain_text("“working” is added")
    visitor.audit()
    assert document(owner) == before
    visitor.follow(page.get_by_role("link", name="Change nothing"))
    assert document(owner) == before

    visitor.choose_file(field, name, mine)
    visitor.follow(look)
    visitor.follow(page.get_by_role("button", name="Take it in"))
    assert document(owner).ledger == {"sql": 3, "python-scripting": 2}
    assert document(owner).plans == before.plans
    expect(page.locator("h1")).to_have_text("What you keep")
    _, after = visitor.download(page.get_by_role("link", name="Download everything (JSON)"))
    assert json.loads(after)["ledger"] == {"sql": 3, "python-scripting": 2}


def test_a_mentor_sees_a_plan_until_its_owner_takes_the_link_back(
    visitor: Visitor, somebody_else: Visitor, carry: Carry, page_errors: PageErrors
) -> None:
    owner = keeper(f"for={TARGET}")
    plan = only_plan(owner)
    owner.post(f"/plans/{plan.id}/note/", {"key": next(iter(plan.tasks)), "note": "for me alone"})
    carry(owner, visitor)
    page, mentor = visitor.page, somebody_else.page
    visitor.go("/keep/")
    visitor.follow(page.get_by_role("button", name="Make a link"))
    shared = page.locator(".share-list a").inner_text()
    expect(page.locator(".share-list")).to_contain_text("Without notes and evidence.")
    visitor.audit()

    address = "/" + shared.partition("://")[2].partition("/")[2]
    somebody_else.go(address)
    expect(mentor.locator("h1")).to_have_text("A plan shown to you")
    expect(mentor.locator("main")).not_to_contain_text("for me alone")
    expect(mentor.locator("main").get_by_role("button")).to_have_count(0)
    assert not mentor.context.cookies()
    somebody_else.audit()

    visitor.follow(page.get_by_role("button", name=re.compile("^Revoke")))
    expect(page.locator(".share-list")).to_have_count(0)
    somebody_else.go(address)
    page_errors.expect("404")
    expect(mentor.locator("h1")).to_have_text("This link shows nothing")

    visitor.follow(page.get_by_role("button", name="Delete everything"))
    expect(page.locator("h1")).to_have_text("Everything is deleted")
    visitor.audit()
    assert not Keep.objects.exists()
    assert not visitor.keeps_something
    visitor.back()
    expect(page.locator("h1")).to_have_text("Keep it, without an account")
