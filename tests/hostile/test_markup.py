"""No text of a guide, of a visitor or of an address becomes markup, in any output of the site.

Number 4 of the list in docs/security.md; what is printed as HTML on purpose is number 3, in test_content.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import markdown
import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from playwright.sync_api import Dialog

from guides.kept import KeptPhase, KeptTask
from guides.loader.files import Found
from guides.loader.library import parse
from guides.models import Category, Role, Skill, Transition
from tests import content_factory, keepers
from tests.conftest import OpenPage
from tests.hostile.amounts import amount
from tests.hostile.markup import LONG_PROBE, PROBE, executable
from tests.hostile.poison import poison
from tests.pages import Page, read

INDEXES = [
    "/", "/roles/", "/categories/", "/transitions/", "/skills/", "/sources/", "/method/", "/privacy/", "/fit/",
    "/compare/?role=analyst&role=engineer&baseline=analyst", "/ledger/?skill-sql=2&role=analyst", "/plan/",
    "/search/?q=title", "/search/?q=xss-probe", "/search/?q=titel", "/roles/?category=data-work",
    "/plan/?for=roles/analyst&view=all&phase=all", "/plan/?for=transitions/analyst/engineer&view=money",
    "/fit/?day-x=enjoy&coding=no&remote=yes", "/roles/analyst/fit/?coding=no&from=engineer", "/practice/analyst/",
    "/practice/analyst/set/", "/keep/start/?for=roles/analyst&skill-sql=2&from=engineer", "/roles/webmaster/",
]  # fmt: skip
"""Addresses of the sample site besides those of its guides."""


def guide_addresses() -> list[str]:
    """The page of every guide, and what hangs on it."""
    found = []
    for model in (Category, Skill, Transition, Role):
        found += [row.get_absolute_url() for row in model.objects.all()]
    for role in Role.objects.all():
        own = role.get_absolute_url()
        found += [f"{own}interview/", f"{own}into/", f"{own}fit/", f"/transitions/{role.slug}/"]
    return found


@pytest.fixture
def poisoned(sample: None) -> set[str]:
    """The sample site with a probe in every text; the places of the probes."""
    return poison()


def shown(page: Page) -> set[str]:
    """The places whose probe stands in a page as the text that it is."""
    text = "".join(page.root.itertext()) + "".join(
        value for element in page.root.iter() for value in element.attrib.values()
    )
    return set(re.findall(r"<xss-probe onclick=alert\(1\) title=([\w.]+)>", text))


def check(page: Page) -> Page:
    """Fails when a browser could run anything of a page that the site did not write."""
    assert page.status in (200, 301, 302, 400, 404, 410, 413), page
    faults = list(executable(page)) if page.html else []
    assert not faults, f"{page.address}: {faults[:3]}"
    return page


def test_every_text_of_every_guide_stays_text_on_every_page(poisoned: set[str]) -> None:
    client = Client()
    seen: set[str] = set()
    for address in [*INDEXES, *guide_addresses()]:
        seen |= shown(check(read(address, client.get(address))))
    told_elsewhere = {
        place
        for place in poisoned
        # Read by programs alone, or shown in the admin.
        if place.startswith(("SearchEntry.", "Occupation.figures")) or place.endswith((".url", ".titles"))
    }
    unseen = poisoned - seen - told_elsewhere
    assert len(poisoned) > 60
    assert not unseen, f"these texts stand on none of the pages tried: {sorted(unseen)}"


@pytest.mark.usefixtures("poisoned")
def test_every_text_stays_text_in_fragments() -> None:
    client = Client()
    for address in (
        "/roles/",
        "/search/?q=title",
        "/roles/analyst/fit/?coding=no",
        "/plan/?for=roles/analyst",
        "/fit/?coding=no",
        "/compare/?role=analyst&role=engineer",
    ):
        response = client.get(address, headers={"hx-request": "true"})
        assert response.status_code == 200
        assert b"<html" not in response.content, address
        assert shown(check(read(address, response))), f"nothing of a guide stands in the fragment of {address}"


@pytest.mark.usefixtures("poisoned")
def test_every_text_stays_text_in_the_admin() -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("curator"))
    keepers.keeper("skill-sql=2")
    pages = 0
    seen: set[str] = set()
    for model in admin.site._registry:
        if model._meta.app_label != "guides":
            continue
        name = f"admin:guides_{model._meta.model_name}"
        address = reverse(f"{name}_changelist")
        seen |= check_admin(read(address, client.get(address)))
        first = model._base_manager.first()
        if first is not None:
            for kind in ("change", "history"):
                address = reverse(f"{name}_{kind}", args=[first.pk])
                seen |= check_admin(read(address, client.get(address)))
        pages += 1
    assert pages > 10
    assert len(seen) > 20, "hardly a text of a guide stands in the admin"


def check_admin(page: Page) -> set[str]:
    """As ``check``, where scripts and data of Django's admin are its own; returns what is shown."""
    assert page.status == 200, page.address
    faults = [fault for fault in executable(page) if "xss" in fault or "alert" in fault]
    assert not faults, f"{page.address}: {faults[:3]}"
    return shown(page)


