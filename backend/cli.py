"""Commands: flask --app wsgi import | compare | publish."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from backend import clock
from backend.documents import command_messages as messages
from backend.documents.comparison_report import comparison_report
from backend.documents.row_errors import row_error_sheet
from backend.domain import comparison_run, intake, publication
from backend.models import ImportBatch, db
from backend.problems import Problem
from backend.storage import sandbox

KINDS = ("dibao", "tekun", "temporary", "child", "disability")
FILE = click.argument("file", type=click.Path(path_type=Path))
ERRORS = click.option("--errors", type=click.Path(path_type=Path), help="write the rows with problems to this .xlsx")

imports = AppGroup("import", help="Import declarations or a roster from a file.")


def register(app: Flask) -> None:
    """Attach the commands to `app`."""
    for command in (imports, compare, publish):
        app.cli.add_command(command)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _import(file: Path, errors: Path | None, bring_in: Callable[[bytes, str], ImportBatch]) -> None:
    """Read, import whole or not at all, commit, and say what happened."""
    try:
        if not file.is_file():
            raise Problem("file_missing", name=file)
        content = file.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        intake.refuse_second_import(sha256)
        click.echo(messages.READING.format(name=file.name))
        batch = bring_in(content, sha256)
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        raise click.ClickException(problem.message) from problem
    _say(messages.imported(batch))
    if errors is not None:
        errors.write_bytes(row_error_sheet(batch))


@imports.command("declarations")
@FILE
@ERRORS
def import_declarations(file: Path, errors: Path | None) -> None:
    """Import the declarations of FILE (.xlsx, .xls, .ods, .csv)."""

    def bring_in(content: bytes, sha256: str) -> ImportBatch:
        reading = sandbox.parse_declarations(content, file.name, clock.local(clock.now()).date())
        return intake.import_declarations(reading, file_name=file.name, sha256=sha256, actor=None)

    _import(file, errors, bring_in)


@imports.command("roster")
@FILE
@click.option("--kind", type=click.Choice(KINDS), help="what roster it is, when the file does not say")
@ERRORS
def import_roster(file: Path, kind: str | None, errors: Path | None) -> None:
    """Import the roster in FILE; its kind and columns are detected."""

    def bring_in(content: bytes, sha256: str) -> ImportBatch:
        reading = sandbox.parse_roster(content, file.name, clock.local(clock.now()).date(), kind)
        return intake.import_roster(reading, file_name=file.name, sha256=sha256, actor=None)

    _import(file, errors, bring_in)


@click.command("compare")
@click.option("--report", type=click.Path(path_type=Path), help="write every result to this JSON file")
def compare(report: Path | None) -> None:
    """Compare all declarations with all rosters."""
    try:
        run = comparison_run.run_comparison(actor=None, tell=_tell)
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        raise click.ClickException(problem.message) from problem
    outcome = comparison_report()
    _say(messages.compared(run, outcome["published"]))
    if report is not None:
        _write(report, outcome)


def _tell(step: str, count: int) -> None:
    click.echo(messages.COMPARING[step].format(count=count))


def _write(report: Path, outcome: dict[str, Any]) -> None:
    try:
        report.write_text(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(Problem("unwritable", name=report).message) from error


@click.command("publish")
def publish() -> None:
    """Publish the warnings of the comparison: each becomes a case with a deadline."""
    findings = db.session.scalars(publication.waiting(None)).all()
    ready = [finding for finding in findings if finding.declaration.township_code]
    held = [finding.declaration.source_no for finding in findings if not finding.declaration.township_code]
    cases = publication.publish_warnings(ready, actor=None) if ready else []
    db.session.commit()
    _say(messages.published(cases))
    if held:
        raise click.ClickException(messages.HELD_BACK.format(count=len(held), numbers="、".join(held[:20])))
