"""What is looked at for health and readiness: core's own parts, then what plugins ask for."""

from collections.abc import Iterator

from foundation import ids
from foundation.app.parts import Parts
from foundation.audit.keeper import problem_of
from foundation.audit.sinks.standing import problem_of as problem_of_sinks
from foundation.auth.principal import SYSTEM
from foundation.backup import book
from foundation.http.context import Caller
from foundation.http.edge import Edge
from foundation.http.readiness import Finding, Look
from foundation.plugins.contributions import HealthCheck
from foundation.plugins.warden import Warden
from foundation.runs.queues import queues
from foundation.telemetry.acting import acting
from foundation.telemetry.runs import set_queues


def looks(parts: Parts, edge: Edge, warden: Warden) -> Iterator[Look]:
    """Give what is looked at: core's own parts, then what plugins ask to have looked at."""

    async def database() -> Finding:
        await parts.database.ping()
        return Finding(ok=True)

    async def redis() -> Finding:
        ok = await parts.cache.ping()
        return Finding(ok, "" if ok else "it does not answer; sessions come from PostgreSQL")

    async def vault() -> Finding:
        return Finding(not parts.ring.is_sealed, parts.ring.reason or "")

    async def plugins() -> Finding:
        missing = parts.registry.missing(parts.settings.plugins_required)
        return Finding(not missing, f"not started: {', '.join(missing)}" if missing else "")

    async def sign_in() -> Finding:
        return Finding(parts.identity.problem is None, parts.identity.problem or "")

    async def audit() -> Finding:
        problem = await problem_of(parts.sealer)
        return Finding(not problem, problem)

    yield Look("database", database)
    if parts.settings.redis_url is not None:
        yield Look("redis", redis, required=False)
    yield Look("vault", vault)
    yield Look("plugins", plugins)
    yield Look("audit", audit, required=False)
    yield from _sink_looks(parts)
    yield Look("sign-in", sign_in, required=False)
    if parts.settings.environment == "production":
        yield _backup_look(parts, edge)
    yield _runs_look(parts)
    for plugin, check in parts.registry.health_checks:
        yield _plugin_look(edge, warden, plugin, check)


def _backup_look(parts: Parts, edge: Edge) -> Look:
    async def see() -> Finding:
        problem = await book.problem_of(parts.database, edge.clock.now())
        return Finding(not problem, problem)

    return Look("backup", see, required=False, every_s=60)


def _runs_look(parts: Parts) -> Look:
    async def see() -> Finding:
        async with parts.database.reading() as db:
            found = await queues(db)
        set_queues((one.name, one.waiting, one.oldest_s, one.slots) for one in found)
        problems = [one.problem for one in found if one.problem]
        return Finding(not problems, "; ".join(problems))

    return Look("runs", see, required=False)


def _sink_looks(parts: Parts) -> Iterator[Look]:
    names = [sink.name for sink in parts.courier.sinks]

    async def sinks() -> Finding:
        problem = await problem_of_sinks(parts.database, names, now=parts.clock.now())
        return Finding(not problem, problem)

    if names:
        yield Look("audit sinks", sinks, required=False)


def _plugin_look(edge: Edge, warden: Warden, plugin: str, check: HealthCheck) -> Look:
    """Return the look for a plugin's own check; it is shown and never decides readiness.

    A check that fails to answer five times in a row rests in quarantine; one that answers "not
    well" does its work.
    """
    part = f"health:{check.name}"

    async def see() -> Finding:
        is_kept = warden.is_kept(plugin, part)
        if is_kept and not await warden.may_probe(plugin, part):
            return Finding(ok=False, detail="in quarantine, it failed too often")
        fault: BaseException | None = None
        try:
            return await asked()
        except BaseException as raised:  # a timeout cancels it, and is a failure too
            fault = raised
            raise
        finally:
            warden.part_ended(plugin, part, fault, is_probe=is_kept)

    async def asked() -> Finding:
        with acting(plugin):
            async with edge.database.reading() as db:
                health = await check.check(
                    edge.context(
                        db,
                        plugin=plugin,
                        principal=SYSTEM,
                        request_id=str(ids.uuid7()),
                        caller=Caller(""),
                        writes=False,
                    )
                )
        return Finding(health.ok, health.detail)

    name = f"{plugin}.{check.name}"
    return Look(name, see, required=False, every_s=check.every_s, within_s=check.timeout_s)
