"""Whether a due schedule may start its run, as its owner and its project stand at that moment."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.on_behalf import principal_of
from foundation.auth.principal import Principal
from foundation.clock import Clock
from foundation.crypto.ring import KeyRing
from foundation.errors import Conflict, Forbidden, NotFound
from foundation.http.context import Caller, Context
from foundation.http.edge import refuse_to_record
from foundation.ids import uuid7
from foundation.plugins.contributions import Job
from foundation.plugins.registry import Registry
from foundation.plugins.services import PluginServices
from foundation.ports import project_access
from foundation.runs.models import Schedule
from foundation.runs.schedules import Refusal
from foundation.telemetry.logging import logger

GONE = "its owner may not sign in any more"
NOT_THE_JOB = "its owner may not start this job any more"
NOT_THE_PROJECT = "its owner may not start runs in its project any more"
ARCHIVED = "its project is archived"
UNKNOWN = "nobody can tell now who may do what in its project"


@dataclass(frozen=True, slots=True)
class Standing:
    """Looks at owner and project; satisfies `foundation.runs.schedules.Lets`."""

    registry: Registry
    ring: KeyRing
    clock: Clock

    async def __call__(self, db: AsyncSession, row: Schedule) -> Refusal | None:
        """Return why the schedule starts nothing, or None; never raises for its project."""
        if row.owner_id is None:  # a plugin proposed it: the machine's own, of no project
            return None
        permissions = self.registry.permissions
        who = await principal_of(db, row.owner_id, permissions=permissions)
        if who is None:
            return Refusal(GONE, lasting=True)
        work = self.registry.jobs[row.kind].work
        if isinstance(work, Job) and not who.may(work.needs):
            return Refusal(NOT_THE_JOB, lasting=True)
        return await self._in_project(db, who, row.project_id)

    async def _in_project(
        self, db: AsyncSession, who: Principal, project_id: UUID | None
    ) -> Refusal | None:
        if project_id is None:
            return None
        try:
            # What another plugin asks the database wrongly must not undo what others are due.
            async with db.begin_nested():
                access = self._context(db, who).find(project_access)
                if access is None:
                    return Refusal(UNKNOWN)
                await access.require(project_id)
        except (NotFound, Forbidden):
            return Refusal(NOT_THE_PROJECT, lasting=True)
        except Conflict:
            return Refusal(ARCHIVED)
        except Exception as fault:  # noqa: BLE001  # tried again when it is due next
            logger("runs").error("schedule_project_unknown", exc_info=fault)
            return Refusal(UNKNOWN)
        return None

    def _context(self, db: AsyncSession, who: Principal) -> Context:
        id = str(uuid7())
        return Context(
            request_id=id,
            principal=who,
            plugin="runs",
            db=db,
            clock=self.clock,
            log=logger("runs").bind(request_id=id),
            caller=Caller(""),
            services=PluginServices(self.registry, ring=self.ring),
            recorder=refuse_to_record,
        )
