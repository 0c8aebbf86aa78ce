"""A running Foundation whose provider is the development one, and a browser to go there with."""

import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import pytest

from foundation.auth.development.people import variables
from foundation.auth.development.provider import DevelopmentProvider
from foundation.auth.development.server import make_server
from foundation.testing.client import Client, Received
from foundation.testing.people import anonymous

from .lying_mint import LyingMint

PUBLIC = "http://localhost:3000"


@dataclass
class Provider(DevelopmentProvider):
    """The development provider; a test may change what it says of itself and of people."""

    says: dict[str, object] = field(default_factory=dict)
    tells: dict[str, object] = field(default_factory=dict)

    def metadata(self) -> dict[str, object]:
        return super().metadata() | self.says

    def userinfo(self, bearer: str) -> dict[str, object]:
        return super().userinfo(bearer) | self.tells

    def be_honest(self) -> None:
        self.says, self.tells = {}, {}
        if hasattr(self.mint, "be_honest"):
            self.mint.be_honest()


@pytest.fixture
def provider():
    server = make_server(0, public_url=PUBLIC)
    server.provider = Provider(server.provider.issuer, PUBLIC)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.provider
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def foundation_environ(foundation_environ, provider) -> dict[str, str]:
    environ = dict(foundation_environ)
    del environ["FOUNDATION_OIDC_CLIENT_SECRET"]
    port = int(provider.issuer.rpartition(":")[2])
    return (
        environ
        | variables(port)
        | {
            "FOUNDATION_ENVIRONMENT": "development",
            "FOUNDATION_PLUGINS_SAFE": "1",
        }
    )


class Browser:
    """What a person does in a browser: begin, choose at the provider, come back."""

    def __init__(self, client: Client, provider) -> None:
        self.client = client
        self.provider = provider

    async def go(self, *, path: str = "/api/auth/login", **body: str) -> dict[str, str]:
        """Begin with *body*, and return what the provider is asked."""
        began = await self.client.post(path, {"next": "/"} | body)
        assert began.status == 200, began.text
        return dict(parse_qsl(urlsplit(began.json["redirect"]).query))

    def choose(self, asked: dict[str, str], person: str) -> str:
        """Choose somebody, and return the query that the browser brings back."""
        return urlsplit(self.provider.answer(asked, person=person)).query

    async def back(self, query: str) -> Received:
        """Come back, as from another site: without an Origin."""
        return await self.client.get(f"/api/auth/callback?{query}", headers={"Origin": ""})

    async def sign_in(self, person: str, *, next: str = "/") -> Received:
        return await self.back(self.choose(await self.go(next=next), person))

    async def step_up(self, person: str, *, next: str = "/") -> Received:
        return await self.back(
            self.choose(await self.go(next=next, path="/api/auth/step-up"), person)
        )


@pytest.fixture
def browser(client, provider) -> Browser:
    return Browser(client, provider)


@pytest.fixture
def another_browser(app, provider):
    """Make the browser of somebody else."""
    return lambda: Browser(anonymous(app), provider)


@pytest.fixture
async def the_next_honest_request_works(the_next_honest_request_works, browser, provider):
    """Sign somebody in through the whole of it besides, at a provider that is honest again."""
    yield
    provider.be_honest()
    browser.client.cookies.clear()
    assert (await browser.sign_in("viewer")).headers["location"] == "/"
    assert (await browser.client.get("/api/auth/me")).status == 200


@pytest.fixture
def mint(provider) -> LyingMint:
    provider.mint = LyingMint()
    return provider.mint


@pytest.fixture
def refused(browser, events):
    """Come back with a query: the reason in address and trail, once, and nobody is signed in."""

    async def refused(type: str, query: str, reason: str) -> None:
        before = len(await events())
        answer = await browser.back(query)
        assert (answer.status, answer.headers["location"]) == (303, f"/login?e={reason}")
        told = (await events())[before:]
        assert [(one.type, one.outcome, one.reason) for one in told] == [(type, "failure", reason)]
        assert "canary" not in str(told)

    return refused


@pytest.fixture
def tried(browser, mint, refused):
    """Try each lie of the mint in a sign-in of its own, from the click to the reason."""

    async def tried(type: str, lies, reason: str = "token") -> None:
        for lie in lies:
            query = browser.choose(await browser.go(), "viewer")
            mint.lie(**lie)
            await refused(type, query, reason)

    return tried
