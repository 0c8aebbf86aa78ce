"""Time stamps of somebody else (RFC 3161) on signed heads, which nobody here can back-date."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.der import (
    BOOLEAN,
    INTEGER,
    NULL,
    OCTETS,
    OID,
    SEQUENCE,
    NotDer,
    der,
    der_integer,
    inside,
    nodes,
)
from foundation.audit.evidence import Evidence
from foundation.audit.models import HeadRow, StampRow
from foundation.clock import Clock
from foundation.db.engine import Database
from foundation.outbound.client import HttpClient, egress_to
from foundation.outbound.origin import origin_of

EVERY = timedelta(hours=1)
LOCK = 0x666E_645F_7473_6121  # "fnd_tsa!"
SHA256 = der(OID, bytes.fromhex("608648016503040201"))
GRANTED = (0, 1)
TIMEOUT_S = 20.0

Post = Callable[[str, bytes], Awaitable[bytes]]


class StampRefused(Exception):
    """The authority did not stamp what was asked for."""


def request(data: bytes, nonce: int) -> bytes:
    """Return the question for a time stamp on *data*, its certificate included."""
    algorithm = der(SEQUENCE, SHA256, der(NULL))
    imprint = der(SEQUENCE, algorithm, der(OCTETS, hashlib.sha256(data).digest()))
    wants_certificate = der(BOOLEAN, b"\xff")
    return der(SEQUENCE, der_integer(1), imprint, der_integer(nonce), wants_certificate)


def require_stamp(response: bytes, data: bytes, nonce: int) -> None:
    """Raise `StampRefused` unless *response* grants a stamp on *data* for this *nonce*.

    Its signature is left to whoever needs it, with the authority's certificate: ``openssl ts``.
    """
    try:
        status = int.from_bytes(inside(response, 0, 0, 0), "big")
        if status not in GRANTED:
            raise StampRefused(f"the authority answered with status {status}")
        # ContentInfo, [0], SignedData, encapContentInfo, [0], OCTET STRING
        told = inside(response, 0, 1, 1, 0, 2, 1, 0)
        imprint = inside(told, 0, 2, 1)
        numbers = [value for tag, value in nodes(inside(told, 0)) if tag == INTEGER]
    except NotDer as odd:
        raise StampRefused(f"the answer is no time stamp: {odd}") from None
    if imprint != hashlib.sha256(data).digest():
        raise StampRefused("the stamp is on something else")
    if nonce not in [int.from_bytes(number, "big") for number in numbers[2:]]:
        raise StampRefused("the stamp answers another question")


async def post(url: str, body: bytes) -> bytes:
    """Ask the authority at *url*; raises `StampRefused` and `Unreached`."""
    egress = egress_to([url], inside=[origin_of(url).host])
    headers = {"content-type": "application/timestamp-query"}
    client = HttpClient(egress, headers={}, timeout_s=TIMEOUT_S)
    answer = await client.request("POST", url, headers=headers, content=body)
    if answer.status != 200:
        raise StampRefused(f"the authority answered {answer.status}")
    return answer.body


@dataclass(frozen=True, slots=True)
class Stamper:
    """Has the newest signed head stamped, once in an hour whatever the number of processes."""

    database: Database
    clock: Clock
    url: str
    ask: Post = post

    async def stamp(self) -> bool:
        """Stamp the newest head when it is time and it is new; tells whether it was."""
        async with self.database.transaction() as db:
            head = await self._due(db)
        if head is None or head.note is None:
            return False
        data, nonce = head.note.encode(), secrets.randbits(63)
        response = await self.ask(self.url, request(data, nonce))
        require_stamp(response, data, nonce)
        async with self.database.transaction() as db:
            row = insert(StampRow).values(
                epoch=head.epoch,
                tree_size=head.tree_size,
                authority=self.url,
                stamped_at=self.clock.now(),
                response=response,
            )
            await db.execute(row)
        return True

    async def _due(self, db: AsyncSession) -> HeadRow | None:
        """Return the head to be stamped; others who look at the same moment find none."""
        if not await db.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
            return None
        last = await db.scalar(
            select(func.max(StampRow.stamped_at)).where(StampRow.authority == self.url)
        )
        if last is not None and self.clock.now() - last < EVERY:
            return None
        head = await Evidence(db).head(signed=True)
        if head is None:
            return None
        place = (StampRow.epoch == head.epoch) & (StampRow.tree_size == head.tree_size)
        known = select(StampRow.epoch).where(place, StampRow.authority == self.url)
        return None if await db.scalar(known) is not None else head


async def write_stamps(db: AsyncSession, folder: Path) -> int:
    """Write each stamp beside its note, as ``openssl ts -verify`` takes them; returns how many."""
    same = (HeadRow.epoch == StampRow.epoch) & (HeadRow.tree_size == StampRow.tree_size)
    asked = select(StampRow, HeadRow.note).join(HeadRow, same)
    count = 0
    for stamp, note in await db.execute(asked.order_by(StampRow.stamped_at)):
        name = f"e{stamp.epoch:06}-{stamp.tree_size:015}"
        (folder / f"{name}.note").write_text(note or "", "utf-8")
        (folder / f"{name}.tsr").write_bytes(stamp.response)
        count += 1
    return count
