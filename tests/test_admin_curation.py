"""The admin: every page of it answers, files' words stay the files', and what admins decide is what visitors get."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import html5lib
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guides.admin.curated import CuratedAdmin
from guides.admin.file_owned import FileOwnedAdmin, ReadOnlyAdmin
from guides.curation import content_changed
from guides.loader.load import load_content
from guides.models import (
    CURATED_FIELDS,
    Category,
    ContentFile,
    ContentVersion,
    FormerAddress,
    Phase,
    Question,
    Resource,
    Role,
    Skill,
    Source,
    Transition,
)

Model = type[models.Model]
Page = type[Category | Role | Skill | Transition]

pytestmark = pytest.mark.django_db

OURS: list[Model] = sorted(
    (model for model, found in admin.site._registry.items() if isinstance(found, ReadOnlyAdmin)),
    key=lambda model: model.__name__,
)
ALL: list[Model] = sorted(admin.site._registry, key=lambda model: model.__name__)
PAGES: list[Page] = [Category, Role, Skill, Transition]

MOST_QUERIES_OF_A_LIST = 9
MOST_QUERIES_OF_A_PAGE = 12


@pytest.fixture(scope="module", autouse=True)
def content(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The real content, loaded once; every test works in a transaction inside of this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_content(settings.CONTENT_DIR)
        FormerAddress.objects.create(path="/roles/webmaster/", is_gone=True, reason="The work has changed.")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_superuser("curator", password="curator")


@pytest.fixture
def staff(curator: User) -> Client:
    client = Client()
    client.force_login(curator)
    return client


@pytest.fixture
def visitor(db: None) -> Client:
    return Client()


def name_of(model: Model) -> str:
    return model.__name__


def list_address(model: Model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def row_address(row: models.Model, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def first(model: Model) -> models.Model:
    row = model._default_manager.order_by("pk").first()
    assert row is not None, f"there is no {model._meta.verbose_name} to look at"
    return row


def version() -> int:
    return ContentVersion.objects.get(pk=1).number


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def fields_of(response: Any, form_id: str) -> dict[str, Any]:
    """What a browser would send from a form of the page, as it is."""
    document = html5lib.parse(text_of(response), namespaceHTMLElements=False)
    form = document.find(f".//form[@id='{form_id}']")
    assert form is not None
    data: dict[str, Any] = {}
    for field in (one for one in form.iter() if one.tag in {"input", "select", "textarea"}):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in {"submit", "button"} or (kind == "checkbox" and field.get("checked") is None):
            continue
        if field.tag == "select":
            chosen = [one.get("value") for one in field.iter("option") if one.get("selected") is not None]
            data[name] = chosen[0] if chosen else ""
        else:
            data[name] = field.text or "" if field.tag == "textarea" else field.get("value", "on")
    return data


def form_of(staff: Client, row: models.Model) -> dict[str, Any]:
    return fields_of(staff.get(row_address(row)), f"{row._meta.model_name}_form")


def save(staff: Client, row: models.Model, **changes: Any) -> None:
    """Open the page of a row, change fields (None unticks), save."""
    data = form_of(staff, row) | changes
    response = staff.post(row_address(row), {name: value for name, value in data.items() if value is not None})
    assert response.status_code == 302, text_of(response)


def act(staff: Client, action: str, *rows: models.Model, query: str = "") -> str:
    """Run an action on rows of the list; answers the page that follows, messages included."""
    data = {"action": action, "index": "0", "_selected_action": [row.pk for row in rows]}
    return text_of(staff.post(list_address(type(rows[0])) + query, data, follow=True))


def stored(row: models.Model) -> dict[str, Any]:
    """The columns of a row that its file owns."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    return {
        column.name: getattr(fresh, column.attname)
        for column in fresh._meta.concrete_fields
        if column.name not in CURATED_FIELDS
    }


# --- Every page answers -------------------------------------------------------------------------------------------


def test_every_table_has_an_admin_but_those_of_visitors_and_of_the_official_classification() -> None:
    tables = apps.get_app_config("guides").get_models()
    without = {model for model in tables if model not in admin.site._registry}
    nobodys = {"guides.models.visitors", "guides.models.occupations"}
    assert without == {model for model in without if model.__module__ in nobodys}
    assert not any(model.__module__ == "guides.models.visitors" for model in ALL)


