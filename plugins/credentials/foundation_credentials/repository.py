"""All SQL of the credentials section."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Interval,
    delete,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from foundation.sdk import keyset
from foundation_credentials.models import Credential, Grant, SealedField, Use, Version
from foundation_credentials.schemas import Credentials

KEPT = timedelta(days=7)
"""How long a deleted credential can be brought back."""

SOON = timedelta(days=30)
"""How long before its day a credential is listed as expiring."""


async def find(db: AsyncSession, credential_id: UUID) -> Credential | None:
    """Return a credential, deleted ones too, or None."""
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
    """Return the credential that has this slug now, or None."""
    found = select(Credential).where(Credential.slug == slug, Credential.deleted_at.is_(None))
    return await db.scalar(found)


async def page(
    db: AsyncSession, query: Credentials, *, now: datetime
) -> tuple[list[Credential], str | None]:
    """Return one page by name, and the cursor of the next."""
    found = select(Credential).where(*_shown(query.show, now=now))
    if query.tag:
        found = found.where(Credential.tags.contains([query.tag]))
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


async def due(db: AsyncSession, *, now: datetime) -> Sequence[Credential]:
    """Return what expires or wants rotating soon, or did already."""
    found = select(Credential).where(Credential.deleted_at.is_(None), _is_due(now))
    return (await db.scalars(found.order_by(Credential.name, Credential.id))).all()


async def versions_held(db: AsyncSession) -> list[tuple[UUID, str, int]]:
    """Return id, slug and the version of the values that hold, of each that has values."""
    found = select(Credential.id, Credential.slug, Credential.values_version)
    rows = await db.execute(found.where(Credential.shredded_at.is_(None)))
    return [(id, slug, version) for id, slug, version in rows]


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(Credential.expires_at < now + SOON, _rotate_by() < now + SOON)


def _shown(show: str, *, now: datetime) -> list[ColumnElement[bool]]:
    """Return which credentials a list shows, as `Credentials` says."""
    if show == "deleted":
        return [Credential.deleted_at > now - KEPT, Credential.shredded_at.is_(None)]
    there: list[ColumnElement[bool]] = [Credential.deleted_at.is_(None)]
    match show:
        case "expiring":
            there.append(_is_due(now))
        case "overdue":
            there.append(or_(Credential.expires_at < now, _rotate_by() < now))
        case "broken":
            broken = select(SealedField.cred_id).where(
                SealedField.cred_id == Credential.id,
                SealedField.version == Credential.values_version,
                SealedField.state == "broken",
            )
            there.append(broken.exists())
    return there


def _rotate_by() -> ColumnElement[datetime]:
    days = func.make_interval(0, 0, 0, Credential.rotate_every, type_=Interval)
    return type_coerce(Credential.values_at + days, DateTime(timezone=True))


async def count(db: AsyncSession) -> int:
    """Return how many credentials there are."""
    there = Credential.deleted_at.is_(None)
    return await db.scalar(select(func.count()).select_from(Credential).where(there)) or 0


async def count_shown(db: AsyncSession, show: str, *, now: datetime) -> int:
    """Return how many credentials the list of that name shows."""
    asked = select(func.count()).select_from(Credential).where(*_shown(show, now=now))
    return await db.scalar(asked) or 0


async def sealed_fields(db: AsyncSession, row: Credential) -> Sequence[SealedField]:
    """Return the sealed values of the set that holds."""
    return await sealed_version(db, row, row.values_version)


async def sealed_version(db: AsyncSession, row: Credential, version: int) -> Sequence[SealedField]:
    """Return the sealed values of one set."""
    found = select(SealedField).where(SealedField.cred_id == row.id, SealedField.version == version)
    return (await db.scalars(found.order_by(SealedField.field))).all()


async def sealed_states(db: AsyncSession, ids: Sequence[UUID]) -> Sequence[SealedField]:
    """Return what may be known of the sealed fields of many credentials, without their bytes."""
    known = load_only(
        SealedField.cred_id,
        SealedField.version,
        SealedField.field,
        SealedField.updated_at,
        SealedField.state,
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


async def find_version(db: AsyncSession, row: Credential, version: int) -> Version | None:
    """Return one set of values as it was made, or None."""
    return await db.get(Version, (row.id, version))


async def versions(db: AsyncSession, row: Credential) -> Sequence[Version]:
    """Return the sets that are kept, newest first."""
    found = select(Version).where(Version.cred_id == row.id).order_by(Version.version.desc())
    return (await db.scalars(found)).all()


async def sealed_names(db: AsyncSession, row: Credential) -> Sequence[tuple[int, str]]:
    """Return version and name of every sealed value that is kept."""
    found = select(SealedField.version, SealedField.field).where(SealedField.cred_id == row.id)
    rows = await db.execute(found.order_by(SealedField.version, SealedField.field))
    return [(version, field) for version, field in rows]


async def forget_older_sets(
    db: AsyncSession, row: Credential, *, below: int, before: datetime
) -> None:
    """Delete the sets below a version or made before a time, never the one that holds.

    Their data keys go with them: they open nowhere again.
    """
    old = select(Version.version).where(
        Version.cred_id == row.id,
        Version.version != row.values_version,
        or_(Version.version < below, Version.made_at < before),
    )
    for table in (SealedField, Version):
        await db.execute(
            delete(table)
            .where(table.cred_id == row.id, table.version.in_(old))
            .execution_options(synchronize_session=False)
        )


async def due_for_shredding(db: AsyncSession, *, now: datetime) -> Sequence[Credential]:
    """Return a few deleted credentials whose time is over and whose values are still there."""
    found = select(Credential).where(
        Credential.deleted_at <= now - KEPT, Credential.shredded_at.is_(None)
    )
    return (await db.scalars(found.limit(20).with_for_update(skip_locked=True))).all()


async def destroy_values(db: AsyncSession, row: Credential) -> None:
    """Delete every sealed value of a credential, and what was kept of its versions."""
    for table in (SealedField, Version, Grant):
        await db.execute(delete(table).where(table.cred_id == row.id))


async def find_grant(db: AsyncSession, credential_id: UUID, plugin: str) -> Grant | None:
    """Return the grant of a plugin on a credential, or None."""
    return await db.get(Grant, (credential_id, plugin))


async def grants(db: AsyncSession, ids: Sequence[UUID]) -> Sequence[Grant]:
    """Return who may use these credentials, by plugin."""
    found = select(Grant).where(Grant.cred_id.in_(ids)).order_by(Grant.plugin)
    return (await db.scalars(found)).all()


async def one_at_a_time(db: AsyncSession, what: str) -> None:
    """Wait until nobody else does *what*, to the end of this transaction."""
    key = func.hashtextextended(f"credentials/{what}", 0)
    await db.execute(select(func.pg_advisory_xact_lock(key)))
