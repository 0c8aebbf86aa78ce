"""Taking one owner's tables back to an earlier revision, from the ledger alone."""

from dataclasses import dataclass

from sqlalchemy import Connection, column, table, update
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.db.address import direct_engine
from foundation.db.catalogue import outside, strays
from foundation.db.migrate import SERVER, Say, take_lock
from foundation.db.model import SchemaInfo
from foundation.db.standing import Recorded, read_recorded
from foundation.db.step import ENTER, Strayed
from foundation.db.steps import NoWayBack, Step, forget_steps, readable_at, steps_back
from foundation.secret import Secret


@dataclass(frozen=True, slots=True)
class Plan:
    """What a way back runs: the steps, newest first, and their SQL."""

    owner: str
    present: str
    to: str
    steps: tuple[Step, ...]
    readable_from: int

    @property
    def sql(self) -> str:
        """All that is run, to be read before."""
        return "\n".join(f"-- {step.revision}\n{step.down_sql.strip()}" for step in self.steps)


async def plan_back(url: Secret, owner: str, *, to: str) -> Plan:
    """Return what taking *owner* back to *to* would run; raises `NoWayBack`, `Unreachable`."""
    engine = direct_engine(url, application_name="foundation/status", server=SERVER)
    async with engine.connect() as connection, connection.begin():
        return await _plan(connection, owner, to)


async def take_back(url: Secret, owner: str, *, to: str, say: Say, patience: float = 60.0) -> Plan:
    """Take *owner*'s tables back to *to* in one transaction and return what was run.

    Raises `NoWayBack`, `Strayed`, `Locked`, `Unreachable`, and what the database raises.
    """
    engine = direct_engine(url, application_name="foundation/migrate", server=SERVER)
    async with engine.connect() as connection:
        await take_lock(connection, say=say, patience=patience)
        async with connection.begin():
            plan = await _plan(connection, owner, to)
            before = await connection.run_sync(outside, owner)
            for statement in ENTER:
                await connection.execute(statement)
            # Before the SQL: core's own may drop the very table that this is written down in.
            await connection.run_sync(forget_steps, owner, plan.steps)
            # The text is a script of many statements, which only the driver itself takes.
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            await raw.execute(plan.sql)
            lines = strays(before, await connection.run_sync(outside, owner))
            if lines:
                raise Strayed(f"it must stay in the schema {owner}, but it " + "; ".join(lines))
            await connection.run_sync(_note, plan)
    return plan


async def _plan(connection: AsyncConnection, owner: str, to: str) -> Plan:
    recorded: Recorded | None = (await read_recorded(connection)).get(owner)
    if recorded is None:
        raise NoWayBack(f"{owner} has no tables here")

    def read(inner: Connection) -> Plan:
        steps = tuple(steps_back(inner, owner, present=recorded.revision, to=to))
        return Plan(owner, recorded.revision, to, steps, readable_at(inner, owner, to))

    return await connection.run_sync(read)


def _note(connection: Connection, plan: Plan) -> None:
    version = table("alembic_version", column("version_num"), schema=plan.owner)
    connection.execute(update(version).values(version_num=plan.to))
    facts = {
        "revision": plan.to,
        "generation": plan.steps[-1].place - 1,
        "readable_from": plan.readable_from,
    }
    connection.execute(update(SchemaInfo).where(SchemaInfo.owner == plan.owner).values(facts))
