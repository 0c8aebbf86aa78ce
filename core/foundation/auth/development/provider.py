"""The rules of the development provider: the code flow with PKCE, without a password.

It asks at every sign-in, so each is fresh: that honours ``prompt=login`` and any ``max_age``, and
``auth_time`` is the moment of the choice.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from foundation import ids
from foundation.auth.development.people import CLIENT_ID, PEOPLE, Someone
from foundation.auth.oidc.minting import Mint
from foundation.auth.transaction import CALLBACK
from foundation.clock import Clock, SystemClock

CODE_S = 60
TOKEN_S = 300

Fields = Mapping[str, str]


class Wrong(Exception):
    """A request that breaks the protocol; the text is shown to the developer."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for."""

    someone: Someone
    redirect_uri: str
    challenge: str
    nonce: str
    auth_time: int


@dataclass(slots=True)
class DevelopmentProvider:
    """The provider's rules, apart from HTTP."""

    issuer: str
    public_url: str
    mint: Mint = field(default_factory=Mint)
    clock: Clock = field(default_factory=SystemClock)
    _codes: dict[str, Grant] = field(default_factory=dict)
    _tokens: dict[str, Someone] = field(default_factory=dict)

    def metadata(self) -> dict[str, object]:
        """Return the discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def check(self, asked: Fields) -> None:
        """Raise `Wrong` unless *asked* is an authorization request that can be answered."""
        expected = {
            "client_id": CLIENT_ID,
            "redirect_uri": self.public_url.rstrip("/") + CALLBACK,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        for name, value in expected.items():
            if asked.get(name) != value:
                raise Wrong(f"{name} must be {value}")
        if not asked.get("code_challenge") or not asked.get("state"):
            raise Wrong("code_challenge and state are required")
        if "openid" not in asked.get("scope", "").split():
            raise Wrong("the scope must hold openid")

    def answer(self, asked: Fields, *, person: str) -> str:
        """Return where to send the browser back to; raises `Wrong`."""
        self.check(asked)
        chosen = [someone for someone in PEOPLE if someone.subject == person]
        back = {"state": asked["state"], "iss": self.issuer}
        if chosen:
            back["code"] = ids.token()
            self._codes[back["code"]] = Grant(
                chosen[0],
                asked["redirect_uri"],
                asked["code_challenge"],
                asked.get("nonce", ""),
                self._now(),
            )
        else:
            back["error"] = "access_denied"
        return asked["redirect_uri"] + "?" + urlencode(back)

    def exchange(self, sent: Fields) -> dict[str, object]:
        """Return the tokens that a code buys, once; raises `Wrong`."""
        grant = self._codes.pop(sent.get("code", ""), None)
        if grant is None or self._now() - grant.auth_time > CODE_S:
            raise Wrong("invalid_grant")
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=")
        if not hmac.compare_digest(challenge, grant.challenge.encode()):
            raise Wrong("invalid_grant")
        if (sent.get("redirect_uri"), sent.get("client_id")) != (grant.redirect_uri, CLIENT_ID):
            raise Wrong("invalid_grant")
        access = ids.token()
        self._tokens[access] = grant.someone
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": TOKEN_S,
            "id_token": self.mint.id_token(self._claims(grant)),
        }

    def userinfo(self, bearer: str) -> dict[str, object]:
        """Return who an access token is of; raises `Wrong`."""
        if bearer not in self._tokens:
            raise Wrong("invalid_token")
        return self._tokens[bearer].claims

    def goodbye(self, asked: Fields) -> str | None:
        """Return where to go after signing out, or None to stay here."""
        back = asked.get("post_logout_redirect_uri", "")
        if not back.startswith(self.public_url.rstrip("/") + "/"):
            return None
        return back + "?" + urlencode({"state": asked.get("state", "")})

    def _claims(self, grant: Grant) -> dict[str, object]:
        now = self._now()
        return {
            "iss": self.issuer,
            "sub": str(grant.someone.subject),
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + TOKEN_S,
            "auth_time": grant.auth_time,
            "nonce": grant.nonce,
            "sid": ids.token(16),
        }

    def _now(self) -> int:
        return int(self.clock.now().timestamp())
