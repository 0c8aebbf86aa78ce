"""A project and a credential to work with."""

import pytest


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
