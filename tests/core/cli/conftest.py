"""Commands of the host on a database of their own."""

import asyncio

import pytest
from click.testing import CliRunner


@pytest.fixture
def host(foundation_environ, core_database_url, monkeypatch):
    """Run a command beside the test's event loop, in an environment of its own."""
    environ = foundation_environ | {
        "FOUNDATION_DATABASE_URL": core_database_url.reveal(),
        "COLUMNS": "200",
    }
    monkeypatch.delenv("DATABASE_URL", raising=False)

    async def run(command, *words: str, **more: str):
        return await asyncio.to_thread(
            CliRunner().invoke, command, words, env=environ | more, catch_exceptions=False
        )

    return run
