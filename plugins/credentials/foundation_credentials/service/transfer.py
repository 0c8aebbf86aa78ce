"""Transfer: credentials out of a deployment in a sealed bundle, and in from several forms."""

import asyncio
import json
from typing import Any

from pydantic import ValidationError

from foundation.sdk import (
    BundleRefused,
    Context,
    FieldProblem,
    Forbidden,
    Invalid,
    NotFound,
    Secret,
    open_bundle,
    seal_bundle,
)
from foundation_credentials import events, imports, repository, vault
from foundation_credentials.models import Credential
from foundation_credentials.schemas import Bundle, Export, Import, Imported, NewCredential
from foundation_credentials.service.create import add

SHORTEST = 12
KEPT = ("slug", "name", "kind", "description", "tags", "notes", "reveal", "rotate_every")


async def export(ctx: Context, wanted: Export) -> Bundle:
    """Return the wanted credentials in a bundle; the event is committed before it leaves.

    Raises `NotFound` for an unknown slug, `Forbidden` for one that is never revealed, `Invalid`
    for a short passphrase, `VaultSealed`, and `SealBroken`.
    """
    _require_passphrase(wanted.passphrase)
    taken = [await _outgoing(ctx, slug) for slug in wanted.slugs]
    content = Secret(json.dumps({"credentials": taken}))
    ctx.record(events.EXPORTED(reason=wanted.reason, form="bundle", slugs=tuple(wanted.slugs)))
    # scrypt is slow on purpose: a thread keeps it from everybody else's requests.
    return Bundle(bundle=await asyncio.to_thread(seal_bundle, content, wanted.passphrase))


async def bring_in(ctx: Context, wanted: Import) -> Imported:
    """Create what *wanted* holds, leaving out slugs that are taken; raises `Invalid`."""
    created, taken = [], []
    for new in await _incoming(wanted):
        if await repository.find_by_slug(ctx.db, new.slug) or new.slug in created:
            taken.append(new.slug)
            continue
        await add(ctx, new)
        created.append(new.slug)
    ctx.record(events.IMPORTED(form=wanted.form, slugs=tuple(created)))
    return Imported(created=created, taken=taken)


async def _outgoing(ctx: Context, slug: str) -> dict[str, Any]:  # JSON
    row = await repository.find_by_slug(ctx.db, slug)
    if row is None:
        raise NotFound(f"there is no credential {slug}")
    if row.reveal == "never":
        raise Forbidden(f"the values of {slug} are never shown, so they do not leave either")
    sealed = await repository.sealed_fields(ctx.db, row)
    opened = await vault.open_all(ctx, row, sealed=sealed)
    values = row.plain | {name: value.reveal() for name, value in opened.items()}
    return {**_told(row), "values": values}


def _told(row: Credential) -> dict[str, Any]:  # JSON
    return {name: getattr(row, name) for name in KEPT}


async def _incoming(wanted: Import) -> list[NewCredential]:
    if wanted.form == "bundle":
        return await _from_bundle(wanted)
    if wanted.form == "airflow":
        return [
            _new(
                slug=found.slug, name=found.name, kind=found.kind,
                description=found.description, values=dict(found.values), allow_mask_like=True,
            )
            for found in imports.from_airflow(wanted.content)
        ]  # fmt: skip
    if wanted.slug is None:
        detail = "say what the credential is to be called"
        raise Invalid(errors=[FieldProblem("/slug", detail, "missing")])
    values = imports.from_env(wanted.content)
    return [_new(slug=wanted.slug, name=wanted.slug, kind="kv", values=values)]


async def _from_bundle(wanted: Import) -> list[NewCredential]:
    if wanted.passphrase is None:
        raise Invalid(errors=[FieldProblem("/passphrase", "a bundle needs one", "missing")])
    opened = await asyncio.to_thread(open_bundle, wanted.content.reveal(), wanted.passphrase)
    try:
        document = json.loads(opened.reveal())
        return [_new(**each, allow_mask_like=True) for each in document["credentials"]]
    except (ValueError, KeyError, TypeError):
        raise BundleRefused("it opens, and holds no credentials") from None


def _new(**given: Any) -> NewCredential:  # checked by the model
    try:
        return NewCredential(**given)
    except ValidationError as refused:
        where = sorted({str(error["loc"][0]) for error in refused.errors(include_input=False)})
        detail = f"a credential has a wrong {', '.join(where)}"
        raise Invalid(errors=[FieldProblem("/content", detail, "import")]) from None


def _require_passphrase(passphrase: Secret) -> None:
    if len(passphrase) < SHORTEST:
        detail = f"at least {SHORTEST} characters"
        raise Invalid(errors=[FieldProblem("/passphrase", detail, "too_short")])
