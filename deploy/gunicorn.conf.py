"""How the program is served: threads, since requests wait for the disk and not for each other."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
# SQLite writes one at a time: more processes would only stand in line. Attempts at a password or code are
# counted in each process by itself, so that the limit holds at most `workers` times.
workers = 2
threads = 8
# A photo crosses a mountain village's network slowly; one request is one piece of it.
timeout = 120
graceful_timeout = 20
keepalive = 15
max_requests = 10_000
max_requests_jitter = 1_000
control_socket_disable = True


def pre_request(worker, req):
    """Send a browser back to the door when others are being served here: there the idle process answers first.

    A connection stays with the process that took it, so that of eight people six would stand in one line.
    """
    waiting = worker.nr_conns - len(worker.keepalived_conns) - len(worker.pending_conns)
    if waiting > 1 and not req.path.startswith("/api/"):
        req.must_close = True


def post_worker_init(worker):
    """Serve nothing when production would run with demo people; then come to rest."""
    from gunicorn import util

    from backend import UnsafeSettings, refusals, refuse_demo_people
    from backend.memory import settle

    try:
        refuse_demo_people(worker.wsgi)
    except UnsafeSettings as problem:
        worker.log.error("%s", problem)
        raise SystemExit(3) from None
    util.write_error = refusals.write_error
    settle()
