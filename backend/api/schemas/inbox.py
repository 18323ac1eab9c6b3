"""Deposits and their receipts."""

from marshmallow import Schema, fields, validate

from backend.api.schemas.changes import HeartbeatSchema
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


class DepositSchema(Schema):
    items = fields.List(fields.Nested(EnvelopeSchema), required=True, validate=validate.Length(1, MAX_ITEMS))
    heartbeat = fields.Nested(HeartbeatSchema, load_default=None, allow_none=True)


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
