"""A failure as the phone reads it."""

from marshmallow import Schema, fields


class ProblemSchema(Schema):
    """`code` is stable, `message` is a sentence for the screen, `fields` says what is wrong where."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    fields_ = fields.Dict(keys=fields.String(), data_key="fields")
