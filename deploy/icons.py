"""Draw the product's mark (five days, the fourth is today) as the icons a phone installs.

Run when the mark changes: `.venv/bin/python deploy/icons.py`; the pictures are committed.
"""

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).parent.parent / "frontend" / "static" / "icons"
NIGHT, WHITE, TODAY = "#1F2B29", "#FFFFFF", "#FFB81C"
BARS, BAR, GAP, HEIGHT = 5, 44, 20, 236  # in a box of 512
OVERSAMPLE = 4


def draw_mark(size: int, *, scale: float = 1.0, corner: float = 0.0) -> Image.Image:
    """The mark on night ground: `size` px square, drawn `scale` times its usual size, `corner` as a share of it."""
    side = size * OVERSAMPLE
    unit = side / 512
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=corner * side, fill=NIGHT)
    width = (BARS * BAR + (BARS - 1) * GAP) * scale
    left, top = (512 - width) / 2, (512 - HEIGHT * scale) / 2
    for number in range(BARS):
        x = left + number * (BAR + GAP) * scale
        box = tuple(v * unit for v in (x, top, x + BAR * scale, top + HEIGHT * scale))
        radius = 8 * scale * unit
        if number == BARS - 1:
            pen.rounded_rectangle(box, radius=radius, outline=WHITE, width=round(9 * scale * unit))
        else:
            pen.rounded_rectangle(box, radius=radius, fill=TODAY if number == BARS - 2 else WHITE)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every size; a maskable icon keeps its mark inside the middle 80 %."""
    for size in (192, 512):
        draw_mark(size, scale=1.12, corner=0.18).save(ICONS / f"ruhu-{size}.png", optimize=True)
        draw_mark(size, scale=0.95).save(ICONS / f"ruhu-maskable-{size}.png", optimize=True)
    draw_mark(180, scale=1.1).save(ICONS / "apple-touch-icon.png", optimize=True)
    draw_mark(32, scale=1.35, corner=0.18).save(ICONS / "favicon.png", optimize=True)


if __name__ == "__main__":
    main()
