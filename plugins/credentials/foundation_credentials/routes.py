"""The routes of ``/api/creds``: one line of policy, one line of work."""

from uuid import UUID

from foundation.sdk import Context, IfMatch, Page, Router
from foundation_credentials.permissions import READ, REVEAL, WRITE
from foundation_credentials.schemas import (
    CredentialChange,
    Credentials,
    CredentialView,
    Kinds,
    NewCredential,
    Reveal,
    Revealed,
    ValuesChange,
)
from foundation_credentials.service import look
from foundation_credentials.service.change import change
from foundation_credentials.service.create import create
from foundation_credentials.service.remove import remove
from foundation_credentials.service.replace import replace
from foundation_credentials.service.reveal import reveal

VALUES_LIMIT = 64 * 1024
"""Bytes of a body with values: a credential is no file store."""

creds = Router("creds")


@creds.get("/", needs=READ)
async def list_credentials(ctx: Context, query: Credentials) -> Page[CredentialView]:
    """List credentials by name."""
    return await look.page(ctx, query)


@creds.post("/", needs=WRITE, status=201, max_body=VALUES_LIMIT)
async def create_credential(ctx: Context, body: NewCredential) -> CredentialView:
    """Create a credential with its values."""
    return await create(ctx, body)


@creds.get("/kinds", needs=READ)
async def list_kinds(ctx: Context) -> Kinds:  # noqa: ARG001  # every handler takes it
    """List the kinds with the form of their values."""
    return look.all_kinds()


@creds.get("/{id}", needs=READ)
async def get_credential(ctx: Context, id: UUID) -> CredentialView:
    """Return one credential, without secret values."""
    return await look.one(ctx, id)


@creds.patch("/{id}", needs=WRITE)
async def change_credential(
    ctx: Context, id: UUID, body: CredentialChange, expected: IfMatch
) -> CredentialView:
    """Change name or description."""
    return await change(ctx, id, wanted=body, expected=expected)


@creds.put("/{id}/values", needs=WRITE, max_body=VALUES_LIMIT)
async def replace_values(
    ctx: Context, id: UUID, body: ValuesChange, expected: IfMatch
) -> CredentialView:
    """Make a new set of values; absent fields are kept."""
    return await replace(ctx, id, wanted=body, expected=expected)


@creds.post("/{id}/reveal", needs=REVEAL, sensitive=True)
async def reveal_value(ctx: Context, id: UUID, body: Reveal) -> Revealed:
    """Return one secret value, after its event is committed."""
    return await reveal(ctx, id, wanted=body)


@creds.delete("/{id}", needs=WRITE)
async def delete_credential(ctx: Context, id: UUID, expected: IfMatch) -> None:
    """Delete a credential that nobody uses."""
    await remove(ctx, id, expected=expected)
