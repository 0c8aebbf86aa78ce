"""The two halves of a sign-in that the browser sees: going to the provider and coming back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from foundation import ids
from foundation.auth import transaction as tx
from foundation.auth.invitations import hash_of_invitation
from foundation.auth.person import Person
from foundation.auth.provider import Provider
from foundation.auth.refusal import Reason, Refused
from foundation.auth.transaction import Transaction
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret
from foundation.errors import Unavailable
from foundation.settings import Settings

MOST_QUERY = 8_192
ERRORS: Mapping[str, Reason] = {
    "access_denied": "provider_denied",
    "login_required": "provider_login_required",
    "interaction_required": "provider_login_required",
}


@dataclass(frozen=True, slots=True)
class Going:
    """Where to send the browser, the cookie to set for ten minutes, and those to drop."""

    url: str
    cookie: str
    value: str
    drop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """Who came back, and the transaction that this finishes."""

    transaction: Transaction
    person: Person


class SignIn:
    """Starts transactions and finishes them, without a database."""

    def __init__(
        self, settings: Settings, *, provider: Provider, secret: AppSecret, clock: Clock
    ) -> None:
        self._settings = settings
        self._provider = provider
        self._secret = secret
        self._clock = clock

    async def go(
        self,
        *,
        purpose: Literal["sign_in", "step_up"],
        next: str,
        cookies: Mapping[str, str],
        session_hash: str = "",
        invite: str = "",
    ) -> Going:
        """Start a transaction; raises `Unavailable` when the provider is away."""
        started = Transaction(
            state=ids.token(),
            nonce=ids.token(),
            verifier=ids.token(48),
            next=tx.safe_next(next),
            purpose=purpose,
            session_hash=session_hash,
            issued_at=self._clock.now(),
            invite_hash=hash_of_invitation(invite).hex() if invite else "",
        )
        return Going(
            url=await self._provider.authorization_url(started),
            cookie=started.cookie,
            value=tx.seal(started, self._secret),
            drop=tuple(tx.surplus(cookies, secret=self._secret)),
        )

    def claim(self, query: str, cookies: Mapping[str, str]) -> tuple[Transaction, dict[str, str]]:
        """Return the transaction of a callback, and its parameters; raises `Refused`."""
        parameters = _parameters(query)
        found = tx.pick(
            cookies,
            state=parameters.get("state", ""),
            secret=self._secret,
            now=self._clock.now(),
        )
        return found, parameters

    async def back(self, transaction: Transaction, parameters: Mapping[str, str]) -> Back:
        """Return who came back; raises `Refused`.

        The issuer is looked at before anything else of the answer: one that another provider
        sent must not even choose the error.
        """
        try:
            expected = await self._provider.sends_iss()
            iss = parameters.get("iss")
            if (iss is None and expected) or iss not in {None, self._settings.oidc_issuer}:
                raise Refused("iss")
            if "error" in parameters:
                raise Refused(ERRORS.get(parameters["error"], "provider_error"))
            if not parameters.get("code"):
                raise Refused("request", "no code")
            person = await self._provider.redeem(transaction, code=parameters["code"])
        except Unavailable:
            raise Refused("unavailable", "the provider is away") from None
        return Back(transaction, person)


def _parameters(query: str) -> dict[str, str]:
    """Return the parameters of a query string, each at most once; raises `Refused`."""
    if len(query) > MOST_QUERY:
        raise Refused("request", "the query is over 8 KB")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50, errors="replace")
    except ValueError:
        raise Refused("request", "too many parameters") from None
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise Refused("request", "a parameter is given twice")
    return parameters
