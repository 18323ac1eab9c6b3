"""What a phone has receipts for, and what of it a restored server lacks."""

from marshmallow import Schema, fields, validate

from backend.api.schemas.session import NO_CONTROL

MOST_NAMED = 2000


class NamedSchema(Schema):
    id = fields.String(required=True, validate=validate.And(validate.Length(max=64), NO_CONTROL))
    sha256 = fields.String(required=True, validate=validate.And(validate.Length(max=64), NO_CONTROL))


def _named() -> fields.List:
    return fields.List(fields.Nested(NamedSchema), load_default=list, validate=validate.Length(max=MOST_NAMED))


class AskMissingSchema(Schema):
    items = _named()
    photos = _named()


class MissingSchema(Schema):
    """Ids of what is not stored here with that content: to be sent again."""

    items = fields.List(fields.String(), required=True)
    photos = fields.List(fields.String(), required=True)
