"""Without a keeper of its own an edge lets everybody through."""

from foundation.http.keeper import Open


async def test_an_open_keeper_admits_everybody_and_does_not_care_how_it_ended():
    for fault in (None, ValueError()):
        (await Open().admit("orders")).ended(fault, request_id="1")