@pytest.mark.parametrize("model", ALL, ids=name_of)
def test_lists_answer_within_a_fixed_number_of_queries(staff: Client, curator: User, model: Model) -> None:
    if model is LogEntry:
        act(staff, "feature", *Role.objects.all())
    for query in ("", "?q=e", "?_facets=True", "?all="):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = staff.get(list_address(model) + query)
        assert response.status_code == 200, query
        if query != "?_facets=True":
            assert len(queries) <= MOST_QUERIES_OF_A_LIST, [one["sql"] for one in queries]


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_lists_sort_by_every_column(staff: Client, model: Model) -> None:
    columns = admin.site.get_model_admin(model).get_list_display(staff.request().wsgi_request)
    for number in range(1, len(columns) + 1):
        for sign in ("", "-"):
            assert staff.get(f"{list_address(model)}?o={sign}{number}").status_code == 200


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_change_pages_and_histories_answer_within_a_fixed_number_of_queries(
    staff: Client, curator: User, model: Model
) -> None:
    if model is LogEntry:
        act(staff, "feature", *Role.objects.all())
    row = first(model)
    with CaptureQueriesContext(connection) as queries:
        response = staff.get(row_address(row))
    assert response.status_code == 200
    assert len(queries) <= MOST_QUERIES_OF_A_PAGE, [one["sql"] for one in queries]
    assert staff.get(row_address(row, "history")).status_code == 200


def test_the_first_page_names_the_version_and_what_waits(staff: Client) -> None:
    Role.objects.update(review_by=timezone.localdate() + timedelta(days=400), is_published=True)
    late = Role.objects.all()[:2]
    Role.objects.filter(pk__in=[role.pk for role in late]).update(review_by=timezone.localdate() - timedelta(days=1))
    text = text_of(staff.get(reverse("admin:index")))
    assert "Careerpaths" in text
    assert f"version {version()}." in text
    assert "2 roles overdue for review" in text
    assert f'href="{list_address(Role)}?review=overdue"' in text


def test_the_first_page_says_when_nothing_was_loaded_or_waits(staff: Client) -> None:
    ContentVersion.objects.update(loaded_at=None)
    future = timezone.localdate() + timedelta(days=400)
    for model in (Role, Transition):
        model._default_manager.update(review_by=future, is_published=True)
    Resource.objects.update(checked_on=timezone.localdate())
    text = text_of(staff.get(reverse("admin:index")))
    assert "No content has been loaded yet." in text
    assert "No review is due" in text


def test_every_link_of_the_first_page_leads_to_as_many_rows_as_it_says(staff: Client) -> None:
    today = timezone.localdate()
    for number, role in enumerate(Role.objects.all()):
        role.review_by = today + timedelta(days=(-1, 0, 30, 31)[number % 4])
        role.is_published = number % 2 == 0
        role.save()
    document = html5lib.parse(text_of(staff.get(reverse("admin:index"))), namespaceHTMLElements=False)
    links = document.findall(".//div[@class='content-state']//a")
    assert links
    for link in links:
        number = int((link.text or "").split()[0])
        response = staff.get(link.get("href", ""))
        assert response.context["cl"].result_count == number, link.text


# --- Who may what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_others_are_sent_to_the_login(visitor: Client, db: None, model: Model) -> None:
    addresses = [list_address(model)] + ([row_address(first(model))] if model is not LogEntry else [])
    member = Client()
    member.force_login(User.objects.create_user("reader"))
    for client, address in product((visitor, member), addresses):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_nothing_is_added_or_deleted(staff: Client, curator: User, model: Model) -> None:
    if model is LogEntry:
        act(staff, "feature", *Role.objects.all())
    row, before = first(model), model._default_manager.count()
    add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    for address in (add, row_address(row, "delete")):
        assert staff.get(address).status_code == 403
        assert staff.post(address, {"post": "yes"}).status_code == 403
    staff.post(
        list_address(model),
        {"action": "delete_selected", "index": "0", "_selected_action": [row.pk], "post": "yes"},
        follow=True,
    )
    assert model._default_manager.count() == before
    assert "delete_selected" not in text_of(staff.get(list_address(model)))


