"""Names of places as people write them → codes of the area table; never by name alone (DOMAIN 6).

A village is looked for inside its township; without a township only a name that the county has once
is accepted. Pure: the areas are handed in.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_SPACES = re.compile(r"[\s\u200b\ufeff'\"`()（）、,，·-]+")
_VARIANTS = str.maketrans("閆闫候硷鄉鎮", "阎阎侯碱乡镇")
_TOWNSHIP_END = re.compile(r"(?:人民政府|办事处|党委)$")
_VILLAGE_ENDS = re.compile(
    r"(?:村民委员会|社区居民委员会|社区居委会|居民委员会|村委会|村居委会|居委会|社区|村|村民小组)$"
)
_CUT_GROUP = re.compile(r"^(.*?(?:村民委员会|村委会|居民委员会|居委会|社区|村))(?=.+)")


class AreaName(NamedTuple):
    code: str
    name: str
    level: str


class Place(NamedTuple):
    """Codes as far as they are known, and what is wrong: "", township_missing, township_unknown,
    village_unknown or village_ambiguous."""

    county_code: str | None
    township_code: str | None
    village_code: str | None
    fault: str


def fold_place(text: str) -> str:
    """Width, spaces and spelling variants (闫/阎) folded away."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_VARIANTS)


def village_stem(text: str) -> str:
    """毛山村民委员会, 毛山村委会, 毛山村 → 毛山."""
    return _VILLAGE_ENDS.sub("", fold_place(text)) or fold_place(text)


class Places:
    """The areas of a province, with a home county for rows that do not name theirs."""

    def __init__(self, areas: Iterable[AreaName], home: str | None = None) -> None:
        self.home = home
        self.codes: set[str] = set()
        self.counties: dict[str, list[str]] = defaultdict(list)
        self.townships: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.villages: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for area in areas:
            self.codes.add(area.code)
            name = fold_place(area.name)
            if area.level == "county":
                self.counties[county_stem(name)].append(area.code)
            elif area.level == "township":
                self.townships[area.code[:6]].append((name, area.code))
            elif area.level == "village":
                self.villages[area.code[:9]].append((name, area.code))
        self._find = lru_cache(maxsize=100_000)(self._find_once)

    def choose_home(self, named: Iterable[tuple[str, str, str]]) -> str | None:
        """The county that knows most of a file's (township, village, address) names; None if none does."""
        votes: Counter[str] = Counter()
        owners: dict[str, set[str]] = defaultdict(set)
        for township, listed in self.villages.items():
            for name, _ in listed:
                owners[village_stem(name)].add(township)
        for township, village, address in set(named):
            stem = stem_township(fold_place(township))
            for code in owners.get(village_stem(village), ()) if village else ():
                votes[code[:6]] += 1
            for county, listed in self.townships.items():
                if any(
                    stem == stem_township(name) if stem else len(name) > 2 and name in address for name, _ in listed
                ):
                    votes[county] += 2
            if found := self._county("", address):
                votes[found] += 3
        best = votes.most_common(1)
        return best[0][0] if best else None

    def find(self, county: str, township: str, village: str, address: str = "", code: str = "") -> Place:
        """The place of one row; the answer for equal texts is remembered."""
        return self._find(county, township, village, address, code)

    def _find_once(self, county: str, township: str, village: str, address: str, code: str) -> Place:
        if code in self.codes and len(code) in (9, 12):
            return Place(code[:6], code[:9], code if len(code) == 12 else None, "")
        home = self._county(county, address) or self.home
        if home is None:
            return Place(None, None, None, "township_missing" if not township else "township_unknown")
        town = self._township(home, township) or self._township_inside(home, township + village + address)
        if town is None:
            return self._by_village(home, township, village or address)
        text = village or _after(address, town[0]) or _after(township, town[0])
        found = self._village_in(town[1], text) or self._village_in(town[1], _after(address, town[0]) or address)
        return Place(home, town[1], found, "village_unknown" if text and found is None else "")

    def _county(self, county: str, address: str) -> str | None:
        for text in (county, address):
            found = re.search(
                r"([\u3400-\u9fff]{1,10}?(?:自治县|[县区市]))(?!.*自治县)",
                re.sub(r"^.*省|^.{2,3}[市州](?=.{2})", "", fold_place(text)),
            )
            codes = self.counties.get(county_stem(found[1]), []) if found else []
            if self.home in codes or len(codes) == 1:
                return self.home if self.home in codes else codes[0]
        return None

    def _township(self, county: str, text: str) -> tuple[str, str] | None:
        stem = stem_township(fold_place(text))
        if not stem:
            return None
        same = [pair for pair in self.townships[county] if stem_township(pair[0]) == stem]
        return same[0] if len(same) == 1 else next((pair for pair in same if pair[0] == fold_place(text)), None)

    def _township_inside(self, county: str, text: str) -> tuple[str, str] | None:
        folded = fold_place(text)
        inside = [pair for pair in self.townships[county] if pair[0] in folded]
        return max(inside, key=lambda pair: len(pair[0]), default=None)

    def _village_in(self, township: str, text: str) -> str | None:
        folded = fold_place(text)
        if not folded:
            return None
        listed = self.villages.get(township, [])
        cut = _CUT_GROUP.match(folded)
        for form in [folded, cut[1]] if cut else [folded]:
            exact = [pair for pair in listed if pair[0] == form]
            alike = [pair for pair in listed if village_stem(pair[0]) == village_stem(form)]
            rural = [pair for pair in alike if _is_rural(pair[0]) == _is_rural(form)]
            for same in (exact, alike, rural):
                if len(same) == 1:
                    return same[0][1]
        inside = [pair for pair in listed if len(village_stem(pair[0])) > 1 and village_stem(pair[0]) + "村" in folded]
        return max(inside, key=lambda pair: len(pair[0]))[1] if inside else None

    def _by_village(self, county: str, township: str, text: str) -> Place:
        fault = "township_unknown" if township else "township_missing"
        codes = [pair[1] for pair in self.townships[county]]
        found = [code for code in codes if text and self._village_in(code, text)]
        if len(found) == 1 and not township:
            return Place(county, found[0], self._village_in(found[0], text), "")
        return Place(county, None, None, "village_ambiguous" if len(found) > 1 and not township else fault)


def county_stem(name: str) -> str:
    """张家川回族自治县, 张家川县 → 张家川; 秦州区 stays apart from 秦州县 by its own name."""
    return re.sub(r"^(?:甘肃省?)?(?:.{2,3}[市州](?=.))?|(?:[\u3400-\u9fff]{1,3}族)*自治县$|[县区市]$", "", name) or name


def stem_township(name: str) -> str:
    """恭门镇人民政府 → 恭门."""
    return re.sub(r"(?:街道|镇|乡)$", "", _TOWNSHIP_END.sub("", name)) if name else ""


def _is_rural(name: str) -> bool:
    return not re.search("社区|居委会|居民委员会", name)


def _after(address: str, township: str) -> str:
    """What follows the township in an address: 恭门镇付川村三组 → 付川村三组."""
    folded = fold_place(address)
    return folded.partition(township)[2] if township in folded else ""
