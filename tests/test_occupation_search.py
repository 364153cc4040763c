"""The box finds the job that somebody means among all titles, however it is spelt, and asks little for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from guides import published_roles
from guides.models import Role
from guides.occupation_load import load_occupations, remove_occupations
from guides.occupation_search import LIMIT, FoundJobs, find_jobs
from tests.classification import write_classification
from tests.conftest import Rows, _write

DATA_DIR = os.environ.get("DATA_DIR", "")


@pytest.fixture(scope="module")
def classified(
    content_rows: Rows, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The guides and the made-up classification for all tests of the module that only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        _write(content_rows)
        load_occupations(write_classification(tmp_path_factory.mktemp("release")))
        yield
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """What happens in here to the database is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    published_roles.forget()


def occupations(found: FoundJobs) -> list[str]:
    return [one.occupation.title for one in found.occupations]


@pytest.mark.usefixtures("classified")
@pytest.mark.parametrize(
    ("query", "first", "found_as"),
    [
        ("software developer", "Software Developers", ""),
        ("Software developers", "Software Developers", ""),
        ("developer software", "Software Developers", ""),
        ("nurse", "Registered Nurses", "Nurse"),
        ("nur", "Registered Nurses", "Nurse"),
        ("c++", "Software Developers", "C++ Developer"),
        ("frontend developer", "Web Developers", "Front End Developer"),
        ("video editor", "Film Editors", "Video Editor (Film and Video Editor)"),
        ("cafe host", "Receptionists and Information Clerks", "Café Host"),
        ("I am a primary teacher", "Elementary School Teachers, Except Special Education", "Primary Teacher"),
        ("computer occupations", "Computer Occupations, All Other", ""),
    ],
)
def test_a_title_finds_its_occupation(query: str, first: str, found_as: str) -> None:
    found = find_jobs(query)
    assert (found.occupations[0].occupation.title, found.occupations[0].title) == (first, found_as)
    assert not found.instead


@pytest.mark.usefixtures("classified")
@pytest.mark.parametrize(
    ("query", "first", "instead"),
    [
        ("sofware developr", "Software Developers", "software developer"),
        ("elementry teacher", "Elementary School Teachers, Except Special Education", "elementary teacher"),
        ("lawer", "Lawyers", "lawyer"),
        ("recieptionist", "Receptionists and Information Clerks", "receptionist"),
        ("nrse", "Registered Nurses", "nurse"),
        ("grpahic desinger", "Graphic Designers", "graphic designer"),
    ],
)
def test_misspelling_is_forgiven_and_said(query: str, first: str, instead: str) -> None:
    found = find_jobs(query)
    assert occupations(found)[0] == first
    assert found.instead.startswith(instead[:5])
    assert not found.is_part


@pytest.mark.usefixtures("classified")
def test_words_that_no_title_has_are_left_out_and_that_is_said() -> None:
    found = find_jobs("senior payments nurse")
    assert occupations(found) == ["Registered Nurses"]
    assert (found.instead, found.is_part) == ("nurse", True)


@pytest.mark.usefixtures("classified")
def test_a_title_of_several_occupations_finds_them_all() -> None:
    assert set(occupations(find_jobs("back end developer"))) == {"Software Developers", "Web Developers"}


@pytest.mark.usefixtures("classified")
def test_an_occupation_is_offered_once_under_the_title_that_answers_best() -> None:
    titles = occupations(find_jobs("e"))
    assert titles == []
    titles = occupations(find_jobs("re"))
    assert len(titles) == len(set(titles))


@pytest.mark.usefixtures("classified")
@pytest.mark.parametrize("query", ["", " ", "x", "%", "'; --", "\\", "*", '"', "((", "zzzzzz", "\N{PILE OF POO}" * 50])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert find_jobs(query).count == 0


@pytest.mark.usefixtures("classified")
def test_a_very_long_query_is_cut() -> None:
    assert occupations(find_jobs("nurse " * 500)) == ["Registered Nurses"]


@pytest.mark.usefixtures("classified")
def test_published_roles_are_found_by_title_and_other_names() -> None:
    assert [role.slug for role in find_jobs("secondary school teacher").roles][:1] == ["secondary-school-teacher"]
    assert "graphic-designer" in [role.slug for role in find_jobs("graphic desiner").roles]
    role = Role.objects.exclude(also_called=[]).order_by("slug")[0]
    assert role.slug in [one.slug for one in find_jobs(role.also_called[0]).roles]


@pytest.mark.usefixtures("classified")
def test_without_the_classification_the_roles_are_still_found() -> None:
    with undone():
        remove_occupations()
        found = find_jobs("teacher")
    assert [role.slug for role in found.roles] == ["secondary-school-teacher"]
    assert found.occupations == ()


@pytest.mark.usefixtures("classified")
def test_a_hidden_role_is_not_found() -> None:
    with undone():
        Role.objects.filter(slug="secondary-school-teacher").update(is_published=False)
        assert find_jobs("secondary school teacher").roles == ()


@pytest.mark.usefixtures("classified")
@pytest.mark.parametrize(
    "query", ["nurse", "sofware developr", "senior payments nurse", "a b c d e f g h", "zzzz yyyy xxxx wwww vvvv"]
)
def test_a_search_asks_few_questions(query: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    find_jobs("warm")
    with django_assert_max_num_queries(12):
        find_jobs(query)


@pytest.mark.usefixtures("classified")
@pytest.mark.skipif(not DATA_DIR, reason="DATA_DIR does not name the folder of the official releases")
def test_the_real_titles_are_found() -> None:
    with undone():
        load_occupations(Path(DATA_DIR))
        for query, expected in REAL.items():
            found = find_jobs(query)
            assert occupations(found)[0] == expected, query
            assert len(found.occupations) <= LIMIT


REAL = {
    "sofware developr": "Software Developers",
    "elementry teacher": "Elementary School Teachers, Except Special Education",
    "truck driver": "Heavy and Tractor-Trailer Truck Drivers",
    "electrition": "Electricians",
    "barista": "Baristas",
    "accountant": "Accountants and Auditors",
    "primary school teacher": "Elementary School Teachers, Except Special Education",
    "phisiotherapist": "Physical Therapists",
    "registered nurse": "Registered Nurses",
}