def test_staff_who_may_only_look_see_no_fields_and_no_actions(db: None) -> None:
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_role"))
    client = Client()
    client.force_login(looker)
    role = Role.objects.all()[0]
    text = text_of(client.get(list_address(Role)))
    assert 'name="action"' not in text
    assert "form-0-is_published" not in text
    text = text_of(client.get(row_address(role)))
    assert 'name="is_published"' not in text
    assert "What you decide" in text
    client.post(list_address(Role), {"action": "unpublish", "index": "0", "_selected_action": [role.pk]})
    client.post(row_address(role), {"position": "1"})
    role.refresh_from_db()
    assert (role.is_published, role.position) == (True, 100)
    assert client.get(list_address(Skill)).status_code == 403
    index = text_of(client.get(reverse("admin:index")))
    assert list_address(Resource) not in index


def test_staff_who_may_curate_roles_need_no_other_right(db: None) -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="change_role"))
    client = Client()
    client.force_login(editor)
    role = Role.objects.all()[0]
    assert "required_skills-group" in text_of(client.get(row_address(role)))
    save(client, role, position="7")
    role.refresh_from_db()
    assert role.position == 7


# --- What files own -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_what_files_own_cannot_be_changed(staff: Client, curator: User, model: Model) -> None:
    if model is LogEntry:
        act(staff, "feature", *Role.objects.all())
    row = first(model)
    before = stored(row)
    forged: dict[str, Any] = {
        column.name: {
            "JSONField": '["forged"]',
            "DateField": "1999-12-31",
            "ForeignKey": "1",
            "BooleanField": "on",
        }.get(column.get_internal_type(), "7")
        for column in row._meta.concrete_fields
        if column.name not in CURATED_FIELDS
    }
    if isinstance(admin.site.get_model_admin(model), CuratedAdmin):
        forged |= {name: value for name, value in form_of(staff, row).items() if name not in forged}
        for name in list(forged):
            if name.endswith("-INITIAL_FORMS"):
                prefix = name.removesuffix("-INITIAL_FORMS")
                forged |= {f"{prefix}-0-why": "forged", f"{prefix}-0-DELETE": "on", f"{prefix}-TOTAL_FORMS": "50"}
        assert staff.post(row_address(row), forged).status_code in {200, 302}
    else:
        assert staff.post(row_address(row), forged).status_code == 403
    assert stored(row) == before
    if isinstance(row, Role):
        assert not row.required_skills.filter(why="forged").exists()
        assert row.required_skills.count() > 1


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_change_pages_show_every_column_and_no_raw_json(staff: Client, curator: User, model: Model) -> None:
    if model is LogEntry:
        act(staff, "feature", *Role.objects.all())
    row = first(model)
    response = staff.get(row_address(row))
    shown = {
        getattr(name, "__name__", name)
        for _, options in response.context["adminform"].fieldsets
        for name in options["fields"]
    }
    hidden = {"change_message"} if model is LogEntry else {"items"} if model is ContentFile else set()
    assert {column.name for column in row._meta.concrete_fields if not column.primary_key} - shown == hidden
    text = text_of(response)
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if isinstance(column, models.JSONField) and value:
            assert str(value) not in text
            assert "[&#x27;" not in text
            assert "{&#x27;" not in text


@pytest.mark.parametrize(
    "model",
    [model for model in OURS if isinstance(admin.site.get_model_admin(model), FileOwnedAdmin)],
    ids=name_of,
)
def test_the_file_that_stands_beside_the_columns_exists(staff: Client, model: Model) -> None:
    row = first(model)
    found: ModelAdmin[Any] = admin.site.get_model_admin(model)
    assert isinstance(found, FileOwnedAdmin)
    path = found.file_of(row)
    assert (settings.CONTENT_DIR.parent / path).is_file()
    assert f"Edit in <code>{path}</code>" in text_of(staff.get(row_address(row)))


