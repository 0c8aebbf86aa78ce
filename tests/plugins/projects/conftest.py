"""A project and a credential to work with, and people who are only let into their own projects."""

from collections.abc import Callable

import pytest

from foundation.testing.client import Client

OWN = ["projects:own:read", "projects:own:write"]


@pytest.fixture
async def apollo(operator) -> dict:
    answer = await operator.post("/api/projects", {"slug": "apollo", "name": "Apollo"})
    assert answer.status == 201, answer.text
    return answer.json


@pytest.fixture
async def crm(operator) -> dict:
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": "hunter2"}}
    answer = await operator.post("/api/creds", new)
    assert answer.status == 201, answer.text
    return answer.json


@pytest.fixture
async def guest(client_as, admin) -> Callable:
    """Sign in people with a role of one's own, which lets them into their own projects alone."""
    made = await admin.post("/api/roles", {"name": "guest", "title": "Guest", "permissions": OWN})
    assert made.status == 201, made.text

    async def arrive(name: str) -> tuple[Client, str]:
        client = await client_as(None, name=name)
        id = (await client.get("/api/auth/me")).json["id"]
        user = await admin.get(f"/api/users/{id}")
        version = user.json["version"] if user.status == 200 else 1
        given = await admin.patch(f"/api/users/{id}", {"role": "guest"}, if_match=version)
        assert given.status == 200, given.text
        return client, id

    return arrive
