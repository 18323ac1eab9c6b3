"""Plain functions that bring a household to a point of its way, through the verbs themselves."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from backend import clock
from backend.codebook import ComparisonCode
from backend.domain import assignment, identity, publication, review, routing, visits
from backend.models import Case, Comparison, ComparisonRun, Declaration, Routing, User, Visit, db
from tests import phone
from tests.cast import MAOSHAN, Cast

MONDAY = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)  # 09:30 in the office
_numbers = count(1)


def id_number(born: str = "19710630", order: int = 5) -> str:
    """A number of county 620599, which does not exist, with a right check digit."""
    first17 = f"620599{born}{order:03d}"
    return first17 + identity.checksum_of(first17)


def declare(name: str = "马占福", *, village: str | None = MAOSHAN, **other: Any) -> Declaration:
    """Somebody declares hardship. `other` overrides columns, `id_number` and `phone` included."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "source_no": f"T{number:06d}",
        "hardship_text": "今年住院花了三万六，牛都卖完了。",
        "risk_text": "因病",
        "county_code": village[:6] if village else "620525",
        "township_code": village[:9] if village else None,
        "village_code": village,
        "group_text": "三社",
        "family_size": 5,
        "submitted_at": MONDAY - timedelta(days=3),
        "id_number": id_number(order=number % 1000),
        "phone": f"1200000{number % 10000:04d}",
    } | other
    sealed = {key: values.pop(key) for key in ("id_number", "phone")}
    declaration = Declaration(applicant_name=name, name_folded=identity.fold_name(name), **values)
    declaration.id_number, declaration.phone = sealed["id_number"], sealed["phone"]
    db.session.add(declaration)
    return declaration


def compare(declaration: Declaration, code: ComparisonCode = ComparisonCode.M9, **other: Any) -> Comparison:
    """What the rosters said: by default nothing, so that it becomes a warning."""
    run = ComparisonRun(run_at=MONDAY, rule_version="test")
    told = {"code": code, "is_warned": True, "found_at": declaration.submitted_at} | other
    finding = Comparison(declaration=declaration, run=run, **told)
    db.session.add(finding)
    db.session.flush()
    return finding


def publish(declaration: Declaration | None = None, *, at: datetime | None = None, **other: Any) -> Case:
    """A warning is published (at `at`, default now) and waits for visitors."""
    declaration = declaration or declare(**other)
    return publication.publish_warnings([compare(declaration)], actor=None, at=at)[0]


def assigned_case(
    cast: Cast, *, main: User | None = None, companion: User | None = None, at: datetime | None = None, **other: Any
) -> Case:
    """A household of 毛山村 to which 米建军 goes with 丁志强, unless said otherwise."""
    with clock.standing_at(at or clock.now()):
        case = publish(**other)
        assignment.assign(
            case,
            main=main or cast.mi_jianjun,
            companion=companion or cast.ding_zhiqiang,
            actor=cast.bai_caixia,
        )
    return case


def visit_case(case: Case, *, author: User, **answers: Any) -> Visit:
    """The household is visited now; nothing is missing from the form, of which `answers` override some."""
    sheet = {"visited_at": clock.now(), "form_version": 1, "answers": phone.answers(**answers)}
    visit, _ = visits.record_visit(case, sheet, actor=author)
    return visit


def visited_case(cast: Cast, **other: Any) -> Case:
    """米建军 has handed in a whole form; the township looks at it next."""
    case = assigned_case(cast, **other)
    visit_case(case, author=cast.mi_jianjun)
    return case


def reviewed_case(cast: Cast, **other: Any) -> Case:
    """白彩霞 found the visit good; it has no queue yet."""
    case = visited_case(cast, **other)
    review.approve(case, actor=cast.bai_caixia)
    return case


def routed_case(cast: Cast, *, to: Mapping[str, Sequence[str]] | None = None, **other: Any) -> Case:
    """白彩霞 sent it on, to 住房 unless said otherwise."""
    case = reviewed_case(cast, **other)
    routing.route(case, to={"housing": []} if to is None else to, reason="墙裂了", actor=cast.bai_caixia)
    db.session.flush()
    return case


def accepted_routing(cast: Cast, worker: User, *, to: Mapping[str, Sequence[str]]) -> Routing:
    """The first routing of a new case, taken on by `worker`."""
    return routing.accept(routed_case(cast, to=to).routings[0], actor=worker)
