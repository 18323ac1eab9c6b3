"""Who is sent to a household, as the phones of those who see it hold it: with the numbers of the others, to be rung offline."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from backend.codebook import Role
from backend.models import Assignment, User, db

Json = dict[str, Any]


class Teams:
    """Of all the cases, in one query; each person's number is opened once."""

    def __init__(self, ids: Sequence[str], reader: User) -> None:
        self._reader = reader
        self._sent: dict[str, list[tuple[Assignment, User]]] = defaultdict(list)
        query = select(Assignment, User).join(User, User.id == Assignment.user_id)
        sent = query.where(Assignment.case_id.in_(ids), Assignment.ended_at.is_(None))
        for assignment, user in db.session.execute(sent.order_by(Assignment.duty.desc())):
            self._sent[assignment.case_id].append((assignment, user))
        others = {user.id: user for sent_there in self._sent.values() for _, user in sent_there if user.id != reader.id}
        self._phones = {user_id: user.phone or "" for user_id, user in others.items()}

    def is_all_own(self, ids: Sequence[str]) -> bool:
        """Whether the reader is sent to every one of these cases."""
        return all(any(user.id == self._reader.id for _, user in self._sent[case_id]) for case_id in ids)

    def duty(self, case_id: str, stood_in_for: set[str]) -> str:
        """The reader's own duty, else that of whom they stand in for, else contributor."""
        for who in ({self._reader.id}, stood_in_for):
            for assignment, user in self._sent[case_id]:
                if user.id in who:
                    return assignment.duty
        return "contributor"

    def people(self, case_id: str) -> list[Json]:
        """[{user_id, name, unit, role_label, duty, phone}]; phone is "" for the reader and where none is known."""
        return [
            {
                "user_id": user.id, "name": user.name, "unit": user.unit, "role_label": Role(user.role).label,
                "duty": assignment.duty, "phone": self._phones.get(user.id, ""),
            }
            for assignment, user in self._sent[case_id]
        ]  # fmt: skip

    def visitors(self, case_id: str) -> list[Json]:
        """The same people as the form's visitors."""
        return [
            {
                "user_id": user.id, "name": user.name, "unit": user.unit, "role": Role(user.role).label,
                **({"phone": phone} if (phone := self._phones.get(user.id)) else {}),
            }
            for _, user in self._sent[case_id]
        ]  # fmt: skip
