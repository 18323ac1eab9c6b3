"""What a phone hears when it told its counts."""

from marshmallow import Schema, fields


class HeardSchema(Schema):
    server_time = fields.String(required=True)
    epoch = fields.String(required=True)
