"""Each lie of a provider, or about one, through a whole sign-in: a reason, an event, and no harm.

What exactly is refused, the tests of `auth.oidc` and `auth.signin` say; here, that it is told and
that the next honest sign-in works.
"""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qsl, urlencode

import pytest
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from foundation.auth.oidc.minting import Mint
from foundation.auth.sessions import COOKIE

FAILED = ("accounts.signin.failed", "failure")


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class LyingMint(Mint):
    """Honest until a test changes the header, the claims or the whole of a token."""

    SIGNED = object()

    def __init__(self) -> None:
        super().__init__()
        self.stranger = RSAKey.generate_key(2048, {"kid": "stranger"})
        self.be_honest()

    def be_honest(self) -> None:
        self.key = self._key
        self.header: dict[str, object] = {}
        self.claims: dict[str, object] = {}
        self.payload = b""
        self.whole: object = self.SIGNED

    def lie(self, **lies: object) -> None:
        self.be_honest()
        for name, value in lies.items():
            setattr(self, name, value)

    def id_token(self, claims):
        header = {"alg": "RS256", "kid": self._key.kid, "typ": "JWT"} | self.header
        payload = self.payload or json.dumps(dict(claims) | self.claims).encode()
        head = b64(json.dumps(header).encode()) + "." + b64(payload)
        if header["alg"] == "RS256":
            signed = JWSRegistry.algorithms["RS256"].sign(head.encode(), self.key)
        else:
            signed = self.signature(header["alg"], head.encode())
        return head + "." + b64(signed) if self.whole is self.SIGNED else self.whole

    def signature(self, alg: str, head: bytes) -> bytes:
        pem = self._key.as_pem(private=False)
        return hmac.digest(pem, head, hashlib.sha256) if alg == "HS256" else b""


@pytest.fixture
def foundation_environ(foundation_environ) -> dict[str, str]:
    groups = {"OIDC_GROUPS_CLAIM": "groups", "OIDC_GROUP_ROLES": "root=admin"}
    return foundation_environ | {f"FOUNDATION_{name}": value for name, value in groups.items()}


@pytest.fixture
def mint(provider) -> LyingMint:
    provider.mint = LyingMint()
    return provider.mint


@pytest.fixture
def refused(browser, events):
    """Come back with a query: the reason in address and trail, once, and nobody is signed in."""

    async def refused(query: str, reason: str, type: tuple[str, str] = FAILED) -> None:
        before = len(await events())
        answer = await browser.back(query)
        assert (answer.status, answer.headers["location"]) == (303, f"/login?e={reason}")
        told = (await events())[before:]
        assert [(one.type, one.outcome, one.reason) for one in told] == [(*type, reason)]
        assert "canary" not in str(told)

    return refused


@pytest.fixture
async def begun(browser):
    async def begun() -> dict[str, str]:
        query = browser.choose(await browser.go(), "viewer")
        return dict(parse_qsl(query))

    return begun


@pytest.fixture(autouse=True)
async def the_next_honest_sign_in_works(browser, provider):
    yield
    if isinstance(provider.mint, LyingMint):
        provider.mint.be_honest()
    browser.client.cookies.clear()
    assert (await browser.sign_in("viewer")).headers["location"] == "/"
    assert (await browser.client.get("/api/auth/me")).status == 200


async def tried(browser, mint, refused, lies, reason="token") -> None:
    for lie in lies:
        query = browser.choose(await browser.go(), "viewer")
        mint.lie(**lie)
        await refused(query, reason)


async def test_a013_a014_a015_a017_a026_a_token_not_signed_as_it_must_be(browser, mint, refused):
    evil = {"jwk": mint.stranger.as_dict(private=False), "jku": "http://127.0.0.1:9/evil"}
    lies = [
        {"header": {"alg": "none"}},
        {"header": {"alg": "HS256"}},
        {"header": evil, "key": mint.stranger},
        {"header": {"kid": "canary"} | evil, "key": mint.stranger},
        {"header": {"kid": None}},
        {"header": {"typ": "at+jwt"}},
        {"header": {"typ": "logout+jwt"}},
    ]
    await tried(browser, mint, refused, lies)


async def test_a007_a021_a022_a023_a025_a038_a_claim_that_is_wrong(browser, mint, refused, clock):
    ahead = int(clock.now().timestamp()) + 601
    lies = [
        {"aud": "other"}, {"aud": ["foundation", "other"]}, {"aud": ""}, {"aud": []},
        {"aud": "other", "azp": "foundation"},
        {"iss": "https://evil.example"}, {"sub": None}, {"sub": ""}, {"sub": 7},
        {"sub": "x" * 300}, {"sub": "a\0b"},
        {"nonce": None}, {"nonce": "of-another-sign-in"}, {"nonce": 7},
        {"nonce": None, "nonce_supported": False},
        {"iat": ahead, "exp": ahead + 300},
    ]  # fmt: skip
    await tried(browser, mint, refused, [{"claims": lie} for lie in lies])
    twice = b'{"sub": "viewer", "sub": "admin"}'
    await tried(browser, mint, refused, [{"payload": twice}])


async def test_a027_an_answer_without_a_token(browser, mint, refused):
    await tried(browser, mint, refused, [{"whole": ""}, {"whole": "<html>canary"}])
    await tried(browser, mint, refused, [{"whole": 7}, {"whole": ["canary"]}], "exchange")


async def test_a018_a019_a_key_that_may_not_sign_and_then_a_new_one(
    browser, provider, mint, refused, events, foundation_clock
):
    mint._key = RSAKey.import_key(mint.stranger.as_dict(private=True) | {"use": "enc"})
    mint.key = mint.stranger
    await refused(browser.choose(await browser.go(), "viewer"), "token")

    provider.mint = Mint()  # rotated; keys are asked for once in thirty seconds
    foundation_clock.forward(seconds=31)
    await browser.sign_in("viewer")
    assert len(await events("accounts.signin.succeeded")) == 1


async def test_a001_a002_a009_a010_a029_a_way_back_that_is_wrong(refused, begun, provider):
    iss = provider.issuer
    ways = [
        ({"state": "canary"}, "state"),
        ({"iss": None}, "iss"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"iss": iss + "/"}, "iss"),
        ({"iss": iss.upper()}, "iss"),
        ({"iss": [iss, "https://evil.example"]}, "request"),
        ({"state": ["a", "a"]}, "request"),
        ({"code": None, "error": "access_denied"}, "provider_denied"),
        ({"code": None, "error": "<script>canary\r\n"}, "provider_error"),
    ]
    for lie, reason in ways:
        brought = {name: value for name, value in ((await begun()) | lie).items() if value}
        await refused(urlencode(brought, doseq=True), reason)


async def test_a033_the_only_admin_without_the_group_stays_and_the_trail_is_told(
    browser, mint, events
):
    for groups in (["root"], []):
        mint.lie(claims={"groups": groups})
        await browser.sign_in("viewer")

    assert "admin" in (await browser.client.get("/api/auth/me")).json["roles"]
    (event,) = await events("accounts.groups.undecided")
    assert "last admin" in event.detail["note"]


async def test_a037_a_step_up_that_comes_back_to_another_session(browser, another_browser, refused):
    await browser.sign_in("viewer")
    other = another_browser()
    await other.sign_in("viewer")
    query = browser.choose(await browser.go(path="/api/auth/step-up"), "viewer")
    browser.client.cookies[COOKIE] = other.client.cookies[COOKIE]

    await refused(query, "session", ("accounts.stepup.failed", "failure"))

    assert (await other.client.get("/api/auth/me")).status == 200
