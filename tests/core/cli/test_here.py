"""Commands on the host work on what `foundation dev` has kept, or say in a line that it is not there."""

import asyncio

import pytest
from click.testing import CliRunner

from foundation.cli.admin import admin


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """Run ``foundation admin bootstrap`` with nothing set but the data folder and what is given."""
    monkeypatch.delenv("DATABASE_URL", raising=False)

    async def run(**given: str):
        environ = {"FOUNDATION_DATA": str(tmp_path), **given}
        return await asyncio.to_thread(CliRunner().invoke, admin, ["bootstrap"], env=environ)

    return run


async def test_where_nothing_is_set_and_nothing_kept_both_ways_out_are_named(
    bare, tmp_path
) -> None:
    refused = await bare()

    assert refused.exit_code == 2
    assert "FOUNDATION_DATABASE_URL: is missing" in refused.output
    assert f"FOUNDATION_DATA={tmp_path}" in refused.output
    assert list(tmp_path.iterdir()) == []


async def test_the_sign_in_and_the_keys_of_the_data_folder_are_used(
    bare, tmp_path, core_database_url
) -> None:
    (tmp_path / "sign-in.port").write_text("3001\n", "ascii")

    done = await bare(FOUNDATION_DATABASE_URL=core_database_url.reveal())

    assert done.exit_code == 0, done.output
    assert len(done.output.split()[0].replace("-", "")) == 26
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
