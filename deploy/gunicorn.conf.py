"""How the program is served: threads, since requests wait for the disk and not for each other."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 2
threads = 8
# A photo crosses a mountain village's network slowly; one request is one piece of it.
timeout = 120
graceful_timeout = 20
keepalive = 15
max_requests = 10_000
max_requests_jitter = 1_000
