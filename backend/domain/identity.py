"""Identity numbers, names and phones: cleaning, checking, masking.

GB 11643 resident numbers, the 15-digit numbers before 1999, and the disability card
(中华人民共和国残疾人证: ID + class + level + reissue mark). tests/vectors/identity.json and
tests/vectors/masking.json run against this file and against the phone's rules.
"""

import re
import unicodedata
from datetime import date
from math import isfinite
from typing import NamedTuple

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
EXACT_DIGITS = 15  # a spreadsheet number keeps fifteen digits; the rest is lost

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_QUOTES = re.compile(r"[\"'`=‘’“”′″´＇＂]")
_DASHES = re.compile(r"[-‐-―－_/\\.,，。、]")
_X_LOOKALIKES = str.maketrans({"Х": "X", "х": "X", "×": "X", "✕": "X", "χ": "X", "Χ": "X"})
_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?[eE]\+?\d+$")
_EMBEDDED = re.compile(r"(?<![0-9A-Z])(\d{17}[\dX](?:[1-7][1-4](?:B\d)?)?|\d{15})(?![0-9A-Z])")
_ANY_DIGIT = re.compile(r"\d")
_PASSPORT = re.compile(r"^[A-Z]{1,2}\d{7,9}$")
_NAME_NOISE = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BRACKETED = re.compile(r"[(（\[【〔].*?[)）\]】〕]")


class IdNumber(NamedTuple):
    """A number as it was understood.

    number: 18 characters, "" when it cannot be trusted; kind: resident, legacy, disability, permit,
    passport, missing or unknown; fault: "", missing, precision_lost, bad_length, bad_birth,
    bad_checksum, bad_character or foreign; text: the cleaned characters, kept for near matches;
    disability_class 1–7 and disability_level 1–4 only for a disability card.
    """

    number: str
    kind: str
    fault: str
    text: str
    disability_class: str = ""
    disability_level: str = ""


def checksum_of(first17: str) -> str:
    """The 18th character for 17 digits (GB 11643)."""
    return CHECK_DIGITS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def birth_of(number: str) -> date | None:
    """The day of birth inside an 18-character number; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """ "male" or "female" from the 17th digit."""
    return "male" if int(number[16]) % 2 else "female"


def age_on(birth_on: date, day: date) -> int:
    """Full years on `day`."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def widen_legacy(number: str) -> str:
    """15 digits → 18: the century after digit 6, then the check digit."""
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + checksum_of(first17)


def clean_id(raw: object) -> str:
    """The characters that count: no spaces, quotes, dashes; half-width; upper X."""
    if isinstance(raw, bool) or raw is None:
        return ""
    if isinstance(raw, int | float):
        return _digits_of_number(raw)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(raw)))
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    text = _QUOTES.sub("", text).translate(_X_LOOKALIKES).upper()
    if _SCIENTIFIC.match(text):
        return text
    text = _DASHES.sub("", text)
    if text[:1] in "GL" and re.fullmatch(r"\d{17}[\dX]", text[1:]):
        text = text[1:]
    found = _EMBEDDED.findall(text) if not text.isdecimal() and len(text) > 18 else []
    return found[0] if len(found) == 1 else text


def _digits_of_number(raw: float) -> str:
    if not isfinite(raw) or raw != int(raw):
        return str(raw)
    digits = str(int(raw))
    # What a spreadsheet lost is not guessed: zeros mark the place, as its own export does.
    return digits if len(digits) <= EXACT_DIGITS else digits[:EXACT_DIGITS].ljust(len(digits), "0")


def normalise_id(raw: object, today: date) -> IdNumber:
    """Understand one cell of an ID column; never raises (DOMAIN 4.1)."""
    text = clean_id(raw)
    if not _ANY_DIGIT.search(text):
        # Offices write a word (none, later, not yet issued) where there is no number.
        return IdNumber("", "missing", "missing", "")
    is_numeric = isinstance(raw, int | float)
    if _SCIENTIFIC.match(text) or (is_numeric and len(text) > EXACT_DIGITS):
        return IdNumber("", "unknown", "precision_lost", text)
    if re.fullmatch(r"\d{15}", text):
        widened = widen_legacy(text)
        fault = _fault_of(widened, today)
        return IdNumber("" if fault else widened, "legacy", fault, text if fault else widened)
    if re.fullmatch(r"\d{17}[\dX]", text):
        return _read_resident(text, today)
    if card := re.fullmatch(r"(\d{17}[\dX])([1-7])([1-4])(B\d)?", text):
        fault = _fault_of(card[1], today)
        number = "" if fault else card[1]
        return IdNumber(number, "disability", fault, card[1], card[2], card[3])
    return _read_foreign(text)


def _read_foreign(text: str) -> IdNumber:
    if _PASSPORT.match(text):
        return IdNumber("", "passport", "foreign", text)
    fault = "bad_length" if re.fullmatch(r"[\dX]+", text) else "bad_character"
    return IdNumber("", "unknown", fault, text)


def _read_resident(text: str, today: date) -> IdNumber:
    fault = _fault_of(text, today)
    if fault == "bad_checksum" and text.endswith("000"):
        fault = "precision_lost"
    kind = "permit" if text[:6] in ("810000", "820000", "830000") else "resident"
    return IdNumber("" if fault else text, kind, fault, text)


def _fault_of(number: str, today: date) -> str:
    birth = birth_of(number)
    if birth is None or not date(1900, 1, 1) <= birth <= today:
        return "bad_birth"
    return "" if checksum_of(number[:17]) == number[17] else "bad_checksum"


def is_one_slip_apart(one: str, other: str) -> bool:
    """True when one edit or one transposition of neighbours turns `one` into `other`."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right if len(left) > len(right) else right[1:] == left
    swapped = left[1:2] + left[:1] + left[2:]
    return left[1:] == right[1:] or (len(left) > 1 and swapped == right)


def fold_name(raw: object) -> str:
    """A name for comparing: width, every space, middle dots, bracketed remarks folded away."""
    if raw is None:
        return ""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", str(raw)))
    return _NAME_NOISE.sub("", text).upper()


def mask_name(name: str) -> str:
    """马*, 马*明, 马**明: what a list may show."""
    if len(name) < 2:
        return "*" * len(name)
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + ("*" if len(name) == 3 else "**") + name[-1]


def mask_id(number: str) -> str:
    """First six and last four characters; shorter texts are covered whole."""
    if len(number) < 12:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_phone(phone: str) -> str:
    """First three and last four of a mobile or landline number."""
    if len(phone) < 8:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
