"""The WSGI entry point that gunicorn serves: Django, behind the page cache."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpaths.settings")


def _cached() -> Callable[..., Iterable[bytes]]:
    django: Any = get_wsgi_application()
    # It reads settings and models, which are there once Django is.
    from careerpaths.page_cache import around
    from careerpaths.patience import for_visitors

    return around(for_visitors(django))


application = _cached()
