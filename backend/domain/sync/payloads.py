"""What an item says, read strictly: unknown keys and wrong types are named, never guessed at."""

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate, validates_schema

from backend.codebook import (
    AttemptResult,
    DeclineReason,
    ExplanationMethod,
    ExplanationReceipt,
    ItemKind,
    PhotoKind,
    VerdictReason,
)
from backend.domain.sync.json_text import read_json
from backend.domain.sync.moment import Moment
from backend.domain.sync.weighing import CANONICAL_UUID, HASH
from backend.form.limits import EXPLANATION, SHORTEST_EXPLANATION

LONGEST_TEXT = 2000
# What one item may ask of the database is bounded: no item shall make it fail for the others.
MOST_PHOTOS = 200
NOT_A_MOMENT = object()


class Unreadable(ValueError):
    """The item cannot be read; `reason` says in which way, `case_id` the household it names all the same."""

    def __init__(self, reason: VerdictReason, case_id: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason, self.case_id = reason, case_id


def _moment(*, required: bool = True) -> Moment:
    return Moment(required=required, allow_none=not required)


class Payload(Schema):
    """What every kind carries: the case, and the phone's clock beside the server's."""

    case_id = fields.String(required=True, validate=validate.Regexp(rf"{CANONICAL_UUID.pattern}\Z"))
    base_revision = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 2**31 - 1))
    device_time = _moment(required=False)
    server_offset_ms = fields.Integer(load_default=0, allow_none=True, validate=validate.Range(-(10**13), 10**13))


class VisitPayload(Payload):
    form_version = fields.Integer(required=True, validate=validate.Range(0, 10**6))
    visited_at = _moment()
    ended_at = _moment(required=False)
    answers = fields.Dict(required=True)


class ObservationPayload(Payload):
    observed_at = _moment()
    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))
    facts = fields.Dict(load_default=dict)
    photos = fields.List(fields.Dict(), load_default=list)


class AttemptPayload(Payload):
    attempted_at = _moment()
    result = fields.String(required=True, validate=validate.OneOf([result.value for result in AttemptResult]))
    reason = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))
    witness = fields.String(load_default="", validate=validate.Length(max=60))
    photos = fields.List(fields.Dict(), load_default=list)


class UrgentPayload(Payload):
    reported_at = _moment()
    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))


class ExplanationPayload(Payload):
    """What a household that does not qualify was told, and what it signed."""

    explained_at = _moment()
    reason_codes = fields.List(
        fields.String(validate=validate.OneOf([code.value for code in DeclineReason])),
        required=True, validate=validate.Length(1, len(DeclineReason)),
    )  # fmt: skip
    text = fields.String(required=True, validate=validate.Length(SHORTEST_EXPLANATION, EXPLANATION["text"]))
    method = fields.String(required=True, validate=validate.OneOf([one.value for one in ExplanationMethod]))
    receipt = fields.String(required=True, validate=validate.OneOf([one.value for one in ExplanationReceipt]))
    witness = fields.String(load_default="", validate=validate.Length(max=EXPLANATION["witness"]))
    materials = fields.String(load_default="", validate=validate.Length(max=EXPLANATION["materials"]))
    signature = fields.Dict(load_default=dict)
    photos = fields.List(fields.Dict(), load_default=list)

    @validates_schema
    def _signed(self, told: dict[str, Any], **_: Any) -> None:
        if told["receipt"] == ExplanationReceipt.REFUSED and not told["witness"].strip():
            raise ValidationError("missing", "witness")
        strokes = told["signature"].get("strokes", [])
        is_drawn = isinstance(strokes, list) and all(isinstance(stroke, list) for stroke in strokes)
        if not is_drawn or (told["receipt"] == ExplanationReceipt.SIGNED and not strokes):
            raise ValidationError("missing", "signature")


class ExtensionPayload(Payload):
    asked_at = _moment()
    until_on = fields.Date(required=True, validate=validate.Range(date(2020, 1, 1), date(2099, 12, 31)))
    reason = fields.String(
        required=True, validate=validate.And(validate.Length(1, LONGEST_TEXT), validate.Regexp(r"(?s).*\S"))
    )


class DiscoveryPayload(Payload):
    """A household that nobody declared; in a hurry not even its name is known. `case_id` is made by the phone."""

    found_at = _moment()
    area_code = fields.String(required=True, validate=validate.Regexp(r"\d{9}(\d{3})?\Z"))
    group = fields.String(load_default="", validate=validate.Length(max=20))
    name = fields.String(load_default="", validate=validate.Length(max=30))
    id_number = fields.String(load_default="", validate=validate.Length(max=30))
    needs = fields.List(
        fields.String(validate=validate.Length(max=20)), load_default=list, validate=validate.Length(max=20)
    )
    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))


