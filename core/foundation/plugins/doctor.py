"""What is amiss around plugins, between the installed code and the database, and what mends it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.db.holding import all_schemas
from foundation.db.model import CORE
from foundation.db.step import ENGINE
from foundation.plugins.models import ClaimRow, PluginRow
from foundation.plugins.quarantine import Kept, kept_parts
from foundation.plugins.registry import Registry
from foundation.plugins.scan import BUILTINS
from foundation.plugins.workers import live_workers


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is amiss: what it is about, in words, and the command that mends it."""

    about: str
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database says, as the doctor reads it."""

    schemas: tuple[str, ...]
    known: Mapping[str, str]
    claims: Mapping[str, int]
    workers: Mapping[str, str]
    kept: tuple[Kept, ...]


async def facts(db: AsyncSession) -> Facts:
    """Read what the doctor looks at: schemas, ledger rows, claims by owner, workers, quarantine."""
    claims: dict[str, int] = {}
    for claim in await db.scalars(select(ClaimRow)):
        claims[claim.owner] = claims.get(claim.owner, 0) + 1
    return Facts(
        schemas=tuple(await all_schemas(db)),
        known={row.id: row.state for row in await db.scalars(select(PluginRow))},
        claims=claims,
        workers=await live_workers(db),
        kept=tuple((await kept_parts(db)).values()),
    )


def diagnose(
    registry: Registry,
    found: Facts,
    *,
    plan: str,
    changed: Mapping[str, Sequence[str]],
    clashes: Iterable[str],
) -> list[Finding]:
    """Return what is amiss.

    *plan* is the digest of what is installed now, *changed* are files by distribution that differ
    from its RECORD, *clashes* are requirements that what is installed does not meet.
    """
    present = {plugin.id for plugin in registry.plugins} | {one.id for one in BUILTINS}
    return [
        *_orphan_schemas(found, present),
        *_orphan_claims(found, present),
        *_other_plans(found, plan),
        *_changed_files(changed),
        *(Finding("packages", clash, "pip check") for clash in clashes),
        *_kept(found),
    ]


def _orphan_schemas(found: Facts, present: set[str]) -> Iterator[Finding]:
    for schema in found.schemas:
        if schema in {CORE, ENGINE} or schema in present:
            continue
        if schema in found.known:
            problem = "its tables are here, its distribution is not"
            yield Finding(schema, problem, f"foundation plugin purge {schema}")
        else:
            problem = "a schema that no plugin, here or gone, is known to own"
            yield Finding(schema, problem, f'DROP SCHEMA "{schema}", if nobody needs it')


def _orphan_claims(found: Facts, present: set[str]) -> Iterator[Finding]:
    for owner, count in sorted(found.claims.items()):
        if owner not in present:
            names = "1 name" if count == 1 else f"{count} names"
            problem = f"holds {names} and is not installed"
            yield Finding(owner, problem, f"foundation plugin purge {owner}")


def _other_plans(found: Facts, plan: str) -> Iterator[Finding]:
    for worker, runs in found.workers.items():
        if runs != plan:
            problem = "runs other plugins, or other versions, than are installed now"
            yield Finding(f"worker {worker}", problem, "kill -HUP <pid of the supervisor>")


def _changed_files(changed: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    for dist, files in changed.items():
        shown = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        problem = f"files differ from what was installed: {shown}"
        yield Finding(dist, problem, f"pip install --force-reinstall {dist}")


def _kept(found: Facts) -> Iterator[Finding]:
    for kept in found.kept:
        problem = f"{kept.part} is in quarantine: {kept.reason}"
        yield Finding(kept.plugin, problem, f"foundation plugin enable {kept.plugin} --rearm")
