"""An upload before it is noted: a plain value with the columns of `Upload`, since a mapped one costs as much as its row."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.models import Upload
from backend.models.base import new_id


@dataclass
class Coming:
    """As `Upload` says; `finished_at` is set when the photo is here."""

    photo_id: str
    author_id: str
    case_id: str | None
    kind: str
    sha256: str
    length: int
    picture_size: int
    photo_key: bytes | None
    key_id: str | None
    device_id: str | None
    flag: str
    started_at: datetime
    expires_at: datetime
    finished_at: datetime | None = None
    id: str = field(default_factory=new_id)


AnyUpload = Upload | Coming
