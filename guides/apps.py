"""The application: roles, the moves between them, and the plans that visitors keep."""

import os

from django.apps import AppConfig
from django.conf import settings


class GuidesConfig(AppConfig):
    name = "guides"
    label = "guides"
    verbose_name = "Career guides"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guides import sign_ins

        sign_ins.connect()
        # runserver starts two processes; the one that serves carries this mark, the one that watches the code does not.
        if settings.LIVE_CONTENT and os.environ.get("RUN_MAIN") == "true":
            from guides import live_content

            live_content.start(settings.CONTENT_DIR)
