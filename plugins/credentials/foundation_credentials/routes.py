"""The routes of ``/api/creds``: one line of policy, one line of work."""

from datetime import timedelta
from uuid import UUID

from foundation.sdk import Context, IfMatch, Page, Rate, Router
from foundation_credentials.permissions import GRANT, READ, REVEAL, USE, WRITE
from foundation_credentials.schemas import (
    Bundle,
    CredentialChange,
    Credentials,
    CredentialView,
    Export,
    Grants,
    GrantView,
    Import,
    Imported,
    Kinds,
    NewCredential,
    NewGrant,
    Restore,
    Reveal,
    Revealed,
    TestResult,
    Trial,
    ValuesChange,
    Versions,
)
from foundation_credentials.service import grants, look, probe, transfer, versions
from foundation_credentials.service.change import change
from foundation_credentials.service.create import create
from foundation_credentials.service.remove import remove, undelete
from foundation_credentials.service.replace import replace
from foundation_credentials.service.reveal import reveal

VALUES_LIMIT = 64 * 1024
"""Bytes of a body with values: a credential is no file store."""

REVEALS = (Rate("reveal-a-day", 50, timedelta(days=1)),)
"""On top of what `budget` counts in the trail for each minute."""

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
async def list_kinds(ctx: Context) -> Kinds:
    """List the kinds with the form of their values."""
    return look.all_kinds(ctx)


@creds.post("/test", needs=WRITE, max_body=VALUES_LIMIT, retry_safe=False)
async def test_values(ctx: Context, body: Trial) -> TestResult:
    """Test values before they are saved; nothing of them is kept."""
    return await probe.probe_trial(ctx, body)


@creds.post("/export", needs=REVEAL, sensitive=True)
async def export_bundle(ctx: Context, body: Export) -> Bundle:
    """Return credentials in a bundle under a passphrase, after its event is committed."""
    return await transfer.export(ctx, body)


@creds.post("/import", needs=WRITE)
async def import_credentials(ctx: Context, body: Import) -> Imported:
    """Create credentials out of a bundle, a .env file or Airflow connections."""
    return await transfer.bring_in(ctx, body)


@creds.get("/{id}", needs=READ)
async def get_credential(ctx: Context, id: UUID) -> CredentialView:
    """Return one credential, without secret values."""
    return await look.one(ctx, id)


@creds.patch("/{id}", needs=WRITE, max_body=VALUES_LIMIT)
async def change_credential(
    ctx: Context, id: UUID, body: CredentialChange, expected: IfMatch
) -> CredentialView:
    """Change what it says of itself; values may come along."""
    return await change(ctx, id, wanted=body, expected=expected)


@creds.put("/{id}/values", needs=WRITE, max_body=VALUES_LIMIT)
async def replace_values(
    ctx: Context, id: UUID, body: ValuesChange, expected: IfMatch
) -> CredentialView:
    """Make a new set of values; absent fields are kept."""
    return await replace(ctx, id, wanted=body, expected=expected)


@creds.post("/{id}/reveal", needs=REVEAL, sensitive=True, limits=REVEALS)
async def reveal_value(ctx: Context, id: UUID, body: Reveal) -> Revealed:
    """Return one secret value, after its event is committed."""
    return await reveal(ctx, id, wanted=body)


@creds.delete("/{id}", needs=WRITE)
async def delete_credential(ctx: Context, id: UUID, expected: IfMatch) -> None:
    """Delete a credential that nobody uses; it can be brought back for seven days."""
    await remove(ctx, id, expected=expected)


@creds.post("/{id}/undelete", needs=WRITE)
async def undelete_credential(ctx: Context, id: UUID) -> CredentialView:
    """Bring a deleted credential back."""
    return await undelete(ctx, id)


@creds.post("/{id}/test", needs=USE, retry_safe=False)
async def test_credential(ctx: Context, id: UUID) -> TestResult:
    """Test the values that are kept, against the host that is kept with them."""
    return await probe.probe_saved(ctx, id)


@creds.get("/{id}/versions", needs=READ)
async def list_versions(ctx: Context, id: UUID) -> Versions:
    """List the sets of values that are kept, newest first."""
    return await versions.versions(ctx, id)


@creds.post("/{id}/restore", needs=WRITE)
async def restore_version(
    ctx: Context, id: UUID, body: Restore, expected: IfMatch
) -> CredentialView:
    """Make the values of an older version the newest."""
    return await versions.restore(ctx, id, wanted=body, expected=expected)


@creds.get("/{id}/grants", needs=READ)
async def list_grants(ctx: Context, id: UUID) -> Grants:
    """List the plugins that may use the values."""
    return await grants.grants(ctx, id)


@creds.post("/{id}/grants", needs=GRANT, status=201)
async def grant_use(ctx: Context, id: UUID, body: NewGrant) -> GrantView:
    """Let a plugin use the values."""
    return await grants.grant(ctx, id, wanted=body)


@creds.delete("/{id}/grants/{plugin}", needs=GRANT)
async def revoke_use(ctx: Context, id: UUID, plugin: str) -> None:
    """Take the use back from a plugin."""
    await grants.revoke(ctx, id, plugin)
