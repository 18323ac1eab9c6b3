"""What a phone says it knows, and the difference it gets."""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from backend.api.schemas.cases import CaseSchema
from backend.api.schemas.session import NO_CONTROL, UUID, AreaSchema
from backend.codebook import ItemKind, NoticeKind, Verdict

COUNT = validate.Range(0, 10**6)
MOST_UNSENT_CASES = 200
DRAFT_PURPOSES = [kind.value for kind in ItemKind if kind is not ItemKind.DRAFT]
BYTES = validate.Range(0, 10**15)


class HeartbeatSchema(Schema):
    """Counts of one person's work on one phone; `unsent_cases` are the households that it is about.

    What a newer phone tells besides is passed over.
    """

    class Meta:
        unknown = EXCLUDE

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
        load_default=None, allow_none=True, validate=validate.And(validate.Length(max=120), NO_CONTROL)
    )


class HeartbeatBeside(fields.Nested):
    """A heartbeat that comes along: one that cannot be read is none, what it came with must not wait for it."""

    def __init__(self) -> None:
        super().__init__(HeartbeatSchema, load_default=None, allow_none=True)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(value, *args, **kwargs)
        except ValidationError:
            return None


def _ids(most: int) -> fields.List:
    return fields.List(
        fields.String(validate=validate.And(validate.Length(max=64), NO_CONTROL)),
        load_default=list,
        validate=validate.Length(max=most),
    )


class AskChangesSchema(Schema):
    """`known` maps case id to revision; or `digest` says the same shortly: the hash (hex) of all of them.

    `parameters` is the tag of those that the phone has, "" for none; without it none are sent.
    `office` is the digest of the office that the phone knows, "" for none; without it the office is not told.
    `words` is the tag of the county's words (字典) that the phone has, "" for none; without it none are sent.
    `drafts_taken` and `notices_taken` are safe on the phone and need not come again.
    """

    known = fields.Dict(
        keys=fields.String(validate=validate.Length(max=64)), values=fields.Integer(), load_default=None,
        allow_none=True, validate=validate.Length(max=5000),
    )  # fmt: skip
    digest = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z"))
    parameters = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"([0-9a-f]{16})?\Z"))
    office = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    words = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"([0-9a-f]{8})?\Z"))
    items = _ids(2000)
    drafts_taken = _ids(500)
    notices_taken = _ids(500)
    heartbeat = HeartbeatBeside()


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


class ParameterSchema(Schema):
    """A value that holds in an area from a day on, by a document; `is_demo`: 演示参数，非政策标准."""

    key = fields.String(required=True)
    value = fields.Raw(required=True, allow_none=True, metadata={"ts": "unknown"})
    valid_from_on = fields.String(required=True)
    source = fields.String(required=True)
    area_code = fields.String(required=True)
    is_demo = fields.Boolean(required=True)


class ParametersSchema(Schema):
    tag = fields.String(required=True)
    rows = fields.List(fields.Nested(ParameterSchema), required=True)


class OfficerSchema(Schema):
    """Somebody of the township's office whom its village workers may ring."""

    name = fields.String(required=True)
    phone = fields.String(required=True)


class TownshipSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    phones = fields.List(fields.Nested(OfficerSchema), required=True)
    villages = fields.List(fields.Nested(AreaSchema), required=True)


class OfficeSchema(Schema):
    """The townships a village worker works in; told again when its digest changed."""

    digest = fields.String(required=True)
    townships = fields.List(fields.Nested(TownshipSchema), required=True)


class WordsSchema(Schema):
    """What the county calls codes, book by book; a code that is not in it has the standard word."""

    tag = fields.String(required=True)
    books = fields.Dict(
        keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.String()), required=True
    )


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
    parameters = fields.Nested(ParametersSchema, required=True, allow_none=True)
    office = fields.Nested(OfficeSchema, allow_none=True)
    words = fields.Nested(WordsSchema)


class StaleSchema(Schema):
    """The digest does not fit: ask again with `known`."""

    server_time = fields.String(required=True)
    epoch = fields.String(required=True)
    stale = fields.Boolean(required=True)
