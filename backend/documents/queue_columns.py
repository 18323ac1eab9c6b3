"""The columns of the other systems and rosters in their order (DOMAIN §2.3), and whose row stands in which.

A cell is found by its heading; what nobody here knows (户编号, 开户银行 …) stays empty for the other system to fill.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend import clock
from backend.codebook import (
    AssistanceCategory,
    Benefit,
    DecisionDetail,
    DisabilityKind,
    DisabilityLevel,
    Education,
    Health,
    Labour,
    Queue,
    Relation,
    Schooling,
    SelfCare,
)
from backend.codebook.base import LabelEnum
from backend.domain import identity
from backend.domain.conditions import age_of
from backend.domain.review import current_visit
from backend.models import Decision, Routing

MOST_BESIDE = 8
OTHERS = tuple(f"成员{n}{what}" for n in range(1, MOST_BESIDE + 1) for what in ("姓名", "身份证号"))
PLACE = ("序号", "乡镇", "村", "社(组)")
MONITOR = (
    "省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "性别", "出生日期", "证件类型", "证件号码", "民族",
    "户联系电话", "成员联系电话", "年度", "与户主关系", "文化程度", "在校生状况", "劳动技能", "务工时间（月）", "健康状况",
    "政治面貌", "务工企业名称", "是否享受低保", "户主姓名", "户主证件号码", "是否特困供养人员",
)  # fmt: skip
DIBAO = (
    *PLACE, "低保证号", "户主姓名", "性别", "身份证号码", "家庭人口", "保障人口", "保障类别", "救助原因", "月保障金额(元)",
    "起始享受时间", "开户银行", "账号", "联系电话", *OTHERS, "备注",
)  # fmt: skip
TEKUN = (
    *PLACE, "特困证号", "姓名", "性别", "年龄", "身份证号", "供养方式", "供养机构", "自理能力", "护理档次",
    "基本生活标准(月)", "照料护理标准(月)", "照料服务人姓名", "照料服务人身份证", "起领时间", "开户行", "账号", "联系电话", "备注",
)  # fmt: skip
TEMPORARY = (
    "序号", "乡镇", "村", "姓名", "身份证号", "家庭人口", "家庭住址", "困难原因", "救助类型", "救助方式", "救助金额", "审批时间",
    "发放时间", "审批层级", "联系电话", "备注",
)  # fmt: skip
CHILD = (
    "序号", "乡镇", "村", "姓名", "性别", "身份证号", "出生日期", "类别", "监护人姓名", "监护人身份证", "监护人关系", "监护人电话",
    "养育方式", "起领时间", "月标准", "学校年级", "备注",
)  # fmt: skip
DISABILITY = (
    *PLACE, "姓名", "性别", "身份证号", "残疾证号", "残疾类别", "残疾等级", "低保类别", "补贴标准", "起补时间", "代领人", "监护人",
    "账号", "联系电话", "备注",
)  # fmt: skip
SINGLE = (*PLACE, "户主姓名", "家庭人口", "具体问题", "交办时间", "受理时间")
OF_CATEGORY: dict[str, tuple[str, ...]] = {
    AssistanceCategory.DIBAO: DIBAO, AssistanceCategory.TEKUN: TEKUN, AssistanceCategory.TEMPORARY: TEMPORARY,
    AssistanceCategory.CHILD: CHILD, AssistanceCategory.DISABILITY: DISABILITY,
}  # fmt: skip
PROVINCE, CARD, CHILD_UNTIL = "甘肃省", "居民身份证", 18
SEXES = {"male": "男", "female": "女"}
# Where the national system words a code otherwise than the form does.
NATIONAL = {
    Labour.WEAK: "弱劳动力或半劳动力", Education.ILLITERATE: "文盲或半文盲", Education.SENIOR: "高中（中专）",
    Schooling.PRESCHOOL: "学龄前儿童", Schooling.KINDERGARTEN: "学前教育", Schooling.SENIOR: "普通高中",
    Schooling.VOCATIONAL: "中职", Schooling.COLLEGE: "高职高专", Schooling.GRADUATE: "硕士研究生及以上",
    Schooling.DROPPED_OUT: "", SelfCare.FULL: "具备", SelfCare.PARTLY: "部分丧失", SelfCare.NOT: "完全丧失",
}  # fmt: skip
YEARS = "一二三四五六七八九"
BY_YEAR = (Schooling.SENIOR, Schooling.VOCATIONAL, Schooling.COLLEGE, Schooling.TECHNICIAN, Schooling.UNIVERSITY)


@dataclass(frozen=True)
class Who:
    """One person of a household: the form's answers about them, and whether they are the head."""

    name: str
    number: str
    answers: Mapping[str, Any]
    is_head: bool

    @property
    def sex(self) -> str:
        return SEXES.get(identity.sex_of(self.number) if self.number else str(self.answers.get("m_sex", "")), "")

    def born(self, *, is_whole: bool) -> str:
        """The day of birth; masked, its year."""
        told = identity.birth_of(self.number) if self.number else None
        day = told.isoformat() if told else str(self.answers.get("m_birth_on") or "")
        return day if is_whole else day[:4]


