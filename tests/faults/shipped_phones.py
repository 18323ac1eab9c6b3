"""The program that is shipped to phones, as several phones over real sockets; frontend/field/tests/model/on_the_line.ts."""

import json
import subprocess
import time
from base64 import b64encode
from types import SimpleNamespace

from backend.domain import enrolment
from backend.models import db
from tests.cast import PASSWORD, Cast
from tests.faults.line import Line
from tests.faults.office import WORKERS, Office
from tests.faults.worker_phone import PICTURES
from tests.house import ROOT

PATIENCE = 900


class ShippedPhones:
    """`number` phones of the office's workers in turn, each enrolled with a code of its own."""

    def __init__(self, office: Office, *, number: int, seed: int) -> None:
        self._office = office
        self._facts = {
            "seed": seed, "password": PASSWORD, "receipt_key": office.receipt_key,
            "cases": [case.id for case in office.cases], "pictures": [b64encode(one).decode() for one in PICTURES],
            "phones": [WORKERS[n % len(WORKERS)] for n in range(number)],
        }  # fmt: skip

    def work(self, server_port: int, line: Line) -> list[SimpleNamespace]:
        """Sign in at the server, then work through `line` until it is good and nothing waits. @returns their books"""
        facts = self._office.folder / "facts.json"
        facts.write_text(json.dumps(self._facts | {"server": server_port, "line": line.port}))
        command = ["node", "tests/model/run.mjs", "--facts", str(facts)]
        field = ROOT / "frontend/field"
        with subprocess.Popen(command, cwd=field, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as phones:
            self._enrol(phones)
            until = time.monotonic() + PATIENCE
            while not line.is_good:
                assert phones.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
            books = phones.communicate("good\n")[0]
        assert phones.returncode == 0
        return [_holder(told) for told in json.loads(books)]

    def _enrol(self, phones: "subprocess.Popen[str]") -> None:
        """A code for whoever asks, until all are ready."""
        assert phones.stdin
        assert phones.stdout
        while (said := phones.stdout.readline().strip()) != "ready":
            assert said in WORKERS, "the phones ended before they began"
            with self._office.opened():
                cast = Cast()
                code = enrolment.make_code(getattr(cast, said), actor=cast.bai_caixia)
                db.session.commit()
                phones.stdin.write(f"{code.text}\n")
            phones.stdin.flush()


def _holder(told: dict) -> SimpleNamespace:
    """As the ledger asks for it."""
    return SimpleNamespace(
        made=told["made"], shots=told["shots"], kept=told["kept"], waiting=set(told["waiting"]), kills=told["kills"],
        outbox=dict.fromkeys(told["outbox"]), album=dict.fromkeys(told["album"]), wrong=told["wrong"],
    )  # fmt: skip
