"""Areas as an office writes them in one cell (恭门镇毛山村、古土村) → their codes, within what the reader looks after."""

import re
from collections import defaultdict

from sqlalchemy import select

from backend.access_accounts import visible_areas
from backend.domain.tabular.places import fold_place, village_stem
from backend.models import Area, AreaAlias, User, db

BETWEEN = re.compile(r"[、,，;；\n]+")


class AreaNames:
    """The names of the areas in sight; a village also answers to its township's name before its own."""

    def __init__(self, user: User) -> None:
        self._codes: dict[str, set[str]] = defaultdict(set)
        found: list[Area] = list(db.session.scalars(visible_areas(user)))
        areas = {area.code: area for area in found}
        known = select(AreaAlias.area_code, AreaAlias.name).where(AreaAlias.area_code.in_(areas))
        pairs = [(area, area.name) for area in areas.values() if area.valid_to_on is None]
        pairs += [(areas[code], name) for code, name in db.session.execute(known)]
        for area, name in pairs:
            above = areas.get(area.parent_code or "")
            for form in {
                fold_place(name),
                village_stem(name),
                fold_place(area.short_name) if name == area.name else "",
            } - {""}:
                self._codes[form].add(area.code)
                if above is not None:
                    self._codes[fold_place(above.name) + form].add(area.code)
            self._codes[area.code].add(area.code)

    def codes_in(self, text: str) -> tuple[list[str], tuple[str, str] | None]:
        """(codes, the first part that is no area as (code of a Problem, part)); parts stand between 、 or commas."""
        found: list[str] = []
        for part in (one.strip() for one in BETWEEN.split(text)):
            if not part:
                continue
            codes = self._codes.get(fold_place(part)) or self._codes.get(village_stem(part), set())
            if len(codes) != 1:
                return found, ("area_ambiguous" if codes else "area_unknown", part[:30])
            found += codes
        return list(dict.fromkeys(found)), None
