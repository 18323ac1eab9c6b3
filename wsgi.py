"""What gunicorn and the flask command load."""

from backend import create_app

app = create_app()
