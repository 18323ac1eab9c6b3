"""Pictures for a person to look at: `make looks` keeps them in the folder that `RUHU_LOOKS` names, nothing else makes any."""

import os
from pathlib import Path

from PIL import Image

SHOTS = os.environ.get("RUHU_LOOKS", "")
BETWEEN = 24


def keep(shots: list[Image.Image], name: str) -> None:
    """What belongs together, beside one another in one picture."""
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    wide = sum(one.width + BETWEEN for one in shots) - BETWEEN
    strip = Image.new("RGB", (wide, max(one.height for one in shots)), "#888")
    at = 0
    for one in shots:
        strip.paste(one, (at, 0))
        at += one.width + BETWEEN
    strip.save(folder / f"{name}.png")
