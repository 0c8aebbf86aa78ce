"""The development provider keeps the rules that Foundation checks, with nothing relaxed."""

import base64
import hashlib
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc import jwt

from foundation.auth.development.provider import DevelopmentProvider, Wrong
from foundation.auth.oidc.jwks import read_keys

PUBLIC = "http://localhost:3000"
VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
ASKED = {
    "client_id": "foundation",
    "redirect_uri": f"{PUBLIC}/api/auth/callback",
    "response_type": "code",
    "scope": "openid profile email",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


@pytest.fixture
def provider(clock) -> DevelopmentProvider:
    return DevelopmentProvider("http://127.0.0.1:3001", PUBLIC, clock=clock)


def chosen(provider, person="admin") -> dict[str, str]:
    return dict(parse_qsl(urlsplit(provider.answer(ASKED, person=person)).query))


def exchange(provider, code, **given):
    sent = {
        "code": code,
        "code_verifier": VERIFIER,
        "redirect_uri": ASKED["redirect_uri"],
        "client_id": "foundation",
    }
    return provider.exchange(sent | given)


def test_a_choice_comes_back_with_code_state_and_issuer(provider) -> None:
    brought = chosen(provider)

    assert brought["state"] == "s"
    assert brought["iss"] == "http://127.0.0.1:3001"
    assert len(brought["code"]) == 43


def test_whoever_does_not_choose_is_denied(provider) -> None:
    assert chosen(provider, person="")["error"] == "access_denied"
    assert chosen(provider, person="root")["error"] == "access_denied"


def test_the_token_is_true_and_of_this_moment(provider, clock) -> None:
    got = exchange(provider, chosen(provider)["code"])
    claims = jwt.decode(got["id_token"], read_keys(dict(provider.mint.key_set))).claims

    assert (claims["iss"], claims["sub"], claims["aud"]) == (provider.issuer, "admin", "foundation")
    assert claims["nonce"] == "n"
    assert claims["auth_time"] == int(clock.now().timestamp())
    assert provider.userinfo(got["access_token"])["name"] == "Ada Admin"


def test_a_code_buys_once(provider) -> None:
    code = chosen(provider)["code"]
    exchange(provider, code)

    with pytest.raises(Wrong):
        exchange(provider, code)


def test_a_code_lasts_a_minute(provider, clock) -> None:
    code = chosen(provider)["code"]
    clock.move(seconds=62)

    with pytest.raises(Wrong):
        exchange(provider, code)


@pytest.mark.parametrize(
    "lie",
    [
        {"code_verifier": "another"},
        {"code_verifier": ""},
        {"redirect_uri": "http://localhost:3000/other"},
        {"client_id": "other"},
    ],
)
def test_a006_a_code_needs_its_verifier_and_its_client(provider, lie) -> None:
    code = chosen(provider)["code"]

    with pytest.raises(Wrong):
        exchange(provider, code, **lie)


@pytest.mark.parametrize(
    "lie",
    [
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/cb"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"state": ""},
        {"scope": "profile"},
    ],
)
def test_a_request_that_breaks_the_protocol_is_refused(provider, lie) -> None:
    with pytest.raises(Wrong):
        provider.answer(ASKED | lie, person="admin")


def test_an_unknown_access_token_tells_nothing(provider) -> None:
    with pytest.raises(Wrong):
        provider.userinfo("made up")


def test_signing_out_leads_back_to_foundation_only(provider) -> None:
    back = {"post_logout_redirect_uri": f"{PUBLIC}/login", "state": "x"}

    assert provider.goodbye(back) == f"{PUBLIC}/login?state=x"
    assert provider.goodbye({"post_logout_redirect_uri": "http://localhost:3000.evil/"}) is None
    assert provider.goodbye({}) is None
