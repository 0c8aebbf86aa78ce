"""Look: credentials as they may be seen, one, many, or as another plugin sees them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from foundation.ports import CredentialRef
from foundation.sdk import Context, FieldProblem, Gone, Invalid, NotFound, Page, Target
from foundation_credentials import kinds, repository
from foundation_credentials.kinds import Shape
from foundation_credentials.models import Credential, SealedField, Use
from foundation_credentials.schemas import (
    Credentials,
    CredentialView,
    FieldView,
    Kinds,
    KindView,
    UseView,
)
from foundation_credentials.shapes import all_shapes, shape_of


async def page(ctx: Context, query: Credentials) -> Page[CredentialView]:
    """Return one page of credentials, by name."""
    if query.kind is not None and query.kind not in all_shapes(ctx):
        raise Invalid(errors=[FieldProblem("query:kind", "there is no such kind", "unknown_kind")])
    rows, following = await repository.page(ctx.db, query, now=ctx.clock.now())
    return Page(items=await views(ctx, rows), next=following)


async def one(ctx: Context, credential_id: UUID) -> CredentialView:
    """Return one credential, a deleted one too; raises `NotFound`, `Gone` once it is destroyed."""
    row = await repository.find(ctx.db, credential_id)
    if row is None:
        raise NotFound("no such credential")
    until = kept_until(row)
    if row.shredded_at is not None or (until is not None and until <= ctx.clock.now()):
        raise Gone("this credential was destroyed")
    return await view(ctx, row)


def all_kinds(ctx: Context) -> Kinds:
    """Return every kind with the form of its values."""
    return Kinds(
        items=[
            KindView(kind=kind.id, title=kind.title, form=kinds.form(kind.model))
            for kind in all_shapes(ctx).values()
        ]
    )


async def existing(ctx: Context, credential_id: UUID) -> Credential:
    """Return the row of a credential; raises `NotFound`, and `Gone` for a deleted one."""
    row = await repository.find(ctx.db, credential_id)
    if row is None:
        raise NotFound("no such credential")
    if row.deleted_at is not None:
        raise Gone("this credential was deleted")
    return row


async def view(ctx: Context, row: Credential) -> CredentialView:
    """Return a credential as it may be seen."""
    return (await views(ctx, [row]))[0]


async def views(ctx: Context, rows: Sequence[Credential]) -> list[CredentialView]:
    """Return many credentials as they may be seen, with three more queries in all."""
    ids = [row.id for row in rows]
    sealed: dict[UUID, dict[str, SealedField]] = defaultdict(dict)
    for field in await repository.sealed_states(ctx.db, ids):
        sealed[field.cred_id][field.field] = field
    uses: dict[UUID, list[Use]] = defaultdict(list)
    for use in await repository.uses(ctx.db, ids):
        uses[use.cred_id].append(use)
    granted: dict[UUID, list[str]] = defaultdict(list)
    for grant in await repository.grants(ctx.db, ids):
        granted[grant.cred_id].append(grant.plugin)
    return [_view(ctx, row, sealed[row.id], uses[row.id], granted[row.id]) for row in rows]


def kept_until(row: Credential) -> datetime | None:
    """Return until when a deleted credential can be brought back, or None."""
    return row.deleted_at + repository.KEPT if row.deleted_at else None


def rotate_by(row: Credential) -> datetime | None:
    """Return when the values should be other ones, or None."""
    return row.values_at + timedelta(days=row.rotate_every) if row.rotate_every else None


def is_expired(row: Credential, now: datetime) -> bool:
    """Tell whether the credential's last day is over."""
    return row.expires_at is not None and row.expires_at <= now


def target(row: Credential) -> Target:
    """Return a credential as the audit trail names it."""
    return Target("credential", str(row.id), row.name)


def target_of(ref: CredentialRef) -> Target:
    """Return a credential that is known by reference as the audit trail names it."""
    return Target("credential", str(ref.id), ref.name)


def reference(row: Credential) -> CredentialRef:
    """Return a credential as another plugin may see it."""
    return CredentialRef(id=row.id, slug=row.slug, name=row.name, kind=row.kind)


def due(
    row: Credential, now: datetime
) -> Literal["expired", "expiring", "rotate", "rotate_soon"] | None:
    """Return what wants doing, the worst first."""
    rotate = rotate_by(row)
    if is_expired(row, now):
        return "expired"
    if rotate is not None and rotate <= now:
        return "rotate"
    if row.expires_at is not None and row.expires_at <= now + repository.SOON:
        return "expiring"
    if rotate is not None and rotate <= now + repository.SOON:
        return "rotate_soon"
    return None


def _view(
    ctx: Context,
    row: Credential,
    sealed: dict[str, SealedField],
    uses: Sequence[Use],
    granted: list[str],
) -> CredentialView:
    shape = shape_of(ctx, row.kind)
    names = dict.fromkeys((*kinds.fields(shape), *row.plain, *sorted(sealed)))
    return CredentialView(
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        description=row.description,
        fields={name: _field(shape, row, name, sealed.get(name)) for name in names},
        used_by=[UseView(plugin=use.plugin, ref=use.ref, title=use.title) for use in uses],
        granted=granted,
        values_version=row.values_version,
        tags=row.tags,
        notes=row.notes,
        reveal=row.reveal,
        expires_at=row.expires_at,
        block_expired=row.block_expired,
        rotate_every=row.rotate_every,
        rotate_by=rotate_by(row),
        due=due(row, ctx.clock.now()),
        deleted_at=row.deleted_at,
        kept_until=kept_until(row),
    )


def _field(shape: Shape, row: Credential, name: str, sealed: SealedField | None) -> FieldView:
    if sealed is not None:
        return FieldView(
            set=True,
            secret=True,
            broken=sealed.state == "broken",
            version=sealed.version,
            updated_at=sealed.updated_at,
        )
    if name in row.plain:
        return FieldView(
            set=True,
            secret=False,
            value=row.plain[name],
            version=row.values_version,
            updated_at=row.values_at,
        )
    return FieldView(set=False, secret=kinds.is_secret(shape, name))
