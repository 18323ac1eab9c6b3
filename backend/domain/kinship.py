"""近亲属备案 (民发〔2021〕57号 第11条): a near relative does not go, and the county must itself visit (第20条)."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from backend import access, clock
from backend.codebook import Relation
from backend.domain import events
from backend.models import Case, KinFiling, User, db
from backend.problems import Problem

# What somebody may be to the applicant; the head is the household itself.
RELATIONS = tuple(relation for relation in Relation if relation is not Relation.HEAD)

Relatives = dict[str, KinFiling]


def filings_of(cases: Sequence[Case]) -> dict[str, list[KinFiling]]:
    """{case id: what stands about its applicant}, from this case or another one of the same person."""
    lookups = {case.id: case.declaration.id_number_lookup for case in cases}
    known = {lookup for lookup in lookups.values() if lookup}
    query = (
        select(KinFiling)
        .where(
            KinFiling.withdrawn_at.is_(None),
            or_(KinFiling.case_id.in_(list(lookups)), KinFiling.person_lookup.in_(known)),
        )
        .options(joinedload(KinFiling.relative))
        .order_by(KinFiling.id)
    )
    rows = db.session.scalars(query).all() if lookups else []
    return {
        case_id: [row for row in rows if row.case_id == case_id or (lookup and row.person_lookup == lookup)]
        for case_id, lookup in lookups.items()
    }


def relatives_of(cases: Sequence[Case]) -> dict[str, Relatives]:
    """{case id: {account id: why that person does not go there}}."""
    return {case_id: {row.user_id: row for row in rows if row.user_id} for case_id, rows in filings_of(cases).items()}


def check_no_relative(case: Case, going: dict[str, User]) -> None:
    """`going` is {field: who is to go}. Raises Problem near_relative, naming the field."""
    relatives = relatives_of([case])[case.id]
    for field, user in going.items():
        if filing := relatives.get(user.id):
            label = Relation(filing.relation).label
            raise Problem("near_relative", fields={field: "near_relative"}, name=user.name, relation=label)


def file_kinship(
    case: Case, *, relation: str, actor: User, relative: User | None = None, relative_name: str = ""
) -> KinFiling:
    """Record that `relative`, or somebody without an account, is `relation` of the applicant.

    One event kinship:filed. Raises Problem relation_missing, relative_missing (nobody or both), relative_filed.
    """
    access.require(actor, "kinship:file", case)
    name = relative_name.strip()
    if relation not in RELATIONS:
        raise Problem("relation_missing", fields={"relation": "choose"})
    if (relative is None) == (not name):
        raise Problem("relative_missing", fields={"relative": "relative_missing"})
    standing = filings_of([case])[case.id]
    if any(row.user_id == relative.id if relative else row.relative_name == name for row in standing):
        raise Problem("relative_filed", fields={"relative": "relative_filed"}, name=relative.name if relative else name)
    made = KinFiling(
        case=case, person_lookup=case.declaration.id_number_lookup, relative=relative, relative_name=name,
        relation=relation, filer=actor, filed_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    events.record("kinship:filed", actor=actor, case=case, filing=made.id)
    return made


def withdraw_filing(filing: KinFiling, *, actor: User) -> KinFiling:
    """It was a mistake: the person may go again. One event kinship:withdrawn. Raises Problem filing_withdrawn."""
    access.require(actor, "kinship:file")
    if filing.withdrawn_at is not None:
        raise Problem("filing_withdrawn")
    filing.withdrawn_at, filing.withdrawn_by = clock.now(), actor.id
    events.record("kinship:withdrawn", actor=actor, case=filing.case, filing=filing.id)
    return filing
