"""PostgreSQL: the server of these tests is asked, and only its word is told."""

import pytest
from sqlalchemy.engine import make_url

from foundation_credentials.outside.postgres import ask


@pytest.fixture
def place(database_url):
    url = make_url(database_url.reveal())
    return {
        "host": url.query.get("host") or url.host,
        "port": str(url.port or 5432),
        "database": url.database,
        "username": url.username,
        "password": url.password or "none",
    }


async def test_a_database_lets_us_in(place):
    assert await ask("postgres", place, inside=()) == "ok"


async def test_a125_a_database_that_is_not_there_is_refused(place):
    assert await ask("postgres", place | {"database": "nowhere"}, inside=()) == "refused"
