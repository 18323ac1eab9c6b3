"""A filled 核查表 for a demo case, from households.yaml."""

import hashlib
import random
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend import clock
from backend.codebook import REQUIRED_PHOTOS
from backend.domain.identity import checksum_of
from backend.models import Case, User
from backend.models.base import new_id
from demo.pictures import picture

HOUSEHOLDS = Path(__file__).parent / "households.yaml"
MEMBER_KEYS = ("relation", "health", "disease", "disability_kind", "disability_level", "labour", "work", "schooling")


@cache
def households() -> list[dict[str, Any]]:
    """The stories of households.yaml."""
    return yaml.safe_load(HOUSEHOLDS.read_text("utf-8"))


def household_of(case: Case) -> dict[str, Any]:
    """What visitors found where somebody declared this. Raises StopIteration for an unknown story."""
    return next(told for told in households() if told["says"] in case.declaration.hardship_text)


def _id_number(born: Any, sex: str, chance: random.Random) -> str:
    order = chance.randrange(100, 499) * 2 + (sex == "male")
    first17 = f"620599{born:%Y%m%d}{order}"
    return first17 + checksum_of(first17)


def _member(told: dict[str, Any], case: Case, chance: random.Random) -> dict[str, Any]:
    member = {f"m_{key}": told[key] for key in MEMBER_KEYS if key in told}
    member |= {"m_is_living": "yes", "m_insurance": told.get("insurance", "resident")}
    member |= {"m_benefits": told.get("benefits", ["none"])}
    member |= {"m_is_listed_disease": "unsure"} if "serious" in told["health"] else {}
    member |= {"m_work": "not_applicable"} if told["labour"] in ("lost", "none") else {}
    member |= {"m_uninsured_reason": "missed"} if member["m_insurance"] == "none" else {}
    member |= {"m_dropout_reason": "unwilling"} if told.get("schooling") == "dropped_out" else {}
    if told["relation"] == "head":
        return member | {"m_name": case.applicant_name, "m_id_number": case.declaration.id_number}
    surname = case.applicant_name[0]
    number = _id_number(told["born"], told["sex"], chance)
    return member | {"m_name": told.get("name") or surname + told["given"], "m_id_number": number}


def _money(told: dict[str, Any], members: list[dict[str, Any]]) -> dict[str, Any]:
    """S3 and S4: `yuan`, `monthly`, `cost` and `back` are in yuan; `of` says whose by the relation to the head."""
    names = {member["m_relation"]: member["m_name"] for member in reversed(members)}
    incomes, expenses = [], []
    for one in told["incomes"]:
        entry = {"i_code": one["i_code"], "i_member": names.get(one.get("of"))}
        entry |= {f"i_{key}_fen": one[key] * 100 for key in ("monthly", "cost") if key in one}
        entry |= {"i_amount_fen": one["yuan"] * 100} if "yuan" in one else {"i_months": one["months"]}
        incomes.append({key: value for key, value in entry.items() if value is not None})
    for one in told["expenses"]:
        entry = {"x_code": one["x_code"], "x_amount_fen": one["yuan"] * 100}
        entry |= {"x_paid_back_fen": one["back"] * 100} if "back" in one else {}
        expenses.append(entry | {"x_is_receipted": "yes" if one.get("receipt") else "no"})
    return {
        "has_income": "yes", "incomes": incomes, "has_employment_costs": "no",
        **({"has_expenses": "yes", "expenses": expenses} if expenses else {"has_expenses": "no"}),
    }  # fmt: skip


NO_PROPERTY = {
    "has_houses": "yes", "houses": [{"h_use": "lived_in", "h_tenure": "homestead"}], "has_vehicles": "no",
    "has_machines": "no", "has_businesses": "no", "has_debts": "no", "other_wealth": ["none"], "property_check": "self_stated",
}  # fmt: skip


def _signature(name: str, at: datetime, chance: random.Random) -> dict[str, Any]:
    strokes = []
    for index in range(len(name) * 3):
        left = 30 + index * 26
        strokes.append([value for step in range(6) for value in (left + step * 5, chance.randint(30, 120))])
    return {"strokes": strokes, "width": 420, "height": 150, "signed_at": clock.iso(at)}


def photos_of(case: Case, at: datetime) -> list[tuple[dict[str, Any], bytes]]:
    """The required photos of a visit: what the form says of each, and its bytes."""
    taken = []
    for minute, kind in enumerate(REQUIRED_PHOTOS, 5):
        moment = at + timedelta(minutes=minute)
        content = picture(kind.value, number=case.number, taken_at=clock.local(moment))
        facts = {"id": new_id(), "kind": kind.value, "sha256": hashlib.sha256(content).hexdigest()}
        facts |= {"size": len(content), "taken_at": clock.iso(moment), "source": "camera"}
        taken.append((facts, content))
    return taken


def fill_in(case: Case, visitors: tuple[User, User], at: datetime, photos: list[dict[str, Any]]) -> dict[str, Any]:
    """Answers as the phone of the first visitor hands them in; `at` is when they came to the door."""
    told, chance = household_of(case), random.Random(case.number)
    members = [_member(member, case, chance) for member in told["members"]]
    place = f"{case.township.name}{case.place}"
    end = at + timedelta(minutes=35)
    answers = {
        "visit_mode": "in_person", "interviewee_name": case.applicant_name, "interviewee_relation": "head",
        "head_name": case.applicant_name, "head_id_number": case.declaration.id_number, "register_address": place,
        "live_address": place, "register_kind": "rural",
        "registered_size": len(members), "living_size": len(members), "household_type": "ordinary",
        "current_benefits": ["none"], "kinship": "none", "members": members,
        "food": "yes", "clothing": "yes", "dropout_count": 0, "uninsured_count": 0, "house_defects": ["none"],
        "is_only_house": "yes", "water_source": "tap", "water_issues": ["none"], "is_urgent": "no",
        "photos": photos, "visitor_opinion": told["opinion"], "opinion_reason": told["reason"],
        "narrative": told["narrative"],
        "visitors": [{"user_id": u.id, "name": u.name, "unit": u.unit, "role": u.role_label} for u in visitors],
        "signature_visitor_1": _signature(visitors[0].name, end, chance),
        "signature_visitor_2": _signature(visitors[1].name, end, chance),
        "signature_interviewee": _signature(case.applicant_name, end, chance),
    }  # fmt: skip
    return answers | _money(told, members) | NO_PROPERTY | told["answers"]
