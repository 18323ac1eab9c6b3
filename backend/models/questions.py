"""Questions to the database that are put together once and asked again and again.

Putting a statement together and naming it in SQLAlchemy's cache takes four times as long as asking it. What differs
from one time to the next goes in as a parameter: the moment is looked up when the question is asked.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, Protocol, TypeVar

from sqlalchemy import BindParameter, Date, bindparam

from backend import clock
from backend.models.base import Instant

MOST_KEPT = 256
P = ParamSpec("P")
Question = TypeVar("Question")


class Looker(Protocol):
    """Whose sight a question is bound to: an account, or its `Sight`."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def area_codes(self) -> list[str]: ...
    @property
    def queue(self) -> str | None: ...


class Sight(NamedTuple):
    """What of an account decides what it sees; the same names as on `User`."""

    id: str
    role: str
    areas: tuple[str, ...]
    queue: str | None

    @property
    def area_codes(self) -> list[str]:
        return list(self.areas)


def sight_of(user: Looker) -> Sight:
    """The sight of an account as it is now."""
    return Sight(user.id, user.role, tuple(user.area_codes), user.queue)


class Kept(Generic[P, Question]):
    """`build(user, …)`, whose statement is made once for each sight and the other arguments; `afresh` makes it each time."""

    def __init__(self, build: Callable[Concatenate[Any, P], Question]) -> None:
        self.afresh = build
        self._once = lru_cache(maxsize=MOST_KEPT)(build)

    def __call__(self, user: Looker, *args: P.args, **kwargs: P.kwargs) -> Question:
        return self._once(sight_of(user), *args, **kwargs)


def kept(build: Callable[Concatenate[Any, P], Question]) -> Kept[P, Question]:
    """Keep what `build` makes. Whatever it depends on beside its arguments has to be a parameter of the statement."""
    return Kept(build)


def now(ago: timedelta = timedelta()) -> BindParameter[datetime]:
    """The moment at which the question is asked, or so long before."""
    return bindparam(None, callable_=lambda: clock.now() - ago, type_=Instant, unique=True)


def today() -> BindParameter[date]:
    """The day, in Gansu, on which the question is asked."""
    return bindparam(None, callable_=clock.today, type_=Date, unique=True)


def told(read: Callable[[], Any], kind: Any = None) -> BindParameter[Any]:
    """What `read` says when the question is asked."""
    return bindparam(None, callable_=read, type_=kind, unique=True)


def each(name: str) -> BindParameter[Collection[Any]]:
    """A list given with the question under `name`, for `in_`."""
    return bindparam(name, expanding=True)


def each_told(read: Callable[[], Collection[Any]]) -> BindParameter[Collection[Any]]:
    """A list that `read` says when the question is asked, for `in_`."""
    return bindparam(None, callable_=lambda: list(read()), expanding=True, unique=True)
