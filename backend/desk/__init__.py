"""Pages of the desk, one noun a file."""

from flask import Flask


def register(app: Flask) -> None:
    """Attach the desk's pages to `app`."""
