"""Directory: what other plugins may ask of credentials; never a value."""

from dataclasses import dataclass
from uuid import UUID

from foundation.ports import CredentialRef, Holder
from foundation.sdk import Conflict, Context, NotFound
from foundation_credentials import repository
from foundation_credentials.models import Use
from foundation_credentials.permissions import READ
from foundation_credentials.service import look


class AlreadyAttached(Conflict):
    """The thing uses this credential already."""

    code, title = "already_attached", "This credential is attached already"


@dataclass(frozen=True, slots=True)
class Directory:
    """The port ``credentials.directory`` for one request.

    The caller records the event: it knows what attaching means to its people.
    """

    ctx: Context

    async def hold(self, credential_id: UUID, holder: Holder) -> CredentialRef:
        """Note that *holder* uses the credential; raises `NotFound`, `AlreadyAttached`.

        To whoever may not see credentials there is none.
        """
        row = await repository.find_to_hold(self.ctx.db, credential_id)
        if row is None or row.deleted_at is not None or not self.ctx.principal.may(READ):
            raise NotFound("no such credential")
        if await repository.find_use(self.ctx.db, row.id, holder.plugin, holder.ref):
            raise AlreadyAttached("this credential is attached already", slug=row.slug)
        use = Use(cred_id=row.id, plugin=holder.plugin, ref=holder.ref, title=holder.title)
        self.ctx.db.add(use)
        return look.reference(row)

    async def release(self, credential_id: UUID, holder: Holder) -> CredentialRef:
        """Take that note back; raises `NotFound` when there is none."""
        row = await look.existing(self.ctx, credential_id)
        use = await repository.find_use(self.ctx.db, row.id, holder.plugin, holder.ref)
        if use is None:
            raise NotFound("this credential is not attached")
        await self.ctx.db.delete(use)
        return look.reference(row)

    async def rename(self, holder: Holder) -> None:
        """Give all notes of *holder* its present title."""
        await repository.retitle_uses(self.ctx.db, holder.plugin, holder.ref, title=holder.title)

    async def held_by(self, plugin: str, ref: UUID) -> list[CredentialRef]:
        """Return the credentials that *plugin* holds for *ref*, by name."""
        return [look.reference(row) for row in await repository.used_by(self.ctx.db, plugin, ref)]
