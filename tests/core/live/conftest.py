"""A Foundation without plugins, and people whose pages follow it."""

import pytest
from structlog.testing import capture_logs

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
async def the_next_honest_request_works(sign_in):
    """Let somebody sign in and be answered after the attack that a test tries."""
    with capture_logs() as lines:
        yield
        honest = await sign_in("viewer", name="honest")
        assert (await honest.get("/api/auth/me")).status == 200
    assert [line for line in lines if line["event"] == "request_failed"] == []


@pytest.fixture
def following():
    return follow
