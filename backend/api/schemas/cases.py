"""A case as a phone holds it."""

from marshmallow import Schema, fields, validate

from backend.codebook import CountMode, Duty, Stage


class ApplicantSchema(Schema):
    name = fields.String(required=True)
    id_masked = fields.String(required=True)
    phone_masked = fields.String(required=True)
    sex = fields.String(required=True)
    birth_on = fields.String(required=True, allow_none=True)


class PlaceSchema(Schema):
    code = fields.String(required=True)
    township = fields.String(required=True)
    village = fields.String(required=True)
    group = fields.String(required=True)


class DeclaredSchema(Schema):
    family_size = fields.Integer(required=True, allow_none=True)
    hardship_text = fields.String(required=True)
    risk_label = fields.String(required=True)
    submitted_at = fields.String(required=True)
    is_proxy = fields.Boolean(required=True)
    proxy_name = fields.String(required=True)


class ComparisonSchema(Schema):
    code = fields.String(required=True)
    label = fields.String(required=True)
    note = fields.String(required=True)


class VisitorSchema(Schema):
    user_id = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    role_label = fields.String(required=True)
    duty = fields.String(required=True, validate=validate.OneOf([d.value for d in Duty]))
    phone = fields.String(required=True)


class CommentSchema(Schema):
    key = fields.String(required=True)
    text = fields.String(required=True)


class ReturnedSchema(Schema):
    reason = fields.String(required=True)
    reason_code = fields.String(required=True)
    comments = fields.List(fields.Nested(CommentSchema), required=True)
    returned_at = fields.String(required=True)
    by = fields.String(required=True)


class CaseVisitSchema(Schema):
    id = fields.String(required=True)
    author = fields.String(required=True)
    visited_at = fields.String(required=True)
    is_mine = fields.Boolean(required=True)
    photos_expected = fields.Integer(required=True)
    photos_stored = fields.Integer(required=True)
    superseded = fields.Boolean(required=True)


class CaseObservationSchema(Schema):
    id = fields.String(required=True)
    author = fields.String(required=True)
    observed_at = fields.String(required=True)
    is_mine = fields.Boolean(required=True)


class CaseAttemptSchema(Schema):
    """A walk in vain; `id` is that of its item where a phone handed it in."""

    id = fields.String(required=True)
    author = fields.String(required=True)
    attempted_at = fields.String(required=True)
    result_label = fields.String(required=True)
    note = fields.String(required=True)
    is_mine = fields.Boolean(required=True)


class CaseExtensionSchema(Schema):
    """The newest 延期 that waits or was answered; the case's due_at is what counts now."""

    state = fields.String(required=True, validate=validate.OneOf(["asked", "approved", "refused"]))
    state_label = fields.String(required=True)
    until_at = fields.String(required=True)
    note = fields.String(required=True)


class PerHeadSchema(Schema):
    total_fen = fields.Integer(required=True)
    people = fields.Integer(required=True)
    per_head_fen = fields.Integer(required=True)


class ToExplainSchema(Schema):
    """Why nothing applies, for who tells the household; None where a figure or a standard is not known."""

    reason = fields.String(required=True)
    by = fields.String(required=True)
    unit = fields.String(required=True)
    routed_at = fields.String(required=True)
    visited_at = fields.String(required=True, allow_none=True)
    monitor = fields.Nested(PerHeadSchema, required=True, allow_none=True)
    dibao = fields.Nested(PerHeadSchema, required=True, allow_none=True)
    dibao_standard_fen = fields.Integer(required=True, allow_none=True)
    monitor_range_fen = fields.Integer(required=True, allow_none=True)
    is_demo = fields.Boolean(required=True)
    objection_days = fields.Integer(required=True)
    phones = fields.List(fields.String(), required=True)


class PrefillSchema(Schema):
    """`sources` names where each answer comes from, `members_from` the same for each person, in their order."""

    answers = fields.Dict(keys=fields.String(), required=True, metadata={"ts": "Answers"})
    members = fields.List(fields.Dict(keys=fields.String()), required=True)
    sources = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    members_from = fields.List(fields.String(), required=True)
    visited_on = fields.String(required=True, allow_none=True)


class CaseSchema(Schema):
    """Masked numbers only; `last_answers` are the reader's own newest, while the visit is returned."""

    id = fields.String(required=True)
    revision = fields.Integer(required=True)
    number = fields.String(required=True)
    stage = fields.String(required=True, validate=validate.OneOf([s.value for s in Stage]))
    stage_label = fields.String(required=True)
    applicant = fields.Nested(ApplicantSchema, required=True)
    area = fields.Nested(PlaceSchema, required=True)
    declared = fields.Nested(DeclaredSchema, required=True)
    published_at = fields.String(required=True)
    due_at = fields.String(required=True)
    count_mode = fields.String(required=True, validate=validate.OneOf([m.value for m in CountMode]))
    limit_days = fields.Integer(required=True)
    is_priority = fields.Boolean(required=True)
    is_urgent = fields.Boolean(required=True)
    is_found = fields.Boolean(required=True)
    comparison = fields.Nested(ComparisonSchema, required=True)
    people = fields.List(fields.Nested(VisitorSchema), required=True)
    my_duty = fields.String(required=True, validate=validate.OneOf(["main", "companion", "contributor"]))
    returned = fields.Nested(ReturnedSchema, required=True, allow_none=True)
    visits = fields.List(fields.Nested(CaseVisitSchema), required=True)
    observations = fields.List(fields.Nested(CaseObservationSchema), required=True)
    last_answers = fields.Dict(keys=fields.String(), required=True, allow_none=True, metadata={"ts": "Answers"})
    prefill = fields.Nested(PrefillSchema, required=True)
    attempts = fields.List(fields.Nested(CaseAttemptSchema), required=True)
    extension = fields.Nested(CaseExtensionSchema, required=True, allow_none=True)
    explain = fields.Nested(ToExplainSchema, required=True, allow_none=True)


class RevealSchema(Schema):
    reason = fields.String(
        required=True, validate=validate.And(validate.Length(1, 60), validate.Regexp(r"[^\x00-\x1f]*\Z"))
    )


class PhoneSchema(Schema):
    phone = fields.String(required=True)
