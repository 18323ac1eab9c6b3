"""Pages are made one at a time in each process, in the order in which they were asked for.

Threads that make pages at once take Python from each other at every row they read: eight made together came after
the time of all eight and some more, eight in a line come on the average after half of it, and none of them is late
because a lucky one overtook it. Only pages stand in line: what a phone brings waits for the network and the disk.
A page that takes long (a ledger as a spreadsheet) keeps the turn for a moment and is then worked at beside the others.
"""

import time
from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Seconds after which the turn passes on, though the page is not done.
LONGEST = 0.1
NOT_PAGES = ("/api/", "/static/")


class PageTurn:
    """`app`, with its pages in a line."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._guard = Lock()
        self._line: deque[Lock] = deque()
        self._at_work: Lock | None = None
        self._since = 0.0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"].startswith(NOT_PAGES):
            return self._app(environ, start_response)
        ticket = self._join()
        try:
            return self._app(environ, start_response)
        finally:
            self._leave(ticket)

    def _join(self) -> Lock:
        """A ticket whose turn it is."""
        ticket = Lock()
        ticket.acquire()
        with self._guard:
            if self._at_work is None:
                self._begin(ticket)
                return ticket
            self._line.append(ticket)
        while not ticket.acquire(timeout=LONGEST):
            with self._guard:
                if self._line and self._line[0] is ticket and time.monotonic() - self._since >= LONGEST:
                    self._begin(self._line.popleft())
                if self._at_work is ticket:
                    break
        return ticket

    def _leave(self, ticket: Lock) -> None:
        with self._guard:
            if self._at_work is not ticket:
                return
            self._at_work = None
            if self._line:
                self._begin(self._line.popleft())

    def _begin(self, ticket: Lock) -> None:
        self._at_work, self._since = ticket, time.monotonic()
        ticket.release()
