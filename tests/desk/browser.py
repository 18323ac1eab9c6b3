"""A browser for the desk, and what a household looks like after a phone handed it in."""

import html
import json
import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend import clock
from backend.domain import events
from backend.models import Case, Observation, Photo, User, Visit, db

DAY = re.compile(r"</?time\b[^>]*>")
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
ANSWERS = {
    "visit_mode": "in_person",
    "interviewee_name": "马占福",
    "interviewee_phone": "12000000077",
    "head_id_number": "620599197106300050",
    "living_size": 5,
    "cattle": 0,
    "house_defects": ["crack"],
    "risks": ["illness"],
    "narrative": "户主三月查出大病，在兰州住院两次，报销后自付三万六千元。",
    "members": [{"m_name": "马法图麦", "m_relation": "spouse", "m_is_living": "yes", "m_health": ["healthy"]}],
    "visitors": [{"name": "米建军"}, {"name": "丁志强"}],
    "signature_interviewee": {"strokes": [[1, 2, 30, 40]], "width": 100, "height": 50},
}


class Browser:
    """`get` reads a page; `post` sends a form as that page would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        # A form's token follows from the cookie alone: one page is read for it, not one before each form.
        self._tokens: dict[str, str] = {}

    def get(self, url: str) -> TestResponse:
        return self.client.get(url)

    def text(self, url: str, status: int = 200) -> str:
        """The page's text without tags; asserts its status."""
        answer = self.get(url)
        assert answer.status_code == status, answer.text
        return words(answer)

    def post(self, url: str, fields: dict[str, Any] | None = None, **other: Any) -> TestResponse:
        return self.client.post(url, data={"csrf_token": self._token()} | (fields or {}) | other)

    def look_for(self, name: str, words: str, **other: Any) -> str:
        """The page's text after the words were typed into the box of a list (cases, users, people, liaisons)."""
        return self.text(self.post(f"/search/{name}", q=words, **other).location)

    def _token(self) -> str:
        cookie = self.client.get_cookie("ruhu")
        whose = cookie.value if cookie else ""
        if whose not in self._tokens:
            page = self.client.get("/cases/")
            found = TOKEN.search(page.text) or TOKEN.search(self.client.get("/login").text)
            self._tokens[whose] = found[1]
        return self._tokens[whose]


def words(answer: TestResponse) -> str:
    """The words of an answer, tags stripped, spaces folded; a day is a word among others."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", DAY.sub("", answer.text))).split())


def visit(case: Case, *, author: User, photos: int = 0, stored: int | None = None, **answers: Any) -> Visit:
    """A 核查表 for `case` as it stands after the phone handed it in; `answers` override ANSWERS."""
    at = clock.now() - timedelta(hours=2)
    made = Visit(
        case=case, author=author, form_version=1, base_revision=1, visited_at=at, ended_at=at,
        received_at=clock.now(), answers_text_sealed="", photos_expected=photos, signature_count=3,
        visitor_signatures=2, counted_at=clock.now(),
    )  # fmt: skip
    made.answers_text = json.dumps(ANSWERS | answers, ensure_ascii=False)
    db.session.add(made)
    case.stage, case.visited_at = "submitted", case.visited_at or at
    events.record("visit:received", actor=author, case=case, visit=made.id)
    db.session.flush()
    for number in range(photos):
        photograph(made, is_stored=number < (photos if stored is None else stored))
    db.session.flush()
    return made


def photograph(made: Visit, *, kind: str = "house", is_stored: bool = True) -> Photo:
    """A picture of the visit; its bytes are for tests that store them."""
    photo = Photo(
        case_id=made.case_id, visit_id=made.id, author_id=made.author_id, kind=kind, sha256="0" * 64,
        size=3, taken_at=made.visited_at, state="stored" if is_stored else "expected",
    )  # fmt: skip
    db.session.add(photo)
    db.session.flush()
    return photo


def observe(case: Case, *, author: User, text: str = "后院还有两头牛犊", **facts: Any) -> Observation:
    """A contribution beside the visit, with facts by question."""
    made = Observation(case=case, author=author, observed_at=clock.now(), received_at=clock.now(), facts_text_sealed="")
    made.facts_text = json.dumps({"text": text, "facts": facts}, ensure_ascii=False)
    db.session.add(made)
    db.session.flush()
    return made
