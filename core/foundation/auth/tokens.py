"""API tokens: checked offline first, then by one row; right is what scope and owner both allow."""

import hashlib
import ipaddress
import re
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from foundation.auth.models import ApiToken, User
from foundation.auth.rights import custom_grants, role_names
from foundation.errors import Unauthenticated

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECRET_LETTERS, CHECK_LETTERS, SHOWN = 43, 6, 12
PREFIXES = {"user": "fnd_pat_", "service": "fnd_svc_"}
LOOKS_LIKE_ONE = re.compile(r"fnd_(?:pat|svc)_[0-9A-Za-z]{49}")
"""What scanners look for, in logs, in code, and in places where a token must not be."""

USUAL_LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=366)
TOUCH = timedelta(minutes=5)


def new_token(kind: Literal["user", "service"]) -> str:
    """Return a fresh token: 256 bits and the checksum of all before it, 57 characters."""
    body = PREFIXES[kind] + "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LETTERS))
    return body + _checksum(body)


def is_well_formed(text: str) -> bool:
    """Tell whether *text* is a token by its form and checksum: a typing error costs no query."""
    if not LOOKS_LIKE_ONE.fullmatch(text):
        return False
    return secrets.compare_digest(_checksum(text[:-CHECK_LETTERS]), text[-CHECK_LETTERS:])


def hash_of_token(text: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True, slots=True)
class TokenFound:
    """A token that lives, and its owner with the rights they have at this moment."""

    id: UUID
    scopes: Sequence[str]
    user_id: UUID
    name: str
    email: str
    kind: Literal["user", "service"]
    roles: Sequence[str]
    grants: Sequence[str]
    is_due: bool


async def find_token(db: AsyncSession, text: str, *, address: str) -> TokenFound:
    """Return the living token that *text* is; raises `Unauthenticated` for anything else."""
    if not is_well_formed(text):
        raise _refused()
    seen = func.coalesce(ApiToken.last_used_at, ApiToken.created_at - TOUCH)
    found = await db.execute(
        select(
            ApiToken.id,
            ApiToken.scopes,
            User.id.label("user_id"),
            User.name,
            User.email,
            User.kind,
            role_names(User.id).label("roles"),
            custom_grants(User.id).label("grants"),
            (seen <= func.now() - TOUCH).label("is_due"),
            ApiToken.networks,
        )
        .join(User, User.id == ApiToken.user_id)
        .where(
            ApiToken.token_hash == hash_of_token(text),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > func.now(),
            User.enabled,
        )
    )
    row = found.one_or_none()
    if row is None or not within(address, row.networks):
        raise _refused()
    values = row._mapping  # noqa: SLF001  # the documented way to the columns by name
    return TokenFound(**{name: values[name] for name in TokenFound.__slots__})


async def touch_token(db: AsyncSession, id: UUID, *, address: str) -> None:
    """Note that a token is in use; at most every five minutes, whoever asks."""
    await db.execute(
        update(ApiToken)
        .where(
            ApiToken.id == id,
            func.coalesce(ApiToken.last_used_at, ApiToken.created_at - TOUCH) <= func.now() - TOUCH,
        )
        .values(last_used_at=func.now(), last_used_ip=address)
        .execution_options(synchronize_session=False)
    )


async def revoke_tokens(db: AsyncSession, *which: ColumnElement[bool]) -> list[tuple[UUID, str]]:
    """Revoke the living tokens that match *which*; return the id and name of each."""
    living = select(ApiToken.id).where(ApiToken.revoked_at.is_(None), *which)
    # Looked for first: an update of no row would still be a change without an event.
    ids = list((await db.execute(living.with_for_update())).scalars())
    if not ids:
        return []
    revoked = await db.execute(
        update(ApiToken)
        .where(ApiToken.id.in_(ids))
        .values(revoked_at=func.now())
        .returning(ApiToken.id, ApiToken.name)
        .execution_options(synchronize_session=False)
    )
    return [(id, name) for id, name in revoked]


def within(address: str, networks: Sequence[str]) -> bool:
    """Tell whether *address* lies in one of *networks*; no network means anywhere."""
    if not networks:
        return True
    try:
        peer = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    peer = getattr(peer, "ipv4_mapped", None) or peer
    return any(peer in ipaddress.ip_network(network, strict=False) for network in networks)


def _refused() -> Unauthenticated:
    # One text for every reason: which part was wrong is nobody's business.
    return Unauthenticated(
        "this API token does not count",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )


def _checksum(body: str) -> str:
    number, letters = zlib.crc32(body.encode()), ""
    for _ in range(CHECK_LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters
