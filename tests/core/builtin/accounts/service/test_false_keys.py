"""False signatures, keys and certificates of a provider, each through a whole sign-in.

The tests of `auth.oidc` say which function refuses what; here a click leads to a reason and an
event, nothing is asked of whom a token names, and the next honest sign-in works.
"""

import base64
import socket

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import RSAKey

from foundation.auth.oidc.minting import Mint

pytestmark = pytest.mark.usefixtures("the_next_honest_request_works")
FAILED = "accounts.signin.failed"
SECRET = "the-client-secret"


@pytest.fixture
def foundation_environ(foundation_environ) -> dict[str, str]:
    """The settings of a client with a secret: it could be taken for a signing key."""
    given = {"OIDC_AUTH_METHOD": "client_secret_post", "OIDC_CLIENT_SECRET": SECRET}
    return foundation_environ | {f"FOUNDATION_{name}": value for name, value in given.items()}


@pytest.fixture
def elsewhere():
    """A server that a token names: whether anybody came, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/keys"
        with pytest.raises(BlockingIOError):
            server.accept()


def weak_key() -> tuple[rsa.RSAPrivateKey, dict[str, str]]:
    """Return a key of 1,024 bits, and how it is published; joserfc would rather not make one."""
    key = rsa.generate_private_key(65537, 1024)
    n = key.public_key().public_numbers().n.to_bytes(128, "big")
    shown = base64.urlsafe_b64encode(n).rstrip(b"=").decode()
    return key, {"kty": "RSA", "kid": "weak", "n": shown, "e": "AQAB"}


async def test_a013_a014_a017_a026_a_token_not_signed_as_it_must_be(tried, mint):
    pem = mint.public_pem
    await tried(
        FAILED,
        [
            {"header": {"alg": "none"}},
            {"header": {"alg": "HS256"}, "secret": pem},
            {"header": {"alg": "HS256"}, "secret": SECRET.encode()},
            {"header": {"alg": "HS256", "kid": None}, "secret": SECRET.encode()},
            {"header": {"kid": None}, "key": mint.stranger},
            {"header": {"typ": "at+jwt"}},
            {"header": {"typ": "logout+jwt"}},
        ],
    )


async def test_a015_what_a_token_says_of_keys_is_not_believed_and_nobody_is_asked(
    tried, mint, elsewhere
):
    public = dict(mint.stranger.as_dict(private=False))
    brought = [{"jwk": public}, {"jku": elsewhere}, {"x5u": elsewhere}, {"x5c": ["AAAA"]}]
    whole = {name: value for one in brought for name, value in one.items()}
    for kid in ({}, {"kid": "canary"}, {"kid": elsewhere}):
        lies = [{"header": one | kid, "key": mint.stranger} for one in (*brought, whole)]
        await tried(FAILED, lies)


async def test_a017_a_token_without_a_key_id_counts_while_there_is_one_key(
    browser, tried, mint, foundation_clock
):
    mint.lie(header={"kid": None})
    assert (await browser.sign_in("viewer")).headers["location"] == "/"

    mint.published = [dict(mint.stranger.as_dict(private=False))]
    foundation_clock.forward(seconds=31)
    await tried(
        FAILED, [{"header": {"kid": "canary"}, "key": mint.stranger}]
    )  # the keys are seen anew
    await tried(FAILED, [{"header": {"kid": None}}])


async def test_a019_a_key_that_is_weak_or_for_something_else_signs_nobody_in(
    tried, mint, foundation_clock
):
    weak, shown = weak_key()
    public = dict(mint.stranger.as_dict(private=False))
    keys = [
        (weak, shown),
        (mint.stranger, public | {"kid": "enc", "use": "enc"}),
        (mint.stranger, public | {"kid": "ps", "alg": "PS256"}),
        (mint.stranger, public | {"kid": "hs", "alg": "HS256"}),
        (mint.stranger, public | {"kid": "rs384", "alg": "RS384"}),
    ]
    mint.published = [shown for _, shown in keys]
    await tried(FAILED, [{"header": {"kid": shown["kid"]}, "key": key} for key, shown in keys])

    # A good one beside them is found; so they were seen, and it is they that are refused.
    foundation_clock.forward(seconds=31)
    good = RSAKey.generate_key(2048, {"kid": "good", "use": "sig", "alg": "RS256"})
    mint.published.append(dict(good.as_dict(private=False)))
    mint._key = good


async def test_a018_a_key_rotated_between_two_sign_ins_is_found(browser, provider, mint, events):
    await browser.sign_in("viewer")
    provider.mint = Mint()

    assert (await browser.sign_in("viewer")).headers["location"] == "/"
    assert len(await events("accounts.signin.succeeded")) == 2


async def test_a038_a_provider_that_goes_away_on_the_way_back_is_told_and_sessions_go_on(
    browser, another_browser, app, provider, refused
):
    vera = another_browser()
    await vera.sign_in("viewer")
    query = browser.choose(await browser.go(), "viewer")
    discovery = app.parts.identity._provider._discovery
    honest = discovery._kept
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    discovery._kept = honest.__class__(
        **{name: getattr(honest, name) for name in honest.__slots__} | {"token_endpoint": away}
    )

    await refused(FAILED, query, "exchange")

    assert (await vera.client.get("/api/auth/me")).status == 200
    discovery._kept = honest
