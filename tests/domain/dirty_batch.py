"""The county's facts as other offices would send them: other words, orders, shapes and formats."""

import random
from dataclasses import dataclass

from tests.domain.dirty_cells import Typist
from tests.domain.dirty_county import County, Declared, Household, Single
from tests.domain.dirty_files import FORMATS, Sheet, write
from tests.domain.dirty_words import APPLICANT, CARD, CARER, DIBAO_SHAPES, WORDS


@dataclass
class Batch:
    declarations: dict[str, bytes]
    rosters: dict[str, bytes]
    kinds: dict[str, str]


class Office:
    """One office's habits, chosen once by the seed and kept through its files."""

    def __init__(self, county: County, seed: int) -> None:
        self.county, self.pick = county, random.Random(seed * 7919 + 1)

    def word(self, key: str) -> str:
        return self.pick.choice(WORDS[key])

    def batch(self) -> Batch:
        county = self.county
        rosters, kinds = {}, {}
        for name, kind, sheets in (
            ("名册一", "dibao", [self.dibao(county.households)]),
            ("名册二", "tekun", [self.tekun(county.tekun)]),
            ("名册三", "temporary", [self.temporary(county.temporary)]),
            ("名册四", "child", [self.orphans(county.orphans), self.unsupported(county.unsupported)]),
            ("名册五", "disability", [self.disability(county.disability)]),
        ):
            form = self.pick.choice(FORMATS[:2] if kind == "child" else FORMATS)
            built = [sheet(Typist(self.pick, is_text=form not in FORMATS[:2])) for sheet in sheets]
            file_name = f"{name}.{form.split('-')[0]}"
            rosters[file_name] = write(built, form, self.pick)
            kinds |= {file_name: kind} if self.pick.random() < 0.5 else {}
        form = self.pick.choice(FORMATS)
        sheet = self.declarations(county.declared)(Typist(self.pick, is_text=form not in FORMATS[:2]))
        return Batch({f"本期.{form.split('-')[0]}": write([sheet], form, self.pick)}, rosters, kinds)

    def _table(self, name: str, title: str, columns: list, people: list, **other: object) -> Sheet:
        """columns: (heading or path, how a row's cell is made)."""
        rows = [[make(one) for _, make in columns] for one in people]
        heads = [head if isinstance(head, tuple) else (head,) for head, _ in columns]
        return Sheet(name, title, heads, rows, total=self.pick.choice(["", "first", "last"]), **other)  # type: ignore[arg-type]

    def _places(self, typist: Typist) -> list:
        return [
            (self.word("serial"), lambda one: ""),
            (self.word("town"), lambda one: one.town),
            (self.word("village"), lambda one: typist.village(one.village)),
        ]

    def declarations(self, people: list[Declared]):
        def build(typist: Typist) -> Sheet:
            who = self.pick.choice(APPLICANT)
            id_word = self.word("id")
            columns = [
                *self._places(typist),
                (self.word("source_no"), lambda one: one.number),
                (who + "姓名" if who else "姓名", lambda one: typist.name(one.name)),
                (who + id_word if self.pick.random() < 0.5 else id_word, lambda one: typist.number(one.id_text)),
                (self.word("phone"), lambda one: "12000000000"),
                (self.word("hardship"), lambda one: "今年住院花了三万六，牛都卖完了，没有收入。"),
                (self.word("at"), lambda one: typist.instant(one.at)),
                ("代申请人姓名", lambda one: "村干部"),
                ("填报人", lambda one: "马有才"),
            ]
            if self.pick.random() < 0.5:
                columns = [columns[0], columns[3], *columns[1:3], *columns[4:]]
            title = self.pick.choice(["农户申报信息推送表", "一键报贫申报明细（第七批）", ""])
            return self._table(self.pick.choice(["Sheet1", "明细", "推送数据"]), title, columns, people)

        return build

    def dibao(self, households: list[Household]):
        def build(typist: Typist) -> Sheet:
            shape = self.pick.choice(DIBAO_SHAPES)
            ordered = sorted(households, key=lambda one: (one.town, one.village))
            title = self.pick.choice(["2024年2月农村低保花名册", "农村最低生活保障对象名册（2024年02月）"])
            if shape.startswith("long"):
                return self._long_dibao(typist, ordered, title, shape)
            columns = [*self._places(typist), *self._household_columns(typist)]
            columns += self._member_columns(typist, shape, max(len(one.members) for one in ordered))
            repeats = [1] if self.pick.random() < 0.5 else []
            return self._table("低保", title, columns, ordered, blank_repeats=repeats)

        return build

    def _household_columns(self, typist: Typist) -> list:
        stop_as_status = self.pick.random() < 0.4
        columns = [
            (self.word("key"), lambda one: one.key),
            (self.pick.choice(["户主姓名", "户主", "申请户主"]), lambda one: typist.name(one.head.name)),
            (self.pick.choice([self.word("id"), "户主" + self.word("id")]), lambda one: typist.number(one.head.number)),
            (self.word("size"), lambda one: 1 + len(one.members)),
            (
                self.word("mode"),
                lambda one: (
                    self.pick.choice(["整户保", "整户"]) if one.is_whole else self.pick.choice(["单人保", "单人"])
                ),
            ),
            ("保障金额（元/月）", lambda one: 417),
            (self.word("start"), lambda one: typist.month(one.started_on)),
        ]
        if stop_as_status:
            words = self.pick.choice([("正常", "停发"), ("在享", "取消"), ("享受", "注销"), ("在保", "退出")])
            heading = self.pick.choice(["享受状态", "状态", "保障状态", "人员状态"])
            return [*columns, (heading, lambda one: words[1] if one.stopped_on else words[0])]
        return [*columns, (self.word("stop"), lambda one: typist.day(one.stopped_on))]

    def _member_columns(self, typist: Typist, shape: str, most: int) -> list:
        def name(n: int):
            return lambda one: typist.name(one.members[n][0].name) if n < len(one.members) else ""

        def number(n: int):
            return lambda one: typist.number(one.members[n][0].number) if n < len(one.members) else ""

        if shape == "text":
            return [("家庭成员及身份证号", lambda one: "；".join(f"{who.name} {who.number}" for who, _ in one.members))]
        id_word, columns = self.word("id"), []
        for n in range(most):
            numeral = "一二三四五六七八九"[n]
            heads = {
                "flat": ((f"成员{n + 1}姓名",), (f"成员{n + 1}{id_word}",)),
                "two-level": ((f"家庭成员{n + 1}", "姓名"), (f"家庭成员{n + 1}", id_word)),
                "ordinal": ((f"共同生活成员{numeral}",), (id_word,)),
                "bare": (("家庭成员情况", "姓名"), ("家庭成员情况", id_word)),
            }[shape]
            columns += [(heads[0], name(n)), (heads[1], number(n))]
        return columns

    def _long_dibao(self, typist: Typist, ordered: list[Household], title: str, shape: str) -> Sheet:
        rows = [(one, who, relation) for one in ordered for who, relation in [(one.head, "户主"), *one.members]]
        if shape == "long-key":
            # 单人保 households list the one person who is covered.
            rows = [(one, who, relation) for one, who, relation in rows if one.is_whole or relation == "户主"]
        columns = [
            (self.word("serial"), lambda row: ""),
            (self.word("town"), lambda row: row[0].town),
            (self.word("village"), lambda row: row[0].village),
            (self.word("key"), lambda row: row[0].key),
        ]
        if shape == "long-head":
            columns += [
                (self.pick.choice(["户主姓名", "户主"]), lambda row: row[0].head.name),
                ("户主证件号", lambda row: row[0].head.number),
            ]
        member = self.pick.choice(["", "成员", "家庭成员"]) if shape == "long-head" else ""
        mode = self.word("mode")
        columns += [
            (member + "姓名", lambda row: typist.name(row[1].name)),
            (member + self.word("id"), lambda row: typist.number(row[1].number)),
            (self.word("relation"), lambda row: row[2]),
            (mode, lambda row: "整户保" if row[0].is_whole else "单人保"),
            ("享受状态", lambda row: "停发" if row[0].stopped_on else "在享"),
        ]
        merged = [1, 2, 3, 4, 5] if shape == "long-head" else [1, 3]
        return self._table("低保人员", title, columns, rows, blank_repeats=merged if self.pick.random() < 0.6 else [])

    def tekun(self, people: list[Single]):
        def build(typist: Typist) -> Sheet:
            carer, id_word = self.pick.choice(CARER), self.word("id")
            columns = [
                *self._places(typist),
                (self.pick.choice(["姓名", "特困人员姓名", "供养对象"]), lambda one: typist.name(one.who.name)),
                ("性别", lambda one: "男"),
                (id_word, lambda one: typist.number(one.who.number)),
                ("供养方式", lambda one: "分散供养"),
                (carer + self.pick.choice(["姓名", ""]), lambda one: typist.name(one.beside["carer"].name)),
                (self.pick.choice([id_word, carer + id_word]), lambda one: typist.number(one.beside["carer"].number)),
                (self.word("start"), lambda one: typist.month(one.started_on)),
            ]
            return self._table("名册", "特困人员救助供养名册", columns, people)

        return build

    def temporary(self, people: list[Single]):
        def build(typist: Typist) -> Sheet:
            columns = [
                *self._places(typist),
                (
                    self.pick.choice(["姓名", "申请人姓名", "救助对象", "户主姓名"]),
                    lambda one: typist.name(one.who.name),
                ),
                (self.word("id"), lambda one: typist.number(one.who.number)),
                ("救助类型", lambda one: "急难型"),
                ("救助方式", lambda one: "发放现金"),
                ("救助金额", lambda one: "1,500.00"),
                ("审批时间", lambda one: typist.day(one.paid_on)),
                (self.word("paid"), lambda one: typist.day(one.paid_on)),
            ]
            return self._table("台账", "临时救助发放台账", columns, people)

        return build

    def orphans(self, people: list[Single]):
        def build(typist: Typist) -> Sheet:
            columns = [
                *self._places(typist),
                (self.pick.choice(["姓名", "儿童姓名"]), lambda one: typist.name(one.who.name)),
                (self.word("id"), lambda one: typist.number(one.who.number)),
                ("监护人", lambda one: typist.name(one.beside["guardian"].name)),
                (self.word("id"), lambda one: typist.number(one.beside["guardian"].number)),
            ]
            return self._table("孤儿", self.pick.choice(["", "孤儿基本生活费发放名册"]), columns, people)

        return build

    def unsupported(self, people: list[Single]):
        def build(typist: Typist) -> Sheet:
            def beside(role: str, what: str):
                return lambda one: (typist.name if what == "name" else typist.number)(getattr(one.beside[role], what))

            columns = [
                *self._places(typist),
                (("儿童", "姓名"), lambda one: typist.name(one.who.name)),
                (("儿童", "证件号"), lambda one: typist.number(one.who.number)),
            ]
            for role, word in (("father", "父亲"), ("mother", "母亲"), ("guardian", "监护人")):
                columns += [((word, "姓名"), beside(role, "name")), ((word, "身份证"), beside(role, "number"))]
            return self._table("事实无人抚养", "", columns, people)

        return build

    def disability(self, people: list[Single]):
        def build(typist: Typist) -> Sheet:
            def collector(what: str):
                return lambda one: getattr(one.beside["collector"], what) if "collector" in one.beside else ""

            columns = [
                *self._places(typist),
                (self.pick.choice(["姓名", "残疾人姓名"]), lambda one: typist.name(one.who.name)),
                (self.word("id"), lambda one: "" if one.card_only else typist.number(one.who.number)),
                (self.pick.choice(CARD), lambda one: one.who.number + self.pick.choice(["41", "62", "33B1"])),
                ("生活补贴（元）", lambda one: 100),
                ("护理补贴（元）", lambda one: 50),
                (self.pick.choice(["代领人", "代领人姓名", "监护人（代领人）"]), collector("name")),
                (self.pick.choice(["代领人身份证号", "身份证号"]), collector("number")),
                ("起补时间", lambda one: typist.month(one.started_on)),
            ]
            return self._table("发放表", "残疾人两项补贴发放花名册", columns, people)

        return build
