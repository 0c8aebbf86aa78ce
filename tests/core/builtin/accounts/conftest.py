"""A running Foundation whose provider is the development one, and a browser to go there with."""

import threading
from urllib.parse import parse_qsl, urlsplit

import pytest

from foundation.auth.development.people import variables
from foundation.auth.development.server import make_server
from foundation.testing.client import Client, Received
from foundation.testing.people import anonymous

PUBLIC = "http://localhost:3000"


@pytest.fixture
def provider():
    server = make_server(0, public_url=PUBLIC)
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

    async def go(self, *, next: str = "/", path: str = "/api/auth/login") -> dict[str, str]:
        """Begin, and return what the provider is asked."""
        began = await self.client.post(path, {"next": next})
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
