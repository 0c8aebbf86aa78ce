"""An API token where it must not be, in an address or a cookie: refused, told, and revoked."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated
from urllib.parse import unquote_plus

from foundation.audit.actor import Actor, Source
from foundation.audit.events import Detail, EventType, Plain, Target
from foundation.auth.models import ApiToken
from foundation.auth.tokens import (
    LOOKS_LIKE_ONE,
    SHOWN,
    hash_of_token,
    is_well_formed,
    revoke_tokens,
)
from foundation.db.anew import asked_anew
from foundation.errors import BadRequest
from foundation.http.edge import Edge

MOST = 5


class Leak(Detail):
    """Where an API token was found that belongs into a header only."""

    where: Annotated[str, Plain]
    prefix: Annotated[str, Plain]
    address: Annotated[str, Plain]


TOKEN_LEAKED = EventType(
    "accounts.token.leaked",
    "API token in the open",
    Leak,
    severity="critical",
    targets=("token",),
    owasp=("authn_token_revoked",),
)


class TokenLeaked(BadRequest):
    """400: addresses and cookies are kept in logs and histories, so the token is void now."""

    code, title = "token_leaked", "An API token belongs into the Authorization header"


async def refuse_leaks(
    edge: Edge, query: bytes, cookies: Mapping[str, str], *, address: str, request_id: str
) -> None:
    """Raise `TokenLeaked` for an API token in the query or a cookie, and revoke it."""
    found = [("query", token) for token in _tokens([query.decode("ascii", "replace")])]
    found += [("cookie", token) for token in _tokens(cookies.values())]
    for where, token in found[:MOST]:
        if is_well_formed(token):
            void = partial(_void, edge, token, where=where, address=address, request_id=request_id)
            await asked_anew(void)
    if found:
        raise TokenLeaked("send it as a bearer; this one, if it is real, is revoked")


def _tokens(texts: Iterable[str]) -> list[str]:
    return [
        token
        for text in texts
        if len(text) >= len("fnd_pat_")
        for token in LOOKS_LIKE_ONE.findall(unquote_plus(text))
    ]


async def _void(edge: Edge, token: str, *, where: str, address: str, request_id: str) -> None:
    async with edge.database.transaction() as db:
        revoked = await revoke_tokens(db, ApiToken.token_hash == hash_of_token(token))
        for id, name in revoked:
            event = TOKEN_LEAKED(
                Target("token", str(id), name),
                outcome="denied",
                reason=where,
                where=where,
                prefix=token[:SHOWN],
                address=address,
            )
            edge.recorder.record(db, event, Source(Actor("anonymous"), "accounts", request_id))
