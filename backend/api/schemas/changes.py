"""What a phone says it knows, and the difference it gets."""

from marshmallow import Schema, fields, validate

from backend.api.schemas.cases import CaseSchema
from backend.api.schemas.session import NO_CONTROL, UUID
from backend.codebook import ItemKind, NoticeKind, Verdict

COUNT = validate.Range(0, 10**6)
MOST_UNSENT_CASES = 200
DRAFT_PURPOSES = [kind.value for kind in ItemKind if kind is not ItemKind.DRAFT]
BYTES = validate.Range(0, 10**15)


class HeartbeatSchema(Schema):
    """Counts of one person's work on one phone; `unsent_cases` are the households that it is about."""

    device_id = fields.String(required=True, validate=UUID)
    author = fields.String(load_default=None, allow_none=True, validate=UUID)
    captured = fields.Integer(required=True, validate=COUNT)
    unsent = fields.Integer(required=True, validate=COUNT)
    photos_waiting = fields.Integer(required=True, validate=COUNT)
    drafts = fields.Integer(load_default=0, validate=COUNT)
    unsent_cases = fields.List(
        fields.String(validate=UUID), load_default=list, validate=validate.Length(max=MOST_UNSENT_CASES)
    )
    app_version = fields.String(load_default="", validate=validate.And(validate.Length(max=40), NO_CONTROL))
    storage_used = fields.Integer(load_default=None, allow_none=True, validate=BYTES)
    storage_quota = fields.Integer(load_default=None, allow_none=True, validate=BYTES)
    device_time = fields.AwareDateTime(load_default=None, allow_none=True)
    self_test = fields.String(
        load_default=None, allow_none=True, validate=validate.And(validate.Length(max=60), NO_CONTROL)
    )


def _ids(most: int) -> fields.List:
    return fields.List(
        fields.String(validate=validate.Length(max=64)), load_default=list, validate=validate.Length(max=most)
    )


class AskChangesSchema(Schema):
    """`known` maps case id to revision; or `digest` says the same shortly: the hash (hex) of all of them.

    `drafts_taken` and `notices_taken` are safe on the phone and need not come again.
    """

    known = fields.Dict(
        keys=fields.String(validate=validate.Length(max=64)), values=fields.Integer(), load_default=None,
        allow_none=True, validate=validate.Length(max=5000),
    )  # fmt: skip
    digest = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z"))
    items = _ids(2000)
    drafts_taken = _ids(500)
    notices_taken = _ids(500)
    heartbeat = fields.Nested(HeartbeatSchema, load_default=None, allow_none=True)


class VerdictSchema(Schema):
    """`reason` is a sentence for the screen, `code` the reason's stable code."""

    verdict = fields.String(required=True, validate=validate.OneOf([v.value for v in Verdict]))
    code = fields.String(allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class NoticeSchema(Schema):
    """A sentence about a household, told until the phone has it."""

    id = fields.String(required=True)
    case_id = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in NoticeKind]))
    text = fields.String(required=True)
    made_at = fields.String(required=True)


class DraftSchema(Schema):
    """The reader's own unfinished form, handed in by a phone that could no longer read it."""

    id = fields.String(required=True)
    case_id = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(DRAFT_PURPOSES))
    base_revision = fields.Integer(required=True)
    started_at = fields.String(required=True, allow_none=True)
    saved_at = fields.String(required=True)
    fields_ = fields.Dict(keys=fields.String(), required=True, data_key="fields", attribute="fields")


class ChangesSchema(Schema):
    """The difference between what the phone knows and what is so."""

    server_time = fields.String(required=True)
    epoch = fields.String(required=True)
    cases = fields.List(fields.Nested(CaseSchema), required=True)
    gone = fields.List(fields.String(), required=True)
    verdicts = fields.Dict(keys=fields.String(), values=fields.Nested(VerdictSchema), required=True)
    photos = fields.Dict(keys=fields.String(), values=fields.String(validate=validate.OneOf(["stored"])), required=True)
    notices = fields.List(fields.Nested(NoticeSchema), required=True)
    drafts = fields.List(fields.Nested(DraftSchema), required=True)


class StaleSchema(Schema):
    """The digest does not fit: ask again with `known`."""

    server_time = fields.String(required=True)
    epoch = fields.String(required=True)
    stale = fields.Boolean(required=True)
