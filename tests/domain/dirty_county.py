"""An invented county: who receives what, who declares, and the code each declaration must get."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from backend.domain.identity import checksum_of

SURNAMES, GIVEN = (
    "马李王毛铁苏妥惠张杨",
    ["占福", "有才", "建军", "玉兰", "小明", "彩霞", "志强", "哈三", "法图麦", "子涵", "国栋", "尔萨", "文秀", "海龙"],
)
TOWNS = {
    "恭门镇": ["付川村", "毛山村", "古土村", "西关村"],
    "龙山镇": ["李山村", "官泉村", "四方村", "马河村"],
    "阎家乡": ["陈庙村", "花山村", "车古村", "后山村"],
    "木河乡": ["毛家村", "坪王村", "楸木村", "杜渠村"],
}
RELATIONS = ["配偶", "之子", "之女", "之母", "之父"]


@dataclass
class Who:
    name: str
    number: str


@dataclass
class Household:
    key: str
    town: str
    village: str
    head: Who
    members: list[tuple[Who, str]]
    is_whole: bool
    started_on: date
    stopped_on: date | None = None


@dataclass
class Single:
    """One row of any roster but 低保: who receives, and who stands beside them."""

    town: str
    village: str
    who: Who
    beside: dict[str, Who] = field(default_factory=dict)
    started_on: date | None = None
    paid_on: date | None = None
    card_only: bool = False
    stopped_on: date | None = None


@dataclass
class Declared:
    number: str
    town: str
    village: str
    name: str
    id_text: object
    at: datetime
    code: str
    roster: str | None = None
    into: str | None = None


class County:
    """Everything about it follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.used: set[str] = set()
        self.day = date(2024, 3, 1) + timedelta(days=self.random.randrange(200))
        self.households = [self._household(n) for n in range(60)]
        self.tekun = [self._single(carer=self._who(1980)) for _ in range(20)]
        self.orphans = [self._single(2014, guardian=self._who(1958)) for _ in range(8)]
        self.unsupported = [
            self._single(2012, father=self._who(1985), mother=self._who(1986), guardian=self._who(1957))
            for _ in range(12)
        ]
        self.disability = [self._single(1970, **self._maybe_collector()) for _ in range(30)]
        self.temporary = [self._single(1975, paid=self.day - timedelta(days=30 + n * 20)) for n in range(20)]
        self.declared: list[Declared] = []
        self._declare()

    def _who(self, year: int) -> Who:
        pick = self.random
        while True:
            born = date(year + pick.randrange(-6, 7), pick.randrange(1, 13), pick.randrange(1, 29))
            first = f"620599{born:%Y%m%d}{pick.randrange(1000):03d}"
            if first not in self.used:
                self.used.add(first)
                return Who(pick.choice(SURNAMES) + pick.choice(GIVEN), first + checksum_of(first))

    def _place(self) -> tuple[str, str]:
        town = self.random.choice(list(TOWNS))
        return town, self.random.choice(TOWNS[town])

    def _household(self, n: int) -> Household:
        pick, (town, village) = self.random, self._place()
        members = [(self._who(1985), pick.choice(RELATIONS)) for _ in range(pick.randrange(0, 6))]
        started = self.day - timedelta(days=400 + pick.randrange(900))
        stopped = self.day - timedelta(days=40 + pick.randrange(200)) if n % 10 == 9 else None
        return Household(
            f"6205252{n:06d}", town, village, self._who(1955), members, n % 4 != 3, started.replace(day=1), stopped
        )

    def _single(self, year: int = 1950, paid: date | None = None, **beside: Who) -> Single:
        town, village = self._place()
        started = None if paid else (self.day - timedelta(days=500)).replace(day=1)
        return Single(town, village, self._who(year), beside, started, paid, card_only=self.random.random() < 0.4)

    def _maybe_collector(self) -> dict[str, Who]:
        return {"collector": self._who(1980)} if self.random.random() < 0.5 else {}

    def _say(self, place: tuple[str, str], who: Who, code: str, roster: str | None = None, **other: object) -> Declared:
        at = datetime.combine(self.day - timedelta(days=3), datetime.min.time()) + timedelta(
            minutes=31 * len(self.declared) + 7
        )
        number = f"SB{self.day:%Y%m}{len(self.declared) + 1:05d}"
        said = Declared(
            number, *place, str(other.get("name", who.name)), other.get("id_text", who.number), at, code, roster,
            other.get("into"),  # type: ignore[arg-type]
        )  # fmt: skip
        self.declared.append(said)
        return said

    def _declare(self) -> None:
        running = [h for h in self.households if h.stopped_on is None]
        whole = [h for h in running if h.is_whole and h.members]
        for home in running[:6]:
            self._say((home.town, home.village), home.head, "M1", "dibao")
        for home in whole[6:11]:
            self._say((home.town, home.village), home.members[-1][0], "M1", "dibao")
        for home in whole[11:13]:
            self._say((home.town, home.village), home.head, "M2", "dibao", name="赵一诺")
        for home in [h for h in running if not h.is_whole and h.members][:4]:
            self._say((home.town, home.village), home.members[0][0], "M9")
        for home in [h for h in self.households if h.stopped_on]:
            self._say((home.town, home.village), home.head, "M7", "dibao")
        self._declare_singles()
        for home in whole[13:17]:
            self._say((home.town, home.village), home.head, "M3", "dibao", id_text=slip(home.head.number, self.random))
        for n in range(12):
            stranger, place = self._who(1970), self._place()
            first = self._say(place, stranger, "M9")
            if n % 4 == 0:
                self._say(place, stranger, "DUP", into=first.number)
        for text in (float(self._who(1970).number.replace("X", "3")), "无", "62059919700101", "6.20599E+17"):
            self._say(self._place(), self._who(1970), "MX", id_text=text)

    def _declare_singles(self) -> None:
        for kind, rows in (
            ("tekun", self.tekun), ("orphan", self.orphans), ("unsupported", self.unsupported), ("disability", self.disability),
        ):  # fmt: skip
            for row in rows[:4]:
                self._say((row.town, row.village), row.who, "M1", kind)
            for row in rows[4:9]:
                for role in ("carer", "guardian", "collector"):
                    if role in row.beside:
                        self._say((row.town, row.village), row.beside[role], "M6", kind)
            for row in rows[5:7]:
                if "father" in row.beside:
                    self._say((row.town, row.village), row.beside["father"], "M9")
        for row in self.temporary:
            recent = row.paid_on is not None and row.paid_on >= self.day - timedelta(days=170)
            past = row.paid_on is not None and row.paid_on <= self.day - timedelta(days=200)
            if recent or past:
                self._say((row.town, row.village), row.who, "M8" if recent else "M9", "temporary" if recent else None)


def slip(number: str, pick: random.Random) -> str:
    """The number with one digit wrong, so that its check digit no longer fits."""
    place = pick.randrange(14, 17)
    return number[:place] + str((int(number[place]) + 3) % 10) + number[place + 1 :]
