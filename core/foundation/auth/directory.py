"""People as plugins may name them: who somebody is, and whom one may choose."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import User
from foundation.db.direct import Prepared

# Asked by every list that names people: put together once, and columns instead of entities.
_USERS = User.__table__.c
_NAMED = Prepared(
    select(_USERS.id, _USERS.kind, _USERS.name, _USERS.email, _USERS.enabled).where(
        _USERS.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    )
)


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person or a service account as others see them; *enabled* is False for one shut out."""

    id: UUID
    kind: str
    name: str
    email: str
    enabled: bool

    @property
    def title(self) -> str:
        """What to call them: the name, else the e-mail."""
        return self.name or self.email or str(self.id)


@dataclass(frozen=True, slots=True)
class People:
    """Names people in the session it was made for; whether one may ask is for the asker to see."""

    db: AsyncSession

    async def named(self, ids: Collection[UUID]) -> dict[UUID, PersonRef]:
        """Return those of *ids* that there are."""
        if not ids:
            return {}
        if self.db.autoflush:
            await self.db.flush()  # as it is done for entities: what has just changed is told
        rows = await _NAMED.rows(self.db, {"ids": list(set(ids))})
        return {row.id: PersonRef(*row) for row in rows}

    async def find(self, id: UUID) -> PersonRef | None:
        """Return one, shut out or not, or None."""
        return (await self.named([id])).get(id)

    async def search(self, q: str, *, limit: int = 10) -> list[PersonRef]:
        """Return those who are let in and have *q* in their name or e-mail, by name."""
        found = select(User).where(User.enabled)
        if q:
            found = found.where(
                or_(
                    User.name.icontains(q, autoescape=True),
                    User.email.icontains(q, autoescape=True),
                )
            )
        rows = await self.db.scalars(found.order_by(User.name, User.id).limit(limit))
        return [_ref(row) for row in rows]


def _ref(row: User) -> PersonRef:
    return PersonRef(row.id, row.kind, row.name, row.email, row.enabled)
