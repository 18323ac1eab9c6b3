"""Drawn pictures in place of photos: nobody's house is shown in a demo."""

import io
import random
from collections.abc import Callable
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

SIZE = (960, 720)
SHOWN = (640, 480)
WIDTH, HEIGHT = SIZE
EARTH, WALL, ROOF, WOOD, SKY = "#9c7b56", "#c9a77c", "#7a4a3a", "#5b4331", "#b9cfdc"
Pen = ImageDraw.ImageDraw


def _house(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, WIDTH, 420), fill=SKY)
    hills = [(x, 300 + chance.randint(-70, 40)) for x in range(0, WIDTH + 1, 120)]
    pen.polygon([(0, HEIGHT), *hills, (WIDTH, HEIGHT)], fill="#8b8a5c")
    pen.rectangle((0, 520, WIDTH, HEIGHT), fill=EARTH)
    left = chance.randint(120, 220)
    pen.rectangle((left, 300, left + 560, 560), fill=WALL)
    pen.polygon([(left - 40, 300), (left + 600, 300), (left + 540, 210), (left + 20, 210)], fill=ROOF)
    pen.rectangle((left + 250, 400, left + 330, 560), fill=WOOD)
    for offset in (60, 420):
        pen.rectangle((left + offset, 380, left + offset + 110, 470), fill="#56707c", outline=WOOD, width=8)
    crack = [(left + 520 + chance.randint(-12, 12), y) for y in range(310, 560, 25)]
    pen.line(crack, fill="#4a3524", width=5)


def _room(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#d8c9ae")
    pen.rectangle((0, 560, WIDTH, HEIGHT), fill="#8d7a63")
    pen.rectangle((320, 90, 640, 330), fill="#e6eef0", outline=WOOD, width=14)
    pen.line((480, 90, 480, 330), fill=WOOD, width=10)
    pen.rectangle((80, 400, 880, 640), fill="#b08d62")
    for step in range(4):
        left = 120 + step * 180
        shade = chance.choice(("#8c3b3b", "#3c5a78", "#566b3c", "#7a5a80"))
        pen.rectangle((left, 360, left + 150, 430), fill=shade)


def _kitchen(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#bfae94")
    pen.rectangle((0, 600, WIDTH, HEIGHT), fill="#6e5d4b")
    pen.rectangle((120, 380, 700, 640), fill="#94887a")
    for left in (180, 440):
        pen.ellipse((left, 340, left + 200, 440), fill="#33302d")
    pen.rectangle((760, 220, 900, 640), fill=WOOD)
    for level in range(3):
        pen.rectangle((770, 260 + level * 120, 890, 330 + level * 120), fill=chance.choice(("#e5ddcf", "#c9b48f")))


def _water(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#cbbfae")
    pen.rectangle((0, 500, WIDTH, HEIGHT), fill=EARTH)
    pen.rectangle((450, 200, 480, 520), fill="#75808a")
    pen.rectangle((450, 200, 600, 228), fill="#75808a")
    pen.rectangle((578, 200, 606, 260), fill="#75808a")
    level = chance.randint(480, 560)
    pen.polygon([(510, 430), (680, 430), (655, 600), (535, 600)], fill="#47657c")
    pen.ellipse((510, 410, 680, 450), fill="#8fb7cc" if level < 520 else "#2f4757")


def _group(pen: Pen, chance: random.Random) -> None:
    _house(pen, chance)
    for left, coat in ((250, "#2f4b63"), (430, "#6b4a2f"), (610, "#31573f")):
        height = chance.randint(-20, 20)
        pen.rounded_rectangle((left, 420 + height, left + 110, HEIGHT), 40, fill=coat)
        pen.ellipse((left + 20, 340 + height, left + 90, 420 + height), fill="#c99c74")


def _papers(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#7d6a55")
    for left, top, tint in ((90, 150, "#efe9dc"), (500, 260, "#e3edf0")):
        pen.rounded_rectangle((left, top, left + 380, top + 250), 20, fill=tint)
        for line in range(5):
            pen.rectangle(
                (left + 40, top + 40 + line * 40, left + chance.randint(150, 330), top + 56 + line * 40), fill="#9aa0a0"
            )


DRAWN: dict[str, Callable[[Pen, random.Random], None]] = {
    "house": _house,
    "room": _room,
    "kitchen": _kitchen,
    "water": _water,
    "group": _group,
    "papers": _papers,
}


def picture(kind: str, *, number: str, taken_at: datetime) -> bytes:
    """A JPEG of about 20 KB for a required kind of photo, marked with time and case number.

    `taken_at` is the wall clock of the visit. The same arguments give the same picture.
    """
    chance = random.Random(f"{kind} {number}")
    image = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(image)
    DRAWN[kind](pen, chance)
    pen = ImageDraw.Draw(image, "RGBA")
    pen.rectangle((0, 590, WIDTH, HEIGHT), fill=(0, 0, 0, 90))
    pen.text((30, 600), f"{taken_at:%H:%M}", fill="white", font=ImageFont.load_default(64))
    pen.text((30, 675), f"{taken_at:%Y-%m-%d}   {number}", fill="white", font=ImageFont.load_default(28))
    buffer = io.BytesIO()
    image.resize(SHOWN, Image.Resampling.BOX).save(buffer, "JPEG", quality=72)
    return buffer.getvalue()
