"""The code flow against a provider that lies: who comes back, and what is refused."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from foundation import ids
from foundation.auth.oidc.flow import OidcProvider
from foundation.auth.refusal import Refused
from foundation.auth.transaction import Transaction
from foundation.errors import Unavailable


@pytest.fixture
def transaction(lying, clock) -> Transaction:
    made = Transaction(
        state=ids.token(),
        nonce=ids.token(),
        verifier=ids.token(48),
        next="/",
        purpose="sign_in",
        session_hash="",
        issued_at=clock.now(),
    )
    lying.nonce = made.nonce
    return made


async def refusal(provider, transaction) -> Refused:
    with pytest.raises(Refused) as refused:
        await provider.redeem(transaction, code="a-code")
    return refused.value


async def test_the_code_is_exchanged_with_its_verifier_and_the_client_secret(
    provider, lying, transaction
) -> None:
    person = await provider.redeem(transaction, code="a-code")

    assert person.subject == "ada"
    assert person.sid == "sid-1"
    assert person.auth_time is not None
    assert lying.sent[0]["code_verifier"] == transaction.verifier
    assert lying.sent[0]["redirect_uri"] == "http://localhost:3000/api/auth/callback"
    assert lying.authorization[0].startswith("Basic ")


async def test_the_person_prints_without_their_token(provider, transaction) -> None:
    assert "eyJ" not in repr(await provider.redeem(transaction, code="a-code"))


@pytest.mark.parametrize(
    "answer",
    [
        (200, "application/json", b'{"access_token": "x", "token_type": "Bearer"}'),
        (200, "text/html", b"<html>canary</html>"),
        (500, "application/json", b'{"canary": 1}'),
        (200, "application/json", b'{"error": "canary", "error_description": "canary"}'),
        (200, "application/json", b"[1, 2]"),
        (200, "application/json", b"null"),
        (200, "application/json", b'{"id_token": 7, "access_token": "x"}'),
        (400, "application/json", b'{"error": "invalid_grant"}'),
        (302, "text/html", b""),
        (200, "application/json", b"[" * 100_000),
        (200, "application/json", b" " * 300_000),
    ],
)
async def test_a006_a027_a_bad_token_answer_is_one_generic_refusal(
    provider, lying, transaction, answer
) -> None:
    lying.token_answer = answer
    refused = await refusal(provider, transaction)

    assert refused.reason == "exchange"
    assert "canary" not in str(refused)


async def test_a_compressed_answer_is_refused(provider, lying, transaction) -> None:
    await provider.authorization_url(transaction)
    lying.headers["Content-Encoding"] = "gzip"

    assert (await refusal(provider, transaction)).reason == "exchange"


@pytest.mark.parametrize("userinfo", [{"sub": "somebody-else"}, {"sub": None}, {"sub": ["ada"]}])
async def test_userinfo_about_somebody_else_is_refused(
    provider, lying, transaction, userinfo
) -> None:
    lying.userinfo.update(userinfo)

    assert (await refusal(provider, transaction)).reason == "userinfo"


async def test_names_are_tidied_and_never_of_another_type(provider, lying, transaction) -> None:
    lying.userinfo.update(name="A\r\nda\u202e<img>", email={"not": "text"})
    person = await provider.redeem(transaction, code="a-code")

    assert person.name == "Ada<img>"
    assert person.email == ""


async def test_without_userinfo_the_token_names_the_person(provider, lying, transaction) -> None:
    lying.metadata["userinfo_endpoint"] = ""
    lying.claims.update(name="Token Ada", email="t@example.org")
    person = await provider.redeem(transaction, code="a-code")

    assert (person.name, person.email) == ("Token Ada", "t@example.org")


async def test_a007_a_provider_that_ignores_pkce_is_still_bound_by_the_nonce(
    provider, lying, transaction
) -> None:
    lying.metadata["code_challenge_methods_supported"] = ["plain"]
    lying.nonce = "of-another-sign-in"

    assert (await refusal(provider, transaction)).reason == "token"


async def test_a015_keys_that_a_token_brings_are_ignored_without_a_request(
    provider, lying, transaction, other_key
) -> None:
    lying.header.update(
        jwk=other_key.as_dict(private=False),
        jku=f"{lying.issuer}/evil",
        x5u=f"{lying.issuer}/evil",
        x5c=["AAAA"],
        kid="evil",
    )
    lying.keys = [other_key]
    lying.key_set = {"keys": []}
    refused = await refusal(provider, transaction)

    assert refused.reason == "token"
    assert "/evil" not in lying.requests


async def test_a018_a_key_rotated_between_two_sign_ins_is_found(
    provider, lying, transaction, rsa_key, other_key
) -> None:
    await provider.redeem(transaction, code="a-code")
    lying.keys = [other_key]

    assert (await provider.redeem(transaction, code="a-code")).subject == "ada"
    assert lying.requests.count("/jwks") == 2


async def test_an_unknown_key_asks_once_in_thirty_seconds(
    provider, lying, transaction, clock
) -> None:
    lying.header["kid"] = "made-up"
    for _ in range(5):
        assert (await refusal(provider, transaction)).reason == "token"
    asked = lying.requests.count("/jwks")
    clock.move(seconds=31)
    await refusal(provider, transaction)

    assert asked == 2
    assert lying.requests.count("/jwks") == 2  # known to be unknown for a minute
    lying.header["kid"] = "another"
    await refusal(provider, transaction)
    assert lying.requests.count("/jwks") == 3
    lying.header["kid"] = "made-up"
    clock.move(seconds=31)
    await refusal(provider, transaction)
    assert lying.requests.count("/jwks") == 4


async def test_a038_with_the_provider_down_nobody_can_start(settings, clock, transaction) -> None:
    away = OidcProvider(
        settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"}), clock=clock
    )

    with pytest.raises(Unavailable, match="cannot be reached"):
        await away.authorization_url(transaction)
    assert "cannot be reached" in (away.problem or "")
    await away.close()


async def test_a038_a_clock_ten_minutes_ahead_is_refused(
    provider, lying, transaction, clock
) -> None:
    now = int(clock.now().timestamp())
    lying.claims.update(iat=now + 601, exp=now + 900)

    assert (await refusal(provider, transaction)).reason == "token"


async def test_the_way_out_names_the_client_and_the_hint(provider, lying) -> None:
    url = await provider.logout_url(id_token="hint", back="http://localhost:3000/login", state="s")
    asked = {name: value[0] for name, value in parse_qs(urlsplit(url or "").query).items()}

    assert asked == {
        "client_id": "foundation",
        "post_logout_redirect_uri": "http://localhost:3000/login",
        "state": "s",
        "id_token_hint": "hint",
    }


async def test_a_provider_without_a_way_out_has_none(provider, lying) -> None:
    lying.metadata["end_session_endpoint"] = ""

    assert await provider.logout_url(id_token=None, back="b", state="s") is None


async def test_the_metadata_is_asked_for_once(provider, lying, transaction) -> None:
    await provider.authorization_url(transaction)
    await provider.sends_iss()

    assert json.dumps(lying.requests).count("openid-configuration") == 1
