"""The admin: what is live, what is featured, what is due for review; and, read-only, what the files say."""

from django.contrib import admin

from . import pages, parts, records, registers

__all__ = ["pages", "parts", "records", "registers"]

admin.site.site_header = "Careerpaths"
admin.site.site_title = "Careerpaths"
admin.site.index_title = "Curation"
admin.site.empty_value_display = "–"
# The lists are wide, and the first page is one click away.
admin.site.enable_nav_sidebar = False
