"""What the site keeps by itself: files it has loaded, addresses it remembers, what it can find, what admins did."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html

from ..models import ContentFile, ContentVersion, FormerAddress, SearchEntry
from .file_owned import ReadOnlyAdmin
from .readable import lines


@admin.register(ContentFile)
class ContentFileAdmin(ReadOnlyAdmin[ContentFile]):
    """Content files as the last load found them."""

    list_display = ("path", "kind", "slug", "status")
    list_filter = ("kind",)
    search_fields = ("path",)
    glance = ("status", "entries")
    elsewhere = ("items",)

    def hint(self, row: ContentFile | None) -> str:
        return "A content load writes this row. It remembers the file, so that an unchanged one is not read again."

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContentFile]:
        loaded_at = ContentVersion.objects.filter(pk=1).values("loaded_at")
        return super().get_queryset(request).annotate(loaded_at=Subquery(loaded_at))

    @admin.display(description="status")
    def status(self, file: ContentFile) -> str:
        """Whether the file still is as it was when it was loaded, by the time of its last change."""
        loaded_at: datetime | None = getattr(file, "loaded_at", None)
        try:
            changed = (settings.CONTENT_DIR.parent / file.path).stat().st_mtime
        except OSError:
            return format_html('<span class="is-overdue">{}</span>', "Not on this server")
        if loaded_at is None or datetime.fromtimestamp(changed, UTC) > loaded_at:
            return format_html('<span class="is-overdue">{}</span>', "Changed since the load")
        return "Loaded"

    @admin.display(description="entries")
    def entries(self, file: ContentFile) -> str:
        """The slugs of what stands in the file, one a line."""
        return lines(item["slug"] for item in file.items)


@admin.register(ContentVersion)
class ContentVersionAdmin(ReadOnlyAdmin[ContentVersion]):
    """The number that every content load and every decision moves."""

    list_display = ("number", "loaded_at")

    def hint(self, row: ContentVersion | None) -> str:
        return "Every content load that changes something, and every decision made here, moves the number."


@admin.register(FormerAddress)
class FormerAddressAdmin(ReadOnlyAdmin[FormerAddress]):
    """Addresses that pages once had."""

    list_display = ("path", "is_gone", "successor", "reason")
    list_filter = ("is_gone",)
    search_fields = ("path", "successor", "title", "reason")

    def hint(self, row: FormerAddress | None) -> str:
        return format_html(
            "A content load writes this row, from the <code>{}</code> of the files and from <code>{}</code>.",
            "aliases",
            "content/removed.yaml",
        )


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin[SearchEntry]):
    """What the search of the site looks through."""

    list_display = ("title", "kind", "names")
    list_filter = ("kind",)
    search_fields = ("title", "names")
    ordering = ("title",)

    def hint(self, row: SearchEntry | None) -> str:
        return "A content load writes this row from the page's title, other names and text."


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin[LogEntry]):
    """Who decided what, and when."""

    list_display = ("action_time", "user", "content_type", "changed_row", "what")
    list_display_links = ("action_time",)
    list_filter = (("user", admin.RelatedOnlyFieldListFilter), ("content_type", admin.RelatedOnlyFieldListFilter))
    search_fields = ("object_repr", "change_message")
    date_hierarchy = "action_time"
    related = ("user", "content_type")
    glance = ("changed_row", "what")
    elsewhere = ("change_message",)

    def hint(self, row: LogEntry | None) -> str:
        return "Written whenever somebody saves something in the admin."

    @admin.display(description="what was changed")
    def changed_row(self, entry: LogEntry) -> str:
        """A link to the row, unless it was deleted."""
        address = None if entry.is_deletion() else entry.get_admin_url()
        return format_html('<a href="{}">{}</a>', address, entry.object_repr) if address else entry.object_repr

    @admin.display(description="how")
    def what(self, entry: LogEntry) -> str:
        """The change in words."""
        return entry.get_change_message()
