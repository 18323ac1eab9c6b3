"""flask --app wsgi demo load: the demo county, from nothing to a board with work on it.

RUHU_DEMO=staff loads the people only, so that somebody can walk the way of the files by hand.
"""

import os
from dataclasses import replace

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from backend.config import mode_mark
from backend.extensions import settings
from backend.models import Declaration, User, db
from demo.staff import load_staff

demo = AppGroup("demo", help="The demo county: invented people, files as offices send them.")


def _enter_demo_mode() -> None:
    """Mark the data folder. Raises ClickException when somebody real may be in the database."""
    chosen = settings()
    if not chosen.is_production:
        return
    is_used = any(db.session.scalar(select(model.id).limit(1)) for model in (User, Declaration))
    if os.environ.get("RUHU_MODE") == "production" or is_used:
        raise click.ClickException(
            "This database belongs to a real county: the demo county is not loaded into it. "
            "Serve it with RUHU_MODE=production, or choose another folder with RUHU_DATA."
        )
    mode_mark(chosen.data).write_text("demo\n", encoding="utf-8")
    current_app.extensions["ruhu_settings"] = replace(chosen, mode="demo")


@demo.command("load")
def load() -> None:
    """Load what is missing of the demo county; a second time changes nothing."""
    _enter_demo_mode()
    if added := load_staff():
        db.session.commit()
        click.echo(f"Demo county: {added} people")
    if os.environ.get("RUHU_DEMO") != "staff":
        from demo.story import tell_story

        tell_story(click.echo)
