"""An instant in what a phone hands in."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import fields


class Moment(fields.AwareDateTime):
    """An instant, in UTC. At the calendar's two ends some zones' moments have none there."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **other: Any) -> datetime:
        told: datetime = super()._deserialize(value, attr, data, **other)
        try:
            return told.astimezone(UTC)
        except OverflowError as error:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from error
