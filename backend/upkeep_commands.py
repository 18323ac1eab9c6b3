"""Commands for whoever runs the server: flask --app wsgi jobs | orphans | service-worker."""

import os
import signal
import threading
import time

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from backend import clock, upkeep
from backend.documents import upkeep_messages as messages
from backend.domain.orphans import find_orphans
from backend.extensions import settings
from backend.storage.jobs import keep_assets
from backend.storage.switches import is_service_worker_on, switch_service_worker

jobs = AppGroup("jobs", help="Work after the answer: judge deposits, develop photos, sweep.")
orphans = AppGroup("orphans", help="Leftovers of uploads, older than 30 days.")
service_worker = AppGroup("service-worker", help="Whether phones keep the app for offline use.")


def register(app: Flask) -> None:
    """Attach the commands to `app`."""
    for group in (jobs, orphans, service_worker):
        app.cli.add_command(group)


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
def sweep_orphans(dry_run: bool) -> None:
    """Remove what nobody needs; the worker does this every night."""
    found = find_orphans(clock.now()) if dry_run else upkeep.sweep_leftovers()
    for line in messages.swept(found, is_dry=dry_run):
        click.echo(line)


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
