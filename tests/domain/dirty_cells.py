"""How offices type numbers, names, days and places: the same fact in many spellings."""

import random
from datetime import date, datetime, time

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - wall time


class Typist:
    """Types each fact in one of its spellings; `is_text` when the file keeps text only (CSV, HTML)."""

    def __init__(self, pick: random.Random, *, is_text: bool) -> None:
        self.pick, self.is_text = pick, is_text

    def number(self, text: object) -> object:
        if not isinstance(text, str):
            return f"{text:.5E}" if self.is_text else text
        if len(text) != 18:
            return text
        forms = [
            text, text, text, text, text.lower(), f" {text}", f"{text} ", f"'{text}", text.translate(FULL_WIDTH),
            f"{text[:6]} {text[6:14]} {text[14:]}", f"\t{text}", f"\u00a0{text}", f"{text[:6]}-{text[6:14]}-{text[14:]}",
        ]  # fmt: skip
        if self.is_text:
            forms.append(f'="{text}"')
        if text[6:8] == "19" and text == _widened(text):
            forms.append(text[:6] + text[8:17])
        return self.pick.choice(forms)

    def name(self, text: str) -> str:
        return self.pick.choice(
            [text, text, text, f"{text} ", f" {text}", f"{text[0]}\u3000{text[1:]}", f"{text[0]} {text[1:]}"]
        )

    def village(self, text: str) -> str:
        stem = text.removesuffix("村")
        return self.pick.choice([text, text, f"{stem}村委会", f"{stem}村民委员会", f" {text}"])

    def day(self, day: date | None) -> object:
        if day is None:
            return ""
        forms: list[object] = [
            f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y-%m-%d} 00:00:00",
        ]  # fmt: skip
        if not self.is_text:
            forms += [day, datetime.combine(day, time()), (datetime.combine(day, time()) - EPOCH).days]
        return self.pick.choice(forms)

    def month(self, day: date | None) -> object:
        if day is None:
            return ""
        return self.pick.choice(
            [f"{day:%Y-%m}", f"{day.year}.{day.month:02d}", f"{day:%Y%m}", f"{day.year}年{day.month}月", self.day(day)]
        )

    def instant(self, at: datetime) -> object:
        forms: list[object] = [
            f"{at:%Y-%m-%d %H:%M:%S}",
            f"{at:%Y/%m/%d %H:%M}",
            f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02d}",
        ]
        return self.pick.choice(forms if self.is_text else [*forms, at])


def _widened(text: str) -> str:
    from backend.domain.identity import widen_legacy

    return widen_legacy(text[:6] + text[8:17])
