"""JSON for the phone, under /api/v1."""

from flask import Flask


def register(app: Flask) -> None:
    """Attach the phone's endpoints to `app`."""
