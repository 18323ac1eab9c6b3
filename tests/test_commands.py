"""flask import, compare, publish: what a county office does on the command line."""

import json

import pytest
from sqlalchemy import func, select

from backend.models import Case, Declaration, ImportBatch, db
from tests.domain.dirty_batch import Office
from tests.domain.dirty_county import County
from tests.domain.files import comma, id_number
from tests.domain.samples import expected, sample_folder


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def call(*words: str):
        db.session.commit()
        return runner.invoke(args=[str(word) for word in words])

    return call


@pytest.mark.slow
def test_the_whole_way_of_the_samples(run, tmp_path):
    for path in sorted(sample_folder().iterdir()):
        subject = "declarations" if "报贫" in path.name else "roster"
        result = run("import", subject, path)
        assert result.exit_code == 0, result.output
        assert "导入完成" in result.output
    out = tmp_path / "OUT.json"
    assert run("compare", "--report", out).exit_code == 0
    report = json.loads(out.read_text("utf-8"))
    assert set(report) == {"declarations", "published", "counts", "results"}
    assert report["counts"] == expected()["counts"]
    assert {frozenset(one) for one in report["results"].values()} == {
        frozenset(("code", "warned", "roster", "reason", "row", "into"))
    }
    published = run("publish")
    assert (published.exit_code, "114 件" in published.output) == (0, True)
    assert db.session.scalar(select(func.count()).select_from(Case)) == 114
    assert "没有新的预警" in run("publish").output


def test_the_same_file_twice(run):
    path = sample_folder() / "特困供养人员名册.xls"
    assert run("import", "roster", path).exit_code == 0
    again = run("import", "roster", path)
    assert (again.exit_code, "已经导入过" in again.output) == (1, True)


def test_a_bad_file_leaves_nothing_behind(run, tmp_path):
    for name, content in (("a.xlsx", b""), ("b.csv", b"1,2\n3,4\n"), ("c.pdf", b"%PDF-1.4")):
        path = tmp_path / name
        path.write_bytes(content)
        result = run("import", "declarations", path)
        assert result.exit_code == 1
        assert result.output.strip().endswith("。")
    assert run("import", "roster", tmp_path / "nowhere.csv").exit_code == 1
    assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 0


def test_wrong_kind_says_both_kinds(run):
    result = run("import", "roster", sample_folder() / "特困供养人员名册.xls", "--kind", "dibao")
    assert result.exit_code == 1
    assert "农村低保名册" in result.output
    assert "特困供养名册" in result.output
    declared = run("import", "declarations", sample_folder() / "特困供养人员名册.xls")
    assert (declared.exit_code, "特困供养名册" in declared.output) == (1, True)


def test_rows_to_mend_go_to_a_sheet(run, tmp_path):
    errors = tmp_path / "错行.xlsx"
    path = sample_folder() / "一键报贫申报信息_第3批.xlsx"
    assert run("import", "declarations", path, "--errors", errors).exit_code == 0
    assert errors.read_bytes().startswith(b"PK")


def test_a_warning_without_township_waits_and_the_others_go(run, tmp_path):
    heads = ["申报编号", "乡镇", "村", "申请人姓名", "身份证号", "申报时间", "困难情况"]
    rows = [["S1", "恭门镇", "毛山村", "马占福", id_number(), "2024-03-05", "病"]]
    rows.append(["S2", "", "", "李有才", id_number(), "2024-03-05", "病"])
    path = tmp_path / "申报.csv"
    path.write_bytes(comma(heads, *rows))
    run("import", "declarations", path)
    run("compare")
    result = run("publish")
    assert (result.exit_code, "S2" in result.output) == (1, True)
    assert db.session.scalars(select(Case)).one().declaration.source_no == "S1"
    assert db.session.scalar(select(func.count()).select_from(Declaration)) == 2


def test_nothing_to_compare(run):
    result = run("compare")
    assert (result.exit_code, "先导入申报" in result.output) == (1, True)


@pytest.mark.parametrize("seed", [101, 102, 103])
@pytest.mark.slow
def test_another_office_s_batch(run, tmp_path, seed):
    county = County(seed)
    batch = Office(county, seed).batch()
    for subject, files in (("roster", batch.rosters), ("declarations", batch.declarations)):
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
            kind = ["--kind", batch.kinds[name]] if name in batch.kinds else []
            result = run("import", subject, tmp_path / name, *kind)
            assert result.exit_code == 0, result.output
    run("compare", "--report", tmp_path / "OUT.json")
    report = json.loads((tmp_path / "OUT.json").read_text("utf-8"))
    assert {number: (one["code"], one["roster"], one["into"]) for number, one in report["results"].items()} == {
        one.number: (one.code, one.roster, one.into) for one in county.declared
    }
