"""Where a visit was, told once and only if the visitors want to: never finer than a kilometre, never a track.

Pure. What a phone tells is made coarse here once more, whatever the phone did.
"""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

# Hundredths of a degree: about one kilometre.
DECIMALS = 2
KEYS = {"lat", "lon", "taken_at"}


def read_place(told: Any) -> dict[str, Any] | None:
    """{lat, lon, taken_at} in degrees to about a kilometre and an ISO instant, or None when it is no such thing."""
    if not isinstance(told, Mapping) or told.keys() != KEYS:
        return None
    lat, lon = told["lat"], told["lon"]
    if not (_is_within(lat, 90) and _is_within(lon, 180) and _is_instant(told["taken_at"])):
        return None
    return {"lat": round(lat, DECIMALS), "lon": round(lon, DECIMALS), "taken_at": told["taken_at"]}


def with_coarse_place(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with their place made coarse; a place that cannot be read becomes None."""
    return answers | {"place": read_place(answers["place"])} if "place" in answers else answers


def _is_within(degrees: Any, most: int) -> bool:
    return type(degrees) in (int, float) and math.isfinite(degrees) and abs(degrees) <= most


def _is_instant(told: Any) -> bool:
    try:
        return datetime.fromisoformat(told).tzinfo is not None
    except (TypeError, ValueError):
        return False