def test_lists_of_a_column_are_lists(staff: Client) -> None:
    role = Role.objects.get(slug="backend-developer")
    text = text_of(staff.get(row_address(role)))
    for reason in role.good_fit:
        assert f"<li>{reason}</li>".replace("'", "&#x27;") in text


# --- What admins own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", PAGES, ids=name_of)
def test_what_admins_decide_is_saved_and_moves_the_version(staff: Client, model: Page) -> None:
    row = first(model)
    number, before = version(), stored(row)
    save(staff, row, is_published=None, is_featured="on", position="3")
    fresh: Any = model._default_manager.get(pk=row.pk)
    assert (fresh.is_published, fresh.is_featured, fresh.position) == (False, True, 3)
    assert stored(row) == before
    assert version() == number + 1
    assert "published" in LogEntry.objects.latest("pk").get_change_message().lower()


@pytest.mark.parametrize("model", PAGES, ids=name_of)
def test_the_list_can_be_edited(staff: Client, model: Page) -> None:
    data = fields_of(staff.get(list_address(model)), "changelist-form")
    number = version()
    data |= {"form-0-position": "5", "_save": "Save"}
    del data["form-0-is_published"]
    data.pop("action", None)
    row_pk = data["form-0-id"]
    assert staff.post(list_address(model), data).status_code == 302
    fresh: Any = model._default_manager.get(pk=row_pk)
    assert (fresh.is_published, fresh.is_featured, fresh.position) == (False, False, 5)
    assert model._default_manager.filter(is_published=False).count() == 1
    assert version() == number + 1
    assert LogEntry.objects.filter(object_id=row_pk).count() == 1


@pytest.mark.parametrize("key", ["999999", "", "-1", "x", "1 OR 1=1"])
def test_a_saved_list_with_a_row_that_is_not_there_is_refused(staff: Client, key: str) -> None:
    data = fields_of(staff.get(list_address(Role)), "changelist-form")
    data.pop("action", None)
    number = version()
    data |= {"form-0-position": "5", "form-0-id": key, "_save": "Save"}
    assert staff.post(list_address(Role), data).status_code == 200
    assert not Role.objects.filter(position=5).exists()
    assert version() == number


def test_a_save_without_a_change_moves_nothing(staff: Client) -> None:
    number = version()
    save(staff, Role.objects.all()[0])
    assert version() == number


def test_wrong_values_are_refused_with_a_sentence(staff: Client) -> None:
    role = Role.objects.all()[0]
    for wrong in ("-1", "first", "99999999999999999999", ""):
        response = staff.post(row_address(role), form_of(staff, role) | {"position": wrong})
        assert response.status_code == 200
        assert "errorlist" in text_of(response)
    role.refresh_from_db()
    assert role.position == 100


def test_saving_an_old_page_undoes_no_decision_made_meanwhile(staff: Client) -> None:
    role, other = Role.objects.all()[:2]
    seen = form_of(staff, role)
    listed = fields_of(staff.get(list_address(Role)), "changelist-form")
    act(staff, "unpublish", role, other)
    assert staff.post(row_address(role), seen | {"position": "4"}).status_code == 302
    role.refresh_from_db()
    assert (role.is_published, role.position) == (False, 4)
    listed.pop("action", None)
    listed |= {"_save": "Save"}
    assert staff.post(list_address(Role), listed).status_code == 302
    assert Role.objects.filter(is_published=False).count() == 2


