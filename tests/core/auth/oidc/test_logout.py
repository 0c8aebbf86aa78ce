"""The provider's logout token: each claim checked, and nothing that could be an ID token."""

import json
from datetime import timedelta

import pytest
from joserfc import jws
from joserfc.errors import JoseError

from foundation.auth.oidc.flow import OidcProvider
from foundation.auth.oidc.logout import EVENT, check_logout
from foundation.auth.refusal import Refused

from ..lying_provider import ABSENT

NOW_CLAIMS = {"jti": "j-1", "sid": "sid-1", "events": {EVENT: {}}, "nonce": ABSENT}


@pytest.fixture
def claims(settings, clock):
    now = int(clock.now().timestamp())
    return {
        "iss": settings.oidc_issuer,
        "aud": settings.oidc_client_id,
        "iat": now,
        "exp": now + 120,
        "jti": "j-1",
        "sid": "sid-1",
        "sub": "ada",
        "events": {EVENT: {}},
    }


def test_a_good_token_names_whom_it_signs_out(claims, settings, clock) -> None:
    notice = check_logout(claims, settings=settings, now=clock.now())

    assert (notice.sid, notice.subject, notice.jti) == ("sid-1", "ada", "j-1")


@pytest.mark.parametrize(
    "lie",
    [
        {"events": ABSENT},
        {"events": [EVENT]},
        {"events": {"http://schemas.openid.net/event/other": {}}},
        {"events": {EVENT: "x"}},
        {"events": {EVENT: None}},
    ],
)
def test_a041_without_the_event_it_is_no_logout(claims, settings, clock, lie) -> None:
    told = {name: value for name, value in (claims | lie).items() if value is not ABSENT}

    with pytest.raises(Refused):
        check_logout(told, settings=settings, now=clock.now())


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "n"},
        {"nonce": None},
        {"sid": ABSENT, "sub": ABSENT},
        {"sid": 7},
        {"sid": ""},
        {"sub": ["ada"]},
        {"sub": "a" * 300},
        {"jti": ABSENT},
        {"jti": 7},
        {"aud": "other"},
        {"aud": ["foundation", "other"]},
        {"iss": "https://evil.example"},
        {"exp": ABSENT},
        {"exp": 1},
        {"iat": ABSENT},
    ],
)
def test_a042_a043_a_claim_that_is_wrong_or_missing_is_refused(
    claims, settings, clock, lie
) -> None:
    told = {name: value for name, value in (claims | lie).items() if value is not ABSENT}

    with pytest.raises((Refused, JoseError, ValueError)):
        check_logout(told, settings=settings, now=clock.now())


def test_one_older_than_five_minutes_is_refused(claims, settings, clock) -> None:
    with pytest.raises(Refused):
        check_logout(claims | {"exp": 2**33}, settings=settings, now=clock.now() + _LATE)


_LATE = timedelta(minutes=5, seconds=1)


async def signed(lying, provider, **header):
    lying.claims |= NOW_CLAIMS
    lying.header |= {"typ": "logout+jwt"} | header
    return await provider.read_logout(lying.id_token())


async def test_a_signed_one_is_read(lying, provider) -> None:
    assert (await signed(lying, provider)).sid == "sid-1"


@pytest.mark.parametrize("typ", ["JWT", "at+jwt", ABSENT, ""])
async def test_a042_another_type_is_refused(lying, provider, typ) -> None:
    with pytest.raises(Refused):
        await signed(lying, provider, typ=typ)


def untyped(lying):
    """Make the provider name no type, which the library would add."""

    def make(claims):
        header = {"alg": "RS256", "kid": lying.keys[-1].kid}
        return jws.serialize_compact(header, json.dumps(claims), lying.keys[-1])

    lying.make_token = make


async def test_a_setting_admits_a_provider_that_names_no_type(lying, settings, clock) -> None:
    optional = settings.model_copy(update={"oidc_logout_typ": "optional"})
    provider = OidcProvider(optional, clock=clock)

    with pytest.raises(Refused):
        await signed(lying, provider, typ="JWT")
    untyped(lying)
    assert (await signed(lying, provider)).sid == "sid-1"
    await provider.close()


async def test_a_key_of_nobody_is_refused(lying, provider, other_key) -> None:
    lying.key_set = {"keys": [other_key.as_dict(private=False)]}

    with pytest.raises(Refused):
        await signed(lying, provider)
