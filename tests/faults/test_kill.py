"""The server is killed without warning while phones hand in: what was acknowledged is there, once."""

import random
import signal
import time
from threading import Event, Thread

from tests.faults import ledger
from tests.faults.serving import Serving
from tests.faults.tally import amount
from tests.faults.transports import over_http
from tests.faults.worker_phone import WorkerPhone

PHONES = 6
MOST_CONTACTS = 200
LONGEST_LIFE = 0.5
WHOLE_GROUP = 5


def _work(holder: WorkerPhone, enough: Event) -> None:
    while not enough.is_set():
        if len(holder.outbox) < 20:
            holder.make()
            holder.make()
        before = len(holder.kept)
        holder.contact()
        if len(holder.kept) == before:
            time.sleep(0.02)
    for _ in range(MOST_CONTACTS):
        if holder.is_done:
            return
        holder.contact()


def test_a_killed_server_loses_nothing_it_acknowledged(office, tally):
    row = tally("kill -9 under load")
    enough = Event()
    with Serving(office, is_quick=True) as server:
        phones = [
            WorkerPhone(office, office.phones[n], over_http(server.port), random.Random(row.chance.random()))
            for n in range(PHONES)
        ]
        hands = [Thread(target=_work, args=(phone, enough)) for phone in phones]
        for hand in hands:
            hand.start()
        while row["kills"] < amount(50, 1000):
            time.sleep(row.chance.uniform(0.05, LONGEST_LIFE))
            if row["kills"] % WHOLE_GROUP == 0:
                server.end(signal.SIGKILL)
                server.start()
                row.add("kills")
            else:
                # Between a death and the next birth nobody is there to kill: that counts for nothing.
                row.add("kills", server.kill_worker(row.chance.randrange(100)))
        enough.set()
        for hand in hands:
            hand.join()
        row["acknowledged"] = sum(len(phone.kept) for phone in phones)
    ledger.check(office, phones, row)
