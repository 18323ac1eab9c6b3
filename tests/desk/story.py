"""Twelve days of a county in which everything happens that makes documents and pages differ, and what its pages say."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from openpyxl import load_workbook

from backend import clock
from backend.codebook import ComparisonCode
from backend.desk.moment import moment_word
from backend.domain import (
    comparison_answer,
    decision,
    explanation,
    extension,
    formal_steps,
    inspection,
    objection,
    review,
    routing,
    supervision,
    support,
    transfer,
    voiding,
)
from backend.models import Area, Case, ImportBatch, RosterEntry, db
from tests import phone
from tests.cast import LISHAN, LONGSHAN, MAOSHAN
from tests.domain.test_quarantine import bring
from tests.factories import assigned_case, compare, declare, id_number, publish, visit_case

INK = {"strokes": [[1, 2, 3, 4]]}
SIGNED = {"signature_visitor_1": INK, "signature_visitor_2": INK, "signature_interviewee": INK, "photos": []}
LINK = re.compile(r'href="/(?:cases|oversight/declarations)/?\?([^"]*figure=[^"]*)">([\d,]+)</a>')
# Days back from now between which something changed.
MOMENTS = (0.0, 2.5, 4.5, 6.5, 8.5, 9.5)


class Story:
    """`begun` is now; `back(days)` goes back from it. Households by what happened to them."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.begun = cast, clock.now()
        self.cases: dict[str, Case] = {}

    @contextmanager
    def back(self, days: float) -> Iterator[datetime]:
        moment = self.begun - timedelta(days=days)
        with clock.standing_at(moment):
            yield moment
        db.session.flush()

    def day(self, days: float) -> Any:
        return clock.local(self.begun - timedelta(days=days)).date()


def tell(cast: Any) -> Story:
    """The whole story, through the verbs; everything is published twelve days ago with a limit of five."""
    story = Story(cast)
    for name in ("good", "late", "longer", "longer_seen", "gone", "moved", "refused"):
        story.cases[name] = assigned_case(cast, at=story.begun - timedelta(days=12), pushed_on=story.day(13))
    story.cases["missed"] = publish(name="李占福", village=LISHAN, at=story.begun - timedelta(days=12))
    _declarations(story)
    _petitions(story)
    _visits(story)
    _results(story)
    with story.back(5):
        transfer.transfer(
            story.cases["moved"], to=db.session.get(Area, LONGSHAN), reason="搬到龙山镇两年了", actor=cast.bai_caixia
        )
    _afterwards(story)
    db.session.commit()
    return story


def _afterwards(story: Story) -> None:
    """A 督办 that is answered, and an objection that waits."""
    cast = story.cast
    with story.back(3):
        objection.raise_objection(
            story.cases["refused"].routings[0], raised_on=story.day(3), relation="head", text="我家还有一个病人没算进去",
            actor=cast.bai_caixia,
        )  # fmt: skip
    with story.back(2):
        made = inspection.record_inspection(
            db.session.get(Area, LONGSHAN), inspected_on=story.day(2), team="县联合组", households_checked=5, found_real=4,
            actor=cast.mao_zhiqiang,
        )  # fmt: skip
        inspection.add_finding(made, kind="photo", problem="两户缺照片", rectification="补拍", due_on=story.day(-3),
                               actor=cast.mao_zhiqiang)  # fmt: skip
    with story.back(1):
        told = supervision.issue_notice(
            db.session.get(Area, LONGSHAN), cases=[story.cases["missed"]], due_at=story.begun + timedelta(days=2),
            matter="超期没有入户", reply_wanted="写原因", actor=cast.mao_zhiqiang,
        )  # fmt: skip
    with story.back(0.5):
        supervision.answer_notice(told, answer="明天去", actor=cast.li_zhanfu)


def _declarations(story: Story) -> None:
    with story.back(11):
        compare(declare(name="铁生福"), ComparisonCode.M1, is_warned=False, roster_kind="disability",
                roster_entry=_on_a_roster(story))  # fmt: skip
        compare(declare(name="马占福"), ComparisonCode.DUP, is_warned=False,
                into_declaration=story.cases["good"].declaration)  # fmt: skip
        wrong = compare(declare(name="苏有存"), ComparisonCode.MX, is_warned=False)
    with story.back(5):
        comparison_answer.answer(wrong, said="corrected", id_number=id_number(), actor=story.cast.tuo_fuying)
    with story.back(7):
        item = bring(story.cast, "discovery", phone.discovery(MAOSHAN, found_at=clock.iso(clock.now())))
        story.cases["found"] = db.session.get(Case, item.case_id)


def _on_a_roster(story: Story) -> RosterEntry:
    batch = ImportBatch(subject="roster", file_name="残补.xlsx", sha256="a" * 64, imported_at=clock.now())
    return RosterEntry(
        batch=batch, kind="disability", role="self", row=7, name="铁生福", name_folded="铁生福", category="护理补贴",
        started_on=story.day(400), amount_fen=10_000,
    )  # fmt: skip


def _visits(story: Story) -> None:
    with story.back(11):
        bring(story.cast, "attempt", phone.attempt(story.cases["longer"]), seq=2)
    for name, days in (("good", 11), ("refused", 10), ("found", 6), ("longer_seen", 4), ("late", 2)):
        with story.back(days):
            case = story.cases[name]
            visit_case(case, author=story.cast.mi_jianjun, **SIGNED)
            review.approve(case, actor=story.cast.bai_caixia)


