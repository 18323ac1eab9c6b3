"""One household of the province for measuring, with the rows that its way through the offices leaves."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.bulk import DAY, OFFICE, Bulk, day, instant

NAMES = "马李王毛铁苏妥惠张杨白米丁者赵陈刘韩冯"
GIVEN = (
    "占福",
    "有才",
    "生莲",
    "存英",
    "玉兰",
    "建军",
    "小明",
    "彩霞",
    "志强",
    "子涵",
    "雨轩",
    "法图麦",
    "尔萨",
    "哈三",
)
SINGLE = ("education", "medical", "housing", "water")
CATEGORIES = ("dibao", "tekun", "temporary", "child", "disability")
HOUSES = ["declaration", "comparison", "verification_case", "event", "assignment", "inbox_item", "visit", "photo",
          "review", "routing", "procedure_step", "decision", "attempt", "extension", "voiding", "objection"]  # fmt: skip
COLUMNS = {
    "declaration": "id source_no applicant_name name_folded id_number_lookup hardship_text county_code township_code "
                   "village_code family_size submitted_at",
    "comparison": "declaration_id run_id code found_at is_warned",
    "verification_case": "id number declaration_id applicant_name county_code township_code village_code group_text stage "
                         "published_at due_at count_mode limit_days extended_until_at visited_at closed_at voided_at "
                         "is_found is_urgent urgent_at revision",
    "event": "tag case_id actor_id happened_at facts previous_hash hash",
    "assignment": "case_id user_id duty assigned_at assigned_by",
    "inbox_item": "id user_id device_id author_id sha256 payload_sealed received_at receipt_no kind seq verdict case_id",
    "visit": "id case_id author_id item_id is_current form_version base_revision visited_at received_at answers_text_sealed "
             "photos_expected living_size signature_count visitor_signatures counted_at",
    "photo": "id case_id visit_id author_id kind sha256 size state stored_at",
    "review": "case_id visit_id outcome reason_code reviewed_by reviewed_at",
    "routing": "id case_id county_code queue categories reason state routed_by routed_at accepted_by accepted_at next_step next_due_on",
    "procedure_step": "routing_id step happened_on recorded_by recorded_at",
    "decision": "routing_id outcome category decided_on amount_fen reason people_count decided_by decided_at",
    "attempt": "id case_id author_id attempted_at received_at result",
    "extension": "id case_id asked_at reason_sealed state decided_at decided_by asked_by until_at",
    "voiding": "id case_id asked_at reason_sealed state decided_at decided_by asked_by reason_code",
    "objection": "case_id routing_id raised_on raised_by_relation text due_on recorded_by recorded_at",
}  # fmt: skip
COLUMNS = {name: COLUMNS[name].split() for name in HOUSES}


@dataclass
class Household:
    """What is known before anything was done: where, when, and who would do it."""

    number: int
    village: str
    published: float
    now: float
    coordinator: str
    workers: list[str]
    county: str
    sealed: str
    seal: Callable[[str, str], str]
    is_found: bool = False
    is_urgent: bool = False
    is_void: bool = False
    is_extended: bool = False
    visited: float | None = None
    reviewed: float | None = None
    closed: float | None = None

    def key(self, kind: int) -> str:
        return f"01900000-{kind:04x}-7000-8000-{self.number:012x}"

    @property
    def due(self) -> float:
        """24:00 of the fifth day."""
        return ((self.published + OFFICE) // DAY + 6) * DAY - OFFICE

    def live(self, chance: random.Random) -> str:
        """Draw the way it went until now; the stage it is at."""
        age = (self.now - self.published) / DAY
        draw = chance.random()
        self.is_found, self.is_urgent, self.is_extended = draw < 0.03, 0.4 < draw < 0.41, 0.5 < draw < 0.52
        if chance.random() < 0.005 and age > 4:
            self.is_void, self.closed = True, self.published + 3 * DAY
            return "closed"
        wait = chance.uniform(0.2, 4.9) if chance.random() < 0.93 else chance.uniform(5.5, 12)
        if age < wait or (age < 400 and chance.random() < 0.0008):
            return "warned" if age < 0.7 or chance.random() < 0.05 else "assigned"
        self.visited = self.published + wait * DAY
        if age < wait + 2 * chance.random():
            return "submitted"
        self.reviewed = min(self.visited + DAY, self.now)
        if age < wait + 12 and chance.random() < 0.05:
            return "returned"
        if age < wait + 1.5:
            return "reviewed"
        last = wait + chance.uniform(8, 45)
        if age < last or chance.random() < 0.02:
            return "routed"
        self.closed = self.published + last * DAY
        return "closed"


def write_household(out: Bulk, one: Household, chance: random.Random) -> None:
    """Everything that one household left in the tables."""
    stage = one.live(chance)
    name, number = chance.choice(NAMES) + chance.choice(GIVEN), one.number
    at, village, case = instant(one.published), one.village, one.key(2)
    due = instant(one.due)
    longer = instant(one.due + 5 * DAY) if one.is_extended else None
    county, town = village[:6], village[:9]
    out.add("declaration", one.key(1), f"B{number:08d}", name, name, f"{number:043x}", "今年住院花了三万六。", county, town,
            village, 1 + number % 7, instant(one.published - 3 * DAY))  # fmt: skip
    out.add("comparison", one.key(1), 1, "M9", at, True)
    kind = "FX" if one.is_found else "YJ"
    out.add("verification_case", case, f"{kind}{county}-{day(one.published).replace('-', '')}-{number:07d}", one.key(1), name,
            county, town, village, "三社", stage, at, due, "calendar", 5, longer, _or(one.visited), _or(one.closed),
            _or(one.closed if one.is_void else None), one.is_found, one.is_urgent,
            at if one.is_urgent else None, 4)  # fmt: skip
    for order, tag in enumerate(("warning:published", "case:assigned")):
        key = f"{number * 2 + order:064x}"
        out.add("event", tag, case, one.coordinator, at, "{}", key, f"b{key[1:]}")
    if stage != "warned" and not one.is_void:
        for order, duty in enumerate(("main", "companion")):
            worker = one.workers[(number + order) % len(one.workers)]
            out.add("assignment", case, worker, duty, instant(one.published + 3600), one.coordinator)
    _petitions(out, one, case)
    if one.visited is None:
        if stage == "assigned" and number % 5 == 0:
            out.add("attempt", one.key(8), case, one.workers[0], at, at, "away")
        return
    _visit(out, one, case, chance)
    if stage in ("routed", "closed") and not one.is_void:
        _routing(out, one, case, chance)


def _or(seconds: float | None) -> str | None:
    return None if seconds is None else instant(seconds)


def _petitions(out: Bulk, one: Household, case: str) -> None:
    asked = instant(one.published + DAY)
    answered = ("approved", instant(one.published + 2 * DAY), one.county, one.workers[0])
    if one.is_extended:
        reason = one.seal("全家外出", f"extension.reason:{one.key(9)}")
        out.add("extension", one.key(9), case, asked, reason, *answered, instant(one.due + 5 * DAY))
    if one.is_void:
        reason = one.seal("搬走了", f"voiding.reason:{one.key(10)}")
        out.add("voiding", one.key(10), case, asked, reason, *answered, "moved")


def _visit(out: Bulk, one: Household, case: str, chance: random.Random) -> None:
    author, at = one.workers[one.number % len(one.workers)], instant(one.visited or 0)
    came = instant((one.visited or 0) + 4 * 3600)
    verdict = "needs_review" if chance.random() < 0.0005 else "applied"
    out.add("inbox_item", one.key(3), author, f"phone-{author[-12:]}", author, f"{one.number:064x}", one.sealed, came,
            f"{one.number % 65536:04X}-0000", "visit", one.number % 500, verdict, case)  # fmt: skip
    out.add(
        "visit",
        one.key(4),
        case,
        author,
        one.key(3),
        True,
        3,
        1,
        at,
        came,
        one.sealed,
        1,
        1 + one.number % 7,
        3,
        2,
        came,
    )
    out.add("photo", one.key(5), case, one.key(4), author, "door", f"{one.number:064x}", 180_000, "stored", came)
    if one.reviewed is not None:
        is_back = chance.random() < 0.03
        told = ("returned", "photo") if is_back else ("approved", None)
        out.add("review", case, one.key(4), *told, one.coordinator, instant(one.reviewed))


def _routing(out: Bulk, one: Household, case: str, chance: random.Random) -> None:
    draw = chance.random()
    to = ["social_assistance"] * (draw < 0.42) + ["relapse_prevention"] * (0.34 < draw < 0.63)
    to += [chance.choice(SINGLE)] * (0.58 < draw < 0.75)
    routed = (one.reviewed or 0) + DAY / 2
    for order, queue in enumerate(to or ["explanation"]):
        key = one.number * 3 + order + 1
        category = chance.choices(CATEGORIES, (60, 6, 20, 4, 10))[0] if queue == "social_assistance" else ""
        state = "decided" if one.closed else ("accepted" if one.number % 3 else "sent")
        taken = (one.county, instant(routed + DAY)) if state != "sent" else (None, None)
        step = ("", None) if one.closed else ("public", day(routed + (10 + one.number % 9) * DAY))
        out.add("routing", key, case, one.village[:6], queue, f'["{category}"]' if category else "[]", "", state, one.coordinator,
                instant(routed), *taken, *step)  # fmt: skip
        if taken[1]:
            out.add("procedure_step", key, "surveyed", day(routed + DAY), one.county, instant(routed + DAY))
        if one.closed:
            outcome = _outcome(queue, chance)
            reason = "收入高于标准" if outcome in ("declined", "unsolved") else ""
            out.add("decision", key, outcome, category, day(one.closed), 30_000 if category else None, reason,
                    2 if category else None, one.county, instant(one.closed))  # fmt: skip
            if outcome == "declined" and one.number % 40 == 0:
                out.add("objection", case, key, day(one.closed), "head", "不同意", day(one.closed + 15 * DAY),
                        one.coordinator, instant(one.closed))  # fmt: skip


def _outcome(queue: str, chance: random.Random) -> str:
    if queue == "explanation":
        return "explained"
    good, bad = ("solved", "unsolved") if queue in SINGLE else ("included", "declined")
    return good if chance.random() < 0.7 else bad
