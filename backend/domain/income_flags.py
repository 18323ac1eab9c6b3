"""Which lines of S3 a definition counts (民发〔2021〕57号 第13条; DOMAIN §0.5): dated parameters, a row for each. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.codebook.income import CLAIM_LINE, SUBTRACTED_LINES, flag_key
from backend.domain.income_entries import Entry


def key_of(line: str, definition: str, parameters: Mapping[str, Any]) -> str:
    """The parameter that says so; 特困 follows 低保 where it has none of its own."""
    own = flag_key(definition, line)
    return flag_key("dibao", line) if definition == "tekun" and own not in parameters else own


def sign_of(line: str, definition: str, parameters: Mapping[str, Any]) -> int:
    """1 where the net income holds the line, -1 where it is taken off, 0 where it does not count or stands beside."""
    if parameters.get(key_of(line, definition, parameters)) is not True or is_beside(line, definition):
        return 0
    return -1 if line in SUBTRACTED_LINES else 1


def is_beside(line: str, definition: str) -> bool:
    """Whether a definition tells the line apart from the net income."""
    return definition == "monitor" and line == CLAIM_LINE


def claims_fen(entries: Iterable[Entry], parameters: Mapping[str, Any]) -> int:
    """家庭理赔收入, where relapse prevention counts it."""
    if parameters.get(flag_key("monitor", CLAIM_LINE)) is not True:
        return 0
    return sum(one.amount_fen for one in entries if one.code == CLAIM_LINE)


def unset(entries: Iterable[Entry], definition: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """What nobody has set of the lines that a household has, as missing keys."""
    keys = dict.fromkeys(key_of(one.code, definition, parameters) for one in entries)
    return tuple(f"parameters.{key}" for key in keys if not isinstance(parameters.get(key), bool))