@pytest.mark.usefixtures("poisoned")
def test_every_text_stays_text_in_what_programs_read() -> None:
    client = Client()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "<xss-probe" not in sitemap
    assert "<script" not in sitemap
    text = client.get("/plan/plan.md?for=roles/analyst").content.decode()
    assert "xss-probe" in text
    check_markdown(text)
    calendar = client.get("/plan/calendar.ics?for=roles/analyst").content
    assert b"xss-probe" in calendar
    check_calendar(calendar)


def check_markdown(text: str) -> None:
    """Fails when a reader of Markdown would make an element of a probe."""
    tree = html5lib.parse(markdown.markdown(text), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in ("xss-probe", "script", "img", "svg", "style"), text
        assert not any(name.startswith("on") for name in element.attrib)
        assert not element.get("href", "").startswith("javascript:")


def check_calendar(content: bytes) -> None:
    """Fails when a calendar has anything but its events with their usual properties."""
    allowed = {
        "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "URL", "TRANSP",
    }  # fmt: skip
    for event in Calendar.from_ical(content).walk("VEVENT"):
        assert set(event) <= allowed
        assert str(event["URL"]).startswith("http")


# --- What visitors write ------------------------------------------------------------------------------------------

INJECTED = (
    f"{LONG_PROBE}\r\nATTENDEE:mailto:x@evil.example\n\n# Heading\n- [x](javascript:alert(1))\n=cmd|' /C calc'!A0"
)


@pytest.fixture
def writer(sample: None) -> Client:
    """A visitor whose every note, evidence and remembered text is hostile, in a plan for a role."""
    owner = keepers.keeper("for=roles/analyst&skill-sql=2&mon=3")
    document = keepers.document(owner)
    (plan,) = document.plans
    text = INJECTED[:450]
    tasks = {
        key: KeptTask(state="done", on=plan.start, note=INJECTED[:1_900], text=text) for key in list(plan.tasks)[:4]
    }
    tasks["gone1"] = KeptTask(state="done", on=plan.start, note=INJECTED[:1_900], text=text)
    phases = {f"gone{number}": KeptPhase(evidence=text, note=text, title=text) for number in range(2)}
    address = KeptPhase(evidence='https://a.example/"><xss-probe>onclick=alert(1)', note=text, title=text)
    changed = plan.model_copy(update={"tasks": {**plan.tasks, **tasks}, "phases": {**phases, "gone3": address}})
    keepers.write(owner, document.model_copy(update={"plans": (changed,)}))
    return owner


def plan_addresses(owner: Client) -> Iterator[str]:
    """Every view of the only plan of a visitor."""
    plan = keepers.only_plan(owner)
    key = next(iter(plan.tasks))
    for query in (
        "",
        "?view=phases&phase=all",
        "?view=weeks",
        "?view=money",
        "?view=settings",
        "?view=all",
        f"?note={key}",
    ):
        yield f"/plans/{plan.id}/{query}"


def test_what_a_visitor_writes_stays_text_on_their_pages(writer: Client) -> None:
    for address in [*plan_addresses(writer), "/keep/", "/plan/", "/ledger/"]:
        page = check(read(address, writer.get(address)))
        if "view=phases" in address:
            assert "<xss-probe" in "".join(page.root.itertext())


def test_what_a_visitor_writes_stays_text_for_whoever_they_show_it_to(writer: Client) -> None:
    plan = keepers.only_plan(writer)
    writer.post("/keep/share/", {"plan": plan.id, "notes": "on"})
    address = re.search(r"/shared/[\w-]{22}/", writer.get("/keep/").content.decode())
    assert address
    page = check(read(address[0], Client().get(address[0])))
    assert page.status == 200
    assert "<xss-probe" in "".join(page.root.itertext())


def test_what_a_visitor_writes_stays_text_in_their_files(writer: Client) -> None:
    plan = keepers.only_plan(writer)
    check_markdown(writer.get(f"/plans/{plan.id}/plan.md").content.decode())
    calendar = writer.get(f"/plans/{plan.id}/calendar.ics")
    assert b"ATTENDEE" not in calendar.content
    check_calendar(calendar.content)
    download = writer.get("/keep/download/")
    assert download.headers["Content-Type"].startswith("application/json")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "content",
    [
        f'{{"format": 1, "{PROBE}": 1}}'.replace('"><', '\\"><').encode(),
        b'{"format": "<xss-probe>"}',
        b'{"format": 1, "current_role": "<xss-probe onclick=alert(1)>"}',
        b'{"format": 1, "answers": {"<xss-probe onclick=alert(1)>": "yes"}}',
        b'{"format": 1, "plans": [{"id": "<xss-probe>"}]}',
        b"<xss-probe onclick=alert(1)>",
    ],
)
@pytest.mark.usefixtures("sample")
def test_a_file_that_is_refused_is_quoted_as_text(content: bytes) -> None:
    response = Client().post("/keep/upload/", {"file": SimpleUploadedFile("<xss-probe>.json", content)})
    check(read("/keep/upload/", response))


