"""Look: credentials as they may be seen, one, many, or as another plugin sees them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast, get_args
from uuid import UUID

from foundation.ports import CredentialRef
from foundation.sdk import Context, NotFound, Page, Target
from foundation_credentials import kinds, repository
from foundation_credentials.kinds import KindName
from foundation_credentials.models import Credential, SealedField, Use
from foundation_credentials.schemas import (
    Credentials,
    CredentialView,
    FieldView,
    Kinds,
    KindView,
    UseView,
)


async def page(ctx: Context, query: Credentials) -> Page[CredentialView]:
    """Return one page of credentials, by name."""
    rows, following = await repository.page(ctx.db, query)
    return Page(items=await views(ctx, rows), next=following)


async def one(ctx: Context, credential_id: UUID) -> CredentialView:
    """Return one credential; raises `NotFound`."""
    return await view(ctx, await existing(ctx, credential_id))


def all_kinds() -> Kinds:
    """Return every kind with the form of its values."""
    return Kinds(
        items=[
            KindView(kind=kind, title=kinds.KINDS[kind].title, form=kinds.form(kind))
            for kind in get_args(KindName)
        ]
    )


async def existing(ctx: Context, credential_id: UUID) -> Credential:
    """Return the row of a credential; raises `NotFound`."""
    row = await repository.find(ctx.db, credential_id)
    if row is None:
        raise NotFound("no such credential")
    return row


async def view(ctx: Context, row: Credential) -> CredentialView:
    """Return a credential as it may be seen."""
    return (await views(ctx, [row]))[0]


async def views(ctx: Context, rows: Sequence[Credential]) -> list[CredentialView]:
    """Return many credentials as they may be seen, with two more queries and not two for each."""
    ids = [row.id for row in rows]
    sealed: dict[UUID, dict[str, SealedField]] = defaultdict(dict)
    for field in await repository.sealed_states(ctx.db, ids):
        sealed[field.cred_id][field.field] = field
    uses: dict[UUID, list[Use]] = defaultdict(list)
    for use in await repository.uses(ctx.db, ids):
        uses[use.cred_id].append(use)
    return [_view(row, sealed[row.id], uses[row.id]) for row in rows]


def kind_of(row: Credential) -> KindName:
    """Return the kind of a row, which was parsed when it was written."""
    return cast(KindName, row.kind)


def target(row: Credential) -> Target:
    """Return a credential as the audit trail names it."""
    return Target("credential", str(row.id), row.name)


def reference(row: Credential) -> CredentialRef:
    """Return a credential as another plugin may see it."""
    return CredentialRef(id=row.id, slug=row.slug, name=row.name, kind=row.kind)


def _view(row: Credential, sealed: dict[str, SealedField], uses: Sequence[Use]) -> CredentialView:
    names = dict.fromkeys((*kinds.fields(kind_of(row)), *sorted(sealed)))
    return CredentialView(
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        description=row.description,
        fields={name: _field(row, name, sealed.get(name)) for name in names},
        used_by=[UseView(plugin=use.plugin, ref=use.ref, title=use.title) for use in uses],
    )


def _field(row: Credential, name: str, sealed: SealedField | None) -> FieldView:
    if sealed is not None:
        return FieldView(
            set=True,
            secret=True,
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
    return FieldView(set=False, secret=kinds.is_secret(kind_of(row), name))
