"""入户通 (Ruhu): household verification from warning to decision.

Its parts are imported where the app is made, so that the child process that reads a foreign file starts without them.
"""

from typing import TYPE_CHECKING

from backend.config import Settings, UnsafeSettings, read_settings

if TYPE_CHECKING:
    from flask import Flask


def create_app(chosen: Settings | None = None) -> "Flask":
    """The application. Raises UnsafeSettings when production would run with demo people or DEBUG."""
    from werkzeug.middleware.proxy_fix import ProxyFix

    from backend.api.short_way import App
    from backend.extensions import start_extensions
    from backend.page_turn import PageTurn
    from backend.web import start_web

    chosen = chosen or read_settings()
    app = App(__name__, static_folder="../frontend/static", template_folder="../frontend/templates")
    app.config["SQLALCHEMY_DATABASE_URI"] = chosen.database_url
    app.json.ensure_ascii = False
    app.wsgi_app = PageTurn(app.wsgi_app)  # type: ignore[method-assign]
    if chosen.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies)  # type: ignore[method-assign]
    start_extensions(app, chosen)
    start_web(app)
    _register_edges(app)
    return app


def _register_edges(app: "Flask") -> None:
    from backend import api, cli, desk, upkeep_commands

    api.register(app)
    desk.register(app)
    cli.register(app)
    upkeep_commands.register(app)


def refuse_demo_people(app: "Flask") -> None:
    """Called before serving. Raises UnsafeSettings when production finds active demo accounts."""
    from sqlalchemy import select

    from backend.models import User, db

    chosen: Settings = app.extensions["ruhu_settings"]
    if not chosen.is_production:
        return
    with app.app_context():
        if db.session.scalar(select(User.id).where(User.is_demo, User.is_active).limit(1)):
            raise UnsafeSettings("production refuses to start: the database holds demo accounts")
