"""比对 over the database gives what the rule gives, leaves published work alone, and tells it."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from backend.documents.comparison_report import comparison_report
from backend.domain import comparison_run, intake, publication
from backend.models import Comparison, Declaration, Event, Parameter, db
from backend.problems import Problem
from backend.storage import sandbox
from tests.domain.samples import TODAY, expected, sample_folder
from tests.domain.test_intake import MA, bring, bring_roster, row
from tests.factories import MONDAY, declare, id_number

HEAD = ["D1", "恭门镇", "毛山村", "马占福", MA, "整户保", "", ""]


def finding() -> Comparison:
    return db.session.scalars(select(Comparison)).one()


def test_nothing_to_compare(app):
    with pytest.raises(Problem) as caught:
        comparison_run.run_comparison(actor=None)
    assert caught.value.code == "nothing_to_compare"


def test_finding_points_to_the_roster_row(app, cast):
    bring(row("S1"))
    bring_roster(HEAD)
    run = comparison_run.run_comparison(actor=cast.tuo_fuying)
    found = finding()
    assert (found.code, found.is_warned, found.roster_kind, found.roster_entry.row) == ("M1", False, "dibao", 3)
    assert (run.counts, run.run_by, len(run.batch_ids)) == ({"M1": 1}, cast.tuo_fuying.id, 2)
    assert db.session.scalars(select(Event.tag).order_by(Event.id.desc())).first() == "comparison:run"


def test_a_county_compares_by_its_own_parameters(app, cast):
    bring(row("S1"))
    run = comparison_run.run_comparison(actor=cast.tuo_fuying)
    assert run.parameters["temporary_window_months"] == 6
    day = date(2023, 5, 2)
    db.session.add(
        Parameter(key="temporary_window_months", area_code="620525", value=3, valid_from_on=day, source="县里定")
    )
    db.session.flush()
    assert comparison_run.run_comparison(actor=cast.tuo_fuying).parameters["temporary_window_months"] == 3
    assert comparison_run.run_comparison(actor=None).parameters["temporary_window_months"] == 6


def test_a_newer_roster_changes_what_is_not_published(app):
    bring(row("S1"))
    comparison_run.run_comparison(actor=None)
    assert finding().code == "M9"
    bring_roster(HEAD)
    comparison_run.run_comparison(actor=None)
    assert finding().code == "M1"


def test_published_warning_stays_and_takes_the_second_declaration(app):
    bring(row("S1"))
    comparison_run.run_comparison(actor=None)
    publication.publish_warnings([finding()], actor=None)
    db.session.flush()
    bring_roster(HEAD)
    bring(row("S2"), sha="d" * 64)
    comparison_run.run_comparison(actor=None)
    report = comparison_report()["results"]
    assert (report["S1"]["code"], report["S2"]["code"], report["S2"]["into"]) == ("M9", "DUP", "S1")


def test_answered_finding_is_not_asked_again(app):
    bring(row("S1"))
    bring_roster(["D1", "恭门镇", "毛山村", "李占福", MA, "整户保", "", ""])
    comparison_run.run_comparison(actor=None)
    found = finding()
    assert found.code == "M2"
    found.answer, found.is_warned = "not_same", True
    comparison_run.run_comparison(actor=None)
    assert finding().is_warned


@pytest.mark.slow
def test_six_samples_through_child_database_and_report(app):
    for path in sorted(sample_folder().iterdir()):
        content, sha = path.read_bytes(), path.name.encode().hex()[:64].ljust(64, "0")
        if "报贫" in path.name:
            reading = sandbox.parse_declarations(content, path.name, TODAY)
            intake.import_declarations(reading, file_name=path.name, sha256=sha, actor=None)
        else:
            roster = sandbox.parse_roster(content, path.name, TODAY)
            intake.import_roster(roster, file_name=path.name, sha256=sha, actor=None)
    comparison_run.run_comparison(actor=None)
    report, want = comparison_report(), expected()
    assert (report["declarations"], report["published"], report["counts"]) == (200, want["published"], want["counts"])
    for number, one in want["results"].items():
        got = report["results"][number]
        assert [got["code"], got["warned"], got["roster"], got["into"]] == [
            one["code"], one["warned"], one["roster"], one.get("into"),
        ]  # fmt: skip
    numbers = [d.id_number for d in db.session.scalars(select(Declaration)) if d.id_number]
    assert not any(number in json.dumps(report) for number in numbers)


def test_a_repeat_stays_merged_after_the_case_it_went_into_is_closed(cast):
    number = id_number(order=77)
    declare(id_number=number)
    again = declare(id_number=number, submitted_at=MONDAY)
    comparison_run.run_comparison(actor=None)
    (case,) = publication.publish_warnings(db.session.scalars(publication.waiting(None)), actor=None)
    case.stage, case.closed_at = "closed", MONDAY
    db.session.flush()
    comparison_run.run_comparison(actor=None)
    assert db.session.get(Comparison, again.id).code == "DUP"
    assert db.session.scalars(publication.waiting(None)).all() == []
