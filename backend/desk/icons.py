"""The icon sprite: a page carries only the symbols that it uses."""

import re
from functools import cache
from pathlib import Path

from flask import g
from markupsafe import Markup

SPRITE = Path(__file__).parents[2] / "frontend" / "static" / "icons" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="i-([a-z-]+)"[^>]*viewBox="([^"]+)"[^>]*>(.*?)</symbol>', re.S)


@cache
def symbols() -> dict[str, str]:
    """Name → symbol element; stroke and fill come from the style sheet's `.i`."""
    found = SYMBOL.findall(SPRITE.read_text(encoding="utf-8"))
    return {name: f'<symbol id="i-{name}" viewBox="{box}">{drawing}</symbol>' for name, box, drawing in found}


def icon(name: str, size: str = "") -> Markup:
    """An icon to stand beside words. Raises KeyError for a name that is not in the sprite."""
    drawn = _drawn(name, size)
    g.setdefault("icons_used", {})[name] = True
    return drawn


@cache
def _drawn(name: str, size: str) -> Markup:
    symbols()[name]
    classes = f"i {size}".strip()
    return Markup('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>').format(classes, name)


def icon_sprite() -> Markup:
    """The symbols used so far on this page; the layout asks last."""
    used = sorted(g.get("icons_used", {}))
    return (
        Markup('<svg class="sprite" aria-hidden="true">')
        + Markup("".join(symbols()[n] for n in used))  # noqa: S704 - from our own sprite file
        + Markup("</svg>")
    )
