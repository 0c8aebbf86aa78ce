"""The claims of an ID token, each checked: of this provider, for this client, for this sign-in."""

from datetime import UTC, datetime, timedelta

from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

from foundation.auth.oidc.wire import BadAnswer, Json
from foundation.auth.refusal import Refused
from foundation.auth.transaction import Transaction
from foundation.settings import Settings

LEEWAY_S = 60
OLDEST = timedelta(minutes=10)
FRESH = timedelta(minutes=5)


def check(claims: Json, *, settings: Settings, transaction: Transaction, now: datetime) -> Json:
    """Return *claims* if they are of this provider, for this client and this transaction."""
    seconds = int(now.timestamp())
    needed: ClaimsOption = {"essential": True}
    JWTClaimsRegistry(
        now=seconds,
        leeway=LEEWAY_S,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        nonce={"essential": True, "value": transaction.nonce},
        exp=needed,
        iat=needed,
        sub=needed,
    ).validate(claims)
    aud = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    client = settings.oidc_client_id
    if aud != [client] or claims.get("azp", client) != client:
        raise Refused("token", "aud")  # a list that contains it passes above
    if claims["nonce"] != transaction.nonce:
        raise Refused("token", "nonce")  # a list that contains it passes above
    if not is_subject(claims["sub"]) or claims["iat"] < seconds - OLDEST.total_seconds():
        raise Refused("token", "sub or iat")
    if transaction.purpose == "step_up" and not is_fresh(claims.get("auth_time"), now=now):
        raise Refused("stale", "auth_time")
    return claims


def is_subject(value: object) -> bool:
    """Tell whether *value* can name a person: 1 to 255 characters, none of them NUL."""
    return isinstance(value, str) and 0 < len(value) <= 255 and "\x00" not in value


def is_fresh(auth_time: object, *, now: datetime) -> bool:
    """Tell whether the person proved who they are within five minutes; never judged by ``iat``."""
    told = told_time(auth_time)
    return told is not None and abs(now - told) <= FRESH


def told_time(value: object) -> datetime | None:
    """Return the moment that a NumericDate claim tells, or None."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**40:
        return None
    return datetime.fromtimestamp(value, UTC)


def same_subject(document: Json, *, subject: str) -> Json:
    """Return the userinfo *document*; raises `BadAnswer` if it is about somebody else (5.3.2)."""
    if document.get("sub") != subject:
        raise BadAnswer("userinfo is about another subject")
    return document
