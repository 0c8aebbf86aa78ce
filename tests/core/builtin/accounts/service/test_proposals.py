"""Proposals without a plugin that makes one; the rest is told in `test_set_up`."""


async def test_core_itself_proposes_nothing_and_decides_nothing_unproposed(client_as) -> None:
    admin = await client_as("admin")
    one = {"permission": "accounts:user:read", "role": "viewer", "granted": True}

    refused = await admin.post("/api/roles/proposals", {"decisions": [one]})

    assert (refused.status, refused.pointers) == (422, {"/decisions/0"})
    assert (await admin.post("/api/roles/proposals", {"decisions": []})).status == 422
