"""Idempotency keys: a creation that is sent again gets the first answer, not a second thing.

The key is written in the transaction of the work (RFC draft "The Idempotency-Key HTTP Header
Field"), so it exists exactly when the work was done, also when the answer was lost on the way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic_core import from_json
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from foundation.audit.guard import UNAUDITED
from foundation.db.model import CoreBase
from foundation.errors import BadRequest, Invalid
from foundation.http.etag import etag
from foundation.http.exchange import JSON, Answer

_KEY = re.compile(r"^[\x21-\x7e]{1,200}$")
_KEPT = text("interval '24 hours'")


class KeyReused(Invalid):
    """422: the key was used before for another request."""

    code, title = "idempotency_key_reused", "This Idempotency-Key belongs to another request"


class IdempotencyKey(CoreBase):
    """A key somebody sent, a fingerprint of the request it came with, and what was answered."""

    __tablename__ = "idempotency_keys"
    __table_args__ = {  # noqa: RUF012  # read by SQLAlchemy, never changed
        "info": {UNAUDITED: "a key repeats an answer and changes nothing"}
    }

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    route: Mapped[str]
    request_hash: Mapped[bytes]
    status: Mapped[int]
    body: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


@dataclass(frozen=True, slots=True)
class Key:
    """One use of a key: whose, which, for what.

    *request_hash* is a keyed hash: the body may hold a secret, and the plain hash of a weak one
    would let a reader of the table guess it.
    """

    actor_id: UUID
    key: str
    route: str
    request_hash: bytes


def read_key(
    header: str | None, *, actor_id: UUID | None, route: str, fingerprint: Callable[[], bytes]
) -> Key | None:
    """Return the key of a request, or None without one; *fingerprint* is of its path and body.

    Raises `BadRequest` for a key that is not 1 to 200 visible characters. Quotes around it, as
    the draft has them, do not count.
    """
    if header is None or actor_id is None:
        return None
    value = header[1:-1] if len(header) > 1 and header[0] == header[-1] == '"' else header
    if not _KEY.match(value):
        raise BadRequest(
            "an Idempotency-Key has 1 to 200 visible characters", header="Idempotency-Key"
        )
    return Key(actor_id, value, route, fingerprint())


async def claim(db: AsyncSession, key: Key) -> Answer | None:
    """Take *key* for this transaction, or return what was answered the first time.

    A second request with the key, while the first is still at work, waits for it here. Raises
    `KeyReused` when the key came with another request. Keys are kept for 24 hours.
    """
    rows = IdempotencyKey
    old = delete(rows).where(rows.actor_id == key.actor_id)
    await db.execute(old.where(rows.created_at < func.now() - _KEPT))
    new = insert(rows).values(
        actor_id=key.actor_id,
        key=key.key,
        route=key.route,
        request_hash=key.request_hash,
        status=0,
        body=b"",
    )
    taken = await db.execute(new.on_conflict_do_nothing().returning(rows.key))
    if taken.first() is not None:
        return None
    mine = select(rows.route, rows.request_hash, rows.status, rows.body)
    row = (await db.execute(mine.where(rows.actor_id == key.actor_id, rows.key == key.key))).one()
    if (row.route, row.request_hash) != (key.route, key.request_hash):
        raise KeyReused
    return _again(row.status, row.body)


async def keep(db: AsyncSession, key: Key, answer: Answer) -> None:
    """Note *answer* under *key*; it is committed with the work."""
    rows = IdempotencyKey
    mine = update(rows).where(rows.actor_id == key.actor_id, rows.key == key.key)
    await db.execute(mine.values(status=answer.status, body=answer.body))


def _again(status: int, body: bytes) -> Answer:
    headers = [("Content-Type", JSON), ("Idempotency-Replayed", "true")]
    value = from_json(body, cache_strings="keys") if body else None
    if isinstance(value, dict) and isinstance(value.get("version"), int):
        headers.append(("ETag", etag(value["version"])))
    return Answer(status, body, tuple(headers))
