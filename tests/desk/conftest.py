"""Browsers of people who are signed in."""

from collections.abc import Callable

import pytest

from backend.models import User
from tests.desk.browser import Browser


@pytest.fixture
def desk(signed_in) -> Callable[[User], Browser]:
    """`desk(cast.bai_caixia)` is her browser."""
    return lambda user: Browser(signed_in(user))
