"""Read-only admins: for what belongs to the content files, and for what the site keeps by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .readable import NOTHING, printed

M = TypeVar("M", bound=models.Model)

if TYPE_CHECKING:

    class _Admin(ModelAdmin[M]):
        """The admin of Django, told which rows it shows."""

    _Tabular = admin.TabularInline[Any, Any]
else:

    class _Admin(ModelAdmin, Generic[M]):
        """The admin of Django, told which rows it shows."""

    _Tabular = admin.TabularInline

Fieldsets = list[tuple[str | None, dict[str, Any]]]
Group = tuple[str, tuple[str, ...]]


class ReadOnlyAdmin(_Admin[M]):
    """Rows to look at, not to add, change or delete here."""

    list_per_page = 50
    # A row of a list that can be edited sends eight fields; a form with more than 1000 is refused.
    list_max_show_all = 100
    related: ClassVar[tuple[str, ...]] = ()
    """Relations that are fetched with every row."""
    glance: ClassVar[tuple[str, ...]] = ()
    """Methods whose answers stand at the top of a row's page."""
    groups: ClassVar[tuple[Group, ...]] = ()
    """Headings and the columns below them; columns that are named nowhere come last. All but the first are folded."""
    elsewhere: ClassVar[tuple[str, ...]] = ()
    """Columns that one of the methods at the top shows better."""

    def hint(self, row: M | None) -> str:
        """Who writes these columns, in a sentence with a full stop; HTML."""
        return "The site keeps these rows by itself."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows

    def get_fieldsets(self, request: HttpRequest, obj: M | None = None) -> Any:
        return [*self._glance(), *self._file_owned(obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        return flatten_fieldsets(self.get_fieldsets(request, obj))

    def _glance(self) -> Fieldsets:
        return [("At a glance", {"fields": self.glance})] if self.glance else []

    def _file_owned(self, row: M | None, without: Sequence[str] = ()) -> Fieldsets:
        placed = {*(name for _, names in self.groups for name in names), *self.elsewhere, *without}
        rest = tuple(
            column.name for column in self.opts.concrete_fields if not column.primary_key and column.name not in placed
        )
        groups = [*self.groups, *([("Details", rest)] if rest else [])]
        return [
            (
                title,
                {
                    "fields": [printed(self.model, name) for name in names],
                    "description": self.hint(row),
                    "classes": ("collapse",) if number else (),
                },
            )
            for number, (title, names) in enumerate(groups)
        ]


class FileOwnedAdmin(ReadOnlyAdmin[M]):
    """Rows that mirror a content file; its path stands beside the columns."""

    def file_of(self, row: M) -> str:
        """The path of the file that the row comes from, beginning with ``content/``."""
        return str(getattr(row, "source_path", ""))

    def hint(self, row: M | None) -> str:
        if row is None:
            return "These fields come from the content files."
        return format_html("These fields come from a file. Edit in <code>{}</code>.", self.file_of(row))


class PartAdmin(FileOwnedAdmin[M]):
    """Rows that are parts of a page: found from the page, not listed on the first page of the admin."""

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}


class ReadOnlyInline(_Tabular):
    """Parts of a page, shown below it; whoever may see the page sees them."""

    template = "admin/_read_only_inline.html"
    extra = 0
    max_num = 0
    can_delete = False
    related: ClassVar[tuple[str, ...]] = ()
    """Relations that are fetched with every row."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class UsedFilter(admin.SimpleListFilter):
    """Used on some page, or nowhere; the rows carry ``is_used``."""

    title = "use"
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return (("yes", "Used"), ("no", "Used nowhere"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(is_used=self.value() == "yes") if self.value() in ("yes", "no") else queryset


def count_of(rows: QuerySet[Any], column: str) -> Coalesce:
    """The number of ``rows`` whose ``column`` is the row at hand, as a subquery: several counts do not multiply."""
    counted = rows.order_by().filter(**{column: OuterRef("pk")}).values(column).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def counted(name: str, label: str) -> Callable[[Any], str]:
    """A column of a list: the number that the rows carry as ``name``, to sort by too."""

    @admin.display(description=label, ordering=name)
    def number(row: models.Model) -> str:
        return str(getattr(row, name))

    return number


def change_link(row: models.Model, text: str = "") -> SafeString:
    """A link to the row's page in the admin."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, text or str(row))


def change_links(rows: Iterable[models.Model]) -> str:
    """Links to the rows' pages in the admin, as a list."""
    items = format_html_join("", "<li>{}</li>", ((change_link(row),) for row in rows))
    return format_html("<ul>{}</ul>", items) if items else NOTHING
