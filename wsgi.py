"""What gunicorn and the flask command load."""

from backend import create_app
from demo.loader import demo

app = create_app()
app.cli.add_command(demo)