def test_a_file_that_is_shown_before_it_is_kept_is_shown_as_text(writer: Client) -> None:
    """The same plan with other notes: both texts stand side by side."""
    file = SimpleUploadedFile("kept.json", writer.get("/keep/download/").content.replace(b"# Heading", b"# Other"))
    page = check(read("/keep/upload/", writer.post("/keep/upload/", {"file": file})))
    assert "<xss-probe" in "".join(page.root.itertext())


# --- What editors write -------------------------------------------------------------------------------------------

SCHEMES = [
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "http://a.example/", "//a.example/", "https:a.example", "https://",
    "/\\a.example",
    "https://a.example/\"onclick=alert(1)", "https://a.example/ x", "https://user:pass@a.example/",
    "https://a\nb.example/",
]  # fmt: skip


@pytest.mark.parametrize("name", ["tools.yaml", "resources.yaml", "sources.yaml"])
def test_an_address_that_is_no_plain_https_address_is_refused(tmp_path: Path, name: str) -> None:
    first = content_factory.entries(name)[0]
    for address in ["https://a.example/", *SCHEMES]:
        file = content_factory.write(tmp_path, name, [{**first, "url": address}])
        problems = parse(Found(file, f"content/{name}", name, "", "digest")).problems
        assert bool(problems) is (address in SCHEMES), f"{address!r}: {problems}"


# --- In a browser -------------------------------------------------------------------------------------------------


def test_a_browser_runs_none_of_it(poisoned: set[str], writer: Client, open_page: OpenPage) -> None:
    assert poisoned
    dialogs: list[str] = []

    def opened(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page = open_page()
    page.on("dialog", opened)
    for address in ("/roles/analyst/", "/transitions/analyst/engineer/", "/search/?q=title")[: amount(2, 3)]:
        page.goto(address)
        assert "xss-probe" in page.inner_text("body"), address
    page.goto("/search/?q=" + "".join(f"%{byte:02x}" for byte in LONG_PROBE.encode())[:900])
    cookies: list[Any] = [
        {"name": name, "value": cookie.value, "url": page.url} for name, cookie in writer.cookies.items()
    ]
    page.context.add_cookies(cookies)
    for address in list(plan_addresses(writer))[:: amount(6, 1)]:
        page.goto(address)
    assert dialogs == []
