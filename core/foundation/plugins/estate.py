"""What plugins have in the database now: switches, tables with rows, names, quarantine, faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.db.holding import Held, held_tables
from foundation.plugins.models import ClaimRow, FaultRow, PluginRow
from foundation.plugins.quarantine import Kept, kept_parts


@dataclass(frozen=True, slots=True)
class Fault:
    """The last exception of a plugin at run time, without its words."""

    at: datetime
    fault: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Estate:
    """What one plugin has: *enabled* is the ledger's switch, *claims* are pairs of kind and name.

    *is_known* is False for a plugin without a row in the ledger.
    """

    is_known: bool = False
    enabled: bool = True
    tables: tuple[Held, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    kept: tuple[Kept, ...] = ()
    fault: Fault | None = None


NOTHING = Estate()


@dataclass(slots=True)
class _Gathered:
    tables: list[Held] = field(default_factory=list)
    claims: list[tuple[str, str]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    fault: Fault | None = None


async def estates(db: AsyncSession) -> Mapping[str, Estate]:
    """Return what every plugin of the ledger has, by its id; reads only."""
    switches = {row.id: row.enabled for row in await db.scalars(select(PluginRow))}
    gathered = {id: _Gathered() for id in switches}
    for table in await held_tables(db, sorted(switches)):
        gathered[table.schema].tables.append(table)
    for claim in await db.scalars(select(ClaimRow).order_by(ClaimRow.kind, ClaimRow.name)):
        if claim.owner in gathered:
            gathered[claim.owner].claims.append((claim.kind, claim.name))
    for kept in (await kept_parts(db)).values():
        if kept.plugin in gathered:
            gathered[kept.plugin].kept.append(kept)
    for fault in await db.scalars(select(FaultRow)):
        if fault.plugin in gathered:
            gathered[fault.plugin].fault = Fault(fault.at, fault.fault, fault.request_id)
    return {
        id: Estate(
            is_known=True,
            enabled=switches[id],
            tables=tuple(one.tables),
            claims=tuple(one.claims),
            kept=tuple(one.kept),
            fault=one.fault,
        )
        for id, one in gathered.items()
    }
