"""The schemas of this API as TypeScript types, for `make contract`."""

from typing import Any

from marshmallow import Schema, fields, missing, validate

from backend.api.schemas import cases, changes, devices, inbox, inbox_missing, problem, session
from backend.codebook import ItemKind

NAMES: dict[type[Schema], str] = {
    session.AreaSchema: "Area",
    session.UserSchema: "User",
    session.DepositKeySchema: "DepositKey",
    session.DeviceStateSchema: "DeviceState",
    session.SessionSchema: "SessionBody",
    cases.ApplicantSchema: "Applicant",
    cases.PlaceSchema: "Place",
    cases.DeclaredSchema: "Declared",
    cases.ComparisonSchema: "ComparisonResult",
    cases.VisitorSchema: "CaseVisitor",
    cases.CommentSchema: "ReturnComment",
    cases.ReturnedSchema: "Returned",
    cases.CaseVisitSchema: "CaseVisit",
    cases.CaseObservationSchema: "CaseObservation",
    cases.CaseAttemptSchema: "CaseAttempt",
    cases.CaseExtensionSchema: "CaseExtension",
    cases.PerHeadSchema: "PerHeadTold",
    cases.ToExplainSchema: "ToExplain",
    cases.PrefillSchema: "Prefill",
    cases.CaseSchema: "Case",
    devices.EnrolledSchema: "EnrolledBody",
    inbox.EnvelopeSchema: "Envelope",
    inbox.ReceiptSchema: "Receipt",
    inbox.RefusalSchema: "Refusal",
    inbox.InboxAnswerSchema: "InboxAnswer",
    changes.VerdictSchema: "Verdict",
    changes.NoticeSchema: "Notice",
    changes.DraftSchema: "GivenBackDraft",
    changes.ParameterSchema: "ToldParameter",
    changes.ParametersSchema: "ToldParameters",
    changes.OfficerSchema: "Officer",
    changes.TownshipSchema: "Township",
    changes.OfficeSchema: "Office",
    changes.WordsSchema: "ToldWords",
    changes.ChangesSchema: "ChangesAnswer",
    changes.StaleSchema: "StaleAnswer",
    inbox_missing.MissingSchema: "MissingAnswer",
    problem.ProblemSchema: "Problem",
}
PLAIN: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Integer, "number"),
    (fields.Boolean, "boolean"),
    (fields.String, "string"),
)


def api_types() -> str:
    """Text of the types, without a head."""
    kinds = " | ".join(f"'{kind.value}'" for kind in ItemKind)
    parts = [f"export type ItemKind = {kinds}"]
    for schema, name in NAMES.items():
        lines = [f"  {_key(key, field)}: {_type(field)}" for key, field in schema().fields.items()]
        parts.append(f"export type {name} = {{\n" + "\n".join(lines) + "\n}")
    return "\n".join(parts) + "\n"


def _key(key: str, field: fields.Field[Any]) -> str:
    is_optional = not field.required and field.load_default is missing
    return (field.data_key or key) + ("?" if is_optional else "")


def _type(field: fields.Field[Any] | None) -> str:
    if field is None:
        return "unknown"
    return _core(field) + (" | null" if field.allow_none else "")


def _core(field: fields.Field[Any]) -> str:
    if "ts" in field.metadata:
        return str(field.metadata["ts"])
    choices = next((v.choices for v in field.validators if isinstance(v, validate.OneOf)), None)
    if choices:
        return " | ".join(f"'{choice}'" for choice in choices)
    if isinstance(field, fields.Nested):
        return NAMES[type(field.schema)]
    if isinstance(field, fields.List):
        return f"{_type(field.inner)}[]"
    if isinstance(field, fields.Dict):
        return f"Record<string, {_type(field.value_field)}>"
    return next(name for kind, name in PLAIN if isinstance(field, kind))
