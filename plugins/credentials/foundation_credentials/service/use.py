"""Use: the values of a credential, for a plugin that was granted them, for one block."""

import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation.ports import CredentialRef, Reach
from foundation.sdk import (
    Context,
    Forbidden,
    FoundationError,
    HttpClient,
    Invalid,
    NotFound,
    Secret,
    apart,
    count_secret_use,
)
from foundation_credentials import events, kinds, references, repository, vault
from foundation_credentials import permissions as rights
from foundation_credentials.models import Credential
from foundation_credentials.service import look
from foundation_credentials.settings import CredentialsSettings
from foundation_credentials.shapes import shape_of


class NotGranted(Forbidden):
    """Nobody has confirmed that this plugin may use this credential."""

    code, title = "not_granted", "This plugin may not use this credential"


class Expired(Forbidden):
    """The credential's last day is over, and it says that this ends its use."""

    code, title = "credential_expired", "This credential has expired"


class NoHost(Invalid):
    """The credential names no URL, so no request can be held to it."""

    code, title = "no_host", "This credential names no URL"


@dataclass(frozen=True, slots=True)
class InUse:
    """A credential in use; satisfies `foundation.ports.UsedCredential`."""

    ref: CredentialRef
    values: Mapping[str, Secret] = field(repr=False)
    plain: frozenset[str]
    urls: tuple[str, ...]
    inside: tuple[str, ...]

    @property
    def reach(self) -> Reach:
        """Where requests that carry it may go."""
        headers = {name: Secret(value) for name, value in signed(self).items()}
        return Reach(self.urls, self.inside, headers)

    def http(self) -> HttpClient:
        """Return a client that signs in with this credential; raises `NoHost`."""
        if not self.urls:
            raise NoHost("give the credential the URL it is for")
        return self.reach.client()


def signed(credential: InUse) -> dict[str, str]:
    """Return the headers that sign a request in, for the kinds that do it by header."""
    values, kind = credential.values, credential.ref.kind
    if kind == "basic":
        pair = f"{values['username'].reveal()}:{values['password'].reveal()}"
        return {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    if kind == "bearer":
        return {"authorization": f"Bearer {values['token'].reveal()}"}
    if kind == "api_key_header":
        return {values["header"].reveal().lower(): values["key"].reveal()}
    return {}


@dataclass(frozen=True, slots=True)
class Vault:
    """The port ``credentials.vault`` for one request of the plugin that asks."""

    ctx: Context

    @asynccontextmanager
    async def use(self, credential: str | UUID, *, purpose: str) -> AsyncIterator[InUse]:
        """Give the credential for one block, after its event is committed.

        Raises `NotFound`, `NotGranted`, `Expired`, `VaultSealed`, `SealBroken`.
        """
        try:
            self._require_use()
            row = await self._granted(credential)
            opened = await self._opened(row)
            await self._tell(row, purpose, opened)
        except FoundationError as refused:
            count_secret_use(self.ctx.asked_by, refused.code)
            raise
        count_secret_use(self.ctx.asked_by, "used")
        yield in_use(self.ctx, row, opened)

    async def check(self, document: Mapping[str, Any]) -> None:  # JSON
        """Raise `Invalid` naming each reference that is wrong, unknown or not granted."""
        wrong = []
        for found in references.find(document):
            self._require_use()
            row = await repository.find_by_slug(self.ctx.db, found.slug)
            if row is None:
                wrong.append(found.problem(f"there is no credential {found.slug}"))
            elif not await repository.find_grant(self.ctx.db, row.id, self.ctx.asked_by):
                wrong.append(found.problem(f"{self.ctx.asked_by} may not use {found.slug}"))
            elif not await self._has(row, found.field):
                wrong.append(found.problem(f"{found.slug} has no value {found.field}"))
        if wrong:
            raise Invalid(errors=wrong)

    @asynccontextmanager
    async def resolved(
        self, document: Mapping[str, Any], *, purpose: str
    ) -> AsyncIterator[dict[str, Any]]:  # JSON, and `Secret` in place of references
        """Give *document* with its references replaced; one event for each credential."""
        await self.check(document)
        opened: dict[str, Mapping[str, Secret]] = {}
        for slug in sorted({found.slug for found in references.find(document)}):
            async with self.use(slug, purpose=purpose) as used:
                opened[slug] = used.values
        yield references.replace(document, opened)

    def _require_use(self) -> None:
        who = self.ctx.principal
        if who.kind != "system":
            who.require(rights.USE)

    async def _granted(self, credential: str | UUID) -> Credential:
        find = repository.find if isinstance(credential, UUID) else repository.find_by_slug
        row = await find(self.ctx.db, credential)  # type: ignore[arg-type]  # chosen by its type
        if row is None or row.deleted_at is not None:
            raise NotFound(f"there is no credential {credential}")
        if not await repository.find_grant(self.ctx.db, row.id, self.ctx.asked_by):
            raise NotGranted(f"{self.ctx.asked_by} may not use {row.slug}; somebody must grant it")
        if row.block_expired and look.is_expired(row, self.ctx.clock.now()):
            raise Expired(f"{row.slug} has expired")
        return row

    async def _opened(self, row: Credential) -> dict[str, Secret]:
        plain = {name: Secret(value) for name, value in row.plain.items()}
        sealed = await repository.sealed_fields(self.ctx.db, row)
        return plain | await vault.open_all(self.ctx, row, sealed=sealed)

    async def _tell(self, row: Credential, purpose: str, opened: Mapping[str, Secret]) -> None:
        async with self.ctx.get(apart).transaction() as own:
            own.record(
                events.USED(
                    look.target(row),
                    plugin=self.ctx.asked_by,
                    purpose=purpose,
                    fields=tuple(opened),
                )
            )

    async def _has(self, row: Credential, name: str) -> bool:
        sealed = await repository.sealed_fields(self.ctx.db, row)
        return name in row.plain or any(field.field == name for field in sealed)


def in_use(ctx: Context, row: Credential, opened: Mapping[str, Secret]) -> InUse:
    """Return *row* with its values, held to the URLs that its kind marks as hosts."""
    shape = shape_of(ctx, row.kind)
    urls = tuple(
        value
        for name, value in row.plain.items()
        if kinds.names_a_host(shape, name) and "://" in value
    )
    inside = ctx.settings(CredentialsSettings).inside
    return InUse(look.reference(row), opened, frozenset(row.plain), urls, inside)