def household_of(routing: Routing, answers: Mapping[str, Any]) -> list[Who]:
    """Those who live together by the visit that counts, the head first; without one, who applied."""
    listed = answers.get("members")
    members = [m for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []
    people = [_who(m) for m in members if m.get("m_is_living") != "no" and m.get("m_name")]
    return sorted(people, key=lambda one: not one.is_head) or [applicant_of(routing, [])]


def applicant_of(routing: Routing, household: list[Who]) -> Who:
    """Who applied, with what the form says about them; 民政 and the departments know the household by this name."""
    case, number = routing.case, routing.case.declaration.id_number or ""
    here = next((one for one in household if number and one.number == number), None)
    return here or Who(case.applicant_name, number, {}, is_head=False)


def answers_of(routing: Routing) -> Mapping[str, Any]:
    """The form of the visit that counts."""
    visit = current_visit(routing.case)
    found = json.loads(visit.answers_text) if visit else {}
    return found if isinstance(found, dict) else {}


def _who(member: Mapping[str, Any]) -> Who:
    seen = identity.normalise_id(str(member.get("m_id_number") or ""), date.max)
    return Who(str(member["m_name"]), seen.number, member, is_head=member.get("m_relation") == Relation.HEAD)


def people_for(routing: Routing, category: str, household: list[Who]) -> list[Who]:
    """Whose rows a routing has: everybody in the national system, the disabled, the children, else one."""
    if routing.queue == Queue.RELAPSE_PREVENTION:
        return household
    day = clock.local(routing.routed_at).date()
    match category:
        case AssistanceCategory.DISABILITY:
            wanted = [one for one in household if Health.DISABLED in _several(one, "m_health")]
        case AssistanceCategory.CHILD:
            wanted = [one for one in household if (age_of(one.answers, day) or CHILD_UNTIL) < CHILD_UNTIL]
        case _:
            wanted = []
    return wanted or [applicant_of(routing, household)]


def cells(
    routing: Routing,
    answers: Mapping[str, Any],
    who: Who,
    household: list[Who],
    made: Decision | None,
    places: Mapping[str, str],
    *,
    is_whole: bool,
) -> dict[str, str]:
    """{heading: what stands below it} for one person, in every system's words; what is not in it is not known here."""
    case, told = routing.case, routing.case.declaration
    village = case.village.short_name if case.village else ""
    size = (visit.living_size if (visit := current_visit(case)) else None) or told.family_size
    phone = told.phone or ""
    day = clock.local(routing.routed_at).date()
    name, number = shown(who, is_whole=is_whole)
    head_name, head_number = shown(household[0], is_whole=is_whole) if household[0].is_head else ("", "")
    phone = phone if is_whole else identity.mask_phone(phone)
    is_applicant = bool(who.number) and who.number == told.id_number
    return {
        "省": PROVINCE, "市": places.get(case.county_code[:4], ""), "县": places.get(case.county_code, ""),
        "乡": case.township.name, "乡镇": case.township.name, "村": village, "社(组)": case.group_text,
        "姓名": name, "户主姓名": name if routing.queue != Queue.RELAPSE_PREVENTION else head_name,
        "性别": who.sex, "年龄": str(age) if (age := age_of(who.answers, day)) is not None else "",
        "出生日期": who.born(is_whole=is_whole), "证件类型": CARD if who.number else "", "证件号码": number,
        "身份证号码": number, "身份证号": number, "户主证件号码": head_number, "户联系电话": phone, "联系电话": phone,
        "成员联系电话": phone if is_applicant else "", "年度": str(day.year), "家庭人口": str(size or ""),
        "家庭住址": f"{case.township.name}{village}{case.group_text}",
        "救助原因": told.risk_text or "", "困难原因": told.risk_text or "", "具体问题": routing.reason,
        "交办时间": day.isoformat(),
        "受理时间": clock.local(routing.accepted_at).date().isoformat() if routing.accepted_at else "",
    } | _personal(who, answers, is_whole=is_whole) | _decided(made) | _beside(who, household, is_whole=is_whole)  # fmt: skip


def shown(who: Who, *, is_whole: bool) -> tuple[str, str]:
    """Name and number as they go out."""
    return (who.name, who.number) if is_whole else (identity.mask_name(who.name), identity.mask_id(who.number))


def _personal(who: Who, answers: Mapping[str, Any], *, is_whole: bool) -> dict[str, str]:
    told, benefits = who.answers, _several(who, "m_benefits")
    here = answers.get("current_benefits")
    dibao = Benefit.DIBAO in benefits or (isinstance(here, list) and Benefit.DIBAO in here)
    is_known = bool(benefits) or isinstance(here, list)
    months, card = told.get("m_work_months"), str(told.get("m_disability_card") or "")
    return {
        "与户主关系": _word(Relation, told.get("m_relation")), "文化程度": _word(Education, told.get("m_education")),
        "在校生状况": _schooling(told), "学校年级": _schooling(told), "劳动技能": _word(Labour, told.get("m_labour")),
        "务工时间（月）": str(months) if isinstance(months, int) else "",
        "健康状况": "、".join(_word(Health, code) for code in _several(who, "m_health")),
        "是否享受低保": ("是" if dibao else "否") if is_known else "",
        "是否特困供养人员": ("是" if Benefit.TEKUN in benefits else "否") if benefits else "",
        "残疾证号": card if is_whole else identity.mask_id(card),
        "自理能力": _word(SelfCare, told.get("m_self_care")),
        "残疾类别": _word(DisabilityKind, told.get("m_disability_kind")),
        "残疾等级": _word(DisabilityLevel, told.get("m_disability_level")),
    }  # fmt: skip


def _decided(made: Decision | None) -> dict[str, str]:
    if made is None:
        return {}
    yuan = f"{made.amount_fen / 100:.2f}" if made.amount_fen is not None else ""
    detail, starts = _word(DecisionDetail, made.detail), f"{made.starts_on:%Y-%m}" if made.starts_on else ""
    return {
        "保障人口": str(made.people_count or ""), "保障类别": detail, "供养方式": detail, "救助类型": detail, "类别": detail,
        "月保障金额(元)": yuan, "救助金额": yuan, "月标准": yuan, "补贴标准": yuan, "基本生活标准(月)": yuan,
        "起始享受时间": starts, "起领时间": starts, "起补时间": starts, "审批时间": made.decided_on.isoformat(),
    }  # fmt: skip


def _beside(who: Who, household: list[Who], *, is_whole: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    others = [one for one in household if one is not who]
    for n, one in enumerate(others[:MOST_BESIDE], 1):
        found[f"成员{n}姓名"], found[f"成员{n}身份证号"] = shown(one, is_whole=is_whole)
    return found


def _several(who: Who, key: str) -> list[str]:
    told = who.answers.get(key)
    return [str(code) for code in told] if isinstance(told, list) else []


def _word(book: type[LabelEnum], code: object) -> str:
    known = {str(one): one for one in book}.get(str(code or ""))
    return NATIONAL.get(known, known.standard) if known is not None else ""


def _schooling(told: Mapping[str, Any]) -> str:
    """七年级, 普通高中二年级: the national list names the year where there is one."""
    word, grade = _word(Schooling, told.get("m_schooling")), told.get("m_grade")
    if not isinstance(grade, int) or not 0 < grade <= len(YEARS):
        return word
    if told.get("m_schooling") == Schooling.JUNIOR:
        return f"{YEARS[grade + 5 if grade <= len('七八九') else grade - 1]}年级"
    return f"{word}{YEARS[grade - 1]}年级" if told.get("m_schooling") in set(BY_YEAR) else word
