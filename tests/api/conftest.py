"""A household of 毛山村 and the phone of who goes there."""

import pytest

from tests import phone
from tests.factories import assigned_case


@pytest.fixture
def case(cast):
    return assigned_case(cast)


@pytest.fixture
def mi(signed_in, cast):
    return signed_in(cast.mi_jianjun)


@pytest.fixture
def raw():
    """The bytes of a picture."""
    return phone.jpeg()


@pytest.fixture
def photo(raw):
    """What the facts say of it."""
    return phone.listed(raw)
