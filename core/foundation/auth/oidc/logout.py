"""The logout token that a provider sends behind the browser's back (OIDC Back-Channel Logout)."""

from datetime import datetime, timedelta

from joserfc.jwt import JWTClaimsRegistry

from foundation.auth.oidc.claims import LEEWAY_S, is_subject
from foundation.auth.oidc.wire import Json
from foundation.auth.person import Notice
from foundation.auth.refusal import Refused
from foundation.settings import Settings

TYPES = frozenset({"logout+jwt"})
EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST = timedelta(minutes=5)


def check_logout(claims: Json, *, settings: Settings, now: datetime) -> Notice:
    """Return whom the checked *claims* sign out; raises `Refused` or what joserfc raises.

    A nonce makes it an ID token somebody kept, so there must be none.
    """
    seconds = int(now.timestamp())
    JWTClaimsRegistry(
        now=seconds,
        leeway=LEEWAY_S,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        exp={"essential": True},
        iat={"essential": True},
        jti={"essential": True},
    ).validate(claims)
    aud = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if aud != [settings.oidc_client_id]:
        raise Refused("token", "aud")  # a list that contains it passes above
    if claims["iat"] < seconds - OLDEST.total_seconds():
        raise Refused("token", "iat")
    if "nonce" in claims:
        raise Refused("token", "nonce")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise Refused("token", "events")
    sid, sub = claims.get("sid"), claims.get("sub")
    told = [value for value in (sid, sub) if value is not None]
    if not told or not all(map(is_subject, [*told, claims["jti"]])):
        raise Refused("token", "sid, sub or jti")
    return Notice(settings.oidc_issuer, sid, sub, claims["jti"])
