"""The real server behind a line that breaks at any byte: nothing lost, nothing twice, nothing stuck."""

import random
from threading import Thread

from tests.faults import ledger
from tests.faults.handset import Handset
from tests.faults.line import Line
from tests.faults.office import WORKERS
from tests.faults.serving import Serving
from tests.faults.tally import amount

PHONES = 8
MOST_CONTACTS = 200


def _work(handset: Handset, line: Line) -> None:
    while not line.is_good:
        if len(handset.outbox) < 20:
            handset.make()
        handset.contact()
    for _ in range(MOST_CONTACTS):
        if handset.is_done:
            return
        handset.contact()


def test_a_broken_line_loses_and_doubles_nothing(office, tally):
    row = tally("broken line, real server")
    with Serving(office) as server, Line(server.port, row.chance, amount(500, 10_000)) as line:
        phones = [
            Handset(office, WORKERS[n % len(WORKERS)], line.port, random.Random(row.chance.random()))
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
