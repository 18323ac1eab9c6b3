"""What the commands say on the terminal."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from backend import clock
from backend.codebook import ComparisonCode, RosterKind
from backend.models import Case, ComparisonRun, ImportBatch, RowProblem, db
from backend.problems_in_files import row_sentence

SHOWN = 10
READING = "正在读 {name} …"
COMPARING = {"declarations": "要比对的申报 {count} 件", "people": "名册里可能相关的 {count} 人"}
ALREADY_PUBLISHED = "没有新的预警要发布。"
HELD_BACK = "还有 {count} 件没写清乡镇，补上再发布：{numbers}"
MORE = "  …还有 {count} 条，加 --errors 错行.xlsx 可以全部存下来"


def imported(batch: ImportBatch) -> list[str]:
    """How much of a file came in, and the first rows with something wrong."""
    what = (
        "申报" if batch.subject == "declarations" else "、".join(RosterKind(kind).label for kind in batch.roster_kinds)
    )
    month = f"，{batch.roster_month}" if batch.roster_month else ""
    lines = [f"导入完成：{batch.file_name}（{what}{month}），{batch.row_count} 行，收下 {batch.kept_count} 行"]
    problems = db.session.scalars(
        select(RowProblem).where(RowProblem.batch_id == batch.id).order_by(RowProblem.id)
    ).all()
    if problems:
        lines.append(f"有 {len(problems)} 处要看：")
    for problem in problems[:SHOWN]:
        said = row_sentence(
            problem.code, row=problem.row, column=problem.column, seen=problem.seen, sheet=problem.sheet
        )
        lines.append(f"  {said}")
    if len(problems) > SHOWN:
        lines.append(MORE.format(count=len(problems) - SHOWN))
    return lines


def compared(run: ComparisonRun, warnings: int) -> list[str]:
    """The counts of a run, code by code."""
    total = sum(run.counts.values())
    lines = [f"比对完成：申报 {total} 件，预警 {warnings} 件"]
    return lines + [f"  {code} {ComparisonCode(code).label} {count}" for code, count in sorted(run.counts.items())]


def published(cases: list[Case]) -> list[str]:
    """How many warnings went out, and by when they are to be visited."""
    if not cases:
        return [ALREADY_PUBLISHED]
    towns = Counter(case.township_code for case in cases)
    last = clock.local(max(case.due_at for case in cases)) - timedelta(seconds=1)
    return [f"已发布预警 {len(cases)} 件，涉及 {len(towns)} 个乡镇，{last:%Y-%m-%d} 24:00 前入户"]
