"""HTTP around the development provider: the standard library's server, on loopback only."""

import json
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from foundation.auth.development.page import CSS, choice_page, html_headers, text_page
from foundation.auth.development.provider import DevelopmentProvider, Wrong
from foundation.settings import LOOPBACK

MOST_BODY = 16_384


class Server(ThreadingHTTPServer):
    """A server on loopback with the one provider it serves."""

    daemon_threads = True

    def __init__(self, port: int, *, public_url: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.provider = DevelopmentProvider(issuer, public_url)


class Handler(BaseHTTPRequestHandler):
    """One connection to a `Server`."""

    server: Server
    server_version = "foundation-development-sign-in"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Serve the documents, the choice and the sign-out."""
        path, asked = self._asked()
        provider = self.server.provider
        documents: dict[str, Callable[[], Mapping[str, object]]] = {
            "/.well-known/openid-configuration": provider.metadata,
            "/jwks": lambda: provider.mint.key_set,
            "/userinfo": lambda: provider.userinfo(self._bearer()),
        }
        try:
            if path in documents:
                self._json(200, documents[path]())
            elif path == "/authorize":
                provider.check(asked)
                self._html(200, choice_page(urlsplit(self.path).query))
            elif path == "/logout":
                back = provider.goodbye(asked)
                self._go(back) if back else self._html(200, text_page("You are signed out."))
            elif path == "/style.css":
                self._send(200, CSS.encode(), {"Content-Type": "text/css; charset=utf-8"})
            else:
                self._html(404, text_page("There is nothing here."))
        except Wrong as wrong:
            self._html(401 if path == "/userinfo" else 400, text_page(str(wrong)))

    def do_POST(self) -> None:
        """Take the choice of a person, and exchange a code."""
        path, _ = self._asked()
        told = self.headers.get("Content-Length", "")
        size = int(told) if told.isdecimal() else 0
        sent = dict(parse_qsl(self.rfile.read(min(size, MOST_BODY)).decode("utf-8", "replace")))
        try:
            if path == "/authorize":
                request = dict(parse_qsl(sent.get("request", "")))
                self._go(self.server.provider.answer(request, person=sent.get("person", "")))
            elif path == "/token":
                self._json(200, self.server.provider.exchange(sent))
            else:
                self._html(404, text_page("There is nothing here."))
        except Wrong as wrong:
            self._json(400, {"error": str(wrong)})

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: a request line holds the state, and nobody reads this log."""

    def _asked(self) -> tuple[str, dict[str, str]]:
        # Only by its own name: another one in Host is a page that rebinds its DNS.
        if self.headers.get("Host") != urlsplit(self.server.provider.issuer).netloc:
            return "", {}
        parts = urlsplit(self.path)
        return parts.path, dict(parse_qsl(parts.query))

    def _bearer(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _json(self, status: int, body: Mapping[str, object]) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _html(self, status: int, body: str) -> None:
        origin = self.server.provider.public_url
        self._send(status, body.encode(), html_headers(origin))

    def _go(self, url: str) -> None:
        self._send(303, b"", {"Location": url})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Cache-Control": "no-store", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def make_server(port: int, *, public_url: str) -> Server:
    """Return a server on loopback, not serving yet; raises `ValueError` and `OSError`.

    Port 0 takes a free one. Refuses a public URL that is not on this machine.
    """
    if urlsplit(public_url).hostname not in LOOPBACK:
        raise ValueError("it is for a public URL on loopback only")
    return Server(port, public_url=public_url)
