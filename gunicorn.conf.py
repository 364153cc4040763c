"""How gunicorn serves the site: `gunicorn --config gunicorn.conf.py careerpaths.wsgi`."""

import os
from pathlib import Path

from careerpaths import environment

# Threads keep connections of slow visitors open without holding up the others; processes use the processors.
worker_class = "gthread"
workers = environment.number("WEB_WORKERS", default=min(os.cpu_count() or 1, 4), least=1)
threads = environment.number("WEB_THREADS", default=4, least=1)

timeout = 30
graceful_timeout = 20
keepalive = 15

# A new process now and then bounds what a slow leak can cost; the jitter keeps them from leaving together.
max_requests = 10_000
max_requests_jitter = 1_000

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

# On a disk that is slow or full, the heartbeat files of the workers would stop the site.
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"

# Nothing here controls a running server through a socket, so none is opened in the home folder.
control_socket_disable = True

# The proxy in front keeps the access log; WEB_ACCESS_LOG=1 writes one to the console.
accesslog = "-" if environment.flag("WEB_ACCESS_LOG", default=False) else None
errorlog = "-"
loglevel = "warning"
