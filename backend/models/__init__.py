"""Tables only. What may happen to a row is said by the verbs in backend.domain."""

from backend.models.area import Area
from backend.models.assignment import Assignment
from backend.models.base import db
from backend.models.case import Case
from backend.models.comparison import Comparison, ComparisonRun
from backend.models.decision import Decision
from backend.models.declaration import Declaration, ImportBatch, RowProblem
from backend.models.device import Device, DeviceUser, EnrolmentCode
from backend.models.event import ChainHead, Event
from backend.models.explanation import Explanation
from backend.models.inbox import InboxConflict, InboxItem
from backend.models.notice import Notice
from backend.models.observation import Attempt, Observation
from backend.models.parameter import Parameter
from backend.models.photo import Photo, Upload
from backend.models.recovered_draft import RecoveredDraft
from backend.models.review import Review
from backend.models.roster import RosterEntry
from backend.models.routing import Routing
from backend.models.user import LoginSession, Posting, User
from backend.models.visit import Visit

__all__ = [
    "Area", "Assignment", "Attempt", "Case", "ChainHead", "Comparison", "ComparisonRun", "Decision", "Declaration",
    "Device", "DeviceUser", "EnrolmentCode", "Event", "Explanation", "ImportBatch", "InboxConflict", "InboxItem",
    "LoginSession", "Notice", "Observation", "Parameter", "Photo", "Posting", "RecoveredDraft", "Review",
    "RosterEntry", "Routing", "RowProblem", "Upload", "User", "Visit", "db",
]  # fmt: skip
