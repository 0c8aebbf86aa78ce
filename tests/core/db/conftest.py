"""What the tests of the database share: owners, servers of their own, a question, and silence."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from foundation.db.address import direct_engine
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.history import Owner
from foundation.db.model import metadata_for
from foundation.secret import Secret
from foundation.testing.postgres import quick_folder

REVISION = '''"""Revision {name}."""

import sqlalchemy as sa
from alembic import op

revision = "{name}"
down_revision = {down!r}
branch_labels = None
depends_on = None
{extra}


def upgrade() -> None:
    {body}
'''

ONE_WAY = 'one_way = "a test never goes back"'

MakeOwner = Callable[..., Owner]


@pytest.fixture
def silent_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def make_owner(tmp_path: Path) -> MakeOwner:
    """Make an owner whose revisions run *bodies*, SQL or Python, in their order."""

    def make(
        id: str,
        *bodies: str,
        requires: tuple[str, ...] = (),
        extra: str = ONE_WAY,
        start: int = 1,
    ) -> Owner:
        folder = tmp_path / id
        folder.mkdir(exist_ok=True)
        for number, body in enumerate(bodies, start):
            name, down = f"{id}_{number:08x}", f"{id}_{number - 1:08x}" if number > 1 else None
            work = body if body.startswith(("op.", "raise")) else f"op.execute({body!r})"
            text = REVISION.format(name=name, down=down, extra=extra, body=work)
            (folder / f"{name}.py").write_text(text, "utf-8")
        return Owner(id, metadata_for(id), folder, requires)

    return make


@pytest.fixture
def open_folder():
    """A folder outside of pytest's own, which is closed to the server's user when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-test-", dir=quick_folder()))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def make_server(open_folder):
    """Make servers that are stopped at the end, whatever happened."""
    made = []

    def make(folder: Path | None = None, **options) -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(folder or open_folder / "pg", **{"durable": False, **options}))
        return made[-1]

    yield make
    for server in made:
        server.stop()


def sql(url: Secret, *statements: str):
    """Run *statements* and return the first value of the last one."""

    async def run():
        engine = direct_engine(url, application_name="foundation/tests", server={})
        async with engine.begin() as connection:
            results = [await connection.execute(text(statement)) for statement in statements]
            return results[-1].scalar() if results[-1].returns_rows else None

    return asyncio.run(run())


@pytest.fixture
def ask_sql():
    return sql
