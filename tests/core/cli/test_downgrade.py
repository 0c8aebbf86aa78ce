"""``foundation db downgrade`` shows its SQL, asks, and says why there is no way back."""

import asyncio

import pytest
from click.testing import CliRunner

from foundation.cli.db import db
from foundation.db.history import Owner
from foundation.db.migrate import upgrade
from foundation.db.model import metadata_for

FIRST, SECOND, THIRD = (f"garden_0000000{number}" for number in (1, 2, 3))
REVISION = """
from alembic import op

revision = {name!r}
down_revision = {down!r}
{more}

def upgrade():
    op.execute("CREATE TABLE garden.{name} (id int)")


def downgrade():
    op.execute("DROP TABLE garden.{name}")
"""


@pytest.fixture
def run(postgres, tmp_path):
    url = asyncio.run(postgres.create(()))
    folder = tmp_path / "garden"
    folder.mkdir()
    for name, down, more in ((FIRST, None, ""), (SECOND, FIRST, "one_way = 'beds are lost'")):
        (folder / f"{name}.py").write_text(REVISION.format(name=name, down=down, more=more))
    (folder / f"{THIRD}.py").write_text(REVISION.format(name=THIRD, down=SECOND, more=""))
    garden = Owner("garden", metadata_for("garden"), folder)
    asyncio.run(upgrade(url, [garden], say=lambda _: None))
    environ = {"FOUNDATION_DATABASE_URL": url.reveal(), "FOUNDATION_DATA": str(tmp_path)}
    yield lambda *words: CliRunner().invoke(db, ["downgrade", "garden", *words], env=environ)
    asyncio.run(postgres.drop(url))


def test_it_shows_first_and_says_then_what_to_do(run):
    dry, done = run("--to", SECOND, "--dry-run"), run("--to", SECOND, "--yes")

    assert (dry.exit_code, done.exit_code) == (0, 0)
    assert f"DROP TABLE garden.{THIRD}" in dry.output
    assert f"garden: back at {SECOND}" in done.output


def test_a_one_way_step_is_refused_with_its_reason(run):
    refused = run("--to", FIRST, "--yes")

    assert (refused.exit_code, f"{SECOND} is one-way: beds are lost" in refused.output) == (1, True)
