"""The style guide shows every block of the site, to the people who work on it alone."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.conftest import ROOT
from tests.pages import get

pytestmark = pytest.mark.django_db

ELSEWHERE = {"site-header", "site-footer", "skip-link", "page-bar", "hero", "home-part", "layout"}
"""Blocks that stand around every page or make up one page alone."""


def test_visitors_never_see_it(client: Client) -> None:
    assert get(client, "/styleguide/").status == 404


def test_while_developing_it_shows_every_block(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = True
    page = get(client, "/styleguide/")
    assert page.status == 200
    shown = {
        name.split("__")[0].split("--")[0] for one in page.root.iter() for name in (one.get("class") or "").split()
    }
    blocks = {file.stem for file in (ROOT / "static/css/blocks").glob("*.css")}
    assert blocks - shown - ELSEWHERE == set()


def test_it_is_not_for_search_engines_and_free_of_filler(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = True
    page = get(client, "/styleguide/")
    assert page.meta("robots") == "noindex"
    assert not re.search(r"lor.m ips.m|\bfoo\b|\bbaz\b", page.text, re.IGNORECASE)
    assert page.faults == []
