"""Which roles may do which verb, and at which stages of a case: the rows of the one policy (DESIGN §5)."""

from dataclasses import dataclass

from backend.codebook import COUNTY_ROLES, FIELD_ROLES, SUPERVISOR_ROLES, Role, Stage

TOWN = frozenset({Role.TOWNSHIP_COORDINATOR})
FIELD = frozenset(FIELD_ROLES)
COUNTY = frozenset(COUNTY_ROLES)
DEPARTMENTS = COUNTY | {Role.LINE_DEPARTMENT}
SUPERVISORS = frozenset(SUPERVISOR_ROLES)
CASE_READERS = TOWN | DEPARTMENTS | SUPERVISORS
EVERYBODY = frozenset(Role)
OPEN = ("public", "device")
BEFORE_OWN_PASSWORD = ("session:use", "password:change", "inbox:deposit")


@dataclass(frozen=True)
class Rule:
    """Roles that may do a verb, and the stages of a case in which it makes sense (empty: any)."""

    roles: frozenset[Role]
    stages: frozenset[Stage] = frozenset()


POLICY: dict[str, Rule] = {
    "session:use": Rule(EVERYBODY),
    "field:use": Rule(FIELD),
    # Who has since changed to another post may still hand in what was done in the village.
    "inbox:deposit": Rule(EVERYBODY),
    "case:see": Rule(CASE_READERS | FIELD),
    "case:list": Rule(CASE_READERS),
    # A line department has what its matter needs (desk/matter.py), not the sums and papers of the whole household.
    "case:whole": Rule(CASE_READERS - {Role.LINE_DEPARTMENT}),
    "case:assign": Rule(TOWN, frozenset({Stage.WARNED, Stage.ASSIGNED, Stage.RETURNED})),
    "kinship:file": Rule(TOWN),
    "cover:set": Rule(TOWN),
    "case:discover": Rule(FIELD),
    "case:visit": Rule(FIELD, frozenset({Stage.ASSIGNED, Stage.RETURNED})),
    "case:review": Rule(TOWN, frozenset({Stage.SUBMITTED})),
    "case:reconsider": Rule(TOWN, frozenset({Stage.REVIEWED})),
    "case:route": Rule(TOWN, frozenset({Stage.REVIEWED})),
    "case:explain": Rule(TOWN, frozenset({Stage.ROUTED})),
    "case:extend": Rule(TOWN, frozenset({Stage.WARNED, Stage.ASSIGNED})),
    "case:void": Rule(TOWN, frozenset({Stage.WARNED, Stage.ASSIGNED})),
    "case:transfer": Rule(TOWN | {Role.COUNTY_RELAPSE_PREVENTION}, frozenset({Stage.WARNED, Stage.ASSIGNED})),
    "case:place": Rule(TOWN, frozenset({Stage.WARNED, Stage.ASSIGNED})),
    "petition:see": Rule(TOWN | {Role.COUNTY_RELAPSE_PREVENTION}),
    "petition:decide": Rule(frozenset({Role.COUNTY_RELAPSE_PREVENTION})),
    "case:reveal": Rule(TOWN | FIELD | COUNTY | SUPERVISORS),
    "photo:see": Rule(CASE_READERS | FIELD),
    "routing:list": Rule(DEPARTMENTS | TOWN),
    "routing:work": Rule(DEPARTMENTS),
    "routing:withdraw": Rule(TOWN, frozenset({Stage.REVIEWED, Stage.ROUTED})),
    "routing:answer": Rule(TOWN),
    # Notices hang in villages: who contradicts one comes to the township.
    "notice:contest": Rule(DEPARTMENTS | TOWN),
    "objection:see": Rule(TOWN | DEPARTMENTS),
    "objection:raise": Rule(TOWN, frozenset({Stage.ROUTED, Stage.CLOSED})),
    "objection:answer": Rule(TOWN | DEPARTMENTS),
    "import:see": Rule(COUNTY | TOWN | SUPERVISORS),
    "import:make": Rule(COUNTY),
    "comparison:run": Rule(COUNTY),
    "comparison:answer": Rule(COUNTY),
    "warning:publish": Rule(COUNTY),
    "ledger:see": Rule(COUNTY | SUPERVISORS | TOWN),
    "ledger:export": Rule(COUNTY | TOWN),
    "bulletin:write": Rule(COUNTY),
    "sheet:print": Rule(TOWN | DEPARTMENTS),
    "sheet:whole": Rule(TOWN | COUNTY),
    "oversight:see": Rule(COUNTY | SUPERVISORS | TOWN),
    "supervision:see": Rule(COUNTY | SUPERVISORS | TOWN),
    "supervision:issue": Rule(COUNTY | SUPERVISORS),
    "supervision:answer": Rule(TOWN),
    "inspection:record": Rule(COUNTY | SUPERVISORS),
    "spot_check:draw": Rule(COUNTY | SUPERVISORS),
    "parameter:see": Rule(CASE_READERS),
    "parameter:propose": Rule(COUNTY),
    "parameter:settle": Rule(COUNTY),
    "inbox:see": Rule(TOWN | COUNTY),
    "inbox:settle": Rule(TOWN | COUNTY),
    "device:see": Rule(TOWN | COUNTY | {Role.ADMINISTRATOR}),
    "device:enrol": Rule(TOWN | {Role.ADMINISTRATOR}),
    "password:change": Rule(EVERYBODY),
    "search:by_id": Rule(TOWN | DEPARTMENTS),
    "liaison:see": Rule(EVERYBODY - FIELD),
    "liaison:keep": Rule(TOWN | COUNTY | {Role.ADMINISTRATOR}),
    "exchange:record": Rule(TOWN | DEPARTMENTS),
    "message:see": Rule(EVERYBODY - FIELD),
    "webhook:keep": Rule(frozenset({Role.ADMINISTRATOR})),
    "user:list": Rule(frozenset({Role.ADMINISTRATOR})),
    "user:manage": Rule(frozenset({Role.ADMINISTRATOR})),
    "area:manage": Rule(frozenset({Role.ADMINISTRATOR})),
    "calendar:set": Rule(frozenset({Role.ADMINISTRATOR})),
    "organisation:name": Rule(frozenset({Role.ADMINISTRATOR})),
    "dictionary:edit": Rule(frozenset({Role.ADMINISTRATOR})),
}
