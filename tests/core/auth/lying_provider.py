"""A provider that can lie: an honest one until a test changes one of its parts."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ABSENT = object()
CLIENT = "foundation"


@dataclass
class LyingProvider:
    """An honest provider until a test changes one of its parts."""

    server: ThreadingHTTPServer
    clock: Any
    keys: list[RSAKey] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    make_token: Callable[[dict[str, Any]], str] | None = None
    token_answer: tuple[int, str, bytes] | None = None
    key_set: object = None
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    authorization: list[str] = field(default_factory=list)
    nonce: str = ""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def authorize(self, url: str) -> dict[str, str]:
        """Do what a person does there, and return what the browser brings back."""
        asked = dict(parse_qsl(urlsplit(url).query))
        self.nonce = asked["nonce"]
        return {"code": "a-code", "state": asked["state"], "iss": self.issuer}

    def document(self) -> dict[str, Any]:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/logout",
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
        return _changed(found, self.metadata)

    def public_keys(self) -> object:
        if self.key_set is not None:
            return self.key_set
        return KeySet(list(self.keys)).as_dict(private=False)

    def id_token(self) -> str:
        now = int(self.clock.now().timestamp())
        honest = {
            "iss": self.issuer,
            "sub": "ada",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": self.nonce,
            "sid": "sid-1",
        }
        claims = _changed(honest, self.claims)
        if self.make_token is not None:
            return self.make_token(claims)
        header = _changed({"alg": "RS256", "kid": self.keys[-1].kid, "typ": "JWT"}, self.header)
        return jwt.encode(header, claims, self.keys[-1])

    def answer(self, path: str) -> tuple[int, str, bytes]:
        documents: dict[str, Callable[[], object]] = {
            "/.well-known/openid-configuration": self.document,
            "/jwks": self.public_keys,
            "/userinfo": lambda: _changed(
                {"sub": "ada", "name": "Ada", "email": "ada@example.org"}, self.userinfo
            ),
            "/token": lambda: {
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "id_token": self.id_token(),
            },
        }
        if path == "/token" and self.token_answer is not None:
            return self.token_answer
        if path not in documents:
            return 404, "text/plain", b"nothing"
        return 200, "application/json", json.dumps(documents[path]()).encode()


def _changed(honest: dict[str, Any], lies: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (honest | lies).items() if value is not ABSENT}


class _Handler(BaseHTTPRequestHandler):
    lying: LyingProvider

    def do_GET(self) -> None:
        self.lying.requests.append(urlsplit(self.path).path)
        self._send(*self.lying.answer(urlsplit(self.path).path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.lying.requests.append(self.path)
        self.lying.sent.append(dict(parse_qsl(body)))
        self.lying.authorization.append(self.headers.get("Authorization", ""))
        self._send(*self.lying.answer(self.path))

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **self.lying.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a client that gives up on a large answer is what the test wants."""


@contextmanager
def lying_provider(key: RSAKey, clock: Any) -> Iterator[LyingProvider]:
    """Serve one on a free port, signing with *key* by the time of *clock*."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    handler.lying = LyingProvider(server, clock, [key])  # type: ignore[attr-defined]  # made above
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield handler.lying  # type: ignore[attr-defined]  # made above
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
