"""Deposits and their receipts."""

from typing import Any

from marshmallow import Schema, fields, validate

from backend.api.schemas.changes import HeartbeatBeside
from backend.domain.sync.inbox import MAX_ITEMS


class EnvelopeSchema(Schema):
    """The shape only; an id, kind or hash that does not fit is refused item by item."""

    id = fields.String(required=True, validate=validate.Length(max=64))
    kind = fields.String(required=True, validate=validate.Length(max=64), metadata={"ts": "ItemKind"})
    device_id = fields.String(required=True, validate=validate.Length(max=64))
    author = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    seq = fields.Integer(required=True, strict=True)
    key_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    sealed = fields.String(load_default=None, allow_none=True)
    sha256 = fields.String(required=True, validate=validate.Length(max=64))
    signature = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    payload = fields.String(load_default=None, allow_none=True)


_ENVELOPE = EnvelopeSchema().fields
_REQUIRED = frozenset(name for name, field in _ENVELOPE.items() if field.required)
_OPTIONAL: dict[str, None] = dict.fromkeys(name for name in _ENVELOPE if name not in _REQUIRED)
_LONGEST = {
    name: next((check.max for check in field.validators if isinstance(check, validate.Length)), None)
    for name, field in _ENVELOPE.items()
    if isinstance(field, fields.String)
}


class Envelopes(fields.List):
    """Fifty envelopes looked at in one go, since nearly all are right; only a wrong one is named field by field."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and all(_is_right(envelope) for envelope in value):
            return [_OPTIONAL | envelope for envelope in value]
        return super()._deserialize(value, *args, **kwargs)


def _is_right(envelope: Any) -> bool:
    if type(envelope) is not dict or not _REQUIRED <= envelope.keys() <= _ENVELOPE.keys():
        return False
    for name, value in envelope.items():
        if name == "seq":
            if type(value) is not int:
                return False
        elif value is None:
            if name in _REQUIRED:
                return False
        elif type(value) is not str or len(value) > (_LONGEST[name] or len(value)):
            return False
    return True


class DepositSchema(Schema):
    items = Envelopes(fields.Nested(EnvelopeSchema), required=True, validate=validate.Length(1, MAX_ITEMS))
    heartbeat = HeartbeatBeside()


class ReceiptSchema(Schema):
    id = fields.String(required=True)
    sha256 = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["stored", "duplicate", "conflict"]))
    receipt_no = fields.String(required=True)
    received_at = fields.String(required=True)
    signature = fields.String(required=True)


class RefusalSchema(Schema):
    id = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class InboxAnswerSchema(Schema):
    server_time = fields.String(required=True)
    epoch = fields.String(required=True)
    receipts = fields.List(fields.Nested(ReceiptSchema), required=True)
    refused = fields.List(fields.Nested(RefusalSchema))
