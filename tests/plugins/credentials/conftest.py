"""A credential to work with."""

import pytest

NEW = {
    "slug": "crm",
    "name": "CRM",
    "kind": "basic",
    "description": "The old one",
    "values": {"username": "ada", "password": "hunter2"},
}

DATABASE = {
    "slug": "warehouse",
    "name": "Warehouse",
    "kind": "postgres",
    "values": {"host": "db.example", "database": "w", "username": "ada", "password": "hunter2"},
}

KEY = {
    "slug": "gate",
    "name": "Gate",
    "kind": "ssh_key",
    "values": {"username": "ada", "private_key": "key", "passphrase": "open"},
}


async def _created(client, new) -> dict:
    answer = await client.post("/api/creds", new)
    assert answer.status == 201, answer.text
    return answer.json


@pytest.fixture
def new() -> dict:
    return dict(NEW)


@pytest.fixture
async def crm(operator) -> dict:
    return await _created(operator, NEW)


@pytest.fixture
async def warehouse(operator) -> dict:
    return await _created(operator, DATABASE)


@pytest.fixture
async def gate(operator) -> dict:
    return await _created(operator, KEY)


@pytest.fixture
def reveal(admin):
    """Reveal a field as an admin who has just signed in."""

    async def revealed(credential: dict, field: str):
        return await admin.post(
            f"/api/creds/{credential['id']}/reveal", {"field": field, "reason": "a test"}
        )

    return revealed
