"""What the programs that watch the site are told: that the process lives, and whether it can do its work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from careerpaths.health import HealthChecks
from guides.models import ContentVersion


@pytest.fixture
def loaded(db: None) -> None:
    """A site whose content was loaded."""
    ContentVersion.objects.create(pk=1, number=1, loaded_at=timezone.now())


@pytest.fixture
def without_database(db: None) -> Iterator[None]:
    """The database does not answer."""

    def fail(*question: Any) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(fail):
        yield


def ready() -> tuple[int, list[str]]:
    """Status and reasons of a process that has not been asked before."""
    response = HealthChecks(lambda request: HttpResponse())(RequestFactory().get("/readyz"))
    assert isinstance(response, HttpResponse)
    return response.status_code, json.loads(response.content)["reasons"]


@pytest.mark.usefixtures("without_database")
def test_a_process_lives_whatever_becomes_of_its_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.usefixtures("loaded")
def test_a_site_with_its_content_is_ready() -> None:
    assert ready() == (200, [])


@pytest.mark.django_db
def test_a_site_without_content_is_not_ready() -> None:
    assert ready() == (503, ["No content has been loaded."])


@pytest.mark.usefixtures("loaded")
def test_a_site_whose_tables_are_older_than_its_code_is_not_ready() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*max(key for key in recorder.applied_migrations() if key[0] == "guides"))
    assert ready() == (503, ["The database has not been migrated to this version."])


@pytest.mark.usefixtures("without_database")
def test_a_site_without_its_database_is_not_ready() -> None:
    assert ready() == (503, ["The database does not answer."])


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_answer_any_host_over_http_and_are_not_kept(client: Client, path: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_head_is_enough(client: Client, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")
