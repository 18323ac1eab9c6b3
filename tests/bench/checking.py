"""What looking at a visit costs the server, in this process and without its database."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend import create_app
from backend.api.schemas.inbox import DepositSchema
from backend.config import Settings
from backend.domain.sync import inbox, payloads
from backend.domain.sync.weighing import weigh
from tests.bench import visits
from tests.bench.ours import Worker, chance
from tests.bench.targets import Checked

VISITS, BATCH = 400, 20


def _cpu(go: Callable[[], object]) -> float:
    """CPU milliseconds a visit."""
    before = time.process_time()
    go()
    return 1000 * (time.process_time() - before) / VISITS


def checked(folder: Path, worker: Worker) -> Checked:
    """Shape, hash and signature of an envelope, as a deposit looks at them; and the content, as judging does."""
    source = chance(3)
    content = [visits.visit(source, worker.cases[0]) for _ in range(VISITS)]
    sealed = [worker.handset.sealed("visit", one, author=worker.user_id) for one in content]
    batches = [json.dumps({"items": sealed[at : at + BATCH]}) for at in range(0, VISITS, BATCH)]
    texts = [json.dumps(one, ensure_ascii=False) for one in content]
    app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        senders = inbox.senders_of([{**one, "payload": None} for one in sealed])
        schema = DepositSchema()

        def look() -> None:
            for batch in batches:
                items: list[Any] = schema.load(json.loads(batch))["items"]
                assert not weigh(items, senders, carrier_id=None).refused

        def read() -> None:
            for text in texts:
                payloads.read("visit", text)

        look()
        return Checked(_cpu(look), _cpu(read))
