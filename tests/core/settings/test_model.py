"""Settings as one frozen model."""

import pytest
from pydantic import ValidationError

from foundation.settings import (
    Settings,
    read_settings,
)

from .complete import COMPLETE, refused


def test_the_defaults_are_those_of_production():
    settings = read_settings(COMPLETE)

    assert (settings.environment, settings.port, settings.workers) == ("production", 3000, 3)
    assert settings.host == "127.0.0.1"
    assert settings.plugins_mode == "isolate"
    assert settings.redis_url is None


def test_no_secret_has_a_default_that_opens_anything():
    secrets = [f for f in Settings.model_fields.values() if "Secret" in str(f.annotation)]

    assert secrets
    assert all(field.is_required() or field.default is None for field in secrets)


def test_settings_do_not_change_afterwards():
    with pytest.raises(ValidationError):
        read_settings(COMPLETE).port = 1  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize("url", ["http://ops.example.org", "ops.example.org", "https://"])
def test_a_public_url_is_https_unless_it_is_loopback(url):
    assert [p.partition(":")[0] for p in refused(public_url=url)] == ["FOUNDATION_PUBLIC_URL"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_http_is_fine_on_loopback(host):
    settings = read_settings({**COMPLETE, "FOUNDATION_PUBLIC_URL": f"http://{host}:3000/x"})

    assert settings.is_loopback
    assert settings.public_origin == f"http://{host}:3000"


def test_development_refuses_a_public_address():
    (problem,) = refused(environment="development")

    assert "loopback" in problem


@pytest.mark.parametrize(
    ("name", "value"),
    [("client_secret", "a+b"), ("client_secret", "50%"), ("client_secret", "a:b"),
     ("client_secret", "\u00e9tude"), ("client_id", "urn:ops")],
)  # fmt: skip
def test_a_secret_that_providers_read_differently_in_a_header_is_not_sent_in_one(name, value):
    given = {f"oidc_{name}": value}
    (problem,) = refused(**given)

    assert "OIDC_AUTH_METHOD=client_secret_post" in problem
    assert value not in problem
    elsewhere = {f"FOUNDATION_{key.upper()}": text for key, text in given.items()}
    read_settings({**COMPLETE, **elsewhere, "FOUNDATION_OIDC_AUTH_METHOD": "client_secret_post"})


@pytest.mark.parametrize("scopes", ["profile email", "", "openid offline_access"])
def test_a_sign_in_asks_for_openid_and_never_for_a_token_that_outlives_it(scopes):
    (problem,) = refused(oidc_scopes=scopes)

    assert problem.startswith("FOUNDATION_OIDC_SCOPES: ")
