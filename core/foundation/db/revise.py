"""A new revision file, written from what the models have and the database has not."""

from pathlib import Path

from alembic import command
from alembic.script import Script
from sqlalchemy import Connection

from foundation.db.address import direct_engine
from foundation.db.history import Owner, config_for
from foundation.db.migrate import SERVER
from foundation.db.standing import compare
from foundation.db.step import Step
from foundation.ids import uuid7
from foundation.secret import Secret


class NotCurrent(Exception):
    """The owner's tables are not those of its newest revision, so nothing can be compared."""


async def revise(url: Secret, owner: Owner, *, message: str) -> Path:
    """Write the revision that brings *owner*'s tables to its models; return the file.

    What it holds is a draft: read it. Raises `NotCurrent` and `Unreachable`.
    """
    engine = direct_engine(url, application_name="foundation/revise", server=SERVER)
    async with engine.connect() as connection:
        async with connection.begin():
            (standing,) = await compare(connection, [owner])
        if standing.state not in {"current", "broken"}:
            raise NotCurrent(f"{owner.id} is {standing.state}; run `foundation db upgrade` first")
        return await connection.run_sync(_write, owner, message)


def _write(connection: Connection, owner: Owner, message: str) -> Path:
    config = config_for(owner)
    config.attributes["step"] = Step(owner, connection)
    script = command.revision(
        config, message, autogenerate=True, rev_id=f"{owner.id}_{uuid7().hex[-8:]}"
    )
    assert isinstance(script, Script)  # a list only for several branches, which we refuse
    return Path(script.path)
