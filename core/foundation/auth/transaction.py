"""One sign-in under way: what Foundation remembers of it, sealed into a cookie of that browser.

No Redis and no row: a stranger who starts a thousand sign-ins writes nothing, and only the
browser that started one can finish it.
"""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from foundation.auth.refusal import Refused
from foundation.crypto.cookie import NoteBroken, open_note, seal_note
from foundation.crypto.derive import AppSecret

CALLBACK = "/api/auth/callback"
COOKIE = "__Host-foundation_tx_"
PURPOSE = "foundation/signin/v1"
LIFE = timedelta(minutes=10)
SKEW = timedelta(seconds=5)
MOST = 5
"""Of one browser at a time, for several tabs; one more drops the oldest."""

# A backslash is a slash to browsers, and they drop tabs and line feeds: `/\host`, `/<TAB>/host`.
_NEXT = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,2047}")


class Transaction(BaseModel):
    """What must come back as it went out: state, nonce, verifier; and where to go then.

    *session_hash* is the hex SHA-256 of the session that a step-up belongs to,
    *invite_hash* that of the invitation somebody came with.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", cache_strings="keys"
    )

    state: str
    nonce: str
    verifier: str
    next: str
    purpose: Literal["sign_in", "step_up"]
    session_hash: str
    issued_at: datetime
    invite_hash: str = ""

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds it."""
        return COOKIE + self.state[:6]


def safe_next(path: str) -> str:
    """Return *path* if it is a page of Foundation, else ``/``.

    It is not parsed: Python's parser and the browsers' disagree about what is a host.
    """
    if not _NEXT.fullmatch(path) or "//" in path or path.startswith(("/api/", "/login")):
        return "/"
    return path


def seal(transaction: Transaction, secret: AppSecret) -> str:
    """Return the cookie's value."""
    return seal_note(secret, transaction.model_dump_json().encode(), purpose=PURPOSE)


def pick(
    cookies: Mapping[str, str], *, state: str, secret: AppSecret, now: datetime
) -> Transaction:
    """Return the transaction that *state* belongs to.

    Raises `Refused`: ``not_started`` when this browser has none, ``state`` when none is this
    one, ``expired`` when it is over ten minutes old.
    """
    own = [name for name in cookies if name.startswith(COOKIE)]
    if not own:
        raise Refused("not_started")
    found = _opened(cookies.get(COOKIE + state[:6], ""), secret)
    # Bytes, because comparing text that is not ASCII raises TypeError.
    if found is None or not hmac.compare_digest(found.state.encode(), state.encode()):
        raise Refused("state")
    if not -SKEW <= now - found.issued_at <= LIFE:
        raise Refused("expired")
    return found


def surplus(cookies: Mapping[str, str], *, secret: AppSecret) -> list[str]:
    """Return the cookies to drop so that one more fits: those that do not open, and the oldest."""
    names = [name for name in cookies if name.startswith(COOKIE)]
    own = {name: _opened(cookies[name], secret) for name in names}
    broken = [name for name, transaction in own.items() if transaction is None]
    living = [transaction for transaction in own.values() if transaction is not None]
    oldest_first = sorted(living, key=lambda transaction: transaction.issued_at)
    return broken + [old.cookie for old in oldest_first[: max(0, len(living) - MOST + 1)]]


def _opened(text: str, secret: AppSecret) -> Transaction | None:
    try:
        return Transaction.model_validate_json(open_note(secret, text, purpose=PURPOSE))
    except (NoteBroken, ValidationError):
        return None
