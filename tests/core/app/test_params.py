"""A reference in the parameters of a run is looked at when the run is asked for."""

from foundation.app.params import check_references


async def test_parameters_without_a_reference_ask_nobody():
    await check_references(None, None, {"rows": 3, "text": "cred"})
