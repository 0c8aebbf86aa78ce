"""A person without a browser: follows the sign-in by hand, as somebody with curl would."""

import json
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPMessage
from typing import IO, Any
from urllib.parse import urlencode, urlsplit


class _Stay(urllib.request.HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # whatever the server sent
        """The body read as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Visitor:
    """One person at *url*, with their cookies; *context* is whom they trust for https.

    Raises `AssertionError` with what was asked, when there is no answer within *patience_s*.
    """

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    patience_s: float = 30.0

    def sign_in(self, person: str) -> Answer:
        """Go through the whole sign-in as *person* of the development provider."""
        begun = self.post("/api/auth/login", {"next": "/"})
        return self._through_the_provider(begun.json["redirect"], person)

    def step_up(self, person: str) -> Answer:
        """Sign in again for something sensitive."""
        return self._through_the_provider(
            self.post("/api/auth/step-up", {"next": "/"}).json["redirect"], person
        )

    def _through_the_provider(self, there: str, person: str) -> Answer:
        return self.get(self.choose(there, person))

    def choose(self, there: str, person: str) -> str:
        """Choose a person at the provider; return the path to which it sends them back."""
        page = self._send("GET", there, None, {}).body.decode()
        found = re.search(r'name="request" value="([^"]*)"', page)
        assert found, page
        asked = urlencode({"request": unescape(found[1]), "person": person})
        where = urlsplit(there)
        chosen = self._send(
            "POST",
            f"{where.scheme}://{where.netloc}/authorize",
            asked.encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        back = urlsplit(chosen.headers["Location"])
        return f"{back.path}?{back.query}"

    def get(self, path: str) -> Answer:
        """Read."""
        return self._send("GET", self.url + path, None, {})

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        """Create or act."""
        return self.send("POST", path, body, **headers)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send JSON the way a page of ours does."""
        told = {"Origin": self.url, **{k.replace("_", "-"): v for k, v in headers.items()}}
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            told["Content-Type"] = "application/json"
        return self._send(method, self.url + path, content, told)

    def _send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        request = urllib.request.Request(url, data=body, method=method, headers=dict(headers))
        if url.startswith(self.url) and self.cookies:
            request.add_header("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        try:
            https = urllib.request.HTTPSHandler(context=self.context)
            with urllib.request.build_opener(_Stay, https).open(
                request, timeout=self.patience_s
            ) as got:
                answer = Answer(got.status, got.headers, got.read())
                lines = got.headers.get_all("Set-Cookie", [])
        except urllib.error.HTTPError as refused:
            answer = Answer(refused.code, refused.headers, refused.read())
            lines = refused.headers.get_all("Set-Cookie", [])
        except TimeoutError:
            where = f"{method} {url.partition('?')[0]}"
            raise AssertionError(f"{where}: no answer within {self.patience_s:g} s") from None
        for line in lines:
            name, _, rest = line.partition("=")
            value, _, options = rest.partition(";")
            if "Max-Age=0" in options:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer
