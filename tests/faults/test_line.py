"""The real server behind a line that breaks at any byte: nothing lost, nothing twice, nothing stuck."""

import random
from threading import Thread

from tests.faults import ledger
from tests.faults.line import Line
from tests.faults.serving import Serving
from tests.faults.tally import amount
from tests.faults.transports import over_http
from tests.faults.worker_phone import WorkerPhone

PHONES = 8
MOST_CONTACTS = 200


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
