"""Somebody who fills in forms on a phone that dies: what they did, and what the screen had called kept."""

import random
from collections.abc import Callable, Sequence

from tests import phone
from tests.faults.screens import Screen

PICTURES = [phone.jpeg(size=(640 + 16 * n, 480)) for n in range(4)]


class Visitor:
    """`kept_texts` are the finished notes the screen had taken leave of; `told` is called at each such moment."""

    def __init__(self, screen: Screen, cases: Sequence[str], chance: random.Random) -> None:
        self.screen, self._cases, self._chance = screen, list(cases), chance
        self.notes_kept: list[str] = []
        self.visits_kept: list[str] = []
        self.may_be: dict[str, list[str]] = {}
        self.lost: list[str] = []
        self.shown = 0
        self.told: Callable[[], None] = lambda: None
        self._number = 0
        screen.on_saved = self._saw_saved
        self._begin()

    def _begin(self) -> None:
        self.case_id = self._cases.pop(0)
        self.may_be[self.case_id] = []
        self._tiles, self._is_kept = 0, False

    def _text(self, what: str) -> str:
        self._number += 1
        return f"{what}第{self._number}回，家里两口人住院，自付三万六，牛都卖了，还欠亲戚四万元，墙上也裂了缝。"

    def _saw_saved(self, text: str) -> None:
        """The mark 已保存 stands beside this text."""
        texts = self.may_be[self.case_id]
        if text in texts:
            del texts[: texts.index(text)]
            self._is_kept = True
            self._saw()

    def _saw(self) -> None:
        self.shown += 1
        self.told()

    def go_on(self) -> None:
        """Do one thing after the other, until the phone dies."""
        while True:
            self._chance.choice([self.type, self.type, self.type, self.shoot, self.note, self.finish])()

    def type(self) -> None:
        """Change one answer until 已保存 stands there."""
        self.screen.narrative(self.case_id)
        for _ in range(self._chance.randrange(1, 4)):
            self.may_be[self.case_id].append(self._text("入户"))
            self.screen.write(self.may_be[self.case_id][-1])

    def shoot(self) -> None:
        """Take a picture into the form until it stands among the others."""
        self.screen.turn_to(f"cases/{self.case_id}/sections/S8")
        self.screen.page.locator(".tile.extra").wait_for()
        self._tiles = self.screen.shoot_extra(self._chance.choice(PICTURES) + self._chance.randbytes(4))
        self._saw()

    def note(self) -> None:
        """Finish an observation with a picture."""
        text = self._text("看到")
        self.screen.note(self.case_id, text, self._chance.choice(PICTURES) + self._chance.randbytes(4))
        self.notes_kept.append(text)
        self._saw()

    def finish(self) -> None:
        """Finish the visit; the next household follows."""
        if not self._is_kept or not self._cases:
            return self.type()
        self.screen.finish_visit(self.case_id)
        self.visits_kept.append(self.case_id)
        self._begin()
        return self._saw()

    def look_again(self) -> None:
        """After the restart: what had been called kept must stand there, or lie finished in the outbox."""
        rows = self.screen.rows("items")["items"]
        visits = {row["case_id"] for row in rows if row["kind"] == "visit"}
        self.lost += [case_id for case_id in self.visits_kept if case_id not in visits]
        if sum(row["kind"] == "observation" for row in rows) < len(self.notes_kept):
            self.lost.append("note")
        if self.case_id in visits:
            # The tap was the last thing before the end, and it held.
            self.visits_kept.append(self.case_id)
            return self._begin()
        return self._look_at_the_form()

    def _look_at_the_form(self) -> None:
        if self._is_kept:
            stands = self.screen.narrative(self.case_id)
            if stands not in self.may_be[self.case_id]:
                self.lost.append(f"{self.may_be[self.case_id]} is now {stands}")
            self.may_be[self.case_id] = [stands]
        if self._tiles:
            self.screen.turn_to(f"cases/{self.case_id}/sections/S8")
            self.screen.page.locator(".tile.extra").wait_for()
            tiles = self.screen.page.locator(".tile img.pic")
            self.screen.page.wait_for_timeout(50)
            if tiles.count() < self._tiles:
                tiles.nth(self._tiles - 1).wait_for()
