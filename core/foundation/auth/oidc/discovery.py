"""The provider's metadata: fetched when it is needed, checked, and kept for an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from foundation.auth.oidc.wire import BadAnswer, Json, Pool, get_json
from foundation.clock import Clock
from foundation.settings import LOOPBACK, Settings

PATH = "/.well-known/openid-configuration"
LIFE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What Foundation uses of a provider's metadata; an optional endpoint is empty when absent.

    *lacks* names what the provider does not offer and what Foundation is poorer for.
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    end_session_endpoint: str
    sends_iss: bool
    lacks: tuple[str, ...]


class Discovery:
    """Keeps the metadata of the one provider; the last good copy serves while it is away."""

    def __init__(self, settings: Settings, *, pool: Pool, clock: Clock) -> None:
        self._settings = settings
        self._pool = pool
        self._clock = clock
        self._kept: Metadata | None = None
        self._fetched_at: datetime | None = None
        self.problem: str | None = None

    async def get(self) -> Metadata:
        """Return the metadata; raises `BadAnswer` when there is none and none can be had."""
        now = self._clock.now()
        if self._kept and self._fetched_at and now - self._fetched_at < LIFE:
            return self._kept
        url = self._settings.oidc_issuer.rstrip("/") + PATH
        try:
            document, _ = await get_json(self._pool, url)
            self._kept, self._fetched_at = read_metadata(document, self._settings), now
            self.problem = None
        except BadAnswer as bad:
            self.problem = str(bad)
            if self._kept is None:
                raise
        return self._kept


def read_metadata(document: Json, settings: Settings) -> Metadata:
    """Return what is used of *document*; raises `BadAnswer` naming the member that is wrong.

    The issuer must be the setting's to the letter (OIDC Discovery 4.3), or one provider could
    speak for another.
    """
    if document.get("issuer") != settings.oidc_issuer:
        raise BadAnswer("the provider's metadata names another issuer than FOUNDATION_OIDC_ISSUER")

    def endpoint(name: str, *, needed: bool) -> str:
        value = document.get(name, "")
        if value or needed:
            _check(name, value, settings)
        return str(value)

    methods = document.get("code_challenge_methods_supported") or ()
    sends_iss = document.get("authorization_response_iss_parameter_supported") is True
    end = endpoint("end_session_endpoint", needed=False)
    offered = {"S256": "S256" in methods, "iss": sends_iss, "logout": bool(end)}
    return Metadata(
        authorization_endpoint=endpoint("authorization_endpoint", needed=True),
        token_endpoint=endpoint("token_endpoint", needed=True),
        jwks_uri=endpoint("jwks_uri", needed=True),
        userinfo_endpoint=endpoint("userinfo_endpoint", needed=False),
        end_session_endpoint=end,
        sends_iss=sends_iss,
        lacks=tuple(name for name, there in offered.items() if not there),
    )


def _check(name: str, value: object, settings: Settings) -> None:
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or not parts.hostname:
        raise BadAnswer(f"the provider's metadata lacks {name}")
    local = settings.is_loopback and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise BadAnswer(f"the provider's {name} is not https")
    hosts = {urlsplit(settings.oidc_issuer).hostname, *settings.oidc_hosts}
    if parts.hostname not in hosts:
        raise BadAnswer(
            f"{name} is on another host; if it is yours, add it to FOUNDATION_OIDC_HOSTS"
        )