class DraftPayload(Payload):
    """An unfinished form; it may be as empty as the person left it."""

    base_revision = fields.Integer(load_default=0, strict=True, allow_none=True, validate=validate.Range(0, 2**31 - 1))
    purpose = fields.String(required=True, validate=validate.OneOf([k.value for k in ItemKind if k != ItemKind.DRAFT]))
    form_version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))
    started_at = _moment(required=False)
    saved_at = _moment()
    # `fields` is a schema's own attribute.
    answers = fields.Dict(required=True, data_key="fields")


SCHEMAS: dict[str, Schema] = {
    ItemKind.VISIT: VisitPayload(),
    ItemKind.OBSERVATION: ObservationPayload(),
    ItemKind.ATTEMPT: AttemptPayload(),
    ItemKind.URGENT: UrgentPayload(),
    ItemKind.EXPLANATION: ExplanationPayload(),
    ItemKind.EXTENSION: ExtensionPayload(),
    ItemKind.DRAFT: DraftPayload(),
    ItemKind.DISCOVERY: DiscoveryPayload(),
}
_KEYS = {kind: {field.data_key or key for key, field in schema.fields.items()} for kind, schema in SCHEMAS.items()}
PHOTO_KINDS = frozenset(kind.value for kind in PhotoKind)
PHOTO_SOURCES = frozenset({"camera", "album"})
LARGEST_PHOTO = 10 * 1024 * 1024


def read(kind: str, text: str, *, may_hold_more: bool = False) -> dict[str, Any]:
    """The content of an item of `kind`, with aware instants. Raises Unreadable.

    `may_hold_more` leaves out what nobody knows instead of refusing it: for a person who has looked.
    """
    content = _parsed(text)
    try:
        return dict(SCHEMAS[kind].load(content, unknown=EXCLUDE if may_hold_more else RAISE))
    except ValidationError as error:
        is_unknown = any(key not in _KEYS[kind] for key in error.messages_dict)
        reason = VerdictReason.UNKNOWN_KEYS if is_unknown else VerdictReason.INVALID
        raise Unreadable(reason, _named_case(content)) from error
    except (OverflowError, TypeError) as error:
        raise Unreadable(VerdictReason.INVALID, _named_case(content)) from error


def _named_case(content: dict[str, Any]) -> str | None:
    named = content.get("case_id")
    return named if _is_id(named) else None


def _is_id(named: Any) -> bool:
    """Not every text can be put to PostgreSQL."""
    return isinstance(named, str) and CANONICAL_UUID.fullmatch(named) is not None


def photo_ids(content: dict[str, Any]) -> set[str]:
    """Ids of the photos that an item lists, the rest of the entry readable or not."""
    listed = (content.get("answers") or content).get("photos")
    entries = listed[:MOST_PHOTOS] if isinstance(listed, list) else []
    return {entry["id"] for entry in entries if isinstance(entry, dict) and _is_id(entry.get("id"))}


def read_photos(listed: Any) -> tuple[list[dict[str, Any]], bool]:
    """The photos of a list that can be read, and whether that was all of them."""
    if listed is None:
        return [], True
    if not isinstance(listed, list):
        return [], False
    readable = [entry for entry in map(_read_photo, listed[:MOST_PHOTOS]) if entry]
    unique = {entry["id"]: entry for entry in readable}
    return list(unique.values()), len(unique) == len(listed)


def _read_photo(entry: Any) -> dict[str, Any] | None:
    """One photo that follows, or came before, by tus: id, kind, sha256 (hex), size in bytes; None when unfit.

    By hand: a visit lists six of them, and a schema would take longer than all else that judging does.
    """
    if not isinstance(entry, dict):
        return None
    told = {"source": "camera"} | {
        key: entry[key] for key in ("id", "kind", "sha256", "size", "source") if key in entry
    }
    size, texts = told.pop("size", None), list(told.values())
    is_fit = (
        len(told) == 4
        and all(isinstance(text, str) for text in texts)
        and CANONICAL_UUID.fullmatch(told["id"])
        and HASH.fullmatch(told["sha256"])
        and told["kind"] in PHOTO_KINDS
        and told["source"] in PHOTO_SOURCES
        and type(size) is int
        and 1 <= size <= LARGEST_PHOTO
    )
    taken_at = _instant(entry.get("taken_at"))
    if not is_fit or taken_at is NOT_A_MOMENT:
        return None
    return {**told, "size": size, "taken_at": taken_at}


def _instant(told: Any) -> Any:
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat(told)
        moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return NOT_A_MOMENT
    return moment if moment.tzinfo else NOT_A_MOMENT


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = read_json(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(VerdictReason.UNREADABLE) from error
    if not isinstance(content, dict):
        raise Unreadable(VerdictReason.UNREADABLE)
    return content
