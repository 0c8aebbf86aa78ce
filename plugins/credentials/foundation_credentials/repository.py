"""All SQL of the credentials section."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from foundation.sdk import keyset
from foundation_credentials.models import Credential, SealedField, Use
from foundation_credentials.schemas import Credentials


async def find(db: AsyncSession, credential_id: UUID) -> Credential | None:
    """Return a credential, or None."""
    return await db.get(Credential, credential_id)


async def find_to_hold(db: AsyncSession, credential_id: UUID) -> Credential | None:
    """Return a credential that cannot be deleted before this transaction ends, or None."""
    found = select(Credential).where(Credential.id == credential_id)
    return await db.scalar(found.with_for_update(read=True, key_share=True))


async def find_to_delete(db: AsyncSession, credential_id: UUID) -> Credential | None:
    """Return a credential that nobody can begin to use before this transaction ends, or None."""
    found = select(Credential).where(Credential.id == credential_id)
    return await db.scalar(found.with_for_update())


async def find_by_slug(db: AsyncSession, slug: str) -> Credential | None:
    """Return the credential with this slug, or None."""
    return await db.scalar(select(Credential).where(Credential.slug == slug))


async def page(db: AsyncSession, query: Credentials) -> tuple[list[Credential], str | None]:
    """Return one page by name, and the cursor of the next."""
    found = select(Credential)
    if query.q:
        found = found.where(
            or_(
                Credential.name.icontains(query.q, autoescape=True),
                Credential.slug.icontains(query.q, autoescape=True),
            )
        )
    if query.kind:
        found = found.where(Credential.kind == query.kind)
    return await keyset(
        db,
        found,
        by=(Credential.name, Credential.id),
        descending=False,
        limit=query.limit,
        cursor=query.cursor,
    )


async def count(db: AsyncSession) -> int:
    """Return how many credentials there are."""
    return await db.scalar(select(func.count()).select_from(Credential)) or 0


async def sealed_fields(db: AsyncSession, row: Credential) -> Sequence[SealedField]:
    """Return the sealed values of the set that holds."""
    found = select(SealedField).where(
        SealedField.cred_id == row.id, SealedField.version == row.values_version
    )
    return (await db.scalars(found)).all()


async def sealed_states(db: AsyncSession, ids: Sequence[UUID]) -> Sequence[SealedField]:
    """Return what may be known of the sealed fields of many credentials, without their bytes."""
    known = load_only(
        SealedField.cred_id,
        SealedField.version,
        SealedField.field,
        SealedField.updated_at,
        raiseload=True,
    )
    holds = (SealedField.cred_id == Credential.id) & (
        SealedField.version == Credential.values_version
    )
    found = select(SealedField).join(Credential, holds).where(Credential.id.in_(ids))
    return (await db.scalars(found.options(known))).all()


async def uses(db: AsyncSession, ids: Sequence[UUID]) -> Sequence[Use]:
    """Return who uses these credentials, by title."""
    return (await db.scalars(select(Use).where(Use.cred_id.in_(ids)).order_by(Use.title))).all()


async def find_use(db: AsyncSession, credential_id: UUID, plugin: str, ref: UUID) -> Use | None:
    """Return the note that a thing uses a credential, or None."""
    return await db.get(Use, (credential_id, plugin, ref))


async def used_by(db: AsyncSession, plugin: str, ref: UUID) -> Sequence[Credential]:
    """Return the credentials a thing uses, by name."""
    found = select(Credential).join(Use, Use.cred_id == Credential.id)
    found = found.where(Use.plugin == plugin, Use.ref == ref)
    return (await db.scalars(found.order_by(Credential.name, Credential.id))).all()


async def retitle_uses(db: AsyncSession, plugin: str, ref: UUID, title: str) -> None:
    """Give all notes of a thing its present title."""
    changed = update(Use).where(Use.plugin == plugin, Use.ref == ref)
    await db.execute(changed.values(title=title))


async def forget_older_sets(db: AsyncSession, row: Credential) -> None:
    """Delete the sealed values of every set but the one that holds: they open nowhere again."""
    older = delete(SealedField).where(
        SealedField.cred_id == row.id, SealedField.version != row.values_version
    )
    await db.execute(older)
