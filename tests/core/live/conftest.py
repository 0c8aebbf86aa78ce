"""A Foundation without plugins, and people whose pages follow it."""

import pytest

from foundation.testing.follow import follow
from foundation.testing.people import SignIn


@pytest.fixture
async def product(platform):
    """A running Foundation with core's own sections and the trail."""
    return await platform("audit")


@pytest.fixture
def sign_in(product):
    return SignIn(product)


@pytest.fixture
def following():
    return follow
