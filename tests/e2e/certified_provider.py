"""An honest, certified OpenID provider as a process, and somebody's browser at it."""

import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urljoin, urlsplit

from ..stack.program import free_port
from .foundation_process import ROOT
from .visitor import Visitor, _Stay

SCRIPT = ROOT / "web" / "test" / "provider" / "server.mjs"
NODE = ROOT / ".venv" / "bin" / "node"
CLIENT, SECRET = "foundation", "a secret of the tests"
REDIRECTS = {302, 303}
STEPS = 12


@dataclass(slots=True)
class CertifiedProvider:
    """npm `oidc-provider` for the Foundation at *foundation*; anybody signs in there by name."""

    foundation: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its issuer."""
        return f"http://localhost:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """What a Foundation is told, so that people sign in here; `ada` is its first admin."""
        return {
            "FOUNDATION_OIDC_ISSUER": self.url,
            "FOUNDATION_OIDC_CLIENT_ID": CLIENT,
            "FOUNDATION_OIDC_CLIENT_SECRET": SECRET,
            "FOUNDATION_BOOTSTRAP_ADMIN": f"{self.url}|ada",
        }

    def __enter__(self) -> Self:
        told = {
            "port": self.port,
            "foundation": self.foundation,
            "clientId": CLIENT,
            "clientSecret": SECRET,
        }
        self.process = subprocess.Popen(
            [NODE if NODE.exists() else "node", SCRIPT, json.dumps(told)],
            cwd=ROOT / "web",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + 180
        while not self._listens():
            assert self.process.poll() is None, "the certified provider ended"
            assert time.monotonic() < ends, "the certified provider does not listen"
            time.sleep(0.1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=60)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


class Guest:
    """One browser at the provider, with the provider's cookies."""

    def __init__(self, provider: CertifiedProvider) -> None:
        self.provider = provider
        # "localhost" has no dot, and a cookie's port does not matter: as in a browser.
        policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainLiberal)
        jar = urllib.request.HTTPCookieProcessor(CookieJar(policy))
        self._opener = urllib.request.build_opener(jar, _Stay)

    def sign_in(self, visitor: Visitor, person: str, *, path: str = "/api/auth/login") -> int:
        """Take *visitor* through a sign-in or step-up as *person*; return the callback's status.

        `asked` tells afterwards whether the provider wanted to know who it is.
        """
        begun = visitor.post(path, {"next": "/"})
        assert begun.status == 200, begun.body
        back = urlsplit(self._walk(begun.json["redirect"], visitor.url, person))
        return visitor.get(f"{back.path}?{back.query}").status

    def sign_out(self, url: str, foundation: str) -> str:
        """Sign out at the provider, by the address Foundation gave; return where it leads."""
        left = self._submit(self._get(url))
        if left.location and not left.location.startswith(foundation):
            left = self._get(left.location)
        return left.location or left.text

    def _walk(self, url: str, until: str, person: str) -> str:
        self.asked = False
        for _ in range(STEPS):
            if url.startswith(until):
                return url
            page = self._get(url)
            if page.location is None and "Who are you?" in page.text:
                self.asked = True
                page = self._get(f"{url}?{urlencode({'as': person})}")
            if page.location is None:
                page = self._submit(page)  # the old session is left before another is begun
            assert page.location, page.text
            url = urljoin(url, page.location)
        raise AssertionError("the provider goes round in circles")

    def _submit(self, page: "_Answer") -> "_Answer":
        """Send the form of *page* that signs out, with yes."""
        action = re.search(r'action="([^"]+)"', page.text)
        token = re.search(r'name="xsrf" value="([^"]+)"', page.text)
        assert action, page.text
        assert token, page.text
        return self._get(action[1], urlencode({"xsrf": token[1], "logout": "yes"}).encode())

    def _get(self, url: str, body: bytes | None = None) -> "_Answer":
        request = urllib.request.Request(urljoin(self.provider.url, url), data=body)
        try:
            with self._opener.open(request, timeout=120) as got:
                return _answer(got)
        except urllib.error.HTTPError as told:
            return _answer(told)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None
    text: str


def _answer(got: "HTTPResponse | urllib.error.HTTPError") -> _Answer:
    status = got.status or 0
    location = got.headers.get("Location") if status in REDIRECTS else None
    return _Answer(status, location, got.read().decode())
