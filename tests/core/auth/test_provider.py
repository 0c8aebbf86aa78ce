"""The provider that exists offers what sign-in asks for."""

from foundation.auth.oidc.flow import OidcProvider
from foundation.auth.provider import Provider


def test_the_openid_provider_is_a_provider(provider: OidcProvider) -> None:
    asked: Provider = provider

    assert asked.problem is None
