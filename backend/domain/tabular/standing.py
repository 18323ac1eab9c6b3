"""Whether a roster row is still receiving: status words, stop dates, remarks (DOMAIN 4.2, M7)."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from backend.domain.tabular.cells import Cell, compact, is_blank, text_of
from backend.domain.tabular.dates import Moment, read_moment, read_period

_EMPTY_BEFORE = 1990  # 1900-01-00 is how a spreadsheet shows an empty date
_RESUMED = re.compile(r"恢复|重新(?:纳入|享受|发放)|续保|未停|不停|暂未|渐退|继续|复核通过|年审通过|无异动|没有停")
_STOPPED = re.compile(
    r"停|取消|注销|终止|退出|退保|清退|核减|死亡|去世|亡故|病故|过世|已故|迁出|迁移|销户|失效|不再|不享受|不在|未享受|减少|减员|移除|脱保|"
    r"核销|期满|结束|转出|已转(?![账帐款])|转为|除名|离世|户口迁|出列|非在|未在|无效|不正常|不发"
)
_REFUSED = re.compile(
    r"未通过|不通过|不予|不符合|未批|待审|待批|审核中|审批中|办理中|申请中|受理中|公示中|拟|退回|驳回|撤回|撤销|不同意|未确认|待确认|初审|待核|拒绝|否决|作废"
)
_ACTIVE = re.compile(r"在享|正常|享受|在保|在册|在供|发放|有效|新增|通过|同意|批准|不变|保留|纳入|在领|在发")
_YES = frozenset(["是", "1", "Y", "YES", "TRUE", "√", "有", "对", "✓", "✔", "T"])
_NO = frozenset(["否", "0", "N", "NO", "FALSE", "×", "X", "无", "非", "F"])
_VAGUE = frozenset(["无", "×", "X", "有"])
_KIN = re.compile(r"父|母|妻|丈夫|配偶|儿子|女儿|双亲|爷|奶|孙|家人|老伴|户主|婆|公公|监护")
_REMARK = re.compile(
    r"(?:停发|停保|停补|停享|取消(?!农转非)|注销|清退|退出|退保|终止|死亡|去世|病故|亡故|已故|迁出|不再享受|转特困|转孤儿)"
)


class Standing(NamedTuple):
    """is_stopped without a day means: stopped, nobody wrote when. is_refused: never granted."""

    is_stopped: bool
    is_refused: bool
    started_on: date | None
    ended_on: date | None
    text: str
    is_contradictory: bool = False


@lru_cache(maxsize=4096)
def read_status(text: str, heading: str) -> str:
    """ "active", "stopped", "refused" or "" for one status cell under its heading."""
    if not text:
        return ""
    upper = text.upper()
    if upper in _VAGUE and "是否" not in heading:
        return ""
    if upper in _YES or upper in _NO:
        is_yes = upper in _YES
        is_about_stop = bool(re.search(r"停|取消|退出|终止|注销|死亡|清退", heading))
        return "stopped" if is_yes == is_about_stop else "active"
    if _RESUMED.search(text):
        return "active"
    if _REFUSED.search(text) and not re.search("停|死亡|取消|注销", text):
        return "refused"
    if _STOPPED.search(text):
        return "stopped"
    return "active" if _ACTIVE.search(text) else ""


@lru_cache(maxsize=16384)
def read_remark(text: str) -> tuple[bool, date | None]:
    """(is it noted as stopped, on which day) from a remark such as 2023年3月停发."""
    if not text or not _REMARK.search(text) or _RESUMED.search(text) or len(text) > 30:
        return False, None
    if _KIN.search(text) and not re.search("停发|停保|取消|注销|清退|退保", text):
        return False, None
    found = re.search(r"(?:20)?\d{2}\s*[年./-]\s*\d{1,2}(?:\s*[月./-]\s*\d{1,2}日?)?月?|20\d{4,6}", text)
    moment = read_moment(found[0]) if found else None
    return True, moment.first_day if moment else None


class Signs(NamedTuple):
    """The cells of one row that speak about its standing, None where there is no column."""

    status: Cell = None
    status_heading: str = ""
    flag: Cell = None
    flag_heading: str = ""
    reason: Cell = None
    stop: Cell = None
    stop_heading: str = ""
    until: Cell = None
    period: Cell = None
    start: Cell = None
    remark: Cell = None
    is_stop_sheet: bool = False


def judge(signs: Signs) -> Standing:
    """Weigh all signs of a row: a written stop day first, then the status, then reason and remark."""
    text = compact(signs.status)
    status = read_status(text, signs.status_heading)
    began, until = read_period(signs.period) if not is_blank(signs.period) else (None, None)
    start = read_moment(signs.start) or began
    stop = None if is_blank(signs.stop) else read_moment(signs.stop)
    if stop is not None and stop.at.year < _EMPTY_BEFORE:
        stop = None
    remarked, remarked_on = read_remark(text_of(signs.remark)) if isinstance(signs.remark, str) else (False, None)
    ended = _stop_day(stop, signs.stop_heading)
    is_stopped = status == "stopped" or _is_flagged(signs) or ended is not None
    if status != "active" and not is_stopped:
        lasted = read_moment(signs.until) or until
        ended = lasted.last_day if lasted else None
        is_stopped = ended is not None or remarked or signs.is_stop_sheet
        is_stopped = is_stopped or (not is_blank(signs.reason) and not status)
    elif status == "active" and remarked:
        is_stopped = True
    if is_stopped and ended is None:
        ended = remarked_on or (until.last_day if until else None)
    return Standing(
        is_stopped=is_stopped,
        is_refused=status == "refused",
        started_on=start.first_day if start else None,
        ended_on=ended if is_stopped else None,
        text=text[:20],
        is_contradictory=status == "active" and ended is not None,
    )


def _is_flagged(signs: Signs) -> bool:
    if read_status(compact(signs.flag), signs.flag_heading) == "stopped":
        return True
    if is_blank(signs.stop) or read_moment(signs.stop) is not None or compact(signs.stop).upper() in _NO | _VAGUE:
        return False
    return read_status(compact(signs.stop), "") == "stopped"


def _stop_day(stop: Moment | None, heading: str) -> date | None:
    """停发时间 2023-05 stops with the first day; 截止 or 止享 2023-05 means through the month's end."""
    if stop is None:
        return None
    return stop.last_day if re.search(r"截止|止享|享受止|至|最后", heading) else stop.first_day
