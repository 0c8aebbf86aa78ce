"""An environment with every setting that has no default, and what is refused of another."""

import pytest

from foundation.settings import SettingsRefused, read_settings

CANARY = "canary-5f1c"

COMPLETE = {
    "FOUNDATION_PUBLIC_URL": "https://ops.example.org",
    "FOUNDATION_DATABASE_URL": "postgresql://u:p@db/foundation",
    "FOUNDATION_SECRET_KEY": "a2V5",
    "FOUNDATION_OIDC_ISSUER": "https://login.example.org",
    "FOUNDATION_OIDC_CLIENT_ID": "foundation",
    "FOUNDATION_DATA": "/srv/foundation",
}


def refused(**changes: str | None) -> tuple[str, ...]:
    """Return the problems of the complete set with *changes*; None takes a variable out."""
    names = {f"FOUNDATION_{name.upper()}": value for name, value in changes.items()}
    environ = {name: v for name, v in {**COMPLETE, **names}.items() if v is not None}
    with pytest.raises(SettingsRefused) as caught:
        read_settings(environ)
    return caught.value.problems
