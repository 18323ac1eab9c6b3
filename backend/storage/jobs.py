"""What is done after the answer: deposits judged, photos developed, offices told, leftovers swept.

The queue is a hint and nothing more. What waits stands in the tables (an item that is pending, a photo
that is received) and is looked for every minute, so a queue that is lost loses nothing.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import MemoryHuey, SqliteHuey, crontab

from backend import clock
from backend.memory import settle
from backend.storage.old_assets import keep_current
from backend.storage.precedence import Precedence

log = logging.getLogger(__name__)
APPLY, DEVELOP, SWEEP, COUNT, TELL, SEND = "apply", "develop", "sweep", "count", "tell", "send"
# A signal that ends the worker waits for the task at hand.
PHOTOS_AT_ONCE = 10
BATCHES_AT_ONCE = 10
# Seconds until work that comes in a quiet hour is noticed.
LONGEST_NAP = 0.2
NIGHT_HOUR_UTC = 19


class Jobs:
    """The queue of one data folder. Its tables are there once this returns, before anybody works with them."""

    def __init__(self, app: Flask, data: Path, *, is_kept: bool) -> None:
        self._app = app
        self.huey: Any = (
            SqliteHuey("ruhu", filename=str(data / "jobs.sqlite3"), results=False, fsync=False)
            if is_kept
            else MemoryHuey("ruhu", results=False)
        )
        minutely, nightly = crontab(minute="*"), crontab(minute="30", hour=str(NIGHT_HOUR_UTC))
        often = crontab(minute="*/5")
        self._tasks: dict[str, Any] = {}
        for name, work, times, priority in (
            (APPLY, self._apply, minutely, 2), (DEVELOP, self._develop, minutely, 1), (SWEEP, self._sweep, nightly, 0),
            (COUNT, self._count, often, 0), (TELL, self._tell, minutely, 1), (SEND, self._send, often, 0),
        ):  # fmt: skip
            self._tasks[name] = self.huey.task(name=name, priority=priority)(self._in_the_app(work))
            self.huey.periodic_task(times, name=f"look_to_{name}", priority=priority)(self._in_the_app(work))

    def hint(self, name: str) -> None:
        """Wake the worker for `name`, unless it has been told already and has not begun."""
        if not any(task.name == name for task in self.huey.pending(limit=20)):
            self._tasks[name]()

    def work(self) -> None:
        """Do what comes until a signal ends this process; SIGTERM lets the task at hand finish."""
        settle()
        self.huey.create_consumer(max_delay=LONGEST_NAP, graceful_signal="TERM", shutdown_timeout=15).run()

    def _in_the_app(self, work: Callable[[], None]) -> Callable[[], None]:
        def inside() -> None:
            with self._app.app_context():
                work()

        return inside

    def _apply(self) -> None:
        from backend.upkeep import apply_some

        phones: Precedence = current_app.extensions["ruhu_precedence"]
        for _ in range(BATCHES_AT_ONCE):
            phones.stand_back()
            if not apply_some():
                return
        self.hint(APPLY)

    def _develop(self) -> None:
        from backend.upkeep import develop_some

        if develop_some(PHOTOS_AT_ONCE):
            self.hint(DEVELOP)

    def _sweep(self) -> None:
        from backend.upkeep import sweep_leftovers

        keep_assets()
        sweep_leftovers()

    def _count(self) -> None:
        from backend.upkeep import count_areas

        count_areas()

    def _tell(self) -> None:
        from backend.upkeep import send_urgent, tell_offices

        tell_offices()
        send_urgent()

    def _send(self) -> None:
        from backend.upkeep import send_summaries

        send_summaries()


def start_jobs(app: Flask, data: Path, *, is_kept: bool) -> None:
    """Attach the queue to `app`; without `is_kept` it is in memory, and nobody works on it."""
    app.extensions["ruhu_jobs"] = Jobs(app, data, is_kept=is_kept)


def keep_assets() -> None:
    """The phone app's files of today are kept for tomorrow's update."""
    chosen, build = current_app.extensions["ruhu_settings"], Path(current_app.static_folder or "") / "field/assets"
    keep_current(build, chosen.data, clock.now().date())


def hint_apply() -> None:
    """Something was deposited and committed."""
    _hint(APPLY)


def hint_develop() -> None:
    """A photo was received and committed."""
    _hint(DEVELOP)


def _hint(name: str) -> None:
    try:
        current_app.extensions["ruhu_jobs"].hint(name)
    except Exception as error:
        # The work stands in the tables; the answer must not suffer.
        log.warning("the worker was not woken: %s", type(error).__name__)
