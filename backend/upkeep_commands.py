"""Commands for whoever runs the server: flask --app wsgi jobs | orphans | restored | service-worker | admin."""

import os
import signal
import threading
import time

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from backend import clock, upkeep
from backend.codebook import Role
from backend.documents import upkeep_messages as messages
from backend.domain.accounts import NewAccount, open_first_administrator
from backend.domain.orphans import find_orphans
from backend.extensions import settings
from backend.models import Area, db
from backend.problems import Problem
from backend.storage.epoch import begin_epoch
from backend.storage.jobs import keep_assets
from backend.storage.switches import is_service_worker_on, switch_service_worker

jobs = AppGroup("jobs", help="Work after the answer: judge deposits, develop photos, sweep.")
orphans = AppGroup("orphans", help="Leftovers of uploads, older than 30 days.")
admin = AppGroup("admin", help="The first account, which opens all the others.")
service_worker = AppGroup("service-worker", help="Whether phones keep the app for offline use.")


def register(app: Flask) -> None:
    """Attach the commands to `app`."""
    for group in (jobs, orphans, service_worker, admin):
        app.cli.add_command(group)
    app.cli.add_command(restored)


@admin.command("create")
@click.argument("username")
@click.argument("name")
@click.option("--area", required=True, help="code of the county, e.g. 620525")
@click.option("--unit", default="", help="the office, as it is written out")
def create_admin(username: str, name: str, area: str, unit: str) -> None:
    """Open an administrator's account and print its one-time password, this once."""
    new = NewAccount(username, name, Role.ADMINISTRATOR, unit, None, "", (area,))
    try:
        if db.session.get(Area, area) is None:
            raise Problem("area_unknown", name=area)
        made, password = open_first_administrator(new)
    except Problem as problem:
        db.session.rollback()
        raise click.ClickException(problem.message) from problem
    db.session.commit()
    click.echo(messages.ADMINISTRATOR.format(username=made.username, password=password))


@jobs.command("run-once")
def run_once() -> None:
    """Do everything that waits, then end: for cron, or where no worker runs."""
    keep_assets()
    click.echo(messages.DONE.format(**upkeep.do_what_waits()._asdict()))


@jobs.command("work")
@click.option("--beside", is_flag=True, help="end when standard input does: the server holds its other end")
def work(beside: bool) -> None:
    """Do what comes, until a signal ends it."""
    keep_assets()
    if beside:
        threading.Thread(target=_end_with_input, daemon=True).start()
    current_app.extensions["ruhu_jobs"].work()


def _end_with_input() -> None:
    """Ends this worker when nobody is there any more to hand it work."""
    while os.read(0, 4096):
        pass
    # Until the worker listens to signals, this one would end it as if it had broken.
    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)


@orphans.command("list")
def list_orphans() -> None:
    """Every leftover, with what becomes of it."""
    for line in messages.listed(find_orphans(clock.now())):
        click.echo(line)


@orphans.command("sweep")
@click.option("--dry-run", is_flag=True, help="only say what would go")
@click.option("--restore-is-over", is_flag=True, help="photo files that the restored database does not know, too")
def sweep_orphans(dry_run: bool, restore_is_over: bool) -> None:
    """Remove what nobody needs; the worker does this every night."""
    how = {"is_restore_over": restore_is_over}
    found = find_orphans(clock.now(), **how) if dry_run else upkeep.sweep_leftovers(**how)
    for line in messages.swept(found, is_dry=dry_run):
        click.echo(line)


@click.command("restored")
@with_appcontext
def restored() -> None:
    """After a backup was put back: phones send again what came since. They find out by themselves, too."""
    begin_epoch(settings().data)
    click.echo(messages.RESTORED)


@service_worker.command("off")
def switch_off() -> None:
    """Take the app off the phones; they load it from the network until this is switched on again."""
    switch_service_worker(settings().data, on=False)
    click.echo(messages.WORKER[False])


@service_worker.command("on")
def switch_on() -> None:
    """Let phones keep the app again."""
    switch_service_worker(settings().data, on=True)
    click.echo(messages.WORKER[True])


@service_worker.command("status")
def status() -> None:
    """Which of both it is."""
    click.echo(messages.WORKER[is_service_worker_on(settings().data)])
