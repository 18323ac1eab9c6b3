"""Several requests that want to write at the same moment are written in one transaction, and wait for the disk once.

Who comes first writes; who comes meanwhile is written together with the next. Each is answered only after the
commit that it is in. Where it fails together, each tries by itself, so that one holds up nobody else.
"""

import logging
from collections.abc import Callable, Sequence
from threading import Condition, Lock
from typing import Generic, TypeVar

# Seconds that a writer waits for those who are getting ready: less than the disk takes.
MOMENT = 0.002
Wish, Told = TypeVar("Wish"), TypeVar("Told")
log = logging.getLogger(__name__)


class _Ticket(Generic[Wish, Told]):
    """A wish in the line, and what it was told."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.told: list[Told] = []
        self.is_next = False
        self._rest = Lock()
        self._rest.acquire()

    def wait(self) -> None:
        self._rest.acquire()

    def wake(self) -> None:
        self._rest.release()


class Together(Generic[Wish, Told]):
    """`write` writes and commits wishes, and returns what each is told; `key` says which must not go together."""

    def __init__(self, write: Callable[[Sequence[Wish]], Sequence[Told]], key: Callable[[Wish], object]) -> None:
        self._write, self._key = write, key
        self._guard = Lock()
        self._all_ready = Condition(self._guard)
        self._getting_ready = 0
        self._line: list[_Ticket[Wish, Told]] = []
        self._is_busy = False

    def ask(self, get_ready: Callable[[], Wish]) -> Told:
        """What the wish is told, once it is committed. Raises what getting ready does, or `write` for it alone."""
        ticket = self._join(get_ready)
        if not ticket.is_next:
            ticket.wait()
        if ticket.is_next:
            self._lead(ticket)
        return ticket.told[0] if ticket.told else self._write([ticket.wish])[0]

    def _join(self, get_ready: Callable[[], Wish]) -> _Ticket[Wish, Told]:
        ticket: _Ticket[Wish, Told] | None = None
        with self._guard:
            self._getting_ready += 1
        try:
            ticket = _Ticket(get_ready())
        finally:
            with self._guard:
                self._getting_ready -= 1
                if ticket:
                    self._line.append(ticket)
                    ticket.is_next = not self._is_busy
                    self._is_busy = True
                if not self._getting_ready:
                    self._all_ready.notify()
        return ticket

    def _lead(self, own: _Ticket[Wish, Told]) -> None:
        batch = self._take()
        try:
            for ticket, told in zip(batch, self._write([one.wish for one in batch]), strict=True):
                ticket.told.append(told)
        except Exception as error:
            if len(batch) == 1:
                raise
            log.warning("%s requests are written one by one: %s", len(batch), type(error).__name__)
        finally:
            self._pass_on()
            for ticket in batch:
                if ticket is not own:
                    ticket.wake()

    def _take(self) -> list[_Ticket[Wish, Told]]:
        """All who wait, in their order, one of each key."""
        with self._guard:
            self._all_ready.wait_for(lambda: not self._getting_ready, MOMENT)
            chosen = {self._key(ticket.wish): ticket for ticket in reversed(self._line)}
            batch = [ticket for ticket in self._line if chosen[self._key(ticket.wish)] is ticket]
            self._line = [ticket for ticket in self._line if ticket not in batch]
        return batch

    def _pass_on(self) -> None:
        with self._guard:
            self._is_busy = bool(self._line)
            if self._line:
                self._line[0].is_next = True
                self._line[0].wake()
