"""A phone's enrolment."""

from marshmallow import Schema, fields, validate

from backend.api.schemas.session import NO_CONTROL, UUID, DeviceStateSchema


class PublicKeySchema(Schema):
    """A point of P-256 as JSON Web Key."""

    kty = fields.String(required=True, validate=validate.Equal("EC"))
    crv = fields.String(required=True, validate=validate.Equal("P-256"))
    x = fields.String(required=True, validate=validate.Regexp(r"[A-Za-z0-9_-]{43}\Z"))
    y = fields.String(required=True, validate=validate.Regexp(r"[A-Za-z0-9_-]{43}\Z"))


class EnrolmentSchema(Schema):
    """`proof` is the device key's signature over `ruhu-enrol-1`, device_id, the person's id and the code."""

    device_id = fields.String(required=True, validate=UUID)
    name = fields.String(load_default="", validate=validate.And(validate.Length(max=80), NO_CONTROL))
    public_key = fields.Nested(PublicKeySchema, required=True)
    code = fields.String(required=True, validate=validate.Regexp(r"[0-9]{6}\Z"))
    proof = fields.String(required=True, validate=validate.Length(max=100))


class EnrolledSchema(Schema):
    server_time = fields.String(required=True)
    device = fields.Nested(DeviceStateSchema, required=True)
