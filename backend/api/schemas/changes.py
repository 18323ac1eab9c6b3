"""What a phone says it knows, and the difference it gets."""

from marshmallow import Schema, fields, validate

from backend.api.schemas.cases import CaseSchema
from backend.api.schemas.session import NO_CONTROL, UUID
from backend.codebook import Verdict

COUNT = validate.Range(0, 10**6)
BYTES = validate.Range(0, 10**15)


class HeartbeatSchema(Schema):
    device_id = fields.String(required=True, validate=UUID)
    captured = fields.Integer(required=True, validate=COUNT)
    unsent = fields.Integer(required=True, validate=COUNT)
    photos_waiting = fields.Integer(required=True, validate=COUNT)
    app_version = fields.String(load_default="", validate=validate.And(validate.Length(max=40), NO_CONTROL))
    storage_used = fields.Integer(load_default=None, allow_none=True, validate=BYTES)
    storage_quota = fields.Integer(load_default=None, allow_none=True, validate=BYTES)
    device_time = fields.AwareDateTime(load_default=None, allow_none=True)


class AskChangesSchema(Schema):
    known = fields.Dict(
        keys=fields.String(validate=validate.Length(max=64)), values=fields.Integer(), load_default=dict,
        validate=validate.Length(max=5000),
    )  # fmt: skip
    items = fields.List(
        fields.String(validate=validate.Length(max=64)), load_default=list, validate=validate.Length(max=2000)
    )
    heartbeat = fields.Nested(HeartbeatSchema, load_default=None, allow_none=True)


class VerdictSchema(Schema):
    """`reason` is a sentence for the screen, `code` the reason's stable code."""

    verdict = fields.String(required=True, validate=validate.OneOf([v.value for v in Verdict]))
    code = fields.String(allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class ChangesSchema(Schema):
    server_time = fields.String(required=True)
    epoch = fields.String(required=True)
    cases = fields.List(fields.Nested(CaseSchema), required=True)
    gone = fields.List(fields.String(), required=True)
    verdicts = fields.Dict(keys=fields.String(), values=fields.Nested(VerdictSchema), required=True)
    photos = fields.Dict(keys=fields.String(), values=fields.String(validate=validate.OneOf(["stored"])), required=True)
