"""Tables only. What may happen to a row is said by the verbs in backend.domain."""

from backend.models.area import Area, AreaAlias
from backend.models.assignment import Assignment
from backend.models.base import db
from backend.models.case import Case
from backend.models.comparison import Comparison, ComparisonPast, ComparisonRun
from backend.models.correction import Correction
from backend.models.cover import Cover
from backend.models.decision import Decision
from backend.models.declaration import Declaration, ImportBatch, RowProblem
from backend.models.device import Device, DeviceUser, EnrolmentCode
from backend.models.dictionary import DictionaryWord
from backend.models.discovery import Discovery
from backend.models.event import ChainHead, Event
from backend.models.explanation import Explanation
from backend.models.figures import FiguresSnapshot
from backend.models.inbox import InboxConflict, InboxItem
from backend.models.inspection import Finding, Inspection, SpotCheck, SpotCheckHousehold
from backend.models.kinship import KinFiling
from backend.models.liaison import Exchange, Liaison
from backend.models.material_request import MaterialRequest
from backend.models.message import Message, MessageMark, MessageReading
from backend.models.notice import Notice
from backend.models.objection import Objection
from backend.models.observation import Attempt, Observation
from backend.models.organisation import OFFICES, OrganisationName
from backend.models.parameter import Parameter
from backend.models.parameter_proposal import ParameterProposal
from backend.models.petition import Extension, Voiding
from backend.models.photo import Photo, Upload
from backend.models.procedure_step import ProcedureStep
from backend.models.recovered_draft import RecoveredDraft
from backend.models.review import JointOpinion, Review
from backend.models.roster import RosterEntry
from backend.models.routing import Routing
from backend.models.supervision import SupervisionCase, SupervisionNotice
from backend.models.support import SupportMeasure, SupportPlan
from backend.models.transfer import Transfer
from backend.models.user import LoginSession, Posting, User
from backend.models.visit import Visit
from backend.models.webhook import Webhook

__all__ = [
    "OFFICES",
    "Area",
    "AreaAlias",
    "Assignment",
    "Attempt",
    "Case",
    "ChainHead",
    "Comparison",
    "ComparisonPast",
    "ComparisonRun",
    "Correction",
    "Cover",
    "Decision",
    "Declaration",
    "Device",
    "DeviceUser",
    "DictionaryWord",
    "Discovery",
    "EnrolmentCode",
    "Event",
    "Exchange",
    "Explanation",
    "Extension",
    "FiguresSnapshot",
    "Finding",
    "ImportBatch",
    "InboxConflict",
    "InboxItem",
    "Inspection",
    "JointOpinion",
    "KinFiling",
    "Liaison",
    "LoginSession",
    "MaterialRequest",
    "Message",
    "MessageMark",
    "MessageReading",
    "Notice",
    "Objection",
    "Observation",
    "OrganisationName",
    "Parameter",
    "ParameterProposal",
    "Photo",
    "Posting",
    "ProcedureStep",
    "RecoveredDraft",
    "Review",
    "RosterEntry",
    "Routing",
    "RowProblem",
    "SpotCheck",
    "SpotCheckHousehold",
    "SupervisionCase",
    "SupervisionNotice",
    "SupportMeasure",
    "SupportPlan",
    "Transfer",
    "Upload",
    "User",
    "Visit",
    "Voiding",
    "Webhook",
    "db",
]  # fmt: skip
