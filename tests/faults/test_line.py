"""The real server behind a line that breaks at any byte: nothing lost, nothing twice, nothing stuck."""

import random
import socket
import time
from threading import Thread

import pytest

from tests.faults import ledger
from tests.faults.line import DROPS, LONG_SECONDS, MOST_SLOW, Line
from tests.faults.serving import Serving
from tests.faults.shipped_phones import ShippedPhones
from tests.faults.tally import amount
from tests.faults.transports import over_http
from tests.faults.worker_phone import WorkerPhone

PHONES = 8
MOST_CONTACTS = 200
BODY = b"x" * 20_000


def _work(holder: WorkerPhone, line: Line) -> None:
    while not line.is_good:
        if len(holder.outbox) < 20:
            holder.make()
        holder.contact()
    for _ in range(MOST_CONTACTS):
        if holder.is_done:
            return
        holder.contact()


def test_a_broken_line_loses_and_doubles_nothing(office, tally):
    row = tally("broken line, real server")
    with Serving(office) as server, Line(server.port, row.chance, amount(500, 10_000)) as line:
        phones = [
            WorkerPhone(office, office.phones[n], over_http(line.port), random.Random(row.chance.random()))
            for n in range(PHONES)
        ]
        hands = [Thread(target=_work, args=(phone, line)) for phone in phones]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        row["injected"] = line.injected.total()
        row["kinds of fault"] = len(line.injected)
    ledger.check(office, phones, row)


def test_the_shipped_program_loses_nothing_on_a_broken_line(office, tally):
    row = tally("broken line, shipped program")
    phones = ShippedPhones(office, number=PHONES, seed=row.chance.randrange(1_000_000))
    with Serving(office) as server, Line(server.port, row.chance, amount(500, 10_000)) as line:
        holders = phones.work(server.port, line)
        row["injected"] = line.injected.total()
        row["kinds of fault"] = len(line.injected)
        row["killed"] = sum(holder.kills for holder in holders)
    assert [wrong for holder in holders for wrong in holder.wrong] == []
    assert min(len(holder.made) for holder in holders) > 0
    ledger.check(office, holders, row)


class SlowLine(Line):
    """Every connection meets the same fault."""

    fault = ""

    def _draw(self) -> str:
        return self.fault


def _arrivals(door: socket.socket, came: list[tuple[float, int]]) -> None:
    """A server that notes when how many bytes came, and answers once the body is whole."""
    line, _ = door.accept()
    with line:
        left = None
        while left is None or left > 0:
            piece = line.recv(65_536)
            if not piece:
                return
            came.append((time.monotonic(), len(piece)))
            left = (len(BODY) + 60 if left is None else left) - len(piece)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")


@pytest.mark.parametrize("fault", ["50 B/s sending", "slow sending to the end"])
def test_a_slow_line_slows_the_body_to_its_last_byte(fault):
    came: list[tuple[float, int]] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Thread(target=_arrivals, args=(door, came))
        server.start()
        line = SlowLine(door.getsockname()[1], random.Random(1), 1)
        line.fault = fault
        head = f"POST /api/v1/inbox HTTP/1.1\r\nContent-Length: {len(BODY)}\r\n".ljust(56, " ")
        with line, socket.create_connection(("127.0.0.1", line.port), timeout=30) as phone:
            phone.sendall(head.encode() + b"\r\n\r\n" + BODY)
            answer = phone.recv(100)
        server.join()
    began, told = came[0][0], sum(size for _, size in came)
    halfway = next(at for at, _ in came if sum(size for then, size in came if then <= at) >= told / 2)
    assert halfway - began > (came[-1][0] - began) / 4
    assert (came[-1][0] - began > LONG_SECONDS / 2, len(came) > DROPS / 2) == (True, True)
    assert (told, answer != b"") == ((len(BODY) + 60, True) if fault.endswith("to the end") else (MOST_SLOW, False))
