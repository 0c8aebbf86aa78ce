"""A reach prints no value, and its client is held to its origins."""

import pytest

from foundation.outbound.origin import EgressRefused
from foundation.outbound.reach import Reach
from foundation.secret import Secret


async def test_a_client_goes_to_the_origins_of_the_credential_alone():
    reach = Reach(("https://crm.example",), headers={"authorization": Secret("Bearer canary")})

    assert "canary" not in repr(reach)
    with pytest.raises(EgressRefused):
        await reach.client().request("GET", "https://evil.example/")
