"""The admin of pages: what admins decide can be edited, in lists too; what files say cannot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.utils.html import format_html

from ..curation import content_changed
from ..models import CURATED_FIELDS, Category, Role, Skill, Transition
from .file_owned import FileOwnedAdmin

P = TypeVar("P", bound=Category | Role | Skill | Transition)


class LiveFilter(admin.SimpleListFilter):
    """Whether visitors see the page: more than its own tick, because what a page belongs to can be hidden too."""

    title = "visibility"
    parameter_name = "live"

    def __init__(self, request: HttpRequest, params: dict[str, list[str]], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.published: QuerySet[Any] = model_admin.published()

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return (("yes", "Live"), ("no", "Hidden"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.filter(pk__in=self.published.values("pk"))
            case "no":
                return queryset.exclude(pk__in=self.published.values("pk"))
        return queryset


if TYPE_CHECKING:
    _FormSet = BaseModelFormSet[Any, Any]
else:
    _FormSet = BaseModelFormSet


class RowsFormSet(_FormSet):
    """The rows of a list that can be edited. Each field says whose it is, because a list has no labels.

    The keys that a saved list sends are looked up among the rows that it has fetched, not one by one.
    """

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name in CURATED_FIELDS:
            field = form.fields[name]
            field.help_text = ""
            if form.instance.pk:
                field.widget.attrs["aria-label"] = f"{field.label}: {form.instance}"
        known = {row.pk for row in self.get_queryset()}

        def is_known(key: int) -> None:
            if key not in known:
                raise ValidationError("This row is no longer there. Open the list again.")

        form.fields[form.instance._meta.pk.name] = forms.IntegerField(
            initial=form.instance.pk, widget=forms.HiddenInput, validators=[is_known]
        )


class CuratedAdmin(FileOwnedAdmin[P]):
    """A page that admins publish, feature and order."""

    list_editable = CURATED_FIELDS
    actions = ("publish", "unpublish", "feature", "unfeature")
    hides: ClassVar[str] = ""
    """What is hidden together with the page, in a sentence."""

    def published(self) -> QuerySet[P]:
        """The pages that visitors see."""
        raise NotImplementedError

    def hidden_because(self, page: P) -> str:
        """Why visitors do not see the page, in a word or two; empty when they do."""
        return "" if page.is_published else "Hidden"

    def has_change_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    # --- The form -------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: P | None = None) -> Any:
        decided = ("What you decide", {"fields": CURATED_FIELDS})
        return [*self._glance(), decided, *self._file_owned(obj, without=CURATED_FIELDS)]

    def get_readonly_fields(self, request: HttpRequest, obj: P | None = None) -> Any:
        return [name for name in super().get_readonly_fields(request, obj) if name not in CURATED_FIELDS]

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Fields remember what the admin saw, so that a decision made elsewhere meanwhile is not undone by saving."""
        field = super().formfield_for_dbfield(db_field, request, show_hidden_initial=True, **kwargs)
        if field is not None and db_field.name == "is_published" and self.hides:
            field.help_text = f"{db_field.help_text} {self.hides}"
        return field

    def save_model(self, request: HttpRequest, obj: P, form: Any, change: Any) -> None:
        """Writes what was decided and nothing else: a content load may have moved the other columns."""
        decided = [name for name in form.changed_data if name in CURATED_FIELDS]
        if decided:
            content_changed()
            obj.save(update_fields=decided)

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, formset=RowsFormSet, **kwargs)

    # --- Columns ----------------------------------------------------------------------------------------------------

    @admin.display(description="on the site")
    def state(self, page: P) -> str:
        """Live, or why not."""
        reason = self.hidden_because(page)
        return format_html('<span class="{}">{}</span>', "is-hidden" if reason else "is-live", reason or "Live")

    @admin.display(description="page")
    def page(self, page: P) -> str:
        """A link to the page; staff see hidden ones too."""
        word = "Preview" if self.hidden_because(page) else "View"
        return format_html('<a href="{}" aria-label="{} {}">{}</a>', self.view_on_site(page), word, page, word)

    def view_on_site(self, obj: P) -> str:
        """The address of the page on the site."""
        return obj.get_absolute_url()

    # --- Actions ----------------------------------------------------------------------------------------------------

    @admin.action(description="Publish the selected %(verbose_name_plural)s", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[P]) -> None:
        """Shows the pages to visitors; says which stay hidden with what they belong to."""
        chosen = self._decide(request, queryset, "is_published", True, "published")
        hidden = len(chosen) - self.published().filter(pk__in=chosen).count()
        if hidden:
            verb, reason = ("stays", "it belongs to is") if hidden == 1 else ("stay", "they belong to is")
            self.message_user(
                request, f"{self._number(hidden)} {verb} hidden because what {reason} hidden.", messages.WARNING
            )

    @admin.action(description="Unpublish the selected %(verbose_name_plural)s", permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[P]) -> None:
        """Hides the pages from visitors."""
        self._decide(request, queryset, "is_published", False, "hidden", self.hides)

    @admin.action(description="Feature the selected %(verbose_name_plural)s", permissions=["change"])
    def feature(self, request: HttpRequest, queryset: QuerySet[P]) -> None:
        """Shows the pages first."""
        self._decide(request, queryset, "is_featured", True, "featured")

    @admin.action(description="Unfeature the selected %(verbose_name_plural)s", permissions=["change"])
    def unfeature(self, request: HttpRequest, queryset: QuerySet[P]) -> None:
        """Shows the pages where their title puts them."""
        self._decide(request, queryset, "is_featured", False, "not featured")

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[P], column: str, value: bool, word: str, more: str = ""
    ) -> list[int]:
        """Sets a column of the selected pages, in one transaction with version and history; returns their keys."""
        with transaction.atomic():
            chosen = list(queryset)
            rows = [page for page in chosen if getattr(page, column) is not value]
            if rows:
                content_changed()
                self.model._default_manager.filter(pk__in=[page.pk for page in rows]).update(**{column: value})
                LogEntry.objects.log_actions(str(request.user.pk), rows, CHANGE, f"Now {word} (chosen in the list).")
        already = len(chosen) - len(rows)
        if rows:
            verb = "is" if len(rows) == 1 else "are"
            self.message_user(request, f"{self._number(len(rows))} {verb} now {word}. {more}".strip(), messages.SUCCESS)
        if already:
            verb = "was" if already == 1 else "were"
            self.message_user(request, f"{self._number(already)} {verb} {word} already.", messages.INFO)
        return [page.pk for page in chosen]

    def _number(self, number: int) -> str:
        return f"{number} {self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural}"
