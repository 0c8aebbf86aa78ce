"""The lender: what the handlers of runs may have of their plugin's settings and of credentials.

It sits in the run worker, which has the ring; a handler's process has not. Whatever is lent is
named by the run or by the settings of its plugin, granted to that plugin, and still allowed to
whoever asked for the run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from foundation.audit.events import Event
from foundation.audit.record import Recorder
from foundation.auth.on_behalf import principal_of
from foundation.clock import Clock
from foundation.crypto.ring import KeyRing, SealBroken, VaultSealed
from foundation.db.engine import Database
from foundation.errors import Forbidden, FoundationError, Unavailable
from foundation.http.apart import Apart, apart
from foundation.http.context import Caller, Context
from foundation.http.edge import refuse_to_record, source_of
from foundation.plugins.contributions import Job, Offer
from foundation.plugins.registry import Registry
from foundation.plugins.services import PluginServices, UndeclaredPort
from foundation.ports import CredentialVault, catalogue, credential_vault
from foundation.runs.lending import refused
from foundation.runs.models import Run
from foundation.runs.named import names, within
from foundation.runs.wire import Message
from foundation.secret import Secret
from foundation.telemetry.logging import logger


class NotNamed(Forbidden):
    """A handler asked for what neither its run nor its plugin's settings speak of."""

    code, title = "not_named", "The run does not name this credential"


@dataclass(frozen=True, slots=True)
class Counter:
    """Lends to runs; satisfies `foundation.runs.lending.Lender`."""

    database: Database
    registry: Registry
    ring: KeyRing
    recorder: Recorder
    clock: Clock

    async def __call__(self, run: Run, asked: Message) -> Message:
        """Return what is asked for, or why it is refused; never raises."""
        try:
            if asked["what"] == "settings":
                return _with_values(self.registry.settings.get(run.plugin))
            async with self.database.reading() as db:
                return await self._lent(await self._context(run, db), run, asked)
        except FoundationError as why:
            again = isinstance(why, Unavailable | VaultSealed) and not isinstance(why, SealBroken)
            return refused(why.code, why.detail or why.title, retryable=again)
        except UndeclaredPort as why:
            return refused("undeclared", str(why))
        except Exception as fault:  # noqa: BLE001  # the run hears that it failed, the log hears why
            logger().error("run_lending_failed", run=str(run.id), fault=type(fault).__name__)
            return refused("failed", "the worker could not hand it over", retryable=True)

    async def _context(self, run: Run, db: Any) -> Context:  # an AsyncSession
        """Return a context for the job's plugin, acting for whoever asked for the run."""
        permissions = self.registry.permissions
        who = await principal_of(db, run.requested_by, permissions=permissions)
        if who is None:
            raise Forbidden("whoever asked for this run may not sign in any more")
        work = self.registry.jobs[run.kind].work
        if isinstance(work, Job) and who.kind != "system":
            who.require(work.needs)
        core = (
            Offer(apart, lambda ctx: Apart(ctx, self.database, self._record)),
            Offer(catalogue, lambda _: self.registry),
        )
        return Context(
            request_id=str(run.id),
            principal=who,
            plugin=run.plugin,
            db=db,
            clock=self.clock,
            log=logger(run.plugin).bind(run=str(run.id)),
            caller=Caller(""),
            services=PluginServices(self.registry, ring=self.ring, core=core),
            recorder=refuse_to_record,
        )

    async def _lent(self, ctx: Context, run: Run, asked: Message) -> Message:
        named = run.params, _with_values(self.registry.settings.get(run.plugin))
        purpose = f"run of {run.kind}" + (f": {asked['purpose']}" if asked["purpose"] else "")
        vault = ctx.get(credential_vault)
        if asked["what"] == "document":
            if not within(asked["document"], *named):
                raise NotNamed("a reference is not from the run's parameters or settings")
            async with vault.resolved(asked["document"], purpose=purpose) as document:
                return document
        if not any(names(document, asked["name"]) for document in named):
            raise NotNamed(f"nothing of this run names the credential {asked['name']}")
        return await _credential(vault, asked["name"], purpose)

    def _record(self, ctx: Context, event: Event) -> None:
        source = replace(source_of(ctx), run_id=UUID(ctx.request_id))
        self.recorder.record(ctx.db, event, source)


async def _credential(vault: CredentialVault, name: str, purpose: str) -> Message:
    async with vault.use(_id_or_slug(name), purpose=purpose) as used:
        ref, reach = used.ref, used.reach
        return {
            "lent": {
                "ref": {"id": str(ref.id), "slug": ref.slug, "name": ref.name, "kind": ref.kind},
                "values": dict(used.values),
                "plain": sorted(used.plain),
                "urls": reach.urls,
                "inside": reach.inside,
                "headers": reach.headers,
            }
        }


def _id_or_slug(name: str) -> UUID | str:
    try:
        return UUID(name)
    except ValueError:
        return name


def _with_values(settings: Any) -> dict[str, Any]:  # a plugin's own model, or None
    """Return settings as JSON, but for their secrets, which stay `Secret`."""
    if settings is None:
        return {}
    given: Mapping[str, Any] = settings.model_dump(mode="json")
    own = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {
        name: own[name] if isinstance(own[name], Secret) else value for name, value in given.items()
    }
