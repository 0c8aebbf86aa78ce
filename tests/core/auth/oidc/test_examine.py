"""Looking at the provider: each thing that is wrong or lacking is named, with what to do."""

from datetime import timedelta

import pytest

from foundation.auth.oidc.examine import examine


@pytest.fixture
def look(settings, clock):
    async def look(**changed):
        changed_settings = settings.model_copy(update=changed)
        found = await examine(changed_settings, clock=clock)
        return {name: (state, why) for name, state, why in found}

    return look


async def test_an_honest_provider_is_fine_and_what_it_lacks_is_named(look, lying) -> None:
    found = await look()

    assert found["provider"][0] == found["signing keys"][0] == "ok"
    assert "step-up" in found["provider: auth_time"][1]
    assert "provider: S256" not in found
    assert found["scopes"][0] == "warn"
    assert "does not list" in found["scopes"][1]
    lying.metadata |= {
        "code_challenge_methods_supported": [],
        "authorization_response_iss_parameter_supported": False,
        "claims_supported": ["auth_time"],
        "backchannel_logout_supported": True,
        "scopes_supported": ["openid"],
    }
    found = await look()
    assert found["provider: S256"][0] == found["provider: iss"][0] == "warn"
    assert "provider: auth_time" not in found
    assert "provider: back-channel logout" not in found
    assert found["scopes"] == ("warn", "not offered: profile email")
    lying.metadata["scopes_supported"] = ["openid", "profile", "email", "groups"]
    assert (await look())["scopes"] == ("ok", "openid profile email")


async def test_a011_another_issuer_is_bad(look, lying) -> None:
    lying.metadata["issuer"] = "https://evil.example"

    (finding,) = (await look()).items()

    assert finding[1][0] == "bad"
    assert "another issuer" in finding[1][1]


async def test_a038_a_clock_apart_is_named_in_seconds(look, lying, clock) -> None:
    assert (await look())["clock"][0] in {"ok", "warn"}  # the test's clock is its own

    clock.move(seconds=timedelta(hours=1).total_seconds())
    state, why = (await look())["clock"]
    assert state == "warn"
    assert "s from the provider's" in why


async def test_a_redirect_uri_that_is_refused_is_told_with_the_right_one(look) -> None:
    state, why = (await look())["redirect URI"]  # it answers 404 to an authorization

    assert state == "bad"
    assert why.endswith("http://localhost:3000/api/auth/callback")


async def test_a_provider_that_is_away_is_bad_and_named_as_such(look) -> None:
    found = await look(oidc_issuer="http://127.0.0.1:9")

    assert found["provider"] == ("bad", "the provider cannot be reached (ConnectError)")


async def test_a_key_set_without_a_usable_key_is_bad(look, lying) -> None:
    lying.key_set = {"keys": []}

    assert (await look())["signing keys"][0] == "bad"


async def test_a_client_without_the_secret_that_it_should_have_is_bad(look) -> None:
    assert "client secret" not in await look()
    assert (await look(oidc_client_secret=None))["client secret"][0] == "bad"
    assert "client secret" not in await look(oidc_client_secret=None, oidc_auth_method="none")
