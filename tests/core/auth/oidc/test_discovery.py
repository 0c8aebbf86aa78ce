"""The provider's metadata: its issuer to the letter, its endpoints where they may be."""

import pytest

from foundation.auth.oidc.discovery import Discovery, read_metadata
from foundation.auth.oidc.wire import BadAnswer

ISSUER = "https://id.example.org/realms/one"


@pytest.fixture
def settings(settings):
    return settings.model_copy(
        update={"oidc_issuer": ISSUER, "public_url": "https://ops.example.org"}
    )


@pytest.fixture
def document() -> dict[str, object]:
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/auth",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/certs",
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "end_session_endpoint": f"{ISSUER}/logout",
    }


def test_good_metadata_is_read(document, settings) -> None:
    metadata = read_metadata(document, settings)

    assert metadata.token_endpoint == f"{ISSUER}/token"
    assert metadata.sends_iss
    assert metadata.lacks == ()


def test_what_the_provider_lacks_is_named(document, settings) -> None:
    for name in list(document)[4:]:
        del document[name]

    assert read_metadata(document, settings).lacks == ("S256", "iss", "logout")


@pytest.mark.parametrize("issuer", [f"{ISSUER}/", ISSUER.upper(), "https://evil.example", None, 7])
def test_a011_another_issuer_is_refused(document, settings, issuer) -> None:
    with pytest.raises(BadAnswer, match="another issuer"):
        read_metadata(document | {"issuer": issuer}, settings)


@pytest.mark.parametrize(
    "name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"]
)
def test_a011_an_endpoint_over_http_is_refused(document, settings, name) -> None:
    with pytest.raises(BadAnswer, match=f"{name} is not https"):
        read_metadata(document | {name: "http://id.example.org/x"}, settings)


def test_a011_even_a_loopback_endpoint_when_foundation_is_not_on_loopback(
    document, settings
) -> None:
    with pytest.raises(BadAnswer, match="not https"):
        read_metadata(document | {"token_endpoint": "http://127.0.0.1/x"}, settings)


def test_a011_an_endpoint_on_another_host_is_refused_until_it_is_named(document, settings) -> None:
    elsewhere = document | {"token_endpoint": "https://tokens.example.net/token"}
    named = settings.model_copy(update={"oidc_hosts": ("tokens.example.net",)})

    with pytest.raises(BadAnswer, match="FOUNDATION_OIDC_HOSTS"):
        read_metadata(elsewhere, settings)
    assert read_metadata(elsewhere, named).token_endpoint.startswith("https://tokens.")


@pytest.mark.parametrize("value", [None, "", 7, "nonsense", "https:///path", []])
def test_a_missing_endpoint_is_refused(document, settings, value) -> None:
    with pytest.raises(BadAnswer, match="token_endpoint"):
        read_metadata(document | {"token_endpoint": value}, settings)


async def test_metadata_is_kept_for_an_hour_and_then_asked_for_anew(
    lying, clock, pool, settings
) -> None:
    local = settings.model_copy(
        update={"oidc_issuer": lying.issuer, "public_url": "http://localhost:3000"}
    )
    discovery = Discovery(local, pool=pool, clock=clock)
    await discovery.get()
    await discovery.get()
    clock.move(minutes=61)
    await discovery.get()

    assert len(lying.requests) == 2


async def test_a038_the_last_good_copy_serves_and_the_problem_is_told(
    lying, clock, pool, settings
) -> None:
    local = settings.model_copy(
        update={"oidc_issuer": lying.issuer, "public_url": "http://localhost:3000"}
    )
    discovery = Discovery(local, pool=pool, clock=clock)
    first = await discovery.get()
    clock.move(hours=2)
    lying.metadata["issuer"] = "https://evil.example"

    assert await discovery.get() == first
    assert "another issuer" in (discovery.problem or "")
