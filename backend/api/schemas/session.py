"""Signing in, and who is signed in."""

from marshmallow import Schema, fields, validate

NO_CONTROL = validate.Regexp(r"[^\x00-\x1f]*\Z")
UUID = validate.Regexp(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class DeviceSchema(Schema):
    """`proof` is the device key's signature over `ruhu-bind-1`, the phone's id and the account's name as sent."""

    id = fields.String(required=True, validate=UUID)
    name = fields.String(load_default="", validate=validate.And(validate.Length(max=80), NO_CONTROL))
    app_version = fields.String(load_default="", validate=validate.And(validate.Length(max=40), NO_CONTROL))
    proof = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))


class SignInSchema(Schema):
    username = fields.String(required=True, validate=validate.And(validate.Length(1, 40), NO_CONTROL))
    password = fields.String(required=True, validate=validate.Length(1, 200))
    device = fields.Nested(DeviceSchema, load_default=None)


class AreaSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class UserSchema(Schema):
    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    role_label = fields.String(required=True)
    areas = fields.List(fields.Nested(AreaSchema), required=True)


class DepositKeySchema(Schema):
    """The public key (P-256) to which a phone seals what it hands in."""

    id = fields.String(required=True)
    jwk = fields.Dict(required=True, metadata={"ts": "JsonWebKey"})


class DeviceStateSchema(Schema):
    """What the server knows of the phone that is signed in on."""

    enrolled = fields.Boolean(required=True)
    revoked = fields.Boolean(required=True)


class SessionSchema(Schema):
    """`receipt_key` is the public JSON Web Key (P-256) that receipts are verified with."""

    user = fields.Nested(UserSchema, required=True)
    server_time = fields.String(required=True)
    receipt_key = fields.Dict(required=True, metadata={"ts": "JsonWebKey"})
    deposit_key = fields.Nested(DepositKeySchema, required=True)
    device = fields.Nested(DeviceStateSchema, required=True)
    form_version = fields.Integer(required=True)
    app_version = fields.String(required=True)
