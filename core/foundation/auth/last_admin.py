"""The rule that somebody can always give rights back: not oneself, and never the last admin."""

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth import repository
from foundation.auth.models import User
from foundation.auth.principal import Principal
from foundation.errors import Conflict, Forbidden


class LastAdmin(Conflict):
    """The change would leave nobody who can give rights back."""

    code, title = "last_admin", "This is the last admin"


async def guard_rights(db: AsyncSession, user: User, *, by: Principal, loses_admin: bool) -> None:
    """Raise `Forbidden` for a change of one's own rights, `LastAdmin` where none would be left.

    The admins are locked until the transaction ends, so two changes at once see each other.
    """
    if user.id == by.id:
        raise Forbidden("nobody changes their own rights; ask another admin")
    await repository.lock_admins(db)
    if loses_admin and await repository.other_admins(db, than=user.id) == 0:
        raise LastAdmin("give somebody else the role first", user=str(user.id))
