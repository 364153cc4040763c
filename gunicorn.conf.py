"""How gunicorn serves the site: `gunicorn --config gunicorn.conf.py careerpaths.wsgi`.

HUP reloads without dropping a request: new processes start with the new code and settings, the old ones finish what
they have begun. TERM stops the same way. WEB_WORKERS, WEB_THREADS and WEB_ACCESS_LOG are the variables.

Nothing but the standard library is imported here: what the first process has loaded, the processes that HUP starts
would have too, as it was before an upgrade.
"""

import ctypes
import os
import platform
from pathlib import Path


def _number(name: str, default: int) -> int:
    """A whole number above 0 from the environment."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or int(value) < 1:
        raise SystemExit(f"{name} must be a whole number above 0, not {value!r}.")
    return int(value)


def _flag(name: str) -> bool:
    """A yes or no from the environment; no where nothing stands."""
    value = os.environ.get(name, "").strip().lower() or "no"
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise SystemExit(f"{name} must be one of 1, true, yes, on, 0, false, no or off, not {value!r}.")
    return value in {"1", "true", "yes", "on"}


def _give_memory_back() -> None:
    """Has GNU's C library keep less of the memory that a process lets go of.

    A page takes half a megabyte while it is made. Every thread would have a heap of its own and keep the most that it
    ever needed. And after the first large block such blocks would come from the heap as well, and leave holes in it.
    """
    if platform.libc_ver()[0] == "glibc":
        mmap_threshold, arena_max = -3, -8
        library = ctypes.CDLL(None)
        library.mallopt(arena_max, 1)
        library.mallopt(mmap_threshold, 128 * 1024)


_give_memory_back()

# Threads keep connections of slow visitors open without holding up the others; processes use the processors.
worker_class = "gthread"
workers = _number("WEB_WORKERS", min(os.cpu_count() or 1, 4))
threads = _number("WEB_THREADS", 4)

# Each process loads the program itself. Loaded once before the fork it would take less memory, but HUP would go on with
# the old code for ever.
preload_app = False

# A process that hangs for so long is replaced, and one that stops has so long for what it has begun: longer than the
# longest wait for a database, and shorter than the patience of a proxy.
timeout = 30
graceful_timeout = 20

# Longer than a proxy keeps its idle connections, or it would send requests into closing ones.
keepalive = 75

# A new process now and then bounds what a slow leak can cost; the jitter keeps them from leaving together. Kept pages
# take a sixth of a millisecond each, so a smaller number would empty the page cache every few seconds under load.
max_requests = 250_000
max_requests_jitter = 50_000

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

# The site begins at "/". SCRIPT_NAME or PATH_INFO as a header, which is believed from this machine by default, would
# move it for whoever asks; now such a header is dropped like every other with an underscore.
forwarder_headers = ""

# On a disk that is slow or full, the heartbeat files of the workers would stop the site.
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"

# Nothing here controls a running server through a socket, so none is opened in the home folder.
control_socket_disable = True

# The proxy in front keeps the access log; WEB_ACCESS_LOG=1 writes one to the console, as JSON and without anything
# personal.
logger_class = "careerpaths.access_log.AccessLog"
accesslog = "-" if _flag("WEB_ACCESS_LOG") else None
errorlog = "-"
loglevel = "warning"