def _petitions(story: Story) -> None:
    cast = story.cast
    for name, until in (("longer", -5), ("longer_seen", 3)):
        with story.back(9):
            asked = extension.request_extension(
                story.cases[name], until_on=story.day(until), reason="全家在兰州务工", actor=cast.bai_caixia
            )
        with story.back(8):
            extension.approve(asked, actor=cast.mao_zhiqiang)
    with story.back(6):
        asked = voiding.request_voiding(
            story.cases["gone"], reason_code="moved", reason="迁到外县了", actor=cast.bai_caixia
        )
        voiding.approve(asked, actor=cast.mao_zhiqiang)


def _results(story: Story) -> None:
    cast, good = story.cast, story.cases["good"]
    with story.back(10):
        to: Mapping[str, list[str]] = {
            "social_assistance": ["dibao", "disability", "temporary"],
            "water": [],
            "relapse_prevention": [],
        }
        routing.route(good, to=to, reason="属实", actor=cast.bai_caixia)
    mz, water, monitor = (
        next(one for one in good.routings if one.queue == queue)
        for queue in ("social_assistance", "water", "relapse_prevention")
    )
    with story.back(9):
        routing.accept(mz, actor=cast.tuo_fuying)
        routing.accept(water, actor=cast.feng_youcai)
        formal_steps.record_step(
            mz, category="dibao", step="check_started", happened_on=story.day(9), actor=cast.tuo_fuying
        )
    with story.back(7):
        decision.decide(mz, outcome="included", category="dibao", detail="class_2", decided_on=story.day(7),
                        amount_fen=58_000, people_count=3, actor=cast.tuo_fuying)  # fmt: skip
        decision.decide(mz, outcome="included", category="disability", detail="nursing", decided_on=story.day(7),
                        amount_fen=10_000, people_count=1, actor=cast.tuo_fuying)  # fmt: skip
        decision.decide(mz, outcome="included", category="temporary", decided_on=story.day(7), amount_fen=123_456,
                        actor=cast.tuo_fuying)  # fmt: skip
        support.add_measure(water, need="water", text="接通水管", responsible="冯有才", starts_on=story.day(7),
                            funds_fen=120_000, actor=cast.feng_youcai)  # fmt: skip
    with story.back(4):
        decision.decide(water, outcome="solved", decided_on=story.day(4), is_satisfied=True, actor=cast.feng_youcai)
    with story.back(3):
        routing.return_to_township(monitor, reason="先办低保", actor=cast.mao_zhiqiang)
    _refusals(story)


def _refusals(story: Story) -> None:
    cast = story.cast
    with story.back(9):
        routing.route(story.cases["refused"], to={"explanation": []}, reason="收入高于标准", actor=cast.bai_caixia)
    with story.back(8):
        explanation.explain(
            story.cases["refused"], reason_codes=["income"], text="收入高于标准，有变化再报", method="in_person",
            receipt="signed", explained_at=clock.now(), actor=cast.bai_caixia,
        )  # fmt: skip
    with story.back(5):
        routing.route(story.cases["found"], to={"housing": []}, reason="房檐掉瓦", actor=cast.bai_caixia)


def word_at(story: Story, days: float) -> str:
    """The moment so many days back, as addresses say it."""
    return moment_word(story.begun - timedelta(days=days) if days else clock.now())


def page_numbers(mine: Any, word: str, area: str = "620525") -> Counter[tuple[str, str]]:
    """{(area, figure): number} as the four pages of figures print them; what they print as 0 is left out."""
    told: Counter[tuple[str, str]] = Counter()
    for part in ("time", "declared", "results", "quality"):
        answer = mine.get(f"/oversight/?area={area}&part={part}&as_of={word}")
        assert answer.status_code == 200
        for query, number in LINK.findall(answer.text):
            fields = dict(pair.split("=", 1) for pair in query.replace("&amp;", "&").split("&"))
            # Households stand before the people and the money that lead to the same list.
            told.setdefault((fields["area"], fields["figure"]), int(number.replace(",", "")))
    return told


def page_table(mine: Any, part: str, word: str, area: str = "620525") -> dict[str, dict[str, str]]:
    """{line: {"upper/lower" heading: words}} of one part of the page of figures, as it is printed."""
    page = mine.get(f"/oversight/?area={area}&part={part}&as_of={word}").text
    table = re.search(r'<table class="fig">(.*?)</table>', page, re.S)[1]
    above, below = re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[0], re.S)
    groups = [
        group
        for attributes, group in re.findall(r"<th([^>]*)>(.*?)</th>", above)[1:]
        for _ in range(int((re.search(r'colspan="(\d+)"', attributes) or [0, 1])[1]))
    ]
    heads = [f"{group}/{label}" for group, label in zip(groups, re.findall(r"<th[^>]*>(.*?)</th>", below), strict=True)]
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("<tbody>")[1], re.S)
    found = (
        [re.sub(r"<[^>]+>|\s", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line, re.S)] for line in lines
    )
    return {name: dict(zip(heads, cells, strict=True)) for name, *cells in found}


def sheet_rows(mine: Any, kind: str, word: str, area: str = "620525") -> list[dict[str, Any]]:
    """The rows of a ledger as {heading: cell}; under a two-level head "upper/lower"."""
    answer = mine.get(f"/ledgers/{kind}.xlsx?area={area}&as_of={word}")
    assert answer.status_code == 200, answer.text[:300]
    grid = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows()]
    heads, upper = [], ""
    for above, below in zip(grid[2], grid[3], strict=True):
        upper = above or (upper if below else "")
        heads.append(f"{upper}/{below}" if below else upper)
    return [dict(zip(heads, row, strict=True)) for row in grid[4:] if isinstance(row[0], int) or row[0] == "合计"]
