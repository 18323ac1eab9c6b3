"""What a line department reads of a household: its own matter and no more (个人信息保护法 第6条: 最小范围; DOMAIN §8)."""

from typing import Any

from flask_login import current_user

from backend import form
from backend.codebook import PhotoKind, Queue, Role

# The sections of a visit that a queue's 转办单 prints; a line department sees the same ones on its pages.
SECTIONS = {
    Queue.EDUCATION: ("S6",), Queue.MEDICAL: ("S6",), Queue.HOUSING: ("S5", "S6"), Queue.WATER: ("S6",),
    Queue.SOCIAL_ASSISTANCE: ("S1", "S3", "S4", "S5"), Queue.RELAPSE_PREVENTION: ("S1", "S3", "S4", "S7"),
}  # fmt: skip
VISIT, TOLD = "S0", "narrative"
NAMED = frozenset({"m_name", "m_relation", "m_is_living"})
WHO = frozenset({"m_id_number", "m_birth_on", "m_sex"})
MEMBERS = {
    Queue.EDUCATION: NAMED | WHO | {"m_schooling", "m_grade", "m_dropout_reason"},
    Queue.MEDICAL: NAMED | WHO | {
        "m_health", "m_disease", "m_is_listed_disease", "m_has_family_doctor", "m_insurance", "m_uninsured_reason",
        "m_has_big_insurance",
    },
}  # fmt: skip
PHOTOS = {
    Queue.EDUCATION: {PhotoKind.TUITION},
    Queue.MEDICAL: {PhotoKind.DIAGNOSIS, PhotoKind.RECEIPT},
    Queue.HOUSING: {PhotoKind.HOUSE, PhotoKind.ROOM, PhotoKind.KITCHEN, PhotoKind.CRACK, PhotoKind.DISASTER},
    Queue.WATER: {PhotoKind.WATER, PhotoKind.DISASTER},
}  # fmt: skip


def own_matter() -> Queue | None:
    """The queue of whoever reads the page, if a line department does; None for those who read the whole."""
    is_line = getattr(current_user, "role", "") == Role.LINE_DEPARTMENT
    return Queue(current_user.queue) if is_line else None


def of_matter(told: Any) -> Any:
    """Answers or facts without the questions of other matters; whatever is no answer stays as it is."""
    queue = own_matter()
    return _only(told, queue) if queue and isinstance(told, dict) else told


def _only(told: dict[str, Any], queue: Queue) -> dict[str, Any]:
    kept = {key: value for key, value in told.items() if key not in form.BY_KEY or _is_of(key, queue)}
    if isinstance(kept.get("members"), list):
        keys = MEMBERS.get(queue, NAMED)
        kept["members"] = [
            {k: v for k, v in one.items() if k in keys} for one in kept["members"] if isinstance(one, dict)
        ]
    if isinstance(kept.get("facts"), dict):
        kept["facts"] = _only(kept["facts"], queue)
    return kept


def _is_of(key: str, queue: Queue) -> bool:
    return key == TOLD or form.SECTION_OF[key].key in (VISIT, *SECTIONS.get(queue, ()))


def is_of_matter(kind: str) -> bool:
    """Whether a photo shows what the reader's department works on."""
    queue = own_matter()
    return queue is None or kind in PHOTOS.get(queue, ())