def test_saving_an_old_page_keeps_what_a_load_wrote_meanwhile(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    role = Role.objects.all()[0]

    def changed_meanwhile() -> None:
        content_changed()
        Role.objects.filter(pk=role.pk).update(title="A title from the file", is_featured=True)

    monkeypatch.setattr("guides.admin.curated.content_changed", changed_meanwhile)
    save(staff, role, position="9")
    role.refresh_from_db()
    assert (role.title, role.is_featured, role.position) == ("A title from the file", True, 9)


@pytest.mark.parametrize("model", PAGES, ids=name_of)
def test_actions_decide_for_many_and_keep_a_history(staff: Client, model: Page) -> None:
    rows: list[Any] = list(model._default_manager.order_by("pk")[:3])
    some = f"{len(rows)} {model._meta.verbose_name_plural}"
    number = version()
    for action, column, value, words in (
        ("feature", "is_featured", True, f"{some} are now featured."),
        ("unfeature", "is_featured", False, f"{some} are now not featured."),
        ("unpublish", "is_published", False, f"{some} are now hidden."),
        ("publish", "is_published", True, f"{some} are now published."),
    ):
        text = act(staff, action, *rows)
        assert words in text
        for row in rows:
            row.refresh_from_db()
            assert getattr(row, column) is value
        assert version() == number + 1
        number = version()
        assert LogEntry.objects.filter(object_id__in=[row.pk for row in rows]).order_by("-pk")[0].change_message
    assert LogEntry.objects.count() == 4 * len(rows)
    assert "(chosen in the list)" in text_of(staff.get(row_address(rows[0], "history")))


def test_an_action_says_what_was_so_already(staff: Client) -> None:
    one, other = Role.objects.all()[:2]
    act(staff, "feature", one)
    text = act(staff, "feature", one, other)
    assert "1 role is now featured." in text
    assert "1 role was featured already." in text
    number, entries = version(), LogEntry.objects.count()
    assert "2 roles were featured already." in act(staff, "feature", one, other)
    assert (version(), LogEntry.objects.count()) == (number, entries)


def test_an_action_reaches_its_rows_through_a_filter_that_they_leave(staff: Client) -> None:
    role = Role.objects.select_related("category").all()[0]
    act(staff, "unpublish", role)
    act(staff, "unpublish", role.category)
    text = act(staff, "publish", role, query="?is_published__exact=0&live=no")
    assert "1 role is now published." in text
    assert "1 role stays hidden because what it belongs to is hidden." in text


# --- What visitors get ----------------------------------------------------------------------------------------------


def sees(client: Client, address: str) -> int:
    return client.get(address).status_code


@pytest.mark.parametrize("model", PAGES, ids=name_of)
def test_a_hidden_page_is_gone_for_visitors_and_there_for_staff(staff: Client, visitor: Client, model: Page) -> None:
    page: Any = first(model)
    address = page.get_absolute_url()
    assert sees(visitor, address) == 200
    act(staff, "unpublish", page)
    # In the place of a hidden guide stands the computed page of that move.
    assert sees(visitor, address) == (200 if model is Transition else 404)
    assert sees(staff, address) == 200
    act(staff, "publish", page)
    assert sees(visitor, address) == 200


def test_a_hidden_role_leaves_lists_and_search(staff: Client, visitor: Client) -> None:
    role = Role.objects.get(slug="backend-developer")
    link = f'href="{role.get_absolute_url()}"'
    places = [
        reverse("guides:role_list"),
        reverse("guides:search") + "?q=backend+developer",
        role.category.get_absolute_url(),
    ]
    for place in places:
        assert link in text_of(visitor.get(place)), place
    act(staff, "unpublish", role)
    for place in places:
        assert link not in text_of(visitor.get(place)), place
    move = Transition.objects.filter(origin=role)[0]
    assert sees(visitor, move.get_absolute_url()) == 404
    act(staff, "publish", role)
    for place in places:
        assert link in text_of(visitor.get(place)), place


def test_a_hidden_category_hides_its_roles(staff: Client, visitor: Client) -> None:
    role = Role.objects.select_related("category").get(slug="backend-developer")
    text = act(staff, "unpublish", role.category)
    assert "1 category is now hidden. Its roles and the transitions from and into them are hidden with it." in text
    assert sees(visitor, role.get_absolute_url()) == 404
    assert sees(staff, role.get_absolute_url()) == 200
    assert "Hidden with its category" in text_of(staff.get(list_address(Role)))


def test_the_state_of_a_page_is_what_visitors_find() -> None:
    """All ways to hide a move and what it belongs to, told by the column as by the queryset that visitors get."""
    move = Transition.objects.select_related("origin__category", "destination__category")[0]
    sides: list[Any] = [move, move.origin, move.destination, move.origin.category, move.destination.category]
    rows = list({(type(row), row.pk): row for row in sides}.values())
    assert len(rows) >= 4
    for states in product((True, False), repeat=len(rows)):
        for row, state in zip(rows, states, strict=True):
            row.is_published = state
            row.save(update_fields=["is_published"])
        fresh = Transition.objects.select_related("origin__category", "destination__category").get(pk=move.pk)
        pages: tuple[Any, ...] = (fresh, fresh.origin, fresh.origin.category)
        for page in pages:
            found = admin.site.get_model_admin(type(page))
            assert isinstance(found, CuratedAdmin)
            live = found.published().filter(pk=page.pk).exists()
            assert (found.hidden_because(page) == "") is live


@pytest.mark.parametrize("model", PAGES, ids=name_of)
def test_the_link_to_the_page_is_right(staff: Client, model: Page) -> None:
    row: Any = first(model)
    address = row.get_absolute_url()
    assert f'href="{address}" class="viewsitelink"' in text_of(staff.get(row_address(row)))
    assert f'<a href="{address}" aria-label="View {row}">View</a>' in text_of(staff.get(list_address(model)))
    act(staff, "unpublish", row)
    assert f'<a href="{address}" aria-label="Preview {row}">' in text_of(staff.get(list_address(model)))


@pytest.mark.parametrize("again", ["unchanged", "read anew"])
def test_a_load_keeps_what_admins_decided(staff: Client, again: str) -> None:
    decided = []
    for model in PAGES:
        row = first(model)
        save(staff, row, is_published=None, is_featured="on", position="3")
        decided.append(row)
    if again == "read anew":
        ContentFile.objects.update(digest="")
        Role.objects.update(title="Overwritten")
    call_command("load_content", verbosity=0)
    for row in decided:
        fresh: Any = type(row)._default_manager.get(pk=row.pk)
        assert (fresh.is_published, fresh.is_featured, fresh.position) == (False, True, 3)
    assert not Role.objects.filter(title="Overwritten").exists()


# --- Filters and search ---------------------------------------------------------------------------------------------


def found(staff: Client, model: Model, query: str) -> list[Any]:
    response = staff.get(f"{list_address(model)}?{query}")
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


@pytest.mark.parametrize("model", [Role, Transition], ids=name_of)
def test_reviews_are_overdue_due_or_later(staff: Client, model: type[Role | Transition]) -> None:
    today = timezone.localdate()
    rows: list[Any] = list(model._default_manager.order_by("pk")[:3])
    model._default_manager.exclude(pk__in=[row.pk for row in rows]).update(review_by=today + timedelta(days=500))
    for row, days in zip(rows, (-3, 30, 31), strict=True):
        model._default_manager.filter(pk=row.pk).update(review_by=today + timedelta(days=days))
    assert found(staff, model, "review=overdue") == [rows[0]]
    assert found(staff, model, "review=soon") == [rows[1]]
    assert rows[2] in found(staff, model, "review=later")
    model._default_manager.filter(pk=rows[0].pk).update(review_by=today)
    assert set(found(staff, model, "review=soon")) == {rows[0], rows[1]}
    assert len(found(staff, model, "review=nonsense")) == model._default_manager.count()
    assert set(found(staff, model, "reader=no")) == set(model._default_manager.filter(reviewed_by=""))
    assert found(staff, model, "reader=yes") == []
    model._default_manager.filter(pk=rows[0].pk).update(reviewed_by="Somebody who does it")
    assert found(staff, model, "reader=yes") == [rows[0]]
    text = text_of(staff.get(list_address(model)))
    assert "due today" in text
    assert "in 30 days" in text


@pytest.mark.parametrize("model", [Role, Skill, Transition], ids=name_of)
def test_pages_are_live_or_hidden(staff: Client, model: Page) -> None:
    assert found(staff, model, "live=no") == []
    row = first(model)
    act(staff, "unpublish", row)
    assert found(staff, model, "live=no") == [row]
    assert row not in found(staff, model, "live=yes")
    assert found(staff, model, "is_published__exact=0") == [row]


def test_lists_find_by_what_files_say(staff: Client) -> None:
    role = Role.objects.get(slug="backend-developer")
    assert role in found(staff, Role, "q=backend")
    assert all(
        one.category_id == role.category_id for one in found(staff, Role, f"category__id__exact={role.category_id}")
    )
    assert all(one.difficulty == "intermediate" for one in found(staff, Role, "difficulty__exact=intermediate"))
    assert found(staff, Transition, "q=backend-developer/ai-artist")
    assert found(staff, Skill, "q=sql")
    assert found(staff, Role, "q=" + "%27%22)zzz" * 20) == []
    assert {one.role for one in found(staff, Question, f"role__id__exact={role.pk}")} == {role}
    assert found(staff, FormerAddress, "is_gone__exact=1")


def test_resources_are_checked_and_used(staff: Client) -> None:
    today = timezone.localdate()
    used = Resource.objects.filter(phase_links__isnull=False).order_by("title")[0]
    lonely = Resource.objects.create(
        slug="lonely",
        title="Lonely",
        provider="Nobody",
        kind="book",
        price="paid",
        language="en",
        source_path="content/resources.yaml",
    )
    Resource.objects.exclude(pk__in=[used.pk, lonely.pk]).update(checked_on=today)
    Resource.objects.filter(pk=used.pk).update(checked_on=today - timedelta(days=366))
    assert found(staff, Resource, "checked=never") == [lonely]
    assert found(staff, Resource, "checked=old") == [used]
    assert used not in found(staff, Resource, "checked=recent")
    assert lonely in found(staff, Resource, "used=no")
    assert lonely not in found(staff, Resource, "used=yes")
    assert used in found(staff, Resource, "used=yes&all=")
    lonely.alternative = used.slug
    lonely.save()
    assert "Lonely" in text_of(staff.get(row_address(used)))
    stand_in = Resource.objects.create(
        slug="stand-in",
        title="Stand-in",
        provider="Nobody",
        kind="book",
        price="free",
        language="en",
        source_path="content/resources.yaml",
    )
    assert stand_in in found(staff, Resource, "used=no")
    lonely.alternative = stand_in.slug
    lonely.save()
    assert stand_in in found(staff, Resource, "used=yes&q=stand-in")


def test_a_resource_names_the_pages_that_use_it(staff: Client) -> None:
    phase = Phase.objects.filter(roadmap__role__isnull=False, resources__isnull=False).select_related("roadmap__role")[
        0
    ]
    resource = phase.resources.all()[0]
    assert phase.roadmap.role is not None
    assert row_address(phase.roadmap.role) in text_of(staff.get(row_address(resource)))
    link = Transition.objects.filter(skill_links__resources__isnull=False)[0]
    taught = Resource.objects.filter(transition_skills__transition=link)[0]
    assert row_address(link) in text_of(staff.get(row_address(taught)))


def test_a_source_names_the_pages_that_rest_on_it(staff: Client) -> None:
    role = Role.objects.select_related("stages_source").get(slug="backend-developer")
    text = text_of(staff.get(row_address(role.stages_source)))
    assert row_address(role) in text
    figures = role.occupations.all()[0].figures
    outlook = Source.objects.get(slug=figures["outlook"]["source"])
    text = text_of(staff.get(row_address(outlook)))
    assert row_address(role) in text
    assert row_address(Transition.objects.filter(origin=role)[0]) in text


def test_a_file_that_changed_after_the_load_says_so(staff: Client) -> None:
    file = ContentFile.objects.get(path="content/roles/backend-developer.md")
    assert "Changed since the load" not in text_of(staff.get(row_address(file)))
    ContentVersion.objects.update(loaded_at=datetime(2000, 1, 1, tzinfo=UTC))
    assert "Changed since the load" in text_of(staff.get(row_address(file)))
    ContentFile.objects.filter(pk=file.pk).update(path="content/roles/gone.md")
    assert "Not on this server" in text_of(staff.get(row_address(file)))


def test_years_of_reviews_can_be_walked_through(staff: Client) -> None:
    Role.objects.update(review_by=date(2031, 2, 3))
    assert len(found(staff, Role, "review_by__year=2031&review_by__month=2")) == Role.objects.count()
