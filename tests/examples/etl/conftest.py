"""What the tests of ETL share: its tables beside those of credentials, and a source."""

import pytest

from foundation.db.history import Owner
from foundation.testing.people import SignIn
from foundation_etl import plugin as etl

CSV = "name,city\nAda,London\nBob,Paris\n"


@pytest.fixture
def owner() -> Owner:
    tables = etl.tables()
    return Owner("etl", tables.metadata, tables.migrations)


@pytest.fixture
async def operator(platform):
    """An operator of a Foundation that has ETL alone."""
    return await SignIn(await platform("etl"))("operator")


@pytest.fixture
async def source(operator) -> dict:
    answer = await operator.post("/api/etl", {"name": "People", "content": CSV})
    assert answer.status == 201, answer.text
    return answer.json
